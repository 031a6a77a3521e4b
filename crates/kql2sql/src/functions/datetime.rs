//! Dates, times and spans.

use super::conversion::{cast, convert_sql};
use super::to_dynamic::call as runtime;
use super::*;
use crate::syntax::ast::Literal;
use crate::time::format::{DatetimeFormat, TimespanFormat};
use crate::time::{DAY, HOUR, MINUTE, SECOND};
use crate::types::Type;
use sqlparser::ast;

/// Dates, times and spans.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "datetime_local_to_utc",
        doc: "The UTC time of a local time in a time zone.",
        page: "datetime-local-to-utc-function",
        overloads: &[overload(
            &[
                param("from", ParamKind::Types(&[Type::DateTime])),
                param("timezone", ParamKind::Types(&[Type::String])),
            ],
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
            &[
                param("from", ParamKind::Types(&[Type::DateTime])),
                param("timezone", ParamKind::Types(&[Type::String])),
            ],
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
        overloads: &[overload(&[], Returns::Type(Type::Dynamic), Lower::Udf("kql_timezones"))],
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
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("format", ParamKind::Types(&[Type::String])).form(ArgForm::LiteralNotEmpty),
            ],
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
            &[
                param("timespan", ParamKind::Types(&[Type::Timespan])),
                param("format", ParamKind::Types(&[Type::String])).form(ArgForm::LiteralNotEmpty),
            ],
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
                param("part", ParamKind::Types(&[Type::String])).form(ArgForm::Literal).values(&[
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
                param("datetime", ParamKind::Types(&[Type::DateTime])),
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
                    param("part", ParamKind::Types(&[Type::String])).form(ArgForm::Literal).values(&[
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
                    param("datetime1", ParamKind::Types(&[Type::DateTime])),
                    param("datetime2", ParamKind::Types(&[Type::DateTime])),
                ],
                Returns::Type(Type::Long),
                Lower::Udf("kql_datetime_diff"),
            ),
            // Recorded: the engine counts weeks as a real, though the analyzer says long.
            overload(
                &[
                    param("part", ParamKind::Types(&[Type::String])).form(ArgForm::Literal).values(&["week"]),
                    param("datetime1", ParamKind::Types(&[Type::DateTime])),
                    param("datetime2", ParamKind::Types(&[Type::DateTime])),
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
        name: "dayofweek",
        doc: "The time since the preceding Sunday, in whole days: 0 for Sunday, 1d for Monday.",
        page: "day-of-week-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Timespan),
            Lower::Udf("kql_dayofweek"),
        )],
        examples: &[example(
            "print dayofweek(datetime(2024-05-04 18:00)), dayofweek(datetime(2024-05-05))",
            r#"["6.00:00:00", "00:00:00"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "dayofmonth",
        doc: "The day of the month: 1 to 31.",
        page: "day-of-month-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            Lower::Udf("kql_dayofmonth"),
        )],
        examples: &[example("print dayofmonth(datetime(2024-05-04 18:00))", "[4]")],
        ..Function::BASE
    },
    Function {
        name: "dayofyear",
        doc: "The day of the year: 1 to 366.",
        page: "day-of-year-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            Lower::Udf("kql_dayofyear"),
        )],
        examples: &[example("print dayofyear(datetime(2024-12-31))", "[366]")],
        ..Function::BASE
    },
    Function {
        name: "hourofday",
        doc: "The hour of the day: 0 to 23.",
        page: "hour-of-day-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            Lower::Udf("kql_hourofday"),
        )],
        examples: &[example("print hourofday(datetime(2024-05-04 18:45))", "[18]")],
        ..Function::BASE
    },
    WEEK_OF_YEAR.obsolete("weekofyear"),
    WEEK_OF_YEAR,
    Function {
        name: "monthofyear",
        doc: "The month: 1 to 12.",
        page: "monthofyear-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            Lower::Udf("kql_monthofyear"),
        )],
        examples: &[example("print monthofyear(datetime(2024-05-04))", "[5]")],
        ..Function::BASE
    },
    Function {
        name: "startofday",
        doc: "The first moment of the datetime's day, moved by so many days.",
        page: "startofday-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_startofday"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print startofday(datetime(2024-05-01 05:06:07)), startofday(datetime(2024-05-01 05:06:07), -1)",
            r#"["2024-05-01T00:00:00.0000000Z", "2024-04-30T00:00:00.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "startofweek",
        doc: "The first moment of the datetime's week, moved by so many weeks.",
        page: "startofweek-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_startofweek"),
        )],
        examples: &[example(
            "print startofweek(datetime(2024-05-01 05:06:07)), startofweek(datetime(2024-05-01 05:06:07), -1)",
            r#"["2024-04-28T00:00:00.0000000Z", "2024-04-21T00:00:00.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "startofmonth",
        doc: "The first moment of the datetime's month, moved by so many months.",
        page: "startofmonth-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_startofmonth"),
        )],
        examples: &[example(
            "print startofmonth(datetime(2024-05-01 05:06:07)), startofmonth(datetime(2024-05-01 05:06:07), -1)",
            r#"["2024-05-01T00:00:00.0000000Z", "2024-04-01T00:00:00.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "startofyear",
        doc: "The first moment of the datetime's year, moved by so many years.",
        page: "startofyear-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_startofyear"),
        )],
        examples: &[example(
            "print startofyear(datetime(2024-05-01 05:06:07)), startofyear(datetime(2024-05-01 05:06:07), -1)",
            r#"["2024-01-01T00:00:00.0000000Z", "2023-01-01T00:00:00.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofday",
        doc: "The last moment of the datetime's day, moved by so many days.",
        page: "endofday-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_endofday"),
        )],
        examples: &[example(
            "print endofday(datetime(2024-05-01 05:06:07)), endofday(datetime(2024-05-01 05:06:07), 1)",
            r#"["2024-05-01T23:59:59.9999999Z", "2024-05-02T23:59:59.9999999Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofweek",
        doc: "The last moment of the datetime's week, moved by so many weeks.",
        page: "endofweek-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_endofweek"),
        )],
        examples: &[example(
            "print endofweek(datetime(2024-05-01 05:06:07)), endofweek(datetime(2024-05-01 05:06:07), 1)",
            r#"["2024-05-04T23:59:59.9999999Z", "2024-05-11T23:59:59.9999999Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofmonth",
        doc: "The last moment of the datetime's month, moved by so many months.",
        page: "endofmonth-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_endofmonth"),
        )],
        examples: &[example(
            "print endofmonth(datetime(2024-05-01 05:06:07)), endofmonth(datetime(2024-05-01 05:06:07), 1)",
            r#"["2024-05-31T23:59:59.9999999Z", "2024-06-30T23:59:59.9999999Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofyear",
        doc: "The last moment of the datetime's year, moved by so many years.",
        page: "endofyear-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            Lower::Udf("kql_endofyear"),
        )],
        examples: &[example(
            "print endofyear(datetime(2024-05-01 05:06:07)), endofyear(datetime(2024-05-01 05:06:07), 1)",
            r#"["2024-12-31T23:59:59.9999999Z", "2025-12-31T23:59:59.9999999Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "getyear",
        doc: "The year.",
        page: "getyear-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            Lower::Udf("kql_getyear"),
        )],
        examples: &[example("print getyear(datetime(2024-05-04))", "[2024]")],
        ..Function::BASE
    },
    Function {
        name: "getmonth",
        doc: "The month: 1 to 12.",
        page: "getmonth-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            Lower::Udf("kql_monthofyear"),
        )],
        examples: &[example("print getmonth(datetime(2024-05-04))", "[5]")],
        ..Function::BASE
    },
    DATETIME_PART.obsolete("datepart"),
    DATETIME_PART,
    Function {
        name: "now",
        doc: "The time at which the query began, moved by a timespan.",
        page: "now-function",
        overloads: &[overload(
            &[param("offset", ParamKind::Types(&[Type::Timespan])).optional()],
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
            &[param("timespan", ParamKind::Types(&[Type::Timespan]))],
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

const WEEK_OF_YEAR: Function = Function {
    name: "week_of_year",
    doc: "The week of the year by ISO 8601: 1 to 53.",
    page: "week-of-year-function",
    overloads: &[overload(
        &[param("date", ParamKind::Types(&[Type::DateTime]))],
        Returns::Type(Type::Int),
        Lower::Udf("kql_week_of_year"),
    )],
    examples: &[example(
        "print week_of_year(datetime(2021-01-03)), week_of_year(datetime(2021-01-04))",
        "[53, 1]",
    )],
    ..Function::BASE
};

const DATETIME_PART: Function = Function {
    name: "datetime_part",
    doc: "A part of the datetime as a number.",
    page: "datetime-part-function",
    overloads: &[overload(
        &[
            param("part", ParamKind::Types(&[Type::String])).form(ArgForm::Literal).values(&[
                "year",
                "quarter",
                "month",
                "week_of_year",
                "day",
                "dayofyear",
                "hour",
                "minute",
                "second",
                "millisecond",
                "microsecond",
                "nanosecond",
            ]),
            param("date", ParamKind::Types(&[Type::DateTime])),
        ],
        Returns::Type(Type::Int),
        Lower::Udf("kql_datetime_part"),
    )],
    examples: &[
        example(
            "print datetime_part('quarter', datetime(2024-05-04)), datetime_part('dayOfYear', datetime(2024-02-01))",
            "[2, 32]",
        ),
        example(
            "print datetime_part('millisecond', datetime(2024-05-04 00:00:00.1234567)), datetime_part('nanosecond', datetime(2024-05-04 00:00:00.1234567))",
            "[123, 123456700]",
        ),
    ],
    ..Function::BASE
};

fn sqls(call: &Call<'_>) -> Vec<ast::Expr> {
    call.args.iter().map(|a| a.sql.clone()).collect()
}

fn format_datetime(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    check_format(&call.args[1], DatetimeFormat::parse)?;
    Ok(runtime("kql_format_datetime", sqls(call)))
}

fn format_timespan(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    check_format(&call.args[1], TimespanFormat::parse)?;
    Ok(runtime("kql_format_timespan", sqls(call)))
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

fn make_timespan(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let zero = || ast::Expr::Value(ast::Value::Number("0".into(), false).into());
    let mut parts = sqls(call);
    if parts.len() < 4 {
        parts.insert(0, zero());
    }
    if parts.len() < 4 {
        parts.push(zero());
    }
    Ok(runtime("kql_make_timespan", parts))
}

fn unixtime(call: &Call<'_>, of_long: &'static str, of_real: &'static str) -> Result<ast::Expr, Refusal> {
    let number = &call.args[0];
    if matches!(number.ty, Type::Int | Type::Long) {
        return Ok(runtime(of_long, vec![number.sql.clone()]));
    }
    let real = convert_sql(number, Type::Real).ok_or_else(|| Refusal("a number is needed".into()))?;
    Ok(runtime(of_real, vec![real]))
}

fn convert_to(call: &Call<'_>, to: Type) -> Result<ast::Expr, Refusal> {
    let from = &call.args[0];
    convert_sql(from, to).ok_or_else(|| Refusal(format!("a {} is not converted to {to}", from.ty)))
}

fn now(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
    let clock = runtime("now", vec![]);
    Ok(match call.args.first() {
        Some(offset) => shifted(clock, offset, ast::BinaryOperator::Plus),
        None => cast(clock, timestamp()),
    })
}

fn ago(call: &Call<'_>) -> Result<ast::Expr, Refusal> {
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
            let call = Call { args: &[arg(Type::Timespan, literal)], ty: Type::DateTime };
            super::ago(&call).expect("it is always translated").to_string()
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
            let args = [arg(Type::DateTime, None), arg(Type::String, Some(Literal::String(text.into())))];
            format_datetime(&Call { args: &args, ty: Type::String }).map(|sql| sql.to_string())
        };
        assert!(format("yyyy-MM-dd").is_ok());
        assert!(format("yyyy-MM-ddTHH").is_err_and(|r| r.0.contains("'T'")));
    }
}
