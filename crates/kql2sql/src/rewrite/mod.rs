//! From plan to plan: the same answer by less work, and SQL that reads better.

mod fields;
mod hoist;
mod limits;
mod prune;
mod push;
mod self_join;
mod traits;
mod wide;

use std::rc::Rc;

use crate::plan::{Expr, ExprKind, Node, Plan, Rel};
use traits::Traits;

/// All rewrites, in their order.
pub(crate) fn rewrite(plan: &mut Plan) {
    let has = Traits::of(plan);
    let mut windows = has.bound_to_columns;
    if has.limits && has.sorts {
        windows |= limits::rewrite(plan);
    }
    if has.joins {
        self_join::rewrite(plan);
    }
    prune::rewrite(plan, has.sub_queries);
    let mut moved = false;
    if windows {
        moved |= hoist::rewrite(plan);
    }
    if has.unions {
        moved |= push::rewrite(plan);
    }
    if moved {
        // Where filters and calls are now, less may be read.
        prune::rewrite(plan, has.sub_queries);
    }
    if has.members {
        fields::rewrite(plan);
    }
    if has.unions {
        wide::rewrite(plan);
    }
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
    exprs(rel).for_each(|e| visit_expr(e, f));
    inputs(rel).for_each(|input| visit(input, f));
}

fn visit_expr(e: &Expr, f: &mut dyn FnMut(&Rel)) {
    if e.is_leaf() {
        return;
    }
    match &e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => visit(rel, f),
        ExprKind::InTable { table, .. } => visit(table, f),
        _ => {}
    }
    e.children().for_each(|child| visit_expr(child, f));
}

/// Calls `f` for every relation of the plan, sub-queries included, to change it: first for what it reads.
pub(crate) fn for_each_rel_mut(plan: &mut Plan, f: &mut dyn FnMut(&mut Rel)) {
    for shared in &mut plan.shared {
        visit_mut(&mut shared.rel, f);
    }
    visit_mut(&mut plan.root, f);
}

fn visit_mut(rel: &mut Rel, f: &mut dyn FnMut(&mut Rel)) {
    inputs_mut(rel).for_each(|input| visit_mut(input, f));
    exprs_mut(rel).for_each(|e| visit_expr_mut(e, f));
    f(rel);
}

fn visit_expr_mut(e: &mut Expr, f: &mut dyn FnMut(&mut Rel)) {
    if e.is_leaf() {
        return;
    }
    match &mut e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => visit_mut(rel, f),
        ExprKind::InTable { table, .. } => visit_mut(table, f),
        _ => {}
    }
    e.children_mut().for_each(|child| visit_expr_mut(child, f));
}

/// The relations that a relation reads directly.
pub(crate) fn inputs(rel: &Rel) -> impl Iterator<Item = &Rel> {
    type Parts<'r> = (Option<&'r Rel>, Option<&'r Rel>, &'r [(String, Rel)], &'r [Rel]);
    let (first, second, named, rest): Parts<'_> = match &*rel.node {
        Node::Table { .. } | Node::Shared(_) | Node::Values(_) | Node::Range { .. } | Node::Refused(_) => {
            (None, None, &[], &[])
        }
        Node::Filter { input, .. }
        | Node::Project { input, .. }
        | Node::Aggregate { input, .. }
        | Node::Limit { input, .. } => (Some(input), None, &[], &[]),
        Node::Join(join) => (Some(&join.left), Some(&join.right), &[], &[]),
        Node::Union(union) => (None, None, &union.inputs, &[]),
        Node::Expand(expand) => (Some(&expand.input), None, &[], &[]),
        Node::Operation(operation) => (None, None, &[], &operation.inputs),
    };
    first.into_iter().chain(second).chain(named.iter().map(|(_, r)| r)).chain(rest)
}

/// The same, to be changed.
pub(crate) fn inputs_mut(rel: &mut Rel) -> impl Iterator<Item = &mut Rel> {
    type Parts<'r> = (Option<&'r mut Rel>, Option<&'r mut Rel>, &'r mut [(String, Rel)], &'r mut [Rel]);
    let (first, second, named, rest): Parts<'_> = match Rc::make_mut(&mut rel.node) {
        Node::Table { .. } | Node::Shared(_) | Node::Values(_) | Node::Range { .. } | Node::Refused(_) => {
            (None, None, &mut [], &mut [])
        }
        Node::Filter { input, .. }
        | Node::Project { input, .. }
        | Node::Aggregate { input, .. }
        | Node::Limit { input, .. } => (Some(input), None, &mut [], &mut []),
        Node::Join(join) => {
            let join = &mut **join;
            (Some(&mut join.left), Some(&mut join.right), &mut [], &mut [])
        }
        Node::Union(union) => (None, None, &mut union.inputs, &mut []),
        Node::Expand(expand) => (Some(&mut expand.input), None, &mut [], &mut []),
        Node::Operation(operation) => (None, None, &mut [], &mut operation.inputs),
    };
    first.into_iter().chain(second).chain(named.iter_mut().map(|(_, r)| r)).chain(rest)
}

/// The expressions of a relation's own node.
pub(crate) fn exprs(rel: &Rel) -> impl Iterator<Item = &Expr> {
    type Parts<'r> = ([Option<&'r Expr>; 3], [&'r [Expr]; 2], &'r [Vec<Expr>], &'r [(Expr, Expr)]);
    let none = [None, None, None];
    let (single, lists, rows, pairs): Parts<'_> = match &*rel.node {
        Node::Table { .. } | Node::Shared(_) | Node::Union(_) | Node::Operation(_) | Node::Refused(_) => {
            (none, [&[], &[]], &[], &[])
        }
        Node::Values(rows) => (none, [&[], &[]], rows, &[]),
        Node::Range { from, to, step } => ([Some(from), Some(to), Some(step)], [&[], &[]], &[], &[]),
        Node::Filter { predicate: e, .. } | Node::Limit { count: e, .. } => {
            ([Some(e), None, None], [&[], &[]], &[], &[])
        }
        Node::Project { values, .. } => (none, [values, &[]], &[], &[]),
        Node::Aggregate { keys, aggregates, .. } => (none, [keys, aggregates], &[], &[]),
        Node::Join(join) => (none, [&[], &[]], &[], &join.on),
        Node::Expand(expand) => (none, [&expand.arrays, expand.limit.as_slice()], &[], &[]),
    };
    let lists = lists.into_iter().flatten().chain(rows.iter().flatten());
    single.into_iter().flatten().chain(lists).chain(pairs.iter().flat_map(|(l, r)| [l, r]))
}

/// The same, to be changed.
pub(crate) fn exprs_mut(rel: &mut Rel) -> impl Iterator<Item = &mut Expr> {
    type Parts<'r> =
        ([Option<&'r mut Expr>; 3], [&'r mut [Expr]; 2], &'r mut [Vec<Expr>], &'r mut [(Expr, Expr)]);
    let none = [None, None, None];
    let (single, lists, rows, pairs): Parts<'_> = match Rc::make_mut(&mut rel.node) {
        Node::Table { .. } | Node::Shared(_) | Node::Union(_) | Node::Operation(_) | Node::Refused(_) => {
            (none, [&mut [], &mut []], &mut [], &mut [])
        }
        Node::Values(rows) => (none, [&mut [], &mut []], rows, &mut []),
        Node::Range { from, to, step } => {
            ([Some(from), Some(to), Some(step)], [&mut [], &mut []], &mut [], &mut [])
        }
        Node::Filter { predicate: e, .. } | Node::Limit { count: e, .. } => {
            ([Some(e), None, None], [&mut [], &mut []], &mut [], &mut [])
        }
        Node::Project { values, .. } => (none, [values, &mut []], &mut [], &mut []),
        Node::Aggregate { keys, aggregates, .. } => (none, [keys, aggregates], &mut [], &mut []),
        Node::Join(join) => (none, [&mut [], &mut []], &mut [], &mut join.on),
        Node::Expand(expand) => {
            let expand = &mut **expand;
            (none, [&mut expand.arrays, expand.limit.as_mut_slice()], &mut [], &mut [])
        }
    };
    let lists = lists.into_iter().flatten().chain(rows.iter_mut().flatten());
    single.into_iter().flatten().chain(lists).chain(pairs.iter_mut().flat_map(|(l, r)| [l, r]))
}
