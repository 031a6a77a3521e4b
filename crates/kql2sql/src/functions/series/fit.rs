//! Statistics of series, and lines and curves through them.

use super::*;
use Type::{Dynamic, Long, Real};

const STATISTICS: &[Param] =
    &[SERIES, param("ignore_nonfinite", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant)];

const TWO_LINES: Lower = Lower::Unsupported(
    "where its two segments may meet is documented nowhere exactly; fit the parts by 'series_fit_line'",
);

/// Statistics and fitting.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "series_stats",
        doc: "The least and the greatest value of a series with their places, its average, standard deviation and variance.",
        page: "series-stats-function",
        overloads: &[overload(
            STATISTICS,
            Returns::Several(&[
                ("min", Real),
                ("min_idx", Long),
                ("max", Real),
                ("max_idx", Long),
                ("avg", Real),
                ("stdev", Real),
                ("variance", Real),
            ]),
            Lower::Udf("kql_series_stats"),
        )],
        examples: &[
            example(
                "print series_stats(dynamic([5, 1, 9, 1]))",
                "[1.0, 1, 9.0, 2, 4.0, 3.8297084310253524, 14.666666666666666]",
            ),
            example("print series_stats(dynamic([5, null]))", "[null, null, null, null, null, null, null]"),
            example(
                "print series_stats(dynamic([2, null, 4]), true)",
                "[2.0, 0, 4.0, 2, 3.0, 1.4142135623730951, 2.0]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_stats_dynamic",
        doc: "What `series_stats` says of a series, with its sum and length, as one bag.",
        page: "series-stats-dynamic-function",
        overloads: &[overload(
            STATISTICS,
            Returns::Dynamic(Shape::Bag),
            Lower::Udf("kql_series_stats_dynamic"),
        )],
        examples: &[example(
            "print series_stats_dynamic(dynamic([2, 6]))",
            r#"[{"min": 2.0, "min_idx": 0, "max": 6.0, "max_idx": 1, "avg": 4.0, "stdev": 2.8284271247461903, "variance": 8.0, "sum": 8.0, "len": 2}]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_magnitude",
        doc: "The length of a series as a vector.",
        page: "series-magnitude-function",
        overloads: &one(REAL, Lower::Udf("kql_series_magnitude")),
        examples: &[example("print series_magnitude(dynamic([3, 4]))", "[5.0]")],
        ..Function::BASE
    },
    Function {
        name: "series_sum",
        doc: "The sum of a series.",
        page: "series-sum-function",
        overloads: &one(REAL, Lower::Udf("kql_array_sum")),
        examples: &[example("print series_sum(dynamic([1, 2.5]))", "[3.5]")],
        ..Function::BASE
    },
    Function {
        name: "series_product",
        doc: "The product of a series.",
        page: "series-product-function",
        overloads: &one(REAL, Lower::Udf("kql_series_product")),
        examples: &[example("print series_product(dynamic([2, 3, 1.5]))", "[9.0]")],
        ..Function::BASE
    },
    Function {
        name: "series_dot_product",
        doc: "The sum of the products of two series, or of a series and a number; the shorter series counts.",
        page: "series-dot-product-function",
        overloads: &pairs(REAL, Lower::Udf("kql_series_dot_product")),
        examples: &[
            example("print series_dot_product(dynamic([1, 2, 3]), dynamic([4, 5]))", "[14.0]"),
            example("print series_dot_product(dynamic([1, 2]), 10)", "[30.0]"),
            example("print series_dot_product(10, dynamic([1, 3]))", "[40.0]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_cosine_similarity",
        doc: "The cosine of the angle between two series as vectors; their magnitudes may be given.",
        page: "series-cosine-similarity-function",
        overloads: &[overload(
            &[
                param("series1", ParamKind::DynamicArray),
                param("series2", ParamKind::DynamicArray),
                param("series1_magnitude", ParamKind::Types(&[Real])).optional(),
                param("series2_magnitude", ParamKind::Types(&[Real])).optional(),
            ],
            REAL,
            Lower::Udf("kql_series_cosine_similarity"),
        )],
        examples: &[
            example("print series_cosine_similarity(dynamic([3, 4]), dynamic([4, 3]))", "[0.96]"),
            example("print series_cosine_similarity(dynamic([3, 4]), dynamic([4, 3]), 5.0, 10.0)", "[0.48]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_pearson_correlation",
        doc: "Pearson's correlation of two series of one length.",
        page: "series-pearson-correlation-function",
        overloads: &[overload(PAIR, REAL, Lower::Udf("kql_series_pearson_correlation"))],
        examples: &[
            example("print series_pearson_correlation(dynamic([1, 2, 3]), dynamic([6, 4, 2]))", "[-1.0]"),
            example("print series_pearson_correlation(dynamic([1, 2, 3]), dynamic([6, 4]))", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_fit_line",
        doc: "The line that fits a series best: how well it fits, its slope, the variances of the series and of what is left, where it begins, its points.",
        page: "series-fit-line-function",
        overloads: &one(
            Returns::Several(&[
                ("rsquare", Real),
                ("slope", Real),
                ("variance", Real),
                ("rvariance", Real),
                ("interception", Real),
                ("line_fit", Dynamic),
            ]),
            Lower::Udf("kql_series_fit_line"),
        ),
        examples: &[example(
            "print series_fit_line(dynamic([1, 4, 4]))",
            "[0.75, 1.5, 3.0, 0.75, 0.0, [1.5, 3.0, 4.5]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_line_dynamic",
        doc: "What `series_fit_line` says of a series, as one bag.",
        page: "series-fit-line-dynamic-function",
        overloads: &one(Returns::Dynamic(Shape::Bag), Lower::Udf("kql_series_fit_line_dynamic")),
        examples: &[example(
            "print round(toreal(series_fit_line_dynamic(dynamic([1, 4, 4])).slope), 9)",
            "[1.5]",
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_2lines",
        doc: "",
        page: "series-fit-2lines-function",
        overloads: &[overload(
            &[param("array", ParamKind::DynamicArray)],
            Returns::Several(&[
                ("rsquare", Real),
                ("split_idx", Long),
                ("variance", Real),
                ("rvariance", Real),
                ("line_fit", Dynamic),
                ("right_rsquare", Real),
                ("right_slope", Real),
                ("right_interception", Real),
                ("right_variance", Real),
                ("right_rvariance", Real),
                ("left_rsquare", Real),
                ("left_slope", Real),
                ("left_interception", Real),
                ("left_variance", Real),
                ("left_rvariance", Real),
            ]),
            TWO_LINES,
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fit_2lines_dynamic",
        doc: "",
        page: "series-fit-2lines-dynamic-function",
        overloads: &one(Returns::Dynamic(Shape::Bag), TWO_LINES),
        ..Function::BASE
    },
    Function {
        name: "series_fit_poly",
        doc: "The polynomial of a degree that fits a series best, over 1, 2 … or the given places: how well it fits, its coefficients from the highest power down, the variances of the series and of what is left, its points.",
        page: "series-fit-poly-function",
        overloads: &[overload(
            &[
                param("y_series", ParamKind::DynamicArray),
                param("x_series", ParamKind::DynamicArray).optional(),
                param("degree", ParamKind::Types(&[Type::Int, Long])).optional(),
            ],
            Returns::Several(&[
                ("rsquare", Real),
                ("coefficients", Dynamic),
                ("variance", Real),
                ("rvariance", Real),
                ("poly_fit", Dynamic),
            ]),
            Lower::Udf("kql_series_fit_poly"),
        )],
        examples: &[
            example(
                "print s = dynamic([0, 3, 8, 15]) | extend (r, c) = series_fit_poly(s, dynamic([1, 2, 3, 4]), 2) \
                 | project round(r, 9), round(toreal(c[0]), 9), round(toreal(c[2]), 9)",
                "[1.0, 1.0, -1.0]",
            ),
            example(
                "print s = dynamic([1, 4, 4]) | extend r = series_fit_poly(s) | project round(r, 9)",
                "[0.75]",
            ),
        ],
        ..Function::BASE
    },
];
