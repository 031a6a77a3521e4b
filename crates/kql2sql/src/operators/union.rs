//! `union`: The rows of several tables.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The rows of several tables.
#[derive(Debug, Clone)]
pub struct Union {
    /// The tables, perhaps with wildcards.
    pub tables: Vec<Expr>,
}

impl Union {
    /// `union table, wildcard*, (query), …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let tables = p.comma_list(
            List::SOME,
            |p| {
                if p.at(TokenKind::OpenParen) {
                    return Some(p.parenthesized());
                }
                p.entity()
            },
            Parser::missing_expression,
        );
        OperatorKind::Union(Union { tables })
    }
}
