//! Dates, times and spans.

use super::*;
use crate::types::Type;

/// Dates, times and spans.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "datetime_local_to_utc",
        doc: "",
        page: "datetime-local-to-utc-function",
        overloads: &[overload(
            &[
                param("from", ParamKind::Types(&[Type::DateTime])),
                param("timezone", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "datetime_utc_to_local",
        doc: "",
        page: "datetime-utc-to-local-function",
        overloads: &[overload(
            &[
                param("from", ParamKind::Types(&[Type::DateTime])),
                param("timezone", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "datetime_list_timezones",
        doc: "",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "format_datetime",
        doc: "",
        page: "format-datetime-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("format", ParamKind::Types(&[Type::String])).form(ArgForm::LiteralNotEmpty),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "format_timespan",
        doc: "",
        page: "format-timespan-function",
        overloads: &[overload(
            &[
                param("timespan", ParamKind::Types(&[Type::Timespan])),
                param("format", ParamKind::Types(&[Type::String])).form(ArgForm::LiteralNotEmpty),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "make_datetime",
        doc: "",
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
                TODO,
            ),
            overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::DateTime), TODO),
        ],
        result_name: ResultName::OnlyArgument,
        ..Function::BASE
    },
    Function {
        name: "make_timespan",
        doc: "",
        page: "make-timespan-function",
        overloads: &[
            overload(
                &[
                    param("days", ParamKind::Integer),
                    param("hours", ParamKind::Integer),
                    param("minutes", ParamKind::Integer),
                    param("seconds", ParamKind::Integer),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[
                    param("hours", ParamKind::Integer),
                    param("minutes", ParamKind::Integer),
                    param("seconds", ParamKind::Integer).optional(),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Timespan), TODO),
        ],
        result_name: ResultName::OnlyArgument,
        ..Function::BASE
    },
    Function {
        name: "datetime_add",
        doc: "",
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
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "datetime_diff",
        doc: "",
        page: "datetime-diff-function",
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
                param("datetime1", ParamKind::Types(&[Type::DateTime])),
                param("datetime2", ParamKind::Types(&[Type::DateTime])),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "dayofweek",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Timespan),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "dayofmonth",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "dayofyear",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "hourofday",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "weekofyear",
        doc: "",
        page: "week-of-year-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        obsolete: Some("week_of_year"),
        ..Function::BASE
    },
    Function {
        name: "week_of_year",
        doc: "",
        page: "week-of-year-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "monthofyear",
        doc: "",
        page: "monthofyear-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "startofday",
        doc: "",
        page: "startofday-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "startofweek",
        doc: "",
        page: "startofweek-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "startofmonth",
        doc: "",
        page: "startofmonth-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "startofyear",
        doc: "",
        page: "startofyear-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofday",
        doc: "",
        page: "endofday-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofweek",
        doc: "",
        page: "endofweek-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofmonth",
        doc: "",
        page: "endofmonth-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "endofyear",
        doc: "",
        page: "endofyear-function",
        overloads: &[overload(
            &[
                param("date", ParamKind::Types(&[Type::DateTime])),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "getyear",
        doc: "",
        page: "getyear-function",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "getmonth",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("date", ParamKind::Types(&[Type::DateTime]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "datepart",
        doc: "",
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
            TODO,
        )],
        obsolete: Some("datetime_part"),
        ..Function::BASE
    },
    Function {
        name: "datetime_part",
        doc: "",
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
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "now",
        doc: "",
        page: "now-function",
        overloads: &[overload(
            &[param("offset", ParamKind::Types(&[Type::Timespan])).optional()],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ago",
        doc: "",
        page: "ago-function",
        overloads: &[overload(
            &[param("timespan", ParamKind::Types(&[Type::Timespan]))],
            Returns::Type(Type::DateTime),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "unixtime_seconds_todatetime",
        doc: "",
        page: "unixtime-seconds-todatetime-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::DateTime), TODO)],
        ..Function::BASE
    },
    Function {
        name: "unixtime_milliseconds_todatetime",
        doc: "",
        page: "unixtime-milliseconds-todatetime-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::DateTime), TODO)],
        ..Function::BASE
    },
    Function {
        name: "unixtime_microseconds_todatetime",
        doc: "",
        page: "unixtime-microseconds-todatetime-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::DateTime), TODO)],
        ..Function::BASE
    },
    Function {
        name: "unixtime_nanoseconds_todatetime",
        doc: "",
        page: "unixtime-nanoseconds-todatetime-function",
        overloads: &[overload(&[param("number", ParamKind::Number)], Returns::Type(Type::DateTime), TODO)],
        ..Function::BASE
    },
];
