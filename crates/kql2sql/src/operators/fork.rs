//! `fork`: Several results from one input.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `fork`.
pub(super) const FORK: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Fork],
    doc: "Several results from one input.",
    page: "fork-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "fork [Name =] (Operators) …",
        "range n from 1 to 3 step 1 | fork (count) (take 1)",
        "[3]",
    )),
    refused: None,
    parse: Fork::parse,
};

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
            p.expect(TokenKind::CloseParen);
        }
        Some((name, query))
    }
}

impl Fork {
    /// The result of the first branch; those of the others stand behind it.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let input = binder.share("input", input);
        let mut results = Vec::new();
        for (_, branch) in &self.branches {
            results.push(binder.sub_query(input.clone(), branch));
        }
        binder.several_results(results)
    }
}
