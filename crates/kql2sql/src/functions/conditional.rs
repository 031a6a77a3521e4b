//! Choices, nulls and empties.

use super::*;
use crate::types::Type;

/// Choices, nulls and empties.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "iif",
        doc: "",
        page: "",
        overloads: &[overload(
            &[
                param("if", ParamKind::Types(&[Type::Bool])),
                param("then", ParamKind::CommonScalarOrDynamic),
                param("else", ParamKind::CommonScalarOrDynamic),
            ],
            Returns::CommonNonDynamic,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "iff",
        doc: "",
        page: "iff-function",
        overloads: &[overload(
            &[
                param("if", ParamKind::Types(&[Type::Bool])),
                param("then", ParamKind::CommonScalarOrDynamic),
                param("else", ParamKind::CommonScalarOrDynamic),
            ],
            Returns::CommonNonDynamic,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "case",
        doc: "",
        page: "case-function",
        overloads: &[overload(
            &[
                param("predicate", ParamKind::Types(&[Type::Bool])).times(1, 32767),
                param("then", ParamKind::CommonScalarOrDynamic).times(1, 32767),
                param("else", ParamKind::CommonScalarOrDynamic),
            ],
            Returns::CommonNonDynamic,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "not",
        doc: "",
        page: "not-function",
        overloads: &[overload(
            &[param("expression", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "notnull",
        doc: "",
        page: "isnotnull-function",
        overloads: &[overload(&[param("expression", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        obsolete: Some("isnotnull"),
        ..Function::BASE
    },
    Function {
        name: "isnotnull",
        doc: "",
        page: "isnotnull-function",
        overloads: &[overload(&[param("expression", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        ..Function::BASE
    },
    Function {
        name: "isnull",
        doc: "",
        page: "isnull-function",
        overloads: &[overload(&[param("expression", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        ..Function::BASE
    },
    Function {
        name: "notempty",
        doc: "",
        page: "isnotempty-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        obsolete: Some("isnotempty"),
        ..Function::BASE
    },
    Function {
        name: "isnotempty",
        doc: "",
        page: "isnotempty-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        ..Function::BASE
    },
    Function {
        name: "isempty",
        doc: "",
        page: "isempty-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        ..Function::BASE
    },
    Function {
        name: "coalesce",
        doc: "",
        page: "coalesce-function",
        overloads: &[overload(&[param("arg", ParamKind::CommonScalar).times(2, 64)], Returns::Common, TODO)],
        ..Function::BASE
    },
    Function {
        name: "max_of",
        doc: "",
        page: "max-of-function",
        overloads: &[overload(
            &[param("arg", ParamKind::CommonOrderable).times(2, 64)],
            Returns::Common,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "min_of",
        doc: "",
        page: "min-of-function",
        overloads: &[overload(
            &[param("arg", ParamKind::CommonOrderable).times(2, 64)],
            Returns::Common,
            TODO,
        )],
        ..Function::BASE
    },
];
