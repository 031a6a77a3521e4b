//! Dates, times and spans.

pub mod parts;

use super::conversion::{cast, convert_sql};
use super::to_dynamic::call as runtime;
use super::*;
use crate::syntax::ast::Literal;
use crate::time::format::{DatetimeFormat, TimespanFormat};
use crate::time::{DAY, HOUR, MINUTE, SECOND};
use crate::types::Type;
use sqlparser::ast;

const DATETIME: ParamKind = ParamKind::Types(&[Type::DateTime]);
const TIMESPAN: ParamKind = ParamKind::Types(&[Type::Timespan]);
const STRING: ParamKind = ParamKind::Types(&[Type::String]);

/// Dates, times and spans.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "datetime_local_to_utc",
        doc: "The UTC time of a local time in a time zone: the first, where clocks are put back; where they are put forward, that of clocks that have been.",
        page: "datetime-local-to-utc-function",
        overloads: &[overload(
            &[param("from", DATETIME), param("timezone", STRING)],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_datetime_local_to_utc"),
        )],
        examples: &[example(
            "print datetime_local_to_utc(datetime(2024-07-01 12:00), 'Europe/Paris')",
            r#"["2024-07-01T10:00:00.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "datetime_utc_to_local",
        doc: "The local time in a time zone of a UTC time.",
        page: "datetime-utc-to-local-function",
        overloads: &[overload(
            &[param("from", DATETIME), param("timezone", STRING)],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_datetime_utc_to_local"),
        )],
        examples: &[
            example(
                "print datetime_utc_to_local(datetime(2024-01-01 12:00), 'US/Pacific')",
                r#"["2024-01-01T04:00:00.0000000Z"]"#,
            ),
            example("print datetime_utc_to_local(datetime(2024-01-01), 'Middle/Earth')", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "datetime_list_timezones",
        doc: "The names of the time zones that functions of datetimes take: those of the IANA database.",
        page: "datetime-list-timezones",
        overloads: &[overload(&[], Returns::Dynamic(Shape::ARRAY), Lower::Udf("kql_timezones"))],
        examples: &[example(
            "print zones = datetime_list_timezones() | project set_has_element(zones, 'Europe/Oslo'), set_has_element(zones, 'Nowhere')",
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "format_datetime",
        doc: "The datetime as text in a format such as `yyyy-MM-dd HH:mm:ss`.",
        page: "format-datetime-function",
        overloads: &[overload(
            &[param("date", DATETIME), param("format", STRING).form(ArgForm::LiteralNotEmpty)],
            Returns::Type(Type::String),
            Lower::Build(format_datetime),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print format_datetime(datetime(2024-05-01 17:04:09), 'yyyy-MM-dd HH:mm:ss')",
                r#"["2024-05-01 17:04:09"]"#,
            ),
            example(
                "print format_datetime(datetime(2024-05-01 17:04:09), 'y-M-d [h:mm tt]')",
                r#"["24-5-1 [5:04 PM]"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "format_timespan",
        doc: "The timespan as text in a format such as `dd.hh:mm:ss`.",
        page: "format-timespan-function",
        overloads: &[overload(
            &[param("timespan", TIMESPAN), param("format", STRING).form(ArgForm::LiteralNotEmpty)],
            Returns::Type(Type::String),
            Lower::Build(format_timespan),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print format_timespan(26h + 5m, 'd.hh:mm:ss')", r#"["1.02:05:00"]"#),
            example("print format_timespan(-90s, 'mm:ss [fff]')", r#"["-01:30 [000]"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "make_datetime",
        doc: "The datetime of a year, month, day and time; null if there is none.",
        page: "make-datetime-function",
        overloads: &[
            overload(
                &[
                    param("year", ParamKind::Number),
                    param("month", ParamKind::Number),
                    param("day", ParamKind::Number),
                    param("hour", ParamKind::Number).optional(),
                    param("minute", ParamKind::Number).optional(),
                    param("second", ParamKind::Number).optional(),
                ],
                Returns::Type(Type::DateTime),
                Lower::Udf("kql_make_datetime"),
            ),
            overload(
                &[param("value", ParamKind::Scalar)],
                Returns::Type(Type::DateTime),
                Lower::Build(|call| convert_to(call, Type::DateTime)),
            ),
        ],
        result_name: ResultName::OnlyArgument,
        examples: &[
            example("print make_datetime(2024, 2, 29)", r#"["2024-02-29T00:00:00.0000000Z"]"#),
            example(
                "print make_datetime(2024, 2, 29, 23, 59, 59.5), make_datetime(2023, 2, 29)",
                r#"["2024-02-29T23:59:59.5000000Z", null]"#,
            ),
            example("print make_datetime('2024-02-29')", r#"["2024-02-29T00:00:00.0000000Z"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "make_timespan",
        doc: "The timespan of days, hours, minutes and seconds; null if one of them is out of range.",
        page: "make-timespan-function",
        overloads: &[
            overload(
                &[
                    param("days", ParamKind::Integer),
                    param("hours", ParamKind::Integer),
                    param("minutes", ParamKind::Integer),
                    // The analyzer wants an integer here, the engine takes fractions.
                    param("seconds", ParamKind::Number),
                ],
                Returns::Type(Type::Timespan),
                Lower::Build(make_timespan),
            ),
            overload(
                &[
                    param("hours", ParamKind::Integer),
                    param("minutes", ParamKind::Integer),
                    // The analyzer wants an integer here, the engine takes fractions.
                    param("seconds", ParamKind::Number).optional(),
                ],
                Returns::Type(Type::Timespan),
                Lower::Build(make_timespan),
            ),
            overload(
                &[param("value", ParamKind::Scalar)],
                Returns::Type(Type::Timespan),
                Lower::Build(|call| convert_to(call, Type::Timespan)),
            ),
        ],
        result_name: ResultName::OnlyArgument,
        examples: &[
            example("print make_timespan(1, 2, 3, 4)", r#"["1.02:03:04"]"#),
            example(
                "print make_timespan(2, 3), make_timespan(2, 3, 4), make_timespan(24, 0)",
                r#"["02:03:00", "02:03:04", null]"#,
            ),
            example("print make_timespan('90m')", r#"["01:30:00"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "datetime_add",
        doc: "The datetime so many years, months, days … later.",
        page: "datetime-add-function",
        overloads: &[overload(
            &[
                param("part", STRING).form(ArgForm::Literal).values(&[
                    "year",
                    "quarter",
                    "month",
                    "week",
                    "day",
                    "hour",
                    "minute",
                    "second",
                    "millisecond",
                    "microsecond",
                    "nanosecond",
                ]),
                param("value", ParamKind::Integer),
                param("datetime", DATETIME),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_datetime_add"),
        )],
        examples: &[
            example(
                "print datetime_add('month', 1, datetime(2024-01-31)), datetime_add('week', -1, datetime(2024-01-31))",
                r#"["2024-02-29T00:00:00.0000000Z", "2024-01-24T00:00:00.0000000Z"]"#,
            ),
            example(
                "print datetime_add('nanosecond', 250, datetime(2024-01-31))",
                r#"["2024-01-31T00:00:00.0000002Z"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "datetime_diff",
        doc: "How many boundaries of years, months, days … lie between the second datetime and the first.",
        page: "datetime-diff-function",
        overloads: &[
            overload(
                &[
                    param("part", STRING).form(ArgForm::Literal).values(&[
                        "year",
                        "quarter",
                        "month",
                        "day",
                        "hour",
                        "minute",
                        "second",
                        "millisecond",
                        "microsecond",
                        "nanosecond",
                    ]),
                    param("datetime1", DATETIME),
                    param("datetime2", DATETIME),
                ],
                Returns::Type(Type::Long),
                Lower::Udf("kql_datetime_diff"),
            ),
            // Recorded: the engine counts weeks as a real, though the analyzer says long.
            overload(
                &[
                    param("part", STRING).form(ArgForm::Literal).values(&["week"]),
                    param("datetime1", DATETIME),
                    param("datetime2", DATETIME),
                ],
                Returns::Type(Type::Real),
                Lower::Sql("CAST(kql_datetime_diff($1, $2, $3) AS DOUBLE)"),
            ),
        ],
        examples: &[
            example("print datetime_diff('year', datetime(2024-01-01), datetime(2023-12-31))", "[1]"),
            example(
                "print datetime_diff('hour', datetime(2024-01-01 10:05), datetime(2024-01-01 12:55))",
                "[-2]",
            ),
            example("print datetime_diff('week', datetime(2024-01-21), datetime(2024-01-06))", "[3.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "now",
        doc: "The time at which the query began, moved by a timespan.",
        page: "now-function",
        overloads: &[overload(
            &[param("offset", TIMESPAN).optional()],
            Returns::Type(Type::DateTime),
            Lower::Build(now),
        )],
        examples: &[example("print now() == now(), now(1h) - now()", r#"[true, "01:00:00"]"#)],
        ..Function::BASE
    },
    Function {
        name: "ago",
        doc: "The time at which the query began less a timespan.",
        page: "ago-function",
        overloads: &[overload(
            &[param("timespan", TIMESPAN)],
            Returns::Type(Type::DateTime),
            Lower::Build(ago),
        )],
        examples: &[example("print now() - ago(36h)", r#"["1.12:00:00"]"#)],
        ..Function::BASE
    },
    Function {
        name: "unixtime_seconds_todatetime",
        doc: "The datetime so many seconds after 1970-01-01.",
        page: "unixtime-seconds-todatetime-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::DateTime),
            Lower::Build(|call| {
                unixtime(call, "kql_unixtime_seconds_todatetime", "kql_unixtime_seconds_todatetime_real")
            }),
        )],
        examples: &[example(
            "print unixtime_seconds_todatetime(1714539845), unixtime_seconds_todatetime(-1000000000)",
            r#"["2024-05-01T05:04:05.0000000Z", "1938-04-24T22:13:20.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "unixtime_milliseconds_todatetime",
        doc: "The datetime so many milliseconds after 1970-01-01.",
        page: "unixtime-milliseconds-todatetime-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::DateTime),
            Lower::Build(|call| {
                unixtime(
                    call,
                    "kql_unixtime_milliseconds_todatetime",
                    "kql_unixtime_milliseconds_todatetime_real",
                )
            }),
        )],
        examples: &[example(
            "print unixtime_milliseconds_todatetime(1714539845000), unixtime_milliseconds_todatetime(-1000000000)",
            r#"["2024-05-01T05:04:05.0000000Z", "1969-12-20T10:13:20.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "unixtime_microseconds_todatetime",
        doc: "The datetime so many microseconds after 1970-01-01.",
        page: "unixtime-microseconds-todatetime-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::DateTime),
            Lower::Build(|call| {
                unixtime(
                    call,
                    "kql_unixtime_microseconds_todatetime",
                    "kql_unixtime_microseconds_todatetime_real",
                )
            }),
        )],
        examples: &[example(
            "print unixtime_microseconds_todatetime(1714539845000000), unixtime_microseconds_todatetime(-1000000000)",
            r#"["2024-05-01T05:04:05.0000000Z", "1969-12-31T23:43:20.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "unixtime_nanoseconds_todatetime",
        doc: "The datetime so many nanoseconds after 1970-01-01.",
        page: "unixtime-nanoseconds-todatetime-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::DateTime),
            Lower::Build(|call| {
                unixtime(
                    call,
                    "kql_unixtime_nanoseconds_todatetime",
                    "kql_unixtime_nanoseconds_todatetime_real",
                )
            }),
        )],
        examples: &[example(
            "print unixtime_nanoseconds_todatetime(1714539845000000000), unixtime_nanoseconds_todatetime(-1000000000)",
            r#"["2024-05-01T05:04:05.0000000Z", "1969-12-31T23:59:59.0000000Z"]"#,
        )],
        ..Function::BASE
    },
];

fn format_datetime(call: Call) -> Result<ast::Expr, Refusal> {
    check_format(&call.args[1], DatetimeFormat::parse)?;
    Ok(runtime("kql_format_datetime", call.sqls()))
}

fn format_timespan(call: Call) -> Result<ast::Expr, Refusal> {
    check_format(&call.args[1], TimespanFormat::parse)?;
    Ok(runtime("kql_format_timespan", call.sqls()))
}

/// Kusto rejects the query, so this must not wait for the runtime.
fn check_format<T>(format: &Arg, parse: fn(&str) -> Result<T, char>) -> Result<(), Refusal> {
    let Some(Literal::String(text)) = &format.literal else {
        return Err(Refusal("the format must be a literal".into()));
    };
    match parse(text) {
        Ok(_) => Ok(()),
        Err(c) => Err(Refusal(format!("the format '{text}' has '{c}', which is no specifier or delimiter"))),
    }
}

fn make_timespan(call: Call) -> Result<ast::Expr, Refusal> {
    let zero = || ast::Expr::Value(ast::Value::Number("0".into(), false).into());
    let mut parts = call.sqls();
    if parts.len() < 4 {
        parts.insert(0, zero());
    }
    if parts.len() < 4 {
        parts.push(zero());
    }
    Ok(runtime("kql_make_timespan", parts))
}

fn unixtime(call: Call, of_long: &'static str, of_real: &'static str) -> Result<ast::Expr, Refusal> {
    let number = &call.args[0];
    if matches!(number.ty, Type::Int | Type::Long) {
        return Ok(runtime(of_long, vec![number.sql.clone()]));
    }
    let real = convert_sql(number.clone(), Type::Real).ok_or_else(|| Refusal("a number is needed".into()))?;
    Ok(runtime(of_real, vec![real]))
}

fn convert_to(call: Call, to: Type) -> Result<ast::Expr, Refusal> {
    let from = &call.args[0];
    convert_sql(from.clone(), to).ok_or_else(|| Refusal(format!("a {} is not converted to {to}", from.ty)))
}

fn now(call: Call) -> Result<ast::Expr, Refusal> {
    let clock = runtime("now", vec![]);
    Ok(match call.args.first() {
        Some(offset) => shifted(clock, offset, ast::BinaryOperator::Plus),
        None => cast(clock, timestamp()),
    })
}

fn ago(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(shifted(runtime("now", vec![]), &call.args[0], ast::BinaryOperator::Minus))
}

/// `clock` (the engine's `now()`, which has a time zone) plus or minus a timespan, as a Kusto datetime.
fn shifted(clock: ast::Expr, span: &Arg, sign: ast::BinaryOperator) -> ast::Expr {
    // An interval reads better than ticks; it may not leave the range of the engine's timestamps.
    if let Some(Literal::Timespan(ticks)) = span.literal
        && ticks.unsigned_abs() < 36_500 * DAY as u64
    {
        let moved = ast::Expr::BinaryOp { left: Box::new(clock), op: sign, right: Box::new(interval(ticks)) };
        return cast(moved, timestamp());
    }
    let ticks = match sign {
        ast::BinaryOperator::Minus => ast::Expr::UnaryOp {
            op: ast::UnaryOperator::Minus,
            expr: Box::new(ast::Expr::Nested(Box::new(span.sql.clone()))),
        },
        _ => span.sql.clone(),
    };
    runtime("kql_datetime_add_ticks", vec![cast(clock, timestamp()), ticks])
}

/// `INTERVAL '30 days'`
fn interval(ticks: i64) -> ast::Expr {
    let text = [(DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second")]
        .into_iter()
        .find(|(unit, _)| ticks % unit == 0)
        .map(|(unit, name)| (ticks / unit, name))
        .map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
        .unwrap_or_else(|| format!("{} nanoseconds", ticks * 100));
    ast::Expr::Interval(ast::Interval {
        value: Box::new(super::conversion::text_literal(text)),
        leading_field: None,
        leading_precision: None,
        last_field: None,
        fractional_seconds_precision: None,
    })
}

fn timestamp() -> ast::DataType {
    ast::DataType::Timestamp(None, ast::TimezoneInfo::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arg(ty: Type, literal: Option<Literal>) -> Arg {
        Arg { sql: ast::Expr::Identifier(ast::Ident::with_quote('"', "x")), ty, literal }
    }

    #[test]
    fn a_literal_span_is_an_interval() {
        let ago = |literal| {
            let call = Call { args: vec![arg(Type::Timespan, literal)], ty: Type::DateTime };
            super::ago(call).expect("it is always translated").to_string()
        };
        assert_eq!(ago(Some(Literal::Timespan(30 * DAY))), "CAST(now() - INTERVAL '30 days' AS TIMESTAMP)");
        assert_eq!(
            ago(Some(Literal::Timespan(90 * MINUTE))),
            "CAST(now() - INTERVAL '90 minutes' AS TIMESTAMP)"
        );
        assert_eq!(ago(Some(Literal::Timespan(3))), "CAST(now() - INTERVAL '300 nanoseconds' AS TIMESTAMP)");
        assert_eq!(ago(None), "kql_datetime_add_ticks(CAST(now() AS TIMESTAMP), -(\"x\"))");
    }

    #[test]
    fn a_wrong_format_is_refused() {
        let format = |text: &str| {
            let args = vec![arg(Type::DateTime, None), arg(Type::String, Some(Literal::String(text.into())))];
            format_datetime(Call { args, ty: Type::String }).map(|sql| sql.to_string())
        };
        assert!(format("yyyy-MM-dd").is_ok());
        assert!(format("yyyy-MM-ddTHH").is_err_and(|r| r.0.contains("'T'")));
    }
}
