//! `take` of rows that come in an order of their own, though no column says which: those of `range`, of literals, of
//! operations. A LIMIT would give any of them as soon as the result is sorted: the engine takes the greatest then. The
//! rows are numbered instead.

use std::rc::Rc;

use super::{for_each_rel_mut, inputs};
use crate::bind::carry::first_rows;
use crate::plan::{Node, Plan, Rel, Shared};
use crate::span::Span;

/// Numbers the rows of a plan that sorts anything, and says whether there were any.
pub(super) fn rewrite(plan: &mut Plan) -> bool {
    let mut changed = false;
    let shared = plan.shared.clone();
    for_each_rel_mut(plan, &mut |rel| {
        let Node::Limit { input, count } = &*rel.node else { return };
        if !input.order.keys.is_empty() || !comes_in_order(input, &shared) {
            return;
        }
        let span = Span::default();
        if let Some(node) = first_rows(input.clone(), &input.columns, count.clone(), vec![], vec![], span) {
            rel.node = Rc::new(node);
            changed = true;
        }
    });
    changed
}

/// Whether the rows come in the order of what makes them.
fn comes_in_order(rel: &Rel, shared: &[Shared]) -> bool {
    match &*rel.node {
        Node::Values(_) | Node::Range { .. } => true,
        Node::Operation(operation) => operation.in_order,
        Node::Shared(i) => shared.get(*i).is_some_and(|s| comes_in_order(&s.rel, shared)),
        Node::Filter { .. } | Node::Project { .. } | Node::Limit { .. } | Node::Expand(_) => {
            rel.order.keys.is_empty() && inputs(rel).all(|input| comes_in_order(input, shared))
        }
        _ => false,
    }
}
