//! Sketches of values, for estimates that can be merged.

use super::lower;
use crate::functions::*;
use crate::types::Type;

/// Sketches of values, for estimates that can be merged.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "tdigest",
        doc: "A sketch of the values, for percentile_tdigest() and tdigest_merge(); exact up to 2,000 distinct ones. Its form is not that of Kusto, which documents none.",
        page: "tdigest-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("weight", ParamKind::Integer).optional()],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Build(lower::tdigest),
        )],
        result_name: ResultName::PrefixAndFirstArgument("tdigest"),
        examples: &[
            example(
                "range x from 1 to 20 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 90, typeof(long))",
                "[18]",
            ),
            example(
                "datatable(v: real, w: long)[1.5, 1, 2.5, 2] | summarize t = tdigest(v, w) | project percentile_tdigest(t, 50, typeof(real))",
                "[2.5]",
            ),
        ],
        ..Function::BASE
    },
    TDIGEST_MERGE,
    Function { page: "merge-tdigest-function", ..TDIGEST_MERGE.alias("merge_tdigest") },
    Function {
        name: "hll",
        doc: "A sketch of the distinct values, for dcount_hll() and hll_merge(); null without rows. Its form is not that of Kusto, which documents none.",
        page: "hll-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotRealOrBool), param("accuracy", ParamKind::Integer).optional()],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Build(lower::hll),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll"),
        examples: &[
            example("range x from 1 to 30 step 1 | summarize h = hll(x % 7) | project dcount_hll(h)", "[7]"),
            example("datatable(x: long)[] | summarize h = hll(x) | project isnull(h)", "[true]"),
            example(
                "range x from 1 to 30 step 1 | summarize h = hll(tostring(x), 2) | project dcount_hll(h)",
                "[30]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "hll_if",
        doc: "A sketch of the distinct values in the rows for which the predicate is true.",
        page: "hll-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::NotRealOrBool),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("accuracy", ParamKind::Integer).optional(),
            ],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Build(lower::hll_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_if"),
        examples: &[example(
            "range x from 1 to 30 step 1 | summarize h = hll_if(x, x > 20) | project dcount_hll(h)",
            "[10]",
        )],
        ..Function::BASE
    },
    Function {
        name: "hll_merge",
        doc: "Merges sketches of distinct values.",
        page: "hll-merge-aggregation-function",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_hll_merge"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_merge"),
        examples: &[example(
            "range x from 1 to 30 step 1 | summarize h = hll(x % 7) by x % 3 | summarize m = hll_merge(h) | project dcount_hll(m)",
            "[7]",
        )],
        ..Function::BASE
    },
];

const TDIGEST_MERGE: Function = Function {
    name: "tdigest_merge",
    doc: "Merges sketches of values.",
    page: "tdigest-merge-aggregation-function",
    overloads: &[overload(
        &[param("tdigest", ParamKind::DynamicArray)],
        Returns::Dynamic(Shape::ARRAY),
        Lower::Udf("kql_tdigest_merge"),
    )],
    result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
    examples: &[example(
        "range x from 1 to 20 step 1 | summarize t = tdigest(x) by x % 3 | summarize m = tdigest_merge(t) | project percentile_tdigest(m, 100, typeof(long))",
        "[20]",
    )],
    ..Function::BASE
};
