//! Percentiles.

use super::lower;
use crate::functions::*;
use crate::types::Type;

/// Percentiles.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "percentile",
        doc: "The percentile: the smallest value such that so many percent of the values are not greater (nearest rank). Kusto estimates it; this is exact.",
        page: "percentiles-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number)],
            Returns::Parameter0Percentile,
            Lower::Build(lower::percentile),
        )],
        examples: &[
            example("range x from 1 to 20 step 1 | summarize percentile(x, 90)", "[18]"),
            example("datatable(x: real)[4.5, 0.5, 2.5] | summarize percentile(x, 50)", "[2.5]"),
            example("datatable(x: long)[] | summarize percentile(x, 50)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "percentiles",
        doc: "Percentiles, one column each: the smallest value such that so many percent of the values are not greater (nearest rank). Kusto estimates it; this is exact.",
        page: "percentiles-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number).times(1, 32767)],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::percentiles),
        )],
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize percentiles(x, 0, 50, 99.9)",
            "[1, 10, 20]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentiles_array",
        doc: "Percentiles as an array: the smallest value such that so many percent of the values are not greater (nearest rank). Kusto estimates it; this is exact.",
        page: "percentiles-aggregation-function",
        overloads: &[
            overload(
                &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number).times(1, 32767)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentiles_array),
            ),
            overload(
                &[param("expr", ParamKind::Scalar), param("percentiles", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentiles_array),
            ),
        ],
        examples: &[
            example("range x from 1 to 20 step 1 | summarize percentiles_array(x, 25, 75)", "[[5, 15]]"),
            example(
                "range x from 1 to 20 step 1 | summarize percentiles_array(x, dynamic([25, 75]))",
                "[[5, 15]]",
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("percentiles"),
        ..Function::BASE
    },
    Function {
        name: "percentilew",
        doc: "The percentile of values that count as often as their weight says.",
        page: "percentilesw-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("weight", ParamKind::Integer),
                param("percentile", ParamKind::Number),
            ],
            Returns::Parameter0Percentile,
            Lower::Build(lower::percentilew),
        )],
        examples: &[example(
            "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilew(x, w, 50)",
            "[20]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentilesw",
        doc: "Percentiles, one column each, of values that count as often as their weight says.",
        page: "percentilesw-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("weight", ParamKind::Integer),
                param("percentile", ParamKind::Number).times(1, 32767),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::percentilesw),
        )],
        examples: &[example(
            "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilesw(x, w, 25, 75, 76)",
            "[10, 20, 30]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentilesw_array",
        doc: "Percentiles as an array, of values that count as often as their weight says.",
        page: "percentilesw-aggregation-function",
        overloads: &[
            overload(
                &[
                    param("expr", ParamKind::Scalar),
                    param("weight", ParamKind::Integer),
                    param("percentile", ParamKind::Number).times(1, 32767),
                ],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentilesw_array),
            ),
            overload(
                &[
                    param("expr", ParamKind::Scalar),
                    param("weight", ParamKind::Integer),
                    param("percentiles", ParamKind::DynamicArray),
                ],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentilesw_array),
            ),
        ],
        examples: &[
            example(
                "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilesw_array(x, w, 25, 76)",
                "[[10, 30]]",
            ),
            example(
                "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilesw_array(x, w, dynamic([25, 76]))",
                "[[10, 30]]",
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("percentiles"),
        ..Function::BASE
    },
];
