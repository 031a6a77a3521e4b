//! How large a query may become when functions and names give way to what they stand for: forty functions that
//! use their argument twice make 2^40 nodes of one.

use super::Binder;
use crate::diagnostics::binding as messages;
use crate::plan::{Expr, ExprKind, Node, Rel};
use crate::rewrite::{exprs, inputs};
use crate::span::Span;

/// So many nodes may be put in the place of names and calls. The largest of thousands of real queries needs a
/// hundredth of it.
const QUERY: usize = 250_000;

/// A relation is as much work for the engine as so many nodes of an expression.
const RELATION: usize = 8;

/// The same for the check of a function that is defined: what lies beyond is found when it is called.
const DEFINITION: usize = 10_000;

/// What is left to be expanded.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
    /// Whether it was reported that nothing is left.
    reported: bool,
    /// The outermost call that is being expanded.
    call: Option<Span>,
    /// How many nodes each shared relation stands for.
    shared: Vec<usize>,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { left: QUERY, reported: false, call: None, shared: Vec::new() }
    }
}

impl Binder<'_> {
    /// Takes the nodes from what is left; if there are not so many, that is reported at the outermost call that is
    /// being expanded, or else at `span`.
    pub(super) fn spend(&mut self, nodes: usize, span: Span) -> bool {
        let budget = &mut self.budget;
        if nodes <= budget.left {
            budget.left -= nodes;
            return true;
        }
        budget.left = 0;
        let at = budget.call.unwrap_or(span);
        if !std::mem::replace(&mut budget.reported, true) {
            self.report(messages::too_large(at));
        }
        false
    }

    /// The same for the value that a name stands for.
    pub(super) fn spend_on_value(&mut self, value: &Expr, span: Span) -> bool {
        let plain = matches!(value.kind, ExprKind::Literal(_) | ExprKind::Column(..));
        plain || self.spend(self.budget.of_expr(value), span)
    }

    /// The same for a relation that a name stands for: the engine computes it wherever it is named.
    pub(super) fn spend_on_table(&mut self, rel: &Rel, span: Span) -> bool {
        self.spend(self.budget.of_rel(rel), span)
    }

    /// Remembers how large the relation is that is shared next.
    pub(super) fn note_shared(&mut self, rel: &Rel) {
        let nodes = self.budget.of_rel(rel);
        let sizes = &mut self.budget.shared;
        sizes.truncate(self.shared.len());
        sizes.push(nodes);
    }

    /// Expands what stands at `call`; each node that is bound there counts.
    pub(super) fn expanding<T>(&mut self, call: Span, f: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.budget.call;
        self.budget.call = outer.or(Some(call));
        let value = f(self);
        self.budget.call = outer;
        value
    }

    /// Whether a node of an expanded text may still be bound.
    pub(super) fn spend_on_node(&mut self, span: Span) -> bool {
        self.budget.call.is_none() || self.spend(1, span)
    }

    /// Checks a definition, which costs the query nothing.
    pub(super) fn defining<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let Budget { left, reported, .. } = self.budget;
        self.budget.left = left.min(DEFINITION);
        let value = f(self);
        (self.budget.left, self.budget.reported) = (left, reported);
        value
    }
}

impl Budget {
    /// The nodes of an expression, or more than are left.
    fn of_expr(&self, e: &Expr) -> usize {
        let mut nodes = 0;
        self.count_expr(e, &mut nodes);
        nodes
    }

    /// The nodes of a relation with those that it refers to, or more than are left.
    fn of_rel(&self, rel: &Rel) -> usize {
        let mut nodes = 0;
        self.count_rel(rel, &mut nodes);
        nodes
    }

    fn count_rel(&self, rel: &Rel, nodes: &mut usize) {
        *nodes += match &*rel.node {
            Node::Shared(i) => self.shared.get(*i).copied().unwrap_or(1),
            _ => RELATION,
        };
        crate::stack::reserved(|| {
            for input in inputs(rel) {
                if *nodes > self.left {
                    return;
                }
                self.count_rel(input, nodes);
            }
            // Most columns are only handed on.
            let computed = exprs(rel).filter(|e| !matches!(e.kind, ExprKind::Column(..)));
            computed.for_each(|e| self.count_expr(e, nodes));
        });
    }

    fn count_expr(&self, e: &Expr, nodes: &mut usize) {
        *nodes += 1;
        match &e.kind {
            ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => self.count_rel(rel, nodes),
            ExprKind::InTable { table, .. } => self.count_rel(table, nodes),
            _ => {}
        }
        crate::stack::reserved(|| {
            e.children().for_each(|child| {
                if *nodes <= self.left {
                    self.count_expr(child, nodes);
                }
            });
        });
    }
}
