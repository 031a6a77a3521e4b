//! `take`: A number of rows; `limit` is the same.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Node, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `take`.
pub(super) const TAKE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Take, TokenKind::Limit],
    doc: "A number of rows.",
    page: "take-operator",
    place: Place::Piped,
    parameters: Some(&[]),
    form: Some(form("take Rows", "range n from 7 to 7 step 1 | take 1", "[7]")),
    refused: None,
    parse: Take::parse,
};

/// A number of rows; `limit` is the same.
#[derive(Debug, Clone)]
pub struct Take {
    /// How many.
    pub count: Box<Expr>,
}

impl Take {
    /// `take n`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        OperatorKind::Take(Take { count })
    }
}

impl Take {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let count = binder.count(&self.count);
        limit(input, count)
    }
}

/// The first rows of `input` in its order.
pub(crate) fn limit(input: Rel, count: crate::plan::Expr) -> Rel {
    input.within(|input| Node::Limit { input, count })
}
