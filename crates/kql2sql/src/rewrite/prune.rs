//! Columns that nothing reads are not carried along.

use std::collections::HashSet;
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::exprs_mut;
use crate::plan::{ColumnName, Expr, ExprKind, Node, Plan, PlanColumn, Rel};

type Names = HashSet<ColumnName, RandomState>;

/// Drops unread columns in the whole plan. Where there are no sub-queries, they need not be looked for.
pub(super) fn rewrite(plan: &mut Plan, sub_queries: bool) {
    let mut pruner = Pruner { shared: vec![Names::default(); plan.shared.len()], sub_queries };
    let mut required: Names = plan.root.visible().map(|c| c.name.clone()).collect();
    add_order(&plan.root, &mut required);
    pruner.rel(&mut plan.root, required);
    // A shared relation refers only to earlier ones, so that backwards all its readers are known.
    for i in (0..plan.shared.len()).rev() {
        let required = std::mem::take(&mut pruner.shared[i]);
        pruner.rel(&mut plan.shared[i].rel, required);
    }
}

/// Drops unread columns of a relation that reads no shared ones, and of all below. `columns` are those that are read.
pub(super) fn all_but(columns: &[PlanColumn], rel: &mut Rel) {
    let required = columns.iter().map(|c| c.name.clone()).collect();
    Pruner { shared: Vec::new(), sub_queries: false }.rel(rel, required);
}

struct Pruner {
    /// What is read of each shared relation.
    shared: Vec<Names>,
    /// Whether there are relations within expressions.
    sub_queries: bool,
}

fn add_order(rel: &Rel, names: &mut Names) {
    for key in &rel.order.keys {
        add(&key.value, names);
    }
}

fn add(e: &Expr, names: &mut Names) {
    e.for_each_column(&mut |c| {
        names.insert(c.clone());
    });
}

impl Pruner {
    /// `required` holds what is read of the relation; there it is put together what is read of its input.
    fn rel(&mut self, rel: &mut Rel, mut required: Names) {
        let kept: Vec<bool> = rel.columns.iter().map(|c| required.contains(&c.name)).collect();
        let Rel { node, columns, .. } = rel;
        match Rc::make_mut(node) {
            Node::Table { .. } => keep_columns(columns, &kept),
            Node::Shared(i) => {
                self.shared[*i].extend(required);
                keep_columns(columns, &kept);
            }
            Node::Values(rows) => {
                // Rows without columns could not be counted.
                let mut kept = kept;
                if let Some(first) = kept.first_mut() {
                    *first |= !rows.is_empty();
                }
                for row in rows {
                    retain(row, &kept);
                }
                keep_columns(columns, &kept);
            }
            Node::Range { .. } | Node::Refused(_) => {}
            Node::Operation(operation) => {
                let all = |input: &Rel| input.columns.iter().map(|c| c.name.clone()).collect::<Names>();
                for (i, input) in operation.inputs.iter_mut().enumerate() {
                    let mut below = all(input);
                    if let (0, Some(reads)) = (i, &operation.reads) {
                        below.retain(|name| required.contains(name) || reads.contains(name));
                        add_order(input, &mut below);
                    }
                    self.rel(input, below);
                }
                if operation.reads.is_some() {
                    keep_columns(columns, &kept);
                }
            }
            Node::Filter { input, predicate } => {
                add(predicate, &mut required);
                self.rel(input, required);
                keep_columns(columns, &kept);
            }
            Node::Project { input, values } => {
                retain(values, &kept);
                required.clear();
                for v in values.iter() {
                    add(v, &mut required);
                }
                self.rel(input, required);
                keep_columns(columns, &kept);
            }
            Node::Aggregate { input, keys, aggregates } => {
                // The keys make the groups, read or not.
                let n = keys.len();
                let mut kept: Vec<bool> = kept.iter().enumerate().map(|(i, k)| i < n || *k).collect();
                if n == 0 && !kept.contains(&true) {
                    // Without any aggregate there would be no group, but a row for each of the input.
                    kept.iter_mut().take(1).for_each(|k| *k = true);
                }
                retain(aggregates, &kept[n..]);
                required.clear();
                for e in keys.iter().chain(aggregates.iter()) {
                    add(e, &mut required);
                }
                self.rel(input, required);
                keep_columns(columns, &kept);
            }
            Node::Join(join) => {
                retain(&mut join.output, &kept);
                required.clear();
                let (mut left, mut right) = (required, Names::default());
                for (l, r) in &join.on {
                    add(l, &mut left);
                    add(r, &mut right);
                }
                for (side, name) in &join.output {
                    match side {
                        crate::plan::Side::Left => left.insert(name.clone()),
                        crate::plan::Side::Right => right.insert(name.clone()),
                    };
                }
                self.rel(&mut join.left, left);
                self.rel(&mut join.right, right);
                keep_columns(columns, &kept);
            }
            Node::Union(union) => {
                retain(&mut union.sources, &kept);
                let below: Names = union.sources.iter().flatten().cloned().collect();
                for (_, input) in &mut union.inputs {
                    let here =
                        input.visible().map(|c| &c.name).filter(|n| below.contains(*n)).cloned().collect();
                    self.rel(input, here);
                }
                keep_columns(columns, &kept);
            }
            Node::Limit { input, .. } => {
                add_order(input, &mut required);
                self.rel(input, required);
                keep_columns(columns, &kept);
            }
            Node::Expand(expand) => {
                // An array makes rows, read or not.
                let kept: Vec<bool> = kept
                    .iter()
                    .zip(&expand.output)
                    .map(|(k, o)| *k || matches!(o, crate::plan::ExpandOutput::Element(_)))
                    .collect();
                retain(&mut expand.output, &kept);
                required.clear();
                for array in &expand.arrays {
                    add(array, &mut required);
                }
                for output in &expand.output {
                    if let crate::plan::ExpandOutput::Column(name) = output {
                        required.insert(name.clone());
                    }
                }
                self.rel(&mut expand.input, required);
                keep_columns(columns, &kept);
            }
        }
        if self.sub_queries {
            for e in exprs_mut(rel) {
                self.subqueries(e);
            }
        }
    }

    /// Of a sub-query only the first column is read.
    fn subqueries(&mut self, e: &mut Expr) {
        match &mut e.kind {
            ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => self.subquery(rel),
            ExprKind::InTable { table, .. } => self.subquery(table),
            _ => {}
        }
        for child in e.children_mut() {
            self.subqueries(child);
        }
    }

    fn subquery(&mut self, rel: &mut Rel) {
        let mut required: Names = rel.visible().take(1).map(|c| c.name.clone()).collect();
        add_order(rel, &mut required);
        self.rel(rel, required);
    }
}

fn keep_columns(columns: &mut Rc<Vec<PlanColumn>>, kept: &[bool]) {
    if !kept.contains(&false) {
        return;
    }
    match Rc::get_mut(columns) {
        Some(own) => retain(own, kept),
        None => {
            let kept = columns.iter().zip(kept).filter(|(_, k)| **k);
            *columns = Rc::new(kept.map(|(c, _)| c.clone()).collect());
        }
    }
}

fn retain<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| *kept.next().unwrap_or(&true));
}
