//! Time zones, by their IANA names.

use super::super::adapter::{Args, Cache};
use super::super::time::{datetime_from_ticks, ticks_from_nanos};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use kql2sql::time::{DAY, Date, SECOND, UNIX_EPOCH};

static ZONES: Cache<Option<TimeZone>> = Cache::new(|name| TimeZone::get(name).ok());

/// The names of all zones as a JSON array, in their order.
pub(super) fn names() -> String {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    names.sort();
    let mut json = String::from("[");
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        kql2sql::json::push_string(&mut json, name);
    }
    json.push(']');
    json
}

/// A datetime and the name of a zone; null where there is no such zone.
pub(super) fn convert(a: &Args<'_>, between: fn(i64, &TimeZone) -> Option<i64>) -> Result<ArrayRef> {
    let at = a.datetime(0)?;
    let mut zones = ZONES.prepare(a.text(1)?);
    a.collect_datetime(|row| {
        let ticks = ticks_from_nanos(at.get(row)?);
        datetime_from_ticks(between(ticks, zones.get(row).as_ref()?)?)
    })
}

/// The wall clock at a moment, both in ticks.
pub(super) fn to_local(ticks: i64, zone: &TimeZone) -> Option<i64> {
    // Offsets change on whole seconds.
    let moment = Timestamp::from_second((ticks - UNIX_EPOCH).div_euclid(SECOND)).ok()?;
    Some(ticks + i64::from(zone.to_offset(moment).seconds()) * SECOND)
}

/// The moment at which a wall clock shows this, both in ticks. Of two such moments it is the first one; a time that a
/// clock skips is taken as if it had been put forward already.
pub(super) fn to_utc(ticks: i64, zone: &TimeZone) -> Option<i64> {
    let Date { year, month, day } = Date::of(ticks);
    let seconds = ticks.rem_euclid(DAY) / SECOND;
    let local = civil::DateTime::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
        (seconds / 3600).try_into().ok()?,
        (seconds / 60 % 60).try_into().ok()?,
        (seconds % 60).try_into().ok()?,
        0,
    )
    .ok()?;
    let moment = zone.to_ambiguous_timestamp(local).earlier().ok()?;
    Some(moment.as_second() * SECOND + UNIX_EPOCH + ticks.rem_euclid(SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::time::{MAX_DATETIME, parse_datetime};

    #[test]
    fn zones_convert_both_ways() {
        let at = |text| parse_datetime(text).expect("a datetime");
        for (local, name, utc) in [
            ("2020-02-02 20:02:20.1234567", "US/Pacific", "2020-02-03 04:02:20.1234567"),
            ("2020-02-02 20:02:20", "europe/paris", "2020-02-02 19:02:20"),
            ("1950-06-15 12:00:00", "Asia/Kolkata", "1950-06-15 06:30:00"),
        ] {
            let zone = TimeZone::get(name).expect(name);
            assert_eq!(to_utc(at(local), &zone), Some(at(utc)));
            assert_eq!(to_local(at(utc), &zone), Some(at(local)));
        }
        let paris = TimeZone::get("Europe/Paris").expect("a zone");
        assert_eq!(to_utc(at("2024-10-27 02:30"), &paris), Some(at("2024-10-27 00:30")), "the first of two");
        assert_eq!(to_utc(at("2024-03-31 02:30"), &paris), Some(at("2024-03-31 00:30")), "a skipped time");
        for ticks in [0, MAX_DATETIME] {
            // At the ends of the range there is an answer or none, but no panic.
            to_local(ticks, &paris);
            to_utc(ticks, &paris);
        }
    }
}
