//! `invoke`: Calls a function with the input as its first argument.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Calls a function with the input as its first argument.
#[derive(Debug, Clone)]
pub struct Invoke {
    /// The call.
    pub call: Expr,
}

impl Invoke {
    /// `invoke function(argument, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        if !p.at_call() {
            let call = p.missing_expression();
            return OperatorKind::Invoke(Invoke { call });
        }
        let mut call = p.call(None, start);
        while p.at(TokenKind::Dot) {
            call = p.member(call, start);
            p.grow();
        }
        OperatorKind::Invoke(Invoke { call })
    }
}
