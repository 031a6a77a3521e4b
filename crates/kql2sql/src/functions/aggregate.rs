//! Aggregates. How they become SQL is in [`lower`].

mod lower;

use super::*;
use crate::types::Type;

/// Aggregates.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "sum",
        doc: "The sum of the values; 0 where there is none. Whole numbers wrap around on overflow.",
        page: "sum-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Parameter0Promoted,
            Lower::Build(lower::sum),
        )],
        result_name: ResultName::PrefixAndFirstArgument("sum"),
        examples: &[
            example("datatable(x: long)[1, long(null), 41] | summarize sum(x)", "[42]"),
            example("datatable(x: real)[] | summarize sum(x)", "[0.0]"),
            example("datatable(x: timespan)[1h, 30m] | summarize sum(x)", r#"["01:30:00"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "sumif",
        doc: "The sum of the values for which the predicate is true; 0 where there is none.",
        page: "sumif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0Promoted,
            Lower::Build(lower::sum),
        )],
        result_name: ResultName::PrefixAndFirstArgument("sumif"),
        examples: &[
            example("datatable(x: long)[1, 20, 300] | summarize sumif(x, x > 10)", "[320]"),
            example("datatable(x: long)[1, 2] | summarize sumif(x, x > 10)", "[0]"),
        ],
        ..Function::BASE
    },
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
        name: "tdigest",
        doc: "A sketch of the values, for percentile_tdigest() and tdigest_merge(); exact up to 2,000 distinct ones. Its form is not that of Kusto, which documents none.",
        page: "tdigest-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("weight", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::tdigest),
        )],
        result_name: ResultName::PrefixAndFirstArgument("tdigest"),
        examples: &[
            example(
                "range x from 1 to 20 step 1 | summarize t = tdigest(x) | project percentile_tdigest(t, 90, typeof(long))",
                "[18]",
            ),
            example(
                "datatable(v: real, w: long)[1.5, 1, 2.5, 2] | summarize t = tdigest(v, w) | project percentile_tdigest(t, 50, typeof(real))",
                "[2.5]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "tdigest_merge",
        doc: "Merges sketches of values.",
        page: "tdigest-merge-aggregation-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Udf("kql_tdigest_merge"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize t = tdigest(x) by x % 3 | summarize m = tdigest_merge(t) | project percentile_tdigest(m, 100, typeof(long))",
            "[20]",
        )],
        ..Function::BASE
    },
    Function {
        name: "merge_tdigest",
        doc: "Merges sketches of values.",
        page: "merge-tdigest-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Udf("kql_tdigest_merge"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize t = tdigest(x) by x % 3 | summarize m = merge_tdigest(t) | project percentile_tdigest(m, 100, typeof(long))",
            "[20]",
        )],
        ..Function::BASE
    },
    Function {
        name: "hll",
        doc: "A sketch of the distinct values, for dcount_hll() and hll_merge(). Its form is not that of Kusto, which documents none.",
        page: "hll-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotRealOrBool), param("accuracy", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::hll),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll"),
        examples: &[
            example("range x from 1 to 30 step 1 | summarize h = hll(x % 7) | project dcount_hll(h)", "[7]"),
            example(
                "range x from 1 to 30 step 1 | summarize h = hll(tostring(x), 2) | project dcount_hll(h)",
                "[30]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "hll_if",
        doc: "A sketch of the distinct values in the rows for which the predicate is true.",
        page: "hll-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::NotRealOrBool),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("accuracy", ParamKind::Integer).optional(),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::hll_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_if"),
        examples: &[example(
            "range x from 1 to 30 step 1 | summarize h = hll_if(x, x > 20) | project dcount_hll(h)",
            "[10]",
        )],
        ..Function::BASE
    },
    Function {
        name: "hll_merge",
        doc: "Merges sketches of distinct values.",
        page: "hll-merge-aggregation-function",
        overloads: &[overload(
            &[param("hll", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            Lower::Udf("kql_hll_merge"),
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_merge"),
        examples: &[example(
            "range x from 1 to 30 step 1 | summarize h = hll(x % 7) by x % 3 | summarize m = hll_merge(h) | project dcount_hll(m)",
            "[7]",
        )],
        ..Function::BASE
    },
    Function {
        name: "min",
        doc: "The smallest value; null (or an empty text) where there is none. NaN beats every number.",
        page: "min-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable)],
            Returns::Parameter0,
            Lower::Build(lower::min),
        )],
        result_name: ResultName::PrefixAndFirstArgument("min"),
        examples: &[
            example("datatable(x: long)[7, long(null), -3] | summarize min(x)", "[-3]"),
            example("datatable(s: string)['b', 'B', 'a'] | summarize min(s)", r#"["B"]"#),
            example("datatable(x: real)[1.5, real(nan), 2.5] | summarize min(x)", r#"["NaN"]"#),
            example(
                "datatable(t: datetime)[datetime(2024-01-01), datetime(2023-12-31)] | summarize min(t)",
                r#"["2023-12-31T00:00:00.0000000Z"]"#,
            ),
            example("datatable(x: int)[] | summarize min(x)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "minif",
        doc: "The smallest value in the rows for which the predicate is true.",
        page: "minif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            Lower::Build(lower::min),
        )],
        result_name: ResultName::PrefixAndFirstArgument("minif"),
        examples: &[
            example("datatable(x: long)[1, 5, 9, 12] | summarize minif(x, x between (2 .. 10))", "[5]"),
            example("datatable(x: long)[1] | summarize minif(x, x > 1)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "max",
        doc: "The greatest value; null (or an empty text) where there is none. NaN beats every number.",
        page: "max-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable)],
            Returns::Parameter0,
            Lower::Build(lower::max),
        )],
        result_name: ResultName::PrefixAndFirstArgument("max"),
        examples: &[
            example("datatable(x: long)[7, long(null), -3] | summarize max(x)", "[7]"),
            example("datatable(s: string)['b', 'B', 'a'] | summarize max(s)", r#"["b"]"#),
            example("datatable(x: real)[1.5, real(nan), 2.5] | summarize max(x)", r#"["NaN"]"#),
            example(
                "datatable(t: datetime)[datetime(2024-01-01), datetime(2023-12-31)] | summarize max(t)",
                r#"["2024-01-01T00:00:00.0000000Z"]"#,
            ),
            example("datatable(x: int)[] | summarize max(x)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "maxif",
        doc: "The greatest value in the rows for which the predicate is true.",
        page: "maxif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            Lower::Build(lower::max),
        )],
        result_name: ResultName::PrefixAndFirstArgument("maxif"),
        examples: &[
            example("datatable(x: long)[1, 5, 9, 12] | summarize maxif(x, x between (2 .. 10))", "[9]"),
            example("datatable(x: long)[1] | summarize maxif(x, x > 1)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "avg",
        doc: "The average; NaN where there is no number, null where there is no datetime or timespan.",
        page: "avg-aggregation-function",
        overloads: &[
            overload(
                &[param("expr", ParamKind::Integer)],
                Returns::Type(Type::Real),
                Lower::Build(lower::avg),
            ),
            overload(
                &[param("expr", ParamKind::Types(&[Type::Real]))],
                Returns::Type(Type::Real),
                Lower::Build(lower::avg),
            ),
            overload(
                &[param("expr", ParamKind::Types(&[Type::Decimal]))],
                Returns::Type(Type::Decimal),
                Lower::Build(lower::avg),
            ),
            overload(
                &[param("expr", ParamKind::Types(&[Type::Timespan]))],
                Returns::Type(Type::Timespan),
                Lower::Build(lower::avg),
            ),
            overload(
                &[param("expr", ParamKind::Types(&[Type::DateTime]))],
                Returns::Type(Type::DateTime),
                Lower::Build(lower::avg),
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("avg"),
        examples: &[
            example("datatable(x: long)[1, long(null), 4] | summarize avg(x)", "[2.5]"),
            example("datatable(x: real)[0.5, 2.0] | summarize avg(x)", "[1.25]"),
            example("datatable(x: long)[] | summarize avg(x)", r#"["NaN"]"#),
            example("datatable(x: timespan)[1h, 2h] | summarize avg(x)", r#"["01:30:00"]"#),
            example(
                "datatable(t: datetime)[datetime(2024-01-01), datetime(2024-01-03)] | summarize avg(t)",
                r#"["2024-01-02T00:00:00.0000000Z"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "avgif",
        doc: "The average in the rows for which the predicate is true; NaN where there is none.",
        page: "avgif-aggregation-function",
        overloads: &[
            overload(
                &[param("expr", ParamKind::Integer), param("predicate", ParamKind::Types(&[Type::Bool]))],
                Returns::Type(Type::Real),
                Lower::Build(lower::avg),
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::Real])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::Real),
                Lower::Build(lower::avg),
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::Decimal])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::Decimal),
                Lower::Build(lower::avg),
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::Timespan])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::Timespan),
                Lower::Build(lower::avg),
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::DateTime])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::DateTime),
                Lower::Build(lower::avg),
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("avgif"),
        examples: &[
            example("datatable(x: long)[1, 20, 31] | summarize avgif(x, x > 10)", "[25.5]"),
            example("datatable(x: real)[1.0] | summarize avgif(x, x > 10)", r#"["NaN"]"#),
            example("datatable(x: timespan)[1h, 2h, 4h] | summarize avgif(x, x > 1h)", r#"["03:00:00"]"#),
            example(
                "datatable(t: datetime)[datetime(2024-01-01), datetime(2024-01-03)] | summarize avgif(t, t > datetime(2024-01-02))",
                r#"["2024-01-03T00:00:00.0000000Z"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "makelist",
        doc: "The values of the group as an array, nulls left out; the elements of arrays are taken one by one.",
        page: "make-list-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
            Returns::Parameter0Array,
            Lower::Build(lower::make_list),
        )],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        obsolete: Some("make_list"),
        examples: &[
            example("datatable(x: long)[3, long(null), 1, 3] | summarize makelist(x)", "[[3, 1, 3]]"),
            example("range x from 1 to 9 step 1 | summarize makelist(x, 2)", "[[1, 2]]"),
            example("datatable(s: string)['a', ''] | summarize makelist(s)", r#"[["a", ""]]"#),
            example(
                r#"datatable(d: dynamic)[dynamic({"a": 1}), dynamic([2, [3]]), dynamic(null)] | summarize makelist(d)"#,
                r#"[[{"a": 1}, 2, [3], null]]"#,
            ),
            example("datatable(x: timespan)[1h] | summarize makelist(x)", r#"[["01:00:00"]]"#),
            example("datatable(x: long)[2, 3, 1] | sort by x desc | summarize makelist(x)", "[[3, 2, 1]]"),
            example("datatable(x: real)[] | summarize makelist(x)", "[[]]"),
        ],
        ..Function::BASE
    },
    Function {
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
    },
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
    Function {
        name: "makeset",
        doc: "The distinct values of the group as an array, in the order of their first appearance, nulls left out; the elements of arrays are taken one by one.",
        page: "make-set-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
            Returns::Parameter0Array,
            Lower::Build(lower::make_set),
        )],
        result_name: ResultName::PrefixAndFirstArgument("set"),
        obsolete: Some("make_set"),
        examples: &[
            example("datatable(x: long)[3, long(null), 1, 3] | summarize makeset(x)", "[[3, 1]]"),
            example("datatable(x: long)[7, 7, 8, 9] | summarize makeset(x, 2)", "[[7, 8]]"),
            example(
                "datatable(d: dynamic)[dynamic(['a', 'b']), dynamic('b'), dynamic(['c', 'a'])] | summarize makeset(d)",
                r#"[["a", "b", "c"]]"#,
            ),
            example("datatable(x: real)[] | summarize makeset(x)", "[[]]"),
        ],
        ..Function::BASE
    },
    Function {
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
    },
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
        name: "make_dictionary",
        doc: "One bag with the properties of all bags; what is no bag is left out, and of a property that comes twice one value is kept.",
        page: "make-bag-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::DynamicBag), param("maxSize", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::make_bag),
        )],
        result_name: ResultName::PrefixAndFirstArgument("dictionary"),
        examples: &[
            example(
                r#"datatable(d: dynamic)[dynamic({"a": 1}), dynamic([5]), dynamic(null), dynamic({"b": [2, 3]})] | summarize make_dictionary(d)"#,
                r#"[{"a": 1, "b": [2, 3]}]"#,
            ),
            example(
                r#"datatable(d: dynamic)[dynamic({"a": 1, "b": 2}), dynamic({"c": 3})] | summarize make_dictionary(d, 2)"#,
                r#"[{"a": 1, "b": 2}]"#,
            ),
            example("datatable(d: dynamic)[] | summarize make_dictionary(d)", "[{}]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "make_bag",
        doc: "One bag with the properties of all bags; what is no bag is left out, and of a property that comes twice one value is kept.",
        page: "make-bag-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::DynamicBag), param("maxSize", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
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
    },
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
            Returns::Type(Type::Dynamic),
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
        doc: "The schema that admits all values of the dynamic expression.",
        page: "buildschema-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::DynamicBag)],
            Returns::Type(Type::Dynamic),
            Lower::Unsupported(
                "which names Kusto gives to types other than long, double and string is not known; getschema shows a table's columns",
            ),
        )],
        result_name: ResultName::PrefixAndFirstArgument("schema"),
        ..Function::BASE
    },
    Function {
        name: "passthrough",
        doc: "Its argument, inside of Kusto's own engine.",
        page: "",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar)],
            Returns::Parameter0,
            Lower::Unsupported("it is internal to Kusto; use take_any()"),
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "percentile",
        doc: "The percentile: the smallest value such that so many percent of the values are not greater (nearest rank). Kusto estimates it; this is exact.",
        page: "percentile-array-tdigest-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number)],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::percentile),
        )],
        examples: &[
            example("range x from 1 to 20 step 1 | summarize percentile(x, 90)", "[18]"),
            example("datatable(x: real)[4.5, 0.5, 2.5] | summarize percentile(x, 50)", "[2.5]"),
            example("datatable(x: long)[] | summarize percentile(x, 50)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "percentiles",
        doc: "Percentiles, one column each: the smallest value such that so many percent of the values are not greater (nearest rank). Kusto estimates it; this is exact.",
        page: "percentiles-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number).times(1, 32767)],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::percentiles),
        )],
        examples: &[example(
            "range x from 1 to 20 step 1 | summarize percentiles(x, 0, 50, 99.9)",
            "[1, 10, 20]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentiles_array",
        doc: "Percentiles as an array: the smallest value such that so many percent of the values are not greater (nearest rank). Kusto estimates it; this is exact.",
        page: "percentiles-aggregation-function",
        overloads: &[
            overload(
                &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number).times(1, 32767)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentiles_array),
            ),
            overload(
                &[param("expr", ParamKind::Scalar), param("percentiles", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentiles_array),
            ),
        ],
        examples: &[
            example("range x from 1 to 20 step 1 | summarize percentiles_array(x, 25, 75)", "[[5, 15]]"),
            example(
                "range x from 1 to 20 step 1 | summarize percentiles_array(x, dynamic([25, 75]))",
                "[[5, 15]]",
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("percentiles"),
        ..Function::BASE
    },
    Function {
        name: "percentilew",
        doc: "The percentile of values that count as often as their weight says.",
        page: "percentilesw-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("weight", ParamKind::Integer),
                param("percentile", ParamKind::Number),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::percentilew),
        )],
        examples: &[example(
            "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilew(x, w, 50)",
            "[20]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentilesw",
        doc: "Percentiles, one column each, of values that count as often as their weight says.",
        page: "percentilesw-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("weight", ParamKind::Integer),
                param("percentile", ParamKind::Number).times(1, 32767),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::percentilesw),
        )],
        examples: &[example(
            "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilesw(x, w, 25, 75, 76)",
            "[10, 20, 30]",
        )],
        ..Function::BASE
    },
    Function {
        name: "percentilesw_array",
        doc: "Percentiles as an array, of values that count as often as their weight says.",
        page: "percentilesw-aggregation-function",
        overloads: &[
            overload(
                &[
                    param("expr", ParamKind::Scalar),
                    param("weight", ParamKind::Integer),
                    param("percentile", ParamKind::Number).times(1, 32767),
                ],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentilesw_array),
            ),
            overload(
                &[
                    param("expr", ParamKind::Scalar),
                    param("weight", ParamKind::Integer),
                    param("percentiles", ParamKind::DynamicArray),
                ],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::percentilesw_array),
            ),
        ],
        examples: &[
            example(
                "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilesw_array(x, w, 25, 76)",
                "[[10, 30]]",
            ),
            example(
                "datatable(x: long, w: long)[10, 1, 20, 2, 30, 1] | summarize percentilesw_array(x, w, dynamic([25, 76]))",
                "[[10, 30]]",
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("percentiles"),
        ..Function::BASE
    },
    Function {
        name: "stdev",
        doc: "The standard deviation of a sample; 0 where there are fewer than two values.",
        page: "stdev-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            Lower::Build(lower::stdev),
        )],
        result_name: ResultName::PrefixAndFirstArgument("stdev"),
        examples: &[
            example("datatable(x: long)[1, 4, 7] | summarize stdev(x)", "[3.0]"),
            example("datatable(x: real)[5.5] | summarize stdev(x)", "[0.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "stdevif",
        doc: "The standard deviation of a sample, of the rows for which the predicate is true.",
        page: "stdevif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Real),
            Lower::Build(lower::stdev),
        )],
        result_name: ResultName::PrefixAndFirstArgument("stdevif"),
        examples: &[
            example("datatable(x: long)[1, 4, 7, 100] | summarize stdevif(x, x < 10)", "[3.0]"),
            example("datatable(x: long)[1, 4] | summarize stdevif(x, x < 0)", "[0.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "stdevp",
        doc: "The standard deviation of a population; 0 where there is none.",
        page: "stdevp-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            Lower::Build(lower::stdevp),
        )],
        result_name: ResultName::PrefixAndFirstArgument("stdevp"),
        examples: &[
            example("datatable(x: long)[2, 4, 4, 4, 5, 5, 7, 9, long(null)] | summarize stdevp(x)", "[2.0]"),
            example("datatable(x: real)[5.5] | summarize stdevp(x)", "[0.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "variance",
        doc: "The variance of a sample, to ten digits behind the point; 0 where there are fewer than two values.",
        page: "variance-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            Lower::Build(lower::variance),
        )],
        result_name: ResultName::PrefixAndFirstArgument("variance"),
        examples: &[
            example("datatable(x: long)[1, 4, 7] | summarize variance(x)", "[9.0]"),
            example("datatable(x: long)[1, 2, 4] | summarize variance(x)", "[2.3333333333]"),
            example("datatable(x: real)[5.5] | summarize variance(x)", "[0.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "varianceif",
        doc: "The variance of a sample, of the rows for which the predicate is true, to ten digits behind the point.",
        page: "varianceif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Real),
            Lower::Build(lower::variance),
        )],
        result_name: ResultName::PrefixAndFirstArgument("varianceif"),
        examples: &[example("datatable(x: long)[1, 4, 7, 100] | summarize varianceif(x, x < 10)", "[9.0]")],
        ..Function::BASE
    },
    Function {
        name: "variancep",
        doc: "The variance of a population, to ten digits behind the point; 0 where there is none.",
        page: "variancep-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            Lower::Build(lower::variancep),
        )],
        result_name: ResultName::PrefixAndFirstArgument("variancep"),
        examples: &[
            example(
                "datatable(x: long)[2, 4, 4, 4, 5, 5, 7, 9, long(null)] | summarize variancep(x)",
                "[4.0]",
            ),
            example("datatable(x: real)[5.5] | summarize variancep(x)", "[0.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "variancepif",
        doc: "The variance of a population, of the rows for which the predicate is true, to ten digits behind the point.",
        page: "variancepif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Real),
            Lower::Build(lower::variancep),
        )],
        result_name: ResultName::PrefixAndFirstArgument("variancepif"),
        examples: &[example("datatable(x: long)[1, 3, 100] | summarize variancepif(x, x < 10)", "[1.0]")],
        ..Function::BASE
    },
    Function {
        name: "covariance",
        doc: "The covariance of a sample; 0 where there are fewer than two pairs. Pairs with a null do not count.",
        page: "covariance-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            Lower::Build(lower::covariance),
        )],
        result_name: ResultName::PrefixAndTwoArguments("covariance"),
        examples: &[example(
            "datatable(x: real, y: real)[1.0, 2.0, 2.0, 4.0, 3.0, 9.0, real(null), 1.0] | summarize covariance(x, y)",
            "[3.5]",
        )],
        ..Function::BASE
    },
    Function {
        name: "covarianceif",
        doc: "The covariance of a sample, of the rows for which the predicate is true.",
        page: "covarianceif-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Summable),
                param("expr", ParamKind::Summable),
                param("predicate", ParamKind::Types(&[Type::Bool])),
            ],
            Returns::Type(Type::Real),
            Lower::Build(lower::covariance),
        )],
        result_name: ResultName::PrefixAndTwoArguments("covarianceif"),
        examples: &[example(
            "datatable(x: long, y: long)[1, 2, 3, 6, 9, 0] | summarize covarianceif(x, y, x < 5)",
            "[4.0]",
        )],
        ..Function::BASE
    },
    Function {
        name: "covariancep",
        doc: "The covariance of a population; 0 where there is none. Pairs with a null do not count.",
        page: "covariancep-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            Lower::Build(lower::covariancep),
        )],
        result_name: ResultName::PrefixAndTwoArguments("covariancep"),
        examples: &[example(
            "datatable(x: long, y: long)[1, 2, 3, 6] | summarize covariancep(x, y)",
            "[2.0]",
        )],
        ..Function::BASE
    },
    Function {
        name: "covariancepif",
        doc: "The covariance of a population, of the rows for which the predicate is true.",
        page: "covariancepif-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Summable),
                param("expr", ParamKind::Summable),
                param("predicate", ParamKind::Types(&[Type::Bool])),
            ],
            Returns::Type(Type::Real),
            Lower::Build(lower::covariancep),
        )],
        result_name: ResultName::PrefixAndTwoArguments("covariancepif"),
        examples: &[example(
            "datatable(x: long, y: long)[1, 2, 3, 6, 9, 0] | summarize covariancepif(x, y, x < 5)",
            "[2.0]",
        )],
        ..Function::BASE
    },
    Function {
        name: "any",
        doc: "A value of the group, one that is neither null nor empty if there is one; several values come from one row.",
        page: "take-any-aggregation-function",
        overloads: &[
            overload(&[param("expr", ParamKind::Scalar)], Returns::Parameter0, Lower::Build(lower::take_any)),
            overload(
                &[param("expr", ParamKind::Scalar).times(2, 32767)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::take_any),
            ),
            overload(
                &[param("expr", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::take_any),
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("any"),
        obsolete: Some("take_any"),
        examples: &[
            example("datatable(s: string)['', 'a'] | summarize any(s)", r#"["a"]"#),
            example("datatable(s: string, x: long)['a', 1] | summarize any(s, x)", r#"["a", 1]"#),
            example("datatable(s: string, x: long)['a', 1] | summarize any(*)", r#"["a", 1]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "take_any",
        doc: "A value of the group, one that is neither null nor empty if there is one; several values come from one row.",
        page: "take-any-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar).times(1, 32767).form(ArgForm::StarAllowed)],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::take_any),
        )],
        examples: &[
            example("datatable(s: string)['', 'a'] | summarize take_any(s)", r#"["a"]"#),
            example("datatable(x: long)[long(null), 5] | summarize take_any(x)", "[5]"),
            example("datatable(s: string, x: long)['a', 1] | summarize take_any(x, s)", r#"[1, "a"]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "anyif",
        doc: "A value of the rows for which the predicate is true, one that is neither null nor empty if there is one.",
        page: "take-anyif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            Lower::Build(lower::take_any_if),
        )],
        result_name: ResultName::PrefixAndFirstArgument("anyif"),
        obsolete: Some("take_anyif"),
        examples: &[example("datatable(x: long)[1, 5] | summarize anyif(x, x > 1)", "[5]")],
        ..Function::BASE
    },
    Function {
        name: "take_anyif",
        doc: "A value of the rows for which the predicate is true, one that is neither null nor empty if there is one.",
        page: "take-anyif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            Lower::Build(lower::take_any_if),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example(
                "datatable(s: string, x: long)['a', 1, 'b', 2] | summarize take_anyif(s, x > 1)",
                r#"["b"]"#,
            ),
            example("datatable(x: long)[1] | summarize take_anyif(x, x > 1)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "arg_min",
        doc: "The row whose first argument is the smallest: that argument and the others. The first such row; rows with a null only where there are no others.",
        page: "arg-min-aggregation-function",
        overloads: &[overload(
            &[
                param("minimized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::arg_min),
        )],
        examples: &[
            example(
                "datatable(x: long, s: string)[long(null), 'a', 7, 'b', -1, 'c', -1, 'd'] | summarize arg_min(x, s)",
                r#"[-1, "c"]"#,
            ),
            example(
                "datatable(x: long, s: string, k: long)[1, 'a', 0, 2, 'b', 0] | summarize arg_min(x, *) by k",
                r#"[0, 1, "a"]"#,
            ),
            example(
                "datatable(x: int, s: string)[int(null), 'a', int(null), 'b'] | summarize arg_min(x, s)",
                r#"[null, "a"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "arg_max",
        doc: "The row whose first argument is the greatest: that argument and the others. The first such row; rows with a null only where there are no others.",
        page: "arg-max-aggregation-function",
        overloads: &[overload(
            &[
                param("maximized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::arg_max),
        )],
        examples: &[
            example(
                "datatable(x: long, s: string)[long(null), 'a', 7, 'b', -1, 'c', 7, 'd'] | summarize arg_max(x, s)",
                r#"[7, "b"]"#,
            ),
            example(
                "datatable(x: long, s: string, k: long)[1, 'a', 0, 2, 'b', 0] | summarize arg_max(x, *) by k",
                r#"[0, 2, "b"]"#,
            ),
            example(
                "datatable(x: int, s: string)[int(null), 'a', int(null), 'b'] | summarize arg_max(x, s)",
                r#"[null, "a"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "argmin",
        doc: "The row whose first argument is the smallest: that argument and the others. The first such row; rows with a null only where there are no others.",
        page: "arg-min-aggregation-function",
        overloads: &[overload(
            &[
                param("minimized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::arg_min),
        )],
        obsolete: Some("arg_min"),
        examples: &[
            example(
                "datatable(x: long, s: string)[long(null), 'a', 7, 'b', -1, 'c', -1, 'd'] | summarize argmin(x, s)",
                r#"[-1, "c"]"#,
            ),
            example(
                "datatable(x: long, s: string, k: long)[1, 'a', 0, 2, 'b', 0] | summarize argmin(x, *) by k",
                r#"[0, 1, "a"]"#,
            ),
            example(
                "datatable(x: int, s: string)[int(null), 'a', int(null), 'b'] | summarize argmin(x, s)",
                r#"[null, "a"]"#,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "argmax",
        doc: "The row whose first argument is the greatest: that argument and the others. The first such row; rows with a null only where there are no others.",
        page: "arg-max-aggregation-function",
        overloads: &[overload(
            &[
                param("maximized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::arg_max),
        )],
        obsolete: Some("arg_max"),
        examples: &[
            example(
                "datatable(x: long, s: string)[long(null), 'a', 7, 'b', -1, 'c', 7, 'd'] | summarize argmax(x, s)",
                r#"[7, "b"]"#,
            ),
            example(
                "datatable(x: long, s: string, k: long)[1, 'a', 0, 2, 'b', 0] | summarize argmax(x, *) by k",
                r#"[0, 2, "b"]"#,
            ),
            example(
                "datatable(x: int, s: string)[int(null), 'a', int(null), 'b'] | summarize argmax(x, s)",
                r#"[null, "a"]"#,
            ),
        ],
        ..Function::BASE
    },
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
