//! `top`: The first rows in an order.

use crate::bind::Binder;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::operators::sort::with_order;
use crate::operators::take::limit;
use crate::operators::{OperatorKind, sort};
use crate::plan::Rel;
use crate::syntax::ast::{Expr, Ordered};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `top`.
pub(super) const TOP: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Top],
    doc: "The first rows in an order.",
    page: "top-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("hint.progressive_top", &[])]),
    form: Some(form(
        "top Rows by Expression [asc | desc] [nulls first | nulls last]",
        "datatable(n: long)[1, 3, 2] | top 1 by n",
        "[3]",
    )),
    refused: None,
    parse: Top::parse,
};

/// The first rows in an order.
#[derive(Debug, Clone)]
pub struct Top {
    /// How many.
    pub count: Box<Expr>,
    /// `by …`: one key, as Kusto has it; more are an error of the binder.
    pub by: Vec<Ordered>,
}

impl Top {
    /// `top n by value desc`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        p.expect(TokenKind::By);
        let by = vec![sort::required_key(p)];
        OperatorKind::Top(Top { count, by })
    }
}

impl Top {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let count = binder.count(&self.count);
        let keys = binder.sort_keys(&input, &self.by);
        limit(with_order(input, keys), count)
    }
}
