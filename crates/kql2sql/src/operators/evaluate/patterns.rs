//! Plugins that look for patterns of values in many columns. Their algorithms are not documented so far that
//! their answers could be computed, so they are refused.

use super::{Bind, MANY, Plugin, column, fixed};
use crate::functions::{Param, ParamKind, param};
use crate::plan::PlanColumn;
use crate::types::Type;

const SAMPLED: &str = "it works on samples of the rows, and how is not documented; \
                       write `summarize count() by` the columns that may matter, and `top`";

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
        bind: Bind::Refused { why: SAMPLED, columns: |call| with_segments(&SEGMENTS, call.input_columns()) },
        ..Plugin::BASE
    },
    Plugin {
        name: "basket",
        doc: "All patterns of values that are frequent enough.",
        page: "basket-plugin",
        signatures: &[&[
            param("Threshold", REAL).optional(),
            column("WeightColumn", ParamKind::Scalar).optional(),
            param("MaxDimensions", ParamKind::Integer).optional(),
            WILDCARDS,
        ]],
        bind: Bind::Refused { why: SAMPLED, columns: |call| with_segments(&SEGMENTS, call.input_columns()) },
        ..Plugin::BASE
    },
    Plugin {
        name: "diffpatterns",
        doc: "Patterns that tell two sets of rows apart.",
        page: "diffpatterns-plugin",
        signatures: DIFFERENCES,
        bind: Bind::Refused { why: SAMPLED, columns: |call| with_segments(&PAIRS, call.input_columns()) },
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
            why: SAMPLED,
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
    columns.extend(input);
    columns
}
