//! `extend`: Adds or replaces columns.

use crate::bind::projection::{Style, project, starting_with};
use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::span::Span;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `extend`.
pub(super) const EXTEND: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Extend],
    doc: "Adds or replaces columns.",
    page: "extend-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form("extend [Column =] Expression, …", "print a = 1 | extend b = a + 1", "[1, 2]")),
    refused: None,
    parse: Extend::parse,
};

/// Adds or replaces columns.
#[derive(Debug, Clone)]
pub struct Extend {
    /// The expressions, each perhaps [`ExprKind::Named`](crate::syntax::ast::ExprKind::Named).
    pub columns: Vec<Expr>,
}

impl Extend {
    /// `extend …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(List::SOME, Parser::named_expression, Parser::missing_expression);
        OperatorKind::Extend(Extend { columns })
    }
}

impl Extend {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = starting_with(&input, Span::default());
        for e in &self.columns {
            binder.add_columns(&mut list, &scope, e, Style::Extend, None);
        }
        project(input, list.columns)
    }
}
