//! `evaluate`: Runs a plugin.

use crate::operators::OperatorKind;
use crate::syntax::ast::{ColumnDecl, Expr};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// Runs a plugin.
#[derive(Debug, Clone)]
pub struct Evaluate {
    /// The plugin call.
    pub call: Expr,
    /// `: (a:string, *)`, the declared result columns; the flag tells whether `*` was there.
    pub schema: Option<(Vec<ColumnDecl>, bool)>,
}

impl Evaluate {
    /// `evaluate plugin(argument, …) : (name:type, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        let call = if p.at_call() {
            p.call(None, start)
        } else {
            if p.peek().is_name() {
                p.bump();
                p.expect(TokenKind::OpenParen);
            } else {
                p.missing("The call of a plugin");
            }
            p.error_expression()
        };
        let schema = p.eat(TokenKind::Colon).then(|| Self::schema(p));
        OperatorKind::Evaluate(Evaluate { call, schema })
    }

    /// `(*, name:type, …)`
    fn schema(p: &mut Parser) -> (Vec<ColumnDecl>, bool) {
        if !p.expect(TokenKind::OpenParen) {
            return (Vec::new(), false);
        }
        p.eat(TokenKind::Comma);
        let star = p.eat(TokenKind::Star);
        p.eat(TokenKind::Comma);
        let columns =
            p.comma_list(List::ANY.with_trailing_comma(), Parser::column_decl, Parser::missing_column_decl);
        p.expect_close(TokenKind::CloseParen);
        (columns, star)
    }
}
