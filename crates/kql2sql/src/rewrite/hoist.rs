//! What must stand in the columns of a projection is put there: window functions, since SQL has them nowhere else and
//! none within another, calls with several values, so that they are made once, and volatile calls in predicates and keys.

use super::{exprs_mut, inputs_mut};
use crate::plan::{Expr, ExprKind, Node, Order, Plan, PlanColumn, Rel};
use crate::span::Span;

/// Moves them into projections below the nodes where they stand, and says whether there were any.
pub(super) fn rewrite(plan: &mut Plan) -> bool {
    let shared = plan.shared.iter_mut().fold(false, |changed, shared| settle(&mut shared.rel) | changed);
    settle(&mut plan.root) | shared
}

fn settle(rel: &mut Rel) -> bool {
    let mut changed = false;
    for input in inputs_mut(rel) {
        changed |= settle(input);
    }
    for e in exprs_mut(rel) {
        changed |= sub_queries(e);
    }
    // What was moved may hold others in its turn.
    let mut at = hoist(rel);
    while let Some(hoisted) = at {
        changed = true;
        at = hoist(hoisted);
    }
    changed
}

fn sub_queries(e: &mut Expr) -> bool {
    if e.is_leaf() {
        return false;
    }
    let mut changed = match &mut e.kind {
        ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => settle(rel),
        ExprKind::InTable { table, .. } => settle(table),
        _ => false,
    };
    for child in e.children_mut() {
        changed |= sub_queries(child);
    }
    changed
}

/// The new projection below `rel`, if its node had something to move.
fn hoist(rel: &mut Rel) -> Option<&mut Rel> {
    // Only these can read computed columns of a single input.
    let in_place = match &*rel.node {
        Node::Project { .. } => true,
        Node::Filter { .. } | Node::Aggregate { .. } | Node::Expand(_) => false,
        _ => return None,
    };
    let taken = super::inputs(rel).next()?.columns.clone();
    let mut moving = Moving { taken: &taken, moved: Vec::new() };
    for e in exprs_mut(rel) {
        moving.visit(e, in_place);
    }
    let moved = moving.moved;
    if moved.is_empty() {
        return None;
    }
    let input = inputs_mut(rel).next()?;
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

/// Whether it is a call that may give another value each time (`rand`, `new_guid`).
fn is_volatile(e: &Expr) -> bool {
    matches!(&e.kind, ExprKind::Call { function, .. } if function.volatile)
}

/// Expressions that are replaced by columns.
struct Moving<'a> {
    /// The columns that are there.
    taken: &'a [PlanColumn],
    /// Those that come to them.
    moved: Vec<(PlanColumn, Expr)>,
}

impl Moving<'_> {
    /// Replaces the outermost windows and volatile calls in `e`, with `in_place` the windows that stand within another, and
    /// calls with several values.
    fn visit(&mut self, e: &mut Expr, in_place: bool) {
        let window = matches!(e.kind, ExprKind::Window { .. });
        if window && !in_place {
            return self.replace(e, "window");
        }
        // The engine copies a predicate as it likes: `rand(3) in (0, 1)` would draw for each element.
        if !in_place && is_volatile(e) {
            return self.replace(e, "drawn");
        }
        if let ExprKind::Part { base, .. } = &mut e.kind
            && matches!(base.kind, ExprKind::Call { .. })
            && !base.any(&|e| matches!(e.kind, ExprKind::Aggregate { .. }))
        {
            return self.replace(base, "values");
        }
        if !e.is_leaf() {
            e.children_mut().for_each(|child| self.visit(child, in_place && !window));
        }
    }

    /// A column in place of `e`; the one that has the same value already, if there is one.
    fn replace(&mut self, e: &mut Expr, name: &str) {
        let text = format!("{:?}", e.kind);
        let same = self.moved.iter().find(|(_, value)| format!("{:?}", value.kind) == text);
        let column = match same.filter(|_| !is_volatile(e)) {
            Some((column, _)) => column.clone(),
            None => {
                let taken = self.taken.iter().chain(self.moved.iter().map(|(c, _)| c));
                let taken: Vec<&str> = taken.map(|c| c.name.as_str()).collect();
                let name = (1..).map(|i| format!("{name}_{i}")).find(|n| !taken.contains(&n.as_str()));
                let name = name.unwrap_or_default();
                let column = PlanColumn { hidden: true, ..PlanColumn::new(name, e.ty, true) };
                self.moved.push((column.clone(), e.clone()));
                column
            }
        };
        *e = column.reference(e.span);
    }
}
