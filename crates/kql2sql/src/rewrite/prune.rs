//! Columns that nothing reads are not carried along.

use std::collections::HashSet;
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::exprs_mut;
use crate::plan::{
    ColumnName, ExpandOutput, Expr, ExprKind, Node, Plan, PlanColumn, Rel, Shared, Side, find_from,
};

/// Drops unread columns in the whole plan. Where there are no sub-queries, they need not be looked for.
pub(super) fn rewrite(plan: &mut Plan, sub_queries: bool) {
    let nothing = |shared: &Shared| (shared.rel.columns.clone(), vec![false; shared.rel.columns.len()]);
    let mut pruner = Pruner { shared: plan.shared.iter().map(nothing).collect(), sub_queries };
    let mut read = Reads::of(&plan.root);
    plan.root.visible().for_each(|c| read.add(&c.name));
    read.add_order(&plan.root);
    let kept = read.kept;
    pruner.rel(&mut plan.root, kept);
    // A shared relation refers only to earlier ones, so that backwards all its readers are known.
    for shared in plan.shared.iter_mut().rev() {
        if let Some(kept) = pruner.shared.pop().map(|(_, kept)| kept) {
            pruner.rel(&mut shared.rel, kept);
        }
    }
}

/// Drops unread columns of a relation that reads no shared ones, and of all below. `columns` are those that are read.
pub(super) fn all_but(columns: &[PlanColumn], rel: &mut Rel) {
    let mut read = Reads::of(rel);
    columns.iter().for_each(|c| read.add(&c.name));
    let kept = read.kept;
    Pruner { shared: Vec::new(), sub_queries: false }.rel(rel, kept);
}

struct Pruner {
    /// The columns of each shared relation, and which of them are read.
    shared: Vec<(Rc<Vec<PlanColumn>>, Vec<bool>)>,
    /// Whether there are relations within expressions.
    sub_queries: bool,
}

/// Which columns of a relation are read.
struct Reads<'r> {
    columns: &'r [PlanColumn],
    kept: Vec<bool>,
    next: usize,
}

impl Reads<'_> {
    /// None yet.
    fn of(rel: &Rel) -> Reads<'_> {
        Reads { columns: &rel.columns, kept: vec![false; rel.columns.len()], next: 0 }
    }

    fn add(&mut self, name: &ColumnName) {
        if let Some(i) = find_from(&mut self.next, self.columns, |c| c.name == *name) {
            self.kept[i] = true;
        }
    }

    fn add_all(&mut self, columns: &[PlanColumn], kept: &[bool]) {
        columns.iter().zip(kept).filter(|(_, kept)| **kept).for_each(|(c, _)| self.add(&c.name));
    }

    fn add_expr(&mut self, e: &Expr) {
        e.for_each_column(&mut |name| self.add(name));
    }

    fn add_order(&mut self, rel: &Rel) {
        rel.order.keys.iter().for_each(|key| self.add_expr(&key.value));
    }
}

impl Pruner {
    /// `kept` says which columns of the relation are read.
    fn rel(&mut self, rel: &mut Rel, mut kept: Vec<bool>) {
        let Rel { node, columns, .. } = rel;
        match Rc::make_mut(node) {
            Node::Table { .. } => {}
            Node::Shared(i) => {
                let (all, read) = &mut self.shared[*i];
                let mut reads = Reads { columns: all, kept: std::mem::take(read), next: 0 };
                reads.add_all(columns, &kept);
                *read = reads.kept;
            }
            Node::Values(rows) => {
                // Rows without columns could not be counted.
                if let Some(first) = kept.first_mut() {
                    *first |= !rows.is_empty();
                }
                for row in rows {
                    retain(row, &kept);
                }
            }
            Node::Range { .. } | Node::Refused(_) => kept.fill(true),
            Node::Operation(operation) => {
                for (i, input) in operation.inputs.iter_mut().enumerate() {
                    let mut below = Reads::of(input);
                    match (i, &operation.reads) {
                        (0, Some(reads)) => {
                            below.add_all(columns, &kept);
                            reads.iter().for_each(|name| below.add(name));
                            below.add_order(input);
                        }
                        _ => below.kept.fill(true),
                    }
                    let below = below.kept;
                    self.rel(input, below);
                }
                if operation.reads.is_none() {
                    kept.fill(true);
                }
            }
            Node::Filter { input, predicate } => {
                let mut below = Reads::of(input);
                below.add_all(columns, &kept);
                below.add_expr(predicate);
                let below = below.kept;
                self.rel(input, below);
            }
            Node::Project { input, values } => {
                retain(values, &kept);
                let below = read_by(values.iter(), input);
                self.rel(input, below);
            }
            Node::Aggregate { input, keys, aggregates } => {
                // The keys make the groups, read or not.
                let n = keys.len();
                kept[..n].fill(true);
                if n == 0 && !kept.contains(&true) {
                    // Without any aggregate there would be no group, but a row for each of the input.
                    kept.iter_mut().take(1).for_each(|k| *k = true);
                }
                retain(aggregates, &kept[n..]);
                let below = read_by(keys.iter().chain(aggregates.iter()), input);
                self.rel(input, below);
            }
            Node::Join(join) => {
                retain(&mut join.output, &kept);
                let (mut left, mut right) = (Reads::of(&join.left), Reads::of(&join.right));
                for (l, r) in &join.on {
                    left.add_expr(l);
                    right.add_expr(r);
                }
                for (side, name) in &join.output {
                    match side {
                        Side::Left => left.add(name),
                        Side::Right => right.add(name),
                    }
                }
                let (left, right) = (left.kept, right.kept);
                self.rel(&mut join.left, left);
                self.rel(&mut join.right, right);
            }
            Node::Union(union) => {
                retain(&mut union.sources, &kept);
                let below: HashSet<ColumnName, RandomState> =
                    union.sources.iter().flatten().cloned().collect();
                for (_, input) in &mut union.inputs {
                    let here = input.columns.iter().map(|c| !c.hidden && below.contains(&c.name)).collect();
                    self.rel(input, here);
                }
            }
            Node::Limit { input, .. } => {
                let mut below = Reads::of(input);
                below.add_all(columns, &kept);
                below.add_order(input);
                let below = below.kept;
                self.rel(input, below);
            }
            Node::Expand(expand) => {
                // An array makes rows, read or not.
                for (kept, output) in kept.iter_mut().zip(&expand.output) {
                    *kept |= matches!(output, ExpandOutput::Element(_));
                }
                retain(&mut expand.output, &kept);
                let mut below = Reads::of(&expand.input);
                expand.arrays.iter().for_each(|array| below.add_expr(array));
                for output in &expand.output {
                    if let ExpandOutput::Column(name) = output {
                        below.add(name);
                    }
                }
                let below = below.kept;
                self.rel(&mut expand.input, below);
            }
        }
        keep_columns(columns, &kept);
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
        let mut read = Reads::of(rel);
        rel.visible().take(1).for_each(|c| read.add(&c.name));
        read.add_order(rel);
        let kept = read.kept;
        self.rel(rel, kept);
    }
}

/// Which columns of their input the expressions read.
fn read_by<'e>(exprs: impl Iterator<Item = &'e Expr>, input: &Rel) -> Vec<bool> {
    let mut read = Reads::of(input);
    exprs.for_each(|e| read.add_expr(e));
    read.kept
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
