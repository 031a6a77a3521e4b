//! Conversions between types.

use super::*;
use crate::types::Type;

/// Conversions between types.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "tostring",
        doc: "",
        page: "tostring-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "tohex",
        doc: "",
        page: "tohex-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("minLength", ParamKind::Integer).optional()],
            Returns::Type(Type::String),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "todynamic",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("value", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "toobject",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("value", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        obsolete: Some("todynamic"),
        ..Function::BASE
    },
    Function {
        name: "tolong",
        doc: "",
        page: "tolong-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Long), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "toint",
        doc: "",
        page: "toint-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Int), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "toreal",
        doc: "",
        page: "toreal-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "todouble",
        doc: "",
        page: "",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "todatetime",
        doc: "",
        page: "todatetime-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::DateTime), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "totimespan",
        doc: "",
        page: "totimespan-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Timespan), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "totime",
        doc: "",
        page: "totimespan-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Timespan), TODO)],
        result_name: ResultName::FirstArgument,
        obsolete: Some("totimespan"),
        ..Function::BASE
    },
    Function {
        name: "tobool",
        doc: "",
        page: "tobool-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "toboolean",
        doc: "",
        page: "",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "todecimal",
        doc: "",
        page: "todecimal-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Decimal), TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "toguid",
        doc: "",
        page: "toguid-function",
        overloads: &[overload(
            &[param("value", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Guid),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "gettype",
        doc: "",
        page: "gettype-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("type"),
        ..Function::BASE
    },
];
