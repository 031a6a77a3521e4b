//! Between Kusto's ticks and Arrow's nanoseconds.
//!
//! A Kusto `datetime` counts ticks of 100 ns from 0001-01-01; the column type counts nanoseconds from 1970
//! and reaches from 1677-09-21 to 2262-04-11. What lies before or after is held as `i64::MIN` and
//! `i64::MAX`, which stand for Kusto's smallest and greatest `datetime`.

/// Ticks in a microsecond, millisecond, second, minute, hour and day.
pub const TICKS_PER_MICROSECOND: i64 = 10;
/// See [`TICKS_PER_MICROSECOND`].
pub const TICKS_PER_MILLISECOND: i64 = 1_000 * TICKS_PER_MICROSECOND;
/// See [`TICKS_PER_MICROSECOND`].
pub const TICKS_PER_SECOND: i64 = 1_000 * TICKS_PER_MILLISECOND;
/// See [`TICKS_PER_MICROSECOND`].
pub const TICKS_PER_MINUTE: i64 = 60 * TICKS_PER_SECOND;
/// See [`TICKS_PER_MICROSECOND`].
pub const TICKS_PER_HOUR: i64 = 60 * TICKS_PER_MINUTE;
/// See [`TICKS_PER_MICROSECOND`].
pub const TICKS_PER_DAY: i64 = 24 * TICKS_PER_HOUR;

/// 1970-01-01T00:00:00Z in ticks.
pub const UNIX_EPOCH: i64 = 719_162 * TICKS_PER_DAY;
/// 0001-01-01T00:00:00Z: the smallest `datetime`, in ticks.
pub const MIN_TICKS: i64 = 0;
/// 9999-12-31T23:59:59.9999999Z: the greatest `datetime`, in ticks.
pub const MAX_TICKS: i64 = 3_652_059 * TICKS_PER_DAY - 1;

/// The ticks (since 0001) of nanoseconds (since 1970). What is finer than a tick is cut off.
///
/// ```
/// use lakehunt::functions::time::*;
///
/// assert_eq!(ticks_from_nanos(0), UNIX_EPOCH);
/// assert_eq!(ticks_from_nanos(-1), UNIX_EPOCH - 1);
/// assert_eq!(ticks_from_nanos(i64::MAX), MAX_TICKS);
/// ```
#[inline]
pub fn ticks_from_nanos(nanos: i64) -> i64 {
    match nanos {
        i64::MIN => MIN_TICKS,
        i64::MAX => MAX_TICKS,
        _ => nanos.div_euclid(100) + UNIX_EPOCH,
    }
}

/// The nanoseconds (since 1970) of ticks (since 0001), held at the ends of the range.
///
/// ```
/// use lakehunt::functions::time::*;
///
/// assert_eq!(nanos_from_ticks(UNIX_EPOCH + 15), 1_500);
/// assert_eq!(nanos_from_ticks(MIN_TICKS), i64::MIN);
/// assert_eq!(nanos_from_ticks(MAX_TICKS), i64::MAX);
/// ```
#[inline]
pub fn nanos_from_ticks(ticks: i64) -> i64 {
    ticks.saturating_sub(UNIX_EPOCH).saturating_mul(100)
}

/// The nanoseconds (since 1970) of ticks (since 0001), or `None` where Kusto has no such `datetime`:
/// arithmetic that leaves 0001–9999 gives null.
#[inline]
pub fn datetime_from_ticks(ticks: i64) -> Option<i64> {
    (MIN_TICKS..=MAX_TICKS).contains(&ticks).then(|| nanos_from_ticks(ticks))
}

/// The days from 1970-01-01 to a date of the proleptic Gregorian calendar; `month` and `day` count from 1.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years start in March here, so that the leap day is the last: the usual 400-year-era arithmetic.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since 1970-01-01: the inverse of [`days_from_civil`].
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Appends ticks (since 0001) as Kusto prints a `datetime`: `2024-05-01T05:00:00.1234567Z`.
///
/// ```
/// use lakehunt::functions::time::*;
///
/// let mut text = String::new();
/// write_datetime(MAX_TICKS, &mut text);
/// assert_eq!(text, "9999-12-31T23:59:59.9999999Z");
/// ```
pub fn write_datetime(ticks: i64, out: &mut String) {
    use std::fmt::Write;
    let days = ticks.div_euclid(TICKS_PER_DAY);
    let rest = ticks.rem_euclid(TICKS_PER_DAY);
    let (year, month, day) = civil_from_days(days - UNIX_EPOCH / TICKS_PER_DAY);
    let (hour, rest) = (rest / TICKS_PER_HOUR, rest % TICKS_PER_HOUR);
    let (minute, rest) = (rest / TICKS_PER_MINUTE, rest % TICKS_PER_MINUTE);
    let (second, fraction) = (rest / TICKS_PER_SECOND, rest % TICKS_PER_SECOND);
    // Cannot fail: writing to a String.
    let _ = write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}Z");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against jiff, over all days that both know.
    #[test]
    fn the_calendar_is_jiffs() {
        let mut date = jiff::civil::date(1, 1, 1);
        for days in MIN_TICKS / TICKS_PER_DAY..=MAX_TICKS / TICKS_PER_DAY {
            let since_1970 = days - UNIX_EPOCH / TICKS_PER_DAY;
            let (year, month, day) = (date.year().into(), date.month().into(), date.day().into());
            assert_eq!(civil_from_days(since_1970), (year, month, day));
            assert_eq!(days_from_civil(year, month, day), since_1970);
            if let Ok(next) = date.tomorrow() {
                date = next;
            }
        }
        assert_eq!(date, jiff::civil::date(9999, 12, 31));
    }
}
