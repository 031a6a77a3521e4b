//! Plugins of users' activity over time.

use super::compose::{ascending, private};
use super::{Bind, Call, DIMENSIONS, Plugin, column, constant, fixed};
use crate::functions::{Param, ParamKind, example};
use crate::plan::{Expr, PlanColumn, Rel};
use crate::types::Type;

/// Plugins of activity.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "active_users_count",
        doc: "The number of values that occur in enough periods before they occur, for each bin from Start on.",
        page: "active-users-count-plugin",
        signatures: &[&[
            ID,
            TIMELINE,
            START,
            END,
            constant("LookbackWindow", ParamKind::Summable),
            constant("Period", ParamKind::Summable),
            constant("ActivePeriods", ParamKind::Summable),
            STEP,
            DIMENSIONS,
        ]],
        bind: Bind::Rows(active_users_count),
        examples: &[example(
            "datatable(User:string, Day:long)['a', 1, 'a', 2, 'a', 4, 'b', 4, 'c', 2, 'c', 2, 'c', 4]
| evaluate active_users_count(User, Day, 3, 9, 4, 1, 2, 10)",
            "[3, 2]",
        )],
    },
    Plugin {
        name: "activity_counts_metrics",
        doc: "Rows, distinct values, values not seen before and values seen so far, for each bin from Start on.",
        page: "activity-counts-metrics-plugin",
        signatures: &[&[ID, TIMELINE, START, END, STEP, DIMENSIONS]],
        bind: Bind::Rows(activity_counts_metrics),
        examples: &[example(
            "datatable(User:string, Day:long)['a', 1, 'b', 1, 'b', 2, 'c', 2, 'c', 2, 'd', 7]
| evaluate activity_counts_metrics(User, Day, 1, 5, 1) | where Day == 2",
            "[2, 3, 2, 1, 3]",
        )],
    },
    Plugin {
        name: "session_count",
        doc: "The number of sessions that begin in each bin: of values not seen for the time of the lookback.",
        page: "session-count-plugin",
        signatures: &[&[
            ID,
            TIMELINE,
            START,
            END,
            constant("Bin", ParamKind::Summable),
            constant("LookBackWindow", ParamKind::Summable),
            DIMENSIONS,
        ]],
        bind: Bind::Rows(session_count),
        examples: &[example(
            "datatable(User:string, Minute:long)['a', 1, 'a', 3, 'a', 9, 'b', 2]
| evaluate session_count(User, Minute, 0, 20, 100, 5)",
            "[0, 3]",
        )],
    },
    Plugin {
        name: "funnel_sequence",
        doc: "What comes before and after a sequence of states.",
        page: "funnel-sequence-plugin",
        signatures: &[&[
            ID,
            TIMELINE,
            START,
            END,
            constant("MaxWindowSizeBetweenSteps", ParamKind::Summable),
            STEP,
            STATE,
            SEQUENCE,
        ]],
        bind: Bind::Refused {
            why: "the documentation does not say which events count as the ones before and after a sequence; \
                  sort, and compare with prev() and next()",
            columns: |call| {
                let mut columns = call.columns("TimelineColumn");
                let state = call.columns("StateColumn").pop().map_or(Type::String, |c| c.ty);
                columns.extend(fixed(&[
                    ("prev", state),
                    ("next", state),
                    ("dcount", Type::Long),
                    ("samples", Type::Dynamic),
                ]));
                columns
            },
        },
        ..Plugin::BASE
    },
    Plugin {
        name: "funnel_sequence_completion",
        doc: "How many values come how far in a sequence of states.",
        page: "funnel-sequence-completion-plugin",
        signatures: &[&[
            ID,
            TIMELINE,
            START,
            END,
            constant("BinSize", ParamKind::Summable),
            STATE,
            SEQUENCE,
            constant("MaxSequencePeriods", ParamKind::DynamicArray),
        ]],
        bind: Bind::Refused {
            why: "the documentation does not say which events may be a step; \
                  use `scan`, whose steps say it",
            columns: |call| {
                let mut columns = call.columns("TimelineColumn");
                let states = call.columns("StateColumn");
                columns.extend(states.into_iter().map(|c| PlanColumn { ty: Type::String, ..c }));
                columns.extend(fixed(&[("Period", Type::Timespan), ("dcount", Type::Long)]));
                columns
            },
        },
        ..Plugin::BASE
    },
];

pub(super) const ID: Param = column("IdColumn", ParamKind::NotDynamic);
pub(super) const TIMELINE: Param = column("TimelineColumn", ParamKind::Summable);
pub(super) const START: Param = constant("Start", ParamKind::Summable);
pub(super) const END: Param = constant("End", ParamKind::Summable);
pub(super) const STEP: Param = constant("Step", ParamKind::Summable);
const STATE: Param = column("StateColumn", ParamKind::NotDynamic);
const SEQUENCE: Param = constant("Sequence", ParamKind::DynamicArray);

/// A value is active at a time if there are enough periods, that of the time included, in which it occurs
/// later than the lookback allows. The last time in each period tells.
fn active_users_count(call: &mut Call) -> Rel {
    call.compose(
        call.input.clone(),
        "let {periods} = {T}
        | where {TimelineColumn} between (({Start} - {LookbackWindow}) .. {End})
        | summarize {last} = max({TimelineColumn})
            by {earlier} = bin({TimelineColumn}, {Period}), {id} = {IdColumn}{,Dimension};
        {T}
        | where {TimelineColumn} between ({Start} .. {End})
        | summarize by {time} = {TimelineColumn}, {id} = {IdColumn}{,Dimension}
        | extend {period} = bin({time}, {Period})
        | join kind=inner {periods} on {id}{,Dimension}
        | where {earlier} <= {period} and {last} > {time} - {LookbackWindow}
        | summarize {count} = count() by {time}, {id}{,Dimension}
        | where {count} >= {ActivePeriods}
        | summarize ['dcount'] = dcount({id}) by {TimelineColumn} = bin_at({time}, {Step}, {Start}){,Dimension}",
    )
}

/// The first bin of each value tells in which it is new; the running sum of new ones is what was seen so far.
fn activity_counts_metrics(call: &mut Call) -> Rel {
    let rows = call.compose(
        call.input.clone(),
        "{T}
        | where {TimelineColumn} between ({Start} .. {End})
        | summarize {rows} = count()
            by {TimelineColumn} = bin_at({TimelineColumn}, {Step}, {Start}), {id} = {IdColumn}{,Dimension}",
    );
    let dimensions = references(call, "Dimension");
    let time = references(call, "TimelineColumn");
    let id = rows.column(&private("id")).map(|c| c.reference(call.name.span));
    let values = id.into_iter().chain(dimensions.clone()).collect();
    let first = call.window("min", time.clone(), values, vec![]);
    let rows = call.extended(rows, vec![(&private("first"), first)]);
    let rows = call.compose(
        rows,
        "{T}
        | summarize ['count'] = sum({rows}), ['dcount'] = countif(isnotnull({id})),
            new_dcount = countif(isnotnull({id}) and {TimelineColumn} == {first})
            by {TimelineColumn}{,Dimension}",
    );
    let new = rows.column("new_dcount").map(|c| c.reference(call.name.span));
    let order = time.into_iter().map(ascending).collect();
    let so_far = call.window("sum", new.into_iter().collect(), dimensions, order);
    call.extended(rows, vec![("aggregated_dcount", so_far)])
}

/// A session begins where the value did not occur within the lookback.
fn session_count(call: &mut Call) -> Rel {
    let rows = call.compose(
        call.input.clone(),
        "{T}
        | where {TimelineColumn} between (({Start} - {LookBackWindow}) .. {End})
        | project {id} = {IdColumn}, {time} = {TimelineColumn}{,Dimension}",
    );
    let column = |name: &str| rows.column(&private(name)).map(|c| c.reference(call.name.span));
    let (id, time) = (column("id"), column("time"));
    let values = id.into_iter().chain(references(call, "Dimension")).collect();
    let order = time.clone().into_iter().map(ascending).collect();
    let before = call.window("prev", time.into_iter().collect(), values, order);
    let rows = call.extended(rows, vec![(&private("before"), before)]);
    call.compose(
        rows,
        "{T}
        | where {time} >= {Start} and (isnull({before}) or {time} - {before} >= {LookBackWindow})
        | summarize count_sessions = count() by {TimelineColumn} = bin({time}, {Bin}){,Dimension}",
    )
}

/// The columns that are the arguments of a parameter.
fn references(call: &Call, param: &str) -> Vec<Expr> {
    call.columns(param).iter().map(|c| c.reference(call.name.span)).collect()
}
