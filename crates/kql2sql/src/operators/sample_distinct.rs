//! `sample-distinct`: A number of distinct values at random.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// A number of distinct values at random.
#[derive(Debug, Clone)]
pub struct SampleDistinct {
    /// How many.
    pub count: Box<Expr>,
    /// `of column`
    pub of: Box<Expr>,
}

impl SampleDistinct {
    /// `sample-distinct n of column`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        p.expect(TokenKind::Of);
        let of = Box::new(p.required_named_expression());
        OperatorKind::SampleDistinct(SampleDistinct { count, of })
    }
}
