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
        doc: "A score for each value of a series: 0 between its 10th and 90th percentile (with the kind 'tukey' between its quartiles), beyond them how far out it lies. Above 1.5 and below -1.5 it is an outlier. Null where both percentiles are one number and other values are not.",
        page: "series-outliers-function",
        overloads: &[
            overload(
                &[
                    SERIES,
                    param("kind", ParamKind::Types(&[Type::String])).optional(),
                    param("ignore_val", ParamKind::Number).optional(),
                ],
                Returns::Parameter0,
                Lower::Build(outliers),
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
                Lower::Build(outliers),
            ),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print series_outliers(dynamic([0, 4, 8, 2, 30, -18, 6, null]), 'tukey')",
                "[[-0.16666666666666666, 0.0, 0.16666666666666666, 0.0, 3.8333333333333335, -3.1666666666666665, 0.0, 0.0]]",
            ),
            example(
                "print s = series_outliers(dynamic([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 19])) | project round(toreal(s[10]), 9), s[9], round(toreal(s[0]), 9)",
                "[3.119181306, 0.0, -0.346575701]",
            ),
        ],
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
            overload(&[SERIES], COMPUTED, Lower::Build(seasonal)),
            overload(&[SERIES, PERIOD], COMPUTED, Lower::Build(seasonal)),
            overload(&[SERIES, PERIOD, TEST_POINTS], COMPUTED, Lower::Build(seasonal)),
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
        doc: "Which values of a series with a given period lie apart from its season and trend: 1 above, -1 below, 0 for others; the score of each by `series_outliers`; and the baseline.",
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
            Lower::Build(anomalies),
        )],
        examples: &[example(
            "print series_decompose_anomalies(dynamic([0, 4, 8, 2, 30, -18, 6]), 3.5, 0, 'none', 0, 'tukey')",
            "[[0, 0, 0, 0, 1, 0, 0], [-0.16666666666666666, 0.0, 0.16666666666666666, 0.0, 3.8333333333333335, -3.1666666666666665, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]",
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
fn seasonal(call: Call) -> Result<ast::Expr, Refusal> {
    // Any other number than -1, which asks to find one, says that there is no season.
    let season = match call.args.get(1).and_then(|a| a.literal.as_ref()) {
        Some(Literal::Long(n)) if *n < -1 => crate::sql::build::integer(0),
        Some(Literal::Int(n)) if *n < -1 => crate::sql::build::integer(0),
        _ => period(call.args.get(1))?,
    };
    let args = vec![call.args[0].sql.clone(), season, test_points(call.args.get(2))];
    Ok(to_dynamic::call("kql_series_seasonal", args))
}

fn parts(
    series: &Arg,
    of: Option<&Arg>,
    trend: Option<&Arg>,
    test: Option<&Arg>,
) -> Result<ast::Expr, Refusal> {
    let args = vec![series.sql.clone(), period(of)?, trend_kind(trend)?, test_points(test)];
    Ok(to_dynamic::call("kql_series_decompose", args))
}

/// The average where nothing is said.
fn trend_kind(trend: Option<&Arg>) -> Result<ast::Expr, Refusal> {
    match trend.map(|t| &t.literal) {
        None => Ok(crate::sql::build::string("avg")),
        Some(Some(Literal::String(kind))) if matches!(kind.as_str(), "avg" | "linefit" | "none") => {
            Ok(crate::sql::build::string(kind.clone()))
        }
        Some(_) => Err(Refusal("its trend must be 'avg', 'linefit' or 'none'".into())),
    }
}

/// `(series[, period[, trend[, test points[, threshold]]]])`
fn decompose(call: Call) -> Result<ast::Expr, Refusal> {
    parts(&call.args[0], call.args.get(1), call.args.get(2), call.args.get(3))
}

/// `(series, test points[, period[, trend[, threshold]]])`
fn forecast(call: Call) -> Result<ast::Expr, Refusal> {
    parts(&call.args[0], call.args.get(2), call.args.get(3), call.args.get(1))
}

/// What Kusto computes for other percentiles is not published: it makes the scores comparable by a table of its own.
fn kind(given: Option<&Arg>, percentiles: &[Arg]) -> Result<ast::Expr, Refusal> {
    let kind = match given.map(|k| &k.literal) {
        None => "ctukey",
        Some(Some(Literal::String(kind))) if matches!(kind.as_str(), "tukey" | "ctukey") => kind,
        Some(_) => return Err(Refusal("its kind must be 'ctukey' or 'tukey'".into())),
    };
    let numbers: Vec<Option<f64>> = percentiles.iter().map(|p| number(p.literal.as_ref()?)).collect();
    match numbers.as_slice() {
        _ if kind == "tukey" => {}
        [] | [Some(10.0)] | [Some(10.0), Some(90.0)] => {}
        [Some(25.0), Some(75.0)] => return Ok(crate::sql::build::string("tukey")),
        _ => {
            let why = "how it scores by other percentiles than 10 and 90 is not published; leave them out, \
                       or use the kind 'tukey' for the quartiles";
            return Err(Refusal(why.into()));
        }
    }
    Ok(crate::sql::build::string(kind))
}

fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Long(n) => Some(*n as f64),
        Literal::Int(n) => Some(f64::from(*n)),
        Literal::Real(n) => Some(*n),
        _ => None,
    }
}

/// `(series[, kind[, value to ignore[, percentiles]]])`
fn outliers(call: Call) -> Result<ast::Expr, Refusal> {
    if call.args.len() > 5 {
        return Err(Refusal(
            "what it does with points left aside is not documented; slice the series".into(),
        ));
    }
    let percentiles = call.args.get(3..).unwrap_or_default();
    let mut args = vec![call.args[0].sql.clone(), kind(call.args.get(1), percentiles)?];
    args.extend(call.args.get(2).map(|ignored| ignored.sql.clone()));
    Ok(to_dynamic::call("kql_series_outliers", args))
}

/// `(series[, threshold[, period[, trend[, test points[, method[, threshold of the season]]]]]])`
fn anomalies(call: Call) -> Result<ast::Expr, Refusal> {
    let aside = call.args.get(4).map(|a| &a.literal);
    if !matches!(aside, None | Some(Some(Literal::Long(0) | Literal::Int(0)))) {
        return Err(Refusal(
            "how it scores points that are left aside is not documented; give 0 of them".into(),
        ));
    }
    let threshold = call.args.get(1).map_or_else(|| crate::sql::build::real(1.5), |a| a.sql.clone());
    let args = vec![
        call.args[0].sql.clone(),
        threshold,
        period(call.args.get(2))?,
        trend_kind(call.args.get(3))?,
        kind(call.args.get(5), &[])?,
    ];
    Ok(to_dynamic::call("kql_series_anomalies", args))
}
