//! `project-by-names`: Chooses columns by names that are computed.

use crate::bind::Binder;
use crate::bind::projection::project;
use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::project_away::matches_wildcard;
use crate::operators::relations::computed;
use crate::plan::{Node, Order, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::ast::{ExprKind, Literal};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `project-by-names`.
pub(super) const PROJECT_BY_NAMES: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ProjectByNames],
    doc: "Chooses columns by names that are computed.",
    page: "project-by-names-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "project-by-names Names, …",
        "print a = 1, b = 2, c = 3 | project-by-names dynamic(['b', 'a'])",
        "[2, 1]",
    )),
    refused: None,
    parse: ProjectByNames::parse,
};

/// Chooses columns by names that are computed.
#[derive(Debug, Clone)]
pub struct ProjectByNames {
    /// Names, wildcards, strings and arrays of strings.
    pub columns: Vec<Expr>,
}

impl ProjectByNames {
    /// `project-by-names …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            |p| {
                if p.scan_wildcard(0) > 0 {
                    return p.wildcard();
                }
                p.unnamed_expression()
            },
            Parser::missing_expression,
        );
        OperatorKind::ProjectByNames(ProjectByNames { columns })
    }
}

impl ProjectByNames {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let mut list: Vec<(crate::plan::PlanColumn, crate::plan::Expr)> = Vec::new();
        for e in &self.columns {
            let mut names: Vec<String> = Vec::new();
            match &e.kind {
                ExprKind::Wildcard(pattern) => names.push(pattern.clone()),
                ExprKind::Name { name, .. } if input.visible().any(|c| c.name == *name) => {
                    names.push(name.clone());
                }
                _ => {
                    let value = binder.scalar(e);
                    match value.as_literal() {
                        Some(Literal::String(name)) => names.push(name.clone()),
                        Some(Literal::Dynamic(json)) => names.extend(strings(json)),
                        _ if value.ty == Type::Unknown => {}
                        _ if value.is_constant() && matches!(value.ty, Type::Dynamic | Type::String) => {
                            names.extend(computed_names(binder, value));
                        }
                        _ => binder.report(messages::unsupported(
                            e.span,
                            "project-by-names",
                            "the columns of a result must be known before it runs; write the names out",
                        )),
                    }
                }
            }
            for name in names {
                for column in input.visible().filter(|c| matches_wildcard(&name, &c.name)) {
                    if !list.iter().any(|(c, _)| c.name == column.name) {
                        list.push((column.clone(), column.reference(e.span)));
                    }
                }
            }
        }
        project(input, list)
    }
}

/// The names that a value gives which only the data knows; none while it has not been asked.
fn computed_names(binder: &mut Binder, value: crate::plan::Expr) -> Vec<String> {
    match binder.answer() {
        Some(rows) => {
            let text = rows.into_iter().flatten().next().unwrap_or_default();
            if value.ty == Type::String { vec![text] } else { strings(&text) }
        }
        None => {
            let one = Rel::new(Node::Values(vec![vec![]]), vec![], Order::default());
            let text = binder.conversion(value, Type::String);
            binder.ask(computed(one, vec![("names", text)]));
            Vec::new()
        }
    }
}

/// The texts of a JSON array of texts.
pub(crate) fn strings(json: &str) -> Vec<String> {
    let literals = crate::bind::json::json_elements(json, Default::default()).unwrap_or_default();
    literals
        .iter()
        .filter_map(|l| match l.as_literal() {
            Some(Literal::String(s)) => Some(s.clone()),
            _ => None,
        })
        .collect()
}
