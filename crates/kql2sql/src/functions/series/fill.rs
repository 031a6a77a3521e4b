//! Missing values of a series.

use super::*;

const MISSING: Param = param("missing_value_placeholder", ParamKind::Number).optional();

/// Filling in what is missing.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "series_fill_backward",
        doc: "A series in which each missing value, null or the given number, takes the next one that is there.",
        page: "series-fill-backward-function",
        overloads: &[overload(
            &[SERIES, MISSING],
            Returns::Parameter0,
            Lower::Udf("kql_series_fill_backward"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print series_fill_backward(dynamic([null, 7, null, 9.5, null]))",
                "[[7, 7, 9.5, 9.5, null]]",
            ),
            example("print series_fill_backward(dynamic([0, 7, 0, 4]), 0)", "[[7, 7, 4, 4]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_fill_forward",
        doc: "A series in which each missing value, null or the given number, takes the last one that was there.",
        page: "series-fill-forward-function",
        overloads: &[overload(
            &[SERIES, MISSING],
            Returns::Parameter0,
            Lower::Udf("kql_series_fill_forward"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print series_fill_forward(dynamic([null, 7, null, 9.5, null]))",
                "[[null, 7, 7, 9.5, 9.5]]",
            ),
            example("print series_fill_forward(dynamic([0, 7, 0, 4]), 0)", "[[0, 7, 7, 4]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_fill_const",
        doc: "A series in which each missing value, null or the given number, takes one value.",
        page: "series-fill-const-function",
        overloads: &[overload(
            &[SERIES, param("constant_value", ParamKind::Number).optional(), MISSING],
            Returns::Parameter0,
            Lower::Build(fill_const),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print series_fill_const(dynamic([null, 7, null]), 1.5)", "[[1.5, 7, 1.5]]"),
            example("print series_fill_const(dynamic([0, 7, null]), -1, 0)", "[[-1, 7, null]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_fill_linear",
        doc: "A series in which missing values, null or the given number, lie on the line between their neighbours.",
        page: "series-fill-linear-function",
        overloads: &[overload(
            &[
                SERIES,
                MISSING,
                param("fill_edges", ParamKind::Types(&[Type::Bool])).optional(),
                param("constant_value", ParamKind::Number).optional(),
            ],
            Returns::Parameter0,
            Lower::Udf("kql_series_fill_linear"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print series_fill_linear(dynamic([null, 1.0, null, 4.0]))", "[[1.0, 1.0, 2.5, 4.0]]"),
            example(
                "print series_fill_linear(dynamic([1, null, 4, null]), long(null), false)",
                "[[1, 2, 4, null]]",
            ),
            example("print series_fill_linear(dynamic([null, null]), long(null), true, 3)", "[[3, 3]]"),
        ],
        ..Function::BASE
    },
];

/// `(series, value[, what is missing])`
fn fill_const(call: Call) -> Result<sqlparser::ast::Expr, Refusal> {
    if call.args.len() < 2 {
        return Err(Refusal("it is not known what it fills in without a value; give one".into()));
    }
    let args = call.sqls();
    Ok(to_dynamic::call("kql_series_fill_const", args))
}
