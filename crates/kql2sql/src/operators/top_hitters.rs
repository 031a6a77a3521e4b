//! `top-hitters`: The most frequent values, about.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::{Projection, result_name};
use crate::bind::projection::{Style, find};
use crate::functions::{self, AGGREGATES};
use crate::operators::OperatorKind;
use crate::operators::take::limit;
use crate::plan::{Node, Order, PlanColumn, Rel, SortKey};
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
        let span = op.keyword;
        let count = binder.count(&self.count);
        let scope = RowScope::of(&input);
        let mut list = Projection::default();
        binder.add_columns(&mut list, &scope, &self.of, Style::Default, None);
        let (mut columns, keys): (Vec<PlanColumn>, Vec<_>) = list.columns.into_iter().unzip();
        // Kusto estimates; exact numbers are the best of estimates.
        let (name, function, args) = match &self.by {
            Some(by) => {
                let value = binder.scalar_over(scope, by);
                let name = result_name(by, &find).unwrap_or_default();
                (format!("approximate_sum_{name}"), "sum", vec![value])
            }
            None => {
                let name = result_name(&self.of, &find).unwrap_or_default();
                (format!("approximate_count_{name}"), "count", vec![])
            }
        };
        let ty = args.first().map_or(Type::Long, |a| a.ty);
        let value = match functions::find(AGGREGATES, function) {
            Some(function) => binder.aggregate_by_entry(function, args, vec![], span),
            None => return input,
        };
        let column = PlanColumn::new(name, ty, true);
        let key = SortKey { value: column.reference(span), descending: true, nulls_first: false };
        columns.push(column);
        let node = Node::Aggregate { input, keys, aggregates: vec![value] };
        let counted = Rel::new(node, columns, Order { keys: vec![key], serialized: true });
        limit(counted, count)
    }
}
