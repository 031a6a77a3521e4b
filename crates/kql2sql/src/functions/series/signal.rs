//! Filters and transforms of a series.

use super::*;

const TRANSFORMED: Returns = Returns::Several(&[("real", Type::Dynamic), ("imag", Type::Dynamic)]);
const COMPLEX: &[Param] = &[SERIES, param("series_imaginary", ParamKind::DynamicArray).optional()];

/// Filters and transforms.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "series_fir",
        doc: "A series under a filter: each value becomes a weighted sum of those before it, or with `center` of those around it.",
        page: "series-fir-function",
        overloads: &[overload(
            &[
                SERIES,
                param("filter", ParamKind::DynamicArray),
                param("normalize", ParamKind::Types(&[Type::Bool])).optional(),
                param("center", ParamKind::Types(&[Type::Bool])).optional(),
            ],
            COMPUTED,
            Lower::Build(fir),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[
            example("print series_fir(dynamic([4, 8, 6]), dynamic([1, 1]))", "[[2.0, 6.0, 7.0]]"),
            example("print series_fir(dynamic([4, 8, 6]), dynamic([1, -2]))", "[[4.0, 0.0, -10.0]]"),
            example(
                "print series_fir(dynamic([4, 8, 6]), dynamic([1, 1, 1]), false, true)",
                "[[12.0, 18.0, 14.0]]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "series_iir",
        doc: "A series under a recursive filter, which is given by the coefficients of its numerator and denominator.",
        page: "series-iir-function",
        overloads: &[overload(
            &[
                SERIES,
                param("numerators", ParamKind::DynamicArray),
                param("denominators", ParamKind::DynamicArray),
            ],
            COMPUTED,
            Lower::Udf("kql_series_iir"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example(
            "print series_iir(dynamic([8, 0, 4]), dynamic([1]), dynamic([2, -1]))",
            "[[4.0, 2.0, 3.0]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "series_fft",
        doc: "The Fourier transform of a series: the real and the imaginary parts.",
        page: "series-fft-function",
        overloads: &[overload(COMPLEX, TRANSFORMED, Lower::Udf("kql_series_fft"))],
        examples: &[example(
            "print series_fft(dynamic([1, 2, 0, 0]))",
            "[[3.0, 1.0, -1.0, 1.0], [0.0, -2.0, 0.0, 2.0]]",
        )],
        ..Function::BASE
    },
    Function {
        name: "series_ifft",
        doc: "The series whose Fourier transform is given: the real and the imaginary parts.",
        page: "series-ifft-function",
        overloads: &[overload(COMPLEX, TRANSFORMED, Lower::Udf("kql_series_ifft"))],
        examples: &[example(
            "print series_ifft(dynamic([3, 1, -1, 1]), dynamic([0, -2, 0, 2]))",
            "[[1.0, 2.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]",
        )],
        ..Function::BASE
    },
];

/// `(series, filter[, normalize[, center]])`
fn fir(call: Call) -> Result<sqlparser::ast::Expr, Refusal> {
    use crate::syntax::ast::Literal;
    let centered = call.args.get(3).is_some_and(|a| !matches!(a.literal, Some(Literal::Bool(false))));
    let odd = match &call.args[1].literal {
        Some(Literal::Dynamic(json)) => json.matches(',').count() % 2 == 0,
        _ => false,
    };
    if centered && !odd {
        return Err(Refusal(
            "where an even number of coefficients is centered is not known; give an odd number as a literal"
                .into(),
        ));
    }
    Ok(to_dynamic::call("kql_series_fir", call.sqls()))
}
