//! Conversions between types.

use super::to_dynamic::{call, to_dynamic_sql};
use super::*;
use crate::syntax::ast::Literal;
use crate::types::Type;
use sqlparser::ast;

/// Conversions between types.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "tostring",
        doc: "The value as text; null becomes an empty string.",
        page: "tostring-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(|mut call| Ok(tostring_sql(call.args.swap_remove(0)))),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print tostring(-42)", r#"["-42"]"#),
            example("print tostring(1500.0), tostring(0.1), tostring(1e30)", r#"["1500.0", "0.1", "1e30"]"#),
            example("print tostring(false)", r#"["False"]"#),
            example("print tostring(datetime(2024-02-29 12:30))", r#"["2024-02-29T12:30:00.0000000Z"]"#),
            example("print tostring(36h + 1tick)", r#"["1.12:00:00.0000001"]"#),
            example(r#"print tostring(dynamic(["a", 1]))"#, r#"["[\"a\",1]"]"#),
            example("print tostring(real(null)), isempty(tostring(toint('x')))", r#"["", true]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "tohex",
        doc: "The integer in hexadecimal; a negative one in two's complement of its own width.",
        page: "tohex-function",
        overloads: &[
            overload(
                &[
                    param("value", ParamKind::Types(&[Type::Int])),
                    param("minLength", ParamKind::Integer).optional(),
                ],
                Returns::Type(Type::String),
                Lower::Udf("kql_tohex_int"),
            ),
            overload(
                &[param("value", ParamKind::Integer), param("minLength", ParamKind::Integer).optional()],
                Returns::Type(Type::String),
                Lower::Udf("kql_tohex_long"),
            ),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print tohex(48879), tohex(-1), tohex(toint(-2))",
                r#"["beef", "ffffffffffffffff", "fffffffe"]"#,
            ),
            example("print tohex(10, 4), tohex(48879, 2)", r#"["000a", "beef"]"#),
        ],
        ..Function::BASE
    },
    TODYNAMIC,
    TODYNAMIC.obsolete("toobject"),
    Function {
        name: "tolong",
        doc: "The value as a 64-bit integer; null if it is not one. Reals are cut off, not rounded.",
        page: "tolong-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Long),
            Lower::Build(|call| convert_call(call, Type::Long)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                r#"print tolong("17"), tolong("0x1F"), tolong("1.5"), tolong("many")"#,
                "[17, 31, null, null]",
            ),
            example("print tolong(-2.9), tolong(true), tolong(1s)", "[-2, 1, 10000000]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "toint",
        doc: "The value as a 32-bit integer; null if it is not one. Reals are cut off, not rounded.",
        page: "toint-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Int),
            Lower::Build(|call| convert_call(call, Type::Int)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(r#"print toint("17"), toint("-0x1"), toint("2147483648")"#, "[17, null, null]"),
            example("print toint(-2.9), toint(false)", "[-2, 0]"),
            example("print toint(4294967297)", "[1]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "toreal",
        doc: "The value as a floating-point number; null if it is not one.",
        page: "toreal-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Real),
            Lower::Build(|call| convert_call(call, Type::Real)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                r#"print toreal("1.5e3"), toreal("-inf"), toreal("1,000")"#,
                r#"[1500.0, "-Infinity", null]"#,
            ),
            example("print toreal(7)", "[7.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "todouble",
        doc: "The value as a floating-point number; null if it is not one.",
        page: "todouble-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Real),
            Lower::Build(|call| convert_call(call, Type::Real)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(r#"print todouble("  .5 "), todouble("half")"#, "[0.5, null]"),
            example("print todouble(true)", "[1.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "todatetime",
        doc: "The text as a datetime in UTC; null if it is not one.",
        page: "todatetime-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::DateTime),
            Lower::Build(|call| convert_call(call, Type::DateTime)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                r#"print todatetime("2024-05-01T05:00:00.1234567Z")"#,
                r#"["2024-05-01T05:00:00.1234567Z"]"#,
            ),
            example(
                r#"print todatetime("Sat, 8 Nov 14 15:05:02 GMT")"#,
                r#"["2014-11-08T15:05:02.0000000Z"]"#,
            ),
            example(r#"print todatetime("2023-02-29")"#, "[null]"),
        ],
        ..Function::BASE
    },
    TOTIMESPAN,
    TOTIMESPAN.obsolete("totime"),
    Function {
        name: "tobool",
        doc: "The value as a bool; null if it is not one. Numbers other than 0 are true.",
        page: "tobool-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Build(|call| convert_call(call, Type::Bool)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(r#"print tobool("TRUE"), tobool("0"), tobool("yes")"#, "[true, false, null]"),
            example("print tobool(7), tobool(0.0)", "[true, false]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "toboolean",
        doc: "The value as a bool; null if it is not one. Numbers other than 0 are true.",
        page: "tobool-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Build(|call| convert_call(call, Type::Bool)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(r#"print toboolean("TRUE"), toboolean("0"), toboolean("yes")"#, "[true, false, null]"),
            example("print toboolean(7), toboolean(0.0)", "[true, false]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "todecimal",
        doc: "The value as a decimal number; null if it is not one.",
        page: "todecimal-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Decimal),
            Lower::Build(|call| convert_call(call, Type::Decimal)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(r#"print todecimal("0.1") + todecimal("0.2") == todecimal("0.3")"#, "[true]"),
            example(r#"print todecimal("a lot")"#, "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "toguid",
        doc: "The text as a guid, hyphens or not; null if it is not one.",
        page: "toguid-function",
        overloads: &[overload(
            &[param("value", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Guid),
            Lower::Build(|call| convert_call(call, Type::Guid)),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                r#"print toguid("74BE27DE-1E4E-49D9-B579-FE0B331D3642")"#,
                r#"["74be27de-1e4e-49d9-b579-fe0b331d3642"]"#,
            ),
            example(
                r#"print toguid("74be27de1e4e49d9b579fe0b331d3642")"#,
                r#"["74be27de-1e4e-49d9-b579-fe0b331d3642"]"#,
            ),
            example(r#"print toguid("none")"#, "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "gettype",
        doc: "The name of the value's type, of a dynamic value the type of what it holds.",
        page: "gettype-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(gettype),
        )],
        result_name: ResultName::PrefixAndFirstArgument("type"),
        examples: &[
            example(
                r#"print gettype(1), gettype(1.0), gettype("a"), gettype(1s)"#,
                r#"["long", "real", "string", "timespan"]"#,
            ),
            example(
                "print gettype(dynamic([1])), gettype(dynamic({})), gettype(dynamic(null))",
                r#"["array", "dictionary", "null"]"#,
            ),
        ],
        ..Function::BASE
    },
];

const TODYNAMIC: Function = Function {
    name: "todynamic",
    doc: "The JSON text as a dynamic value; text that is not JSON as a dynamic string.",
    page: "parse-json-function",
    overloads: &[overload(
        &[param("value", ParamKind::Types(&[Type::String]))],
        Returns::Type(Type::Dynamic),
        Lower::Udf("kql_parse_json"),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[example(r#"print todynamic('{"a": [1, 2]}').a[1]"#, "[2]")],
    ..Function::BASE
};

const TOTIMESPAN: Function = Function {
    name: "totimespan",
    doc: "The text as a timespan; null if it is not one.",
    page: "totimespan-function",
    overloads: &[overload(
        &[param("value", ParamKind::Scalar)],
        Returns::Type(Type::Timespan),
        Lower::Build(|call| convert_call(call, Type::Timespan)),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[
        example(
            r#"print totimespan("2.03:04:05"), totimespan("90m"), totimespan("soon")"#,
            r#"["2.03:04:05", "01:30:00", null]"#,
        ),
        example("print totimespan(36h)", r#"["1.12:00:00"]"#),
    ],
    ..Function::BASE
};

/// The argument as text, as `tostring` and `strcat` give it: an empty string for null.
///
/// The choice is made by the Kusto type, since timespan and long, as well as string, guid and dynamic, look the
/// same to the engine. The result is never NULL.
pub fn tostring_sql(arg: Arg) -> ast::Expr {
    let sql = arg.sql;
    let known = arg.literal.as_ref().is_some_and(|l| !matches!(l, Literal::Null(_)));
    match arg.ty {
        Type::String | Type::Unknown => sql,
        Type::Guid if known => sql,
        Type::Guid => or_empty(sql),
        Type::Int | Type::Long if known => cast(sql, ast::DataType::Varchar(None)),
        Type::Int | Type::Long => or_empty(cast(sql, ast::DataType::Varchar(None))),
        Type::Bool => call("kql_tostring_bool", [sql]),
        Type::Real => call("kql_tostring_real", [sql]),
        Type::Decimal => call("kql_tostring_decimal", [sql]),
        Type::DateTime => call("kql_tostring_datetime", [sql]),
        Type::Timespan => call("kql_tostring_timespan", [sql]),
        Type::Dynamic => call("kql_tostring_dynamic", [sql]),
    }
}

/// The argument converted to another type as `toint`, `todatetime` … do: NULL where a value has no counterpart,
/// never an error. `None` where Kusto has no such conversion.
pub fn convert_sql(arg: Arg, to: Type) -> Option<ast::Expr> {
    let runtime = |sql, name| Some(call(name, [sql]));
    let plain = |sql, ty| Some(cast(sql, ty));
    match (arg.ty, to) {
        (from, to) if from == to => return Some(arg.sql),
        (Type::Unknown, _) | (_, Type::Unknown) => return Some(arg.sql),
        (_, Type::String) => return Some(tostring_sql(arg)),
        (_, Type::Dynamic) => return Some(to_dynamic_sql(&arg)),
        _ => {}
    }
    let sql = arg.sql;
    match (arg.ty, to) {
        (Type::Int | Type::Long | Type::Real, Type::Bool) => plain(sql, ast::DataType::Boolean),
        // Decimal to bool has no direct cast.
        (Type::Decimal, Type::Bool) => {
            Some(cast(cast(sql, ast::DataType::Double(ast::ExactNumberInfo::None)), ast::DataType::Boolean))
        }
        (Type::String, Type::Bool) => runtime(sql, "kql_tobool_string"),
        (Type::Dynamic, Type::Bool) => runtime(sql, "kql_tobool_dynamic"),

        (Type::Bool, Type::Int) => plain(sql, ast::DataType::Int(None)),
        (Type::Long | Type::Timespan, Type::Int) => runtime(sql, "kql_toint_long"),
        (Type::Real, Type::Int) => runtime(sql, "kql_toint_real"),
        (Type::Decimal, Type::Int) => runtime(sql, "kql_toint_decimal"),
        (Type::String, Type::Int) => runtime(sql, "kql_toint_string"),
        (Type::Dynamic, Type::Int) => runtime(sql, "kql_toint_dynamic"),

        (Type::Bool | Type::Int, Type::Long) => plain(sql, ast::DataType::BigInt(None)),
        // A timespan is its ticks.
        (Type::Timespan, Type::Long) | (Type::Long, Type::Timespan) => Some(sql),
        (Type::Real, Type::Long) => runtime(sql, "kql_tolong_real"),
        (Type::Decimal, Type::Long) => runtime(sql, "kql_tolong_decimal"),
        (Type::String, Type::Long) => runtime(sql, "kql_tolong_string"),
        (Type::Dynamic, Type::Long) => runtime(sql, "kql_tolong_dynamic"),
        (Type::DateTime, Type::Long) => runtime(sql, "kql_tolong_datetime"),

        (Type::Bool, Type::Real) => Some(cast(
            // Bool to double has no direct cast.
            cast(sql, ast::DataType::BigInt(None)),
            ast::DataType::Double(ast::ExactNumberInfo::None),
        )),
        (Type::Int | Type::Long | Type::Timespan | Type::Decimal, Type::Real) => {
            plain(sql, ast::DataType::Double(ast::ExactNumberInfo::None))
        }
        (Type::String, Type::Real) => runtime(sql, "kql_toreal_string"),
        (Type::Dynamic, Type::Real) => runtime(sql, "kql_toreal_dynamic"),

        (Type::Bool, Type::Decimal) => Some(cast(cast(sql, ast::DataType::BigInt(None)), decimal_type())),
        (Type::Int | Type::Long, Type::Decimal) => plain(sql, decimal_type()),
        (Type::Real, Type::Decimal) => runtime(sql, "kql_todecimal_real"),
        (Type::String, Type::Decimal) => runtime(sql, "kql_todecimal_string"),
        (Type::Dynamic, Type::Decimal) => runtime(sql, "kql_todecimal_dynamic"),

        (Type::String, Type::DateTime) => runtime(sql, "kql_todatetime_string"),
        (Type::Dynamic, Type::DateTime) => runtime(sql, "kql_todatetime_dynamic"),

        (Type::Int, Type::Timespan) => plain(sql, ast::DataType::BigInt(None)),
        (Type::String, Type::Timespan) => runtime(sql, "kql_totimespan_string"),
        (Type::Dynamic, Type::Timespan) => runtime(sql, "kql_totimespan_dynamic"),

        (Type::String, Type::Guid) => runtime(sql, "kql_toguid_string"),
        (Type::Dynamic, Type::Guid) => runtime(sql, "kql_toguid_dynamic"),
        _ => None,
    }
}

/// [`convert_sql`] of the only argument.
fn convert_call(call: Call, to: Type) -> Result<ast::Expr, Refusal> {
    let Some(arg) = call.args.into_iter().next() else { return Err(Refusal("it takes a value".into())) };
    let from = arg.ty;
    convert_sql(arg, to).ok_or_else(|| {
        Refusal(format!("a {from} is not converted to {to}; convert it by way of a number or text"))
    })
}

/// `CAST(sql AS ty)`
pub(crate) fn cast(sql: ast::Expr, ty: ast::DataType) -> ast::Expr {
    crate::sql::build::cast_as(sql, ty)
}

/// `DECIMAL(38, 18)`, what a Kusto decimal is to the engine.
pub(crate) fn decimal_type() -> ast::DataType {
    ast::DataType::Decimal(ast::ExactNumberInfo::PrecisionAndScale(38, 18))
}

/// `COALESCE(sql, '')`
fn or_empty(sql: ast::Expr) -> ast::Expr {
    call("COALESCE", [sql, text_literal("")])
}

/// A text as a literal of SQL.
pub(crate) fn text_literal(text: impl Into<String>) -> ast::Expr {
    ast::Expr::Value(ast::Value::SingleQuotedString(text.into()).into())
}

fn gettype(call: Call) -> Result<ast::Expr, Refusal> {
    let value = &call.args[0];
    Ok(match value.ty {
        Type::Dynamic | Type::Unknown => super::to_dynamic::call("kql_gettype", [value.sql.clone()]),
        ty => text_literal(ty.name()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(ty: Type) -> Arg {
        Arg { sql: ast::Expr::Identifier(ast::Ident::with_quote('"', "x")), ty, literal: None }
    }

    #[test]
    fn the_kusto_type_chooses_the_conversion() {
        let text = |ty, to| convert_sql(column(ty), to).map(|sql| sql.to_string());
        assert_eq!(text(Type::Long, Type::Real).as_deref(), Some("CAST(\"x\" AS DOUBLE)"));
        assert_eq!(text(Type::Timespan, Type::Long).as_deref(), Some("\"x\""));
        assert_eq!(text(Type::Long, Type::String).as_deref(), Some("COALESCE(CAST(\"x\" AS VARCHAR), '')"));
        assert_eq!(text(Type::Timespan, Type::String).as_deref(), Some("kql_tostring_timespan(\"x\")"));
        assert_eq!(text(Type::Dynamic, Type::Int).as_deref(), Some("kql_toint_dynamic(\"x\")"));
        assert_eq!(text(Type::Guid, Type::DateTime), None);
    }
}
