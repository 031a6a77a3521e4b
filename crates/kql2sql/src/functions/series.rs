//! Series: arrays of numbers over time.

use super::*;
use crate::types::Type;

/// Series: arrays of numbers over time.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "series_fir",
        doc: "",
        page: "series-fir-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("filter", ParamKind::DynamicArray),
                param("normalize", ParamKind::Types(&[Type::Bool])).optional(),
                param("center", ParamKind::Types(&[Type::Bool])).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_stats",
        doc: "",
        page: "series-stats-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("ignore_nonfinite", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_stats_dynamic",
        doc: "",
        page: "series-stats-dynamic-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("ignore_nonfinite", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fft",
        doc: "",
        page: "series-fft-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("series_imaginary", ParamKind::DynamicArray).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_ifft",
        doc: "",
        page: "series-ifft-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("series_imaginary", ParamKind::DynamicArray).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_line",
        doc: "",
        page: "series-fit-line-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_line_dynamic",
        doc: "",
        page: "series-fit-line-dynamic-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_2lines",
        doc: "",
        page: "series-fit-2lines-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_2lines_dynamic",
        doc: "",
        page: "series-fit-2lines-dynamic-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_outliers",
        doc: "",
        page: "series-outliers-function",
        overloads: &[
            overload(
                &[
                    param("series", ParamKind::DynamicArray),
                    param("kind", ParamKind::Types(&[Type::String])).optional(),
                    param("ignore_val", ParamKind::Number).optional(),
                ],
                Returns::Parameter0,
                TODO,
            ),
            overload(
                &[
                    param("series", ParamKind::DynamicArray),
                    param("kind", ParamKind::Types(&[Type::String])),
                    param("ignore_val", ParamKind::Types(&[Type::Real])),
                    param("min_percentile", ParamKind::Types(&[Type::Real])),
                    param("max_percentile", ParamKind::Types(&[Type::Real])).optional(),
                    param("test_points", ParamKind::Integer).optional(),
                ],
                Returns::Parameter0,
                TODO,
            ),
        ],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_iir",
        doc: "",
        page: "series-iir-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("numerators", ParamKind::DynamicArray),
                param("denominators", ParamKind::DynamicArray),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_periods_detect",
        doc: "",
        page: "series-periods-detect-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("min_period", ParamKind::Number),
                param("max_period", ParamKind::Number),
                param("num_periods", ParamKind::Types(&[Type::Long])),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_periods_validate",
        doc: "",
        page: "series-periods-validate-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray), param("period", ParamKind::Number).times(1, 16)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fill_backward",
        doc: "",
        page: "series-fill-backward-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("missing_value_placeholder", ParamKind::Number).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_fill_forward",
        doc: "",
        page: "series-fill-forward-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("missing_value_placeholder", ParamKind::Number).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_fill_const",
        doc: "",
        page: "series-fill-const-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("constant_value", ParamKind::Number).optional(),
                param("missing_value_placeholder", ParamKind::Number).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_fill_linear",
        doc: "",
        page: "series-fill-linear-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("missing_value_placeholder", ParamKind::Number).optional(),
                param("fill_edges", ParamKind::Types(&[Type::Bool])).optional(),
                param("constant_value", ParamKind::Number).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "series_fit_poly",
        doc: "",
        page: "series-fit-poly-function",
        overloads: &[overload(
            &[
                param("y_series", ParamKind::DynamicArray),
                param("x_series", ParamKind::DynamicArray).optional(),
                param("degree", ParamKind::Types(&[Type::Int])).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_add",
        doc: "",
        page: "series-add-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_subtract",
        doc: "",
        page: "series-subtract-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_multiply",
        doc: "",
        page: "series-multiply-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_divide",
        doc: "",
        page: "series-divide-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_pow",
        doc: "",
        page: "series-pow-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_greater",
        doc: "",
        page: "series-greater-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_greater_equals",
        doc: "",
        page: "series-greater-equals-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_less",
        doc: "",
        page: "series-less-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_less_equals",
        doc: "",
        page: "series-less-equals-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_equals",
        doc: "",
        page: "series-equals-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_not_equals",
        doc: "",
        page: "series-not-equals-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_exp",
        doc: "",
        page: "series-exp-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_sign",
        doc: "",
        page: "series-sign-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_abs",
        doc: "",
        page: "series-abs-function",
        overloads: &[overload(&[param("series", ParamKind::DynamicArray)], Returns::Parameter0, TODO)],
        ..Function::BASE
    },
    Function {
        name: "series_sin",
        doc: "",
        page: "series-sin-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_asin",
        doc: "",
        page: "series-asin-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_cos",
        doc: "",
        page: "series-cos-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_acos",
        doc: "",
        page: "series-acos-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_tan",
        doc: "",
        page: "series-tan-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_atan",
        doc: "",
        page: "series-atan-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_magnitude",
        doc: "",
        page: "series-magnitude-function",
        overloads: &[overload(&[param("series", ParamKind::DynamicArray)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "series_sum",
        doc: "",
        page: "series-sum-function",
        overloads: &[overload(&[param("series", ParamKind::DynamicArray)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "series_product",
        doc: "",
        page: "series-product-function",
        overloads: &[overload(&[param("series", ParamKind::DynamicArray)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "series_log",
        doc: "",
        page: "series-log-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_floor",
        doc: "",
        page: "series-floor-function",
        overloads: &[overload(
            &[param("series", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_ceiling",
        doc: "",
        page: "series-ceiling-function",
        overloads: &[overload(&[param("series", ParamKind::DynamicArray)], Returns::Parameter0, TODO)],
        ..Function::BASE
    },
    Function {
        name: "series_seasonal",
        doc: "",
        page: "series-seasonal-function",
        overloads: &[
            overload(&[param("series", ParamKind::DynamicArray)], Returns::Type(Type::Dynamic), TODO),
            overload(
                &[param("series", ParamKind::DynamicArray), param("period", ParamKind::Integer)],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
            overload(
                &[
                    param("series", ParamKind::DynamicArray),
                    param("period", ParamKind::Integer),
                    param("test_points", ParamKind::Integer),
                ],
                Returns::Type(Type::Dynamic),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_decompose",
        doc: "",
        page: "series-decompose-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("period", ParamKind::Integer).optional(),
                param("trend", ParamKind::Types(&[Type::String])).optional(),
                param("test_points", ParamKind::Integer).optional(),
                param("seasonality_threshold", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_decompose_forecast",
        doc: "",
        page: "series-decompose-forecast-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("test_points", ParamKind::Integer),
                param("period", ParamKind::Integer).optional(),
                param("trend", ParamKind::Types(&[Type::String])).optional(),
                param("seasonality_threshold", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_decompose_anomalies",
        doc: "",
        page: "series-decompose-anomalies-function",
        overloads: &[overload(
            &[
                param("series", ParamKind::DynamicArray),
                param("threshold", ParamKind::Number).optional(),
                param("period", ParamKind::Integer).optional(),
                param("trend", ParamKind::Types(&[Type::String])).optional(),
                param("test_points", ParamKind::Integer).optional(),
                param("method", ParamKind::Types(&[Type::String])).optional(),
                param("seasonality_threshold", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_pearson_correlation",
        doc: "",
        page: "series-pearson-correlation-function",
        overloads: &[overload(
            &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_dot_product",
        doc: "",
        page: "series-dot-product-function",
        overloads: &[
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Real),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::DynamicArray), param("series2", ParamKind::Number)],
                Returns::Type(Type::Real),
                TODO,
            ),
            overload(
                &[param("series1", ParamKind::Number), param("series2", ParamKind::DynamicArray)],
                Returns::Type(Type::Real),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_cosine_similarity",
        doc: "",
        page: "series-cosine-similarity-function",
        overloads: &[overload(
            &[
                param("series1", ParamKind::DynamicArray),
                param("series2", ParamKind::DynamicArray),
                param("series1_magnitude", ParamKind::Types(&[Type::Real])).optional(),
                param("series2_magnitude", ParamKind::Types(&[Type::Real])).optional(),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
];
