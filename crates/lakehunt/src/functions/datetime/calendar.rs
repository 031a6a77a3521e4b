//! Units of the calendar, in ticks since 0001-01-01.

use kql2sql::time::{DAY, Date, HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND};

/// A unit that datetimes are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}

impl Unit {
    /// The unit of that name, in any case.
    pub(super) fn parse(name: &str) -> Option<Unit> {
        Some(match name.to_ascii_lowercase().as_str() {
            "year" => Unit::Year,
            "quarter" => Unit::Quarter,
            "month" => Unit::Month,
            "week" => Unit::Week,
            "day" => Unit::Day,
            "hour" => Unit::Hour,
            "minute" => Unit::Minute,
            "second" => Unit::Second,
            "millisecond" => Unit::Millisecond,
            "microsecond" => Unit::Microsecond,
            "nanosecond" => Unit::Nanosecond,
            _ => return None,
        })
    }

    /// Its length: in months, or in ticks.
    fn length(self) -> Length {
        match self {
            Unit::Year => Length::Months(12),
            Unit::Quarter => Length::Months(3),
            Unit::Month => Length::Months(1),
            Unit::Week => Length::Ticks(7 * DAY),
            Unit::Day => Length::Ticks(DAY),
            Unit::Hour => Length::Ticks(HOUR),
            Unit::Minute => Length::Ticks(MINUTE),
            Unit::Second => Length::Ticks(SECOND),
            Unit::Millisecond => Length::Ticks(MILLISECOND),
            Unit::Microsecond => Length::Ticks(MICROSECOND),
            Unit::Nanosecond => Length::Nanosecond,
        }
    }
}

enum Length {
    Months(i64),
    Ticks(i64),
    Nanosecond,
}

/// A part of a datetime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Unit(Unit),
    WeekOfYear,
    DayOfYear,
}

impl Part {
    /// The part of that name, in any case.
    pub(super) fn parse(name: &str) -> Option<Part> {
        match name.to_ascii_lowercase().as_str() {
            "week_of_year" | "weekofyear" => Some(Part::WeekOfYear),
            "dayofyear" => Some(Part::DayOfYear),
            "week" => None,
            name => Unit::parse(name).map(Part::Unit),
        }
    }

    /// Its value.
    pub(super) fn of(self, ticks: i64) -> i64 {
        let date = Date::of(ticks);
        match self {
            Part::WeekOfYear => date.iso_week(),
            Part::DayOfYear => date.day_of_year(),
            Part::Unit(unit) => match unit {
                Unit::Year => date.year,
                Unit::Quarter => (date.month + 2) / 3,
                Unit::Month => date.month,
                Unit::Week => date.iso_week(),
                Unit::Day => date.day,
                Unit::Hour => ticks % DAY / HOUR,
                Unit::Minute => ticks % HOUR / MINUTE,
                Unit::Second => ticks % MINUTE / SECOND,
                Unit::Millisecond => ticks % SECOND / MILLISECOND,
                Unit::Microsecond => ticks % SECOND / MICROSECOND,
                Unit::Nanosecond => ticks % SECOND * 100,
            },
        }
    }
}

/// The first tick of the unit that lies `offset` units after the one of `ticks`. It may lie outside of what a
/// datetime can be.
pub(super) fn start_of(unit: Unit, ticks: i64, offset: i64) -> Option<i64> {
    match unit.length() {
        Length::Months(length) => {
            let date = Date::of(ticks);
            let month = date.year * 12 + date.month - 1;
            let start = (month - month.rem_euclid(length)).checked_add(offset.checked_mul(length)?)?;
            start_of_month(start)
        }
        Length::Ticks(length) => {
            // 0001-01-01 was a Monday, and weeks start on Sunday.
            let shift = if unit == Unit::Week { DAY } else { 0 };
            let start = ticks - (ticks + shift).rem_euclid(length);
            start.checked_add(offset.checked_mul(length)?)
        }
        Length::Nanosecond => None,
    }
}

/// The last tick of the unit that lies `offset` units after the one of `ticks`.
pub(super) fn end_of(unit: Unit, ticks: i64, offset: i64) -> Option<i64> {
    start_of(unit, ticks, offset.checked_add(1)?)?.checked_sub(1)
}

/// The first tick of a month counted from the year 0.
fn start_of_month(month: i64) -> Option<i64> {
    let year = month.div_euclid(12);
    // Far enough to tell what is out of range, near enough not to overflow.
    (-1..=10_001).contains(&year).then(|| Date { year, month: month.rem_euclid(12) + 1, day: 1 }.ticks())
}

/// `count` units later: the same day of the month, or the last one if the month has no such day.
pub(super) fn add(unit: Unit, count: i64, ticks: i64) -> Option<i64> {
    match unit.length() {
        Length::Months(length) => {
            let date = Date::of(ticks).add_months(count.checked_mul(length)?)?;
            Some(date.ticks() + ticks.rem_euclid(DAY))
        }
        Length::Ticks(length) => ticks.checked_add(count.checked_mul(length)?),
        Length::Nanosecond => ticks.checked_add(count / 100),
    }
}

/// The number of the unit in which the datetime lies, so that a difference counts the boundaries in between.
pub(super) fn number(unit: Unit, ticks: i64) -> i64 {
    match unit.length() {
        Length::Months(length) => {
            let date = Date::of(ticks);
            (date.year * 12 + date.month - 1).div_euclid(length)
        }
        Length::Ticks(length) => {
            let shift = if unit == Unit::Week { DAY } else { 0 };
            (ticks + shift).div_euclid(length)
        }
        // More nanoseconds than a long can count; differences wrap back into place where they fit.
        Length::Nanosecond => ticks.wrapping_mul(100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::time::{MAX_DATETIME, parse_datetime, write_datetime};

    fn at(text: &str) -> i64 {
        parse_datetime(text).expect(text)
    }

    fn shown(ticks: i64) -> String {
        let mut out = String::new();
        write_datetime(ticks, &mut out);
        out.trim_end_matches("T00:00:00.0000000Z").to_owned()
    }

    #[test]
    fn units_begin_and_end() {
        // A Saturday in a leap year.
        let t = at("2024-02-24 13:45");
        for (unit, offset, start, end) in [
            (Unit::Day, 0, "2024-02-24", "2024-02-25"),
            (Unit::Week, 0, "2024-02-18", "2024-02-25"),
            (Unit::Week, -8, "2023-12-24", "2023-12-31"),
            (Unit::Month, 0, "2024-02-01", "2024-03-01"),
            (Unit::Month, -2, "2023-12-01", "2024-01-01"),
            (Unit::Year, 1, "2025-01-01", "2026-01-01"),
        ] {
            assert_eq!(start_of(unit, t, offset).map(shown).as_deref(), Some(start), "{unit:?} {offset}");
            assert_eq!(
                end_of(unit, t, offset).map(|t| shown(t + 1)).as_deref(),
                Some(end),
                "{unit:?} {offset}"
            );
        }
        assert_eq!(end_of(Unit::Year, MAX_DATETIME, 0), Some(MAX_DATETIME));
        assert_eq!(end_of(Unit::Month, MAX_DATETIME, 0), Some(MAX_DATETIME));
        assert_eq!(start_of(Unit::Year, t, i64::MAX), None);
        assert_eq!(start_of(Unit::Day, t, i64::MIN), None);
    }

    #[test]
    fn months_keep_the_day_where_they_can() {
        for (unit, count, from, to) in [
            (Unit::Month, 1, "2020-01-31", "2020-02-29"),
            (Unit::Quarter, 1, "2020-11-30", "2021-02-28"),
            (Unit::Quarter, -5, "2020-05-31", "2019-02-28"),
            (Unit::Year, 1, "2020-02-29", "2021-02-28"),
            (Unit::Week, 100, "2017-01-01", "2018-12-02"),
        ] {
            assert_eq!(add(unit, count, at(from)).map(shown).as_deref(), Some(to), "{unit:?} {count} {from}");
        }
        assert_eq!(add(Unit::Year, 8000, at("2020-01-01")), None);
        assert_eq!(add(Unit::Nanosecond, i64::MIN, 0), Some(i64::MIN / 100));
    }

    #[test]
    fn differences_count_boundaries() {
        // The documentation's examples.
        for (unit, left, right, expected) in [
            (Unit::Year, "2017-01-01", "2000-12-31", 17),
            (Unit::Quarter, "2017-07-01", "2017-03-30", 2),
            (Unit::Month, "2017-01-01", "2015-12-30", 13),
            (Unit::Week, "2017-10-29 00:00", "2017-09-30 23:59", 5),
            (Unit::Day, "2017-10-29 00:00", "2017-09-30 23:59", 29),
            (Unit::Hour, "2017-10-31 01:00", "2017-10-30 23:59", 2),
            (Unit::Minute, "2017-10-30 23:05:01", "2017-10-30 23:00:59", 5),
            (Unit::Second, "2017-10-30 23:00:10.100", "2017-10-30 23:00:00.900", 10),
            (Unit::Millisecond, "2017-10-30 23:00:00.200100", "2017-10-30 23:00:00.100900", 100),
            (Unit::Microsecond, "2017-10-30 23:00:00.1009001", "2017-10-30 23:00:00.1008009", 100),
            (Unit::Nanosecond, "2017-10-30 23:00:00.0000000", "2017-10-30 23:00:00.0000007", -700),
        ] {
            let difference = number(unit, at(left)).wrapping_sub(number(unit, at(right)));
            assert_eq!(difference, expected, "{unit:?}");
        }
    }

    #[test]
    fn parts_are_taken_as_documented() {
        let t = at("2017-10-30 01:02:03.7654321");
        for (name, expected) in [
            ("Year", 2017),
            ("quarter", 4),
            ("week_of_year", 44),
            ("day", 30),
            ("dayOfYear", 303),
            ("second", 3),
            ("millisecond", 765),
            ("microsecond", 765_432),
            ("nanosecond", 765_432_100),
        ] {
            assert_eq!(Part::parse(name).map(|p| p.of(t)), Some(expected), "{name}");
        }
        assert_eq!(Part::parse("century"), None);
    }
}
