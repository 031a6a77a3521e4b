//! Sketches: hll and tdigest.

use super::conversion::convert_sql;
use super::to_dynamic::{call as runtime, to_dynamic_sql};
use super::*;
use crate::types::Type;
use sqlparser::ast;

/// Sketches: hll and tdigest.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "percentile_tdigest",
        doc: "A percentile of the values in a sketch, as the type if one is given; null if it is no sketch.",
        page: "percentile-tdigest-function",
        overloads: &[
            overload(
                &[
                    param("tdigest", ParamKind::DynamicArray),
                    param("percentile1", ParamKind::Types(&[Type::Real])),
                ],
                Returns::Type(Type::Dynamic),
                Lower::Udf("kql_percentile_tdigest"),
            ),
            overload(
                &[
                    param("tdigest", ParamKind::DynamicArray),
                    param("percentile1", ParamKind::Types(&[Type::Real])),
                    param("type", ParamKind::Scalar).form(ArgForm::Type),
                ],
                Returns::ParameterNLiteral(2),
                Lower::Build(typed_percentile),
            ),
        ],
        result_name: ResultName::NameAndFirstArgument,
        examples: &[
            example(
                "range x from 1 to 20 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 50), percentile_tdigest(t, 90, typeof(real))",
                "[10, 18.0]",
            ),
            example(
                "datatable(d: timespan)[1h, 2h, 3h] | summarize t = tdigest(d) | project percentile_tdigest(t, 50, typeof(timespan))",
                r#"["02:00:00"]"#,
            ),
            example("print percentile_tdigest(dynamic([1, 2]), 50)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "percentiles_array_tdigest",
        doc: "Percentiles of the values in a sketch, as an array; null if it is no sketch.",
        page: "percentile-array-tdigest-function",
        overloads: &[
            overload(
                &[
                    param("tdigest", ParamKind::DynamicArray),
                    param("percentile", ParamKind::Types(&[Type::Real])).times(1, 32767),
                ],
                Returns::Dynamic(Shape::ARRAY),
                Lower::Udf("kql_percentiles_tdigest"),
            ),
            overload(
                &[param("tdigest", ParamKind::DynamicArray), param("percentiles", ParamKind::DynamicArray)],
                Returns::Dynamic(Shape::ARRAY),
                Lower::Udf("kql_percentiles_array_tdigest"),
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("percentile_tdigest"),
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize t = tdigest(x) | project percentiles_array_tdigest(t, 5, 50, 100), percentiles_array_tdigest(t, dynamic([0, 25]))",
            "[[1, 10, 20], [1, 5]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentrank_tdigest",
        doc: "How many percent of the numbers in a sketch are not above the value; null if it is no sketch of numbers.",
        page: "percentrank-tdigest-function",
        overloads: &[overload(
            &[param("digest", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Real),
            Lower::Build(|call| ranked("kql_percentrank_tdigest", call)),
        )],
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize t = tdigest(x) | project percentrank_tdigest(t, 5)",
            "[25.0]",
        )],
        ..Function::BASE
    },
    Function {
        name: "rank_tdigest",
        doc: "How many of the numbers in a sketch are not above the value; null if it is no sketch of numbers.",
        page: "rank-tdigest-function",
        overloads: &[overload(
            &[param("digest", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Real),
            Lower::Build(|call| ranked("kql_rank_tdigest", call)),
        )],
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize t = tdigest(x) | project rank_tdigest(t, 5), rank_tdigest(t, 0)",
            "[5.0, 0.0]",
        )],
        ..Function::BASE
    },
    Function {
        name: "tdigest_isvalid",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("digest", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            UNDOCUMENTED,
        )],
        ..Function::BASE
    },
    Function {
        name: "hll_isvalid",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            UNDOCUMENTED,
        )],
        ..Function::BASE
    },
    Function {
        name: "tdigest_merge",
        doc: "Merges sketches of values; null if one is none.",
        page: "tdigest-merge-aggregation-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray).times(2, 16)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_tdigest_union"),
        )],
        result_name: ResultName::PrefixOnly("tdigests_merge_result"),
        examples: &[example(
            "range x from 1 to 9 step 1 | summarize a = tdigest(x), b = tdigest(x + 10) | project percentile_tdigest(tdigest_merge(a, b), 100)",
            "[19]",
        )],
        ..Function::BASE
    },
    Function {
        name: "merge_tdigest",
        doc: "Merges sketches of values; null if one is none.",
        page: "merge-tdigest-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray).times(2, 16)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_tdigest_union"),
        )],
        result_name: ResultName::PrefixOnly("tdigests_merge_result"),
        examples: &[example(
            "range x from 1 to 9 step 1 | summarize a = tdigest(x), b = tdigest(x + 10) | project percentile_tdigest(merge_tdigest(a, b), 100)",
            "[19]",
        )],
        ..Function::BASE
    },
    Function {
        name: "hll_merge",
        doc: "Merges sketches of distinct values; null if one is none.",
        page: "hll-merge-function",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray).times(2, 16)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_hll_union"),
        )],
        result_name: ResultName::PrefixOnly("hll_merged_result"),
        examples: &[example(
            "range x from 1 to 9 step 1 | summarize a = hll(x), b = hll(x + 5) | project dcount_hll(hll_merge(a, b))",
            "[14]",
        )],
        ..Function::BASE
    },
    Function {
        name: "dcount_hll",
        doc: "How many distinct values a sketch is of; null if it is no sketch.",
        page: "dcount-hll-function",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_dcount_hll"),
        )],
        result_name: ResultName::NameAndFirstArgument,
        examples: &[
            example("range x from 1 to 30 step 1 | summarize h = hll(x % 4) | project dcount_hll(h)", "[4]"),
            example("print dcount_hll(dynamic([1]))", "[null]"),
        ],
        ..Function::BASE
    },
];

const UNDOCUMENTED: Lower =
    Lower::Unsupported("Kusto does not document what it checks; what is no sketch gives null");

/// A percentile as the type that the third argument names.
fn typed_percentile(call: Call) -> Result<ast::Expr, Refusal> {
    let args = call.args.iter().take(2).map(|arg| arg.sql.clone());
    let percentile = Arg { sql: runtime("kql_percentile_tdigest", args), ty: Type::Dynamic, literal: None };
    convert_sql(percentile, call.ty).ok_or_else(|| Refusal(format!("a percentile is no {}", call.ty)))
}

/// A rank: the value goes as a dynamic one, so that it keeps its type.
fn ranked(name: &str, call: Call) -> Result<ast::Expr, Refusal> {
    let [sketch, value] = call.args.as_slice() else {
        return Err(Refusal("it takes a sketch and a value".to_owned()));
    };
    if !value.ty.is_number() {
        return Err(Refusal(format!("{} values have no rank here", value.ty)));
    }
    Ok(runtime(name, vec![sketch.sql.clone(), to_dynamic_sql(value)]))
}
