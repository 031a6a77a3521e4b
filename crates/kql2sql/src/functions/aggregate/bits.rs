//! Numbers combined bit by bit.

use super::lower;
use crate::functions::*;

/// Numbers combined bit by bit.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "binary_all_or",
        doc: "The values combined bit by bit with OR.",
        page: "binary-all-or-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Parameter0,
            Lower::Build(lower::binary_all_or),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("datatable(x: long)[6, long(null), 5] | summarize binary_all_or(x)", "[7]")],
        ..Function::BASE
    },
    Function {
        name: "binary_all_and",
        doc: "The values combined bit by bit with AND.",
        page: "binary-all-and-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Parameter0,
            Lower::Build(lower::binary_all_and),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("datatable(x: long)[6, long(null), 5] | summarize binary_all_and(x)", "[4]")],
        ..Function::BASE
    },
    Function {
        name: "binary_all_xor",
        doc: "The values combined bit by bit with XOR.",
        page: "binary-all-xor-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Parameter0,
            Lower::Build(lower::binary_all_xor),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("datatable(x: long)[6, long(null), 5] | summarize binary_all_xor(x)", "[3]")],
        ..Function::BASE
    },
];
