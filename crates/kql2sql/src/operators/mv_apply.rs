//! `mv-apply`: Runs a sub-query over the elements of each array.

use crate::operators::OperatorKind;
use crate::operators::mv_expand::{MvColumn, columns};
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Runs a sub-query over the elements of each array.
#[derive(Debug, Clone)]
pub struct MvApply {
    /// The arrays.
    pub columns: Vec<MvColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// `id guid`: context id, obsolete
    pub id: Option<Expr>,
    /// `on (sub-query)`: a pipe without a source.
    pub on: Box<Expr>,
}

impl MvApply {
    /// `mv-apply column to typeof(type), … limit n on (operators)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = columns(p, |p| {
            p.at_any(&[TokenKind::Limit, TokenKind::Id, TokenKind::On])
                && !matches!(p.nth(1), TokenKind::Comma | TokenKind::To | TokenKind::Equal)
        });
        let limit = p.eat(TokenKind::Limit).then(|| p.required_unnamed_expression());
        let id = p.eat(TokenKind::Id).then(|| p.required_unnamed_expression());
        p.expect(TokenKind::On);
        let mut on = p.error_expression();
        if p.expect(TokenKind::OpenParen) {
            on = p.sub_query();
            p.expect_close(TokenKind::CloseParen);
        }
        OperatorKind::MvApply(MvApply { columns, limit, id, on: Box::new(on) })
    }
}
