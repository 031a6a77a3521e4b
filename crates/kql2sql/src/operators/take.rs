//! `take`: A number of rows; `limit` is the same.

use crate::bind::Binder;
use crate::bind::carry::first_rows;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Expr, Node, Rel};
use crate::syntax::ast;
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
    pub count: Box<ast::Expr>,
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

/// The first rows of `input` in its order. SQL's LIMIT takes a number only: where the data say how many, the rows are numbered.
pub(crate) fn limit(input: Rel, count: Expr) -> Rel {
    if count.as_literal().is_none() {
        let (columns, keys) = (input.columns.clone(), input.order.keys.clone());
        let span = count.span;
        if let Some(node) = first_rows(input.clone(), &columns, count, vec![], keys, span) {
            return Rel { node: node.into(), ..input };
        }
        return input;
    }
    input.within(|input| Node::Limit { input, count })
}
