//! `summarize … by k` of a relation joined back to that relation on `k` is a window over it:
//! one pass and no join.

use std::rc::Rc;

use crate::plan::{ColumnName, Expr, ExprKind, Join, JoinKind, Node, Order, Plan, Rel, Shared, Side};

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

/// Rewrites such joins in the whole plan. The windows are part of a projection already.
pub(super) fn rewrite(plan: &mut Plan) {
    for i in 0..plan.shared.len() {
        // A shared relation refers only to earlier ones.
        let (earlier, rest) = plan.shared.split_at_mut(i);
        walk(earlier, &mut rest[0].rel);
    }
    walk(&plan.shared, &mut plan.root);
}

fn walk(shared: &[Shared], rel: &mut Rel) {
    super::inputs_mut(rel).for_each(|input| walk(shared, input));
    if let Node::Join(join) = &*rel.node
        && let Some(node) = as_window(shared, join)
    {
        rel.node = Rc::new(node);
        rel.order = Order::default();
    }
}

fn as_window(shared: &[Shared], join: &Join) -> Option<Node> {
    if !matches!(join.kind, JoinKind::Inner | JoinKind::InnerUnique) {
        return None;
    }
    let Node::Shared(base) = &*join.right.node else { return None };
    let left = resolve(shared, &join.left);
    let Node::Aggregate { input, keys, aggregates } = &*left.node else { return None };
    if !matches!(&*input.node, Node::Shared(i) if i == base) {
        return None;
    }
    // The join must compare exactly the group keys, each with the column that it groups by.
    let key_columns: Vec<&ColumnName> = keys.iter().map(Expr::as_column).collect::<Option<_>>()?;
    if join.on.len() != keys.len() || keys.is_empty() {
        return None;
    }
    for (l, r) in &join.on {
        let position = left.columns[..keys.len()].iter().position(|c| Some(&c.name) == l.as_column())?;
        if r.as_column() != Some(key_columns[position]) {
            return None;
        }
    }
    let values = join
        .output
        .iter()
        .map(|(side, name)| match side {
            Side::Right => join.right.column(name).map(|c| c.reference(Default::default())),
            Side::Left => {
                let i = left.columns.iter().position(|c| c.name == *name)?;
                if i < keys.len() { Some(keys[i].clone()) } else { over(&aggregates[i - keys.len()], keys) }
            }
        })
        .collect::<Option<Vec<_>>>()?;
    let input = join.right.clone();
    Some(Node::Project { input, values })
}

/// The relation behind references to shared ones.
fn resolve<'p>(shared: &'p [Shared], rel: &'p Rel) -> &'p Rel {
    match &*rel.node {
        Node::Shared(i) => resolve(shared, &shared[*i].rel),
        _ => rel,
    }
}

/// The aggregate as a window over the groups.
fn over(e: &Expr, keys: &[Expr]) -> Option<Expr> {
    if let ExprKind::Aggregate { function, overload, args, row_of, .. } = &e.kind {
        if row_of.is_some() || !WINDOWS.contains(&function.name) {
            return None;
        }
        let kind = ExprKind::Window {
            function,
            overload: *overload,
            args: args.clone(),
            partition: keys.to_vec(),
            order: vec![],
        };
        return Some(Expr { kind, ty: e.ty, span: e.span });
    }
    let mut e = e.clone();
    for child in e.children_mut() {
        *child = over(child, keys)?;
    }
    Some(e)
}
