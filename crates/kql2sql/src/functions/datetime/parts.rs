//! Parts of a datetime, and the first and last moment of the day, week … that holds it.

use super::*;

/// One datetime.
const DATE: &[Param] = &[param("date", DATETIME)];

/// A datetime, and by how many days, weeks … the answer is moved.
const PERIOD: &[Param] =
    &[param("date", DATETIME), param("offset", ParamKind::Types(&[Type::Long])).optional()];

/// Parts and periods.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "dayofweek",
        doc: "The time since the preceding Sunday, in whole days: 0 for Sunday, 1d for Monday.",
        page: "day-of-week-function",
        overloads: &[overload(DATE, Returns::Type(Type::Timespan), Lower::Udf("kql_dayofweek"))],
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
        overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_dayofmonth"))],
        examples: &[example("print dayofmonth(datetime(2024-05-04 18:00))", "[4]")],
        ..Function::BASE
    },
    Function {
        name: "dayofyear",
        doc: "The day of the year: 1 to 366.",
        page: "day-of-year-function",
        overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_dayofyear"))],
        examples: &[example("print dayofyear(datetime(2024-12-31))", "[366]")],
        ..Function::BASE
    },
    Function {
        name: "hourofday",
        doc: "The hour of the day: 0 to 23.",
        page: "hour-of-day-function",
        overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_hourofday"))],
        examples: &[example("print hourofday(datetime(2024-05-04 18:45))", "[18]")],
        ..Function::BASE
    },
    WEEK_OF_YEAR.obsolete("weekofyear"),
    WEEK_OF_YEAR,
    Function {
        name: "monthofyear",
        doc: "The month: 1 to 12.",
        page: "monthofyear-function",
        overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_monthofyear"))],
        examples: &[example("print monthofyear(datetime(2024-05-04))", "[5]")],
        ..Function::BASE
    },
    Function {
        name: "startofday",
        doc: "The first moment of the datetime's day, moved by so many days.",
        page: "startofday-function",
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_startofday"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_startofweek"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_startofmonth"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_startofyear"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_endofday"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_endofweek"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_endofmonth"))],
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
        overloads: &[overload(PERIOD, Returns::Type(Type::DateTime), Lower::Udf("kql_endofyear"))],
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
        overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_getyear"))],
        examples: &[example("print getyear(datetime(2024-05-04))", "[2024]")],
        ..Function::BASE
    },
    Function {
        name: "getmonth",
        doc: "The month: 1 to 12.",
        page: "getmonth-function",
        overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_monthofyear"))],
        examples: &[example("print getmonth(datetime(2024-05-04))", "[5]")],
        ..Function::BASE
    },
    DATETIME_PART.obsolete("datepart"),
    DATETIME_PART,
];

const WEEK_OF_YEAR: Function = Function {
    name: "week_of_year",
    doc: "The week of the year by ISO 8601: 1 to 53.",
    page: "week-of-year-function",
    overloads: &[overload(DATE, Returns::Type(Type::Int), Lower::Udf("kql_week_of_year"))],
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
            param("part", STRING).form(ArgForm::Literal).values(&[
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
            param("date", DATETIME),
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
