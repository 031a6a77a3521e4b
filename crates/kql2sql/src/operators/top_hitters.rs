//! `top-hitters`: The most frequent values, about.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The most frequent values, about.
#[derive(Debug, Clone)]
pub struct TopHitters {
    /// How many.
    pub count: Box<Expr>,
    /// `of value`
    pub of: Box<Expr>,
    /// `by weight`
    pub by: Option<Box<Expr>>,
}

impl TopHitters {
    /// `top-hitters n of value by weight`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        p.expect(TokenKind::Of);
        let of = Box::new(p.required_named_expression());
        let by = p.eat(TokenKind::By).then(|| Box::new(p.required_named_expression()));
        OperatorKind::TopHitters(TopHitters { count, of, by })
    }
}
