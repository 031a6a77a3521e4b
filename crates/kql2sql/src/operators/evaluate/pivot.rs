//! `pivot`: a column for each value of a column.

use super::Call;
use crate::bind::names::UniqueNames;
use crate::diagnostics::{binding as messages, messages as syntax_messages};
use crate::functions::{self, AGGREGATES, Function};
use crate::operators::relations::{computed, distinct};
use crate::plan::{Expr, ExprKind, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::Literal;
use crate::types::Type;

/// The aggregates that it takes, and their forms with a condition.
const AGGREGATES_IF: &[(&str, &str)] = &[
    ("min", "minif"),
    ("max", "maxif"),
    ("take_any", "take_anyif"),
    ("any", "take_anyif"),
    ("sum", "sumif"),
    ("dcount", "dcountif"),
    ("avg", "avgif"),
    ("stdev", "stdevif"),
    ("variance", "varianceif"),
    ("make_list", "make_list_if"),
    ("makelist", "make_list_if"),
    ("make_bag", "make_bag_if"),
    ("make_set", "make_set_if"),
    ("makeset", "make_set_if"),
    ("count", "countif"),
];

/// With more columns than this the result is of no use, and planning it takes forever.
const MAX_COLUMNS: usize = 2_000;

pub(super) fn bind(call: &mut Call) -> Rel {
    let span = call.name.span;
    let pivot = call.columns("pivotColumn").into_iter().next();
    let aggregated = match call.scalar("aggregateFunction") {
        Some(e) => aggregate_if(call, e),
        None => functions::find(AGGREGATES, "countif").map(|f| (f, Vec::new())),
    };
    let mut groups = call.columns("columnName");
    let (Some(pivot), Some((function, args))) = (pivot, aggregated) else { return call.input.clone() };
    let schema = call.schema.take();
    let (binder, input) = (&mut *call.binder, call.input.clone());
    if groups.is_empty() {
        let used =
            |c: &PlanColumn| c.name == pivot.name || args.iter().any(|a| a.as_column() == Some(&c.name));
        groups = input.visible().filter(|c| !used(c)).cloned().collect();
    }

    let text = binder.conversion(pivot.reference(span), Type::String);
    let values: Vec<String> = match &schema {
        Some((columns, _)) => {
            let pivoted = columns.iter().filter(|c| !groups.iter().any(|g| g.name == c.name));
            pivoted.map(|c| c.name.to_string()).collect()
        }
        None => match binder.answer() {
            Some(answer) => {
                let mut values: Vec<String> = answer.into_iter().flatten().collect();
                values.sort();
                values
            }
            None => {
                binder.ask(distinct(computed(input.clone(), vec![("value", text)]), span));
                let keys = groups.iter().map(|c| c.reference(span)).collect();
                let node = Node::Aggregate { input, keys, aggregates: vec![] };
                return Rel { open: true, ..Rel::new(node, groups, Order::default()) };
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
        return input;
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
        let aggregate = binder.aggregate_by_entry(function, args, input.order.keys.clone(), span);
        columns.push(PlanColumn::new(names.get_or_add(value, None), aggregate.ty, true));
        aggregates.push(aggregate);
    }
    let keys = groups.iter().map(|c| c.reference(span)).collect();
    let pivoted = Rel::new(Node::Aggregate { input, keys, aggregates }, columns, Order::default());
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
fn aggregate_if(call: &mut Call, e: Expr) -> Option<(&'static Function, Vec<Expr>)> {
    let name = match &e.kind {
        // Queries use the old names too.
        ExprKind::Aggregate { function, .. } => function.obsolete.unwrap_or(function.name),
        ExprKind::Error => return None,
        _ => "",
    };
    let Some((_, conditional)) = AGGREGATES_IF.iter().find(|(n, _)| *n == name) else {
        let names: Vec<&str> = AGGREGATES_IF.iter().map(|(n, _)| *n).collect();
        call.binder.report(messages::value_expected(e.span, &names));
        return None;
    };
    let ExprKind::Aggregate { args, .. } = e.kind else { return None };
    Some((functions::find(AGGREGATES, conditional)?, args))
}
