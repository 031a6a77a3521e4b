//! `union`: The rows of several tables.

use crate::bind::Binder;
use crate::bind::names::UniqueNames;
use crate::bind::table::scan;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::project_away::matches_wildcard;
use crate::plan::{Expr as Bound, Node, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The rows of several tables.
#[derive(Debug, Clone)]
pub struct Union {
    /// The tables, perhaps with wildcards.
    pub tables: Vec<Expr>,
}

impl Union {
    /// `union table, wildcard*, (query), …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let tables = p.comma_list(
            List::SOME,
            |p| {
                if p.at(TokenKind::OpenParen) {
                    return Some(p.parenthesized());
                }
                p.entity()
            },
            Parser::missing_expression,
        );
        OperatorKind::Union(Union { tables })
    }
}

impl Union {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Option<Rel>, op: &Operator) -> Rel {
        let mut tables: Vec<(String, Rel)> = Vec::new();
        if let Some(input) = input {
            tables.push((table_name(&input), input));
        }
        let fuzzy = op.parameter("isfuzzy").is_some_and(|p| match &p.value.kind {
            ExprKind::Literal(Literal::Bool(b)) => *b,
            ExprKind::Name { name, .. } => name == "true",
            _ => false,
        });
        for e in &self.tables {
            tables.extend(operands(binder, e, fuzzy));
        }
        let inner = op
            .parameter("kind")
            .is_some_and(|p| matches!(&p.value.kind, ExprKind::Name { name, .. } if name == "inner"));
        let source =
            op.parameter("withsource").or_else(|| op.parameter("with_source")).and_then(|p| {
                match &p.value.kind {
                    ExprKind::Name { name, .. } => Some(name.clone()),
                    ExprKind::Literal(Literal::String(s)) => Some(s.clone()),
                    _ => None,
                }
            });
        union(tables, inner, source)
    }
}

/// The tables that one operand of `union` stands for.
fn operands(binder: &mut Binder, e: &Expr, fuzzy: bool) -> Vec<(String, Rel)> {
    match &e.kind {
        ExprKind::Wildcard(pattern) => {
            let mut names = binder.catalog.table_names();
            names.retain(|n| matches_wildcard(pattern, n));
            names.sort();
            if names.is_empty() && !fuzzy {
                binder.report(binding::unknown_name(e.span, pattern, "table", []));
            }
            names.iter().filter_map(|n| Some((n.clone(), scan(binder.catalog.table(n)?)))).collect()
        }
        ExprKind::Star => {
            let mut names = binder.catalog.table_names();
            names.sort();
            names.iter().filter_map(|n| Some((n.clone(), scan(binder.catalog.table(n)?)))).collect()
        }
        _ => {
            let before = binder.diagnostics.len();
            let rel = binder.table(e);
            if fuzzy && is_missing(binder, before) {
                binder.diagnostics.truncate(before);
                return Vec::new();
            }
            let name = match &e.kind {
                ExprKind::Name { name, .. } => name.clone(),
                _ => table_name(&rel),
            };
            vec![(name, rel)]
        }
    }
}

/// Whether all that was reported is that there is no such table.
fn is_missing(binder: &Binder, since: usize) -> bool {
    let new = &binder.diagnostics[since..];
    new.first().is_some_and(|d| d.code == "KS204") && new.iter().all(|d| matches!(d.code, "KS204" | "KS142"))
}

/// The name of the table that a relation reads, for `withsource`.
fn table_name(rel: &Rel) -> String {
    match &*rel.node {
        Node::Table { name } => name.clone(),
        Node::Filter { input, .. } | Node::Project { input, .. } | Node::Limit { input, .. } => {
            table_name(input)
        }
        _ => String::new(),
    }
}

/// All rows of the tables. Columns of one name and type are one; of one name and several types, one
/// for each type. `inner` keeps only the columns that all have.
pub(crate) fn union(tables: Vec<(String, Rel)>, inner: bool, source: Option<String>) -> Rel {
    let all: Vec<&PlanColumn> = tables.iter().flat_map(|(_, t)| t.visible()).collect();
    let mut names = UniqueNames::default();
    // For each result column: its name and the (name, type) that it takes from the inputs.
    let mut result: Vec<(PlanColumn, String)> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    for column in &all {
        if done.contains(&column.name.as_str()) {
            continue;
        }
        done.push(&column.name);
        if inner && !tables.iter().all(|(_, t)| t.visible().any(|c| c.name == column.name)) {
            continue;
        }
        let mut types: Vec<Type> = Vec::new();
        for c in all.iter().filter(|c| c.name == column.name) {
            if !types.contains(&c.ty) {
                types.push(c.ty);
            }
        }
        let several = types.len() > 1;
        for ty in types {
            let name = if several { format!("{}_{}", column.name, ty.name()) } else { column.name.clone() };
            let name = names.get_or_add(&name, None);
            result.push((PlanColumn::new(name, ty, true), column.name.clone()));
        }
    }
    let mut columns: Vec<PlanColumn> = Vec::new();
    columns.extend(source.iter().map(|s| PlanColumn::new(s.clone(), Type::String, false)));
    columns.extend(result.iter().map(|(c, _)| c.clone()));
    let at = Span::default();
    let inputs = tables
        .into_iter()
        .map(|(table, rel)| {
            let mut values = Vec::new();
            if source.is_some() {
                values.push(Bound::literal(Literal::String(table), at));
            }
            for (column, from) in &result {
                values.push(match rel.visible().find(|c| c.name == *from && c.ty == column.ty) {
                    Some(c) => c.reference(at),
                    None => Bound::literal(Literal::Null(column.ty), at),
                });
            }
            Rel::new(Node::Project { input: rel, values }, columns.clone(), Order::default())
        })
        .collect();
    Rel::new(Node::Union(inputs), columns, Order::default())
}
