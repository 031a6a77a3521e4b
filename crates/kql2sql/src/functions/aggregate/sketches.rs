//! Sketches of values, for estimates that can be merged.

use crate::functions::*;
use crate::types::Type;

/// Sketches of values, for estimates that can be merged.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "tdigest",
        doc: "A sketch of the values, from which percentiles are estimated.",
        page: "tdigest-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("weight", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            Lower::Unsupported("the sketch has a format of Kusto's own; use percentiles() in one summarize"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("tdigest"),
        ..Function::BASE
    },
    Function {
        name: "tdigest_merge",
        doc: "Merges sketches of values.",
        page: "tdigest-merge-aggregation-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Unsupported("the sketch has a format of Kusto's own; use percentiles() in one summarize"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
        ..Function::BASE
    },
    Function {
        name: "merge_tdigest",
        doc: "Merges sketches of values.",
        page: "merge-tdigest-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Unsupported("the sketch has a format of Kusto's own; use percentiles() in one summarize"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
        ..Function::BASE
    },
    Function {
        name: "hll",
        doc: "A sketch of the distinct values, from which dcount is estimated.",
        page: "hll-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotRealOrBool), param("accuracy", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            Lower::Unsupported(
                "the sketch has a format of Kusto's own; count with dcount() in one summarize",
            ),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll"),
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
            Returns::Type(Type::Dynamic),
            Lower::Unsupported(
                "the sketch has a format of Kusto's own; count with dcount() in one summarize",
            ),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_if"),
        ..Function::BASE
    },
    Function {
        name: "hll_merge",
        doc: "Merges sketches of distinct values.",
        page: "hll-merge-aggregation-function",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Unsupported(
                "the sketch has a format of Kusto's own; count with dcount() in one summarize",
            ),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_merge"),
        ..Function::BASE
    },
];
