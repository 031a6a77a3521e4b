//! Aggregates.

use super::*;
use crate::types::Type;

/// Aggregates.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "sum",
        doc: "",
        page: "sum-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Parameter0Promoted, TODO)],
        result_name: ResultName::PrefixAndFirstArgument("sum"),
        ..Function::BASE
    },
    Function {
        name: "sumif",
        doc: "",
        page: "sumif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0Promoted,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("sumif"),
        ..Function::BASE
    },
    Function {
        name: "cnt",
        doc: "",
        page: "count-aggregation-function",
        overloads: &[overload(&[], Returns::Type(Type::Long), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("cnt"),
        obsolete: Some("count"),
        ..Function::BASE
    },
    Function {
        name: "count",
        doc: "",
        page: "count-aggregation-function",
        overloads: &[
            overload(&[], Returns::Type(Type::Long), TODO),
            overload(&[param("predicate", ParamKind::Types(&[Type::Bool]))], Returns::Type(Type::Long), TODO),
        ],
        result_name: ResultName::PrefixAndFirstArgument("count"),
        ..Function::BASE
    },
    Function {
        name: "countif",
        doc: "",
        page: "countif-aggregation-function",
        overloads: &[overload(
            &[param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("countif"),
        ..Function::BASE
    },
    Function {
        name: "dcount",
        doc: "",
        page: "dcount-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("accuracy", ParamKind::NotDynamic).optional()],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("dcount"),
        ..Function::BASE
    },
    Function {
        name: "dcountif",
        doc: "",
        page: "dcountif-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("accuracy", ParamKind::NotDynamic).optional(),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("dcountif"),
        ..Function::BASE
    },
    Function {
        name: "tdigest",
        doc: "",
        page: "tdigest-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("weight", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("tdigest"),
        ..Function::BASE
    },
    Function {
        name: "tdigest_merge",
        doc: "",
        page: "tdigest-merge-aggregation-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
        ..Function::BASE
    },
    Function {
        name: "merge_tdigest",
        doc: "",
        page: "merge-tdigest-function",
        overloads: &[overload(
            &[param("tdigest", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("merge_tdigests"),
        ..Function::BASE
    },
    Function {
        name: "hll",
        doc: "",
        page: "hll-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotRealOrBool), param("accuracy", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll"),
        ..Function::BASE
    },
    Function {
        name: "hll_if",
        doc: "",
        page: "hll-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::NotRealOrBool),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("accuracy", ParamKind::Integer).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("hll_if"),
        ..Function::BASE
    },
    Function {
        name: "hll_merge",
        doc: "",
        page: "hll-merge-aggregation-function",
        overloads: &[overload(&[param("hll", ParamKind::DynamicArray)], Returns::Type(Type::Dynamic), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("hll_merge"),
        ..Function::BASE
    },
    Function {
        name: "min",
        doc: "",
        page: "min-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Orderable)], Returns::Parameter0, TODO)],
        result_name: ResultName::PrefixAndFirstArgument("min"),
        ..Function::BASE
    },
    Function {
        name: "minif",
        doc: "",
        page: "minif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("minif"),
        ..Function::BASE
    },
    Function {
        name: "max",
        doc: "",
        page: "max-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Orderable)], Returns::Parameter0, TODO)],
        result_name: ResultName::PrefixAndFirstArgument("max"),
        ..Function::BASE
    },
    Function {
        name: "maxif",
        doc: "",
        page: "maxif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("maxif"),
        ..Function::BASE
    },
    Function {
        name: "avg",
        doc: "",
        page: "avg-aggregation-function",
        overloads: &[
            overload(&[param("expr", ParamKind::Integer)], Returns::Type(Type::Real), TODO),
            overload(&[param("expr", ParamKind::Types(&[Type::Real]))], Returns::Type(Type::Real), TODO),
            overload(
                &[param("expr", ParamKind::Types(&[Type::Decimal]))],
                Returns::Type(Type::Decimal),
                TODO,
            ),
            overload(
                &[param("expr", ParamKind::Types(&[Type::Timespan]))],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[param("expr", ParamKind::Types(&[Type::DateTime]))],
                Returns::Type(Type::DateTime),
                TODO,
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("avg"),
        ..Function::BASE
    },
    Function {
        name: "avgif",
        doc: "",
        page: "avgif-aggregation-function",
        overloads: &[
            overload(
                &[param("expr", ParamKind::Integer), param("predicate", ParamKind::Types(&[Type::Bool]))],
                Returns::Type(Type::Real),
                TODO,
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::Real])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::Real),
                TODO,
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::Decimal])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::Decimal),
                TODO,
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::Timespan])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::Timespan),
                TODO,
            ),
            overload(
                &[
                    param("expr", ParamKind::Types(&[Type::DateTime])),
                    param("predicate", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Type(Type::DateTime),
                TODO,
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("avgif"),
        ..Function::BASE
    },
    Function {
        name: "makelist",
        doc: "",
        page: "make-list-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        obsolete: Some("make_list"),
        ..Function::BASE
    },
    Function {
        name: "make_list",
        doc: "",
        page: "make-list-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        ..Function::BASE
    },
    Function {
        name: "make_list_if",
        doc: "",
        page: "make-list-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("maxSize", ParamKind::Integer).optional(),
            ],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        ..Function::BASE
    },
    Function {
        name: "make_list_with_nulls",
        doc: "",
        page: "make-list-with-nulls-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Scalar)], Returns::Parameter0Array, TODO)],
        result_name: ResultName::PrefixAndFirstArgument("list"),
        ..Function::BASE
    },
    Function {
        name: "makeset",
        doc: "",
        page: "make-set-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("set"),
        obsolete: Some("make_set"),
        ..Function::BASE
    },
    Function {
        name: "make_set",
        doc: "",
        page: "make-set-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("maxSize", ParamKind::Integer).optional()],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("set"),
        ..Function::BASE
    },
    Function {
        name: "make_set_if",
        doc: "",
        page: "make-set-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("maxSize", ParamKind::Integer).optional(),
            ],
            Returns::Parameter0Array,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("set"),
        ..Function::BASE
    },
    Function {
        name: "make_dictionary",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("expr", ParamKind::DynamicBag), param("maxSize", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("dictionary"),
        ..Function::BASE
    },
    Function {
        name: "make_bag",
        doc: "",
        page: "make-bag-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::DynamicBag), param("maxSize", ParamKind::Integer).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("bag"),
        ..Function::BASE
    },
    Function {
        name: "make_bag_if",
        doc: "",
        page: "make-bag-if-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::DynamicBag),
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("maxSize", ParamKind::Integer).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("bag"),
        ..Function::BASE
    },
    Function {
        name: "buildschema",
        doc: "",
        page: "buildschema-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::DynamicBag)], Returns::Type(Type::Dynamic), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("schema"),
        ..Function::BASE
    },
    Function {
        name: "passthrough",
        doc: "",
        page: "",
        overloads: &[overload(&[param("expr", ParamKind::Scalar)], Returns::Parameter0, TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "percentile",
        doc: "",
        page: "percentile-array-tdigest-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "percentiles",
        doc: "",
        page: "percentiles-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number).times(1, 32767)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "percentiles_array",
        doc: "",
        page: "",
        overloads: &[
            overload(
                &[param("expr", ParamKind::Scalar), param("percentile", ParamKind::Number).times(1, 32767)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("expr", ParamKind::Scalar), param("percentiles", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "percentilew",
        doc: "",
        page: "",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("weight", ParamKind::Integer),
                param("percentile", ParamKind::Number),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "percentilesw",
        doc: "",
        page: "percentilesw-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Scalar),
                param("weight", ParamKind::Integer),
                param("percentile", ParamKind::Number).times(1, 32767),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "percentilesw_array",
        doc: "",
        page: "",
        overloads: &[
            overload(
                &[
                    param("expr", ParamKind::Scalar),
                    param("weight", ParamKind::Integer),
                    param("percentile", ParamKind::Number).times(1, 32767),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[
                    param("expr", ParamKind::Scalar),
                    param("weight", ParamKind::Integer),
                    param("percentiles", ParamKind::DynamicArray),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "stdev",
        doc: "",
        page: "stdev-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("stdev"),
        ..Function::BASE
    },
    Function {
        name: "stdevif",
        doc: "",
        page: "stdevif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("stdevif"),
        ..Function::BASE
    },
    Function {
        name: "stdevp",
        doc: "",
        page: "stdevp-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("stdevp"),
        ..Function::BASE
    },
    Function {
        name: "variance",
        doc: "",
        page: "variance-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("variance"),
        ..Function::BASE
    },
    Function {
        name: "varianceif",
        doc: "",
        page: "varianceif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("varianceif"),
        ..Function::BASE
    },
    Function {
        name: "variancep",
        doc: "",
        page: "variancep-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Type(Type::Real), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("variancep"),
        ..Function::BASE
    },
    Function {
        name: "variancepif",
        doc: "",
        page: "variancepif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("variancepif"),
        ..Function::BASE
    },
    Function {
        name: "covariance",
        doc: "",
        page: "covariance-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("covariance"),
        ..Function::BASE
    },
    Function {
        name: "covarianceif",
        doc: "",
        page: "covarianceif-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Summable),
                param("expr", ParamKind::Summable),
                param("predicate", ParamKind::Types(&[Type::Bool])),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("covarianceif"),
        ..Function::BASE
    },
    Function {
        name: "covariancep",
        doc: "",
        page: "covariancep-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Summable), param("expr", ParamKind::Summable)],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("covariancep"),
        ..Function::BASE
    },
    Function {
        name: "covariancepif",
        doc: "",
        page: "covariancepif-aggregation-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Summable),
                param("expr", ParamKind::Summable),
                param("predicate", ParamKind::Types(&[Type::Bool])),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("covariancepif"),
        ..Function::BASE
    },
    Function {
        name: "any",
        doc: "",
        page: "take-any-aggregation-function",
        overloads: &[
            overload(&[param("expr", ParamKind::Scalar)], Returns::Parameter0, TODO),
            overload(&[param("expr", ParamKind::Scalar).times(2, 32767)], Returns::Type(Type::Dynamic), TODO),
            overload(
                &[param("expr", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("any"),
        obsolete: Some("take_any"),
        ..Function::BASE
    },
    Function {
        name: "take_any",
        doc: "",
        page: "take-any-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar).times(1, 32767).form(ArgForm::StarAllowed)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "anyif",
        doc: "",
        page: "take-anyif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("anyif"),
        obsolete: Some("take_anyif"),
        ..Function::BASE
    },
    Function {
        name: "take_anyif",
        doc: "",
        page: "take-anyif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "arg_min",
        doc: "",
        page: "arg-min-aggregation-function",
        overloads: &[overload(
            &[
                param("minimized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "arg_max",
        doc: "",
        page: "arg-max-aggregation-function",
        overloads: &[overload(
            &[
                param("maximized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "argmin",
        doc: "",
        page: "arg-min-aggregation-function",
        overloads: &[overload(
            &[
                param("minimized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        obsolete: Some("arg_min"),
        ..Function::BASE
    },
    Function {
        name: "argmax",
        doc: "",
        page: "arg-max-aggregation-function",
        overloads: &[overload(
            &[
                param("maximized", ParamKind::Orderable),
                param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        obsolete: Some("arg_max"),
        ..Function::BASE
    },
    Function {
        name: "binary_all_or",
        doc: "",
        page: "binary-all-or-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Parameter0, TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_all_and",
        doc: "",
        page: "binary-all-and-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Parameter0, TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "binary_all_xor",
        doc: "",
        page: "binary-all-xor-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::Summable)], Returns::Parameter0, TODO)],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "count_distinct",
        doc: "",
        page: "count-distinct-aggregation-function",
        overloads: &[overload(&[param("expr", ParamKind::NotDynamic)], Returns::Type(Type::Long), TODO)],
        result_name: ResultName::PrefixAndFirstArgument("count_distinct"),
        ..Function::BASE
    },
    Function {
        name: "count_distinctif",
        doc: "",
        page: "count-distinctif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::NotDynamic), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Type(Type::Long),
            TODO,
        )],
        result_name: ResultName::PrefixAndFirstArgument("count_distinctif"),
        ..Function::BASE
    },
];
