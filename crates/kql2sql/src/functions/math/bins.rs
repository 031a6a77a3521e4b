//! Bins: the multiple of a size below a value, and nearness.

use super::*;

/// Bins: the multiple of a size below a value, and nearness.
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

fn bin(call: Call) -> Result<ast::Expr, Refusal> {
    let name = match call.ty {
        Type::Int => "kql_bin_int",
        // The ticks of a timespan are a long.
        Type::Long | Type::Timespan => "kql_bin_long",
        Type::Real => "kql_bin_real",
        Type::Decimal => "kql_bin_decimal",
        Type::DateTime => "kql_bin_datetime",
        ty => return Err(Refusal(format!("a {ty} has no bins"))),
    };
    Ok(runtime(name, call.sqls()))
}

fn bin_at(call: Call) -> Result<ast::Expr, Refusal> {
    let name = match (call.ty, call.args[1].ty) {
        (Type::Int | Type::Long | Type::Timespan, _) => "kql_bin_at_long",
        (Type::Real, _) => "kql_bin_at_real",
        (Type::DateTime, Type::Timespan) => "kql_bin_at_datetime",
        (Type::DateTime, _) => {
            return Err(Refusal("the size of a bin of datetimes must be a timespan".into()));
        }
        (ty, _) => return Err(Refusal(format!("a {ty} has no bins"))),
    };
    let ty = call.ty;
    let bin = runtime(name, call.sqls());
    Ok(if ty == Type::Int { runtime("kql_toint_long", vec![bin]) } else { bin })
}

fn around(call: Call) -> Result<ast::Expr, Refusal> {
    let [value, center, delta] = call.args.as_slice() else {
        return Err(Refusal("it takes three arguments".into()));
    };
    let as_real = |arg: &Arg| convert_sql(arg.clone(), Type::Real).unwrap_or_else(|| arg.sql.clone());
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
        (Type::Timespan, Type::Timespan, Type::Timespan) => Ok(runtime("kql_around_long", call.sqls())),
        (a, b, c) if [a, b, c].iter().all(|t| t.is_integer()) => Ok(runtime("kql_around_long", call.sqls())),
        (a, b, c) if [a, b, c].iter().all(|t| t.is_number() && *t != Type::Decimal) => {
            Ok(runtime("kql_around_real", call.args.iter().map(as_real)))
        }
        (a, b, c) => Err(Refusal(format!("a {a} is not compared with a {b} and a {c}"))),
    }
}
