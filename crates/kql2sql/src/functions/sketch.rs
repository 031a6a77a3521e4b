//! Sketches: hll and tdigest.

use super::*;
use crate::types::Type;

/// Sketches: hll and tdigest.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "percentile_tdigest",
        doc: "",
        page: "percentile-tdigest-function",
        overloads: &[
            overload(
                &[
                    param("tdigest", ParamKind::DynamicArray),
                    param("percentile1", ParamKind::Types(&[Type::Real])),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[
                    param("tdigest", ParamKind::DynamicArray),
                    param("percentile1", ParamKind::Types(&[Type::Real])),
                    param("type", ParamKind::Scalar).form(ArgForm::Literal),
                ],
                Returns::ParameterNLiteral(2),
                TODO,
            ),
        ],
        result_name: ResultName::NameAndFirstArgument,
        ..Function::BASE
    },
    Function {
        name: "percentiles_array_tdigest",
        doc: "",
        page: "",
        overloads: &[
            overload(
                &[
                    param("tdigest", ParamKind::DynamicArray),
                    param("percentile", ParamKind::Types(&[Type::Real])).times(1, 32767),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("tdigest", ParamKind::DynamicArray), param("percentiles", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("percentile_tdigest"),
        ..Function::BASE
    },
    Function {
        name: "percentrank_tdigest",
        doc: "",
        page: "percentrank-tdigest-function",
        overloads: &[overload(
            &[param("digest", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "rank_tdigest",
        doc: "",
        page: "rank-tdigest-function",
        overloads: &[overload(
            &[param("digest", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Real),
            TODO,
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
            TODO,
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
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "tdigest_merge",
        doc: "",
        page: "tdigest-merge-aggregation-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray).times(2, 16)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixOnly("tdigests_merge_result"),
        ..Function::BASE
    },
    Function {
        name: "merge_tdigest",
        doc: "",
        page: "merge-tdigest-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray).times(2, 16)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixOnly("tdigests_merge_result"),
        ..Function::BASE
    },
    Function {
        name: "hll_merge",
        doc: "",
        page: "hll-merge-function",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray).times(2, 16)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixOnly("hll_merged_result"),
        ..Function::BASE
    },
    Function {
        name: "dcount_hll",
        doc: "",
        page: "dcount-hll-function",
        overloads: &[overload(&[param("hll", ParamKind::DynamicArray)], Returns::Type(Type::Long), TODO)],
        result_name: ResultName::NameAndFirstArgument,
        ..Function::BASE
    },
];
