//! Property bags.

use super::super::conversion::tostring_sql;
use super::super::to_dynamic::{call as runtime, to_dynamic_sql};
use super::super::*;
use super::arguments;
use crate::types::Type;
use sqlparser::ast;

/// Property bags.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "bag_keys",
        doc: "The names of the members of a bag.",
        page: "bag-keys-function",
        overloads: &[overload(
            &[param("object", ParamKind::DynamicBag)],
            Returns::Dynamic(Shape::STRINGS),
            Lower::Udf("kql_bag_keys"),
        )],
        examples: &[example(r#"print bag_keys(dynamic({"b": 1, "a": {"c": 2}}))"#, r#"[["b", "a"]]"#)],
        ..Function::BASE
    },
    BAG_PACK.obsolete("pack"),
    BAG_PACK.obsolete("pack_dictionary"),
    BAG_PACK,
    Function {
        name: "bag_pack_columns",
        doc: "A bag of the given columns by their names.",
        page: "bag-pack-columns-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar).times(1, 32767).form(ArgForm::Column)],
            Returns::Dynamic(Shape::Bag),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "pack_all",
        doc: "A bag of all columns by their names; with `true` only of those that are not empty.",
        page: "pack-all-function",
        overloads: &[overload(
            &[param("ignore_null_empty", ParamKind::Scalar).optional().form(ArgForm::Literal)],
            Returns::Dynamic(Shape::Bag),
            // What the binder makes of it is given the bag of all columns.
            Lower::Udf("kql_bag_not_empty"),
        )],
        examples: &[example(
            "print a = 1, b = '' | project all = pack_all(), some = pack_all(true)",
            r#"[{"a":1,"b":""}, {"a":1}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_merge",
        doc: "One bag of the members of several; of members of the same name the first stays.",
        page: "bag-merge-function",
        overloads: &[overload(
            &[param("bag", ParamKind::DynamicBag).times(2, 64)],
            Returns::Dynamic(Shape::Bag),
            Lower::Udf("kql_bag_merge"),
        )],
        examples: &[example(
            r#"print bag_merge(dynamic({"a": 1}), dynamic(null), dynamic({"a": 2, "b": [3]}))"#,
            r#"[{"a": 1, "b": [3]}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_remove_keys",
        doc: "The bag without some of its members, given by name or JSONPath.",
        page: "bag-remove-keys-function",
        overloads: &[overload(
            &[param("bag", ParamKind::DynamicBag), param("keys", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Udf("kql_bag_remove_keys"),
        )],
        examples: &[example(
            r#"print bag_remove_keys(dynamic({"a": 1, "b": {"c": 2, "d": 3}}), dynamic(["a", "$.b.c", "e"]))"#,
            r#"[{"b": {"d": 3}}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_has_key",
        doc: "Whether a bag has a member, given by name or JSONPath.",
        page: "bag-has-key-function",
        overloads: &[overload(
            &[param("bag", ParamKind::DynamicBag), param("key", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_bag_has_key"),
        )],
        examples: &[example(
            r#"print bag_has_key(dynamic({"a": {"b": null}}), "$.a.b"), bag_has_key(dynamic({"a": 1}), "b")"#,
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_set_key",
        doc: "The bag with a member set, given by name or JSONPath.",
        page: "bag-set-key-function",
        overloads: &[overload(
            &[
                param("bag", ParamKind::DynamicBag),
                param("key", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("value", ParamKind::Scalar),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(bag_set_key),
        )],
        examples: &[example(
            r#"print bag_set_key(dynamic({"a": 1}), "b", "x"), bag_set_key(dynamic({"a": {"b": 1}}), "$.a.c", 2)"#,
            r#"[{"a": 1, "b": "x"}, {"a": {"b": 1, "c": 2}}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "bag_zip",
        doc: "A bag of an array of names and one of values.",
        page: "bag-zip",
        overloads: &[overload(
            &[param("keys", ParamKind::DynamicArray), param("values", ParamKind::DynamicArray)],
            Returns::Dynamic(Shape::Bag),
            Lower::Udf("kql_bag_zip"),
        )],
        examples: &[example(
            r#"print bag_zip(dynamic(["a", 1, "b"]), dynamic([10, 20]))"#,
            r#"[{"a": 10, "b": null}]"#,
        )],
        ..Function::BASE
    },
];

const BAG_PACK: Function = Function {
    name: "bag_pack",
    doc: "A bag of names and values by turns.",
    page: "pack-function",
    overloads: &[overload(
        &[
            param("key", ParamKind::Types(&[Type::String])).times(1, 32767),
            param("value", ParamKind::Scalar).times(1, 32767),
        ],
        Returns::Dynamic(Shape::Bag),
        Lower::Build(bag_pack),
    )],
    examples: &[example(
        r#"print bag_pack("a", 1, "b", bag_pack("c", "x"), "d", datetime(2024-05-01))"#,
        r#"[{"a": 1, "b": {"c": "x"}, "d": "2024-05-01T00:00:00.0000000Z"}]"#,
    )],
    ..Function::BASE
};

/// Names and values by turns.
fn bag_pack(call: Call) -> Result<ast::Expr, Refusal> {
    if call.args.len() % 2 == 1 {
        return Err(Refusal("the last name has no value".into()));
    }
    let pairs = call.args.chunks_exact(2);
    let args = pairs.flat_map(|pair| [tostring_sql(pair[0].clone()), to_dynamic_sql(&pair[1])]);
    Ok(runtime("kql_bag_pack", args))
}

/// `(bag, key, value)`
fn bag_set_key(call: Call) -> Result<ast::Expr, Refusal> {
    let [bag, key, value] = call.args.as_slice() else { return Err(arguments()) };
    Ok(runtime("kql_bag_set_key", vec![bag.sql.clone(), key.sql.clone(), to_dynamic_sql(value)]))
}
