//! `project-reorder`: Moves columns to the front.

use std::collections::HashSet;

use crate::bind::Binder;
use crate::bind::projection::project;
use crate::diagnostics::binding as messages;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::project_away::matching_columns;
use crate::plan::{PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Name};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `project-reorder`.
pub(super) const PROJECT_REORDER: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ProjectReorder],
    doc: "Moves columns to the front.",
    page: "project-reorder-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "project-reorder Column | Pattern* [asc | desc | granny-asc | granny-desc], …",
        "print a = 1, b = 2 | project-reorder b",
        "[2, 1]",
    )),
    refused: None,
    parse: ProjectReorder::parse,
};

/// Moves columns to the front.
#[derive(Debug, Clone)]
pub struct ProjectReorder {
    /// Names and wildcards, a wildcard perhaps with `asc`, `desc`, `granny-asc`, `granny-desc`.
    pub columns: Vec<(Expr, Option<Name>)>,
}

impl ProjectReorder {
    /// `project-reorder column, wildcard* asc, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            |p| {
                let column = p.name_or_wildcard()?;
                let ordered =
                    p.at_any(&[TokenKind::Asc, TokenKind::Desc, TokenKind::GrannyAsc, TokenKind::GrannyDesc]);
                let order = ordered.then(|| p.word_as_name());
                Some((column, order))
            },
            |p| (p.missing_expression(), None),
        );
        OperatorKind::ProjectReorder(ProjectReorder { columns })
    }
}

impl ProjectReorder {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let mut columns: Vec<PlanColumn> = Vec::new();
        let mut named = HashSet::new();
        for (e, ordering) in &self.columns {
            let before = binder.diagnostics.len();
            let mut found = matching_columns(binder, &input, std::slice::from_ref(e));
            // Kusto has another number for it here.
            binder.diagnostics[before..]
                .iter_mut()
                .filter(|d| d.code == "KS109")
                .for_each(|d| d.code = "KS142");
            // What several columns match claims none of them: they stay where they were named first.
            if let [column] = found.as_slice()
                && !matches!(e.kind, ExprKind::Star)
                && !named.insert(column.name.clone())
            {
                binder.report(messages::duplicate_column(e.span, &column.name));
            }
            match ordering.as_ref().map(|n| n.text.as_str()) {
                Some("asc") => found.sort_by_key(|c| c.name.to_lowercase()),
                Some("desc") => found.sort_by_key(|c| std::cmp::Reverse(c.name.to_lowercase())),
                Some("granny-asc") => found.sort_by_key(|c| natural_key(&c.name)),
                Some("granny-desc") => found.sort_by_key(|c| std::cmp::Reverse(natural_key(&c.name))),
                _ => {}
            }
            columns.extend(found);
        }
        columns.extend(input.visible().cloned());
        let mut seen = HashSet::new();
        columns.retain(|c| seen.insert(c.name.clone()));
        let list = columns.into_iter().map(|c| (c.clone(), c.reference(Span::default()))).collect();
        project(input, list)
    }
}

/// Sorts runs of digits by their number, as in a2 < a10.
fn natural_key(name: &str) -> Vec<(u64, String)> {
    let mut key = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let text_end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, tail) = rest.split_at(text_end);
        let number_end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(number_end);
        if !text.is_empty() {
            key.push((0, text.to_lowercase()));
        }
        if !number.is_empty() {
            key.push((number.parse().unwrap_or(u64::MAX), String::new()));
        }
        rest = tail;
    }
    key
}
