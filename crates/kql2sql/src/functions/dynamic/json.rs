//! JSON text and dynamic values.

use super::super::conversion::{convert_sql, tostring_sql};
use super::super::to_dynamic::call as runtime;
use super::super::*;
use super::arguments;
use crate::types::Type;
use sqlparser::ast;

/// JSON text and dynamic values.
pub static FUNCTIONS: &[Function] = &[
    EXTRACT_JSON.alias("extractjson"),
    EXTRACT_JSON,
    PARSE_JSON.obsolete("parsejson"),
    PARSE_JSON,
    Function {
        name: "treepath",
        doc: "The paths of all members of a bag; those of the elements of an array are given once.",
        page: "treepath-function",
        overloads: &[overload(
            &[param("object", ParamKind::DynamicBag)],
            Returns::Dynamic(Shape::STRINGS),
            Lower::Udf("kql_treepath"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("tree"),
        examples: &[example(
            r#"print treepath(dynamic({"a": [{"b": 1}, {"b": 2}], "c": 0}))"#,
            r#"[["['a']", "['a'][0]", "['a'][0]['b']", "['c']"]]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "dynamic_to_json",
        doc: "JSON text that is the same for all bags with the same members: these are sorted by name.",
        page: "dynamic-to-json-function",
        overloads: &[overload(
            &[param("dynamic", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(dynamic_to_json),
        )],
        examples: &[example(
            r#"print dynamic_to_json(dynamic({"b": [2, 1], "a": {"d": 1, "c": "x"}}))"#,
            r#"["{\"a\":{\"c\":\"x\",\"d\":1},\"b\":[2,1]}"]"#,
        )],
        ..Function::BASE
    },
];

const EXTRACT_JSON: Function = Function {
    name: "extract_json",
    doc: "The member of a JSON text that a JSONPath leads to, as text or as the type asked for.",
    page: "extract-json-function",
    overloads: &[
        overload(
            &[
                param("jsonPath", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("jsonText", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Udf("kql_extract_json"),
        ),
        overload(
            &[
                param("jsonPath", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("jsonText", ParamKind::Types(&[Type::String])),
                param("type", ParamKind::Scalar).form(ArgForm::Type),
            ],
            Returns::ParameterNLiteral(2),
            Lower::Build(extract_json_as),
        ),
    ],
    examples: &[
        example(r#"print extract_json("$.b[1]", '{"a": "x", "b": [1, 2.5]}')"#, r#"["2.5"]"#),
        example(r#"print extract_json("$.n", '{"n": "17"}', typeof(long))"#, "[17]"),
        example(r#"print extract_json("$.none", "{}")"#, r#"[""]"#),
    ],
    ..Function::BASE
};

const PARSE_JSON: Function = Function {
    name: "parse_json",
    doc: "The JSON text as a dynamic value; text that is not JSON as a dynamic string. A dynamic value stays as it is.",
    page: "parse-json-function",
    overloads: &[overload(
        &[param("json_text", ParamKind::StringOrDynamic)],
        Returns::Type(Type::Dynamic),
        Lower::Build(parse_json),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[
        example(r#"print parse_json('{"a": [1, "x"]}').a[1]"#, r#"["x"]"#),
        example(r#"print parse_json("no json"), parse_json("")"#, r#"["no json", null]"#),
        example(
            r#"print tostring(parse_json('{"t": "2021-11-18T00:03:35"}'))"#,
            r#"["{\"t\":\"2021-11-18T00:03:35.0000000Z\"}"]"#,
        ),
    ],
    ..Function::BASE
};

fn parse_json(call: Call) -> Result<ast::Expr, Refusal> {
    let [text] = call.args.as_slice() else { return Err(arguments()) };
    Ok(match text.ty {
        Type::Dynamic => text.sql.clone(),
        _ => runtime("kql_parse_json", vec![text.sql.clone()]),
    })
}

fn dynamic_to_json(call: Call) -> Result<ast::Expr, Refusal> {
    let [value] = call.args.as_slice() else { return Err(arguments()) };
    Ok(match value.ty {
        Type::Dynamic => runtime("kql_dynamic_to_json", vec![value.sql.clone()]),
        _ => tostring_sql(value.clone()),
    })
}

/// With a third argument the result has the type that this names.
fn extract_json_as(call: Call) -> Result<ast::Expr, Refusal> {
    let [path, text, _] = call.args.as_slice() else { return Err(arguments()) };
    let args = vec![path.sql.clone(), text.sql.clone()];
    if call.ty == Type::Dynamic {
        return Ok(runtime("kql_extract_json_dynamic", args));
    }
    let member = Arg { sql: runtime("kql_extract_json", args), ty: Type::String, literal: None };
    convert_sql(member, call.ty).ok_or_else(|| Refusal(format!("text is not converted to {}", call.ty)))
}
