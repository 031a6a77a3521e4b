//! `top-hitters`: The most frequent values, about.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::{Projection, result_name};
use crate::bind::projection::{Style, find};
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The most frequent values, about.
#[derive(Debug, Clone)]
pub struct TopHitters {
    /// How many.
    pub count: Box<Expr>,
    /// `of value`
    pub of: Box<Expr>,
    /// `by weight`
    pub by: Option<Box<Expr>>,
}

impl TopHitters {
    /// `top-hitters n of value by weight`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        p.expect(TokenKind::Of);
        let of = Box::new(p.required_named_expression());
        let by = p.eat(TokenKind::By).then(|| Box::new(p.required_named_expression()));
        OperatorKind::TopHitters(TopHitters { count, of, by })
    }
}

impl TopHitters {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        binder.count(&self.count);
        let scope = RowScope::of(&input);
        let mut list = Projection::default();
        binder.add_columns(&mut list, &scope, &self.of, Style::Default, None);
        let mut columns: Vec<PlanColumn> = list.columns.into_iter().map(|(c, _)| c).collect();
        columns.push(match &self.by {
            Some(by) => {
                let value = binder.scalar_over(scope, by);
                let name = result_name(by, &find).unwrap_or_default();
                PlanColumn::new(format!("approximate_sum_{name}"), value.ty, true)
            }
            None => {
                let name = result_name(&self.of, &find).unwrap_or_default();
                PlanColumn::new(format!("approximate_count_{name}"), Type::Long, false)
            }
        });
        refused(
            op,
            columns,
            "its counts are estimates; for exact ones, write `summarize count() by …` and `top`",
        )
    }
}
