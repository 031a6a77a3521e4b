//! A filter by `prev()` or `row_number()`: SQL filters before it looks at the rows around a row, so that the predicate
//! is computed as a column first.

use crate::bind::projection::free_name;
use crate::plan::{Expr, ExprKind, Node, Order, Plan, PlanColumn, Rel};
use crate::types::Type;

/// Rewrites such filters in the whole plan.
pub(super) fn rewrite(mut plan: Plan) -> Plan {
    for shared in &mut plan.shared {
        walk(&mut shared.rel);
    }
    walk(&mut plan.root);
    plan
}

fn walk(rel: &mut Rel) {
    for input in super::inputs_mut(rel) {
        walk(input);
    }
    for e in super::exprs_mut(rel) {
        sub_queries(e);
    }
    let Node::Filter { input, predicate } = &mut *rel.node else { return };
    if !predicate.any(&|e| matches!(e.kind, ExprKind::Window { .. })) {
        return;
    }
    let span = predicate.span;
    let mut columns = input.columns.to_vec();
    let kept = PlanColumn { name: free_name(&columns, "kept"), ty: Type::Bool, nullable: true, hidden: true };
    let mut values: Vec<Expr> = columns.iter().map(|c| c.reference(span)).collect();
    values.push(std::mem::replace(predicate, kept.reference(span)));
    columns.push(kept);
    let order = input.order.clone();
    let before = std::mem::replace(input, Rel::new(Node::Values(vec![]), vec![], Order::default()));
    *input = Rel::new(Node::Project { input: before, values }, columns, order);
}

fn sub_queries(e: &mut Expr) {
    match &mut e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => walk(rel),
        ExprKind::InTable { table, .. } => walk(table),
        _ => {}
    }
    for child in e.children_mut() {
        sub_queries(child);
    }
}
