//! `summarize`: Aggregates the rows of each group.

use crate::bind::names::{Projection, result_name, underlying};
use crate::bind::projection::{Style, find, is_nullable, referenced_column, several};
use crate::bind::{Binder, RowScope};
use crate::diagnostics::{binding, messages};
use crate::functions::{self, AGGREGATES, Function};
use crate::operators::OperatorKind;
use crate::operators::def::{NUM_PARTITIONS, OperatorDef, Place, SHUFFLE_KEY, form, parameter};
use crate::plan::{ColumnName, Expr as Bound, ExprKind as BoundKind, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::{Expr, ExprKind, Name};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `summarize`.
pub(super) const SUMMARIZE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Summarize],
    doc: "Aggregates the rows of each group.",
    page: "summarize-operator",
    place: Place::Piped,
    parameters: Some(&[SHUFFLE_KEY, parameter("hint.strategy", &["shuffle"]), NUM_PARTITIONS]),
    form: Some(form(
        "summarize [Column =] Aggregate, … [by [Column =] Expression, …]",
        "datatable(k: string, n: long)['a', 1, 'a', 2] | summarize total = sum(n) by k",
        r#"["a", 3]"#,
    )),
    refused: None,
    parse: Summarize::parse,
};

/// Aggregates the rows of each group.
#[derive(Debug, Clone)]
pub struct Summarize {
    /// The aggregates.
    pub aggregates: Vec<Expr>,
    /// `by …`
    pub by: Vec<Expr>,
}

impl Summarize {
    /// `summarize aggregate, … by group, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let aggregates = p.comma_list(
            List::ANY.until(|p| p.at(TokenKind::By)),
            Parser::named_expression,
            Parser::missing_expression,
        );
        let mut by = Vec::new();
        if p.eat(TokenKind::By) {
            by = p.comma_list(List::SOME, Parser::named_expression, Parser::missing_expression);
        }
        OperatorKind::Summarize(Summarize { aggregates, by })
    }
}

impl Summarize {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = Projection::with_capacity(self.by.len() + self.aggregates.len());
        for e in &self.by {
            binder.add_columns(&mut list, &scope, e, Style::Default, None);
        }
        for (_, value) in &list.columns {
            if value.ty == Type::Dynamic {
                binder.report(binding::type_not_allowed(value.span, value.ty));
            }
        }
        let keys = list.columns.len();
        // Columns that are group keys already are not returned again by `arg_max(x, *)`.
        let by: Vec<ColumnName> = list.columns.iter().filter_map(|(_, v)| referenced_column(v)).collect();
        for e in &self.aggregates {
            add_aggregate(binder, &mut list, &scope, &by, e);
        }
        let (columns, values): (Vec<_>, Vec<_>) = list.columns.into_iter().unzip();
        let mut values = values.into_iter();
        let keys: Vec<_> = values.by_ref().take(keys).collect();
        let node = Node::Aggregate { input, keys, aggregates: values.collect() };
        Rel::new(node, columns, Order::default())
    }
}

/// Adds the columns of one aggregate.
pub(crate) fn add_aggregate(
    binder: &mut Binder,
    list: &mut Projection,
    scope: &RowScope,
    by: &[ColumnName],
    e: &Expr,
) {
    let inner = underlying(e);
    if let ExprKind::Call { receiver: None, name, args } = &inner.kind
        && binder.binding(&name.text).is_none()
        && let Some(function) = functions::find(AGGREGATES, &name.text)
    {
        let results = match function.name {
            "arg_max" | "arg_min" | "argmax" | "argmin" => {
                arg_results(binder, scope, by, function, name, args)
            }
            "percentiles" | "percentilesw" if args.len() > 1 => {
                percentile_results(binder, scope, function, name, args)
            }
            "percentile" | "percentilew" => percentile_results(binder, scope, function, name, args),
            "take_any" | "any" => any_results(binder, scope, by, function, name, args),
            _ => Vec::new(),
        };
        if !results.is_empty() {
            let names: &[Name] = match &e.kind {
                ExprKind::Named { names, .. } => names,
                _ => &[],
            };
            for (i, (default_name, value)) in results.into_iter().enumerate() {
                let nullable = is_nullable(&value, scope);
                match names.get(i) {
                    Some(name) => {
                        let column = PlanColumn::new(name.text.clone(), value.ty, nullable);
                        if list.declare(column, value, false).is_err() {
                            binder.report(binding::duplicate_column(name.span, &name.text));
                        }
                    }
                    None => {
                        list.add(PlanColumn::new(default_name, value.ty, nullable), value, None, false);
                    }
                }
            }
            return;
        }
    }
    let value = binder.with_aggregates(|b| b.scalar_over(scope.clone(), inner));
    // A key may be named again; anything else has no single value in a group.
    if let Some(column) = column_outside_aggregates(&value)
        && let BoundKind::Column(name, _) = &column.kind
        && !by.contains(name)
    {
        binder.report(binding::column_of_group(column.span, name));
    }
    match several(inner, &value) {
        Some(results) => binder.add_several(list, e, results, Style::Default),
        None => binder.add_value(list, scope, e, value, Style::Default, None),
    }
}

/// A column that is read outside of an aggregate's arguments.
fn column_outside_aggregates(value: &Bound) -> Option<&Bound> {
    match &value.kind {
        BoundKind::Aggregate { .. } => None,
        BoundKind::Column(..) => Some(value),
        _ => value.children().find_map(column_outside_aggregates),
    }
}

/// The values that an aggregate of whole rows returns, each with its name if it has one. `*` stands for the
/// columns that are neither grouped by nor named beside it; the first `own` arguments are returned in any case.
fn row_values(
    binder: &mut Binder,
    scope: &RowScope,
    by: &[ColumnName],
    args: &[Expr],
    own: usize,
) -> Vec<(Option<String>, Bound)> {
    let any_star = args.iter().any(|a| matches!(a.kind, ExprKind::Star));
    let mut used: Vec<ColumnName> = by.to_vec();
    let mut found: Vec<(Option<String>, Bound)> = Vec::new();
    for (i, arg) in args.iter().enumerate() {
        if matches!(arg.kind, ExprKind::Star) {
            if i < own {
                binder.report(binding::star_not_allowed(arg.span));
            }
            for column in scope.columns.iter().filter(|c| !c.hidden) {
                if !used.contains(&column.name) {
                    found.push((Some(column.name.to_string()), column.reference(arg.span)));
                }
            }
            continue;
        }
        let value = binder.scalar_over(scope.clone(), underlying(arg));
        if let Some(column) = value.as_column() {
            if any_star && i >= own && used.contains(column) {
                continue;
            }
            used.push(column.clone());
        }
        found.push((result_name(arg, &find).filter(|n| !n.is_empty()), value));
    }
    found
}

/// The results of `arg_max(x, a, b, *)`: x itself and the columns of its row.
fn arg_results(
    binder: &mut Binder,
    scope: &RowScope,
    by: &[ColumnName],
    function: &'static Function,
    name: &Name,
    args: &[Expr],
) -> Vec<(String, Bound)> {
    let deprecated = function.name.starts_with("argm");
    let prefix = if function.name.ends_with("max") { "max" } else { "min" };
    let primary = args.first().and_then(|a| result_name(a, &find)).unwrap_or_default();
    let (names, values): (Vec<_>, Vec<Bound>) = row_values(binder, scope, by, args, 1).into_iter().unzip();
    let names = names.into_iter().enumerate().map(|(i, name)| match name {
        Some(name) if deprecated && i > 0 => format!("{prefix}_{primary}_{name}"),
        Some(name) if deprecated => format!("{prefix}_{name}"),
        Some(name) => name,
        None if i == 0 => format!("{prefix}_"),
        None => format!("{prefix}_{primary}_arg{i}"),
    });
    let names: Vec<String> = names.collect();
    let Some(first) = values.first() else { return Vec::new() };
    let span = name.span.to(args.last().map_or(name.span, |a| a.span));
    if !crate::bind::overload::is_orderable(first.ty) {
        binder.report(binding::orderable_expected(first.span, first.ty));
        return names
            .into_iter()
            .zip(values.iter().map(|v| Bound { ty: v.ty, ..Bound::error(v.span) }))
            .collect();
    }
    let entry = if deprecated {
        functions::find(AGGREGATES, if prefix == "max" { "arg_max" } else { "arg_min" }).unwrap_or(function)
    } else {
        function
    };
    (0..values.len())
        .map(|i| {
            let mut args = vec![values[0].clone()];
            args.extend((i > 0).then(|| values[i].clone()));
            let row_of = Some(name.span.start as usize);
            let kind = BoundKind::Aggregate { function: entry, overload: 0, args, order: vec![], row_of };
            (names[i].clone(), Bound { kind, ty: values[i].ty, span })
        })
        .collect()
}

/// The results of `percentiles(x, 50, 95)`: one for each percentile.
fn percentile_results(
    binder: &mut Binder,
    scope: &RowScope,
    function: &'static Function,
    name: &Name,
    args: &[Expr],
) -> Vec<(String, Bound)> {
    let weighted = usize::from(function.name.contains("lew") || function.name.contains("lesw"));
    if args.len() < 2 + weighted {
        return Vec::new();
    }
    let values: Vec<Bound> = args.iter().map(|a| binder.scalar_over(scope.clone(), underlying(a))).collect();
    if values.iter().any(|v| v.ty == Type::Unknown) {
        return vec![(String::new(), Bound::error(name.span))];
    }
    let single = if weighted == 1 { "percentilew" } else { "percentile" };
    let Some(entry) = functions::find(AGGREGATES, single) else { return Vec::new() };
    let base = result_name(&args[0], &find).unwrap_or_default();
    let mut results = Vec::new();
    for (i, percentile) in values.iter().enumerate().skip(1 + weighted) {
        let Some(fragment) = percentile.as_literal().and_then(number_text) else {
            if !matches!(percentile.ty, Type::Int | Type::Long | Type::Real | Type::Decimal) {
                binder.report(binding::number_expected(args[i].span, percentile.ty));
                continue;
            }
            let why = "write the percentile as a number";
            binder.report(messages::unsupported(args[i].span, "a computed percentile", why));
            continue;
        };
        let mut call: Vec<Bound> = values[..=weighted].to_vec();
        call.push(percentile.clone());
        let ast_args: Vec<Expr> =
            args[..=weighted].iter().chain(std::iter::once(&args[i])).cloned().collect();
        let span = name.span.to(args[i].span);
        let checked = binder.check_call(entry, name, &ast_args, call, span);
        let aggregate = binder.as_aggregate(checked);
        results.push((format!("percentile_{base}_{fragment}"), aggregate));
    }
    let together = functions::find(AGGREGATES, if weighted == 1 { "percentilesw" } else { "percentiles" });
    if results.len() > 1 && values[..=weighted].iter().all(|v| v.as_literal().is_none()) {
        for (_, result) in &mut results {
            if let (BoundKind::Aggregate { function, row_of, .. }, Some(entry)) = (&mut result.kind, together)
            {
                // The values of a group are gathered once for all of them.
                (*function, *row_of) = (entry, Some(name.span.start as usize));
            }
        }
    }
    results
}

/// The number as it appears in a column's name: `99.5` is `99_5`.
fn number_text(literal: &crate::syntax::ast::Literal) -> Option<String> {
    use crate::syntax::ast::Literal;
    let text = match literal {
        Literal::Long(n) => n.to_string(),
        Literal::Int(n) => n.to_string(),
        Literal::Real(n) => n.to_string(),
        Literal::Decimal(n) => n.clone(),
        _ => return None,
    };
    Some(text.replace(['.', '-', '+'], "_"))
}

/// The results of `take_any(a, b)` and `take_any(*)`.
fn any_results(
    binder: &mut Binder,
    scope: &RowScope,
    by: &[ColumnName],
    function: &'static Function,
    name: &Name,
    args: &[Expr],
) -> Vec<(String, Bound)> {
    let prefix = if function.name == "any" { "any_" } else { "" };
    let found = row_values(binder, scope, by, args, 0);
    let several = found.len() > 1;
    let Some(entry) = functions::find(AGGREGATES, "take_any") else { return Vec::new() };
    // Several values come from one row.
    let row_of = several.then_some(name.span.start as usize);
    found
        .into_iter()
        .enumerate()
        .map(|(i, (result, value))| {
            let result = match result {
                Some(result) => format!("{prefix}{result}"),
                None if several => format!("any_arg{i}"),
                None => "any_".to_owned(),
            };
            let ty = value.ty;
            let span = name.span.to(value.span);
            let kind = BoundKind::Aggregate {
                function: entry,
                overload: 0,
                args: vec![value],
                order: vec![],
                row_of,
            };
            (result, Bound { kind, ty, span })
        })
        .collect()
}
