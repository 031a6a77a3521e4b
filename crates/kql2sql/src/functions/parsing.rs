//! Parsers of paths, URLs, command lines, CSV and XML.

use super::conversion::tostring_sql;
use super::string::with_texts;
use super::to_dynamic::call as runtime;
use super::*;
use crate::sql::build::string;
use crate::syntax::ast::Literal;
use crate::types::Type;
use sqlparser::ast;

/// Parsers of paths, URLs, command lines, CSV and XML.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "parse_command_line",
        doc: "The arguments of a command line, as Windows splits it.",
        page: "parse-command-line-function",
        overloads: &[overload(
            &[param("command", ParamKind::Scalar), param("parser", ParamKind::Types(&[Type::String]))],
            Returns::Dynamic(Shape::STRINGS),
            Lower::Build(parse_command_line),
        )],
        examples: &[example(
            r#"print parse_command_line('cmd /c "dir \\"x y\\"" z', "windows")"#,
            r#"[["cmd", "/c", "dir \"x y\"", "z"]]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_csv",
        doc: "The values of the first record of comma-separated values.",
        page: "parse-csv-function",
        overloads: &[overload(
            &[param("csv_text", ParamKind::StringOrDynamic)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Build(|call| Ok(with_texts("kql_parse_csv", call, 1))),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(r#"print parse_csv('a,"b,c",')"#, r#"[["a", "b,c", ""]]"#)],
        ..Function::BASE
    },
    Function {
        name: "parse_xml",
        doc: "The XML document as a dynamic value: attributes as `@name`, text as `#text`; null if it is not well-formed.",
        page: "parse-xml-function",
        overloads: &[overload(
            &[param("xml_text", ParamKind::StringOrDynamic)],
            Returns::Dynamic(Shape::Bag),
            Lower::Build(|call| Ok(with_texts("kql_parse_xml", call, 1))),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                r#"print parse_xml('<Data><D Name="user">ann</D><D Name="none"/></Data>')"#,
                r##"[{"Data": {"D": [{"@Name": "user", "#text": "ann"}, {"@Name": "none"}]}}]"##,
            ),
            example(r#"print parse_xml("<a>")"#, "[null]"),
        ],
        ..Function::BASE
    },
    PARSE_URL.obsolete("parseurl"),
    PARSE_URL,
    PARSE_URLQUERY.obsolete("parseurlquery"),
    PARSE_URLQUERY,
    Function {
        name: "parse_path",
        doc: "The parts of a path of a file.",
        page: "parse-path-function",
        overloads: &[overload(
            &[param("path", ParamKind::Types(&[Type::String]))],
            Returns::Dynamic(Shape::Bag),
            Lower::Udf("kql_parse_path"),
        )],
        examples: &[example(
            r#"print parse_path(@"C:\Users\ann\notes.txt")"#,
            r#"[{"Scheme": "", "RootPath": "C:\\", "DirectoryPath": "C:\\Users\\ann", "DirectoryName": "ann", "Filename": "notes.txt", "Extension": "txt", "AlternateDataStreamName": ""}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_user_agent",
        doc: "Browser, operating system and device of a user agent, by the patterns that `--user-agents` names.",
        page: "parse-user-agent-function",
        overloads: &[overload(
            &[
                param("user_agent", ParamKind::Types(&[Type::String])),
                param("look_for", ParamKind::StringOrArray).optional(),
            ],
            Returns::Dynamic(Shape::Bag),
            Lower::Needs(
                "it needs the patterns of user agents, which change with each browser; give uap-core's regexes.yaml \
                 with --user-agents FILE",
            ),
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_version",
        doc: "The number by which a version compares with others; null if it is none.",
        page: "parse-version-function",
        overloads: &[overload(
            &[param("version", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Decimal),
            Lower::Udf("kql_parse_version"),
        )],
        examples: &[
            example(
                r#"print parse_version("1.10") > parse_version("1.9.3"), parse_version("2") == parse_version("2.0"), isnull(parse_version("beta"))"#,
                "[true, true, true]",
            ),
            example(
                r#"print tostring(parse_version("1.2.3.4")), bag_pack("v", parse_version("0.2"))"#,
                r#"["1000000020000000300000004", {"v": "20000000000000000"}]"#,
            ),
        ],
        ..Function::BASE
    },
];

const PARSE_URL: Function = Function {
    name: "parse_url",
    doc: "The parts of an absolute URL.",
    page: "parse-url-function",
    overloads: &[overload(
        &[param("url", ParamKind::Types(&[Type::String]))],
        Returns::Dynamic(Shape::Bag),
        Lower::Udf("kql_parse_url"),
    )],
    examples: &[
        example(
            r#"print parse_url("https://contoso.com:8080/a?x=1#top")"#,
            r#"[{"Scheme": "https", "Host": "contoso.com", "Port": "8080", "Path": "/a", "Username": "", "Password": "", "Query Parameters": {"x": "1"}, "Fragment": "top"}]"#,
        ),
        example(r#"print parse_url("contoso.com").Host"#, r#"[""]"#),
    ],
    ..Function::BASE
};

const PARSE_URLQUERY: Function = Function {
    name: "parse_urlquery",
    doc: "The parameters of the query of a URL.",
    page: "parse-url-query-function",
    overloads: &[overload(
        &[param("query", ParamKind::Types(&[Type::String]))],
        Returns::Dynamic(Shape::Bag),
        Lower::Udf("kql_parse_urlquery"),
    )],
    examples: &[example(
        r#"print parse_urlquery("a=1&b=x%20y")"#,
        r#"[{"Query Parameters": {"a": "1", "b": "x%20y"}}]"#,
    )],
    ..Function::BASE
};

fn parse_command_line(call: Call) -> Result<ast::Expr, Refusal> {
    match &call.args[1].literal {
        Some(Literal::String(parser)) if parser.eq_ignore_ascii_case("windows") => {
            Ok(runtime("kql_parse_command_line", vec![tostring_sql(call.args[0].clone())]))
        }
        _ => Err(Refusal("its second argument must be \"windows\", the only parser that there is".into())),
    }
}

/// `parse_user_agent` with the file of its patterns: what the binder makes of a call.
pub(crate) static USER_AGENT: Function = Function {
    name: "parse_user_agent",
    overloads: &[overload(
        &[
            param("patterns", ParamKind::Types(&[Type::String])),
            param("user_agent", ParamKind::Types(&[Type::String])),
            param("look_for", ParamKind::StringOrArray).optional(),
        ],
        Returns::Dynamic(Shape::Bag),
        Lower::Build(user_agent),
    )],
    ..Function::BASE
};

/// `(patterns, user agent, what to look for)`
fn user_agent(call: Call) -> Result<ast::Expr, Refusal> {
    let wanted = match call.args.get(2).map(|arg| &arg.literal) {
        Some(Some(Literal::String(one))) => vec![crate::json::quoted(one)],
        Some(Some(Literal::Dynamic(json))) => {
            let list = json.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            list.unwrap_or(json).split(',').map(str::to_owned).collect()
        }
        _ => vec![],
    };
    let known = |name: &String| matches!(name.as_str(), r#""browser""# | r#""os""# | r#""device""#);
    if wanted.is_empty() || !wanted.iter().all(known) {
        return Err(Refusal(
            "say what to look for as a constant: \"browser\", \"os\", \"device\", or an array of these"
                .into(),
        ));
    }
    let mut args = call.sqls();
    args[2] = string(wanted.join(","));
    Ok(runtime("kql_parse_user_agent", args))
}
