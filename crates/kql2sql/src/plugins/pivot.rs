//! `pivot`: a column for each value of a column.

use super::{Call, Plugin, computed, distinct};
use crate::bind::names::UniqueNames;
use crate::bind::{Binder, RowScope};
use crate::diagnostics::{binding as messages, messages as syntax_messages};
use crate::functions::{self, AGGREGATES, Function};
use crate::operators::externaldata::declared;
use crate::plan::{Expr, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::{self, ExprKind, Literal};
use crate::types::Type;

pub(super) const PLUGIN: Plugin = Plugin {
    name: "pivot",
    doc: "Makes a column of each value of a column, with an aggregate of the rows that have it.",
    page: "pivot-plugin",
    bind,
};

/// The aggregates that it takes, and their forms with a condition.
const AGGREGATES_IF: &[(&str, &str)] = &[
    ("min", "minif"),
    ("max", "maxif"),
    ("take_any", "take_anyif"),
    ("sum", "sumif"),
    ("dcount", "dcountif"),
    ("avg", "avgif"),
    ("stdev", "stdevif"),
    ("variance", "varianceif"),
    ("make_list", "make_list_if"),
    ("make_bag", "make_bag_if"),
    ("make_set", "make_set_if"),
    ("count", "countif"),
];

/// With more columns than this the result is of no use, and planning it takes forever.
const MAX_COLUMNS: usize = 2_000;

fn bind(binder: &mut Binder, call: Call<'_>) -> Rel {
    let span = call.name.span;
    let pivot = call.column(binder, 0, "pivotColumn");
    let mut rest = call.args.iter().skip(1).peekable();
    let aggregate = rest.next_if(|e| matches!(e.kind, ExprKind::Call { .. }));
    let aggregated = match aggregate {
        Some(e) => aggregate_if(binder, &call, e),
        None => functions::find(AGGREGATES, "countif").map(|f| (f, Vec::new())),
    };
    let mut groups: Vec<PlanColumn> = Vec::new();
    for e in rest {
        let value = binder.scalar_over(RowScope::of(&call.input), e);
        match value.as_column().and_then(|c| call.input.column(c)) {
            Some(column) => groups.push(column.clone()),
            None if value.ty == Type::Unknown => {}
            None => binder.report(messages::column_expected(e.span)),
        }
    }
    let (Some(pivot), Some((function, args))) = (pivot, aggregated) else { return call.input };
    if groups.is_empty() {
        let used =
            |c: &PlanColumn| c.name == pivot.name || args.iter().any(|a| a.as_column() == Some(&c.name));
        groups = call.input.visible().filter(|c| !used(c)).cloned().collect();
    }

    let text = binder.conversion(pivot.reference(span), Type::String);
    let schema = call.schema.map(|(columns, star)| (declared(binder, columns), *star));
    let values: Vec<String> = match &schema {
        Some((columns, _)) => {
            let pivoted = columns.iter().filter(|c| !groups.iter().any(|g| g.name == c.name));
            pivoted.map(|c| c.name.clone()).collect()
        }
        None => match binder.answer() {
            Some(answer) => {
                let mut values: Vec<String> = answer.into_iter().flatten().collect();
                values.sort();
                values
            }
            None => {
                binder.ask(distinct(computed(call.input.clone(), vec![("value", text)]), span));
                let keys = groups.iter().map(|c| c.reference(span)).collect();
                let node = Node::Aggregate { input: call.input, keys, aggregates: vec![] };
                return Rel::new(node, groups, Order::default());
            }
        },
    };
    if values.iter().any(String::is_empty) {
        let why = format!(
            "some values of '{}' are empty and cannot name a column; leave them out before",
            pivot.name
        );
        binder.report(syntax_messages::unsupported(span, "pivot", &why));
    }
    if values.len() > MAX_COLUMNS {
        let why = format!("'{}' has {} values, too many for columns; keep fewer", pivot.name, values.len());
        binder.report(syntax_messages::unsupported(span, "pivot", &why));
        return call.input;
    }

    let mut names = UniqueNames::default();
    let mut columns = groups.clone();
    columns.iter().for_each(|c| names.add(&c.name));
    let mut aggregates = Vec::new();
    for value in &values {
        let value_text = Expr::literal(Literal::String(value.clone()), span);
        let is_value = binder.call_by_name("==", vec![text.clone(), value_text], span);
        let mut args = args.clone();
        // The condition stands behind the value: `sumif(value, condition)`.
        args.insert(usize::from(!args.is_empty()), is_value);
        let aggregate = binder.aggregate_by_entry(function, args, call.input.order.keys.clone(), span);
        columns.push(PlanColumn::new(names.get_or_add(value, None), aggregate.ty, true));
        aggregates.push(aggregate);
    }
    let keys = groups.iter().map(|c| c.reference(span)).collect();
    let pivoted =
        Rel::new(Node::Aggregate { input: call.input, keys, aggregates }, columns, Order::default());
    let Some((declared, star)) = schema else { return pivoted };
    let mut list: Vec<(PlanColumn, Expr)> = Vec::new();
    if star {
        let kept = groups.iter().filter(|g| !declared.iter().any(|d| d.name == g.name));
        list.extend(kept.map(|c| (c.clone(), c.reference(span))));
    }
    for column in declared {
        let Some(source) = pivoted.column(&column.name) else { continue };
        if source.ty != column.ty {
            binder.report(messages::type_expected(span, &[source.ty], column.ty));
        }
        list.push((column, source.reference(span)));
    }
    crate::bind::projection::project(pivoted, list)
}

/// The aggregate with a condition that stands for the one that is asked for, and its arguments without the condition.
fn aggregate_if(
    binder: &mut Binder,
    call: &Call<'_>,
    e: &ast::Expr,
) -> Option<(&'static Function, Vec<Expr>)> {
    let ExprKind::Call { name, args, .. } = &e.kind else { return None };
    let Some((_, conditional)) = AGGREGATES_IF.iter().find(|(n, _)| *n == name.text) else {
        let names: Vec<&str> = AGGREGATES_IF.iter().map(|(n, _)| *n).collect();
        binder.report(messages::value_expected(name.span, &names));
        return None;
    };
    let args: Vec<Expr> = args.iter().map(|a| binder.scalar_over(RowScope::of(&call.input), a)).collect();
    if args.iter().any(|a| a.ty == Type::Unknown) {
        return None;
    }
    Some((functions::find(AGGREGATES, conditional)?, args))
}
