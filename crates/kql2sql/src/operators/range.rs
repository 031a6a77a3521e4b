//! `range`: A table of one column with values in equal steps.

use crate::operators::OperatorKind;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// A table of one column with values in equal steps.
#[derive(Debug, Clone)]
pub struct Range {
    /// The column.
    pub column: Name,
    /// `from`
    pub from: Box<Expr>,
    /// `to`, included
    pub to: Box<Expr>,
    /// `step`
    pub step: Box<Expr>,
}

impl Range {
    /// `range column from a to b step c`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let column = p.required_name(NameUse::Reference);
        let mut clause = |keyword| {
            p.expect(keyword);
            Box::new(p.required_unnamed_expression())
        };
        OperatorKind::Range(Range {
            column,
            from: clause(TokenKind::From),
            to: clause(TokenKind::To),
            step: clause(TokenKind::Step),
        })
    }
}
