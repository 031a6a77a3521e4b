//! Plugins that aggregate over windows that slide over a timeline.

use super::{Bind, Call, DIMENSIONS, Plugin, column, constant};
use crate::functions::{ParamKind, example, param};
use crate::plan::Rel;
use crate::syntax::ast::Literal;

/// Plugins of sliding windows.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "sliding_window_counts",
        doc: "The number of rows and of distinct values in a window that slides over time, counted from Start.",
        page: "sliding-window-counts-plugin",
        signatures: &[&[
            column("IdColumn", ParamKind::NotDynamic),
            column("TimelineColumn", ParamKind::Summable),
            constant("Start", ParamKind::Summable),
            constant("End", ParamKind::Summable),
            constant("LookBackWindow", ParamKind::Summable),
            constant("Step", ParamKind::Summable),
            DIMENSIONS,
        ]],
        bind: Bind::Rows(sliding_window_counts),
        examples: &[example(
            "datatable(Id:string, Day:long)['a', 1, 'b', 2, 'a', 2, 'c', 4]
| evaluate sliding_window_counts(Id, Day, 1, 4, 2, 1) | where Day == 2",
            "[2, 3, 2]",
        )],
    },
    Plugin {
        name: "rolling_percentile",
        doc: "A percentile of the values in the last bins, for each bin.",
        page: "rolling-percentile-plugin",
        signatures: &[&[
            column("ValueColumn", ParamKind::Summable),
            constant("Percentile", ParamKind::Number),
            column("IndexColumn", ParamKind::Summable),
            param("BinSize", ParamKind::Summable),
            constant("BinsPerWindow", ParamKind::Integer),
            DIMENSIONS,
        ]],
        bind: Bind::Rows(rolling_percentile),
        examples: &[example(
            "datatable(Day:long, Load:long)[1, 10, 2, 20, 3, 90, 4, 40]
| evaluate rolling_percentile(Load, 50, Day, 1, 3) | where Day == 4",
            "[4, 40]",
        )],
    },
];

/// Each row counts in the windows that it lies in: that which ends with its own bin, and those after it.
fn sliding_window_counts(call: &mut Call) -> Rel {
    call.compose(
        call.input.clone(),
        "{T}
        | where {TimelineColumn} between (({Start} - {LookBackWindow}) .. {End})
        | summarize {rows} = count()
            by {bin} = bin_at({TimelineColumn}, {Step}, {Start}), {id} = {IdColumn}{,Dimension}
        | extend {all} = 1
        | join kind=inner
            (range {later} from 0 to tolong({LookBackWindow} / {Step}) - 1 step 1 | extend {all} = 1)
            on {all}
        | extend {window} = {bin} + {later} * {Step}
        | where {window} between ({Start} .. {End})
        | summarize Count = sum({rows}), Dcount = dcount({id}) by {TimelineColumn} = {window}{,Dimension}",
    )
}

/// Each value counts in the windows of its own bin and of those after it; only bins with values are shown.
fn rolling_percentile(call: &mut Call) -> Rel {
    let number = |call: &Call, param: &str| match call.literal(param) {
        Some(Literal::Long(n)) => n.to_string(),
        Some(Literal::Int(n)) => n.to_string(),
        Some(Literal::Real(n)) => n.to_string(),
        Some(Literal::Decimal(n)) => n,
        _ => "0".to_owned(),
    };
    let value = call.columns("ValueColumn").pop().map(|c| c.name).unwrap_or_default();
    let name = format!(
        "rolling_{}_percentile_{value}_{}",
        number(call, "BinsPerWindow"),
        number(call, "Percentile")
    );
    let body = "let {bins} = {T}
        | project {bin} = bin({IndexColumn}, {BinSize}), {value} = {ValueColumn}{,Dimension};
        {bins}
        | extend {all} = 1
        | join kind=inner (range {later} from 0 to {BinsPerWindow} - 1 step 1 | extend {all} = 1) on {all}
        | extend {window} = {bin} + {later} * {BinSize}
        | summarize {result} = percentile({value}, {Percentile}) by {window}{,Dimension}
        | join kind=leftsemi ({bins} | summarize by {window} = {bin}{,Dimension}) on {window}{,Dimension}
        | project {IndexColumn} = {window}{,Dimension}, {named} = {result}";
    call.compose(call.input.clone(), &body.replace("{named}", &crate::bind::function::quoted(&name)))
}
