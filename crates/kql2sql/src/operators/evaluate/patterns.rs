//! Plugins that look for patterns of values in many columns. What `basket` finds is fixed by its threshold; the others
//! choose a few patterns in a way that is not documented, so they are refused.

use super::{Bind, Call, MANY, Plugin, column, fixed};
use crate::bind::names::UniqueNames;
use crate::bind::projection::project;
use crate::bind::table::refused_as;
use crate::functions::{Param, ParamKind, example, param};
use crate::operation::{Setting, Task};
use crate::operators::relations::operation;
use crate::plan::{Expr, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::Literal;
use crate::types::Type;

const CHOSEN: &str =
    "how it chooses its few patterns among all is not documented; basket finds all frequent ones";

/// Plugins that look for patterns.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "autocluster",
        doc: "Patterns of values that many rows have in common.",
        page: "autocluster-plugin",
        signatures: &[&[
            param("SizeWeight", REAL).optional(),
            column("WeightColumn", ParamKind::Scalar).optional(),
            param("NumSeeds", ParamKind::Integer).optional(),
            WILDCARDS,
        ]],
        bind: Bind::Refused { why: CHOSEN, columns: |call| with_segments(&SEGMENTS, call.input_columns()) },
        ..Plugin::BASE
    },
    Plugin {
        name: "basket",
        doc: "All patterns of values that are frequent enough, counted exactly. A pattern has all values that its rows have in common; the most frequent comes first.",
        page: "basket-plugin",
        signatures: &[&[
            param("Threshold", REAL).optional(),
            column("WeightColumn", ParamKind::Scalar).optional(),
            param("MaxDimensions", ParamKind::Integer).optional(),
            WILDCARDS,
        ]],
        bind: Bind::Rows(basket),
        examples: &[
            example(
                "datatable(Host:string, Port:long, Up:bool)['a', 80, true, 'a', 80, false, 'a', 443, true, 'b', 22, true]
| evaluate basket(0.5)",
                "[0, 3, 75.0, \"a\", null, null]",
            ),
            example(
                "datatable(Host:string, n:long)['a', 1, 'b', 8, 'a', 1] | evaluate basket(0.3, n, '~', '*')",
                "[0, 8, 80.0, \"b\", null]",
            ),
        ],
    },
    Plugin {
        name: "diffpatterns",
        doc: "Patterns that tell two sets of rows apart.",
        page: "diffpatterns-plugin",
        signatures: DIFFERENCES,
        bind: Bind::Refused { why: CHOSEN, columns: |call| with_segments(&PAIRS, call.input_columns()) },
        ..Plugin::BASE
    },
    Plugin {
        name: "diffpatterns_text",
        doc: "Patterns of text that tell two sets of rows apart.",
        page: "diffpatterns-text-plugin",
        signatures: &[&[
            column("TextColumn", ParamKind::Types(&[Type::String])),
            param("BooleanCondition", ParamKind::Types(&[Type::Bool])),
            param("MinTokens", ParamKind::Integer).optional(),
            param("Threshold", REAL).optional(),
            param("MaxTokens", ParamKind::Integer).optional(),
        ]],
        bind: Bind::Refused {
            why: CHOSEN,
            columns: |_| {
                fixed(&[
                    ("Count_of_True", Type::Long),
                    ("Count_of_False", Type::Long),
                    ("Percent_of_True", Type::Real),
                    ("Percent_of_False", Type::Real),
                    ("Pattern", Type::String),
                ])
            },
        },
        ..Plugin::BASE
    },
];

const REAL: ParamKind = ParamKind::Types(&[Type::Real]);
const WILDCARDS: Param = param("CustomWildcard", ParamKind::Scalar).times(0, MANY);
const DIFFERENCES: &[&[Param]] = &[&[
    column("SplitColumn", ParamKind::Scalar),
    param("SplitValueA", ParamKind::Types(&[Type::String])),
    param("SplitValueB", ParamKind::Types(&[Type::String])),
    column("WeightColumn", ParamKind::Scalar).optional(),
    param("Threshold", REAL).optional(),
    param("MaxDimensions", ParamKind::Integer).optional(),
    WILDCARDS,
]];
const SEGMENTS: [(&str, Type); 3] =
    [("SegmentId", Type::Long), ("Count", Type::Long), ("Percent", Type::Real)];
const PAIRS: [(&str, Type); 6] = [
    ("SegmentId", Type::Long),
    ("CountA", Type::Long),
    ("CountB", Type::Long),
    ("PercentA", Type::Real),
    ("PercentB", Type::Real),
    ("PercentDiffAB", Type::Real),
];

fn with_segments(first: &[(&str, Type)], input: Vec<PlanColumn>) -> Vec<PlanColumn> {
    let mut columns = fixed(first);
    let mut names = UniqueNames::default();
    columns.iter().for_each(|c| names.add(&c.name));
    columns.extend(input.into_iter().map(|c| PlanColumn { name: names.get_or_add(&c.name, None), ..c }));
    columns
}

/// The rows go to the runtime with their weight behind them, and with them a row of wildcards.
fn basket(call: &mut Call) -> Rel {
    let span = call.name.span;
    let weight = call.columns("WeightColumn").pop();
    let dimensions: Vec<PlanColumn> = call
        .input_columns()
        .into_iter()
        .filter(|c| Some(&c.name) != weight.as_ref().map(|w| &w.name))
        .collect();
    let columns = with_segments(&SEGMENTS, dimensions.clone());
    let threshold = match call.scalar("Threshold") {
        None => Some(0.05),
        Some(e) => e.as_literal().and_then(real).filter(|t| (0.015..=1.0).contains(t)),
    };
    let limit = match call.literal("MaxDimensions") {
        None if call.scalar("MaxDimensions").is_none() => Some(5),
        Some(Literal::Long(n)) => Some(n),
        Some(Literal::Int(n)) => Some(n.into()),
        _ => None,
    };
    let (Some(threshold), Some(limit)) = (threshold, limit) else {
        let why = "its threshold must be a number from 0.015 to 1 and its number of dimensions one from 1 on, both literals";
        return refused_as(&call.name.text, span, columns, why);
    };
    if weight.as_ref().is_some_and(|w| !w.ty.is_integer()) {
        let why = "it counts in whole numbers; give a weight of the type long";
        return refused_as(&call.name.text, span, columns, why);
    }
    let custom: Vec<Expr> = call.scalars("CustomWildcard").map(|(_, e)| e.clone()).collect();
    let wildcards: Vec<(PlanColumn, Expr)> = dimensions
        .iter()
        .map(|c| {
            let nothing = match c.ty {
                Type::String => Literal::String(String::new()),
                ty => Literal::Null(ty),
            };
            let value = custom.iter().find(|e| e.ty == c.ty && e.is_constant()).cloned();
            (c.clone(), value.unwrap_or_else(|| Expr::literal(nothing, span)))
        })
        .collect();
    let one = Rel::new(Node::Values(vec![vec![]]), vec![], Order::default());
    let list = dimensions.iter().chain(&weight).map(|c| (c.clone(), c.reference(span))).collect();
    let rows = Rel { order: Order::default(), ..call.input.clone() };
    let rows = project(rows, list);
    let texts = dimensions.iter().filter(|c| c.ty == Type::String).map(|c| c.name.clone());
    let mut task = Task::new("basket")
        .with("threshold", Setting::Literal(Literal::Real(threshold)))
        .with("limit", Setting::Literal(Literal::Long(limit)))
        .with("dimensions", Setting::columns(dimensions.iter().map(|c| c.name.clone())))
        .with("texts", Setting::columns(texts));
    if let Some(weight) = &weight {
        task = task.with("weight", Setting::Column(weight.name.clone()));
    }
    let found = operation(task, vec![rows, project(one, wildcards)], false, columns, span);
    let Some(weight) = weight else { return found };
    // The weight stays a column, on which no pattern depends.
    let columns = with_segments(&SEGMENTS, call.input_columns()).into_iter();
    let list = columns.map(|c| match found.column(&c.name) {
        Some(column) => (c, column.reference(span)),
        None => (c, Expr::literal(Literal::Null(weight.ty), span)),
    });
    project(found.clone(), list.collect())
}

fn real(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Real(n) => Some(*n),
        Literal::Long(n) => Some(*n as f64),
        Literal::Int(n) => Some(f64::from(*n)),
        _ => None,
    }
}
