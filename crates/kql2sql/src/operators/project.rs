//! `project`: Chooses columns and computes new ones.

use crate::bind::names::Projection;
use crate::bind::projection::{Style, project};
use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `project`.
pub(super) const PROJECT: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Project],
    doc: "Chooses columns and computes new ones.",
    page: "project-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "project [Column =] Expression, …",
        "print a = 1, b = 2 | project b, c = a + b",
        "[2, 3]",
    )),
    refused: None,
    parse: Project::parse,
};

/// Chooses columns and computes new ones.
#[derive(Debug, Clone)]
pub struct Project {
    /// The expressions.
    pub columns: Vec<Expr>,
}

impl Project {
    /// `project …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(List::ANY, Parser::named_expression, Parser::missing_expression);
        OperatorKind::Project(Project { columns })
    }
}

impl Project {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = Projection::with_capacity(self.columns.len());
        for e in &self.columns {
            binder.add_columns(&mut list, &scope, e, Style::Default, None);
        }
        project(input, list.columns)
    }
}
