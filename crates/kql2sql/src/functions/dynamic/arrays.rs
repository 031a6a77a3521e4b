//! Arrays.

use super::super::to_dynamic::{call as runtime, to_dynamic_sql};
use super::super::*;
use super::arguments;
use crate::types::Type;
use sqlparser::ast;

/// Arrays.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "repeat",
        doc: "An array that holds a value so many times; null for a negative count.",
        page: "repeat-function",
        overloads: &[overload(
            &[param("value", ParamKind::Scalar), param("count", ParamKind::Types(&[Type::Long]))],
            Returns::Parameter0Array,
            Lower::Build(repeat),
        )],
        result_name: ResultName::PrefixAndFirstArgument("repeat"),
        examples: &[example(
            r#"print repeat("ab", 2), repeat(1, 0), repeat(1, -1)"#,
            r#"[["ab", "ab"], [], null]"#,
        )],
        ..Function::BASE
    },
    ARRAY_LENGTH.obsolete("arraylength"),
    ARRAY_LENGTH,
    Function {
        name: "range",
        doc: "An array of equally spaced values from start up to stop: numbers, datetimes or timespans.",
        page: "range-function",
        overloads: &[overload(
            &[
                param("start", ParamKind::Summable),
                param("stop", ParamKind::Summable),
                param("step", ParamKind::Summable).optional(),
            ],
            Returns::Parameter0Array,
            Lower::Build(range),
        )],
        examples: &[
            example("print range(2, 9, 3), range(5, 3, -1)", "[[2, 5, 8], [5, 4, 3]]"),
            example("print range(1, 3)", "[[1, 2, 3]]"),
            example("print range(1.0, 2.0, 0.5)", "[[1.0, 1.5, 2.0]]"),
            example(
                "print range(datetime(2024-02-28), datetime(2024-03-01), 1d)",
                r#"[["2024-02-28T00:00:00.0000000Z", "2024-02-29T00:00:00.0000000Z", "2024-03-01T00:00:00.0000000Z"]]"#,
            ),
            example("print range(1h, 3h)", r#"[["01:00:00", "02:00:00", "03:00:00"]]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_concat",
        doc: "All elements of several arrays in one; nulls among the arrays are left out.",
        page: "array-concat-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray).times(1, 64)],
            Returns::Type(Type::Dynamic),
            Lower::Udf("kql_array_concat"),
        )],
        examples: &[example(
            r#"print array_concat(dynamic([1, "a"]), dynamic([]), dynamic([[2]]))"#,
            r#"[[1, "a", [2]]]"#,
        )],
        ..Function::BASE
    },
    ARRAY_IFF.alias("array_iif"),
    ARRAY_IFF,
    Function {
        name: "array_index_of",
        doc: "The index of the first element equal to a value, or of a later occurrence; -1 if there is none.",
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
            Lower::Build(array_index_of),
        )],
        examples: &[
            example(
                r#"print array_index_of(dynamic(["a", "b", "a"]), "a", 1), array_index_of(dynamic([1, 2]), 3)"#,
                "[2, -1]",
            ),
            example("print array_index_of(dynamic([5, 6, 5, 6]), 6, 0, -1, 2)", "[3]"),
            example("print array_index_of(dynamic([5, 6]), 6, 0, 1)", "[-1]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_slice",
        doc: "The elements from one index to another, both included; negative ones count from the end.",
        page: "array-slice-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("start", ParamKind::Integer),
                param("end", ParamKind::Integer),
            ],
            Returns::Parameter0,
            Lower::Udf("kql_array_slice"),
        )],
        examples: &[example(
            r#"print array_slice(dynamic(["a", "b", "c", "d"]), 1, -2), array_slice(dynamic([1, 2]), -9, 9)"#,
            r#"[["b", "c"], [1, 2]]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "array_split",
        doc: "The parts of an array before, between and after the given indexes.",
        page: "array-split-function",
        overloads: &[
            overload(
                &[param("array", ParamKind::DynamicArray), param("index", ParamKind::Integer)],
                Returns::Parameter0,
                Lower::Build(array_split),
            ),
            overload(
                &[param("array", ParamKind::DynamicArray), param("indices", ParamKind::DynamicArray)],
                Returns::Parameter0,
                Lower::Udf("kql_array_split"),
            ),
        ],
        examples: &[
            example(r#"print array_split(dynamic(["a", "b", "c"]), -1)"#, r#"[[["a", "b"], ["c"]]]"#),
            example(
                "print array_split(dynamic([1, 2, 3, 4]), dynamic([1, 1, 3]))",
                "[[[1], [], [2, 3], [4]]]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_shift_left",
        doc: "The array moved to the left; what comes in at the end is null (an empty string among strings) or the given value.",
        page: "array-shift-left-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("shift_count", ParamKind::Integer),
                param("default_value", ParamKind::Scalar).optional(),
            ],
            Returns::Parameter0,
            Lower::Build(array_shift_left),
        )],
        examples: &[
            example(
                r#"print array_shift_left(dynamic([1, 2, 3]), 2), array_shift_left(dynamic(["a", "b"]), 1)"#,
                r#"[[3, null, null], ["b", ""]]"#,
            ),
            example("print array_shift_left(dynamic([1, 2, 3]), -1, 0)", "[[0, 1, 2]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_shift_right",
        doc: "The array moved to the right; what comes in at the start is null (an empty string among strings) or the given value.",
        page: "array-shift-right-function",
        overloads: &[overload(
            &[
                param("array", ParamKind::DynamicArray),
                param("shift_count", ParamKind::Integer),
                param("default_value", ParamKind::Scalar).optional(),
            ],
            Returns::Parameter0,
            Lower::Build(array_shift_right),
        )],
        examples: &[
            example("print array_shift_right(dynamic([1, 2, 3]), 2)", "[[null, null, 1]]"),
            example(r#"print array_shift_right(dynamic([1, 2, 3]), 1, "x")"#, r#"[["x", 1, 2]]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_reverse",
        doc: "The elements in reverse order.",
        page: "array-reverse-function",
        overloads: &[overload(
            &[param("value", ParamKind::DynamicArray)],
            Returns::Parameter0,
            Lower::Udf("kql_array_reverse"),
        )],
        examples: &[example(r#"print array_reverse(dynamic([1, "b", [2, 3]]))"#, r#"[[[2, 3], "b", 1]]"#)],
        ..Function::BASE
    },
    Function {
        name: "array_rotate_left",
        doc: "The array moved to the left; what goes out comes in at the end.",
        page: "array-rotate-left-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("rotate_count", ParamKind::Integer)],
            Returns::Parameter0,
            Lower::Udf("kql_array_rotate_left"),
        )],
        examples: &[example(
            "print array_rotate_left(dynamic([1, 2, 3, 4]), 1), array_rotate_left(dynamic([1, 2, 3, 4]), -5)",
            "[[2, 3, 4, 1], [4, 1, 2, 3]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "array_rotate_right",
        doc: "The array moved to the right; what goes out comes in at the start.",
        page: "array-rotate-right-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray), param("rotate_count", ParamKind::Integer)],
            Returns::Parameter0,
            Lower::Udf("kql_array_rotate_right"),
        )],
        examples: &[example("print array_rotate_right(dynamic([1, 2, 3, 4]), 1)", "[[4, 1, 2, 3]]")],
        ..Function::BASE
    },
    Function {
        name: "array_sort_asc",
        doc: "The first array sorted upwards, and the others in the order that it took; nulls go last unless told otherwise.",
        page: "array-sort-asc-function",
        overloads: &[overload(
            &[
                param("arrays", ParamKind::DynamicArray).times(1, 64),
                param("nulls_last", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(array_sort_asc),
        )],
        examples: &[
            example(
                r#"print array_sort_asc(dynamic(["b", 10, null, "a", 9]))"#,
                r#"[[9, 10, "a", "b", null]]"#,
            ),
            example("print array_sort_asc(dynamic([null, 2, 3]), false)", "[[null, 2, 3]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_sort_desc",
        doc: "The first array sorted downwards, and the others in the order that it took; nulls go last unless told otherwise.",
        page: "array-sort-desc-function",
        overloads: &[overload(
            &[
                param("arrays", ParamKind::DynamicArray).times(1, 64),
                param("nulls_last", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(array_sort_desc),
        )],
        examples: &[
            example(
                r#"print array_sort_desc(dynamic(["b", 10, null, "a", 9]))"#,
                r#"[[10, 9, "b", "a", null]]"#,
            ),
            example("print array_sort_desc(dynamic([null, 2, 3]), false)", "[[null, 3, 2]]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "zip",
        doc: "An array of the first elements of several arrays, then of their second ones, and so on.",
        page: "zip-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray).times(2, 64)],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_zip"),
        )],
        examples: &[example(
            r#"print zip(dynamic([1, 2]), dynamic(["a"]), dynamic([true, false]))"#,
            r#"[[[1, "a", true], [2, null, false]]]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "pack_array",
        doc: "An array of the values; with `*` of all columns.",
        page: "pack-array-function",
        overloads: &[
            overload(
                &[param("value", ParamKind::Scalar).times(1, 32767)],
                Returns::Dynamic(Shape::ARRAY),
                Lower::Build(pack_array),
            ),
            overload(
                &[param("value", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Dynamic(Shape::ARRAY),
                // The binder puts the columns in its place.
                Lower::Build(pack_array),
            ),
        ],
        examples: &[
            example(
                r#"print pack_array(1, "a", 2s, dynamic({"b": true}), real(null))"#,
                r#"[[1, "a", "00:00:02", {"b": true}, null]]"#,
            ),
            example(r#"print a = 1, b = "x" | project all = pack_array(*)"#, r#"[[1, "x"]]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "array_sum",
        doc: "The sum of the numbers in an array; null if there are none, or an element is of another type.",
        page: "array-sum-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_array_sum"),
        )],
        obsolete: Some("series_sum"),
        examples: &[example("print array_sum(dynamic([1, 2.5, null]))", "[3.5]")],
        ..Function::BASE
    },
];

const ARRAY_LENGTH: Function = Function {
    name: "array_length",
    doc: "How many elements an array has; null for what is no array.",
    page: "array-length-function",
    overloads: &[overload(
        &[param("array", ParamKind::DynamicArray)],
        Returns::Type(Type::Long),
        Lower::Udf("kql_array_length"),
    )],
    examples: &[example(
        r#"print array_length(dynamic(["a", [1, 2]])), array_length(dynamic([]))"#,
        "[2, 0]",
    )],
    ..Function::BASE
};

const ARRAY_IFF: Function = Function {
    name: "array_iff",
    doc: "An array that takes each element from one of two arrays (or is one of two values), by an array of conditions.",
    page: "array-iff-function",
    overloads: &[overload(
        &[
            param("condition_array", ParamKind::DynamicArray),
            param("when_true", ParamKind::Scalar),
            param("when_false", ParamKind::Scalar),
        ],
        Returns::Type(Type::Dynamic),
        Lower::Build(array_iff),
    )],
    examples: &[
        example(
            r#"print array_iff(dynamic([true, 0, "x"]), dynamic([1, 2, 3]), "no")"#,
            r#"[[1, "no", null]]"#,
        ),
        example(r#"print array_iff(dynamic([1, 0]), dynamic(["a"]), dynamic([]))"#, r#"[["a", null]]"#),
    ],
    ..Function::BASE
};

/// A call of the runtime's function with the arguments as dynamic values.
fn with_values(name: &str, call: Call) -> ast::Expr {
    runtime(name, call.args.iter().map(to_dynamic_sql))
}

fn pack_array(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(with_values("kql_pack_array", call))
}

fn array_iff(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(with_values("kql_array_iff", call))
}

fn array_split(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(with_values("kql_array_split", call))
}

/// `(value, count)`
fn repeat(call: Call) -> Result<ast::Expr, Refusal> {
    let [value, count] = call.args.as_slice() else { return Err(arguments()) };
    if value.ty == Type::Dynamic {
        // The engine says no as well.
        return Err(Refusal("a dynamic value is not repeated; convert it to another type".into()));
    }
    Ok(runtime("kql_repeat", vec![to_dynamic_sql(value), count.sql.clone()]))
}

/// `(array, value, …)`
fn array_index_of(call: Call) -> Result<ast::Expr, Refusal> {
    let value = to_dynamic_sql(&call.args[1]);
    let mut args = call.sqls();
    args[1] = value;
    Ok(runtime("kql_array_index_of", args))
}

fn array_shift_left(call: Call) -> Result<ast::Expr, Refusal> {
    shift("kql_array_shift_left", call)
}

fn array_shift_right(call: Call) -> Result<ast::Expr, Refusal> {
    shift("kql_array_shift_right", call)
}

/// `(array, count[, default])`
fn shift(name: &str, call: Call) -> Result<ast::Expr, Refusal> {
    let default = call.args.get(2).map(to_dynamic_sql);
    let mut args = call.sqls();
    args.truncate(2);
    args.extend(default);
    Ok(runtime(name, args))
}

fn array_sort_asc(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(sort("kql_array_sort_asc", call))
}

fn array_sort_desc(call: Call) -> Result<ast::Expr, Refusal> {
    Ok(sort("kql_array_sort_desc", call))
}

/// The runtime takes `nulls_last` first, since there may be any number of arrays.
fn sort(name: &str, mut call: Call) -> ast::Expr {
    let nulls_last = call.args.pop_if(|last| last.ty == Type::Bool);
    let mut args = vec![nulls_last.map_or_else(|| crate::sql::build::boolean(true), |last| last.sql)];
    args.extend(call.sqls());
    runtime(name, args)
}

/// Without a step: 1 for numbers, one hour for datetimes and timespans.
fn range(call: Call) -> Result<ast::Expr, Refusal> {
    const HOUR: i64 = crate::time::HOUR;
    let types: Vec<Type> = call.args.iter().map(|a| a.ty).collect();
    let (name, step) = match types.as_slice() {
        [Type::DateTime, Type::DateTime] => ("kql_range_datetime", Some(HOUR)),
        [Type::DateTime, Type::DateTime, Type::Timespan] => ("kql_range_datetime", None),
        [Type::Timespan, Type::Timespan] => ("kql_range_timespan", Some(HOUR)),
        [Type::Timespan, Type::Timespan, Type::Timespan] => ("kql_range_timespan", None),
        numbers if numbers.iter().all(|t| t.is_integer()) => {
            ("kql_range_long", (numbers.len() == 2).then_some(1))
        }
        numbers if numbers.iter().all(|t| t.is_integer() || *t == Type::Real) => {
            ("kql_range_real", (numbers.len() == 2).then_some(1))
        }
        _ => return Err(Refusal("its arguments must be numbers, datetimes or timespans alike".into())),
    };
    let mut args = call.sqls();
    args.extend(step.map(|step| ast::Expr::Value(ast::Value::Number(step.to_string(), false).into())));
    Ok(runtime(name, args))
}
