//! Counts of rows and of distinct values.

use super::lower;
use crate::functions::*;
use crate::types::Type;

/// Counts of rows and of distinct values.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "cnt",
        doc: "How many rows there are.",
        page: "count-aggregation-function",
        overloads: &[overload(&[], Returns::Type(Type::Long), Lower::Sql("COUNT(*)"))],
        result_name: ResultName::PrefixAndFirstArgument("cnt"),
        obsolete: Some("count"),
        examples: &[example("datatable(x: long)[1, long(null)] | summarize cnt()", "[2]")],
        ..Function::BASE
    },
    Function {
        name: "count",
        doc: "How many rows there are, whatever is in them.",
        page: "count-aggregation-function",
        overloads: &[
            overload(&[], Returns::Type(Type::Long), Lower::Sql("COUNT(*)")),
            // The engine takes any value here, though the analyzer asks for a bool; the argument does not count.
            overload(
                &[param("predicate", ParamKind::Scalar)],
                Returns::Type(Type::Long),
                Lower::Sql("COUNT(*)"),
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("count"),
        examples: &[
            example("datatable(x: long)[1, long(null), 3] | summarize count()", "[3]"),
            example("datatable(b: bool)[true, false, bool(null)] | summarize count(b)", "[3]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "countif",
        doc: "How many rows there are for which the predicate is true.",
        page: "countif-aggregation-function",
        overloads: &[overload(
            &[param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Long),
            Lower::Sql("COUNT(*) FILTER (WHERE $1)"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("countif"),
        examples: &[example("datatable(x: long)[1, 20, long(null), 300] | summarize countif(x > 10)", "[2]")],
        ..Function::BASE
    },
    Function {
        name: "dcount",
        doc: "How many distinct values there are, nulls aside. Exact up to four times the registers of the accuracy's sketch (65,536 values by default), beyond that an estimate of that accuracy.",
        page: "dcount-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("accuracy", ParamKind::NotDynamic).optional()],
            Returns::Type(Type::Long),
            Lower::Build(lower::dcount),
        )],
        result_name: ResultName::PrefixAndFirstArgument("dcount"),
        examples: &[
            example("datatable(s: string)['a', 'b', 'a', ''] | summarize dcount(s)", "[3]"),
            example("range x from 1 to 5000 step 1 | summarize dcount(x % 700, 4)", "[700]"),
            example("datatable(x: long)[long(null)] | summarize dcount(x)", "[0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "dcountif",
        doc: "How many distinct values there are in the rows for which the predicate is true.",
        page: "dcountif-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("accuracy", ParamKind::NotDynamic).optional(),
            ],
            Returns::Type(Type::Long),
            Lower::Build(lower::dcount_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("dcountif"),
        examples: &[
            example(
                "datatable(s: string, x: long)['a', 1, 'b', 2, 'c', 3, 'c', 4] | summarize dcountif(s, x > 1)",
                "[2]",
            ),
            example("datatable(s: string, x: long)['a', 1, 'b', 2] | summarize dcountif(s, x > 1, 2)", "[1]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "count_distinct",
        doc: "How many distinct values there are, exactly, nulls aside.",
        page: "count-distinct-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotDynamic)],
            Returns::Type(Type::Long),
            Lower::Sql("COUNT(DISTINCT $1)"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("count_distinct"),
        examples: &[example("datatable(s: string)['a', 'b', 'a', ''] | summarize count_distinct(s)", "[3]")],
        ..Function::BASE
    },
    Function {
        name: "count_distinctif",
        doc: "How many distinct values there are, exactly, in the rows for which the predicate is true.",
        page: "count-distinctif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotDynamic), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Long),
            Lower::Sql("COUNT(DISTINCT $1) FILTER (WHERE $2)"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("count_distinctif"),
        examples: &[example(
            "datatable(s: string, x: long)['a', 1, 'b', 2, 'b', 3] | summarize count_distinctif(s, x > 1)",
            "[1]",
        )],
        ..Function::BASE
    },
];
