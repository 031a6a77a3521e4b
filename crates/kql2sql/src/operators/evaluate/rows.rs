//! Plugins that look at the rows around a row, or at each row for itself.

use super::compose::{ascending, private};
use super::{Bind, Call, DIMENSIONS, MANY, Plugin, column, constant, fixed};
use crate::bind::fold::cast;
use crate::bind::projection::{project, starting_with};
use crate::bind::table::{refused_as, unknown_table};
use crate::functions::{ParamKind, example, param};
use crate::plan::{Expr, Node, PlanColumn, Rel, SortKey};
use crate::syntax::ast::Literal;
use crate::types::Type;

/// Plugins of rows.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "rows_near",
        doc: "The rows for which a condition holds, and the rows before and after them.",
        page: "rows-near-plugin",
        signatures: &[&[
            param("Condition", ParamKind::Types(&[Type::Bool])),
            constant("NumRows", ParamKind::Integer),
            constant("NumRowsAfter", ParamKind::Integer).optional(),
        ]],
        bind: Bind::Rows(rows_near),
        examples: &[
            example(
                "range x from 1 to 9 step 1 | sort by x asc | evaluate rows_near(x == 5, 1) | summarize make_list(x)",
                "[[4, 5, 6]]",
            ),
            example(
                "range x from 1 to 9 step 1 | sort by x asc | evaluate rows_near(x in (2, 8), 0, 2) | summarize make_list(x)",
                "[[2, 3, 4, 8, 9]]",
            ),
        ],
    },
    Plugin {
        name: "dcount_intersect",
        doc: "How many values the first of several hll() values has, how many it has in common with the second, with the second and third …: by what hll() tells of the sets and of their unions.",
        page: "dcount-intersect-plugin",
        signatures: &[&[param("hll", ParamKind::DynamicArray).times(2, MANY)]],
        bind: Bind::Rows(dcount_intersect),
        examples: &[example(
            "range x from 1 to 12 step 1
| summarize a = hll(x), b = hll(iff(x % 2 == 0, x, 2)), c = hll(iff(x % 3 == 0, x, 6))
| evaluate dcount_intersect(a, b, c) | project s0, s1, s2",
            "[12, 6, 2]",
        )],
    },
    Plugin {
        name: "sequence_detect",
        doc: "Sequences of events in time.",
        page: "sequence-detect-plugin",
        signatures: &[&[
            column("TimelineColumn", ParamKind::Summable),
            constant("MaxSeqeunceStepWindow", ParamKind::Summable),
            constant("MaxSequenceSpan", ParamKind::Summable),
            param("Expr", ParamKind::Types(&[Type::Bool])).times(1, MANY),
            DIMENSIONS,
        ]],
        bind: Bind::Refused {
            why: "the documentation does not say which of several possible sequences it returns; \
                  join the events of the steps and compare their times",
            columns: |call| {
                let mut columns = call.columns("Dimension");
                for time in call.columns("TimelineColumn") {
                    let steps = call.scalars("Expr").map(|(name, _)| match name {
                        "" => time.name.clone(),
                        name => format!("{name}_{}", time.name),
                    });
                    columns.extend(steps.map(|name| PlanColumn::new(name, time.ty, true)));
                }
                columns.extend(fixed(&[("Duration", Type::Timespan)]));
                columns
            },
        },
        ..Plugin::BASE
    },
];

/// The number of a row minus that of the last hit at or before it is at most the rows after a hit; and the
/// number of the next hit minus that of the row at most the rows before one.
fn rows_near(call: &mut Call) -> Rel {
    let (Some(condition), Some(before)) = (call.scalar("Condition"), call.scalar("NumRows")) else {
        return unknown_table();
    };
    let after = call.scalar("NumRowsAfter").unwrap_or_else(|| before.clone());
    let (before, after) = (cast(before, Type::Long), cast(after, Type::Long));
    let span = call.name.span;
    let [row, hit, last, next] = ["row", "hit", "last hit", "next hit"].map(private);
    let long = |name: &str| PlanColumn::new(name, Type::Long, true).reference(span);

    let number = call.window("row_number", vec![], vec![], call.input.order.keys.clone());
    let rows = call.extended(call.input.clone(), vec![(&row, number)]);
    let none = Expr::literal(Literal::Null(Type::Long), span);
    let hit_row = call.binder.call_by_name("iff", vec![condition, long(&row), none], span);
    let rows = call.extended(rows, vec![(&hit, hit_row)]);
    let up = ascending(long(&row));
    let down = SortKey { descending: true, nulls_first: false, ..up.clone() };
    let last_hit = call.window("max", vec![long(&hit)], vec![], vec![up]);
    let next_hit = call.window("min", vec![long(&hit)], vec![], vec![down]);
    let rows = call.extended(rows, vec![(&last, last_hit), (&next, next_hit)]);

    let mut at_most = |from: &str, to: &str, limit: Expr| {
        let distance = call.binder.operator("-", vec![long(from), long(to)], span, span);
        call.binder.operator("<=", vec![distance, limit], span, span)
    };
    let near = vec![at_most(&row, &last, after), at_most(&next, &row, before)];
    let near = call.binder.operator("or", near, span, span);
    let (columns, order) = (rows.columns.to_vec(), rows.order.clone());
    let rows = Rel::new(Node::Filter { input: rows, predicate: near }, columns, order);
    let shown = call.input.visible().map(|c| (c.clone(), c.reference(span))).collect();
    project(rows, shown)
}

/// With more sets than this there are too many unions.
const MOST_SETS: usize = 6;

/// What sets have in common is counted by their unions: those of an odd number of sets are added, the others taken away.
fn dcount_intersect(call: &mut Call) -> Rel {
    let span = call.name.span;
    let sets: Vec<Expr> = call.scalars("hll").map(|(_, e)| e.clone()).collect();
    let counts = (0..sets.len()).map(|i| PlanColumn::new(format!("s{i}"), Type::Long, true));
    let columns: Vec<PlanColumn> = call.input_columns().into_iter().chain(counts).collect();
    if sets.len() > MOST_SETS {
        let why =
            "it takes six sets at most: the count of their unions grows with each; intersect fewer at once";
        return refused_as(&call.name.text, span, columns, why);
    }
    let mut list = starting_with(&call.input, span).columns;
    for k in 0..sets.len() {
        let mut sum: Option<Expr> = None;
        // Each choice out of the first sets that has some.
        for chosen in 1..1usize << (k + 1) {
            let of: Vec<Expr> = sets
                .iter()
                .enumerate()
                .filter(|(i, _)| chosen >> i & 1 == 1)
                .map(|(_, e)| e.clone())
                .collect();
            let odd = of.len() % 2 == 1;
            let binder = &mut *call.binder;
            let union = match <[Expr; 1]>::try_from(of) {
                Ok([one]) => one,
                Err(many) => binder.call_by_name("hll_merge", many, span),
            };
            let count = binder.call_by_name("dcount_hll", vec![union], span);
            sum = Some(match (sum, odd) {
                (None, _) => count,
                (Some(sum), true) => binder.operator("+", vec![sum, count], span, span),
                (Some(sum), false) => binder.operator("-", vec![sum, count], span, span),
            });
        }
        let Some(sum) = sum else { continue };
        let none = Expr::literal(Literal::Long(0), span);
        let count = call.binder.call_by_name("max_of", vec![sum, none], span);
        list.push((PlanColumn::new(format!("s{k}"), Type::Long, true), count));
    }
    project(call.input.clone(), list)
}
