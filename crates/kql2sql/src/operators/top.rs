//! `top`: The first rows in an order.

use crate::operators::OperatorKind;
use crate::operators::sort;
use crate::syntax::ast::{Expr, Ordered};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

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
