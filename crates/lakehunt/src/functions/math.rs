//! Numbers, rounding, bits and statistics.

pub(crate) mod bin;
mod distribution;

use super::adapter::{ArgType, ReturnType, ScalarKernel};

/// A function of one real.
macro_rules! of_real {
    ($name:literal, $of:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Real],
            returns: ReturnType::Real,
            eval: |a| {
                let x = a.real(0)?;
                a.collect(|row| $of(x.get(row)?))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// A question about one real.
macro_rules! is_real {
    ($name:literal, $is:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Real],
            returns: ReturnType::Bool,
            eval: |a| {
                let x = a.real(0)?;
                a.collect(|row| Some($is(x.get(row)?)))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// A function of one or two longs.
macro_rules! of_long {
    ($name:literal, |$x:ident| $of:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Long],
            returns: ReturnType::Long,
            eval: |a| {
                let x = a.long(0)?;
                a.collect(|row| {
                    let $x = x.get(row)?;
                    $of
                })
            },
            ..ScalarKernel::BASE
        }
    };
    ($name:literal, |$x:ident, $y:ident| $of:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Long, ArgType::Long],
            returns: ReturnType::Long,
            eval: |a| {
                let (x, y) = (a.long(0)?, a.long(1)?);
                a.collect(|row| {
                    let ($x, $y) = (x.get(row)?, y.get(row)?);
                    $of
                })
            },
            ..ScalarKernel::BASE
        }
    };
}

/// A function of three reals.
macro_rules! of_three_reals {
    ($name:literal, $of:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Real; 3],
            returns: ReturnType::Real,
            eval: |a| {
                let (x, y, z) = (a.real(0)?, a.real(1)?, a.real(2)?);
                a.collect(|row| $of(x.get(row)?, y.get(row)?, z.get(row)?))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// The functions of this family but for those of binning, [`BINS`].
pub static SCALARS: &[ScalarKernel] = &[
    of_long!("kql_abs_long", |x| Some(x.wrapping_abs())),
    of_long!("kql_binary_not", |x| Some(!x)),
    of_long!("kql_binary_xor", |x, y| Some(x ^ y)),
    of_long!("kql_binary_shift_left", |x, y| (y >= 0).then(|| x << (y % 64))),
    of_long!("kql_binary_shift_right", |x, y| (y >= 0).then(|| x >> (y % 64))),
    of_long!("kql_bitset_count_ones", |x| Some(i64::from(x.count_ones()))),
    // The documentation promises null outside of the domain.
    of_real!("kql_sqrt", |x: f64| (x >= 0.0 || x.is_nan()).then(|| x.sqrt())),
    of_real!("kql_log", |x: f64| (x >= 0.0 || x.is_nan()).then(|| x.ln())),
    of_real!("kql_log2", |x: f64| (x >= 0.0 || x.is_nan()).then(|| x.log2())),
    of_real!("kql_log10", |x: f64| (x >= 0.0 || x.is_nan()).then(|| x.log10())),
    of_real!("kql_acos", |x: f64| (x.abs() <= 1.0 || x.is_nan()).then(|| x.acos())),
    of_real!("kql_asin", |x: f64| (x.abs() <= 1.0 || x.is_nan()).then(|| x.asin())),
    // Recorded: the sign of NaN and of -0.0 is 0.
    of_real!("kql_sign", |x: f64| Some(if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else {
        0.0
    })),
    // The engine's own fails for 0 and a negative power.
    ScalarKernel {
        name: "kql_pow",
        args: &[ArgType::Real; 2],
        returns: ReturnType::Real,
        eval: |a| {
            let (base, exponent) = (a.real(0)?, a.real(1)?);
            a.collect(|row| Some(base.get(row)?.powf(exponent.get(row)?)))
        },
        ..ScalarKernel::BASE
    },
    of_real!("kql_gamma", |x| Some(libm::tgamma(x))),
    of_real!("kql_loggamma", |x| Some(libm::lgamma(x))),
    of_real!("kql_erf", |x| Some(libm::erf(x))),
    of_real!("kql_erfc", |x| Some(libm::erfc(x))),
    is_real!("kql_isnan", f64::is_nan),
    is_real!("kql_isinf", f64::is_infinite),
    is_real!("kql_isfinite", f64::is_finite),
    ScalarKernel {
        name: "kql_around_long",
        args: &[ArgType::Long; 3],
        returns: ReturnType::Bool,
        eval: |a| {
            let (value, center, delta) = (a.long(0)?, a.long(1)?, a.long(2)?);
            a.collect(|row| {
                let distance = i128::from(value.get(row)?) - i128::from(center.get(row)?);
                Some(distance.abs() <= i128::from(delta.get(row)?))
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_around_real",
        args: &[ArgType::Real; 3],
        returns: ReturnType::Bool,
        eval: |a| {
            let (value, center, delta) = (a.real(0)?, a.real(1)?, a.real(2)?);
            a.collect(|row| {
                let (value, center, delta) = (value.get(row)?, center.get(row)?, delta.get(row)?);
                Some(center - delta <= value && value <= center + delta)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_round_long",
        args: &[ArgType::Long, ArgType::Long],
        optional: 1,
        returns: ReturnType::Long,
        eval: |a| {
            let value = a.long(0)?;
            let digits = if a.len() > 1 { Some(a.long(1)?) } else { None };
            a.collect(|row| {
                let digits = match &digits {
                    Some(digits) => digits.get(row)?,
                    None => 0,
                };
                round_long(value.get(row)?, digits)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_round_real",
        args: &[ArgType::Real, ArgType::Long],
        returns: ReturnType::Real,
        eval: |a| {
            let (value, digits) = (a.real(0)?, a.long(1)?);
            a.collect(|row| Some(round_real(value.get(row)?, digits.get(row)?)))
        },
        ..ScalarKernel::BASE
    },
    of_three_reals!("kql_beta_cdf", |x, alpha, beta| Some(distribution::beta_cdf(x, alpha, beta))),
    of_three_reals!("kql_beta_pdf", |x, alpha, beta| Some(distribution::beta_pdf(x, alpha, beta))),
    of_three_reals!("kql_beta_inv", distribution::beta_inv),
    ScalarKernel {
        name: "kql_welch_test",
        args: &[ArgType::Real; 6],
        returns: ReturnType::Real,
        eval: |a| {
            let (mean1, variance1, count1) = (a.real(0)?, a.real(1)?, a.real(2)?);
            let (mean2, variance2, count2) = (a.real(3)?, a.real(4)?, a.real(5)?);
            a.collect(|row| {
                Some(distribution::welch_test(
                    [mean1.get(row)?, variance1.get(row)?, count1.get(row)?],
                    [mean2.get(row)?, variance2.get(row)?, count2.get(row)?],
                ))
            })
        },
        ..ScalarKernel::BASE
    },
];

/// `bin`, `floor` and `bin_at`.
pub static BINS: &[ScalarKernel] = bin::SCALARS;

/// Rounds to so many digits behind the point, halves away from zero; null where the result does not fit.
fn round_long(value: i64, digits: i64) -> Option<i64> {
    if digits >= 0 {
        return Some(value);
    }
    // 10^19 is more than twice any long, so it rounds to 0.
    let Some(unit) = u32::try_from(-digits).ok().filter(|&d| d <= 19).map(|d| 10i128.pow(d)) else {
        return Some(0);
    };
    let value = i128::from(value);
    let half = unit / 2 * value.signum();
    i64::try_from((value + half) / unit * unit).ok()
}

/// Rounds to so many digits behind the point, halves away from zero.
fn round_real(value: f64, digits: i64) -> f64 {
    let digits = digits.clamp(-400, 400) as i32;
    let factor = 10f64.powi(digits.abs());
    let rounded =
        if digits >= 0 { (value * factor).round() / factor } else { (value / factor).round() * factor };
    match rounded.is_finite() {
        true => rounded,
        // The factor went out of range: there is nothing to round, or nothing left.
        false if digits >= 0 => value,
        false if value.is_finite() => 0.0,
        false => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reals_round_halves_away_from_zero() {
        // The documentation's examples.
        for (value, digits, expected) in
            [(2.98765, 3, 2.988), (2.15, 1, 2.2), (2.15, 0, 2.0), (-50.55, -2, -100.0), (21.5, -1, 20.0)]
        {
            assert_eq!(round_real(value, digits), expected);
        }
        assert_eq!([round_real(2.5, 0), round_real(-2.5, 0)], [3.0, -3.0]);
        assert_eq!(
            [round_real(1e300, 300), round_real(1e300, i64::MIN), round_real(0.5, i64::MAX)],
            [1e300, 0.0, 0.5]
        );
        assert!(round_real(f64::NAN, 2).is_nan());
        assert_eq!(round_real(f64::INFINITY, -2), f64::INFINITY);
    }

    #[test]
    fn integers_round_to_powers_of_ten() {
        assert_eq!(
            [round_long(1250, -2), round_long(-1250, -2), round_long(1249, -2)].map(Option::unwrap),
            [1300, -1300, 1200]
        );
        assert_eq!([round_long(5, -1), round_long(4, -1), round_long(7, 3)].map(Option::unwrap), [10, 0, 7]);
        assert_eq!(
            [round_long(i64::MAX, -1), round_long(i64::MAX, -19), round_long(i64::MAX, i64::MIN)],
            [None, None, Some(0)]
        );
    }
}
