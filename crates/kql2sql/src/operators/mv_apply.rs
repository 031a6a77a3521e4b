//! `mv-apply`: Runs a sub-query over the elements of each array.

use crate::bind::Binder;
use crate::bind::table::refused_as;
use crate::operators::OperatorKind;
use crate::operators::mv_expand::MvExpand;
use crate::operators::mv_expand::{MvColumn, columns};
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::{Expr, ExprKind, Operator};
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

impl MvApply {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let applied: Vec<String> = self
            .columns
            .iter()
            .filter_map(|c| match &crate::bind::names::underlying(&c.value).kind {
                ExprKind::Name { name, .. } => Some(name.clone()),
                _ => None,
            })
            .collect();
        let expand = MvExpand { columns: self.columns.clone(), limit: self.limit.clone() };
        let expanded = expand.bind(binder, input.clone(), op);
        let result = binder.sub_query(expanded, &self.on);
        let mut columns: Vec<PlanColumn> =
            input.visible().filter(|c| !applied.contains(&c.name)).cloned().collect();
        for column in result.visible() {
            match columns.iter_mut().find(|c| c.name == column.name) {
                Some(c) => *c = column.clone(),
                None => columns.push(column.clone()),
            }
        }
        refused_as(
            "mv-apply",
            op.keyword,
            columns,
            "it is not translated yet; `mv-expand` and `summarize` may do",
        )
    }
}
