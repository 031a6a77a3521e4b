//! Strings and regular expressions.

use super::conversion::{cast, tostring_sql};
use super::to_dynamic::call as runtime;
use super::*;
use crate::syntax::ast::Literal;
use crate::types::Type;
use sqlparser::ast;

pub mod pattern;

/// Strings and regular expressions.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "strcat",
        doc: "The arguments one after the other, each as `tostring` shows it.",
        page: "strcat-function",
        overloads: &[overload(
            &[param("arg", ParamKind::Scalar).times(1, 64)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(runtime("CONCAT", texts(call.args)))),
        )],
        examples: &[
            example(r#"print strcat("a", 1, "-", true)"#, r#"["a1-True"]"#),
            example(
                r#"print strcat("at ", datetime(2024-05-01 05:00:00.1234567))"#,
                r#"["at 2024-05-01T05:00:00.1234567Z"]"#,
            ),
            example(r#"print strcat("[", int(null), "]", 90m)"#, r#"["[]01:30:00"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "strcat_array",
        doc: "The elements of the array as one text, with the delimiter between them; null elements are empty.",
        page: "strcat-array-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("delimiter", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(strcat_array),
        )],
        examples: &[
            example(r#"print strcat_array(dynamic(["a", 2, null, "b"]), "; ")"#, r#"["a; 2; ; b"]"#),
            example(r#"print strcat_array(dynamic([]), ",")"#, r#"[""]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_strcat",
        doc: "The elements of the array as one text, with the delimiter between them; null elements are empty.",
        page: "strcat-array-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("delimiter", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(strcat_array),
        )],
        examples: &[example(r#"print array_strcat(dynamic([true, "x"]), "/")"#, r#"["true/x"]"#)],
        ..Function::BASE
    },
    Function {
        name: "strcat_delim",
        doc: "The arguments from the second on as one text, with the first between them.",
        page: "strcat-delim-function",
        overloads: &[overload(
            &[param("delimiter", ParamKind::Scalar), param("arg", ParamKind::Scalar).times(2, 64)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(runtime("kql_strcat_delim", texts(call.args)))),
        )],
        examples: &[example(r#"print strcat_delim("/", "a", 7, "", 2s)"#, r#"["a/7//00:00:02"]"#)],
        ..Function::BASE
    },
    Function {
        name: "strcmp",
        doc: "-1, 0 or 1, as the first text comes before, is, or comes after the second, by code points.",
        page: "strcmp-function",
        overloads: &[overload(
            &[param("s1", ParamKind::Scalar), param("s2", ParamKind::Scalar)],
            Returns::Type(Type::Long),
            Lower::Build(|call| Ok(with_texts("kql_strcmp", call, 2))),
        )],
        examples: &[example(
            r#"print strcmp("abc", "abd"), strcmp("b", "B"), strcmp("x", "x"), strcmp("ab", "a")"#,
            "[-1, 1, 0, 1]",
        )],
        ..Function::BASE
    },
    Function {
        name: "strrep",
        doc: "The value, as text, repeated (1024 times at most), with the delimiter between.",
        page: "strrep-function",
        overloads: &[overload(
            &[
                param("value", ParamKind::Scalar),
                param("multiplier", ParamKind::Types(&[Type::Long])),
                param("delimiter", ParamKind::Scalar).optional(),
            ],
            Returns::Type(Type::String),
            Lower::Build(strrep),
        )],
        examples: &[example(r#"print strrep("ab", 3), strrep(7, 2, ", ")"#, r#"["ababab", "7, 7"]"#)],
        ..Function::BASE
    },
    Function {
        name: "strlen",
        doc: "The number of Unicode code points.",
        page: "strlen-function",
        overloads: &[overload(
            &[param("string", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Long),
            Lower::Build(|call| Ok(length("CHARACTER_LENGTH", call))),
        )],
        result_name: ResultName::NameAndFirstArgument,
        examples: &[
            example("print strlen('naïve'), strlen(''), strlen('🙂')", "[5, 0, 1]"),
            example(r#"print strlen(dynamic("four"))"#, "[4]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "string_size",
        doc: "The number of bytes in UTF-8.",
        page: "string-size-function",
        overloads: &[overload(
            &[param("string", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Long),
            Lower::Build(|call| Ok(length("OCTET_LENGTH", call))),
        )],
        result_name: ResultName::NameAndFirstArgument,
        examples: &[example("print string_size('naïve'), string_size('🙂')", "[6, 4]")],
        ..Function::BASE
    },
    Function {
        name: "toupper",
        doc: "The text in upper case.",
        page: "toupper-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_toupper", call, 1))),
        )],
        examples: &[example(r#"print toupper("Größe 5b")"#, r#"["GRÖßE 5B"]"#)],
        ..Function::BASE
    },
    Function {
        name: "tolower",
        doc: "The text in lower case.",
        page: "tolower-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_tolower", call, 1))),
        )],
        examples: &[example(r#"print tolower("ÄRGER At 5")"#, r#"["ärger at 5"]"#)],
        ..Function::BASE
    },
    UNICODE_CODEPOINTS_FROM_STRING.obsolete("to_utf8"),
    UNICODE_CODEPOINTS_FROM_STRING,
    Function {
        name: "substring",
        doc: "The characters from a position on, counted from 0, or from the end if it is negative; all of them or so many.",
        page: "substring-function",
        overloads: &[overload(
            &[
                param("string", ParamKind::Scalar),
                param("start", ParamKind::Integer),
                param("length", ParamKind::Integer).optional(),
            ],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_substring", call, 1))),
        )],
        examples: &[
            example(
                r#"print substring("lakehunt", 4), substring("lakehunt", 0, 4), substring("lakehunt", -4, 2)"#,
                r#"["hunt", "lake", "hu"]"#,
            ),
            example(r#"print substring("lake", 9), substring(12345, 1, 2)"#, r#"["", "23"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "indexof",
        doc: "The position of a text within another, counted from 0; -1 if it is not there.",
        page: "indexof-function",
        overloads: &[overload(
            &[
                param("string", ParamKind::Scalar),
                param("match", ParamKind::Scalar),
                param("start", ParamKind::Integer).optional(),
                param("length", ParamKind::Integer).optional(),
                param("occurrence", ParamKind::Integer).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Long),
            Lower::Build(|call| Ok(with_texts("kql_indexof", call, 2))),
        )],
        examples: &[
            example(r#"print indexof("banana", "an"), indexof("banana", "x")"#, "[1, -1]"),
            example(
                r#"print indexof("banana", "an", 2), indexof("banana", "an", -3), indexof("banana", "an", 0, -1, 2)"#,
                "[3, 3, 3]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "has_any_index",
        doc: "The position in the list of the first term that the text has; -1 if it has none.",
        page: "has-any-index-function",
        overloads: &[overload(
            &[param("source", ParamKind::StringOrDynamic), param("values", ParamKind::DynamicArray)],
            Returns::Type(Type::Long),
            Lower::Build(|call| Ok(with_texts("kql_has_any_index", call, 1))),
        )],
        examples: &[
            example(
                r#"print has_any_index("cmd.exe /c whoami", dynamic(["powershell", "WHOAMI", "cmd"]))"#,
                "[1]",
            ),
            example(r#"print has_any_index("whoamix", dynamic(["whoami"]))"#, "[-1]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "reverse",
        doc: "The text, or the value as text, from its end to its start.",
        page: "reverse-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_reverse", call, 1))),
        )],
        examples: &[example(r#"print reverse("abc é"), reverse(120)"#, r#"["é cba", "021"]"#)],
        ..Function::BASE
    },
    Function {
        name: "split",
        doc: "The parts of the text between the delimiters; with an index an array of only that part.",
        page: "split-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::Scalar),
                param("delimiter", ParamKind::Types(&[Type::String])),
                param("requestedIndex", ParamKind::Integer).optional(),
            ],
            Returns::Dynamic(Shape::STRINGS),
            Lower::Build(|call| Ok(with_texts("kql_split", call, 1))),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(r#"print split("a;b;;c", ";")"#, r#"[["a", "b", "", "c"]]"#),
            example(r#"print split("a;b;;c", ";", 1)"#, r#"[["b"]]"#),
            example(r#"print split("", ";")"#, r#"[[""]]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "replace_string",
        doc: "The text with all occurrences of a text replaced.",
        page: "replace-string-function",
        overloads: &[overload(
            &[
                param("text", ParamKind::Types(&[Type::String])),
                param("lookup", ParamKind::Types(&[Type::String])),
                param("rewrite", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Udf("kql_replace_string"),
        )],
        examples: &[
            example(r#"print replace_string("one two one", "one", "1")"#, r#"["1 two 1"]"#),
            example(r#"print replace_string("abc", "", "-")"#, r#"["abc"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "replace_strings",
        doc: "The text with all occurrences of several texts replaced at once, the first in the list first.",
        page: "replace-strings-function",
        overloads: &[overload(
            &[
                param("text", ParamKind::Types(&[Type::String])),
                param("lookups", ParamKind::DynamicArray),
                param("rewrites", ParamKind::DynamicArray),
            ],
            Returns::Type(Type::String),
            Lower::Udf("kql_replace_strings"),
        )],
        examples: &[example(
            r#"print replace_strings("red green", dynamic(["red", "green"]), dynamic(["green", "blue"]))"#,
            r#"["green blue"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "countof",
        doc: r#"How often a text, or with `"regex"` a match of a regular expression, occurs; texts may overlap."#,
        page: "countof-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::Types(&[Type::String])),
                param("search", ParamKind::Types(&[Type::String])),
                param("kind", ParamKind::Types(&[Type::String]))
                    .optional()
                    .form(ArgForm::Literal)
                    .values(&["normal", "regex"]),
            ],
            Returns::Type(Type::Long),
            Lower::Build(countof),
        )],
        examples: &[example(
            r#"print countof("aaaa", "aa"), countof("aaaa", "aa", "normal"), countof("aaaa", "aa", "regex")"#,
            "[3, 3, 2]",
        )],
        ..Function::BASE
    },
    Function {
        name: "translate",
        doc: "The text with each character of the first list replaced by the one at its place in the second, or by its last one.",
        page: "translate-function",
        overloads: &[overload(
            &[
                param("searchList", ParamKind::Types(&[Type::String])),
                param("replacementList", ParamKind::Types(&[Type::String])),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            Lower::Udf("kql_translate"),
        )],
        examples: &[example(
            r##"print translate("abc", "xyz", "aabbcd"), translate("0123456789", "#", "a1b22"), translate("-", "", "1-2-3")"##,
            r#"["xxyyzd", "a#b##", "123"]"#,
        )],
        ..Function::BASE
    },
    UNICODE_CODEPOINTS_TO_STRING.obsolete("make_string"),
    UNICODE_CODEPOINTS_TO_STRING,
    Function {
        name: "isascii",
        doc: "Whether all characters are ASCII.",
        page: "isascii",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Build(isascii),
        )],
        examples: &[example(
            r#"print isascii("plain"), isascii("naïve"), isascii("")"#,
            "[true, false, true]",
        )],
        ..Function::BASE
    },
    Function {
        name: "isutf8",
        doc: "Whether the text is valid UTF-8, which all texts are here.",
        page: "isutf8-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Sql("TRUE"),
        )],
        examples: &[example(r#"print isutf8("naïve")"#, "[true]")],
        ..Function::BASE
    },
    Function {
        name: "format_bytes",
        doc: "The size with a unit, rounded: `1.5 KB`.",
        page: "format-bytes-function",
        overloads: &[overload(
            &[
                param("size", ParamKind::Number),
                param("precision", ParamKind::Number).optional().form(ArgForm::Constant),
                param("format", ParamKind::Types(&[Type::String])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::String),
            Lower::Udf("kql_format_bytes"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            r#"print format_bytes(1536, 1), format_bytes(500), format_bytes(3145728, 0, "KB")"#,
            r#"["1.5 KB", "500 Bytes", "3072 KB"]"#,
        )],
        ..Function::BASE
    },
];

const UNICODE_CODEPOINTS_FROM_STRING: Function = Function {
    name: "unicode_codepoints_from_string",
    doc: "The Unicode code points of the text.",
    page: "unicode-codepoints-from-string-function",
    overloads: &[overload(
        &[param("value", ParamKind::Scalar)],
        Returns::Dynamic(Shape::ARRAY),
        Lower::Build(|call| Ok(with_texts("kql_unicode_codepoints_from_string", call, 1))),
    )],
    examples: &[example(r#"print unicode_codepoints_from_string("a🙂")"#, "[[97, 128578]]")],
    ..Function::BASE
};

const UNICODE_CODEPOINTS_TO_STRING: Function = Function {
    name: "unicode_codepoints_to_string",
    doc: "The text made of Unicode code points, given one by one or as arrays.",
    page: "unicode-codepoints-to-string-function",
    overloads: &[overload(
        &[param("value", ParamKind::IntegerOrArray).times(1, 32767)],
        Returns::Type(Type::String),
        Lower::Udf("kql_unicode_codepoints_to_string"),
    )],
    examples: &[example("print unicode_codepoints_to_string(dynamic([128578, 33]), 233)", r#"["🙂!é"]"#)],
    ..Function::BASE
};

/// A call of the function of that name with the call's arguments, the first `count` of them as texts.
pub(super) fn with_texts(name: &str, call: Call, count: usize) -> ast::Expr {
    let args = call.args.into_iter().enumerate();
    let args = args.map(|(at, arg)| if at < count { tostring_sql(arg) } else { arg.sql });
    runtime(name, args)
}

/// The arguments as `tostring` shows them.
fn texts(args: Vec<Arg>) -> Vec<ast::Expr> {
    args.into_iter().map(tostring_sql).collect()
}

fn strcat_array(call: Call) -> Result<ast::Expr, Refusal> {
    let [array, delimiter] = call.args.as_slice() else {
        return Err(Refusal("it takes two arguments".into()));
    };
    Ok(runtime("kql_strcat_array", vec![array.sql.clone(), tostring_sql(delimiter.clone())]))
}

fn strrep(call: Call) -> Result<ast::Expr, Refusal> {
    let args = call.args.into_iter().enumerate();
    let args = args.map(|(at, arg)| if at == 1 { arg.sql } else { tostring_sql(arg) });
    Ok(runtime("kql_strrep", args))
}

/// The engine counts in 32 bits.
fn length(name: &str, call: Call) -> ast::Expr {
    cast(runtime(name, texts(call.args)), ast::DataType::BigInt(None))
}

/// A text is ASCII if it has as many bytes as characters.
fn isascii(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(ast::Expr::BinaryOp {
        left: Box::new(runtime("OCTET_LENGTH", texts(call.args.clone()))),
        op: ast::BinaryOperator::Eq,
        right: Box::new(runtime("CHARACTER_LENGTH", texts(call.args))),
    })
}

fn countof(call: Call) -> Result<ast::Expr, Refusal> {
    let is_regex = match call.args.get(2).map(|kind| &kind.literal) {
        None => false,
        Some(Some(Literal::String(kind))) => kind.eq_ignore_ascii_case("regex"),
        Some(_) => return Err(Refusal("its third argument must be the text \"normal\" or \"regex\"".into())),
    };
    if is_regex {
        pattern::check(&call.args[1])?;
    }
    let name = if is_regex { "kql_countof_regex" } else { "kql_countof" };
    Ok(runtime(name, call.args[..2].iter().map(|arg| arg.sql.clone())))
}
