//! `join`: Joins two tables.

use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// Joins two tables.
#[derive(Debug, Clone)]
pub struct Join {
    /// The right table.
    pub right: Box<Expr>,
    /// `on …`, or `where …`: the conditions.
    pub on: Vec<Expr>,
}

impl Join {
    /// `join (table) on condition, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        let right = Box::new(p.required_unnamed_expression());
        let on = match conditions(p) {
            Some(on) => on,
            None if p.at(TokenKind::Where) => {
                p.bump();
                vec![p.required_unnamed_expression()]
            }
            None => {
                let span = p.since(start);
                p.complain(messages::missing_join_condition(span));
                Vec::new()
            }
        };
        OperatorKind::Join(Join { right, on })
    }
}

/// `on condition, …`, for `join` and `lookup`.
pub(crate) fn conditions(p: &mut Parser) -> Option<Vec<Expr>> {
    p.eat(TokenKind::On).then(|| {
        p.comma_list(
            List::OPEN,
            Parser::unnamed_expression,
            Parser::missing_expression,
        )
    })
}
