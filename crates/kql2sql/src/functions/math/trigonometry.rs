//! Angles.

use super::*;

/// Angles.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "pi",
        doc: "The ratio of a circle's circumference to its diameter.",
        page: "pi-function",
        overloads: &[overload(&[], Returns::Type(Type::Real), Lower::Sql("PI()"))],
        examples: &[example("print pi()", "[3.141592653589793]")],
        ..Function::BASE
    },
    Function {
        name: "cos",
        doc: "The cosine of an angle in radians.",
        page: "cos-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("COS(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print cos(0)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "sin",
        doc: "The sine of an angle in radians.",
        page: "sin-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("SIN(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print sin(0)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "tan",
        doc: "The tangent of an angle in radians.",
        page: "tan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("TAN(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print tan(0)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "acos",
        doc: "The angle in radians that has this cosine; null outside of -1 to 1.",
        page: "acos-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_acos"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print acos(1), acos(2)", "[0.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "asin",
        doc: "The angle in radians that has this sine; null outside of -1 to 1.",
        page: "asin-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_asin"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print asin(0), asin(-2)", "[0.0, null]")],
        ..Function::BASE
    },
    Function {
        name: "atan",
        doc: "The angle in radians that has this tangent.",
        page: "atan-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("ATAN(CAST($1 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print atan(0)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "atan2",
        doc: "The angle in radians between the positive x axis and the point (x, y).",
        page: "atan2-function",
        overloads: &[overload(
            &[param("y", ParamKind::Number), param("x", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("ATAN2(CAST($1 AS DOUBLE), CAST($2 AS DOUBLE))"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print atan2(0, 1), atan2(0, -1) == pi()", "[0.0, true]")],
        ..Function::BASE
    },
    Function {
        name: "cot",
        doc: "The cotangent of an angle in radians.",
        page: "cot-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("(1.0 / TAN(CAST($1 AS DOUBLE)))"),
        )],
        examples: &[example("print round(cot(pi() / 4), 6)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "degrees",
        doc: "The angle in degrees of one in radians.",
        page: "degrees-function",
        overloads: &[overload(
            &[param("radians", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("DEGREES(CAST($1 AS DOUBLE))"),
        )],
        examples: &[example("print degrees(pi())", "[180.0]")],
        ..Function::BASE
    },
    Function {
        name: "radians",
        doc: "The angle in radians of one in degrees.",
        page: "radians-function",
        overloads: &[overload(
            &[param("degrees", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Sql("RADIANS(CAST($1 AS DOUBLE))"),
        )],
        examples: &[example("print radians(180) == pi()", "[true]")],
        ..Function::BASE
    },
];
