//! Parsers of paths, URLs, command lines, CSV and XML.

use super::*;
use crate::types::Type;

/// Parsers of paths, URLs, command lines, CSV and XML.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "parse_command_line",
        doc: "",
        page: "parse-command-line-function",
        overloads: &[overload(
            &[param("command", ParamKind::Scalar), param("parser", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_csv",
        doc: "",
        page: "parse-csv-function",
        overloads: &[overload(
            &[param("csv_text", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "parse_xml",
        doc: "",
        page: "parse-xml-function",
        overloads: &[overload(
            &[param("xml_text", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "parseurl",
        doc: "",
        page: "parse-url-function",
        overloads: &[overload(
            &[param("url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        obsolete: Some("parse_url"),
        ..Function::BASE
    },
    Function {
        name: "parse_url",
        doc: "",
        page: "parse-url-function",
        overloads: &[overload(
            &[param("url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parseurlquery",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("query", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        obsolete: Some("parse_urlquery"),
        ..Function::BASE
    },
    Function {
        name: "parse_urlquery",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("query", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_path",
        doc: "",
        page: "parse-path-function",
        overloads: &[overload(
            &[param("path", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_user_agent",
        doc: "",
        page: "parse-user-agent-function",
        overloads: &[overload(
            &[
                param("user_agent", ParamKind::Types(&[Type::String])),
                param("look_for", ParamKind::StringOrArray).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_version",
        doc: "",
        page: "parse-version-function",
        overloads: &[overload(
            &[param("version", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Decimal),
            TODO,
        )],
        ..Function::BASE
    },
];
