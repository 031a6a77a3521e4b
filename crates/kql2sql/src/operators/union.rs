//! `union`: The rows of several tables.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::bind::Binder;
use crate::bind::configured::{INGESTION_TIME, has_ingestion_time, show_ingestion_time};
use crate::bind::names::UniqueNames;
use crate::bind::table::{scan, unknown_table};
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{
    CONCURRENCY, OperatorDef, Place, SPREAD, WITH_SOURCE, WITH_SOURCE_2, form, parameter,
};
use crate::operators::project_away::matches_wildcard;
use crate::plan::{ColumnName, Node, Order, PlanColumn, Rel, Union as UnionNode};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `union`.
pub(super) const UNION: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Union],
    doc: "The rows of several tables.",
    page: "union-operator",
    place: Place::Anywhere,
    parameters: Some(&[
        parameter("kind", &["inner", "outer"]),
        WITH_SOURCE,
        WITH_SOURCE_2,
        parameter("isfuzzy", &[]),
        parameter("best_effort", &[]),
        CONCURRENCY,
        SPREAD,
    ]),
    form: Some(form(
        "union [kind = outer | inner] [withsource = Column] [isfuzzy = true] Table | Pattern*, …",
        "union (print a = 1), (print a = 2) | summarize sum(a)",
        "[3]",
    )),
    refused: None,
    parse: Union::parse,
};

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
            tables.push((table_name(binder, &input), input));
        }
        let fuzzy = op.parameter("isfuzzy").is_some_and(|p| match &p.value.kind {
            ExprKind::Literal(Literal::Bool(b)) => *b,
            ExprKind::Name { name, .. } => name == "true",
            _ => false,
        });
        for e in &self.tables {
            tables.extend(operands(binder, e, fuzzy));
        }
        if let (true, true, Some(first)) = (fuzzy, tables.is_empty(), self.tables.first()) {
            // One table has to be there, or the engine does not know what to look for either.
            operands(binder, first, false);
            return unknown_table();
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
        number_unnamed(&mut tables, "union");
        if let Some(source) = &source {
            note_source(binder, &tables, source, op.keyword);
        }
        let result = union(tables, inner, source);
        binder.note_split(&result);
        result
    }
}

/// The tables that one operand of `union` stands for.
pub(crate) fn operands(binder: &mut Binder, e: &Expr, fuzzy: bool) -> Vec<(String, Rel)> {
    match &e.kind {
        ExprKind::Wildcard(pattern) => {
            let tables = tables_and_views(binder, |n| matches_wildcard(pattern, n), e.span);
            if tables.is_empty() && !fuzzy {
                binder.report(binding::unknown_name(e.span, pattern, "table", []));
            }
            tables
        }
        ExprKind::Star => all_tables(binder, e.span),
        _ => {
            let before = binder.diagnostics.len();
            let rel = binder.table(e);
            if fuzzy && is_missing(binder, before) {
                binder.diagnostics.truncate(before);
                return Vec::new();
            }
            let name = view_name(binder, e).unwrap_or_else(|| table_name(binder, &rel));
            vec![(name, rel)]
        }
    }
}

/// All tables of the lake and all views of the query, by their names.
pub(crate) fn all_tables(binder: &mut Binder, span: Span) -> Vec<(String, Rel)> {
    tables_and_views(binder, |_| true, span)
}

fn tables_and_views(binder: &mut Binder, wanted: impl Fn(&str) -> bool, span: Span) -> Vec<(String, Rel)> {
    let mut names = binder.catalog.table_names();
    names.retain(|n| wanted(n));
    names.sort();
    let views = binder.views(wanted, span);
    let tables = names.into_iter().filter_map(|n| {
        let table = binder.catalog.table(&n)?;
        Some((n, binder.with_ingestion_time(scan(&table), span)))
    });
    tables.chain(views).collect()
}

/// The name of the view that the operand is: `union` shows it as if it were a table's.
fn view_name(binder: &Binder, e: &Expr) -> Option<String> {
    let name = match &e.kind {
        ExprKind::Name { name, .. } => name,
        ExprKind::Call { receiver: None, name, args } if args.is_empty() => &name.text,
        _ => return None,
    };
    binder.is_view(name).then(|| name.clone())
}

/// Whether all that was reported is that there is no such table or function.
fn is_missing(binder: &Binder, since: usize) -> bool {
    let new = &binder.diagnostics[since..];
    new.first().is_some_and(|d| matches!(d.code, "KS204" | "KS211"))
        && new.iter().all(|d| matches!(d.code, "KS204" | "KS211" | "KS142"))
}

/// The name of the table that a relation reads, for `withsource`.
pub(crate) fn table_name(binder: &Binder, rel: &Rel) -> String {
    match &*rel.node {
        Node::Table { name } => name.clone(),
        Node::Shared(i) => binder.as_name(*i).unwrap_or_default(),
        Node::Filter { input, .. } | Node::Project { input, .. } | Node::Limit { input, .. } => {
            table_name(binder, input)
        }
        _ => String::new(),
    }
}

/// Names the tables that have none of their own after their position, as Kusto does.
pub(crate) fn number_unnamed(tables: &mut [(String, Rel)], operator: &str) {
    for (i, (name, _)) in tables.iter_mut().enumerate() {
        if name.is_empty() {
            *name = format!("{operator}_arg{i}");
        }
    }
}

/// Tells of a column of sources whose name a table's own column has, too: the name stands for the source, as documented, and
/// the table's column gets another one.
pub(crate) fn note_source(binder: &mut Binder, tables: &[(String, Rel)], source: &str, span: Span) {
    if tables.iter().any(|(_, table)| table.visible().any(|c| c.name == *source)) {
        binder.report(binding::name_of_sources(span, source));
    }
}

/// All rows of the tables. Columns of one name and type are one; of one name and several types, one
/// for each type. `inner` keeps only the columns that all have.
pub(crate) fn union(mut tables: Vec<(String, Rel)>, inner: bool, source: Option<String>) -> Rel {
    // The types of each name, and in how many tables it occurs, in order of first appearance.
    let mut found: Vec<(&ColumnName, Vec<Type>, usize)> = Vec::new();
    let mut index: HashMap<&ColumnName, usize, RandomState> = HashMap::default();
    for (_, table) in &tables {
        for column in table.visible() {
            let i = *index.entry(&column.name).or_insert_with(|| {
                found.push((&column.name, Vec::new(), 0));
                found.len() - 1
            });
            found[i].2 += 1;
            if !found[i].1.contains(&column.ty) {
                found[i].1.push(column.ty);
            }
        }
    }
    let mut names = UniqueNames::default();
    let mut columns: Vec<PlanColumn> = Vec::new();
    let mut sources: Vec<Option<ColumnName>> = Vec::new();
    if let Some(name) = source {
        columns.push(PlanColumn::new(names.get_or_add(name, None), Type::String, false));
        sources.push(None);
    }
    let open = tables.iter().any(|(_, t)| t.open);
    for (name, mut types, count) in found {
        if inner && count < tables.len() {
            continue;
        }
        // A column that only the data knows is of the type that the others have.
        if types.len() > 1 {
            types.retain(|t| *t != Type::Unknown);
        }
        let several = types.len() > 1;
        for ty in types {
            let result = if several { format!("{name}_{}", ty.name()).into() } else { name.clone() };
            columns.push(PlanColumn::new(names.get_or_add(result, None), ty, true));
            sources.push(Some(name.clone()));
        }
    }
    if !tables.is_empty() && tables.iter().all(|(_, t)| has_ingestion_time(t)) {
        columns.extend(tables.first().and_then(|(_, t)| t.column(INGESTION_TIME).cloned()));
        sources.push(Some(INGESTION_TIME.into()));
        tables.iter_mut().for_each(|(_, table)| show_ingestion_time(table));
    }
    let node = Node::Union(Box::new(UnionNode { inputs: tables, sources }));
    Rel { open, ..Rel::new(node, columns, Order::default()) }
}
