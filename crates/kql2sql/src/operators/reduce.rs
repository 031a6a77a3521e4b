//! `reduce`: Groups strings by similarity.

use crate::operators::OperatorKind;
use crate::syntax::ast::{Expr, OperatorParameter};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Groups strings by similarity.
#[derive(Debug, Clone)]
pub struct Reduce {
    /// `by column`
    pub by: Box<Expr>,
    /// `with threshold=…, characters=…`
    pub with: Vec<OperatorParameter>,
}

impl Reduce {
    /// `reduce by column with threshold=…, characters=…`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.expect(TokenKind::By);
        let by = Box::new(p.required_named_expression());
        let mut with = Vec::new();
        if p.eat(TokenKind::With) {
            while let Some(parameter) = Self::parameter(p) {
                with.push(parameter);
                p.eat(TokenKind::Comma);
            }
        }
        OperatorKind::Reduce(Reduce { by, with })
    }

    /// `name = value`
    fn parameter(p: &mut Parser) -> Option<OperatorParameter> {
        if !p.peek().is_name() || p.nth(1) != TokenKind::Equal {
            return None;
        }
        let name = p.word_as_name();
        p.bump();
        let start = p.start();
        let value = match p.literal_or_name() {
            Some(kind) => Expr { kind, span: p.since(start) },
            None => p.missing_expression(),
        };
        Some(OperatorParameter { name, value })
    }
}
