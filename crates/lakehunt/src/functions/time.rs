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
