//! Calls over many rows: aggregates and window functions.

use super::Binder;
use super::overload::{choose, return_type};
use crate::diagnostics::binding as messages;
use crate::functions::{self, AGGREGATES, Function};
use crate::plan::{Expr, ExprKind, SortKey};
use crate::span::Span;
use crate::syntax::ast;

impl Binder<'_> {
    /// A call of an aggregate with one result.
    pub(super) fn aggregate(&mut self, name: &ast::Name, args: &[ast::Expr], span: Span) -> Expr {
        let Some(function) = functions::find(AGGREGATES, &name.text) else { return Expr::error(span) };
        let bound = self.aggregate_arguments(function, args);
        let call = self.check_call(function, name, args, bound, span);
        self.as_aggregate(call)
    }

    /// The bound arguments of an aggregate: no aggregates within.
    pub(crate) fn aggregate_arguments(
        &mut self,
        function: &'static Function,
        args: &[ast::Expr],
    ) -> Vec<Expr> {
        let allowed = std::mem::take(&mut self.aggregates_allowed);
        let bound = self.arguments(function, args);
        self.aggregates_allowed = allowed;
        bound
    }

    /// Makes a bound call of an aggregate's entry an aggregate over the current rows.
    pub(crate) fn as_aggregate(&self, call: Expr) -> Expr {
        let ExprKind::Call { function, overload, args } = call.kind else { return call };
        let order = self.rows.last().map(|r| r.order.keys.clone()).unwrap_or_default();
        Expr { kind: ExprKind::Aggregate { function, overload, args, order, row_of: None }, ..call }
    }

    /// A call of an aggregate that the binder itself makes, over rows in the given order.
    pub(crate) fn aggregate_by_entry(
        &mut self,
        function: &'static Function,
        args: Vec<Expr>,
        order: Vec<SortKey>,
        span: Span,
    ) -> Expr {
        let Some(overload) = choose(function, &args) else { return Expr::error(span) };
        let call = self.typed_call(function, overload, args, span);
        match call.kind {
            ExprKind::Call { function, overload, args } => {
                Expr { kind: ExprKind::Aggregate { function, overload, args, order, row_of: None }, ..call }
            }
            _ => call,
        }
    }

    /// A function over the rows around a row.
    pub(super) fn window(
        &mut self,
        function: &'static Function,
        overload: usize,
        args: Vec<Expr>,
        name: &ast::Name,
        span: Span,
    ) -> Expr {
        let ty = return_type(&function.overloads[overload], &args);
        let Some(row) = self.rows.last() else { return Expr { ty, ..Expr::error(span) } };
        let order = row.order.clone();
        if !order.serialized {
            self.report(messages::not_serialized(name.span, &name.text));
            return Expr { ty, ..Expr::error(span) };
        }
        let kind = ExprKind::Window { function, overload, args, partition: Vec::new(), order: order.keys };
        Expr { kind, ty, span }
    }

    /// Binds an expression in which aggregates are allowed.
    pub(crate) fn with_aggregates<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.aggregates_allowed, true);
        let result = f(self);
        self.aggregates_allowed = before;
        result
    }
}
