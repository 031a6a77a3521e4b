//! `where`: Keeps the rows for which the predicate holds; `filter` is the same.

use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Node, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `where`.
pub(super) const WHERE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Where, TokenKind::Filter],
    doc: "Keeps the rows for which a predicate holds.",
    page: "where-operator",
    place: Place::Piped,
    parameters: Some(&[]),
    form: Some(form("where Predicate", "range x from 1 to 3 step 1 | where x > 2", "[3]")),
    refused: None,
    parse: Where::parse,
};

/// Keeps the rows for which the predicate holds; `filter` is the same.
#[derive(Debug, Clone)]
pub struct Where {
    /// The predicate.
    pub predicate: Box<Expr>,
}

impl Where {
    /// `where predicate`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let predicate = Box::new(p.required_named_expression());
        OperatorKind::Where(Where { predicate })
    }
}

impl Where {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let predicate = binder.predicate_over(RowScope::of(&input), &self.predicate);
        input.within(|input| Node::Filter { input, predicate })
    }
}
