//! Arithmetic that SQL's own operators do differently, or not without failing.

use super::adapter::{ArgType, ReturnType, ScalarKernel};
use super::conversion::decimal;
use super::time::{datetime_from_ticks, ticks_from_nanos};

/// A function of two decimals; null where the result has too many digits.
macro_rules! of_decimals {
    ($name:literal, $of:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Decimal, ArgType::Decimal],
            returns: ReturnType::Decimal,
            eval: |a| {
                let (left, right) = (a.decimal(0)?, a.decimal(1)?);
                a.collect(|row| $of(left.get(row)?, right.get(row)?))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// The functions of this family.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        name: "kql_divide_long",
        args: &[ArgType::Long, ArgType::Long],
        returns: ReturnType::Long,
        eval: |a| {
            let (left, right) = (a.long(0)?, a.long(1)?);
            a.collect(|row| divide_long(left.get(row)?, right.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_modulo_long",
        args: &[ArgType::Long, ArgType::Long],
        returns: ReturnType::Long,
        eval: |a| {
            let (left, right) = (a.long(0)?, a.long(1)?);
            a.collect(|row| modulo_long(left.get(row)?, right.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_divide_real",
        args: &[ArgType::Real, ArgType::Real],
        returns: ReturnType::Real,
        eval: |a| {
            let (left, right) = (a.real(0)?, a.real(1)?);
            a.collect(|row| Some(left.get(row)? / right.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_modulo_real",
        args: &[ArgType::Real, ArgType::Real],
        returns: ReturnType::Real,
        eval: |a| {
            let (left, right) = (a.real(0)?, a.real(1)?);
            a.collect(|row| Some(left.get(row)?.rem_euclid(right.get(row)?)))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_timespan_multiply",
        args: &[ArgType::Long, ArgType::Real],
        returns: ReturnType::Long,
        eval: |a| {
            let (span, factor) = (a.long(0)?, a.real(1)?);
            a.collect(|row| whole_ticks(span.get(row)? as f64 * factor.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_timespan_divide",
        args: &[ArgType::Long, ArgType::Real],
        returns: ReturnType::Long,
        eval: |a| {
            let (span, divisor) = (a.long(0)?, a.real(1)?);
            a.collect(|row| whole_ticks(span.get(row)? as f64 / divisor.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_datetime_add_ticks",
        args: &[ArgType::DateTime, ArgType::Long],
        returns: ReturnType::DateTime,
        eval: |a| {
            let (start, ticks) = (a.datetime(0)?, a.long(1)?);
            a.collect_datetime(|row| {
                datetime_from_ticks(ticks_from_nanos(start.get(row)?).checked_add(ticks.get(row)?)?)
            })
        },
        ..ScalarKernel::BASE
    },
    // Ticks since 0001-01-01.
    ScalarKernel {
        name: "kql_datetime_from_ticks",
        args: &[ArgType::Long],
        returns: ReturnType::DateTime,
        increasing: true,
        eval: |a| {
            let ticks = a.long(0)?;
            a.collect_datetime(|row| datetime_from_ticks(ticks.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_datetime_subtract",
        args: &[ArgType::DateTime, ArgType::DateTime],
        returns: ReturnType::Long,
        increasing: true,
        eval: |a| {
            let (left, right) = (a.datetime(0)?, a.datetime(1)?);
            a.collect(|row| Some(ticks_from_nanos(left.get(row)?) - ticks_from_nanos(right.get(row)?)))
        },
        ..ScalarKernel::BASE
    },
    // The engine's own operators widen the scale of decimals and fail where it no longer fits.
    of_decimals!("kql_add_decimal", |a: i128, b| decimal::checked(a + b)),
    of_decimals!("kql_subtract_decimal", |a: i128, b| decimal::checked(a - b)),
    of_decimals!("kql_multiply_decimal", decimal::multiply),
    of_decimals!("kql_divide_decimal", decimal::divide),
    of_decimals!("kql_modulo_decimal", |a: i128, b: i128| (b != 0).then(|| a.rem_euclid(b))),
];

/// `left / right` of integers: cut off towards zero; null for a division by zero.
pub fn divide_long(left: i64, right: i64) -> Option<i64> {
    (right != 0).then(|| left.wrapping_div(right))
}

/// `left % right` of integers: never negative, whatever the signs; null for a division by zero.
pub fn modulo_long(left: i64, right: i64) -> Option<i64> {
    (right != 0).then(|| left.wrapping_rem_euclid(right))
}

/// A number of ticks, cut off; null where it is not a number or does not fit.
fn whole_ticks(ticks: f64) -> Option<i64> {
    // -2^63 is exactly a double, 2^63 the first one that does not fit.
    (ticks >= i64::MIN as f64 && ticks < i64::MAX as f64).then_some(ticks as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_divide_like_the_engine() {
        // Recorded: -7 / 2 is -3 and -7 % 3 is 2.
        assert_eq!((divide_long(-7, 2), divide_long(7, -2)), (Some(-3), Some(-3)));
        assert_eq!(
            (modulo_long(-7, 3), modulo_long(7, -3), modulo_long(-7, -3)),
            (Some(2), Some(1), Some(2))
        );
        assert_eq!((divide_long(1, 0), modulo_long(1, 0)), (None, None));
        assert_eq!((divide_long(i64::MIN, -1), modulo_long(i64::MIN, -1)), (Some(i64::MIN), Some(0)));
    }

    #[test]
    fn spans_that_do_not_fit_are_null() {
        assert_eq!(whole_ticks(-2.9), Some(-2));
        assert_eq!(whole_ticks(-9_223_372_036_854_775_808.0), Some(i64::MIN));
        for ticks in [f64::NAN, f64::INFINITY, 9_223_372_036_854_775_808.0] {
            assert_eq!(whole_ticks(ticks), None);
        }
    }
}
