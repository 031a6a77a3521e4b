//! Between Kusto's ticks and Arrow's nanoseconds.
//!
//! A Kusto `datetime` counts ticks of 100 ns from 0001-01-01; the column type counts nanoseconds from 1970
//! and reaches from 1677-09-21 to 2262-04-11. What lies before or after is held as `i64::MIN` and
//! `i64::MAX`, which stand for Kusto's smallest and greatest `datetime`.

use kql2sql::time::{MAX_DATETIME, UNIX_EPOCH};

/// The ticks (since 0001) of nanoseconds (since 1970). What is finer than a tick is cut off.
///
/// ```
/// use kql2sql::time::*;
/// use lakehunt::functions::time::*;
///
/// assert_eq!(ticks_from_nanos(0), UNIX_EPOCH);
/// assert_eq!(ticks_from_nanos(-1), UNIX_EPOCH - 1);
/// assert_eq!(ticks_from_nanos(i64::MAX), MAX_DATETIME);
/// ```
#[inline]
pub fn ticks_from_nanos(nanos: i64) -> i64 {
    match nanos {
        i64::MIN => 0,
        i64::MAX => MAX_DATETIME,
        _ => nanos.div_euclid(100) + UNIX_EPOCH,
    }
}

/// The nanoseconds (since 1970) of ticks (since 0001), held at the ends of the range.
///
/// ```
/// use kql2sql::time::*;
/// use lakehunt::functions::time::*;
///
/// assert_eq!(nanos_from_ticks(UNIX_EPOCH + 15), 1_500);
/// assert_eq!(nanos_from_ticks(0), i64::MIN);
/// assert_eq!(nanos_from_ticks(MAX_DATETIME), i64::MAX);
/// ```
#[inline]
pub fn nanos_from_ticks(ticks: i64) -> i64 {
    ticks.saturating_sub(UNIX_EPOCH).saturating_mul(100)
}

/// The nanoseconds (since 1970) of ticks (since 0001), or `None` where Kusto has no such `datetime`:
/// arithmetic that leaves 0001–9999 gives null.
#[inline]
pub fn datetime_from_ticks(ticks: i64) -> Option<i64> {
    (0..=MAX_DATETIME).contains(&ticks).then(|| nanos_from_ticks(ticks))
}

#[cfg(test)]
mod tests {
    use kql2sql::time::{DAY, Date, MAX_DATETIME};

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
