//! From plan to plan: the same answer by less work, and SQL that reads better.

mod fields;
mod hoist;
mod limits;
mod prune;
mod push;
mod self_join;
mod wide;

use std::rc::Rc;

use crate::plan::{Expr, ExprKind, Node, Plan, Rel};

/// All rewrites, in their order.
pub(crate) fn rewrite(plan: Plan) -> Plan {
    let plan = push::rewrite(hoist::rewrite(self_join::rewrite(limits::rewrite(plan))));
    let (plan, changed) = fields::rewrite(prune::rewrite(plan));
    // Reading members from a struct leaves the documents themselves unread.
    let plan = if changed { prune::rewrite(plan) } else { plan };
    wide::rewrite(plan)
}

/// Calls `f` for every relation of the plan, sub-queries included.
pub(crate) fn for_each_rel(plan: &Plan, f: &mut dyn FnMut(&Rel)) {
    for shared in &plan.shared {
        visit(&shared.rel, f);
    }
    visit(&plan.root, f);
}

fn visit(rel: &Rel, f: &mut dyn FnMut(&Rel)) {
    f(rel);
    for e in exprs(rel) {
        visit_expr(e, f);
    }
    for input in inputs(rel) {
        visit(input, f);
    }
}

fn visit_expr(e: &Expr, f: &mut dyn FnMut(&Rel)) {
    match &e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => visit(rel, f),
        ExprKind::InTable { table, .. } => visit(table, f),
        _ => {}
    }
    for child in e.children() {
        visit_expr(child, f);
    }
}

/// Calls `f` for every relation of the plan, sub-queries included, to change it: first for what it reads.
pub(crate) fn for_each_rel_mut(plan: &mut Plan, f: &mut dyn FnMut(&mut Rel)) {
    for shared in &mut plan.shared {
        visit_mut(&mut shared.rel, f);
    }
    visit_mut(&mut plan.root, f);
}

fn visit_mut(rel: &mut Rel, f: &mut dyn FnMut(&mut Rel)) {
    for input in inputs_mut(rel) {
        visit_mut(input, f);
    }
    for e in exprs_mut(rel) {
        visit_expr_mut(e, f);
    }
    f(rel);
}

fn visit_expr_mut(e: &mut Expr, f: &mut dyn FnMut(&mut Rel)) {
    match &mut e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => visit_mut(rel, f),
        ExprKind::InTable { table, .. } => visit_mut(table, f),
        _ => {}
    }
    for child in e.children_mut() {
        visit_expr_mut(child, f);
    }
}

/// The relations that a relation reads directly.
pub(crate) fn inputs(rel: &Rel) -> Vec<&Rel> {
    match &*rel.node {
        Node::Table { .. } | Node::Shared(_) | Node::Values(_) | Node::Range { .. } | Node::Refused(_) => {
            vec![]
        }
        Node::Filter { input, .. }
        | Node::Project { input, .. }
        | Node::Aggregate { input, .. }
        | Node::Limit { input, .. } => vec![input],
        Node::Join(join) => vec![&join.left, &join.right],
        Node::Union(union) => union.inputs.iter().map(|(_, r)| r).collect(),
        Node::Expand(expand) => vec![&expand.input],
        Node::Operation(operation) => operation.inputs.iter().collect(),
    }
}

/// The same, to be changed.
pub(crate) fn inputs_mut(rel: &mut Rel) -> Vec<&mut Rel> {
    match Rc::make_mut(&mut rel.node) {
        Node::Table { .. } | Node::Shared(_) | Node::Values(_) | Node::Range { .. } | Node::Refused(_) => {
            vec![]
        }
        Node::Filter { input, .. }
        | Node::Project { input, .. }
        | Node::Aggregate { input, .. }
        | Node::Limit { input, .. } => vec![input],
        Node::Join(join) => vec![&mut join.left, &mut join.right],
        Node::Union(union) => union.inputs.iter_mut().map(|(_, r)| r).collect(),
        Node::Expand(expand) => vec![&mut expand.input],
        Node::Operation(operation) => operation.inputs.iter_mut().collect(),
    }
}

/// The expressions of a relation's own node.
pub(crate) fn exprs(rel: &Rel) -> Vec<&Expr> {
    match &*rel.node {
        Node::Table { .. } | Node::Shared(_) | Node::Union(_) | Node::Operation(_) | Node::Refused(_) => {
            vec![]
        }
        Node::Values(rows) => rows.iter().flatten().collect(),
        Node::Range { from, to, step } => vec![from, to, step],
        Node::Filter { predicate, .. } => vec![predicate],
        Node::Project { values, .. } => values.iter().collect(),
        Node::Aggregate { keys, aggregates, .. } => keys.iter().chain(aggregates).collect(),
        Node::Limit { count, .. } => vec![count],
        Node::Join(join) => join.on.iter().flat_map(|(l, r)| [l, r]).collect(),
        Node::Expand(expand) => expand.arrays.iter().chain(&expand.limit).collect(),
    }
}

/// The same, to be changed.
pub(crate) fn exprs_mut(rel: &mut Rel) -> Vec<&mut Expr> {
    match Rc::make_mut(&mut rel.node) {
        Node::Table { .. } | Node::Shared(_) | Node::Union(_) | Node::Operation(_) | Node::Refused(_) => {
            vec![]
        }
        Node::Values(rows) => rows.iter_mut().flatten().collect(),
        Node::Range { from, to, step } => vec![from, to, step],
        Node::Filter { predicate, .. } => vec![predicate],
        Node::Project { values, .. } => values.iter_mut().collect(),
        Node::Aggregate { keys, aggregates, .. } => keys.iter_mut().chain(aggregates).collect(),
        Node::Limit { count, .. } => vec![count],
        Node::Join(join) => join.on.iter_mut().flat_map(|(l, r)| [l, r]).collect(),
        Node::Expand(expand) => expand.arrays.iter_mut().chain(&mut expand.limit).collect(),
    }
}
