//! Seasons, trends and outliers.

use super::*;
use crate::syntax::ast::Literal;
use sqlparser::ast;

const PERIODS: Returns = Returns::Several(&[("periods", Type::Dynamic), ("scores", Type::Dynamic)]);
const PARTS: Returns = Returns::Several(&[
    ("baseline", Type::Dynamic),
    ("seasonal", Type::Dynamic),
    ("trend", Type::Dynamic),
    ("residual", Type::Dynamic),
]);

const DETECTION: Lower = Lower::Unsupported(
    "how it finds and scores periods is not documented; give the period where one is known",
);
const SCORES: Lower = Lower::Unsupported(
    "how it scores outliers is not documented; compare with the residuals of 'series_decompose' with a given period",
);
const NO_PERIOD: &str =
    "how it finds a period is not documented; give the number of points of a period, or 0 for none";

const PERIOD: Param = param("period", ParamKind::Integer);
const TREND: Param = param("trend", ParamKind::Types(&[Type::String])).optional();
const THRESHOLD: Param = param("seasonality_threshold", ParamKind::Number).optional();
const TEST_POINTS: Param = param("test_points", ParamKind::Integer);

/// Seasons, trends and outliers.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "series_outliers",
        doc: "",
        page: "series-outliers-function",
        overloads: &[
            overload(
                &[
                    SERIES,
                    param("kind", ParamKind::Types(&[Type::String])).optional(),
                    param("ignore_val", ParamKind::Number).optional(),
                ],
                Returns::Parameter0,
                SCORES,
            ),
            overload(
                &[
                    SERIES,
                    param("kind", ParamKind::Types(&[Type::String])),
                    param("ignore_val", ParamKind::Types(&[Type::Real])),
                    param("min_percentile", ParamKind::Types(&[Type::Real])),
                    param("max_percentile", ParamKind::Types(&[Type::Real])).optional(),
                    TEST_POINTS.optional(),
                ],
                Returns::Parameter0,
                SCORES,
            ),
        ],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_periods_detect",
        doc: "",
        page: "series-periods-detect-function",
        overloads: &[overload(
            &[
                SERIES,
                param("min_period", ParamKind::Number),
                param("max_period", ParamKind::Number),
                param("num_periods", ParamKind::Types(&[Type::Long])),
            ],
            PERIODS,
            DETECTION,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_periods_validate",
        doc: "",
        page: "series-periods-validate-function",
        overloads: &[overload(
            &[SERIES, param("period", ParamKind::Number).times(1, 16)],
            PERIODS,
            Lower::Unsupported(
                "how it scores periods is not documented; compare the parts of 'series_decompose'",
            ),
        )],
        ..Function::BASE
    },
    Function {
        name: "series_seasonal",
        doc: "The season of a series with a given period: in each place the median of the values in the same phase.",
        page: "series-seasonal-function",
        overloads: &[
            overload(&[SERIES], DYNAMIC, Lower::Build(seasonal)),
            overload(&[SERIES, PERIOD], DYNAMIC, Lower::Build(seasonal)),
            overload(&[SERIES, PERIOD, TEST_POINTS], DYNAMIC, Lower::Build(seasonal)),
        ],
        examples: &[
            example(
                "print series_seasonal(dynamic([1, 8, 2, 8, 9, 9]), 2)",
                "[[2.0, 8.0, 2.0, 8.0, 2.0, 8.0]]",
            ),
            example(
                "print series_seasonal(dynamic([1, 8, 2, 6, 9, 9]), 2, 2)",
                "[[1.5, 7.0, 1.5, 7.0, 1.5, 7.0]]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_decompose",
        doc: "The parts of a series with a given period: the baseline, which is the season and the trend together, the season, the trend and what is left.",
        page: "series-decompose-function",
        overloads: &[overload(
            &[SERIES, PERIOD.optional(), TREND, TEST_POINTS.optional(), THRESHOLD],
            PARTS,
            Lower::Build(decompose),
        )],
        examples: &[
            example(
                "print series_decompose(dynamic([1, 8, 3, 8]), 2)",
                "[[2.0, 8.0, 2.0, 8.0], [2.0, 8.0, 2.0, 8.0], [0.0, 0.0, 0.0, 0.0], [-1.0, 0.0, 1.0, 0.0]]",
            ),
            example(
                "print series_decompose(dynamic([1, 8, 3]), 0)",
                "[[4.0, 4.0, 4.0], [0.0, 0.0, 0.0], [4.0, 4.0, 4.0], [-3.0, 4.0, -1.0]]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_decompose_forecast",
        doc: "The parts of a series with a given period, learned without the points at its end.",
        page: "series-decompose-forecast-function",
        overloads: &[overload(
            &[SERIES, TEST_POINTS, PERIOD.optional(), TREND, THRESHOLD],
            PARTS,
            Lower::Build(forecast),
        )],
        examples: &[example(
            "print f = series_decompose_forecast(dynamic([1, 8, 3, 8, 0, 0]), 2, 2, 'avg')",
            "[[2.0, 8.0, 2.0, 8.0, 2.0, 8.0]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "series_decompose_anomalies",
        doc: "",
        page: "series-decompose-anomalies-function",
        overloads: &[overload(
            &[
                SERIES,
                param("threshold", ParamKind::Number).optional(),
                PERIOD.optional(),
                TREND,
                TEST_POINTS.optional(),
                param("method", ParamKind::Types(&[Type::String])).optional(),
                THRESHOLD,
            ],
            Returns::Several(&[
                ("ad_flag", Type::Dynamic),
                ("ad_score", Type::Dynamic),
                ("baseline", Type::Dynamic),
            ]),
            SCORES,
        )],
        ..Function::BASE
    },
];

/// The period, where it is given.
fn period(arg: Option<&Arg>) -> Result<ast::Expr, Refusal> {
    let given = match arg.map(|a| &a.literal) {
        Some(Some(Literal::Long(n))) => *n >= 0,
        Some(Some(Literal::Int(n))) => *n >= 0,
        _ => false,
    };
    match arg {
        Some(arg) if given => Ok(arg.sql.clone()),
        _ => Err(Refusal(NO_PERIOD.into())),
    }
}

/// How many points at the end are not learned from: none, if nothing is said.
fn test_points(arg: Option<&Arg>) -> ast::Expr {
    arg.map_or_else(|| crate::sql::build::integer(0), |a| a.sql.clone())
}

/// `(series[, period[, test points]])`
fn seasonal(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let args = vec![call.args[0].sql.clone(), period(call.args.get(1))?, test_points(call.args.get(2))];
    Ok(to_dynamic::call("kql_series_seasonal", args))
}

fn parts(
    series: &Arg,
    of: Option<&Arg>,
    trend: Option<&Arg>,
    test: Option<&Arg>,
) -> Result<ast::Expr, Refusal> {
    let trend = match trend.map(|t| &t.literal) {
        None => crate::sql::build::string("avg"),
        Some(Some(Literal::String(kind))) if matches!(kind.as_str(), "avg" | "linefit" | "none") => {
            crate::sql::build::string(kind.clone())
        }
        Some(_) => return Err(Refusal("its trend must be 'avg', 'linefit' or 'none'".into())),
    };
    let args = vec![series.sql.clone(), period(of)?, trend, test_points(test)];
    Ok(to_dynamic::call("kql_series_decompose", args))
}

/// `(series[, period[, trend[, test points[, threshold]]]])`
fn decompose(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    parts(&call.args[0], call.args.get(1), call.args.get(2), call.args.get(3))
}

/// `(series, test points[, period[, trend[, threshold]]])`
fn forecast(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    parts(&call.args[0], call.args.get(2), call.args.get(3), call.args.get(1))
}
