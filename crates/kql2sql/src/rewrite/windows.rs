//! Window functions stand in the columns of a projection, none within another: SQL has them nowhere else.

use super::{exprs_mut, inputs_mut};
use crate::plan::{Expr, ExprKind, Node, Order, Plan, PlanColumn, Rel};
use crate::span::Span;

/// Moves every window function that stands elsewhere into a projection below.
pub(super) fn rewrite(mut plan: Plan) -> Plan {
    for shared in &mut plan.shared {
        settle(&mut shared.rel);
    }
    settle(&mut plan.root);
    plan
}

fn settle(rel: &mut Rel) {
    for input in inputs_mut(rel) {
        settle(input);
    }
    for e in exprs_mut(rel) {
        sub_queries(e);
    }
    if let Some(hoisted) = hoist(rel) {
        // What was moved may hold windows in its turn.
        settle_own(hoisted);
    }
}

fn settle_own(rel: &mut Rel) {
    if let Some(hoisted) = hoist(rel) {
        settle_own(hoisted);
    }
}

fn sub_queries(e: &mut Expr) {
    match &mut e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => settle(rel),
        ExprKind::InTable { table, .. } => settle(table),
        _ => {}
    }
    for child in e.children_mut() {
        sub_queries(child);
    }
}

/// The new projection below `rel`, if its node had window functions out of their place.
fn hoist(rel: &mut Rel) -> Option<&mut Rel> {
    // Only these can read computed columns of a single input.
    let in_place = match &*rel.node {
        Node::Project { .. } => true,
        Node::Filter { .. } | Node::Aggregate { .. } | Node::Expand(_) => false,
        _ => return None,
    };
    let taken = super::inputs(rel).first()?.columns.clone();
    let mut moved: Vec<(PlanColumn, Expr)> = Vec::new();
    for e in exprs_mut(rel) {
        take(e, in_place, &taken, &mut moved);
    }
    if moved.is_empty() {
        return None;
    }
    let input = inputs_mut(rel).into_iter().next()?;
    let mut columns = input.columns.to_vec();
    let mut values: Vec<Expr> = columns.iter().map(|c| c.reference(Span::default())).collect();
    for (column, value) in moved {
        columns.push(column);
        values.push(value);
    }
    let order = input.order.clone();
    let below = std::mem::replace(input, Rel::new(Node::Values(vec![]), vec![], Order::default()));
    *input = Rel::new(Node::Project { input: below, values }, columns, order);
    Some(input)
}

/// Replaces the outermost windows in `e` by columns; with `in_place` those that stand within another.
fn take(e: &mut Expr, in_place: bool, taken: &[PlanColumn], moved: &mut Vec<(PlanColumn, Expr)>) {
    let window = matches!(e.kind, ExprKind::Window { .. });
    if window && !in_place {
        let name = (moved.len() + 1..)
            .map(|i| format!("window_{i}"))
            .find(|name| taken.iter().chain(moved.iter().map(|(c, _)| c)).all(|c| c.name != *name))
            .unwrap_or_default();
        let column = PlanColumn { name, ty: e.ty, nullable: true, hidden: true };
        let reference = column.reference(e.span);
        moved.push((column, std::mem::replace(e, reference)));
        return;
    }
    for child in e.children_mut() {
        take(child, in_place && !window, taken, moved);
    }
}
