//! `fork`: Several results from one input.

use crate::bind::Binder;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::plan::Rel;
use crate::syntax::ast::Operator;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Several results from one input.
#[derive(Debug, Clone)]
pub struct Fork {
    /// The sub-queries with their names.
    pub branches: Vec<(Option<Name>, Expr)>,
}

impl Fork {
    /// `fork (operators) name = (operators)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let mut branches = Vec::new();
        while let Some(branch) = Self::branch(p) {
            branches.push(branch);
        }
        if branches.is_empty() {
            p.expect(TokenKind::OpenParen);
        }
        OperatorKind::Fork(Fork { branches })
    }

    /// `name = (operators)`
    fn branch(p: &mut Parser) -> Option<(Option<Name>, Expr)> {
        let length = p.scan_name(0, NameUse::Reference);
        let name = if length > 0 && p.nth(length) == TokenKind::Equal {
            let name = p.required_name(NameUse::Reference);
            p.bump();
            Some(name)
        } else if p.at(TokenKind::OpenParen) {
            None
        } else {
            return None;
        };
        let mut query = p.error_expression();
        if p.expect(TokenKind::OpenParen) {
            query = p.sub_query();
            p.expect_close(TokenKind::CloseParen);
        }
        Some((name, query))
    }
}

impl Fork {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        for (_, branch) in &self.branches {
            binder.sub_query(input.clone(), branch);
        }
        refused(
            op,
            vec![],
            "it has a result for each branch; name the input with `let` and write a query for each",
        )
    }
}
