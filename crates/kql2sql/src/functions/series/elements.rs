//! What works on the elements of series one by one. An element that is no number, or that the shorter of two series
//! does not have, gives null.

use super::*;

/// Functions of elements.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "series_add",
        doc: "The sums of the elements of two series, or of a series and a number.",
        page: "series-add-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_add")),
        examples: &[
            example("print series_add(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[5, 6, null]]"),
            example("print series_add(dynamic([1, 4]), 2)", "[[3, 6]]"),
            example("print series_add(2, dynamic([1, 4]))", "[[3, 6]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_subtract",
        doc: "The differences of the elements of two series, or of a series and a number.",
        page: "series-subtract-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_subtract")),
        examples: &[
            example("print series_subtract(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[-3, 2, null]]"),
            example("print series_subtract(dynamic([1, 4]), 2)", "[[-1, 2]]"),
            example("print series_subtract(2, dynamic([1, 4]))", "[[1, -2]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_multiply",
        doc: "The products of the elements of two series, or of a series and a number.",
        page: "series-multiply-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_multiply")),
        examples: &[
            example("print series_multiply(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[4, 8, null]]"),
            example("print series_multiply(dynamic([1, 4]), 2)", "[[2, 8]]"),
            example("print series_multiply(2, dynamic([1, 4]))", "[[2, 8]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_divide",
        doc: "The quotients of the elements of two series, or of a series and a number, as reals.",
        page: "series-divide-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_divide")),
        examples: &[
            example("print series_divide(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[0.25, 2.0, null]]"),
            example("print series_divide(dynamic([1, 4]), 2)", "[[0.5, 2.0]]"),
            example("print series_divide(2, dynamic([1, 4]))", "[[2.0, 0.5]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_pow",
        doc: "The powers of the elements of one series by those of another, or of a series and a number, as reals.",
        page: "series-pow-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_pow")),
        examples: &[
            example("print series_pow(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[1.0, 16.0, null]]"),
            example("print series_pow(dynamic([1, 4]), 2)", "[[1.0, 16.0]]"),
            example("print series_pow(2, dynamic([1, 4]))", "[[2.0, 16.0]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_greater",
        doc: "Whether the elements of one series are greater than those of another, or than a number.",
        page: "series-greater-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_greater")),
        examples: &[
            example("print series_greater(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[false, true, null]]"),
            example("print series_greater(dynamic([1, 4]), 2)", "[[false, true]]"),
            example("print series_greater(2, dynamic([1, 4]))", "[[true, false]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_greater_equals",
        doc: "Whether the elements of one series are at least those of another, or a number.",
        page: "series-greater-equals-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_greater_equals")),
        examples: &[
            example(
                "print series_greater_equals(dynamic([1, 4, 6]), dynamic([4, 2]))",
                "[[false, true, null]]",
            ),
            example("print series_greater_equals(dynamic([1, 4]), 2)", "[[false, true]]"),
            example("print series_greater_equals(2, dynamic([1, 4]))", "[[true, false]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_less",
        doc: "Whether the elements of one series are less than those of another, or than a number.",
        page: "series-less-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_less")),
        examples: &[
            example("print series_less(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[true, false, null]]"),
            example("print series_less(dynamic([1, 4]), 2)", "[[true, false]]"),
            example("print series_less(2, dynamic([1, 4]))", "[[false, true]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_less_equals",
        doc: "Whether the elements of one series are at most those of another, or a number.",
        page: "series-less-equals-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_less_equals")),
        examples: &[
            example("print series_less_equals(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[true, false, null]]"),
            example("print series_less_equals(dynamic([1, 4]), 2)", "[[true, false]]"),
            example("print series_less_equals(2, dynamic([1, 4]))", "[[false, true]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_equals",
        doc: "Whether the elements of one series equal those of another, or a number.",
        page: "series-equals-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_equals")),
        examples: &[
            example("print series_equals(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[false, false, null]]"),
            example("print series_equals(dynamic([1, 4]), 2)", "[[false, false]]"),
            example("print series_equals(2, dynamic([1, 4]))", "[[false, false]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_not_equals",
        doc: "Whether the elements of one series differ from those of another, or from a number.",
        page: "series-not-equals-function",
        overloads: &pairs(COMPUTED, Lower::Udf("kql_series_not_equals")),
        examples: &[
            example("print series_not_equals(dynamic([1, 4, 6]), dynamic([4, 2]))", "[[true, true, null]]"),
            example("print series_not_equals(dynamic([1, 4]), 2)", "[[true, true]]"),
            example("print series_not_equals(2, dynamic([1, 4]))", "[[true, true]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_exp",
        doc: "e to the power of each element.",
        page: "series-exp-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_exp")),
        examples: &[example("print series_exp(dynamic([0, 1, null]))", "[[1.0, 2.718281828459045, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_sign",
        doc: "The sign of each element: -1, 0 or 1.",
        page: "series-sign-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_sign")),
        examples: &[example("print series_sign(dynamic([-2.5, 0, 7, null]))", "[[-1, 0, 1, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_sin",
        doc: "The sine of each element.",
        page: "series-sin-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_sin")),
        examples: &[example("print series_sin(dynamic([0, 1, null]))", "[[0.0, 0.8414709848078965, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_asin",
        doc: "The angle whose sine is each element.",
        page: "series-asin-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_asin")),
        examples: &[example("print series_asin(dynamic([0, 1, null]))", "[[0.0, 1.5707963267948966, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_cos",
        doc: "The cosine of each element.",
        page: "series-cos-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_cos")),
        examples: &[example("print series_cos(dynamic([0, 1, null]))", "[[1.0, 0.5403023058681398, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_acos",
        doc: "The angle whose cosine is each element.",
        page: "series-acos-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_acos")),
        examples: &[example("print series_acos(dynamic([1, 0, null]))", "[[0.0, 1.5707963267948966, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_tan",
        doc: "The tangent of each element.",
        page: "series-tan-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_tan")),
        examples: &[example("print series_tan(dynamic([0, 1, null]))", "[[0.0, 1.5574077246549023, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_atan",
        doc: "The angle whose tangent is each element.",
        page: "series-atan-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_atan")),
        examples: &[example("print series_atan(dynamic([0, 1, null]))", "[[0.0, 0.7853981633974483, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_log",
        doc: "The natural logarithm of each element.",
        page: "series-log-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_log")),
        examples: &[example("print series_log(dynamic([1, 10, null]))", "[[0.0, 2.302585092994046, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_floor",
        doc: "Each element rounded down.",
        page: "series-floor-function",
        overloads: &one(COMPUTED, Lower::Udf("kql_series_floor")),
        examples: &[example("print series_floor(dynamic([-0.5, 2.75, null]))", "[[-1.0, 2.0, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_abs",
        doc: "Each element without its sign.",
        page: "series-abs-function",
        overloads: &one(Returns::Parameter0, Lower::Udf("kql_series_abs")),
        examples: &[example("print series_abs(dynamic([-2.5, 3, null]))", "[[2.5, 3, null]]")],
        ..Function::BASE
    },
    Function {
        name: "series_ceiling",
        doc: "Each element rounded up.",
        page: "series-ceiling-function",
        overloads: &one(Returns::Parameter0, Lower::Udf("kql_series_ceiling")),
        examples: &[example("print series_ceiling(dynamic([-0.5, 2.25, null]))", "[[0.0, 3.0, null]]")],
        ..Function::BASE
    },
];
