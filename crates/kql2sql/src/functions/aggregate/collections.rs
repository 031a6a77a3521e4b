//! Values of the group as an array or a bag.

use super::lower;
use crate::functions::*;
use crate::types::Type;

/// Values of the group as an array or a bag.
pub static FUNCTIONS: &[Function] = &[
    MAKE_LIST.obsolete("makelist"),
    MAKE_LIST,
    Function {
        name: "make_list_if",
        doc: "The values of the rows for which the predicate is true as an array, nulls left out.",
        page: "make-list-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("maxSize", ParamKind::Integer).optional(),
            ],
            Returns::Parameter0Array,
            Lower::Build(lower::make_list_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        examples: &[
            example(
                "datatable(s: string, x: long)['a', 1, 'b', 2, 'c', 3] | summarize make_list_if(s, x != 2)",
                r#"[["a", "c"]]"#,
            ),
            example(
                "datatable(s: string, x: long)['a', 1, 'b', 2, 'c', 3] | summarize make_list_if(s, x > 0, 2)",
                r#"[["a", "b"]]"#,
            ),
            example("datatable(s: string, x: long)['a', 1] | summarize make_list_if(s, x > 1)", "[[]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "make_list_with_nulls",
        doc: "The values of the group as an array, nulls too.",
        page: "make-list-with-nulls-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar)],
            Returns::Parameter0Array,
            Lower::Build(lower::make_list_with_nulls),
        )],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        examples: &[
            example(
                "datatable(x: long)[3, long(null), 1] | summarize make_list_with_nulls(x)",
                "[[3, null, 1]]",
            ),
            example(
                "datatable(x: timespan)[1h, timespan(null)] | summarize make_list_with_nulls(x)",
                r#"[["01:00:00", null]]"#,
            ),
        ],
        ..Function::BASE
    },
    MAKE_SET.obsolete("makeset"),
    MAKE_SET,
    Function {
        name: "make_set_if",
        doc: "The distinct values of the rows for which the predicate is true as an array, nulls left out.",
        page: "make-set-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("maxSize", ParamKind::Integer).optional(),
            ],
            Returns::Parameter0Array,
            Lower::Build(lower::make_set_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("set"),
        examples: &[
            example(
                "datatable(s: string, x: long)['a', 1, 'b', 2, 'a', 3] | summarize make_set_if(s, x != 2)",
                r#"[["a"]]"#,
            ),
            example(
                "datatable(s: string, x: long)['a', 1, 'b', 2, 'a', 3] | summarize make_set_if(s, x > 0, 1)",
                r#"[["a"]]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        result_name: ResultName::PrefixAndFirstArgument("dictionary"),
        ..MAKE_BAG.alias("make_dictionary")
    },
    MAKE_BAG,
    Function {
        name: "make_bag_if",
        doc: "One bag with the properties of the bags in the rows for which the predicate is true.",
        page: "make-bag-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::DynamicBag),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("maxSize", ParamKind::Integer).optional(),
            ],
            Returns::Dynamic(Shape::Bag),
            Lower::Build(lower::make_bag_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("bag"),
        examples: &[
            example(
                r#"datatable(d: dynamic, x: long)[dynamic({"a": 1}), 1, dynamic({"b": 2}), 2] | summarize make_bag_if(d, x > 1)"#,
                r#"[{"b": 2}]"#,
            ),
            example(
                r#"datatable(d: dynamic, x: long)[dynamic({"a": 1}), 1, dynamic({"b": 2}), 2] | summarize make_bag_if(d, x > 0, 1)"#,
                r#"[{"a": 1}]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "buildschema",
        doc: "The schema that admits all values of the dynamic expression: of each member its type, or its types as an array; an array's elements stand under `indexer`. It fails where the documentation leaves the answer open: for members that are null, arrays that are always empty, and texts that read like a datetime, a timespan or a guid.",
        page: "buildschema-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::DynamicBag)],
            Returns::Dynamic(Shape::Bag),
            Lower::Udf("kql_buildschema"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("schema"),
        examples: &[
            example(
                r#"datatable(d: dynamic)[dynamic({"port": 80, "up": true}), dynamic({"port": "http", "ips": ["x", 2.5]})] | summarize buildschema(d)"#,
                r#"[{"port": ["long", "string"], "up": "bool", "ips": {"`indexer`": ["string", "double"]}}]"#,
            ),
            example("datatable(d: dynamic)[] | summarize buildschema(d)", "[null]"),
        ],
        ..Function::BASE
    },
];

const MAKE_LIST: Function = Function {
    name: "make_list",
    doc: "The values of the group as an array, nulls left out; the elements of arrays are taken one by one.",
    page: "make-list-aggregation-function",
    overloads: &[overload(
        &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
        Returns::Parameter0Array,
        Lower::Build(lower::make_list),
    )],
    result_name: ResultName::PrefixAndFirstArgument("list"),
    examples: &[
        example("datatable(x: long)[3, long(null), 1, 3] | summarize make_list(x)", "[[3, 1, 3]]"),
        example("range x from 1 to 9 step 1 | summarize make_list(x, 2)", "[[1, 2]]"),
        example("datatable(s: string)['a', ''] | summarize make_list(s)", r#"[["a", ""]]"#),
        example(
            r#"datatable(d: dynamic)[dynamic({"a": 1}), dynamic([2, [3]]), dynamic(null)] | summarize make_list(d)"#,
            r#"[[{"a": 1}, 2, [3], null]]"#,
        ),
        example("datatable(x: timespan)[1h] | summarize make_list(x)", r#"[["01:00:00"]]"#),
        example("datatable(x: long)[2, 3, 1] | sort by x desc | summarize make_list(x)", "[[3, 2, 1]]"),
        example("datatable(x: real)[] | summarize make_list(x)", "[[]]"),
    ],
    ..Function::BASE
};

const MAKE_SET: Function = Function {
    name: "make_set",
    doc: "The distinct values of the group as an array, in the order of their first appearance, nulls left out; the elements of arrays are taken one by one.",
    page: "make-set-aggregation-function",
    overloads: &[overload(
        &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
        Returns::Parameter0Array,
        Lower::Build(lower::make_set),
    )],
    result_name: ResultName::PrefixAndFirstArgument("set"),
    examples: &[
        example("datatable(x: long)[3, long(null), 1, 3] | summarize make_set(x)", "[[3, 1]]"),
        example("datatable(x: long)[7, 7, 8, 9] | summarize make_set(x, 2)", "[[7, 8]]"),
        example(
            "datatable(d: dynamic)[dynamic(['a', 'b']), dynamic('b'), dynamic(['c', 'a'])] | summarize make_set(d)",
            r#"[["a", "b", "c"]]"#,
        ),
        example("datatable(x: real)[] | summarize make_set(x)", "[[]]"),
    ],
    ..Function::BASE
};

const MAKE_BAG: Function = Function {
    name: "make_bag",
    doc: "One bag with the properties of all bags; what is no bag is left out, and of a property that comes twice one value is kept.",
    page: "make-bag-aggregation-function",
    overloads: &[overload(
        &[param("expr", ParamKind::DynamicBag), param("maxSize", ParamKind::Integer).optional()],
        Returns::Dynamic(Shape::Bag),
        Lower::Build(lower::make_bag),
    )],
    result_name: ResultName::PrefixAndFirstArgument("bag"),
    examples: &[
        example(
            r#"datatable(d: dynamic)[dynamic({"a": 1}), dynamic([5]), dynamic(null), dynamic({"b": [2, 3]})] | summarize make_bag(d)"#,
            r#"[{"a": 1, "b": [2, 3]}]"#,
        ),
        example(
            r#"datatable(d: dynamic)[dynamic({"a": 1, "b": 2}), dynamic({"c": 3})] | summarize make_bag(d, 2)"#,
            r#"[{"a": 1, "b": 2}]"#,
        ),
        example("datatable(d: dynamic)[] | summarize make_bag(d)", "[{}]"),
    ],
    ..Function::BASE
};
