//! `distinct`: The distinct combinations of the given columns.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The distinct combinations of the given columns.
#[derive(Debug, Clone)]
pub struct Distinct {
    /// Columns or expressions, or one `*`.
    pub columns: Vec<Expr>,
}

impl Distinct {
    /// `distinct column, …`, `distinct *`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::SOME,
            |p| {
                if p.at(TokenKind::Star) {
                    return Some(p.star());
                }
                p.named_expression()
            },
            Parser::missing_expression,
        );
        OperatorKind::Distinct(Distinct { columns })
    }
}
