//! Dynamic values: arrays, bags, sets and JSON.

use super::*;
use crate::types::Type;

pub use super::to_dynamic::{dynamic_from, to_dynamic_sql};

/// Dynamic values: arrays, bags, sets and JSON.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "extractjson",
        doc: "",
        page: "",
        overloads: &[
            overload(
                &[
                    param("jsonPath", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("jsonText", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::String),
                TODO,
            ),
            overload(
                &[
                    param("jsonPath", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("jsonText", ParamKind::Types(&[Type::String])),
                    param("type", ParamKind::Scalar).form(ArgForm::Literal),
                ],
                Returns::ParameterNLiteral(2),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "extract_json",
        doc: "",
        page: "extract-json-function",
        overloads: &[
            overload(
                &[
                    param("jsonPath", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("jsonText", ParamKind::Types(&[Type::String])),
                ],
                Returns::Type(Type::String),
                TODO,
            ),
            overload(
                &[
                    param("jsonPath", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                    param("jsonText", ParamKind::Types(&[Type::String])),
                    param("type", ParamKind::Scalar).form(ArgForm::Literal),
                ],
                Returns::ParameterNLiteral(2),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "parsejson",
        doc: "",
        page: "parse-json-function",
        overloads: &[overload(
            &[param("json_text", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        obsolete: Some("parse_json"),
        ..Function::BASE
    },
    Function {
        name: "parse_json",
        doc: "",
        page: "parse-json-function",
        overloads: &[overload(
            &[param("json_text", ParamKind::StringOrDynamic)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "treepath",
        doc: "",
        page: "treepath-function",
        overloads: &[overload(&[param("object", ParamKind::DynamicBag)], Returns::Type(Type::Dynamic), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("tree"),
        ..Function::BASE
    },
    Function {
        name: "repeat",
        doc: "",
        page: "repeat-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar), param("count", ParamKind::Types(&[Type::Long]))],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("repeat"),
        ..Function::BASE
    },
    Function {
        name: "arraylength",
        doc: "",
        page: "array-length-function",
        overloads: &[overload(&[param("array", ParamKind::DynamicArray)], Returns::Type(Type::Long), TODO)],
        obsolete: Some("array_length"),
        ..Function::BASE
    },
    Function {
        name: "array_length",
        doc: "",
        page: "array-length-function",
        overloads: &[overload(&[param("array", ParamKind::DynamicArray)], Returns::Type(Type::Long), TODO)],
        ..Function::BASE
    },
    Function {
        name: "range",
        doc: "",
        page: "range-function",
        overloads: &[overload(
            &[
                param("start", ParamKind::Summable),
                param("stop", ParamKind::Summable),
                param("step", ParamKind::Summable).optional(),
            ],
            Returns::Parameter0Array,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_concat",
        doc: "",
        page: "array-concat-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray).times(1, 64)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_iif",
        doc: "",
        page: "",
        overloads: &[overload(
            &[
                param("condition_array", ParamKind::DynamicArray),
                param("when_true", ParamKind::Scalar),
                param("when_false", ParamKind::Scalar),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_iff",
        doc: "",
        page: "array-iff-function",
        overloads: &[overload(
            &[
                param("condition_array", ParamKind::DynamicArray),
                param("when_true", ParamKind::Scalar),
                param("when_false", ParamKind::Scalar),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_index_of",
        doc: "",
        page: "array-index-of-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("value", ParamKind::Scalar),
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
        name: "array_slice",
        doc: "",
        page: "array-slice-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("start", ParamKind::Integer),
                param("end", ParamKind::Integer),
            ],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_split",
        doc: "",
        page: "array-split-function",
        overloads: &[
            overload(
                &[param("array", ParamKind::DynamicArray), param("index", ParamKind::Integer)],
                Returns::Parameter0,
                TODO,
            ),
            overload(
                &[param("array", ParamKind::DynamicArray), param("indices", ParamKind::DynamicArray)],
                Returns::Parameter0,
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_shift_left",
        doc: "",
        page: "array-shift-left-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("shift_count", ParamKind::Integer),
                param("default_value", ParamKind::Scalar).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_shift_right",
        doc: "",
        page: "array-shift-right-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("shift_count", ParamKind::Integer),
                param("default_value", ParamKind::Scalar).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_reverse",
        doc: "",
        page: "array-reverse-function",
        overloads: &[overload(&[param("value", ParamKind::DynamicArray)], Returns::Parameter0, TODO)],
        ..Function::BASE
    },
    Function {
        name: "array_rotate_left",
        doc: "",
        page: "array-rotate-left-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("rotate_count", ParamKind::Integer)],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_rotate_right",
        doc: "",
        page: "array-rotate-right-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("rotate_count", ParamKind::Integer)],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_sort_asc",
        doc: "",
        page: "array-sort-asc-function",
        overloads: &[overload(
            &[
                param("arrays", ParamKind::DynamicArray).times(1, 64),
                param("nulls_last", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_sort_desc",
        doc: "",
        page: "array-sort-desc-function",
        overloads: &[overload(
            &[
                param("arrays", ParamKind::DynamicArray).times(1, 64),
                param("nulls_last", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_keys",
        doc: "",
        page: "bag-keys-function",
        overloads: &[overload(&[param("object", ParamKind::DynamicBag)], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "zip",
        doc: "",
        page: "zip-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray).times(2, 64)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "pack",
        doc: "",
        page: "bag-pack-columns-function",
        overloads: &[overload(
            &[
                param("key", ParamKind::Types(&[Type::String])).times(1, 32767),
                param("value", ParamKind::Scalar).times(1, 32767),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        obsolete: Some("bag_pack"),
        ..Function::BASE
    },
    Function {
        name: "pack_dictionary",
        doc: "",
        page: "bag-pack-columns-function",
        overloads: &[overload(
            &[
                param("key", ParamKind::Types(&[Type::String])).times(1, 32767),
                param("value", ParamKind::Scalar).times(1, 32767),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        obsolete: Some("bag_pack"),
        ..Function::BASE
    },
    Function {
        name: "bag_pack",
        doc: "",
        page: "bag-pack-columns-function",
        overloads: &[overload(
            &[
                param("key", ParamKind::Types(&[Type::String])).times(1, 32767),
                param("value", ParamKind::Scalar).times(1, 32767),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_pack_columns",
        doc: "",
        page: "bag-pack-columns-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar).times(1, 32767).form(ArgForm::Column)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "pack_all",
        doc: "",
        page: "pack-all-function",
        overloads: &[overload(
            &[param("ignore_null_empty", ParamKind::Scalar).optional().form(ArgForm::Literal)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "pack_array",
        doc: "",
        page: "pack-array-function",
        overloads: &[
            overload(
                &[param("value", ParamKind::Scalar).times(1, 32767)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("value", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "set_has_element",
        doc: "",
        page: "set-has-element-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "set_union",
        doc: "",
        page: "set-union-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 64)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "set_intersect",
        doc: "",
        page: "set-intersect-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 64)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "set_difference",
        doc: "",
        page: "set-difference-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 64)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "set_equals",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("set1", ParamKind::DynamicArray), param("set2", ParamKind::DynamicArray)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_merge",
        doc: "",
        page: "bag-merge-function",
        overloads: &[overload(
            &[param("bag", ParamKind::DynamicBag).times(2, 64)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "dynamic_to_json",
        doc: "",
        page: "dynamic-to-json-function",
        overloads: &[overload(&[param("dynamic", ParamKind::Scalar)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "bag_remove_keys",
        doc: "",
        page: "bag-remove-keys-function",
        overloads: &[overload(
            &[param("bag", ParamKind::DynamicBag), param("keys", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_has_key",
        doc: "",
        page: "bag-has-key-function",
        overloads: &[overload(
            &[param("bag", ParamKind::DynamicBag), param("key", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "jaccard_index",
        doc: "",
        page: "jaccard-index-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 2)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_set_key",
        doc: "",
        page: "bag-set-key-function",
        overloads: &[overload(
            &[
                param("bag", ParamKind::DynamicBag),
                param("key", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("value", ParamKind::Scalar),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_zip",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("keys", ParamKind::DynamicArray), param("values", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_sum",
        doc: "",
        page: "series-sum-function",
        overloads: &[overload(&[param("array", ParamKind::DynamicArray)], Returns::Type(Type::Real), TODO)],
        obsolete: Some("series_sum"),
        ..Function::BASE
    },
];
