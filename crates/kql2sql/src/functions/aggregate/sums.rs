//! Sums, averages and statistics of numbers.

use super::lower;
use crate::functions::*;
use crate::types::Type;

/// Sums, averages and statistics of numbers.
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
];
