//! `project-away`: Drops columns.

use crate::bind::Binder;
use crate::bind::names::is_part;
use crate::bind::projection::project;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `project-away`.
pub(super) const PROJECT_AWAY: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ProjectAway],
    doc: "Drops columns.",
    page: "project-away-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form("project-away Column | Pattern*, …", "print a = 1, b = 2 | project-away a", "[2]")),
    refused: None,
    parse: ProjectAway::parse,
};

/// Drops columns.
#[derive(Debug, Clone)]
pub struct ProjectAway {
    /// Names and wildcards.
    pub columns: Vec<Expr>,
}

impl ProjectAway {
    /// `project-away …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(List::ANY, Parser::name_or_wildcard, Parser::missing_expression);
        OperatorKind::ProjectAway(ProjectAway { columns })
    }
}

impl ProjectAway {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let dropped = matching_columns(binder, &input, &self.columns);
        keep(input, |c| !dropped.iter().any(|d| d.name == c.name))
    }
}

/// The columns that names and wildcards refer to, in the order of the list.
pub(crate) fn matching_columns(binder: &mut Binder, input: &Rel, list: &[Expr]) -> Vec<PlanColumn> {
    let mut found = Vec::new();
    for e in list {
        let before = found.len();
        match &e.kind {
            ExprKind::Star => found.extend(input.visible().cloned()),
            ExprKind::Wildcard(pattern) => {
                found.extend(input.visible().filter(|c| matches_wildcard(pattern, &c.name)).cloned());
                if found.len() == before && !input.open {
                    binder.report(binding::unknown_column(e.span, pattern, []));
                }
            }
            ExprKind::Name { name, .. } => match input.visible().find(|c| c.name == *name) {
                Some(column) => found.push(column.clone()),
                None if binder.is_split(name) => {
                    found.extend(input.visible().filter(|c| is_part(c, name)).cloned());
                }
                None if input.open => binder.inferred.push(name.into()),
                None => {
                    let names: Vec<&str> = input.visible().map(|c| c.name.as_str()).collect();
                    binder.report(binding::unknown_column(e.span, name, names));
                }
            },
            ExprKind::Error => {}
            _ => binder.report(binding::column_expected(e.span)),
        }
    }
    found
}

/// The columns of `input` for which `test` holds.
pub(crate) fn keep(input: Rel, test: impl Fn(&PlanColumn) -> bool) -> Rel {
    let list = input
        .visible()
        .filter(|c| test(c))
        .map(|c| (c.clone(), c.reference(crate::span::Span::default())))
        .collect();
    project(input, list)
}

/// Whether the name fits a pattern in which `*` stands for anything.
pub(crate) fn matches_wildcard(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut rest = rest;
    let mut last = None;
    for part in parts {
        if let Some(previous) = last.replace(part) {
            match rest.find(previous) {
                Some(i) => rest = &rest[i + previous.len()..],
                None => return false,
            }
        }
    }
    match last {
        Some(tail) => rest.ends_with(tail),
        None => rest.is_empty(),
    }
}
