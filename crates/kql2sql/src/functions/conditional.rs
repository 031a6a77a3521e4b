//! Choices, nulls and empties.

use super::conversion::convert_sql;
use super::to_dynamic::{call as runtime, to_dynamic_sql};
use super::*;
use crate::sql::build::{binary, boolean, call, case, not, string};
use crate::types::Type;
use sqlparser::ast;

const BOOL: ParamKind = ParamKind::Types(&[Type::Bool]);

/// Choices, nulls and empties.
pub static FUNCTIONS: &[Function] = &[
    IFF.alias("iif"),
    IFF,
    Function {
        name: "case",
        doc: "The value behind the first condition that holds, or the last value.",
        page: "case-function",
        overloads: &[overload(
            &[
                param("predicate", BOOL).times(1, 32767),
                param("then", ParamKind::CommonScalarOrDynamic).times(1, 32767),
                param("else", ParamKind::CommonScalarOrDynamic),
            ],
            Returns::CommonNonDynamic,
            Lower::Build(choose),
        )],
        examples: &[example("print case(1 > 2, 'a', 2 > 1, 'b', 'c')", r#"["b"]"#)],
        ..Function::BASE
    },
    Function {
        name: "not",
        doc: "The opposite of a bool.",
        page: "not-function",
        overloads: &[overload(&[param("expression", BOOL)], Returns::Type(Type::Bool), Lower::Sql("NOT $1"))],
        examples: &[example("print not(1 > 2), not(true)", "[true, false]")],
        ..Function::BASE
    },
    ISNOTNULL.obsolete("notnull"),
    ISNOTNULL,
    Function {
        name: "isnull",
        doc: "True if the value is null. A string never is.",
        page: "isnull-function",
        overloads: &[overload(
            &[param("expression", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Build(is_null),
        )],
        examples: &[example("print isnull(1), isnull(int(null)), isnull('')", "[false, true, false]")],
        ..Function::BASE
    },
    ISNOTEMPTY.obsolete("notempty"),
    ISNOTEMPTY,
    Function {
        name: "isempty",
        doc: "True if the value is null or an empty string.",
        page: "isempty-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Build(is_empty),
        )],
        examples: &[example("print isempty('a'), isempty(''), isempty(int(null))", "[false, true, true]")],
        ..Function::BASE
    },
    Function {
        name: "coalesce",
        doc: "The first value that is not null; of strings, the first that is not empty.",
        page: "coalesce-function",
        overloads: &[overload(
            &[param("arg", ParamKind::CommonScalar).times(2, 64)],
            Returns::Common,
            Lower::Build(coalesce),
        )],
        examples: &[
            example("print coalesce(tolong('x'), tolong('42'), 33)", "[42]"),
            example("print coalesce('', 'b')", r#"["b"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "max_of",
        doc: "The greatest of the values; nulls are passed over.",
        page: "max-of-function",
        overloads: &[overload(
            &[param("arg", ParamKind::CommonOrderable).times(2, 64)],
            Returns::Common,
            Lower::Build(|c| greatest(c, "GREATEST")),
        )],
        examples: &[example("print max_of(10, 1, -3, 17)", "[17]")],
        ..Function::BASE
    },
    Function {
        name: "min_of",
        doc: "The least of the values; nulls are passed over.",
        page: "min-of-function",
        overloads: &[overload(
            &[param("arg", ParamKind::CommonOrderable).times(2, 64)],
            Returns::Common,
            Lower::Build(|c| greatest(c, "LEAST")),
        )],
        examples: &[example("print min_of(10, 1, -3, 17)", "[-3]")],
        ..Function::BASE
    },
];

const IFF: Function = Function {
    name: "iff",
    doc: "One of two values, by a condition; a condition that is null counts as false.",
    page: "iff-function",
    overloads: &[overload(
        &[
            param("if", BOOL),
            param("then", ParamKind::CommonScalarOrDynamic),
            param("else", ParamKind::CommonScalarOrDynamic),
        ],
        Returns::CommonNonDynamic,
        Lower::Build(choose),
    )],
    examples: &[
        example("print iff(2 > 1, 'yes', 'no')", r#"["yes"]"#),
        example("print iff(1 > 2, 1, 0.5)", "[0.5]"),
    ],
    ..Function::BASE
};

const ISNOTNULL: Function = Function {
    name: "isnotnull",
    doc: "True if the value is not null. A string never is.",
    page: "isnotnull-function",
    overloads: &[overload(
        &[param("expression", ParamKind::Scalar)],
        Returns::Type(Type::Bool),
        Lower::Build(is_not_null),
    )],
    examples: &[example("print isnotnull(1), isnotnull(int(null)), isnotnull('')", "[true, false, true]")],
    ..Function::BASE
};

const ISNOTEMPTY: Function = Function {
    name: "isnotempty",
    doc: "True if the value is neither null nor an empty string.",
    page: "isnotempty-function",
    overloads: &[overload(
        &[param("value", ParamKind::Scalar)],
        Returns::Type(Type::Bool),
        Lower::Build(is_not_empty),
    )],
    examples: &[example("print isnotempty('a'), isnotempty(''), isnotempty(0)", "[true, false, true]")],
    ..Function::BASE
};

/// The value of a branch in the type of the whole: the branches must agree for the engine.
fn branch(arg: Arg, ty: Type) -> Result<ast::Expr, Refusal> {
    if arg.ty == ty {
        return Ok(arg.sql);
    }
    if ty == Type::Dynamic {
        return Ok(to_dynamic_sql(&arg));
    }
    let from = arg.ty;
    convert_sql(arg, ty).ok_or_else(|| Refusal(format!("a {from} and a {ty} have no common type")))
}

/// `iff` and `case`: pairs of a condition and a value, and a value for the rest.
fn choose(mut c: Call) -> Result<ast::Expr, Refusal> {
    let Some(otherwise) = c.args.pop() else {
        return Err(Refusal("it takes conditions and values".into()));
    };
    let mut branches = Vec::new();
    let mut pairs = c.args.into_iter();
    while let (Some(condition), Some(value)) = (pairs.next(), pairs.next()) {
        branches.push((condition.sql, branch(value, c.ty)?));
    }
    Ok(case(branches, branch(otherwise, c.ty)?))
}

fn is_null(c: Call) -> Result<ast::Expr, Refusal> {
    let arg = &c.args[0];
    Ok(match arg.ty {
        // Kusto's strings are never null.
        Type::String => boolean(false),
        _ => ast::Expr::IsNull(Box::new(crate::sql::build::nested(arg.sql.clone()))),
    })
}

fn is_not_null(c: Call) -> Result<ast::Expr, Refusal> {
    let arg = &c.args[0];
    Ok(match arg.ty {
        Type::String => boolean(true),
        _ => ast::Expr::IsNotNull(Box::new(crate::sql::build::nested(arg.sql.clone()))),
    })
}

fn is_empty(c: Call) -> Result<ast::Expr, Refusal> {
    let arg = &c.args[0];
    Ok(match arg.ty {
        Type::String => binary(arg.sql.clone(), ast::BinaryOperator::Eq, string("")),
        Type::Dynamic => runtime("kql_isempty_dynamic", vec![arg.sql.clone()]),
        _ => ast::Expr::IsNull(Box::new(crate::sql::build::nested(arg.sql.clone()))),
    })
}

fn is_not_empty(c: Call) -> Result<ast::Expr, Refusal> {
    let arg = &c.args[0];
    Ok(match arg.ty {
        Type::String => binary(arg.sql.clone(), ast::BinaryOperator::NotEq, string("")),
        Type::Dynamic => not(runtime("kql_isempty_dynamic", vec![arg.sql.clone()])),
        _ => ast::Expr::IsNotNull(Box::new(crate::sql::build::nested(arg.sql.clone()))),
    })
}

fn coalesce(c: Call) -> Result<ast::Expr, Refusal> {
    let mut values = c.args.into_iter().map(|a| branch(a, c.ty)).collect::<Result<Vec<_>, _>>()?;
    if c.ty != Type::String {
        return Ok(call("COALESCE", values));
    }
    let last = values.pop().unwrap_or_else(|| string(""));
    let present = |v: ast::Expr| call("NULLIF", [v, string("")]);
    let mut args: Vec<_> = values.into_iter().map(present).collect();
    args.push(last);
    Ok(call("COALESCE", args))
}

fn greatest(c: Call, name: &str) -> Result<ast::Expr, Refusal> {
    if c.ty == Type::Dynamic {
        return Err(Refusal("convert the dynamic values first, for example with tolong(…)".into()));
    }
    let values = c.args.into_iter().map(|a| branch(a, c.ty)).collect::<Result<Vec<_>, _>>()?;
    let extreme = call(name, values.clone());
    if c.ty != Type::Real {
        return Ok(extreme);
    }
    // NaN wins over every number.
    let nan = values.into_iter().map(|v| call("COALESCE", [runtime("isnan", vec![v]), boolean(false)]));
    let any = nan.reduce(|a, b| binary(a, ast::BinaryOperator::Or, b)).unwrap_or_else(|| boolean(false));
    Ok(case(vec![(any, crate::sql::build::cast(string("NaN"), Type::Real))], extreme))
}
