//! `find`: Rows of many tables that match a predicate.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::bind::Binder;
use crate::bind::projection::project;
use crate::bind::table::scan;
use crate::diagnostics::{Diagnostic, binding, messages};
use crate::operators::def::{OperatorDef, Place, WITH_SOURCE, WITH_SOURCE_2, form};
use crate::operators::union::{note_source, number_unnamed, operands, union};
use crate::operators::{OperatorKind, search};
use crate::plan::{self, ColumnName, Node, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name, Operator, Pipe};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `find`.
pub(super) const FIND: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Find],
    doc: "Rows of many tables that match a predicate.",
    page: "find-operator",
    place: Place::Anywhere,
    parameters: Some(&[WITH_SOURCE, WITH_SOURCE_2]),
    form: Some(form(
        "find [withsource = Name] [in (Table, …)] where Predicate [project Column [: type], … | project-smart]",
        "find in (CloudAppEvents) where ActionType == 'MailItemsAccessed' project ActionType | distinct ActionType",
        r#"["MailItemsAccessed"]"#,
    )),
    refused: None,
    parse: Find::parse,
};

/// Rows of many tables that match a predicate.
#[derive(Debug, Clone)]
pub struct Find {
    /// `in (…)`: the tables; empty for all.
    pub tables: Vec<Expr>,
    /// The predicate.
    pub predicate: Expr,
    /// `project …`, or `project-smart`.
    pub project: FindProject,
    /// `project-away …`
    pub project_away: Vec<Expr>,
}

/// The columns that `find` returns.
#[derive(Debug, Clone)]
pub enum FindProject {
    /// Nothing was said: as `project-smart`.
    Default,
    /// `project-smart`
    Smart,
    /// `project a, b:long, pack(*)`: columns with the type that was asked for, and whether `pack(*)` stood there.
    Columns(Vec<(Expr, Option<Name>)>, bool),
}

impl Find {
    /// `find in (table, …) where predicate project column, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.data_scope();
        let tables = if p.eat(TokenKind::In) { tables(p) } else { Vec::new() };
        if tables.is_empty() {
            p.eat(TokenKind::Where);
        } else {
            p.expect(TokenKind::Where);
        }
        let predicate = p.required_unnamed_expression();
        let project = if p.eat(TokenKind::Project) {
            let columns =
                p.comma_list(List::OPEN, Self::column, |p| FindColumn::Typed(p.missing_expression(), None));
            let pack = columns.iter().any(|c| matches!(c, FindColumn::Pack));
            let typed = columns.into_iter().filter_map(|c| match c {
                FindColumn::Typed(column, ty) => Some((column, ty)),
                FindColumn::Pack => None,
            });
            FindProject::Columns(typed.collect(), pack)
        } else if p.eat(TokenKind::ProjectSmart) {
            FindProject::Smart
        } else {
            FindProject::Default
        };
        let project_away = if p.eat(TokenKind::ProjectAwayFind) || p.eat(TokenKind::ProjectAway) {
            p.comma_list(List::OPEN, Parser::name_or_wildcard, Parser::missing_expression)
        } else {
            Vec::new()
        };
        OperatorKind::Find(Find { tables, predicate, project, project_away })
    }

    /// `name`, `name:type`, `*`, `pack(*)`, which is `pack_all()` too
    fn column(p: &mut Parser) -> Option<FindColumn> {
        if p.nth_text(0) == "pack_all"
            && p.nth(1) == TokenKind::OpenParen
            && p.nth(2) == TokenKind::CloseParen
        {
            for _ in 0..3 {
                p.bump();
            }
            return Some(FindColumn::Pack);
        }
        if p.at(TokenKind::Pack) && p.nth(1) == TokenKind::OpenParen {
            p.bump();
            p.bump();
            p.expect(TokenKind::Star);
            p.expect(TokenKind::CloseParen);
            return Some(FindColumn::Pack);
        }
        if p.at(TokenKind::Star) {
            return Some(FindColumn::Typed(p.star(), None));
        }
        let name = p.name_reference(NameUse::Reference)?;
        let ty = p.eat(TokenKind::Colon).then(|| p.column_type());
        Some(FindColumn::Typed(name, ty))
    }
}

/// What stands in the `project` of `find`.
enum FindColumn {
    Typed(Expr, Option<Name>),
    Pack,
}

/// `(table, …)` behind `in`, for `find` and `search`.
pub(crate) fn tables(p: &mut Parser) -> Vec<Expr> {
    if !p.expect(TokenKind::OpenParen) {
        return Vec::new();
    }
    let tables = p.comma_list(List::SOME, table, Parser::missing_expression);
    p.expect(TokenKind::CloseParen);
    tables
}

/// `table`, `table | as name`, or a query in parentheses.
fn table(p: &mut Parser) -> Option<Expr> {
    let start = p.start();
    if p.at(TokenKind::OpenParen) {
        return Some(p.parenthesized());
    }
    let source = p.entity()?;
    if !p.at(TokenKind::Bar) {
        return Some(source);
    }
    let mut operators = Vec::new();
    p.piped(&mut operators);
    Some(Expr {
        kind: ExprKind::Pipe(Pipe { source: Some(Box::new(source)), operators }),
        span: p.since(start),
    })
}

impl Find {
    /// Each table is filtered and brought to the result's columns on its own; the result is all their rows.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Option<Rel>, op: &Operator) -> Rel {
        let source = op.parameter("withsource").or_else(|| op.parameter("with_source"));
        let source = match source.map(|p| &p.value.kind) {
            Some(ExprKind::Name { name, .. }) => name.clone(),
            _ => "source_".to_owned(),
        };
        if input.is_some() {
            binder.report(binding::must_be_first(op.keyword));
        }
        if !self.project_away.is_empty() {
            let why = "the clause is not documented; use the operator 'project-away' behind it";
            binder.report(messages::unsupported(op.keyword, "find … project-away", why));
        }
        let mut tables: Vec<(String, Rel)> = match self.tables.as_slice() {
            [] => {
                let mut names = binder.catalog.table_names();
                names.sort();
                names.iter().filter_map(|n| Some((n.clone(), scan(&*binder.catalog.table(n)?)))).collect()
            }
            tables => tables.iter().flat_map(|t| operands(binder, t, false)).collect(),
        };
        number_unnamed(&mut tables, "find");
        let all = Columns::of(&tables);
        let mut wanted = Vec::new();
        let terms = all.read_by(binder, &self.predicate, &mut wanted);
        if !terms && !wanted.is_empty() {
            tables.retain(|(_, table)| table.visible().any(|c| wanted.contains(&c.name)));
        }
        let kept = Columns::of(&tables);
        let (columns, pack) = self.result_columns(binder, &tables, &kept, &wanted, op.keyword);
        let tables: Vec<_> = tables
            .into_iter()
            .map(|(name, table)| (name, self.rows(binder, table, &all, &wanted, &columns, pack, op.keyword)))
            .collect();
        note_source(binder, &tables, &source, op.keyword);
        union(tables, false, Some(source))
    }

    /// The columns of the result with their types, and which columns are packed.
    fn result_columns(
        &self,
        binder: &mut Binder,
        tables: &[(String, Rel)],
        kept: &Columns,
        wanted: &[ColumnName],
        span: Span,
    ) -> (Vec<PlanColumn>, Pack) {
        let mut columns: Vec<PlanColumn> = Vec::new();
        let pack = match &self.project {
            FindProject::Columns(list, pack) => {
                for (e, ty) in list {
                    let ExprKind::Name { name, .. } = &e.kind else {
                        binder.report(binding::column_expected(e.span));
                        continue;
                    };
                    let known = kept.types(name);
                    let ty = match (ty, known) {
                        (Some(ty), _) => binder.type_named(ty),
                        (None, [one]) => *one,
                        (None, []) => {
                            let names = kept.0.iter().map(|(n, _)| n.as_str());
                            binder.report(binding::unknown_name(e.span, name, "column", names));
                            continue;
                        }
                        (None, _) => {
                            binder.report(several_types(e.span, name));
                            continue;
                        }
                    };
                    columns.push(PlanColumn::new(name.clone(), ty, true));
                }
                if *pack { Pack::All } else { Pack::Nothing }
            }
            FindProject::Smart | FindProject::Default => {
                let common =
                    kept.0.iter().filter(|(n, _)| tables.iter().all(|(_, t)| visible(t, n).is_some()));
                let read = wanted.iter().filter_map(|n| kept.0.iter().find(|(c, _)| c == n));
                for (name, types) in common.chain(read) {
                    if columns.iter().any(|c| c.name == *name) {
                        continue;
                    }
                    match types.as_slice() {
                        [one] => columns.push(PlanColumn::new(name.clone(), *one, true)),
                        _ => binder.report(several_types(span, name)),
                    }
                }
                if columns.len() < kept.0.len() { Pack::Rest } else { Pack::Nothing }
            }
        };
        (columns, pack)
    }

    /// The rows of one table that match, with the result's columns.
    #[allow(clippy::too_many_arguments, reason = "what is known of all tables, each needed for one")]
    fn rows(
        &self,
        binder: &mut Binder,
        table: Rel,
        all: &Columns,
        wanted: &[ColumnName],
        columns: &[PlanColumn],
        pack: Pack,
        span: Span,
    ) -> Rel {
        let own: Vec<PlanColumn> = table.visible().cloned().collect();
        // Columns of other tables that the predicate reads are null here.
        let mut list: Vec<(PlanColumn, plan::Expr)> =
            own.iter().map(|c| (c.clone(), c.reference(span))).collect();
        for name in wanted.iter().filter(|n| !own.iter().any(|c| c.name == **n)) {
            if let Some(ty) = all.types(name).first() {
                let null = plan::Expr::literal(Literal::Null(*ty), span);
                list.push((PlanColumn::new(name.clone(), *ty, true), null));
            }
        }
        let rows = project(table, list);
        let predicate = search::predicate(binder, &rows, &self.predicate, false);
        let matching = rows.within(|input| Node::Filter { input, predicate });
        let mut list: Vec<(PlanColumn, plan::Expr)> = Vec::new();
        for column in columns {
            let value = match own.iter().find(|c| c.name == column.name) {
                Some(c) => binder.conversion(c.reference(span), column.ty),
                None => plan::Expr::literal(Literal::Null(column.ty), span),
            };
            list.push((column.clone(), value));
        }
        if pack != Pack::Nothing {
            let packed =
                own.iter().filter(|c| pack == Pack::All || !columns.iter().any(|r| r.name == c.name));
            let name = |c: &PlanColumn| plan::Expr::literal(Literal::String(c.name.to_string()), span);
            let pairs: Vec<plan::Expr> = packed.flat_map(|c| [name(c), c.reference(span)]).collect();
            let bag = match pairs.is_empty() {
                true => plan::Expr::literal(Literal::Dynamic("{}".to_owned()), span),
                false => binder.call_by_name("bag_pack", pairs, span),
            };
            list.push((PlanColumn::new("pack_", Type::Dynamic, true), bag));
        }
        project(matching, list)
    }
}

/// Which columns of a table go into `pack_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pack {
    Nothing,
    /// Those that are no columns of the result.
    Rest,
    All,
}

/// The columns of several tables by name, each with the types that it has.
struct Columns(Vec<(ColumnName, Vec<Type>)>);

impl Columns {
    fn of(tables: &[(String, Rel)]) -> Columns {
        let mut found: Vec<(ColumnName, Vec<Type>)> = Vec::new();
        let mut index: HashMap<&ColumnName, usize, RandomState> = HashMap::default();
        for column in tables.iter().flat_map(|(_, table)| table.visible()) {
            let at = *index.entry(&column.name).or_insert_with(|| {
                found.push((column.name.clone(), Vec::new()));
                found.len() - 1
            });
            let types = &mut found[at].1;
            if !types.contains(&column.ty) {
                types.push(column.ty);
            }
        }
        Columns(found)
    }

    fn types(&self, name: &str) -> &[Type] {
        self.0.iter().find(|(n, _)| n == name).map(|(_, types)| types.as_slice()).unwrap_or_default()
    }

    /// Adds the columns that the predicate names; tells whether it looks for a term in all columns.
    fn read_by(&self, binder: &mut Binder, predicate: &Expr, into: &mut Vec<ColumnName>) -> bool {
        match &predicate.kind {
            ExprKind::Star | ExprKind::Literal(Literal::String(_)) => true,
            ExprKind::Parenthesized(inner) => self.read_by(binder, inner, into),
            ExprKind::Call { receiver: None, name, args } if name.text == "not" && args.len() == 1 => {
                self.read_by(binder, &args[0], into)
            }
            ExprKind::Binary { op: "and" | "or", left, right, .. } => {
                let left = self.read_by(binder, left, into);
                self.read_by(binder, right, into) || left
            }
            ExprKind::Binary { left, .. } if matches!(left.kind, ExprKind::Star) => true,
            _ => {
                // A table with all columns at once, only to see which of them are read.
                let columns =
                    self.0.iter().filter_map(|(n, types)| Some(PlanColumn::new(n, *types.first()?, true)));
                let everything = Rel::new(Node::Values(vec![]), columns.collect(), Order::default());
                search::predicate(binder, &everything, predicate, false).for_each_column(&mut |name| {
                    if !into.contains(name) {
                        into.push(name.clone());
                    }
                });
                false
            }
        }
    }
}

fn visible<'r>(rel: &'r Rel, name: &str) -> Option<&'r PlanColumn> {
    rel.visible().find(|c| c.name == name)
}

fn several_types(span: Span, name: &str) -> Diagnostic {
    let why = format!(
        "the column '{name}' has several types in these tables; say which with 'project {name}:type'"
    );
    messages::unsupported(span, "find", &why)
}
