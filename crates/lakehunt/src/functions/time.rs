//! Between Kusto's ticks and Arrow's nanoseconds.
//!
//! A Kusto `datetime` counts ticks of 100 ns from 0001-01-01 to the end of 9999. The column type, a 64-bit number of nanoseconds
//! from 1970, would reach from 1677 to 2262 only. So a column holds nanoseconds for the datetimes of [`TIMESTAMPS`], from 1695
//! to 2184, which is what files have and what the engine prunes by; the numbers below and above go on in ticks. That holds
//! every datetime, keeps their order, and is exact; but outside of these years the value must be read by [`ticks_from_nanos`].

use kql2sql::time::{MAX_DATETIME, TIMESTAMPS, UNIX_EPOCH};

/// The first value that is not a number of nanoseconds but goes on in ticks.
const LATER: i64 = (TIMESTAMPS.end - UNIX_EPOCH) * 100;

/// The first value that is a number of nanoseconds; ticks lead to it.
const EARLIEST: i64 = (TIMESTAMPS.start - UNIX_EPOCH) * 100;

/// The ticks (since 0001) of a column's value. What is finer than a tick is cut off.
///
/// ```
/// use kql2sql::time::*;
/// use lakehunt::functions::time::*;
///
/// assert_eq!(ticks_from_nanos(0), UNIX_EPOCH);
/// assert_eq!(ticks_from_nanos(-1), UNIX_EPOCH - 1);
/// assert_eq!(ticks_from_nanos(nanos_from_ticks(MAX_DATETIME)), MAX_DATETIME);
/// ```
#[inline]
pub fn ticks_from_nanos(nanos: i64) -> i64 {
    if nanos >= LATER {
        TIMESTAMPS.end + (nanos - LATER)
    } else if nanos < EARLIEST {
        TIMESTAMPS.start - (EARLIEST - nanos)
    } else {
        nanos.div_euclid(100) + UNIX_EPOCH
    }
}

/// The column's value for ticks (since 0001): nanoseconds since 1970, or see above. Ticks that Kusto has no `datetime` for give
/// its first or last.
///
/// ```
/// use kql2sql::time::*;
/// use lakehunt::functions::time::*;
///
/// assert_eq!(nanos_from_ticks(UNIX_EPOCH + 15), 1_500);
/// assert!(nanos_from_ticks(MAX_DATETIME - 1) < nanos_from_ticks(MAX_DATETIME));
/// ```
#[inline]
pub fn nanos_from_ticks(ticks: i64) -> i64 {
    let ticks = ticks.clamp(0, MAX_DATETIME);
    if ticks >= TIMESTAMPS.end {
        LATER + (ticks - TIMESTAMPS.end)
    } else if ticks < TIMESTAMPS.start {
        EARLIEST - (TIMESTAMPS.start - ticks)
    } else {
        (ticks - UNIX_EPOCH) * 100
    }
}

/// The column's value for nanoseconds since 1970, whatever the year. What Kusto has no `datetime` for gives its first or last.
///
/// ```
/// use lakehunt::functions::time::*;
///
/// assert_eq!(nanos_from_instant(1_500), 1_500);
/// // 2262-04-11 and a nanosecond later.
/// let end = i128::from(i64::MAX);
/// assert_eq!(instant_from_nanos(nanos_from_instant(end + 93)), end + 93);
/// ```
#[inline]
pub fn nanos_from_instant(instant: i128) -> i64 {
    if (i128::from(EARLIEST)..i128::from(LATER)).contains(&instant) {
        return instant as i64;
    }
    let ticks = instant.div_euclid(100) + i128::from(UNIX_EPOCH);
    nanos_from_ticks(ticks.clamp(0, i128::from(MAX_DATETIME)) as i64)
}

/// The nanoseconds since 1970 of a column's value.
#[inline]
pub fn instant_from_nanos(nanos: i64) -> i128 {
    if is_instant(nanos) {
        return nanos.into();
    }
    i128::from(ticks_from_nanos(nanos) - UNIX_EPOCH) * 100
}

/// Whether a column's value is a number of nanoseconds since 1970.
#[inline]
pub fn is_instant(nanos: i64) -> bool {
    (EARLIEST..LATER).contains(&nanos)
}

/// The column's value for ticks (since 0001), or `None` where Kusto has no such `datetime`: arithmetic that leaves 0001–9999
/// gives null.
#[inline]
pub fn datetime_from_ticks(ticks: i64) -> Option<i64> {
    (0..=MAX_DATETIME).contains(&ticks).then(|| nanos_from_ticks(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::time::{DAY, Date};

    #[test]
    fn every_datetime_has_its_value_in_order() {
        assert_eq!(Date::of(TIMESTAMPS.start), Date { year: 1695, month: 1, day: 1 });
        assert_eq!(Date::of(TIMESTAMPS.end), Date { year: 2184, month: 1, day: 1 });
        let near = |ticks: i64| [ticks - 1, ticks, ticks + 1];
        let mut all: Vec<i64> = (0..=MAX_DATETIME).step_by((97 * DAY + 1) as usize).collect();
        all.extend([TIMESTAMPS.start, TIMESTAMPS.end, UNIX_EPOCH].into_iter().flat_map(near));
        all.extend([0, 1, MAX_DATETIME - 1, MAX_DATETIME]);
        all.sort_unstable();
        all.dedup();
        let values: Vec<i64> = all.iter().map(|ticks| nanos_from_ticks(*ticks)).collect();
        assert!(values.is_sorted_by(|a, b| a < b));
        for (ticks, value) in all.iter().zip(values) {
            assert_eq!(ticks_from_nanos(value), *ticks);
            assert_eq!(instant_from_nanos(value), i128::from(ticks - UNIX_EPOCH) * 100);
            assert_eq!(nanos_from_instant(instant_from_nanos(value)), value);
        }
        assert_eq!(nanos_from_instant(i128::MAX), nanos_from_ticks(MAX_DATETIME));
        assert_eq!(nanos_from_instant(i128::MIN), nanos_from_ticks(0));
    }

    /// Against jiff, over all days that both know.
    #[test]
    fn the_calendar_is_jiffs() {
        let mut date = jiff::civil::date(1, 1, 1);
        for days in 0..=MAX_DATETIME / DAY {
            let (year, month, day) = (date.year().into(), date.month().into(), date.day().into());
            assert_eq!(Date::from_days(days), Date { year, month, day });
            assert_eq!(Date { year, month, day }.days(), days);
            if let Ok(next) = date.tomorrow() {
                date = next;
            }
        }
        assert_eq!(date, jiff::civil::date(9999, 12, 31));
    }
}
