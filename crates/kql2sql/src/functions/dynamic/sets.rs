//! Arrays as sets.

use super::super::to_dynamic::{call as runtime, to_dynamic_sql};
use super::super::*;
use super::arguments;
use crate::types::Type;
use sqlparser::ast;

/// Arrays as sets.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "set_has_element",
        doc: "Whether an array holds a value.",
        page: "set-has-element-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray), param("value", ParamKind::Scalar)],
            Returns::Type(Type::Bool),
            Lower::Build(set_has_element),
        )],
        examples: &[example(
            r#"print set_has_element(dynamic([1, "a"]), "a"), set_has_element(dynamic([1, "a"]), "1")"#,
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "set_union",
        doc: "The different values of several arrays together.",
        page: "set-union-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 64)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_set_union"),
        )],
        examples: &[example(r#"print set_union(dynamic([1, 2, 1]), dynamic(["a", 2]))"#, r#"[[1, 2, "a"]]"#)],
        ..Function::BASE
    },
    Function {
        name: "set_intersect",
        doc: "The different values that all of several arrays hold.",
        page: "set-intersect-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 64)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_set_intersect"),
        )],
        examples: &[example(
            "print set_intersect(dynamic([1, 2, 3, 2]), dynamic([3, 2]), dynamic([2, 4]))",
            "[[2]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "set_difference",
        doc: "The different values of the first array that none of the others holds.",
        page: "set-difference-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 64)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_set_difference"),
        )],
        examples: &[example(
            "print set_difference(dynamic([1, 2, 3, 3]), dynamic([2]), dynamic([4]))",
            "[[1, 3]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "set_equals",
        doc: "Whether two arrays hold the same values, no matter in what order or how often.",
        page: "set-has-element-function",
        overloads: &[overload(
            &[param("set1", ParamKind::DynamicArray), param("set2", ParamKind::DynamicArray)],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_set_equals"),
        )],
        examples: &[example(
            "print set_equals(dynamic([1, 2, 2]), dynamic([2, 1])), set_equals(dynamic([1]), dynamic([2]))",
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "jaccard_index",
        doc: "The number of values that two arrays share, divided by the number of all their values.",
        page: "jaccard-index-function",
        overloads: &[overload(
            &[param("set", ParamKind::DynamicArray).times(2, 2)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_jaccard_index"),
        )],
        examples: &[example(
            r#"print jaccard_index(dynamic(["a", "b", "b"]), dynamic(["b", "c", "d"]))"#,
            "[0.25]",
        )],
        ..Function::BASE
    },
];

/// `(set, value)`
fn set_has_element(call: Call) -> Result<ast::Expr, Refusal> {
    let [set, value] = call.args.as_slice() else { return Err(arguments()) };
    Ok(runtime("kql_set_has_element", vec![set.sql.clone(), to_dynamic_sql(value)]))
}
