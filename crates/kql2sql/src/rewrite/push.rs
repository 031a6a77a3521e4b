//! A filter over a union filters each of the tables: what a table has no column for is not asked of it. `search` over
//! hundreds of tables would otherwise test each with the columns of all.

use std::collections::HashMap;
use std::rc::Rc;

use crate::plan::{ColumnName, Expr, ExprKind, Node, Order, Plan, PlanColumn, Rel, Union};
use crate::shape::Shape;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// Moves such filters, in the whole plan, and says whether there was one.
pub(super) fn rewrite(plan: &mut Plan) -> bool {
    let mut changed = false;
    super::for_each_rel_mut(plan, &mut |rel| changed |= push(rel));
    changed
}

fn push(rel: &mut Rel) -> bool {
    let Node::Filter { input, .. } = &*rel.node else { return false };
    let Node::Union(_) = &*input.node else { return false };
    let Node::Filter { input, predicate } = Rc::make_mut(&mut rel.node) else { return false };
    let columns = input.columns.clone();
    let Node::Union(union) = Rc::make_mut(&mut input.node) else { return false };
    // What reads other tables would be computed for each of these.
    if union.sources.len() != columns.len() || predicate.any(&is_dear) {
        return false;
    }
    let terms = Terms::new(predicate);
    for i in 0..union.inputs.len() {
        let there = columns_of(union, i, &columns);
        let below = &mut union.inputs[i].1;
        let predicate = terms.over(&there);
        let input = std::mem::replace(below, Rel::new(Node::Values(vec![]), vec![], Order::default()));
        *below = input.within(|input| Node::Filter { input, predicate });
        push(below);
    }
    rel.node = input.node.clone();
    true
}

fn is_dear(e: &Expr) -> bool {
    matches!(
        e.kind,
        ExprKind::Subquery(_)
            | ExprKind::SubqueryArray(_)
            | ExprKind::InTable { .. }
            | ExprKind::Window { .. }
            | ExprKind::Error
    )
}

/// What the columns of the union are in terms of one of its inputs; those that it lacks are left out.
fn columns_of<'c>(union: &Union, input: usize, columns: &'c [PlanColumn]) -> HashMap<&'c str, Expr> {
    let (table, rel) = &union.inputs[input];
    let own: HashMap<&str, Type> = rel.visible().map(|c| (c.name.as_str(), c.ty)).collect();
    let found = union.sources.iter().zip(columns).filter_map(|(source, c)| {
        let kind = match source {
            None => ExprKind::Literal(Literal::String(table.clone())),
            Some(source) if own.get(source.as_str()) == Some(&c.ty) => {
                ExprKind::Column(source.clone(), Shape::Any)
            }
            Some(_) => return None,
        };
        Some((c.name.as_str(), Expr { kind, ty: c.ty, span: Default::default() }))
    });
    found.collect()
}

/// The terms of a predicate that are joined by `or`.
struct Terms<'p> {
    whole: &'p Expr,
    /// Each with the columns that it reads, and whether it is false where there is none of them.
    terms: Vec<(&'p Expr, Vec<&'p ColumnName>, bool)>,
}

impl<'p> Terms<'p> {
    fn new(whole: &'p Expr) -> Terms<'p> {
        let mut terms = Vec::new();
        let mut rest = vec![whole];
        while let Some(e) = rest.pop() {
            match &e.kind {
                ExprKind::Call { function, args, .. } if function.name == "or" => {
                    rest.extend(args.iter().rev())
                }
                _ => {
                    let mut read = Vec::new();
                    e.for_each_column(&mut |c| read.push(c));
                    let optional = !read.is_empty() && is_text_test(e);
                    terms.push((e, read, optional));
                }
            }
        }
        Terms { whole, terms }
    }

    /// The predicate where there are only these columns: the others are null.
    fn over(&self, there: &HashMap<&str, Expr>) -> Expr {
        let mut any: Option<Expr> = None;
        for (term, read, optional) in &self.terms {
            if *optional && !read.iter().any(|c| there.contains_key(c.as_str())) {
                continue;
            }
            let mut term = (*term).clone();
            substitute(&mut term, there);
            any = Some(match (any, &self.whole.kind) {
                (Some(before), ExprKind::Call { function, overload, .. }) => {
                    let kind = ExprKind::Call { function, overload: *overload, args: vec![before, term] };
                    Expr { kind, ty: self.whole.ty, span: self.whole.span }
                }
                _ => term,
            });
        }
        any.unwrap_or_else(|| Expr::literal(Literal::Bool(false), self.whole.span))
    }
}

fn substitute(e: &mut Expr, there: &HashMap<&str, Expr>) {
    if let ExprKind::Column(name, _) = &e.kind {
        e.kind = match there.get(name.as_str()) {
            Some(found) => found.kind.clone(),
            None => ExprKind::Literal(Literal::Null(e.ty)),
        };
        return;
    }
    for child in e.children_mut() {
        substitute(child, there);
    }
}

/// Whether it looks for a text, which nothing is not.
fn is_text_test(e: &Expr) -> bool {
    const TESTS: &[&str] = &[
        "has",
        "has_cs",
        "contains",
        "contains_cs",
        "hasprefix",
        "hasprefix_cs",
        "hassuffix",
        "hassuffix_cs",
        "startswith",
        "startswith_cs",
        "endswith",
        "endswith_cs",
    ];
    let ExprKind::Call { function, args, .. } = &e.kind else { return false };
    let [value, needle] = args.as_slice() else { return false };
    TESTS.contains(&function.name)
        && matches!(needle.as_literal(), Some(Literal::String(text)) if !text.is_empty())
        && is_text_of_column(value)
}

/// A column, or one as a text: null or empty where the column is.
fn is_text_of_column(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Column(..) => true,
        ExprKind::Cast(inner) => is_text_of_column(inner),
        ExprKind::Call { function, args, .. } => {
            function.name == "tostring" && args.iter().all(is_text_of_column)
        }
        _ => false,
    }
}
