//! `mv-expand`: One row for each element of an array or bag.

use crate::operators::OperatorKind;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// One row for each element of an array or bag.
#[derive(Debug, Clone)]
pub struct MvExpand {
    /// The arrays and bags.
    pub columns: Vec<MvColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
}

/// One array of `mv-expand` or `mv-apply`.
#[derive(Debug, Clone)]
pub struct MvColumn {
    /// The array, perhaps `name = array`.
    pub value: Expr,
    /// `to typeof(type)`
    pub to_type: Option<Name>,
}

impl MvExpand {
    /// `mv-expand column to typeof(type), … limit n`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = columns(p, |p| p.at(TokenKind::Limit));
        let limit = p
            .eat(TokenKind::Limit)
            .then(|| p.required_unnamed_expression());
        OperatorKind::MvExpand(MvExpand { columns, limit })
    }
}

/// `column to typeof(type), …`, for `mv-expand` and `mv-apply`.
pub(crate) fn columns(p: &mut Parser, end: fn(&Parser) -> bool) -> Vec<MvColumn> {
    p.comma_list(
        List::SOME.until(end),
        |p| {
            let value = if p.at(TokenKind::To) {
                p.missing_expression()
            } else {
                p.named_expression()?
            };
            let to_type = if p.eat(TokenKind::To) {
                p.type_name()
            } else {
                None
            };
            Some(MvColumn { value, to_type })
        },
        |p| MvColumn {
            value: p.missing_expression(),
            to_type: None,
        },
    )
}
