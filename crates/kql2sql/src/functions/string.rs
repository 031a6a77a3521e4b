//! Strings and regular expressions.

use super::*;
use crate::types::Type;

/// Strings and regular expressions.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "strcat",
        doc: "",
        page: "strcat-function",
        overloads: &[overload(
            &[param("arg", ParamKind::Scalar).times(1, 64)],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "strcat_array",
        doc: "",
        page: "strcat-array-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("delimiter", ParamKind::Scalar)],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_strcat",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("delimiter", ParamKind::Scalar)],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "strcat_delim",
        doc: "",
        page: "strcat-delim-function",
        overloads: &[overload(
            &[param("delimiter", ParamKind::Scalar), param("arg", ParamKind::Scalar).times(2, 64)],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "strcmp",
        doc: "",
        page: "strcmp-function",
        overloads: &[overload(
            &[param("s1", ParamKind::Scalar), param("s2", ParamKind::Scalar)],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "strrep",
        doc: "",
        page: "strrep-function",
        overloads: &[overload(
            &[
                param("value", ParamKind::Scalar),
                param("multiplier", ParamKind::Types(&[Type::Long])),
                param("delimiter", ParamKind::Scalar).optional(),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "strlen",
        doc: "",
        page: "strlen-function",
        overloads: &[overload(
            &[param("string", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::NameAndFirstArgument,
        ..Function::BASE
    },
    Function {
        name: "string_size",
        doc: "",
        page: "string-size-function",
        overloads: &[overload(
            &[param("string", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::NameAndFirstArgument,
        ..Function::BASE
    },
    Function {
        name: "toupper",
        doc: "",
        page: "toupper-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "tolower",
        doc: "",
        page: "tolower-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "to_utf8",
        doc: "",
        page: "unicode-codepoints-from-string-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Dynamic), TODO)],
        obsolete: Some("unicode_codepoints_from_string"),
        ..Function::BASE
    },
    Function {
        name: "unicode_codepoints_from_string",
        doc: "",
        page: "unicode-codepoints-from-string-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "substring",
        doc: "",
        page: "substring-function",
        overloads: &[overload(
            &[
                param("string", ParamKind::Scalar),
                param("start", ParamKind::Integer),
                param("length", ParamKind::Integer).optional(),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "regex_quote",
        doc: "",
        page: "regex-quote-function",
        overloads: &[overload(&[param("string", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "indexof",
        doc: "",
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
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "indexof_regex",
        doc: "",
        page: "indexof-regex-function",
        overloads: &[overload(
            &[
                param("string", ParamKind::Scalar),
                param("match", ParamKind::Scalar).form(ArgForm::Constant),
                param("start", ParamKind::Integer).optional(),
                param("length", ParamKind::Integer).optional(),
                param("occurrence", ParamKind::Integer).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "has_any_index",
        doc: "",
        page: "has-any-index-function",
        overloads: &[overload(
            &[param("source", ParamKind::StringOrDynamic), param("values", ParamKind::DynamicArray)],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "reverse",
        doc: "",
        page: "reverse-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "split",
        doc: "",
        page: "split-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::Scalar),
                param("delimiter", ParamKind::Types(&[Type::String])),
                param("requestedIndex", ParamKind::Integer).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "extract",
        doc: "",
        page: "extract-function",
        overloads: &[
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("captureGroup", ParamKind::Types(&[Type::Long])),
                    param("source", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::String),
                TODO,
            ),
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("captureGroup", ParamKind::Types(&[Type::Long])),
                    param("source", ParamKind::Types(&[Type::String])),
                    param("typeLiteral", ParamKind::Scalar).form(ArgForm::Literal),
                ],
                Returns::ParameterNLiteral(3),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "extractall",
        doc: "",
        page: "extract-all-function",
        overloads: &[
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("source", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("captureGroups", ParamKind::DynamicArray),
                    param("source", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        obsolete: Some("extract_all"),
        ..Function::BASE
    },
    Function {
        name: "extract_all",
        doc: "",
        page: "extract-all-function",
        overloads: &[
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("source", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[
                    param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("captureGroups", ParamKind::DynamicArray),
                    param("source", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "replace",
        doc: "",
        page: "",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("rewrite", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        obsolete: Some("replace_regex' or 'replace_string"),
        ..Function::BASE
    },
    Function {
        name: "replace_regex",
        doc: "",
        page: "replace-regex-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::Types(&[Type::String])),
                param("lookup_regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("rewrite_pattern", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "replace_string",
        doc: "",
        page: "replace-string-function",
        overloads: &[overload(
            &[
                param("text", ParamKind::Types(&[Type::String])),
                param("lookup", ParamKind::Types(&[Type::String])),
                param("rewrite", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "replace_strings",
        doc: "",
        page: "replace-strings-function",
        overloads: &[overload(
            &[
                param("text", ParamKind::Types(&[Type::String])),
                param("lookups", ParamKind::DynamicArray),
                param("rewrites", ParamKind::DynamicArray),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "trim_start",
        doc: "",
        page: "trim-start-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "trim_end",
        doc: "",
        page: "trim-end-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "trim",
        doc: "",
        page: "trim-function",
        overloads: &[overload(
            &[
                param("regex", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "countof",
        doc: "",
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
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "translate",
        doc: "",
        page: "translate-function",
        overloads: &[overload(
            &[
                param("searchList", ParamKind::Types(&[Type::String])),
                param("replacementList", ParamKind::Types(&[Type::String])),
                param("source", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "make_string",
        doc: "",
        page: "unicode-codepoints-to-string-function",
        overloads: &[overload(
            &[param("value", ParamKind::IntegerOrArray).times(1, 32767)],
            Returns::Type(Type::String),
            TODO,
        )],
        obsolete: Some("unicode_codepoints_to_string"),
        ..Function::BASE
    },
    Function {
        name: "unicode_codepoints_to_string",
        doc: "",
        page: "unicode-codepoints-to-string-function",
        overloads: &[overload(
            &[param("value", ParamKind::IntegerOrArray).times(1, 32767)],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "isascii",
        doc: "",
        page: "",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        ..Function::BASE
    },
    Function {
        name: "isutf8",
        doc: "",
        page: "isutf8-function",
        overloads: &[overload(&[param("value", ParamKind::Scalar)], Returns::Type(Type::Bool), TODO)],
        ..Function::BASE
    },
    Function {
        name: "format_bytes",
        doc: "",
        page: "format-bytes-function",
        overloads: &[overload(
            &[
                param("size", ParamKind::Number),
                param("precision", ParamKind::Number).optional().form(ArgForm::Constant),
                param("format", ParamKind::Types(&[Type::String])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
];
