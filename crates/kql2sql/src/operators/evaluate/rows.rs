//! Plugins that look at the rows around a row, or at each row for itself.

use super::compose::{ascending, private};
use super::{Bind, Call, DIMENSIONS, MANY, Plugin, column, constant, fixed};
use crate::bind::fold::cast;
use crate::bind::projection::project;
use crate::bind::table::unknown_table;
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
        doc: "How many values the sets of several hll() values have in common.",
        page: "dcount-intersect-plugin",
        signatures: &[&[param("hll", ParamKind::DynamicArray).times(2, MANY)]],
        bind: Bind::Refused {
            why: "how Kusto intersects hll() values is not documented; count the values that \
                  make_set() gives, or join",
            columns: |call| {
                let counts = (0..call.scalars("hll").count()).map(|i| format!("s{i}"));
                let counts: Vec<_> = counts.map(|n| PlanColumn::new(n, Type::Long, true)).collect();
                call.input_columns().into_iter().chain(counts).collect()
            },
        },
        ..Plugin::BASE
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
                        name => format!("{name}_{}", time.name).into(),
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
