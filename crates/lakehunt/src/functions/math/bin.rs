//! `bin`, `floor` and `bin_at`.

use super::super::adapter::{ArgType, ReturnType, ScalarKernel};
use super::super::conversion::decimal::checked;
use super::super::time::{datetime_from_ticks, nanos_from_ticks, ticks_from_nanos};
use datafusion::common::ScalarValue;
use kql2sql::time::MAX_DATETIME;
use std::ops::Range;

pub(super) static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        name: "kql_bin_long",
        args: &[ArgType::Long, ArgType::Long],
        returns: ReturnType::Long,
        increasing: true,
        preimage: Some(preimage_long),
        eval: |a| {
            let (value, size) = (a.long(0)?, a.long(1)?);
            a.collect(|row| bin(value.get(row)?, size.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_int",
        args: &[ArgType::Int, ArgType::Int],
        returns: ReturnType::Int,
        increasing: true,
        eval: |a| {
            let (value, size) = (a.int(0)?, a.int(1)?);
            a.collect(|row| i32::try_from(bin(i64::from(value.get(row)?), i64::from(size.get(row)?))?).ok())
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_decimal",
        args: &[ArgType::Decimal, ArgType::Decimal],
        returns: ReturnType::Decimal,
        increasing: true,
        eval: |a| {
            let (value, size) = (a.decimal(0)?, a.decimal(1)?);
            a.collect(|row| {
                let (value, size) = (value.get(row)?, size.get(row)?);
                if size > 0 { checked(value - value.rem_euclid(size)) } else { None }
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_real",
        args: &[ArgType::Real, ArgType::Real],
        returns: ReturnType::Real,
        increasing: true,
        eval: |a| {
            let (value, size) = (a.real(0)?, a.real(1)?);
            a.collect(|row| bin_real(value.get(row)?, size.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_datetime",
        args: &[ArgType::DateTime, ArgType::Long],
        returns: ReturnType::DateTime,
        increasing: true,
        preimage: Some(preimage_datetime),
        eval: |a| {
            let (value, size) = (a.datetime(0)?, a.long(1)?);
            a.collect_datetime(|row| {
                datetime_from_ticks(bin(ticks_from_nanos(value.get(row)?), size.get(row)?)?)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_at_long",
        args: &[ArgType::Long, ArgType::Long, ArgType::Long],
        returns: ReturnType::Long,
        increasing: true,
        eval: |a| {
            let (value, size, at) = (a.long(0)?, a.long(1)?, a.long(2)?);
            a.collect(|row| bin_at(value.get(row)?, size.get(row)?, at.get(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_at_real",
        args: &[ArgType::Real, ArgType::Real, ArgType::Real],
        returns: ReturnType::Real,
        increasing: true,
        eval: |a| {
            let (value, size, at) = (a.real(0)?, a.real(1)?, a.real(2)?);
            a.collect(|row| {
                let at = at.get(row)?;
                Some(bin_real(value.get(row)? - at, size.get(row)?)? + at)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_bin_at_datetime",
        args: &[ArgType::DateTime, ArgType::Long, ArgType::DateTime],
        returns: ReturnType::DateTime,
        increasing: true,
        eval: |a| {
            let (value, size, at) = (a.datetime(0)?, a.long(1)?, a.datetime(2)?);
            a.collect_datetime(|row| {
                let (value, at) = (ticks_from_nanos(value.get(row)?), ticks_from_nanos(at.get(row)?));
                datetime_from_ticks(bin_at(value, size.get(row)?, at)?)
            })
        },
        ..ScalarKernel::BASE
    },
];

/// The greatest multiple of `size` that is not above `value`; null for a size that is not positive.
///
/// Datetimes are binned by their ticks since 0001-01-01, a Monday, so `bin(Timestamp, 7d)` gives Mondays.
pub fn bin(value: i64, size: i64) -> Option<i64> {
    if size <= 0 {
        return None;
    }
    value.checked_sub(value.rem_euclid(size))
}

fn bin_real(value: f64, size: f64) -> Option<f64> {
    (size > 0.0).then(|| (value / size).floor() * size)
}

/// `bin` with a multiple at `at` instead of at 0.
fn bin_at(value: i64, size: i64, at: i64) -> Option<i64> {
    if size <= 0 {
        return None;
    }
    // The difference of two longs may not fit into one.
    let above = (i128::from(value) - i128::from(at)).rem_euclid(i128::from(size));
    i64::try_from(i128::from(value) - above).ok()
}

fn preimage_long(result: &ScalarValue, others: &[ScalarValue]) -> Option<Range<ScalarValue>> {
    let (ScalarValue::Int64(Some(low)), [ScalarValue::Int64(Some(size))]) = (result, others) else {
        return None;
    };
    let high = low.checked_add(*size)?;
    (bin(*low, *size) == Some(*low)).then(|| ScalarValue::Int64(Some(*low))..ScalarValue::Int64(Some(high)))
}

fn preimage_datetime(result: &ScalarValue, others: &[ScalarValue]) -> Option<Range<ScalarValue>> {
    let (ScalarValue::TimestampNanosecond(Some(nanos), None), [ScalarValue::Int64(Some(size))]) =
        (result, others)
    else {
        return None;
    };
    let low = ticks_from_nanos(*nanos);
    let high = low.checked_add(*size)?;
    if bin(low, *size) == Some(low) { datetime_range(low, high) } else { None }
}

/// The datetimes from `low` to below `high`, both in ticks. None where one is no datetime, and at the ends, where files may
/// have more than Kusto.
pub(crate) fn datetime_range(low: i64, high: i64) -> Option<Range<ScalarValue>> {
    let inner = |ticks: i64| (1..MAX_DATETIME).contains(&ticks).then(|| nanos_from_ticks(ticks));
    let value = |nanos| ScalarValue::TimestampNanosecond(Some(nanos), None);
    Some(value(inner(low)?)..value(inner(high)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::time::{DAY, HOUR, UNIX_EPOCH};

    #[test]
    fn bins_reach_down() {
        assert_eq!(
            [bin(5, 2), bin(-5, 2), bin(-6, 2), bin(16 * DAY, 7 * DAY)].map(Option::unwrap),
            [4, -6, -6, 14 * DAY]
        );
        assert_eq!([bin(5, 0), bin(5, -2), bin(i64::MIN, 3)], [None; 3]);
        assert_eq!(bin_real(-5.5, 2.0), Some(-6.0));
        assert_eq!([bin_real(1.0, 0.0), bin_real(1.0, -1.0), bin_real(1.0, f64::NAN)], [None; 3]);
    }

    #[test]
    fn a_fixed_point_moves_the_bins() {
        // The documentation's examples.
        assert_eq!(bin_real(6.5 - 7.0, 2.5).map(|b| b + 7.0), Some(4.5));
        assert_eq!(bin_at(HOUR, DAY, 12 * HOUR), Some(-12 * HOUR));
        assert_eq!(bin_at(i64::MAX, 10, i64::MIN), Some(i64::MAX - 5));
    }

    #[test]
    fn only_a_start_of_a_bin_has_a_preimage() {
        let nanos = |ticks: i64| ScalarValue::TimestampNanosecond(Some((ticks - UNIX_EPOCH) * 100), None);
        let size = [ScalarValue::Int64(Some(DAY))];
        let start = UNIX_EPOCH + 20_000 * DAY;
        assert_eq!(preimage_datetime(&nanos(start), &size), Some(nanos(start)..nanos(start + DAY)));
        assert_eq!(preimage_datetime(&nanos(start + 1), &size), None);
        assert_eq!(preimage_datetime(&ScalarValue::TimestampNanosecond(None, None), &size), None);
        assert_eq!(
            preimage_datetime(&ScalarValue::TimestampNanosecond(Some(nanos_from_ticks(0)), None), &size),
            None
        );
    }
}
