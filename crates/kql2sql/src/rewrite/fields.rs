//! One pass over a dynamic column for all the members that a query reads of it.

use std::rc::Rc;

use crate::plan::{ColumnName, Expr, ExprKind, Node, Plan, PlanColumn, Rel};
use crate::shape::Shape;
use crate::sql::literal_path;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// Rewrites every scan whose dynamic columns are read by member.
pub(super) fn rewrite(plan: &mut Plan) {
    for shared in &mut plan.shared {
        walk(&mut shared.rel);
    }
    walk(&mut plan.root);
}

/// Handles the chain of filters and projections that begins at `rel`, and whatever is below.
fn walk(rel: &mut Rel) {
    let depth = chain_length(rel);
    if depth == 0 {
        super::inputs_mut(rel).for_each(walk);
        return;
    }
    let mut members = Vec::new();
    collect(rel, depth, &mut members);
    if members.is_empty() {
        return;
    }
    let columns = rel.columns.clone();
    for (column, paths) in by_base(members) {
        let name = ColumnName::from(format!("{column}_fields"));
        insert(rel, depth, &column, &paths, &name);
    }
    // The documents themselves are read no longer.
    super::prune::all_but(&columns, rel);
}

/// How many filters and projections stand above a scan, with perhaps an aggregate on top; 0 where
/// something else is below.
fn chain_length(rel: &Rel) -> usize {
    let mut length = 0;
    let mut at = rel;
    loop {
        at = match &*at.node {
            Node::Filter { input, .. } | Node::Project { input, .. } => input,
            Node::Aggregate { input, .. } if length == 0 => input,
            Node::Expand(expand) if length == 0 => &expand.input,
            Node::Table { .. } => return length,
            _ => return 0,
        };
        length += 1;
    }
}

fn input_of(rel: &Rel) -> Option<&Rel> {
    super::inputs(rel).next()
}

/// A member access: the column of the scan that is read (a dynamic one, or a string that `parse_json` reads), and
/// the path as JSON.
type Member = (ColumnName, String);

/// The member accesses of the chain, in terms of the scan's columns.
fn collect(rel: &Rel, depth: usize, into: &mut Vec<Member>) {
    if depth == 0 {
        return;
    }
    let Some(input) = input_of(rel) else { return };
    collect(input, depth - 1, into);
    super::exprs(rel).for_each(|e| {
        members(e, &mut |column, path| {
            if let Some(column) = origin(input, depth - 1, column)
                && let Some(path) = literal_path(path)
            {
                into.push((column.clone(), path));
            }
        });
    });
}

/// Calls `f` with the column and path of each member access by a constant path.
fn members(e: &Expr, f: &mut dyn FnMut(&ColumnName, &[Expr])) {
    if let Some((column, path)) = member(e) {
        f(column, path);
        return;
    }
    if !e.is_leaf() {
        e.children().for_each(|child| members(child, f));
    }
}

fn member(e: &Expr) -> Option<(&ColumnName, &[Expr])> {
    let ExprKind::Path { base, path } = &e.kind else { return None };
    let constant = |step: &Expr| {
        matches!(step.as_literal(), Some(Literal::String(_) | Literal::Long(_) | Literal::Int(_)))
    };
    Some((document(base)?, path.as_slice())).filter(|_| path.iter().all(constant))
}

/// Whether one of these columns is read by member.
fn reads_member(e: &Expr, columns: &[ColumnName]) -> bool {
    let mut found = false;
    members(e, &mut |column, _| found |= columns.contains(column));
    found
}

/// The column whose document the expression is.
fn document(e: &Expr) -> Option<&ColumnName> {
    match &e.kind {
        ExprKind::Column(name, _) => Some(name),
        ExprKind::Call { function, args, .. } if function.name == "parse_json" => args[0].as_column(),
        _ => None,
    }
}

/// The column of the scan that passes unchanged through the chain as `column`.
fn origin<'r>(rel: &'r Rel, depth: usize, column: &'r ColumnName) -> Option<&'r ColumnName> {
    if depth == 0 {
        return Some(column);
    }
    let below = match &*rel.node {
        Node::Project { values, .. } => {
            let i = rel.columns.iter().position(|c| c.name == *column)?;
            values[i].as_column()?
        }
        Node::Filter { .. } => column,
        _ => return None,
    };
    origin(input_of(rel)?, depth - 1, below)
}

/// The accesses grouped by their document, the paths in order of first appearance.
fn by_base(members: Vec<Member>) -> Vec<(ColumnName, Vec<String>)> {
    let mut groups: Vec<(ColumnName, Vec<String>)> = Vec::new();
    for (base, path) in members {
        let i = match groups.iter().position(|(b, _)| *b == base) {
            Some(i) => i,
            None => {
                groups.push((base, Vec::new()));
                groups.len() - 1
            }
        };
        if !groups[i].1.contains(&path) {
            groups[i].1.push(path);
        }
    }
    groups
}

/// What is above a relation of a chain.
struct Above {
    /// The names of the scan's column.
    names: Vec<ColumnName>,
    /// Whether the struct of its members is there.
    present: bool,
}

/// Adds the struct of members above the scan and its plain filters, and reads the members from it.
fn insert(rel: &mut Rel, depth: usize, base: &ColumnName, paths: &[String], name: &ColumnName) -> Above {
    let input = if depth > 0 { super::inputs_mut(rel).next() } else { None };
    let Some(input) = input else { return Above { names: vec![base.clone()], present: false } };
    // The column as the expressions of this node see it.
    let Above { names: seen, mut present } = insert(input, depth - 1, base, paths, name);
    if !present
        && let Some(column) = seen.first()
        && super::exprs(rel).any(|e| reads_member(e, &seen))
    {
        split_filter(rel, &seen);
        if let Some(input) = super::inputs_mut(rel).next() {
            add_struct(input, column, paths, name);
            present = true;
        }
    }
    let names = match &*rel.node {
        Node::Filter { .. } => seen.clone(),
        Node::Project { values, .. } => {
            let reads = |v: &Expr| v.as_column().is_some_and(|column| seen.contains(column));
            let columns = values.iter().zip(&*rel.columns).filter(|(v, _)| reads(v));
            columns.map(|(_, c)| c.name.clone()).collect()
        }
        _ => Vec::new(),
    };
    if !present {
        return Above { names, present };
    }
    super::exprs_mut(rel).for_each(|e| replace(e, &seen, paths, name));
    // Carried on to the nodes above; unread columns were pruned before, so that this one is kept by hand.
    match Rc::make_mut(&mut rel.node) {
        Node::Project { values, .. } => {
            values.push(Expr {
                kind: ExprKind::Column(name.clone(), Shape::Any),
                ty: Type::Dynamic,
                span: Default::default(),
            });
            push_column(rel, name);
        }
        Node::Filter { .. } => push_column(rel, name),
        _ => {}
    }
    Above { names, present }
}

fn push_column(rel: &mut Rel, name: &ColumnName) {
    rel.columns = Rc::new(with_struct(&rel.columns, name));
}

/// The columns and that of the struct.
fn with_struct(columns: &[PlanColumn], name: &ColumnName) -> Vec<PlanColumn> {
    let added = PlanColumn { hidden: true, ..PlanColumn::new(name.clone(), Type::Dynamic, true) };
    columns.iter().cloned().chain([added]).collect()
}

/// `where cheap and member` becomes two filters, the cheap one first, so that documents are read only
/// for the rows that it leaves.
fn split_filter(rel: &mut Rel, seen: &[ColumnName]) {
    let Node::Filter { input, predicate } = &*rel.node else { return };
    let mut terms = Vec::new();
    conjuncts(predicate, &mut terms);
    let (reading, cheap): (Vec<Expr>, Vec<Expr>) = terms.into_iter().partition(|t| reads_member(t, seen));
    if cheap.is_empty() || reading.is_empty() {
        return;
    }
    let first = input.clone().within(|input| Node::Filter { input, predicate: all_of(cheap) });
    rel.node = Rc::new(Node::Filter { input: first, predicate: all_of(reading) });
}

fn conjuncts(e: &Expr, into: &mut Vec<Expr>) {
    match &e.kind {
        ExprKind::Call { function, args, .. }
            if function.name == "and" && args.iter().all(|a| a.ty == Type::Bool) =>
        {
            for arg in args {
                conjuncts(arg, into);
            }
        }
        _ => into.push(e.clone()),
    }
}

fn all_of(terms: Vec<Expr>) -> Expr {
    let and = crate::functions::find(crate::functions::OPERATORS, "and");
    let mut terms = terms.into_iter();
    let first = terms.next().unwrap_or_else(|| Expr::literal(Literal::Bool(true), Default::default()));
    terms.fold(first, |left, right| match and {
        Some(function) => {
            let span = left.span.to(right.span);
            let kind = ExprKind::Call { function, overload: 0, args: vec![left, right] };
            Expr { kind, ty: Type::Bool, span }
        }
        None => left,
    })
}

/// Puts a projection over `rel` that adds the struct.
fn add_struct(rel: &mut Rel, column: &ColumnName, paths: &[String], name: &ColumnName) {
    let at = crate::span::Span::default();
    let Some(base) = rel.column(column) else { return };
    let fields = Expr {
        kind: ExprKind::Fields { base: Box::new(base.reference(at)), paths: paths.to_vec() },
        ty: Type::Dynamic,
        span: at,
    };
    let values = rel.columns.iter().map(|c| c.reference(at)).chain([fields]).collect();
    let columns = with_struct(&rel.columns, name);
    let order = rel.order.clone();
    let input = std::mem::replace(rel, Rel::new(Node::Values(vec![]), vec![], order.clone()));
    *rel = Rel::new(Node::Project { input, values }, columns, order);
}

/// Member accesses become reads of the struct.
fn replace(e: &mut Expr, seen: &[ColumnName], paths: &[String], name: &ColumnName) {
    let index = member(e)
        .filter(|(column, _)| seen.contains(column))
        .and_then(|(_, path)| literal_path(path))
        .and_then(|path| paths.iter().position(|p| *p == path));
    if let Some(index) = index {
        let base = Expr { kind: ExprKind::Column(name.clone(), Shape::Any), ty: Type::Dynamic, span: e.span };
        e.kind = ExprKind::Field { base: Box::new(base), index };
        return;
    }
    if !e.is_leaf() {
        e.children_mut().for_each(|child| replace(child, seen, paths, name));
    }
}
