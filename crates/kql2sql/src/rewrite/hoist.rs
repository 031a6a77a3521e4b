//! Window functions stand only among the columns of a SELECT, and not within each other: where a query has one in a
//! filter, a group key or another window, it becomes a hidden column of the input.

use crate::bind::projection::free_name;
use crate::plan::{Expr, ExprKind, Node, Plan, PlanColumn, Rel};

/// Moves window functions to where SQL allows them, in the whole plan.
pub(super) fn rewrite(mut plan: Plan) -> Plan {
    super::for_each_rel_mut(&mut plan, &mut place);
    plan
}

/// Does it for one relation; its inputs are in order.
fn place(rel: &mut Rel) {
    match &mut *rel.node {
        Node::Filter { input, predicate } => hoist(input, vec![predicate]),
        Node::Aggregate { input, keys, aggregates } => {
            hoist(input, keys.iter_mut().chain(aggregates).collect());
        }
        Node::Expand(expand) => hoist(&mut expand.input, expand.arrays.iter_mut().collect()),
        Node::Join(join) => {
            let (left, right) = join.on.iter_mut().map(|(l, r)| (l, r)).unzip();
            hoist(&mut join.left, left);
            hoist(&mut join.right, right);
        }
        Node::Project { input, values } => {
            let within = values.iter_mut().flat_map(windows_within).collect();
            hoist(input, within);
        }
        _ => {}
    }
}

fn is_window(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Window { .. })
}

/// What stands within the window functions of an expression.
fn windows_within(e: &mut Expr) -> Vec<&mut Expr> {
    if is_window(e) {
        return e.children_mut();
    }
    e.children_mut().into_iter().flat_map(windows_within).collect()
}

/// Gives the input a hidden column for each window function in the expressions, and refers to those columns instead.
fn hoist(input: &mut Rel, exprs: Vec<&mut Expr>) {
    let mut columns = input.columns.to_vec();
    let mut values: Vec<Expr> = columns.iter().map(|c| c.reference(Default::default())).collect();
    let own = columns.len();
    for e in exprs {
        replace(e, &mut |e| {
            let name = free_name(&columns, "window");
            let column = PlanColumn { name, ty: e.ty, nullable: true, hidden: true };
            let reference = column.reference(e.span);
            columns.push(column);
            values.push(std::mem::replace(e, reference));
        });
    }
    if columns.len() == own {
        return;
    }
    let order = input.order.clone();
    let below = std::mem::replace(input, Rel::new(Node::Values(vec![]), vec![], order.clone()));
    *input = Rel::new(Node::Project { input: below, values }, columns, order);
    // Windows within those that were moved.
    place(input);
}

fn replace(e: &mut Expr, f: &mut dyn FnMut(&mut Expr)) {
    if is_window(e) {
        f(e);
        return;
    }
    for child in e.children_mut() {
        replace(child, f);
    }
}
