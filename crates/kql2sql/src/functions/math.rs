//! Numbers, rounding, bits and statistics.

use super::*;
use crate::types::Type;

/// Numbers, rounding, bits and statistics.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "bin",
        doc: "",
        page: "bin-function",
        overloads: &[
            overload(
                &[param("value", ParamKind::Number), param("roundTo", ParamKind::Number)],
                Returns::Widest,
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Timespan])),
                    param("roundTo", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::DateTime])),
                    param("roundTo", ParamKind::Types(&[Type::DateTime])),
                ],
                Returns::Type(Type::DateTime),
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::DateTime])),
                    param("roundTo", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::DateTime),
                TODO,
            ),
        ],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "floor",
        doc: "",
        page: "",
        overloads: &[
            overload(
                &[param("value", ParamKind::Number), param("roundTo", ParamKind::Number)],
                Returns::Widest,
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Timespan])),
                    param("roundTo", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::DateTime])),
                    param("roundTo", ParamKind::Types(&[Type::DateTime])),
                ],
                Returns::Type(Type::DateTime),
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::DateTime])),
                    param("roundTo", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::DateTime),
                TODO,
            ),
        ],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "bin_at",
        doc: "",
        page: "bin-at-function",
        overloads: &[
            overload(
                &[
                    param("value", ParamKind::Number),
                    param("bin_size", ParamKind::Number),
                    param("fixed_point", ParamKind::Number),
                ],
                Returns::Widest,
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Timespan])),
                    param("bin_size", ParamKind::Number),
                    param("fixed_point", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Timespan])),
                    param("bin_size", ParamKind::Types(&[Type::Timespan])),
                    param("fixed_point", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::DateTime])),
                    param("bin_size", ParamKind::Summable),
                    param("fixed_point", ParamKind::Types(&[Type::DateTime])),
                ],
                Returns::Type(Type::DateTime),
                TODO,
            ),
        ],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "bin_auto",
        doc: "",
        page: "bin-auto-function",
        overloads: &[overload(&[param("value", ParamKind::Summable)], Returns::Type(Type::Dynamic), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "around",
        doc: "",
        page: "around-function",
        overloads: &[overload(
            &[
                param("value", ParamKind::Scalar),
                param("center", ParamKind::Scalar),
                param("delta", ParamKind::Scalar),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "binary_and",
        doc: "",
        page: "binary-and-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_or",
        doc: "",
        page: "binary-or-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_xor",
        doc: "",
        page: "binary-xor-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_not",
        doc: "",
        page: "binary-not-function",
        overloads: &[overload(&[param("value", ParamKind::Integer)], Returns::Type(Type::Long), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_shift_right",
        doc: "",
        page: "binary-shift-right-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("shift", ParamKind::Integer)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_shift_left",
        doc: "",
        page: "binary-shift-left-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("shift", ParamKind::Integer)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "bitset_count_ones",
        doc: "",
        page: "bitset-count-ones-function",
        overloads: &[overload(&[param("value", ParamKind::Integer)], Returns::Type(Type::Long), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "round",
        doc: "",
        page: "round-function",
        overloads: &[overload(
            &[
                param("number", ParamKind::Number),
                param("precision", ParamKind::Types(&[Type::Long])).optional().form(ArgForm::Constant),
            ],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "ceiling",
        doc: "",
        page: "ceiling-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Parameter0, TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "pow",
        doc: "",
        page: "pow-function",
        overloads: &[overload(
            &[param("base", ParamKind::Number), param("exponent", ParamKind::Number)],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "sqrt",
        doc: "",
        page: "sqrt-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "log",
        doc: "",
        page: "log-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "log2",
        doc: "",
        page: "log2-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "log10",
        doc: "",
        page: "log10-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "exp",
        doc: "",
        page: "exp-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "exp2",
        doc: "",
        page: "exp2-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "exp10",
        doc: "",
        page: "exp10-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "pi",
        doc: "",
        page: "pi-function",
        overloads: &[overload(&[], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "cos",
        doc: "",
        page: "cos-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "sin",
        doc: "",
        page: "sin-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "tan",
        doc: "",
        page: "tan-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "acos",
        doc: "",
        page: "acos-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "asin",
        doc: "",
        page: "asin-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "atan",
        doc: "",
        page: "atan-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "atan2",
        doc: "",
        page: "atan2-function",
        overloads: &[overload(
            &[param("y", ParamKind::Number), param("x", ParamKind::Number)],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "abs",
        doc: "",
        page: "abs-function",
        overloads: &[
            overload(&[param("number", ParamKind::Integer)], Returns::Type(Type::Long), TODO),
            overload(&[param("number", ParamKind::Number)], Returns::Parameter0, TODO),
            overload(
                &[param("number", ParamKind::Types(&[Type::Timespan]))],
                Returns::Type(Type::Timespan),
                TODO,
            ),
        ],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "cot",
        doc: "",
        page: "cot-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "degrees",
        doc: "",
        page: "degrees-function",
        overloads: &[overload(&[param("radians", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "radians",
        doc: "",
        page: "radians-function",
        overloads: &[overload(&[param("degrees", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "sign",
        doc: "",
        page: "sign-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "rand",
        doc: "",
        page: "rand-function",
        overloads: &[overload(
            &[param("number", ParamKind::Integer).optional()],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "beta_cdf",
        doc: "",
        page: "beta-cdf-function",
        overloads: &[overload(
            &[
                param("x", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "beta_inv",
        doc: "",
        page: "beta-inv-function",
        overloads: &[overload(
            &[
                param("probability", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "beta_pdf",
        doc: "",
        page: "beta-pdf-function",
        overloads: &[overload(
            &[
                param("x", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "gamma",
        doc: "",
        page: "gamma-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "loggamma",
        doc: "",
        page: "loggamma-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "erf",
        doc: "",
        page: "erf-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "erfc",
        doc: "",
        page: "erfc-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "isnan",
        doc: "",
        page: "isnan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "isinf",
        doc: "",
        page: "isinf-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "isfinite",
        doc: "",
        page: "isfinite-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "welch_test",
        doc: "",
        page: "welch-test-function",
        overloads: &[overload(
            &[
                param("mean1", ParamKind::Number),
                param("variance1", ParamKind::Number),
                param("count1", ParamKind::Number),
                param("mean2", ParamKind::Number),
                param("variance2", ParamKind::Number),
                param("count2", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
];
