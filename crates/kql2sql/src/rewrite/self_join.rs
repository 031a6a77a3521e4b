//! `summarize … by k` of a relation joined back to that relation on `k` is a window over it:
//! one pass and no join.

use crate::plan::{Expr, ExprKind, Join, JoinKind, Node, Order, Plan, Rel, Side};

/// Aggregates that are the same over a window.
const WINDOWS: &[&str] = &[
    "avg",
    "avgif",
    "count",
    "countif",
    "max",
    "maxif",
    "min",
    "minif",
    "stdev",
    "stdevif",
    "stdevp",
    "sum",
    "sumif",
    "variance",
    "varianceif",
    "variancep",
];

/// Rewrites such joins in the whole plan.
pub(super) fn rewrite(mut plan: Plan) -> Plan {
    for i in 0..plan.shared.len() {
        let mut rel = plan.shared[i].rel.clone();
        walk(&plan, &mut rel);
        plan.shared[i].rel = rel;
    }
    let mut root = plan.root.clone();
    walk(&plan, &mut root);
    plan.root = root;
    plan
}

fn walk(plan: &Plan, rel: &mut Rel) {
    for input in super::inputs_mut(rel) {
        walk(plan, input);
    }
    if let Node::Join(join) = &*rel.node
        && let Some(node) = as_window(plan, join)
    {
        *rel.node = node;
        rel.order = Order::default();
    }
}

fn as_window(plan: &Plan, join: &Join) -> Option<Node> {
    if !matches!(join.kind, JoinKind::Inner | JoinKind::InnerUnique) {
        return None;
    }
    let Node::Shared(base) = &*join.right.node else { return None };
    let left = resolve(plan, &join.left);
    let Node::Aggregate { input, keys, aggregates } = &*left.node else { return None };
    if !matches!(&*input.node, Node::Shared(i) if i == base) {
        return None;
    }
    // The join must compare exactly the group keys, each with the column that it groups by.
    let key_columns: Vec<&str> = keys.iter().map(Expr::as_column).collect::<Option<_>>()?;
    if join.on.len() != keys.len() || keys.is_empty() {
        return None;
    }
    for (l, r) in &join.on {
        let position =
            left.columns[..keys.len()].iter().position(|c| Some(c.name.as_str()) == l.as_column())?;
        if r.as_column() != Some(key_columns[position]) {
            return None;
        }
    }
    let windows: Vec<Expr> = aggregates.iter().map(|a| over(a, keys)).collect::<Option<_>>()?;
    let values = join
        .output
        .iter()
        .map(|(side, name)| match side {
            Side::Right => join.right.column(name).map(|c| c.reference(Default::default())),
            Side::Left => {
                let i = left.columns.iter().position(|c| c.name == *name)?;
                Some(if i < keys.len() { keys[i].clone() } else { windows[i - keys.len()].clone() })
            }
        })
        .collect::<Option<Vec<_>>>()?;
    let input = join.right.clone();
    Some(Node::Project { input, values })
}

/// The relation behind references to shared ones.
fn resolve<'p>(plan: &'p Plan, rel: &'p Rel) -> &'p Rel {
    match &*rel.node {
        Node::Shared(i) => resolve(plan, &plan.shared[*i].rel),
        _ => rel,
    }
}

/// The aggregate as a window over the groups.
fn over(e: &Expr, keys: &[Expr]) -> Option<Expr> {
    let mut e = e.clone();
    if let ExprKind::Aggregate { function, overload, args, row_of, .. } = &e.kind {
        if row_of.is_some() || !WINDOWS.contains(&function.name) {
            return None;
        }
        e.kind = ExprKind::Window {
            function,
            overload: *overload,
            args: args.clone(),
            partition: keys.to_vec(),
            order: vec![],
        };
        return Some(e);
    }
    for child in e.children_mut() {
        *child = over(child, keys)?;
    }
    Some(e)
}
