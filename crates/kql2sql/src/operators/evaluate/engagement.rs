//! Plugins that tell who came back: how the users of a window compare with those of others.
//!
//! The documentation says what they give as long as each window has rows. What they give for a window without any is
//! not said, so the data is asked first, and where there is one, the query is refused.

use super::activity::{END, ID, START, STEP, TIMELINE};
use super::{Bind, Call, DIMENSIONS, Plugin, column, constant, fixed};
use crate::bind::stored::quoted;
use crate::bind::table::refused_as;
use crate::functions::{Param, ParamKind, example, param};
use crate::plan::{PlanColumn, Rel};
use crate::types::Type;

/// Plugins of who came back.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "activity_engagement",
        doc: "The values of each window, those of a longer one that ends with it, and what share of them the first are. Refused where a window has no rows, or where there are rows before Start that the longer window would reach.",
        page: "activity-engagement-plugin",
        signatures: &[&[ID, TIMELINE, INNER, OUTER], &[ID, TIMELINE, START, END, INNER, OUTER, DIMENSIONS]],
        bind: Bind::Rows(activity_engagement),
        examples: &[example(
            "datatable(User:string, Day:long)['a', 1, 'b', 1, 'c', 2, 'c', 2, 'a', 3]
| evaluate activity_engagement(User, Day, 1, 3, 1, 2) | where Day == 2",
            "[2, 1, 3, 0.3333333333333333]",
        )],
    },
    Plugin {
        name: "activity_metrics",
        doc: "How many values each window has, how many of them the window before it has not, and what share of that window's values returned and did not. Refused where a window from Start to End has no rows.",
        page: "activity-metrics-plugin",
        signatures: &[
            &[SCALAR_ID, TIMELINE, START, END, STEP, DIMENSIONS],
            &[SCALAR_ID, TIMELINE, constant("Start", ParamKind::Summable).optional(), END.optional()],
        ],
        bind: Bind::Rows(activity_metrics),
        examples: &[example(
            "datatable(User:string, Day:long)['a', 1, 'b', 1, 'c', 1, 'd', 1, 'b', 2, 'e', 2, 'e', 2]
| evaluate activity_metrics(User, Day, 1, 2, 1) | where Day == 2",
            "[2, 2, 1, 0.25, 0.75]",
        )],
    },
    Plugin {
        name: "new_activity_metrics",
        doc: "Of the values that were new in a window, how many are in each window from it on and how many are not, and how many values of that window were new after it. Refused where a window that it reports from has no new values.",
        page: "new-activity-metrics-plugin",
        signatures: &[&[
            ID,
            TIMELINE,
            START,
            END,
            param("Window", ParamKind::Scalar),
            constant("Cohort", ParamKind::Scalar).optional(),
            DIMENSIONS,
            param("lookback", ParamKind::Tabular).optional(),
        ]],
        bind: Bind::Rows(new_activity_metrics),
        examples: &[
            example(
                "datatable(User:string, Day:long)['a', 1, 'b', 1, 'b', 2, 'c', 2, 'd', 2, 'c', 3]
| evaluate new_activity_metrics(User, Day, 1, 3, 1, 1) | where to_Day == 2",
                "[1, 2, 2, 1, 1, 0.5, 0.5]",
            ),
            example(
                "let Known = datatable(User:string)['a'];
datatable(User:string, Day:long)['a', 1, 'b', 1, 'b', 2, 'c', 2]
| evaluate new_activity_metrics(User, Day, 1, 2, 1, 1, Known) | where to_Day == 1",
                "[1, 1, 1, 1, 0, 1.0, 0.0]",
            ),
        ],
    },
];

const SCALAR_ID: Param = column("IdColumn", ParamKind::Scalar);
const INNER: Param = constant("InnerActivityWindow", ParamKind::Summable);
const OUTER: Param = constant("OuterActivityWindow", ParamKind::Summable);

/// The windows that have rows, with the values of each.
const BINS: &str = "let {bins} = {T}
    | where {TimelineColumn} between ({Start} .. {End}) and isnotnull({IdColumn})
    | summarize by {TimelineColumn} = bin_at({TimelineColumn}, {Step}, {Start}), {id} = {IdColumn}{,Dimension};";

/// Whether a window is missing, for some combination of dimensions.
const GAPS: &str = "{bins}
    | summarize by {TimelineColumn}{,Dimension}
    | summarize {found} = count() by {all} = 1{,Dimension}
    | extend {windows} = tolong(({End} - {Start}) / {Step}) + 1
    | where isnull({windows}) or {found} between (1 .. {windows} - 1)
    | project {doubt} = strcat(
        'only ', {found}, ' of its ', {windows},
        ' windows have rows, and what Kusto gives for the others is not documented')";

/// The rows of `text`, where the rows of `doubts` are none. These say why the documentation leaves the answer open.
fn unless(call: &mut Call, columns: Vec<PlanColumn>, doubts: &str, text: &str) -> Rel {
    let refused = |call: &Call, why: &str| refused_as(&call.name.text, call.name.span, columns, why);
    match call.binder.answer() {
        None => {
            let question = call.compose(call.input.clone(), doubts);
            call.binder.ask(question);
            refused(call, "its input is not read yet")
        }
        Some(rows) => match rows.into_iter().flatten().next() {
            Some(why) => refused(call, &why),
            None => call.compose(call.input.clone(), text),
        },
    }
}

/// The timeline, the dimensions, and then these.
fn over_time(call: &Call, measures: &[(&str, Type)]) -> Vec<PlanColumn> {
    let mut columns = call.columns("TimelineColumn");
    columns.extend(call.columns("Dimension"));
    columns.extend(fixed(measures));
    columns
}

/// Refused without a start: how windows lie then is not documented.
fn without_start(call: &Call, columns: Vec<PlanColumn>) -> Rel {
    let why = "where its windows begin without Start and End is not documented; give both, and the window";
    refused_as(&call.name.text, call.name.span, columns, why)
}

/// A window's values, and those of the windows that end with it.
fn activity_engagement(call: &mut Call) -> Rel {
    let columns = over_time(
        call,
        &[
            ("dcount_activities_inner", Type::Long),
            ("dcount_activities_outer", Type::Long),
            ("activity_ratio", Type::Real),
        ],
    );
    if call.scalar("Start").is_none() {
        return without_start(call, columns);
    }
    let step = |text: &str| text.replace("{Step}", "{InnerActivityWindow}");
    let doubts = step(BINS)
        + "union (print {doubt} = 'its outer window is no multiple of the inner one, and how it is rounded is not documented'
            | where {OuterActivityWindow} < {InnerActivityWindow}
                or bin({OuterActivityWindow}, {InnerActivityWindow}) != {OuterActivityWindow}),
        ({T} | where {TimelineColumn} < {Start}
                and {TimelineColumn} >= {Start} - ({OuterActivityWindow} - {InnerActivityWindow})
            | take 1
            | project {doubt} = 'there are rows before Start, and whether Kusto counts them in the outer windows is not documented; filter them away, or begin later'),
        (" + &step(GAPS) + ")";
    let text = step(BINS)
        + "{bins}
        | extend {all} = 1
        | join kind=inner
            (range {later} from 0 to tolong({OuterActivityWindow} / {InnerActivityWindow}) - 1 step 1 | extend {all} = 1)
            on {all}
        | extend {window} = {TimelineColumn} + {later} * {InnerActivityWindow}
        | where {window} <= {End}
        | summarize {inner} = max({later} == 0) by {window}, {id}{,Dimension}
        | summarize dcount_activities_inner = countif({inner}), dcount_activities_outer = count()
            by {TimelineColumn} = {window}{,Dimension}
        | extend activity_ratio = todouble(dcount_activities_inner) / dcount_activities_outer";
    unless(call, columns, &doubts, &text)
}

/// A value returns to a window if the window before it had it.
fn activity_metrics(call: &mut Call) -> Rel {
    let columns = over_time(
        call,
        &[
            ("dcount_values", Type::Long),
            ("dcount_newvalues", Type::Long),
            ("retention_rate", Type::Real),
            ("churn_rate", Type::Real),
        ],
    );
    if call.scalar("Step").is_none() {
        return without_start(call, columns);
    }
    let text = BINS.to_owned()
        + "{bins}
        | join kind=leftouter
            ({bins} | project {TimelineColumn} = {TimelineColumn} + {Step}, {id}{,Dimension}, {before} = true)
            on {TimelineColumn}, {id}{,Dimension}
        | summarize dcount_values = count(), {returned} = countif({before}) by {TimelineColumn}{,Dimension}
        | join kind=leftouter
            ({bins} | summarize {former} = count() by {TimelineColumn} = {TimelineColumn} + {Step}{,Dimension})
            on {TimelineColumn}{,Dimension}
        | project {TimelineColumn}{,Dimension}, dcount_values, dcount_newvalues = dcount_values - {returned},
            retention_rate = iff(isnull({former}), real(nan), todouble({returned}) / {former}),
            churn_rate = iff(isnull({former}), real(nan), todouble({former} - {returned}) / {former})";
    unless(call, columns, &(BINS.to_owned() + GAPS), &text)
}

/// A value belongs to the window that has it first; those of the lookback to none.
fn new_activity_metrics(call: &mut Call) -> Rel {
    let times = call.columns("TimelineColumn");
    let ends = times.iter().flat_map(|c| ["from", "to"].map(|end| (end, c)));
    let mut columns: Vec<PlanColumn> =
        ends.map(|(end, c)| PlanColumn { name: format!("{end}_{}", c.name).into(), ..c.clone() }).collect();
    columns.extend(call.columns("Dimension"));
    columns.extend(fixed(&[
        ("dcount_new_values", Type::Long),
        ("dcount_retained_values", Type::Long),
        ("dcount_churn_values", Type::Long),
        ("retention_rate", Type::Real),
        ("churn_rate", Type::Real),
    ]));
    let refused = |call: &Call, why: &str| refused_as(&call.name.text, call.name.span, columns.clone(), why);
    if call.scalar("Window").is_some_and(|w| w.ty == Type::String || !w.is_constant()) {
        return refused(call, "its windows must have one length; give it as a constant timespan or number");
    }
    let mut bins = BINS.replace("{Step}", "{Window}");
    if let Some(known) = call.table("lookback") {
        let id = call.columns("IdColumn").pop();
        if id.is_none_or(|id| !known.visible().any(|c| c.name == id.name)) {
            return refused(call, "its lookback must have a column of the name of the id column");
        }
        if !call.columns("Dimension").is_empty() {
            return refused(
                call,
                "whether a lookback counts for all dimensions is not documented; leave one of them out",
            );
        }
        bins = bins.replace("{T}\n", "{T}\n    | join kind=leftanti ({lookback}) on {IdColumn}\n");
    }
    let bins = bins
        + "let {cohorts} = {bins}
        | summarize {from} = min({TimelineColumn}) by {id}{,Dimension};
        let {sizes} = {cohorts} | summarize {size} = count() by {from}{,Dimension};";
    let (doubts, only) = if call.scalar("Cohort").is_some() {
        let doubts = "union (print {doubt} = 'its cohort is not the begin of one of its windows'
                | where bin_at({Cohort}, {Window}, {Start}) != {Cohort}),
            ({sizes}
            | summarize {found} = countif({from} == {Cohort}) by {all} = 1{,Dimension}
            | where {found} == 0 and bin_at({Cohort}, {Window}, {Start}) == {Cohort}
            | project {doubt} = 'its cohort has no new values, and what Kusto gives for that is not documented')";
        (doubts.to_owned(), "| where {from} == {Cohort}")
    } else {
        let doubts = GAPS
            .replace("{bins}", "{sizes}")
            .replace("{TimelineColumn}", "{from}")
            .replace("{Step}", "{Window}")
            .replace("have rows", "have new values");
        (doubts, "")
    };
    // How many values of a window are of each cohort; those of later cohorts than the one reported are new.
    let text = bins.clone()
        + "let {kept} = {bins}
        | join kind=inner {cohorts} on {id}{,Dimension}
        | summarize {retained} = count() by {from}, {to} = {TimelineColumn}, {all} = 1{,Dimension};
        let {later} = {kept}
        | join kind=inner ({sizes} | project {cohort} = {from}, {all} = 1{,Dimension}) on {all}{,Dimension}
        | where {from} > {cohort}
        | summarize {new} = sum({retained}) by {from} = {cohort}, {to}{,Dimension};
        {sizes}
        "
        + only
        + "
        | extend {all} = 1
        | join kind=inner (range {to} from {Start} to {End} step {Window} | extend {all} = 1) on {all}
        | where {to} >= {from}
        | join kind=leftouter {kept} on {from}, {to}{,Dimension}
        | join kind=leftouter {later} on {from}, {to}{,Dimension}
        | extend {retained} = coalesce({retained}, 0)
        | project {from_} = {from}, {to_} = {to}{,Dimension},
            dcount_new_values = iff({from} == {to}, {size}, coalesce({new}, 0)),
            dcount_retained_values = {retained}, dcount_churn_values = {size} - {retained},
            retention_rate = todouble({retained}) / {size}, churn_rate = todouble({size} - {retained}) / {size}";
    let named = |end: usize| columns.get(end).map(|c| quoted(&c.name)).unwrap_or_default();
    let text = text.replace("{from_}", &named(0)).replace("{to_}", &named(1));
    unless(call, columns.clone(), &(bins + &doubts), &text)
}
