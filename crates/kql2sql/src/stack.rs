//! Stack for trees as deep as queries make them, whatever the caller's thread has left.
//!
//! An ordinary query needs little, and runs on the stack that is there: to map a new one takes longer than to translate
//! the query. Parser and binder look at what is left wherever trees nest; what comes behind them knows the plan, and so
//! how much it needs.

use crate::plan::{Expr, ExprKind, Node, Plan, Rel, Shared};
use crate::rewrite::{exprs, inputs};

/// What must be left where trees nest: enough for all that happens between two such places, and for what recurses
/// without looking, such as dropping a tree of the height that the parser allows.
const RESERVE: usize = 1 << 20;

/// A new piece of stack.
const PIECE: usize = 16 << 20;

/// What rewriting and lowering need for each level of a plan, in a build without optimisation.
const LEVEL: usize = 32 << 10;

/// Runs `f`, on a new piece of stack if little is left of this one.
pub(crate) fn reserved<T>(f: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RESERVE, PIECE, f)
}

/// Runs `f` where there is stack enough to rewrite, lower and drop plans of that depth.
pub(crate) fn for_depth<T>(depth: usize, f: impl FnOnce() -> T) -> T {
    let needed = RESERVE + depth * LEVEL;
    stacker::maybe_grow(needed, needed.max(PIECE), f)
}

/// How deep a plan nests: its relations, each through those that it refers to, and their expressions.
pub(crate) fn depth(plan: &Plan) -> usize {
    let mut shared = Vec::with_capacity(plan.shared.len());
    for Shared { rel, .. } in &plan.shared {
        shared.push(rel_depth(rel, &shared));
    }
    shared.push(rel_depth(&plan.root, &shared));
    shared.into_iter().max().unwrap_or(0)
}

/// How high the tree of an expression is.
pub(crate) fn height(e: &Expr) -> usize {
    expr_depth(e, &[])
}

fn rel_depth(rel: &Rel, shared: &[usize]) -> usize {
    reserved(|| {
        let referred = match &*rel.node {
            Node::Shared(i) => shared.get(*i).copied().unwrap_or(0),
            _ => 0,
        };
        let inputs = inputs(rel).map(|input| rel_depth(input, shared));
        let exprs = exprs(rel).map(|e| expr_depth(e, shared));
        1 + inputs.chain(exprs).max().unwrap_or(0).max(referred)
    })
}

fn expr_depth(e: &Expr, shared: &[usize]) -> usize {
    if e.is_leaf() {
        return 1;
    }
    reserved(|| {
        let query = match &e.kind {
            ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => rel_depth(rel, shared),
            ExprKind::InTable { table, .. } => rel_depth(table, shared),
            _ => 0,
        };
        1 + e.children().map(|child| expr_depth(child, shared)).max().unwrap_or(0).max(query)
    })
}
