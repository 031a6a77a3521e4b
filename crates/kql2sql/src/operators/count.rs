//! `count`: The number of rows, as one row with the column `Count`.

use crate::operators::OperatorKind;
use crate::syntax::ast::Name;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The number of rows, as one row with the column `Count`.
#[derive(Debug, Clone)]
pub struct Count {
    /// `count as Name`: the name of the result column.
    pub alias: Option<Name>,
}

impl Count {
    /// `count`, `count as name`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let alias = p.eat(TokenKind::As).then(|| {
            if p.at(TokenKind::Identifier) {
                p.word_as_name()
            } else {
                p.missing_name()
            }
        });
        OperatorKind::Count(Count { alias })
    }
}
