//! Bits of integers.

use super::*;

/// Bits of integers.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "binary_and",
        doc: "The bits that both integers have.",
        page: "binary-and-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Sql("($1 & $2)"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_and(12, 10)", "[8]")],
        ..Function::BASE
    },
    Function {
        name: "binary_or",
        doc: "The bits that one of the integers has.",
        page: "binary-or-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Sql("($1 | $2)"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_or(12, 10)", "[14]")],
        ..Function::BASE
    },
    Function {
        name: "binary_xor",
        doc: "The bits that exactly one of the integers has.",
        page: "binary-xor-function",
        overloads: &[overload(
            &[param("value1", ParamKind::Integer), param("value2", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_xor"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_xor(12, 10)", "[6]")],
        ..Function::BASE
    },
    Function {
        name: "binary_not",
        doc: "The bits that the integer has not.",
        page: "binary-not-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_not"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print binary_not(12)", "[-13]")],
        ..Function::BASE
    },
    Function {
        name: "binary_shift_right",
        doc: "The bits of the integer moved to the right, keeping its sign; null for a negative shift.",
        page: "binary-shift-right-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("shift", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_shift_right"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print binary_shift_right(12, 2), binary_shift_right(-8, 1), binary_shift_right(3, -1)",
            "[3, -4, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "binary_shift_left",
        doc: "The bits of the integer moved to the left; null for a negative shift.",
        page: "binary-shift-left-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer), param("shift", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_binary_shift_left"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print binary_shift_left(3, 2), binary_shift_left(3, 65), binary_shift_left(3, -1)",
            "[12, 6, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "bitset_count_ones",
        doc: "How many bits of the integer are set.",
        page: "bitset-count-ones-function",
        overloads: &[overload(
            &[param("value", ParamKind::Integer)],
            Returns::Type(Type::Long),
            Lower::Udf("kql_bitset_count_ones"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print bitset_count_ones(42), bitset_count_ones(-1)", "[3, 64]")],
        ..Function::BASE
    },
];
