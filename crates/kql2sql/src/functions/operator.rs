//! The operators of expressions; those of text have a file of their own.
//!
//! Their overloads are those of Kusto.Language; what each becomes in SQL depends on the types.

use super::conversion::convert_sql;
use super::to_dynamic::{call as runtime, to_dynamic_sql};
use super::*;
use crate::sql::build::{binary, cast, not, unary_minus};
use crate::types::Type;
use sqlparser::ast;
use sqlparser::ast::BinaryOperator as Sql;

const BOOL: ParamKind = ParamKind::Types(&[Type::Bool]);
const DYNAMIC: ParamKind = ParamKind::Types(&[Type::Dynamic]);
const DATETIME: ParamKind = ParamKind::Types(&[Type::DateTime]);
const TIMESPAN: ParamKind = ParamKind::Types(&[Type::Timespan]);
const INT: ParamKind = ParamKind::Types(&[Type::Int]);
const MOMENT: ParamKind = ParamKind::Types(&[Type::DateTime, Type::Timespan]);
const ADDABLE: ParamKind =
    ParamKind::Types(&[Type::Int, Type::Long, Type::Real, Type::Decimal, Type::Timespan, Type::DateTime]);

/// An overload with two operands, built by code.
macro_rules! two {
    ($left:expr, $right:expr, $returns:expr, $lower:expr $(,)?) => {
        Overload {
            params: &[param("left", $left), param("right", $right)],
            returns: $returns,
            lower: Lower::Build($lower),
        }
    };
}

macro_rules! operator {
    ($name:literal, $doc:literal, $page:literal, [$($overload:expr),* $(,)?], [$($example:expr),* $(,)?]) => {
        Function {
            name: $name,
            doc: $doc,
            page: $page,
            overloads: &[$($overload),*],
            examples: &[$($example),*],
            ..Function::BASE
        }
    };
}

macro_rules! comparison {
    ($name:literal, $doc:literal, $lower:ident, [$($example:expr),* $(,)?]) => {
        operator!($name, $doc, "numerical-operators", [
            two!(BOOL, ParamKind::NumberOrBool, Returns::Type(Type::Bool), $lower),
            two!(ParamKind::Number, ParamKind::NumberOrBool, Returns::Type(Type::Bool), $lower),
            two!(TIMESPAN, TIMESPAN, Returns::Type(Type::Bool), $lower),
            two!(DATETIME, DATETIME, Returns::Type(Type::Bool), $lower),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Bool), $lower),
            two!(DYNAMIC, ParamKind::Number, Returns::Type(Type::Bool), $lower),
            two!(ParamKind::Number, DYNAMIC, Returns::Type(Type::Bool), $lower),
        ], [$($example),*])
    };
}

/// `between` and its negation.
macro_rules! range {
    ($name:literal, $doc:literal, $page:literal, $negated:literal, [$($example:expr),* $(,)?]) => {
        range!(@overloads $name, $doc, $page, $negated, [$($example),*], [
            (ParamKind::Number, ParamKind::Number, ParamKind::Number),
            (DATETIME, DATETIME, DATETIME),
            (TIMESPAN, TIMESPAN, TIMESPAN),
            (DATETIME, DATETIME, TIMESPAN),
            (DYNAMIC, ParamKind::Number, ParamKind::Number),
        ])
    };
    // What Kusto compares the arguments with: the second overload wants the type of the value.
    (@kusto) => {
        range!(@overloads "between", "", "", false, [], [
            (ParamKind::Number, ParamKind::Number, ParamKind::Number),
            (ParamKind::Summable, ParamKind::Summable, ParamKind::Summable),
            (DATETIME, DATETIME, TIMESPAN),
            (ParamKind::Number, DYNAMIC, DYNAMIC),
            (DYNAMIC, ParamKind::Number, ParamKind::Number),
        ])
    };
    (@overloads $name:literal, $doc:literal, $page:literal, $negated:literal, [$($example:expr),*],
        [$(($value:expr, $start:expr, $end:expr)),* $(,)?]) => {
        operator!($name, $doc, $page, [$(Overload {
            params: &[param("value", $value), param("start", $start), param("end", $end)],
            returns: Returns::Type(Type::Bool),
            lower: Lower::Build(|call| range(call, $negated)),
        }),*], [$($example),*])
    };
}

pub mod text;

/// `between` as Kusto's analyzer has it, to say what is wrong with its arguments.
pub static KUSTO_BETWEEN: Function = range!(@kusto);

/// Logic, comparison, arithmetic and membership.
pub static FUNCTIONS: &[Function] = &[
    operator!(
        "and",
        "True if both sides are.",
        "logical-operators",
        [
            two!(BOOL, BOOL, Returns::Type(Type::Bool), and),
            two!(DYNAMIC, BOOL, Returns::Type(Type::Bool), and),
            two!(BOOL, DYNAMIC, Returns::Type(Type::Bool), and),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Bool), and),
        ],
        [example("print true and false, true and true", "[false, true]")]
    ),
    operator!(
        "or",
        "True if one side is.",
        "logical-operators",
        [
            two!(BOOL, BOOL, Returns::Type(Type::Bool), or),
            two!(DYNAMIC, BOOL, Returns::Type(Type::Bool), or),
            two!(BOOL, DYNAMIC, Returns::Type(Type::Bool), or),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Bool), or),
        ],
        [example("print true or false, false or false", "[true, false]")]
    ),
    operator!(
        "unary -",
        "The number with the other sign.",
        "numerical-operators",
        [
            Overload {
                params: &[param("operand", ParamKind::Summable)],
                returns: Returns::Parameter0Signed,
                lower: Lower::Build(minus)
            },
            Overload {
                params: &[param("operand", DYNAMIC)],
                returns: Returns::Type(Type::Dynamic),
                lower: Lower::Unsupported("convert the dynamic value first, for example with tolong(…)")
            },
        ],
        [example("print -(1 + 2)", "[-3]")]
    ),
    operator!(
        "unary +",
        "The number itself.",
        "numerical-operators",
        [
            Overload {
                params: &[param("operand", ParamKind::Summable)],
                returns: Returns::Parameter0Signed,
                lower: Lower::Sql("$1")
            },
            Overload {
                params: &[param("operand", DYNAMIC)],
                returns: Returns::Type(Type::Dynamic),
                lower: Lower::Sql("$1")
            },
        ],
        [example("print +(1 + 2)", "[3]")]
    ),
    operator!(
        "+",
        "The sum.",
        "numerical-operators",
        [
            two!(ParamKind::Number, ParamKind::Number, Returns::Custom(widest), add),
            two!(TIMESPAN, TIMESPAN, Returns::Type(Type::Timespan), add),
            two!(MOMENT, MOMENT, Returns::Type(Type::DateTime), add),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Dynamic), add),
            two!(DYNAMIC, INT, Returns::Type(Type::Long), add),
            two!(INT, DYNAMIC, Returns::Type(Type::Long), add),
            two!(DYNAMIC, ADDABLE, Returns::Parameter1, add),
            two!(ADDABLE, DYNAMIC, Returns::Parameter0, add),
        ],
        [
            example("print 1 + 2, 1 + 0.5, 1h + 30m", "[3, 1.5, \"01:30:00\"]"),
            example("print datetime(2024-02-28) + 36h", "[\"2024-02-29T12:00:00.0000000Z\"]"),
            example(
                "print datetime(1601-01-01) + 133444736000000000 * 1tick",
                "[\"2023-11-14T22:13:20.0000000Z\"]"
            ),
        ]
    ),
    operator!(
        "-",
        "The difference.",
        "numerical-operators",
        [
            two!(ParamKind::Number, ParamKind::Number, Returns::Custom(widest), subtract),
            two!(TIMESPAN, TIMESPAN, Returns::Type(Type::Timespan), subtract),
            two!(DATETIME, DATETIME, Returns::Type(Type::Timespan), subtract),
            two!(DATETIME, DYNAMIC, Returns::Type(Type::Timespan), subtract),
            two!(DYNAMIC, DATETIME, Returns::Type(Type::Timespan), subtract),
            two!(DATETIME, TIMESPAN, Returns::Type(Type::DateTime), subtract),
            two!(TIMESPAN, DATETIME, Returns::Type(Type::DateTime), subtract),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Dynamic), subtract),
            two!(DYNAMIC, INT, Returns::Type(Type::Long), subtract),
            two!(INT, DYNAMIC, Returns::Type(Type::Long), subtract),
            two!(DYNAMIC, ADDABLE, Returns::Parameter1, subtract),
            two!(ADDABLE, DYNAMIC, Returns::Parameter0, subtract),
        ],
        [
            example("print 1 - 2, 1 - 0.5, 1h - 90m", "[-1, 0.5, \"-00:30:00\"]"),
            example("print datetime(2024-03-01) - datetime(2024-02-28)", "[\"2.00:00:00\"]"),
        ]
    ),
    operator!(
        "*",
        "The product.",
        "numerical-operators",
        [
            two!(ParamKind::Number, ParamKind::Number, Returns::Custom(widest), multiply),
            two!(TIMESPAN, ParamKind::Number, Returns::Type(Type::Timespan), multiply),
            two!(ParamKind::Number, TIMESPAN, Returns::Type(Type::Timespan), multiply),
            two!(TIMESPAN, TIMESPAN, Returns::Type(Type::Timespan), moments),
            two!(DATETIME, ParamKind::Number, Returns::Type(Type::DateTime), moments),
            two!(ParamKind::Number, DATETIME, Returns::Type(Type::DateTime), moments),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Dynamic), multiply),
            two!(DYNAMIC, INT, Returns::Type(Type::Long), multiply),
            two!(INT, DYNAMIC, Returns::Type(Type::Long), multiply),
            two!(DYNAMIC, ParamKind::Number, Returns::Parameter1, multiply),
            two!(ParamKind::Number, DYNAMIC, Returns::Parameter0, multiply),
        ],
        [example("print 6 * 7, 1.5 * 2, 90m * 2", "[42, 3.0, \"03:00:00\"]")]
    ),
    operator!(
        "/",
        "The quotient; of integers, without its fraction.",
        "numerical-operators",
        [
            two!(ParamKind::Number, ParamKind::Number, Returns::Custom(widest), divide),
            two!(TIMESPAN, TIMESPAN, Returns::Type(Type::Real), divide),
            two!(TIMESPAN, ParamKind::Number, Returns::Type(Type::Timespan), divide),
            two!(DATETIME, DATETIME, Returns::Type(Type::Real), moments),
            two!(DATETIME, TIMESPAN, Returns::Type(Type::Real), moments),
            two!(DATETIME, ParamKind::Number, Returns::Type(Type::DateTime), moments),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Dynamic), divide),
            two!(DYNAMIC, INT, Returns::Type(Type::Long), divide),
            two!(INT, DYNAMIC, Returns::Type(Type::Long), divide),
            two!(DYNAMIC, ParamKind::Number, Returns::Parameter1, divide),
            two!(ParamKind::Number, DYNAMIC, Returns::Parameter0, divide),
        ],
        [
            example("print 7 / 2, 7 / 2.0, 1d / 1h, 3h / 2", "[3, 3.5, 24.0, \"01:30:00\"]"),
            example("print decimal(1) / 8, decimal(7.5) / 2.5", "[0.125, 3]"),
        ]
    ),
    operator!(
        "%",
        "The remainder.",
        "numerical-operators",
        [
            two!(ParamKind::Number, ParamKind::Number, Returns::Custom(widest), modulo),
            two!(TIMESPAN, TIMESPAN, Returns::Type(Type::Timespan), modulo),
            two!(TIMESPAN, ParamKind::Number, Returns::Type(Type::Timespan), moments),
            two!(DATETIME, DATETIME, Returns::Type(Type::Timespan), moments),
            two!(DATETIME, TIMESPAN, Returns::Type(Type::Timespan), moments),
            two!(DATETIME, ParamKind::Number, Returns::Type(Type::DateTime), moments),
            two!(DYNAMIC, DYNAMIC, Returns::Type(Type::Dynamic), modulo),
            two!(DYNAMIC, INT, Returns::Type(Type::Long), modulo),
            two!(INT, DYNAMIC, Returns::Type(Type::Long), modulo),
            two!(DYNAMIC, ParamKind::Number, Returns::Parameter1, modulo),
            two!(ParamKind::Number, DYNAMIC, Returns::Parameter0, modulo),
        ],
        [example("print 7 % 4, 25h % 1d", "[3, \"01:00:00\"]"), example("print decimal(7.5) % 2", "[1.5]"),]
    ),
    comparison!(
        "<",
        "True if the left side is less.",
        less,
        [example("print 1 < 2, 2 < 1", "[true, false]")]
    ),
    comparison!(
        "<=",
        "True if the left side is less or equal.",
        less_or_equal,
        [example("print 1 <= 1, 2 <= 1", "[true, false]")]
    ),
    comparison!(
        ">",
        "True if the left side is greater.",
        greater,
        [example("print 2 > 1, 1 > 2", "[true, false]")]
    ),
    comparison!(
        ">=",
        "True if the left side is greater or equal.",
        greater_or_equal,
        [example("print 1 >= 1, 1 >= 2", "[true, false]")]
    ),
    operator!(
        "==",
        "True if both sides are equal; the case of letters counts.",
        "equals-cs-operator",
        [
            two!(BOOL, ParamKind::Scalar, Returns::Type(Type::Bool), equal),
            two!(ParamKind::NotBool, ParamKind::Scalar, Returns::Type(Type::Bool), equal),
        ],
        [
            example("print 1 == 1, 'a' == 'A', 1h == 60m", "[true, false, true]"),
            example("print real(nan) == real(nan), real(nan) == 1.0", "[false, false]"),
        ]
    ),
    operator!(
        "!=",
        "True if the sides are not equal; the case of letters counts.",
        "not-equals-cs-operator",
        [
            two!(BOOL, ParamKind::Scalar, Returns::Type(Type::Bool), not_equal),
            two!(ParamKind::NotBool, ParamKind::Scalar, Returns::Type(Type::Bool), not_equal),
        ],
        [example("print 1 != 1, 'a' != 'A'", "[false, true]")]
    ),
    range!(
        "between",
        "True if the value lies between the ends, ends included.",
        "between-operator",
        false,
        [example(
            "print 5 between (1 .. 5), datetime(2024-01-03) between (datetime(2024-01-01) .. 1d)",
            "[true, false]"
        )]
    ),
    range!(
        "!between",
        "True if the value lies outside of the ends.",
        "not-between-operator",
        true,
        [example("print 6 !between (1 .. 5)", "[true]")]
    ),
    operator!(
        "in",
        "True if the value is in the array.",
        "in-cs-operator",
        [two!(ParamKind::Scalar, ParamKind::Scalar, Returns::Type(Type::Bool), in_array)],
        [example("print 2 in (dynamic([1, 2]))", "[true]")]
    ),
    operator!(
        "!in",
        "True if the value is not in the array.",
        "not-in-cs-operator",
        [two!(ParamKind::Scalar, ParamKind::Scalar, Returns::Type(Type::Bool), |c| Ok(not(in_array(c)?)))],
        [example("print 3 !in (dynamic([1, 2]))", "[true]")]
    ),
    operator!(
        "in~",
        "True if the text is in the array, whatever the case of its letters.",
        "in-operator",
        [two!(ParamKind::Scalar, ParamKind::Scalar, Returns::Type(Type::Bool), in_array_ci)],
        [example("print 'A' in~ (dynamic(['a']))", "[true]")]
    ),
    operator!(
        "!in~",
        "True if the text is not in the array, whatever the case of its letters.",
        "not-in-operator",
        [two!(ParamKind::Scalar, ParamKind::Scalar, Returns::Type(Type::Bool), |c| Ok(not(in_array_ci(c)?)))],
        [example("print 'A' !in~ (dynamic(['a']))", "[false]")]
    ),
];

/// What arithmetic returns: the widest type, `int` made `long`.
fn widest(types: &[Type]) -> Type {
    match types.iter().copied().reduce(|a, b| a.widest(b).unwrap_or(a)) {
        Some(Type::Int) => Type::Long,
        Some(t) => t,
        None => Type::Unknown,
    }
}

/// The argument, converted from dynamic to `ty` where it is dynamic.
fn operand(arg: Arg, ty: Type) -> Result<ast::Expr, Refusal> {
    if arg.ty != Type::Dynamic {
        return Ok(arg.sql);
    }
    convert_sql(arg, ty)
        .ok_or_else(|| Refusal(format!("convert the dynamic value first, for example with to{ty}(…)")))
}

/// The two arguments of an operator.
fn operands(call: Call) -> Result<[Arg; 2], Refusal> {
    call.args.try_into().map_err(|_| Refusal("it takes two operands".into()))
}

/// The two sides of an arithmetic operator, as values of types that the engine can compute with.
fn sides(call: Call) -> Result<[(ast::Expr, Type); 2], Refusal> {
    let [left, right] = operands(call)?;
    if left.ty == Type::Dynamic && right.ty == Type::Dynamic {
        return Err(Refusal("convert the dynamic values first, for example with tolong(…)".into()));
    }
    let typed = |arg: Arg, other: Type| -> Result<(ast::Expr, Type), Refusal> {
        let ty = match (arg.ty, other) {
            (Type::Dynamic, Type::Int) => Type::Long,
            (Type::Dynamic, other) => other,
            (own, _) => own,
        };
        Ok((operand(arg, ty)?, ty))
    };
    let (lt, rt) = (left.ty, right.ty);
    Ok([typed(left, rt)?, typed(right, lt)?])
}

fn and(call: Call) -> Result<ast::Expr, Refusal> {
    let [left, right] = operands(call)?;
    Ok(binary(operand(left, Type::Bool)?, Sql::And, operand(right, Type::Bool)?))
}

fn or(call: Call) -> Result<ast::Expr, Refusal> {
    let [left, right] = operands(call)?;
    Ok(binary(operand(left, Type::Bool)?, Sql::Or, operand(right, Type::Bool)?))
}

fn minus(call: Call) -> Result<ast::Expr, Refusal> {
    match call.args[0].ty {
        Type::DateTime => Err(Refusal("a datetime has no sign".into())),
        // The engine's sign fails on the least value, its difference goes round as Kusto's does.
        ty @ (Type::Int | Type::Long | Type::Timespan) => {
            let zero = crate::sql::build::integer(0);
            let zero = if ty == Type::Int { cast(zero, Type::Int) } else { zero };
            Ok(binary(zero, Sql::Minus, call.args[0].sql.clone()))
        }
        _ => Ok(unary_minus(call.args[0].sql.clone())),
    }
}

/// The call by the runtime's function of decimals, where that is the type of the result. The engine's own
/// operators change the number of digits behind the point.
fn of_decimals(call: &Call, name: &str) -> Option<Result<ast::Expr, Refusal>> {
    let is = |ty| call.args.iter().any(|arg| arg.ty == ty);
    if !is(Type::Decimal) || is(Type::Timespan) {
        return None;
    }
    let decimals = call.args.iter().map(|arg| {
        convert_sql(arg.clone(), Type::Decimal).ok_or_else(|| Refusal(format!("a {} is no decimal", arg.ty)))
    });
    Some(decimals.collect::<Result<Vec<_>, _>>().map(|decimals| runtime(name, decimals)))
}

fn add(call: Call) -> Result<ast::Expr, Refusal> {
    if let Some(sum) = of_decimals(&call, "kql_add_decimal") {
        return sum;
    }
    let [(left, lt), (right, rt)] = sides(call)?;
    Ok(match (lt, rt) {
        (Type::DateTime, Type::Timespan) => runtime("kql_datetime_add_ticks", vec![left, right]),
        (Type::Timespan, Type::DateTime) => runtime("kql_datetime_add_ticks", vec![right, left]),
        (Type::DateTime, Type::DateTime) => return Err(Refusal("two datetimes have no sum".into())),
        _ => binary(left, Sql::Plus, right),
    })
}

fn subtract(call: Call) -> Result<ast::Expr, Refusal> {
    if let Some(difference) = of_decimals(&call, "kql_subtract_decimal") {
        return difference;
    }
    let [(left, lt), (right, rt)] = sides(call)?;
    Ok(match (lt, rt) {
        (Type::DateTime, Type::Timespan) => runtime("kql_datetime_add_ticks", vec![left, unary_minus(right)]),
        (Type::DateTime, Type::DateTime) => runtime("kql_datetime_subtract", vec![left, right]),
        (Type::Timespan, Type::DateTime) => {
            return Err(Refusal("a datetime cannot be taken from a timespan".into()));
        }
        _ => binary(left, Sql::Minus, right),
    })
}

fn multiply(call: Call) -> Result<ast::Expr, Refusal> {
    if let Some(product) = of_decimals(&call, "kql_multiply_decimal") {
        return product;
    }
    let [(left, lt), (right, rt)] = sides(call)?;
    Ok(match (lt, rt) {
        (Type::Timespan, Type::Real) => runtime("kql_timespan_multiply", vec![left, right]),
        (Type::Real, Type::Timespan) => runtime("kql_timespan_multiply", vec![right, left]),
        (Type::Timespan, Type::Decimal) | (Type::Decimal, Type::Timespan) => {
            return Err(Refusal("convert the decimal with toreal(…)".into()));
        }
        _ => binary(left, Sql::Multiply, right),
    })
}

fn divide(call: Call) -> Result<ast::Expr, Refusal> {
    if let Some(quotient) = of_decimals(&call, "kql_divide_decimal") {
        return quotient;
    }
    let ty = call.ty;
    let [(left, lt), (right, rt)] = sides(call)?;
    Ok(match (lt, rt) {
        (Type::Timespan, Type::Timespan) => {
            binary(cast(left, Type::Real), Sql::Divide, cast(right, Type::Real))
        }
        (Type::Timespan, Type::Decimal) => return Err(Refusal("convert the decimal with toreal(…)".into())),
        (Type::Timespan, _) => runtime("kql_timespan_divide", vec![left, cast(right, Type::Real)]),
        (Type::Int | Type::Long, Type::Int | Type::Long) => integer(ty, "kql_divide_long", left, right),
        _ => runtime("kql_divide_real", vec![cast_from(left, lt), cast_from(right, rt)]),
    })
}

fn modulo(call: Call) -> Result<ast::Expr, Refusal> {
    if let Some(remainder) = of_decimals(&call, "kql_modulo_decimal") {
        return remainder;
    }
    let ty = call.ty;
    let [(left, lt), (right, rt)] = sides(call)?;
    Ok(match (lt, rt) {
        (Type::Timespan, Type::Timespan) => runtime("kql_modulo_long", vec![left, right]),
        (Type::Int | Type::Long, Type::Int | Type::Long) => integer(ty, "kql_modulo_long", left, right),
        _ => runtime("kql_modulo_real", vec![cast_from(left, lt), cast_from(right, rt)]),
    })
}

/// Combinations that the analyzer lets pass and that mean nothing.
fn moments(call: Call) -> Result<ast::Expr, Refusal> {
    let [left, right] = call.args.as_slice() else { return Err(Refusal("it takes two operands".into())) };
    Err(Refusal(format!("it means nothing for {} and {}; subtract datetimes first", left.ty, right.ty)))
}

/// A runtime function on 64-bit integers, with its result brought back to `int` where that is the type.
fn integer(ty: Type, name: &str, left: ast::Expr, right: ast::Expr) -> ast::Expr {
    let wide = |sql: ast::Expr| if ty == Type::Int { cast(sql, Type::Long) } else { sql };
    let result = runtime(name, vec![wide(left), wide(right)]);
    if ty == Type::Int { cast(result, Type::Int) } else { result }
}

fn cast_from(sql: ast::Expr, ty: Type) -> ast::Expr {
    if ty == Type::Real { sql } else { cast(sql, Type::Real) }
}

fn less(call: Call) -> Result<ast::Expr, Refusal> {
    compare(call, Sql::Lt, "kql_dynamic_less")
}

fn less_or_equal(call: Call) -> Result<ast::Expr, Refusal> {
    compare(call, Sql::LtEq, "kql_dynamic_less_equal")
}

fn greater(call: Call) -> Result<ast::Expr, Refusal> {
    compare(call, Sql::Gt, "kql_dynamic_greater")
}

fn greater_or_equal(call: Call) -> Result<ast::Expr, Refusal> {
    compare(call, Sql::GtEq, "kql_dynamic_greater_equal")
}

fn compare(call: Call, op: Sql, dynamic: &str) -> Result<ast::Expr, Refusal> {
    let [left, right] = operands(call)?;
    let (lt, rt) = (left.ty, right.ty);
    if lt == Type::Dynamic || rt == Type::Dynamic {
        return Ok(runtime(dynamic, [to_dynamic_sql(&left), to_dynamic_sql(&right)]));
    }
    if lt == Type::Bool && rt == Type::Bool {
        return Ok(binary(left.sql, op, right.sql));
    }
    let (left, right) = (comparable(left, rt), comparable(right, lt));
    // To the engine NaN is greater than any number; to Kusto it is neither greater nor less.
    let greater = if matches!(op, Sql::Gt | Sql::GtEq) { &left } else { &right };
    let nan = may_be_nan(greater).then(|| runtime("isnan", [greater.sql.clone()]));
    let number = |arg: Arg| if arg.ty == Type::Bool { cast(arg.sql, Type::Long) } else { arg.sql };
    let test = binary(number(left), op, number(right));
    Ok(match nan {
        Some(nan) => binary(test, Sql::And, not(nan)),
        None => test,
    })
}

/// An operand as it is compared with the other one. The engine would make a decimal of a real, which fails for NaN,
/// infinities and great numbers: the decimal becomes a real.
fn comparable(arg: Arg, other: Type) -> Arg {
    match (arg.ty, other) {
        (Type::Decimal, Type::Real) => Arg { sql: cast(arg.sql, Type::Real), ty: Type::Real, literal: None },
        _ => arg,
    }
}

fn equal(call: Call) -> Result<ast::Expr, Refusal> {
    equality(call, Sql::Eq, "kql_dynamic_equals")
}

fn not_equal(call: Call) -> Result<ast::Expr, Refusal> {
    equality(call, Sql::NotEq, "kql_dynamic_not_equals")
}

fn equality(call: Call, op: Sql, dynamic: &str) -> Result<ast::Expr, Refusal> {
    let [left, right] = operands(call)?;
    let value = is_value(&left) || is_value(&right);
    let nan = may_be_nan(&left) && may_be_nan(&right);
    let (l, r) = match (left.ty, right.ty) {
        (Type::Dynamic, _) | (_, Type::Dynamic) => {
            return Ok(runtime(dynamic, [to_dynamic_sql(&left), to_dynamic_sql(&right)]));
        }
        (Type::String, Type::String) => return Ok(binary(left.sql, op, right.sql)),
        (a, b) if a == b => (left.sql, right.sql),
        (Type::Bool, t) if t.is_number() => (cast(left.sql, Type::Long), right.sql),
        (t, Type::Bool) if t.is_number() => (left.sql, cast(right.sql, Type::Long)),
        (a, b) if a.is_number() && b.is_number() => (comparable(left, b).sql, comparable(right, a).sql),
        (Type::Guid, Type::String) => (left.sql, guid_of(right)?),
        (Type::String, Type::Guid) => (guid_of(left)?, right.sql),
        (a, b) => {
            return Err(Refusal(format!("a {a} cannot be compared with a {b}; convert one of them")));
        }
    };
    Ok(null_aware(op == Sql::Eq, l, r, value, nan))
}

/// Equality as Kusto has it: a null differs from every value, and two nulls give null. `value` tells that
/// one side is never null, `nan` that both may be NaN, which is not even equal to itself.
fn null_aware(equal: bool, l: ast::Expr, r: ast::Expr, value: bool, nan: bool) -> ast::Expr {
    if value {
        // A plain comparison is what the Parquet reader can prune by.
        let plain = binary(l, if equal { Sql::Eq } else { Sql::NotEq }, r);
        return crate::sql::build::call("COALESCE", [plain, crate::sql::build::boolean(!equal)]);
    }
    let same = |l: ast::Expr, r: ast::Expr| {
        let (l, r) = (Box::new(crate::sql::build::nested(l)), Box::new(crate::sql::build::nested(r)));
        if equal { ast::Expr::IsNotDistinctFrom(l, r) } else { ast::Expr::IsDistinctFrom(l, r) }
    };
    let is_nan = |e: &ast::Expr| {
        crate::sql::build::call(
            "COALESCE",
            [runtime("isnan", vec![e.clone()]), crate::sql::build::boolean(false)],
        )
    };
    let compared = match (nan, equal) {
        (false, _) => same(l.clone(), r.clone()),
        (true, true) => binary(same(l.clone(), r.clone()), Sql::And, not(is_nan(&l))),
        (true, false) => binary(same(l.clone(), r.clone()), Sql::Or, is_nan(&l)),
    };
    let is_null = |e: ast::Expr| ast::Expr::IsNull(Box::new(crate::sql::build::nested(e)));
    let both = binary(is_null(l), Sql::And, is_null(r));
    crate::sql::build::case(vec![(both, crate::sql::build::null(Type::Bool))], compared)
}

/// Whether the argument is a constant other than null and NaN.
fn is_value(arg: &Arg) -> bool {
    use crate::syntax::ast::Literal;
    matches!(&arg.literal, Some(l) if !matches!(l, Literal::Null(_)) && !matches!(l, Literal::Real(n) if n.is_nan()))
}

/// Whether the argument may be NaN.
fn may_be_nan(arg: &Arg) -> bool {
    use crate::syntax::ast::Literal;
    arg.ty == Type::Real && !matches!(&arg.literal, Some(Literal::Real(n)) if !n.is_nan())
}

fn guid_of(arg: Arg) -> Result<ast::Expr, Refusal> {
    convert_sql(arg, Type::Guid).ok_or_else(|| Refusal("convert it with toguid(…)".into()))
}

fn range(call: Call, negated: bool) -> Result<ast::Expr, Refusal> {
    let Ok([value, low, high]) = <[Arg; 3]>::try_from(call.args) else {
        return Err(Refusal("it takes two ends".into()));
    };
    let high = match (low.ty, high.ty) {
        (Type::DateTime, Type::Timespan) => runtime("kql_datetime_add_ticks", [low.sql.clone(), high.sql]),
        _ => high.sql,
    };
    let value = operand(value, if low.ty.is_integer() { Type::Long } else { low.ty })?;
    let nested = |sql| Box::new(crate::sql::build::nested(sql));
    Ok(ast::Expr::Between { expr: nested(value), negated, low: nested(low.sql), high: nested(high) })
}

fn in_array(call: Call) -> Result<ast::Expr, Refusal> {
    in_array_with(call, "kql_dynamic_in")
}

fn in_array_ci(call: Call) -> Result<ast::Expr, Refusal> {
    in_array_with(call, "kql_dynamic_in_ci")
}

fn in_array_with(call: Call, name: &str) -> Result<ast::Expr, Refusal> {
    let [value, array] = call.args.as_slice() else { return Err(Refusal("it takes a list".into())) };
    Ok(runtime(name, vec![to_dynamic_sql(value), array.sql.clone()]))
}
