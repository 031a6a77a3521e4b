//! Numbers, rounding, bits and statistics.

use super::conversion::{cast, convert_sql, decimal_type};
use super::to_dynamic::call as runtime;
use super::*;
use crate::syntax::ast::Literal;
use crate::types::Type;
use sqlparser::ast;

/// Numbers, rounding, bits and statistics.
pub static FUNCTIONS: &[Function] = &[
    BIN,
    Function { page: "floor-function", ..BIN.alias("floor") },
    Function {
        name: "bin_at",
        doc: "The start of the value's bin, where bins are counted from a fixed point.",
        page: "bin-at-function",
        overloads: &[
            overload(
                &[
                    param("value", ParamKind::Number),
                    param("bin_size", ParamKind::Number),
                    param("fixed_point", ParamKind::Number),
                ],
                Returns::Widest,
                Lower::Build(bin_at),
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Timespan])),
                    param("bin_size", ParamKind::Number),
                    param("fixed_point", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::Timespan),
                Lower::Unsupported("timespans are binned by timespans, not by numbers"),
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Timespan])),
                    param("bin_size", ParamKind::Types(&[Type::Timespan])),
                    param("fixed_point", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Type(Type::Timespan),
                Lower::Build(bin_at),
            ),
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::DateTime])),
                    param("bin_size", ParamKind::Summable),
                    param("fixed_point", ParamKind::Types(&[Type::DateTime])),
                ],
                Returns::Type(Type::DateTime),
                Lower::Build(bin_at),
            ),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print bin_at(6.5, 2.5, 7), bin_at(5, 4, 3)", "[4.5, 3]"),
            example("print bin_at(1h, 1d, 12h)", r#"["-12:00:00"]"#),
            example(
                "print bin_at(datetime(2024-05-01 10:20), 1d, datetime(1970-01-01 12:00))",
                r#"["2024-04-30T12:00:00.0000000Z"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "bin_auto",
        doc: "The bin of the value: its size is what `set query_bin_auto_size` says, and `set query_bin_auto_at` where one begins.",
        page: "bin-auto-function",
        overloads: &[overload(
            &[param("value", ParamKind::Summable)],
            Returns::Type(Type::Dynamic),
            Lower::Needs(
                "it does not know how large a bin is; say so in front of the query: set query_bin_auto_size = 1h;",
            ),
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "around",
        doc: "Whether the value is at most a delta away from a center.",
        page: "around-function",
        overloads: &[overload(
            &[
                param("value", ParamKind::Scalar),
                param("center", ParamKind::Scalar),
                param("delta", ParamKind::Scalar),
            ],
            Returns::Type(Type::Bool),
            Lower::Build(around),
        )],
        examples: &[
            example(
                "print around(5, 4, 1), around(5.5, 4, 1), around(int(null), 4, 1)",
                "[true, false, null]",
            ),
            example("print around(datetime(2024-05-01 12:01), datetime(2024-05-01 12:00), 1m)", "[true]"),
            example("print around(90m, 1h, 29m)", "[false]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "binary_and",
        doc: "The bits that both integers have.",
        page: "binary-and-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Sql("($1 & $2)"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_and(12, 10)", "[8]")],
        ..Function::BASE
    },
    Function {
        name: "binary_or",
        doc: "The bits that one of the integers has.",
        page: "binary-or-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Sql("($1 | $2)"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_or(12, 10)", "[14]")],
        ..Function::BASE
    },
    Function {
        name: "binary_xor",
        doc: "The bits that exactly one of the integers has.",
        page: "binary-xor-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_xor"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_xor(12, 10)", "[6]")],
        ..Function::BASE
    },
    Function {
        name: "binary_not",
        doc: "The bits that the integer has not.",
        page: "binary-not-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_not"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_not(12)", "[-13]")],
        ..Function::BASE
    },
    Function {
        name: "binary_shift_right",
        doc: "The bits of the integer moved to the right, keeping its sign; null for a negative shift.",
        page: "binary-shift-right-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("shift", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_shift_right"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print binary_shift_right(12, 2), binary_shift_right(-8, 1), binary_shift_right(3, -1)",
            "[3, -4, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "binary_shift_left",
        doc: "The bits of the integer moved to the left; null for a negative shift.",
        page: "binary-shift-left-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("shift", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_shift_left"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print binary_shift_left(3, 2), binary_shift_left(3, 65), binary_shift_left(3, -1)",
            "[12, 6, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "bitset_count_ones",
        doc: "How many bits of the integer are set.",
        page: "bitset-count-ones-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_bitset_count_ones"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print bitset_count_ones(42), bitset_count_ones(-1)", "[3, 64]")],
        ..Function::BASE
    },
    Function {
        name: "round",
        doc: "The number rounded to so many digits behind the point; halves are rounded away from zero.",
        page: "round-function",
        overloads: &[overload(
            &[
                param("number", ParamKind::Number),
                param("precision", ParamKind::Types(&[Type::Long])).optional().form(ArgForm::Constant),
            ],
            Returns::Parameter0,
            Lower::Build(round),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print round(2.5), round(-2.5), round(2.98765, 3), round(21.5, -1)",
                "[3.0, -3.0, 2.988, 20.0]",
            ),
            example("print round(1250, -2)", "[1300]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "ceiling",
        doc: "The smallest whole number that is not below the number.",
        page: "ceiling-function",
        overloads: &[
            // Recorded: the engine makes a real of an integer, though the analyzer says that it stays one.
            overload(
                &[param("number", ParamKind::Integer)],
                Returns::Type(Type::Real),
                Lower::Sql("CAST($1 AS DOUBLE)"),
            ),
            overload(&[param("number", ParamKind::Number)], Returns::Parameter0, Lower::Build(ceiling)),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print ceiling(-1.1), ceiling(0.9), ceiling(7), ceiling(decimal(2.5))",
            "[-1.0, 1.0, 7.0, 3]",
        )],
        ..Function::BASE
    },
    Function {
        name: "pow",
        doc: "The base raised to the exponent.",
        page: "pow-function",
        overloads: &[overload(
            &[param("base", ParamKind::Number), param("exponent", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("POWER(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print pow(2, 10), pow(2, -1), pow(9, 0.5)", "[1024.0, 0.5, 3.0]")],
        ..Function::BASE
    },
    Function {
        name: "sqrt",
        doc: "The square root; null for a negative number.",
        page: "sqrt-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_sqrt"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print sqrt(81), sqrt(-1)", "[9.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "log",
        doc: "The natural logarithm; null for a negative number.",
        page: "log-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_log"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print log(1), log(-1)", "[0.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "log2",
        doc: "The logarithm to base 2; null for a negative number.",
        page: "log2-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_log2"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print log2(8), log2(-8)", "[3.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "log10",
        doc: "The logarithm to base 10; null for a negative number.",
        page: "log10-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_log10"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print log10(1000), log10(-10)", "[3.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "exp",
        doc: "e raised to the number.",
        page: "exp-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("EXP(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print exp(0)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "exp2",
        doc: "2 raised to the number.",
        page: "exp2-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("POWER(2.0, CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print exp2(5)", "[32.0]")],
        ..Function::BASE
    },
    Function {
        name: "exp10",
        doc: "10 raised to the number.",
        page: "exp10-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("POWER(10.0, CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print exp10(3)", "[1000.0]")],
        ..Function::BASE
    },
    Function {
        name: "pi",
        doc: "The ratio of a circle's circumference to its diameter.",
        page: "pi-function",
        overloads: &[overload(&[], Returns::Type(Type::Real), Lower::Sql("PI()"))],
        examples: &[example("print pi()", "[3.141592653589793]")],
        ..Function::BASE
    },
    Function {
        name: "cos",
        doc: "The cosine of an angle in radians.",
        page: "cos-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("COS(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print cos(0)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "sin",
        doc: "The sine of an angle in radians.",
        page: "sin-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("SIN(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print sin(0)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "tan",
        doc: "The tangent of an angle in radians.",
        page: "tan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("TAN(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print tan(0)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "acos",
        doc: "The angle in radians that has this cosine; null outside of -1 to 1.",
        page: "acos-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_acos"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print acos(1), acos(2)", "[0.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "asin",
        doc: "The angle in radians that has this sine; null outside of -1 to 1.",
        page: "asin-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_asin"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print asin(0), asin(-2)", "[0.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "atan",
        doc: "The angle in radians that has this tangent.",
        page: "atan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("ATAN(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print atan(0)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "atan2",
        doc: "The angle in radians between the positive x axis and the point (x, y).",
        page: "atan2-function",
        overloads: &[overload(
            &[param("y", ParamKind::Number), param("x", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("ATAN2(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print atan2(0, 1), atan2(0, -1) == pi()", "[0.0, true]")],
        ..Function::BASE
    },
    Function {
        name: "abs",
        doc: "The value without its sign.",
        page: "abs-function",
        overloads: &[
            overload(
                &[param("number", ParamKind::Integer)],
                Returns::Type(Type::Long),
                Lower::Udf("kql_abs_long"),
            ),
            overload(&[param("number", ParamKind::Number)], Returns::Parameter0, Lower::Build(abs)),
            overload(
                &[param("number", ParamKind::Types(&[Type::Timespan]))],
                Returns::Type(Type::Timespan),
                Lower::Udf("kql_abs_long"),
            ),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print abs(-5), abs(int(-5))", "[5, 5]"),
            example("print abs(-5.5)", "[5.5]"),
            example("print abs(-90m)", r#"["01:30:00"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "cot",
        doc: "The cotangent of an angle in radians.",
        page: "cot-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("(1.0 / TAN(CAST($1 AS DOUBLE)))"),
        )],
        examples: &[example("print round(cot(pi() / 4), 6)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "degrees",
        doc: "The angle in degrees of one in radians.",
        page: "degrees-function",
        overloads: &[overload(
            &[param("radians", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("DEGREES(CAST($1 AS DOUBLE))"),
        )],
        examples: &[example("print degrees(pi())", "[180.0]")],
        ..Function::BASE
    },
    Function {
        name: "radians",
        doc: "The angle in radians of one in degrees.",
        page: "radians-function",
        overloads: &[overload(
            &[param("degrees", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("RADIANS(CAST($1 AS DOUBLE))"),
        )],
        examples: &[example("print radians(180) == pi()", "[true]")],
        ..Function::BASE
    },
    Function {
        name: "sign",
        doc: "-1, 0 or 1, as the number is negative, zero or positive.",
        page: "sign-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_sign"),
        )],
        examples: &[example("print sign(-42), sign(0), sign(0.5)", "[-1.0, 0.0, 1.0]")],
        ..Function::BASE
    },
    Function {
        name: "rand",
        doc: "A random number from 0 to below 1, or a whole one from 0 to below a limit.",
        page: "rand-function",
        overloads: &[overload(
            &[param("number", ParamKind::Integer).optional()],
            Returns::Type(Type::Real),
            Lower::Build(rand),
        )],
        result_name: ResultName::FirstArgument,
        volatile: true,
        examples: &[example("print rand() < 1, rand(10) < 10", "[true, true]")],
        ..Function::BASE
    },
    Function {
        name: "beta_cdf",
        doc: "The cumulative beta distribution.",
        page: "beta-cdf-function",
        overloads: &[overload(
            &[
                param("x", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_beta_cdf"),
        )],
        examples: &[example("print beta_cdf(0.5, 1, 1), beta_cdf(2, 1, 1)", r#"[0.5, "NaN"]"#)],
        ..Function::BASE
    },
    Function {
        name: "beta_inv",
        doc: "The inverse of the cumulative beta distribution.",
        page: "beta-inv-function",
        overloads: &[overload(
            &[
                param("probability", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_beta_inv"),
        )],
        examples: &[example("print round(beta_inv(0.25, 1, 1), 9), beta_inv(2, 1, 1)", "[0.25, null]")],
        ..Function::BASE
    },
    Function {
        name: "beta_pdf",
        doc: "The density of the beta distribution.",
        page: "beta-pdf-function",
        overloads: &[overload(
            &[
                param("x", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_beta_pdf"),
        )],
        examples: &[example("print round(beta_pdf(0.25, 1, 1), 9), beta_pdf(2, 1, 1)", r#"[1.0, "NaN"]"#)],
        ..Function::BASE
    },
    Function {
        name: "gamma",
        doc: "The gamma function.",
        page: "gamma-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_gamma"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print round(gamma(5), 9)", "[24.0]")],
        ..Function::BASE
    },
    Function {
        name: "loggamma",
        doc: "The natural logarithm of the absolute value of the gamma function.",
        page: "loggamma-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_loggamma"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print loggamma(1)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "erf",
        doc: "The error function.",
        page: "erf-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_erf"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print erf(0), round(erf(1), 9)", "[0.0, 0.842700793]")],
        ..Function::BASE
    },
    Function {
        name: "erfc",
        doc: "1 less the error function.",
        page: "erfc-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_erfc"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print erfc(0), round(erfc(1), 9)", "[1.0, 0.157299207]")],
        ..Function::BASE
    },
    Function {
        name: "isnan",
        doc: "Whether the number is NaN.",
        page: "isnan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_isnan"),
        )],
        examples: &[example("print isnan(0.0 / 0.0), isnan(1.0), isnan(real(null))", "[true, false, null]")],
        ..Function::BASE
    },
    Function {
        name: "isinf",
        doc: "Whether the number is infinite.",
        page: "isinf-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_isinf"),
        )],
        examples: &[example("print isinf(-1.0 / 0.0), isinf(0.0 / 0.0)", "[true, false]")],
        ..Function::BASE
    },
    Function {
        name: "isfinite",
        doc: "Whether the number is neither infinite nor NaN.",
        page: "isfinite-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_isfinite"),
        )],
        examples: &[example(
            "print isfinite(1.0), isfinite(1.0 / 0.0), isfinite(0.0 / 0.0)",
            "[true, false, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "welch_test",
        doc: "The two-sided p-value of Welch's t-test, from the mean, variance and size of two samples.",
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
            Lower::Udf("kql_welch_test"),
        )],
        examples: &[example("print welch_test(5.0, 1.0, 10, 5.0, 2.0, 12)", "[1.0]")],
        ..Function::BASE
    },
];

const BIN: Function = Function {
    name: "bin",
    doc: "The greatest multiple of a bin size that is not above the value.",
    page: "bin-function",
    overloads: &[
        overload(
            &[param("value", ParamKind::Number), param("roundTo", ParamKind::Number)],
            Returns::Widest,
            Lower::Build(bin),
        ),
        overload(
            &[
                param("value", ParamKind::Types(&[Type::Timespan])),
                param("roundTo", ParamKind::Types(&[Type::Timespan])),
            ],
            Returns::Type(Type::Timespan),
            Lower::Build(bin),
        ),
        overload(
            &[
                param("value", ParamKind::Types(&[Type::DateTime])),
                param("roundTo", ParamKind::Types(&[Type::DateTime])),
            ],
            Returns::Type(Type::DateTime),
            Lower::Unsupported("a datetime is not binned by a datetime; use a timespan"),
        ),
        overload(
            &[
                param("value", ParamKind::Types(&[Type::DateTime])),
                param("roundTo", ParamKind::Types(&[Type::Timespan])),
            ],
            Returns::Type(Type::DateTime),
            Lower::Build(bin),
        ),
    ],
    result_name: ResultName::FirstArgument,
    examples: &[
        example("print bin(-7, 4), bin(7.5, 2), bin(7, 0)", "[-8, 6.0, null]"),
        example("print bin(50h, 1d)", r#"["2.00:00:00"]"#),
        example(
            "print bin(datetime(2024-05-01 17:44:05), 1h), bin(datetime(2024-05-01), 7d)",
            r#"["2024-05-01T17:00:00.0000000Z", "2024-04-29T00:00:00.0000000Z"]"#,
        ),
    ],
    ..Function::BASE
};

fn sqls(call: &Call<'_>) -> Vec<ast::Expr> {
    call.args.iter().map(|a| a.sql.clone()).collect()
}

fn bin(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let name = match call.ty {
        Type::Int => "kql_bin_int",
        // The ticks of a timespan are a long.
        Type::Long | Type::Timespan => "kql_bin_long",
        Type::Real => "kql_bin_real",
        Type::Decimal => "kql_bin_decimal",
        Type::DateTime => "kql_bin_datetime",
        ty => return Err(Refusal(format!("a {ty} has no bins"))),
    };
    Ok(runtime(name, sqls(call)))
}

fn bin_at(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let name = match (call.ty, call.args[1].ty) {
        (Type::Int | Type::Long | Type::Timespan, _) => "kql_bin_at_long",
        (Type::Real, _) => "kql_bin_at_real",
        (Type::DateTime, Type::Timespan) => "kql_bin_at_datetime",
        (Type::DateTime, _) => {
            return Err(Refusal("the size of a bin of datetimes must be a timespan".into()));
        }
        (ty, _) => return Err(Refusal(format!("a {ty} has no bins"))),
    };
    let bin = runtime(name, sqls(call));
    Ok(if call.ty == Type::Int { runtime("kql_toint_long", vec![bin]) } else { bin })
}

fn around(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let [value, center, delta] = call.args else { return Err(Refusal("it takes three arguments".into())) };
    let as_real = |arg: &Arg| convert_sql(arg, Type::Real).unwrap_or_else(|| arg.sql.clone());
    match (value.ty, center.ty, delta.ty) {
        (Type::DateTime, Type::DateTime, Type::Timespan) => {
            // A range that the engine can compare with the statistics of files.
            let minus = ast::Expr::UnaryOp {
                op: ast::UnaryOperator::Minus,
                expr: Box::new(ast::Expr::Nested(Box::new(delta.sql.clone()))),
            };
            let end = |ticks| Box::new(runtime("kql_datetime_add_ticks", vec![center.sql.clone(), ticks]));
            Ok(ast::Expr::Nested(Box::new(ast::Expr::Between {
                expr: Box::new(value.sql.clone()),
                negated: false,
                low: end(minus),
                high: end(delta.sql.clone()),
            })))
        }
        (Type::Timespan, Type::Timespan, Type::Timespan) => Ok(runtime("kql_around_long", sqls(call))),
        (a, b, c) if [a, b, c].iter().all(|t| t.is_integer()) => Ok(runtime("kql_around_long", sqls(call))),
        (a, b, c) if [a, b, c].iter().all(|t| t.is_number() && *t != Type::Decimal) => {
            Ok(runtime("kql_around_real", call.args.iter().map(as_real).collect()))
        }
        (a, b, c) => Err(Refusal(format!("a {a} is not compared with a {b} and a {c}"))),
    }
}

fn round(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let name = match call.ty {
        Type::Int | Type::Long => "kql_round_long",
        Type::Real => {
            // The engine's own function does the same, for the digits that people ask for.
            let plain = match call.args.get(1).map(|a| &a.literal) {
                None => true,
                Some(Some(Literal::Long(digits))) => (-15..=15).contains(digits),
                Some(_) => false,
            };
            if plain { "ROUND" } else { "kql_round_real" }
        }
        ty => return Err(Refusal(format!("a {ty} is not rounded; convert it to a real"))),
    };
    let rounded = runtime(name, sqls(call));
    Ok(if call.ty == Type::Int { runtime("kql_toint_long", vec![rounded]) } else { rounded })
}

fn ceiling(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let number = &call.args[0];
    match number.ty {
        Type::Real => Ok(runtime("CEIL", vec![number.sql.clone()])),
        Type::Decimal => Ok(cast(runtime("CEIL", vec![number.sql.clone()]), decimal_type())),
        ty => Err(Refusal(format!("a {ty} is not rounded; convert it to a real"))),
    }
}

/// Of a real or a decimal; integers have an overload of their own.
fn abs(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    Ok(runtime("ABS", sqls(call)))
}

fn rand(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let random = runtime("RANDOM", vec![]);
    let Some(limit) = call.args.first() else { return Ok(random) };
    let limit = cast(limit.sql.clone(), ast::DataType::Double(ast::ExactNumberInfo::None));
    let scaled = ast::Expr::BinaryOp {
        left: Box::new(random),
        op: ast::BinaryOperator::Multiply,
        right: Box::new(limit),
    };
    Ok(runtime("FLOOR", vec![scaled]))
}
