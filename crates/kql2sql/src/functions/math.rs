//! Numbers and rounding; the sub-families have files of their own.

pub mod bins;
pub mod bits;
pub mod distribution;
pub mod trigonometry;

use super::conversion::{cast, convert_sql, decimal_type};
use super::to_dynamic::call as runtime;
use super::*;
use crate::syntax::ast::Literal;
use crate::types::Type;
use sqlparser::ast;

/// Numbers and rounding.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "round",
        doc: "The number rounded to so many digits behind the point; halves are rounded away from zero.",
        page: "round-function",
        overloads: &[overload(
            &[
                param("number", ParamKind::Number),
                param("precision", ParamKind::Types(&[Type::Long])).optional().form(ArgForm::Constant),
            ],
            Returns::Parameter0,
            Lower::Build(round),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "print round(2.5), round(-2.5), round(2.98765, 3), round(21.5, -1)",
                "[3.0, -3.0, 2.988, 20.0]",
            ),
            example("print round(1250, -2)", "[1300]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "ceiling",
        doc: "The smallest whole number that is not below the number.",
        page: "ceiling-function",
        overloads: &[
            // Recorded: the engine makes a real of an integer, though the analyzer says that it stays one.
            overload(
                &[param("number", ParamKind::Integer)],
                Returns::Type(Type::Real),
                Lower::Sql("CAST($1 AS DOUBLE)"),
            ),
            overload(&[param("number", ParamKind::Number)], Returns::Parameter0, Lower::Build(ceiling)),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print ceiling(-1.1), ceiling(0.9), ceiling(7), ceiling(decimal(2.5))",
            "[-1.0, 1.0, 7.0, 3]",
        )],
        ..Function::BASE
    },
    Function {
        name: "pow",
        doc: "The base raised to the exponent.",
        page: "pow-function",
        overloads: &[overload(
            &[param("base", ParamKind::Number), param("exponent", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_pow"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print pow(2, 10), pow(2, -1), pow(9, 0.5), isinf(pow(0, -1))",
            "[1024.0, 0.5, 3.0, true]",
        )],
        ..Function::BASE
    },
    Function {
        name: "sqrt",
        doc: "The square root; null for a negative number.",
        page: "sqrt-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_sqrt"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print sqrt(81), sqrt(-1)", "[9.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "log",
        doc: "The natural logarithm; null for a negative number.",
        page: "log-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_log"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print log(1), log(-1)", "[0.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "log2",
        doc: "The logarithm to base 2; null for a negative number.",
        page: "log2-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_log2"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print log2(8), log2(-8)", "[3.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "log10",
        doc: "The logarithm to base 10; null for a negative number.",
        page: "log10-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_log10"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print log10(1000), log10(-10)", "[3.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "exp",
        doc: "e raised to the number.",
        page: "exp-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("EXP(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print exp(0)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "exp2",
        doc: "2 raised to the number.",
        page: "exp2-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("POWER(2.0, CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print exp2(5)", "[32.0]")],
        ..Function::BASE
    },
    Function {
        name: "exp10",
        doc: "10 raised to the number.",
        page: "exp10-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("POWER(10.0, CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print exp10(3)", "[1000.0]")],
        ..Function::BASE
    },
    Function {
        name: "abs",
        doc: "The value without its sign.",
        page: "abs-function",
        overloads: &[
            overload(
                &[param("number", ParamKind::Integer)],
                Returns::Type(Type::Long),
                Lower::Udf("kql_abs_long"),
            ),
            overload(&[param("number", ParamKind::Number)], Returns::Parameter0, Lower::Build(abs)),
            overload(
                &[param("number", ParamKind::Types(&[Type::Timespan]))],
                Returns::Type(Type::Timespan),
                Lower::Udf("kql_abs_long"),
            ),
        ],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print abs(-5), abs(int(-5))", "[5, 5]"),
            example("print abs(-5.5)", "[5.5]"),
            example("print abs(-90m)", r#"["01:30:00"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "sign",
        doc: "-1, 0 or 1, as the number is negative, zero or positive.",
        page: "sign-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_sign"),
        )],
        examples: &[example("print sign(-42), sign(0), sign(0.5)", "[-1.0, 0.0, 1.0]")],
        ..Function::BASE
    },
    Function {
        name: "rand",
        doc: "A random number from 0 to below 1, or a whole one from 0 to below a limit.",
        page: "rand-function",
        overloads: &[overload(
            &[param("number", ParamKind::Integer).optional()],
            Returns::Type(Type::Real),
            Lower::Build(rand),
        )],
        result_name: ResultName::FirstArgument,
        volatile: true,
        examples: &[example("print rand() < 1, rand(10) < 10", "[true, true]")],
        ..Function::BASE
    },
    Function {
        name: "isnan",
        doc: "Whether the number is NaN.",
        page: "isnan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_isnan"),
        )],
        examples: &[example("print isnan(0.0 / 0.0), isnan(1.0), isnan(real(null))", "[true, false, null]")],
        ..Function::BASE
    },
    Function {
        name: "isinf",
        doc: "Whether the number is infinite.",
        page: "isinf-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_isinf"),
        )],
        examples: &[example("print isinf(-1.0 / 0.0), isinf(0.0 / 0.0)", "[true, false]")],
        ..Function::BASE
    },
    Function {
        name: "isfinite",
        doc: "Whether the number is neither infinite nor NaN.",
        page: "isfinite-function",
        overloads: &[overload(
            &[param("number", ParamKind::Types(&[Type::Real]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_isfinite"),
        )],
        examples: &[example(
            "print isfinite(1.0), isfinite(1.0 / 0.0), isfinite(0.0 / 0.0)",
            "[true, false, false]",
        )],
        ..Function::BASE
    },
];

fn round(call: Call) -> Result<ast::Expr, Refusal> {
    let name = match call.ty {
        Type::Int | Type::Long => "kql_round_long",
        Type::Real => {
            // The engine's own function does the same, for the digits that people ask for.
            let plain = match call.args.get(1).map(|a| &a.literal) {
                None => true,
                Some(Some(Literal::Long(digits))) => (-15..=15).contains(digits),
                Some(_) => false,
            };
            if plain { "ROUND" } else { "kql_round_real" }
        }
        ty => return Err(Refusal(format!("a {ty} is not rounded; convert it to a real"))),
    };
    let ty = call.ty;
    let rounded = runtime(name, call.sqls());
    Ok(if ty == Type::Int { runtime("kql_toint_long", vec![rounded]) } else { rounded })
}

fn ceiling(call: Call) -> Result<ast::Expr, Refusal> {
    let number = &call.args[0];
    match number.ty {
        Type::Real => Ok(runtime("CEIL", vec![number.sql.clone()])),
        Type::Decimal => Ok(cast(runtime("CEIL", vec![number.sql.clone()]), decimal_type())),
        ty => Err(Refusal(format!("a {ty} is not rounded; convert it to a real"))),
    }
}

/// Of a real or a decimal; integers have an overload of their own.
fn abs(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(runtime("ABS", call.sqls()))
}

fn rand(call: Call) -> Result<ast::Expr, Refusal> {
    let random = runtime("RANDOM", vec![]);
    let Some(limit) = call.args.first() else { return Ok(random) };
    let limit = cast(limit.sql.clone(), ast::DataType::Double(ast::ExactNumberInfo::None));
    let scaled = ast::Expr::BinaryOp {
        left: Box::new(random),
        op: ast::BinaryOperator::Multiply,
        right: Box::new(limit),
    };
    Ok(runtime("FLOOR", vec![scaled]))
}
