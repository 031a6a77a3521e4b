//! Whether the rows of a relation are told apart by some of its columns.

use crate::plan::{ColumnName, Expr, Node, Plan, Rel};

/// Whether the left side of a join has each key once: it is grouped by some of the keys.
pub(super) fn is_unique(plan: &Plan, rel: &Rel, on: &[(Expr, Expr)]) -> bool {
    let keys: Vec<&ColumnName> = on.iter().filter_map(|(l, _)| l.as_column()).collect();
    unique_on(plan, rel, &keys)
}

fn unique_on(plan: &Plan, rel: &Rel, names: &[&ColumnName]) -> bool {
    match &*rel.node {
        Node::Aggregate { keys, .. } => {
            !keys.is_empty() && rel.columns[..keys.len()].iter().all(|c| names.contains(&&c.name))
        }
        Node::Filter { input, .. } | Node::Limit { input, .. } => unique_on(plan, input, names),
        Node::Project { input, values } => {
            let below: Vec<&ColumnName> = rel
                .columns
                .iter()
                .zip(values)
                .filter(|(c, _)| names.contains(&&c.name))
                .filter_map(|(_, v)| v.as_column())
                .collect();
            unique_on(plan, input, &below)
        }
        Node::Shared(i) => unique_on(plan, &plan.shared[*i].rel, names),
        _ => false,
    }
}
