//! `summarize`: Aggregates the rows of each group.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// Aggregates the rows of each group.
#[derive(Debug, Clone)]
pub struct Summarize {
    /// The aggregates.
    pub aggregates: Vec<Expr>,
    /// `by …`
    pub by: Vec<Expr>,
}

impl Summarize {
    /// `summarize aggregate, … by group, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let aggregates = p.comma_list(
            List::ANY.until(|p| p.at(TokenKind::By)),
            Parser::named_expression,
            Parser::missing_expression,
        );
        let mut by = Vec::new();
        if p.eat(TokenKind::By) {
            by = p.comma_list(
                List::SOME,
                Parser::named_expression,
                Parser::missing_expression,
            );
        }
        OperatorKind::Summarize(Summarize { aggregates, by })
    }
}
