//! Distributions and the functions of statistics.

use super::*;

/// Distributions and the functions of statistics.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "beta_cdf",
        doc: "The cumulative beta distribution.",
        page: "beta-cdf-function",
        overloads: &[overload(
            &[
                param("x", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_beta_cdf"),
        )],
        examples: &[example("print beta_cdf(0.5, 1, 1), beta_cdf(2, 1, 1)", r#"[0.5, "NaN"]"#)],
        ..Function::BASE
    },
    Function {
        name: "beta_inv",
        doc: "The inverse of the cumulative beta distribution.",
        page: "beta-inv-function",
        overloads: &[overload(
            &[
                param("probability", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_beta_inv"),
        )],
        examples: &[example("print round(beta_inv(0.25, 1, 1), 9), beta_inv(2, 1, 1)", "[0.25, null]")],
        ..Function::BASE
    },
    Function {
        name: "beta_pdf",
        doc: "The density of the beta distribution.",
        page: "beta-pdf-function",
        overloads: &[overload(
            &[
                param("x", ParamKind::Number),
                param("alpha", ParamKind::Number),
                param("beta", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_beta_pdf"),
        )],
        examples: &[example("print round(beta_pdf(0.25, 1, 1), 9), beta_pdf(2, 1, 1)", r#"[1.0, "NaN"]"#)],
        ..Function::BASE
    },
    Function {
        name: "gamma",
        doc: "The gamma function.",
        page: "gamma-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_gamma"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print round(gamma(5), 9)", "[24.0]")],
        ..Function::BASE
    },
    Function {
        name: "loggamma",
        doc: "The natural logarithm of the absolute value of the gamma function.",
        page: "loggamma-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_loggamma"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print loggamma(1)", "[0.0]")],
        ..Function::BASE
    },
    Function {
        name: "erf",
        doc: "The error function.",
        page: "erf-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_erf"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print erf(0), round(erf(1), 9)", "[0.0, 0.842700793]")],
        ..Function::BASE
    },
    Function {
        name: "erfc",
        doc: "1 less the error function.",
        page: "erfc-function",
        overloads: &[overload(
            &[param("number", ParamKind::Number)],
            Returns::Type(Type::Real),
            Lower::Udf("kql_erfc"),
        )],
        result_name: ResultName::FirstArgument,
        examples: &[example("print erfc(0), round(erfc(1), 9)", "[1.0, 0.157299207]")],
        ..Function::BASE
    },
    Function {
        name: "welch_test",
        doc: "The two-sided p-value of Welch's t-test, from the mean, variance and size of two samples.",
        page: "welch-test-function",
        overloads: &[overload(
            &[
                param("mean1", ParamKind::Number),
                param("variance1", ParamKind::Number),
                param("count1", ParamKind::Number),
                param("mean2", ParamKind::Number),
                param("variance2", ParamKind::Number),
                param("count2", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            Lower::Udf("kql_welch_test"),
        )],
        examples: &[example("print welch_test(5.0, 1.0, 10, 5.0, 2.0, 12)", "[1.0]")],
        ..Function::BASE
    },
];
