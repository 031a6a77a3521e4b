//! Datetimes and timespans as numbers of ticks, and as text.
//!
//! A tick is 100 ns. A datetime is the number of ticks since 0001-01-01T00:00:00Z, at most
//! [`MAX_DATETIME`]; a timespan is any number of ticks. Literals, `todatetime` and `totimespan` read text by
//! the same rules, <https://learn.microsoft.com/kusto/query/scalar-data-types/datetime>.

pub mod format;

/// Ticks in a microsecond.
pub const MICROSECOND: i64 = 10;
/// Ticks in a millisecond.
pub const MILLISECOND: i64 = 10_000;
/// Ticks in a second.
pub const SECOND: i64 = 10_000_000;
/// Ticks in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Ticks in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Ticks in a day.
pub const DAY: i64 = 24 * HOUR;
/// The last datetime, 9999-12-31T23:59:59.9999999Z, in ticks. The first is 0.
pub const MAX_DATETIME: i64 = 3_652_059 * DAY - 1;
/// 1970-01-01T00:00:00Z in ticks.
pub const UNIX_EPOCH: i64 = 719_162 * DAY;
/// The datetimes that are plain timestamps in SQL, in ticks: from 1695-01-01 to before 2184-01-01. Others are there as
/// `kql_datetime_from_ticks(…)`: 64-bit nanoseconds end in 1677 and 2262, and the runtime holds what lies beyond in the
/// values that this leaves free.
pub const TIMESTAMPS: std::ops::Range<i64> = 618_721 * DAY..797_324 * DAY;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// 1 to 9999
    pub year: i64,
    /// 1 to 12
    pub month: i64,
    /// 1 to 31
    pub day: i64,
}

impl Date {
    /// The date, if there is such a day.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Date> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        valid.then_some(Date { year, month, day })
    }

    /// The date of a datetime in ticks.
    pub fn of(ticks: i64) -> Date {
        Date::from_days(ticks.div_euclid(DAY))
    }

    /// The date so many days after 0001-01-01.
    pub fn from_days(days: i64) -> Date {
        // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last one.
        let days = days + 306;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date { year, month, day }
    }

    /// The number of days since 0001-01-01.
    pub fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let of_year = (153 * shifted_month + 2) / 5 + self.day - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        era * 146_097 + of_era - 306
    }

    /// Midnight of that day in ticks.
    pub fn ticks(self) -> i64 {
        self.days() * DAY
    }

    /// 1 to 366
    pub fn day_of_year(self) -> i64 {
        self.days() - Date { year: self.year, month: 1, day: 1 }.days() + 1
    }

    /// 0 for Sunday to 6 for Saturday.
    pub fn weekday(self) -> i64 {
        // 0001-01-01 was a Monday.
        (self.days() + 1).rem_euclid(7)
    }

    /// The week of the year by ISO 8601: 1 to 53. Week 1 has the year's first Thursday.
    pub fn iso_week(self) -> i64 {
        let from_monday = (self.weekday() + 6) % 7;
        let thursday = Date::from_days(self.days() - from_monday + 3);
        (thursday.day_of_year() - 1) / 7 + 1
    }

    /// So many months later (or earlier); a day that the month lacks becomes its last day.
    pub fn add_months(self, months: i64) -> Option<Date> {
        let total = (self.year * 12 + self.month - 1).checked_add(months)?;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
        if !(1..=9999).contains(&year) {
            return None;
        }
        Date::new(year, month, self.day.min(days_in_month(year, month)))
    }
}

/// How many days the month has.
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Appends a datetime in ticks as Kusto prints it: `2024-05-01T05:00:00.1234567Z`, always seven digits.
pub fn write_datetime(ticks: i64, out: &mut String) {
    let Date { year, month, day } = Date::of(ticks);
    let time = ticks.rem_euclid(DAY);
    write_padded(year, 4, out);
    out.push('-');
    write_padded(month, 2, out);
    out.push('-');
    write_padded(day, 2, out);
    out.push('T');
    write_clock(time as u64, out);
    out.push('.');
    write_padded(time % SECOND, 7, out);
    out.push('Z');
}

/// Appends a timespan in ticks as Kusto prints it: `[-][d.]hh:mm:ss[.fffffff]`.
pub fn write_timespan(ticks: i64, out: &mut String) {
    if ticks < 0 {
        out.push('-');
    }
    let (day, second) = (DAY as u64, SECOND as u64);
    let ticks = ticks.unsigned_abs();
    if ticks >= day {
        out.push_str(&(ticks / day).to_string());
        out.push('.');
    }
    write_clock(ticks % day, out);
    if !ticks.is_multiple_of(second) {
        out.push('.');
        write_padded((ticks % second) as i64, 7, out);
    }
}

/// `hh:mm:ss` of so many ticks within a day.
fn write_clock(ticks: u64, out: &mut String) {
    let seconds = (ticks / SECOND as u64) as i64;
    write_padded(seconds / 3600, 2, out);
    out.push(':');
    write_padded(seconds / 60 % 60, 2, out);
    out.push(':');
    write_padded(seconds % 60, 2, out);
}

/// Appends a number that is not negative with at least `width` (up to 19) digits.
pub fn write_padded(mut number: i64, width: usize, out: &mut String) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while number > 0 || digits.len() - at < width {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend(digits[at..].iter().map(|&d| char::from(d)));
}

/// Reads a datetime as `datetime(…)` and `todatetime` do: in ticks, UTC. Text without an offset is UTC.
///
/// Understood are ISO 8601 (`2014-05-25T08:20:03.123456Z`, `2014-11-08 15:55`, `2014-11-08`), RFC 822
/// (`Sat, 8 Nov 14 15:05:02 GMT`), RFC 850 (`Saturday, 08-Nov-14 15:05`), American dates (`11/8/2014 3:05 PM`)
/// and blanks or commas around the parts (`2014, 11, 8`).
///
/// ```
/// use kql2sql::time::{DAY, parse_datetime};
///
/// assert_eq!(parse_datetime("0001-01-02"), Some(DAY));
/// assert_eq!(parse_datetime("2020-02-30"), None);
/// ```
pub fn parse_datetime(text: &str) -> Option<i64> {
    let mut text = Scanner { rest: text.trim().as_bytes() };
    text.weekday();
    let date = text.date()?;
    let mut time = 0;
    let mut offset = 0;
    let day_ended = text.blanks();
    if text.rest.first().is_some_and(|&c| c == b'T' || c == b't') {
        text.skip(1);
        time = text.time_of_day()?;
    } else if day_ended && text.rest.first().is_some_and(u8::is_ascii_digit) {
        time = text.time_of_day()?;
    }
    text.blanks();
    if !text.rest.is_empty() {
        offset = text.offset()?;
    }
    if !text.rest.is_empty() {
        return None;
    }
    let ticks = date.ticks() + time - offset;
    (0..=MAX_DATETIME).contains(&ticks).then_some(ticks)
}

/// Reads a timespan as `timespan(…)` and `totimespan` do, in ticks: `[-][d.]hh:mm[:ss[.fffffff]]`, whole days
/// (`2`), or a number with a unit (`1.5h`, `15 seconds`).
///
/// ```
/// use kql2sql::time::{HOUR, parse_timespan};
///
/// assert_eq!(parse_timespan("1.01:00:00"), Some(25 * HOUR));
/// assert_eq!(parse_timespan("-90m"), Some(-HOUR * 3 / 2));
/// ```
pub fn parse_timespan(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let ticks = if text.contains(':') {
        parse_clock(text)?
    } else if text.ends_with(|c: char| c.is_ascii_alphabetic()) {
        parse_with_unit(text)?
    } else if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        i128::from(text.parse::<u64>().ok()?) * i128::from(DAY)
    } else {
        return None;
    };
    i64::try_from(if negative { -ticks } else { ticks }).ok()
}

/// `[d.]hh:mm[:ss[.fffffff]]` in ticks.
fn parse_clock(text: &str) -> Option<i128> {
    let mut text = Scanner { rest: text.as_bytes() };
    let (mut first, _) = text.number(8)?;
    let mut days = 0;
    if text.eat(b'.') {
        days = first;
        (first, _) = text.number(2)?;
    }
    let hours = first;
    let (mut minutes, mut seconds, mut fraction) = (0, 0, 0);
    if text.eat(b':') {
        (minutes, _) = text.number(2)?;
        if text.eat(b':') {
            (seconds, _) = text.number(2)?;
            if text.eat(b'.') {
                fraction = text.fraction()?;
            }
        }
    }
    if !text.rest.is_empty() || hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let time = hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction;
    Some(i128::from(days) * i128::from(DAY) + i128::from(time))
}

/// `1.5h`, `15 seconds` in ticks.
fn parse_with_unit(text: &str) -> Option<i128> {
    let split = text.find(|c: char| c.is_ascii_alphabetic())?;
    let unit = timespan_unit(&text[split..])?;
    scale(text[..split].trim_end(), unit)
}

/// The length of a timespan unit (`d`, `min`, `tick` … as in literals) in nanoseconds.
pub fn timespan_unit(unit: &str) -> Option<i64> {
    Some(match unit {
        "d" | "day" | "days" => DAY * 100,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR * 100,
        "m" | "min" | "minute" | "minutes" => MINUTE * 100,
        "s" | "sec" | "second" | "seconds" => SECOND * 100,
        "ms" | "milli" | "millis" | "millisec" | "millisecond" | "milliseconds" => MILLISECOND * 100,
        "micro" | "micros" | "microsec" | "microsecond" | "microseconds" => MICROSECOND * 100,
        "nano" | "nanos" | "nanosec" | "nanosecond" | "nanoseconds" => 1,
        "tick" | "ticks" => 100,
        _ => return None,
    })
}

/// The decimal number times `nanos`, in whole ticks: exact, where floating point would lose ticks.
fn scale(number: &str, nanos: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || whole.len() > 19 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // What a unit of a day cannot see: 8.64e13 ns times 1e-15 is less than a tick.
    let fraction = &fraction[..fraction.len().min(15)];
    let digits: i128 = [whole, fraction].concat().parse().ok()?;
    let divisor = 10i128.pow(fraction.len() as u32) * 100;
    Some(digits.checked_mul(i128::from(nanos))? / divisor)
}

/// Reads from the front of what is left.
struct Scanner<'a> {
    rest: &'a [u8],
}

impl Scanner<'_> {
    fn skip(&mut self, count: usize) {
        self.rest = &self.rest[count..];
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.rest.first() == Some(&byte);
        if found {
            self.skip(1);
        }
        found
    }

    fn blanks(&mut self) -> bool {
        let count = self.rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        self.skip(count);
        count > 0
    }

    /// A number of one to `most` digits, and how many it has. More digits are not taken.
    fn number(&mut self, most: usize) -> Option<(i64, usize)> {
        let count = self.rest.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
        let value = self.rest[..count].iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
        self.skip(count);
        (count > 0).then_some((value, count))
    }

    /// Digits behind a decimal point in ticks; what is finer than a tick is cut off.
    fn fraction(&mut self) -> Option<i64> {
        let count = self.rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let ticks =
            (0..7).fold(0, |n, i| n * 10 + if i < count { i64::from(self.rest[i] - b'0') } else { 0 });
        self.skip(count);
        (count > 0).then_some(ticks)
    }

    fn letters(&mut self) -> &[u8] {
        let count = self.rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(count);
        self.rest = rest;
        word
    }

    /// `Sat, ` or `Saturday, `, if there is one.
    fn weekday(&mut self) {
        const DAYS: [&str; 7] =
            ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
        let before = self.rest;
        let word = self.letters().to_ascii_lowercase();
        let is_day = DAYS.iter().any(|day| day.as_bytes() == word || day.as_bytes()[..3] == word[..]);
        if is_day && self.eat(b',') {
            self.blanks();
        } else {
            self.rest = before;
        }
    }

    /// `-`, `/` or `,` with blanks around it, or blanks alone: which one.
    fn separator(&mut self) -> Option<u8> {
        let blank = self.blanks();
        let found = self.rest.first().copied().filter(|b| matches!(b, b'-' | b'/' | b','));
        if found.is_some() {
            self.skip(1);
            self.blanks();
        }
        found.or(blank.then_some(b' '))
    }

    fn date(&mut self) -> Option<Date> {
        let (first, digits) = self.number(4)?;
        if digits == 3 {
            return None;
        }
        let separator = self.separator()?;
        if digits <= 2 && self.rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let month = month_number(self.letters())?;
            if self.separator()? != separator {
                return None;
            }
            let year = self.year()?;
            return Date::new(year, month, first);
        }
        if separator == b' ' {
            return None;
        }
        let (second, _) = self.number(2)?;
        if digits == 4 {
            // `2014-11` is its first day.
            let before = self.rest;
            let day = match self.separator() {
                Some(s) if s == separator => self.number(2)?.0,
                _ => {
                    self.rest = before;
                    1
                }
            };
            return Date::new(first, second, day);
        }
        if self.separator()? != separator {
            return None;
        }
        let (year, 4) = self.number(4)? else { return None };
        Date::new(year, first, second)
    }

    /// A year of four digits, or of two: 1950 to 2049.
    fn year(&mut self) -> Option<i64> {
        match self.number(4)? {
            (year, 4) => Some(year),
            (year, 2) => Some(if year < 50 { 2000 + year } else { 1900 + year }),
            _ => None,
        }
    }

    /// `15:05[:02[.1234567]][ PM]` in ticks.
    fn time_of_day(&mut self) -> Option<i64> {
        let (mut hour, _) = self.number(2)?;
        if !self.eat(b':') {
            return None;
        }
        let (minute, _) = self.number(2)?;
        let (mut second, mut fraction) = (0, 0);
        if self.eat(b':') {
            (second, _) = self.number(2)?;
            if self.eat(b'.') {
                fraction = self.fraction()?;
            }
        }
        let before = self.rest;
        self.blanks();
        match self.letters().to_ascii_uppercase().as_slice() {
            b"AM" if hour <= 12 => hour %= 12,
            b"PM" if hour <= 12 => hour = hour % 12 + 12,
            b"PM" => {}
            b"AM" => return None,
            _ => self.rest = before,
        }
        let valid = hour < 24 && minute < 60 && second < 60;
        valid.then_some(hour * HOUR + minute * MINUTE + second * SECOND + fraction)
    }

    /// `Z`, `GMT`, `UTC`, `+01:00`, `+0100`, `+01`: how far ahead of UTC, in ticks.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.rest.first()? {
            b'+' => 1,
            b'-' => -1,
            _ => {
                let name = self.letters().to_ascii_uppercase();
                return matches!(name.as_slice(), b"Z" | b"GMT" | b"UTC").then_some(0);
            }
        };
        self.skip(1);
        let (hours, _) = self.number(2)?;
        let minutes = if self.eat(b':') || !self.rest.is_empty() { self.number(2)?.0 } else { 0 };
        let valid = hours <= 14 && minutes < 60;
        valid.then_some(sign * (hours * HOUR + minutes * MINUTE))
    }
}

/// 1 for `Jan` or `January`, in any case.
fn month_number(name: &[u8]) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let position = MONTHS.iter().position(|m| m.as_bytes() == name || m.as_bytes()[..3] == name[..])?;
    Some(position as i64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(ticks: i64) -> String {
        let mut out = String::new();
        write_datetime(ticks, &mut out);
        out
    }

    #[test]
    fn every_day_converts_both_ways() {
        for days in 0..3_652_059 {
            let date = Date::from_days(days);
            assert_eq!(date.days(), days);
            assert_eq!(Date::new(date.year, date.month, date.day), Some(date));
        }
        assert_eq!(Date::of(MAX_DATETIME), Date { year: 9999, month: 12, day: 31 });
        assert_eq!(Date { year: 1970, month: 1, day: 1 }.ticks(), UNIX_EPOCH);
        assert_eq!(
            shown(31_241_376_000_000_000),
            "0100-01-01T00:00:00.0000000Z",
            "the documentation's example"
        );
    }

    #[test]
    fn weeks_follow_iso_8601() {
        for (date, week) in [((2020, 12, 31), 53), ((2020, 6, 15), 25), ((1970, 1, 1), 1), ((2000, 1, 1), 52)]
        {
            assert_eq!(Date { year: date.0, month: date.1, day: date.2 }.iso_week(), week);
        }
    }

    #[test]
    fn documented_formats_are_read() {
        let at = |text: &str| parse_datetime(text).map(shown).unwrap_or_default();
        for text in [
            "Sat, 8 Nov 14 15:05:02 GMT",
            "Sat, 8 Nov 14 15:05:02",
            "8 Nov 14 15:05:02 GMT",
            "Saturday, 08-Nov-14 15:05:02 GMT",
            "08-Nov-14 15:05:02",
            "2014-11-08 15:05:02",
            "2014-11-8T15:05:02 GMT",
            "2014-11-08T15:05:02Z",
            "2014-11-08T16:05:02+01:00",
            "2014-11-08T10:05:02-0500",
            "11/8/2014 3:05:02 PM",
        ] {
            assert_eq!(at(text), "2014-11-08T15:05:02.0000000Z", "{text}");
        }
        assert_eq!(at("2014-05-25T08:20:03.123456Z"), "2014-05-25T08:20:03.1234560Z");
        assert_eq!(at("2014-05-25T08:20:03.123456789Z"), "2014-05-25T08:20:03.1234567Z");
        assert_eq!(at("2014-05-25T08:20"), "2014-05-25T08:20:00.0000000Z");
        assert_eq!(at("12-02-2022"), "2022-12-02T00:00:00.0000000Z");
        assert_eq!(at("2025, 6, 14"), "2025-06-14T00:00:00.0000000Z");
        assert_eq!(at("2025 - 06 - 14"), "2025-06-14T00:00:00.0000000Z");
        for text in
            ["", "not-a-date", "2020-13-01", "2020-02-30", "2020-01-01T", "2020-01-01 24:00", "2020", "10:00"]
        {
            assert_eq!(parse_datetime(text), None, "{text}");
        }
    }

    #[test]
    fn timespans_are_read_and_written() {
        let mut out = String::new();
        for (text, ticks, printed) in [
            ("1.02:03:04", 93_784 * SECOND, "1.02:03:04"),
            ("-1.02:03:04.5", -93_784 * SECOND - SECOND / 2, "-1.02:03:04.5000000"),
            ("0:0:0.001", MILLISECOND, "00:00:00.0010000"),
            ("23:59", DAY - MINUTE, "23:59:00"),
            ("1d", DAY, "1.00:00:00"),
            ("15 seconds", 15 * SECOND, "00:00:15"),
            ("0.0000001s", 1, "00:00:00.0000001"),
            ("10675199.02:48:05.4775807", i64::MAX, "10675199.02:48:05.4775807"),
            ("-10675199.02:48:05.4775808", i64::MIN, "-10675199.02:48:05.4775808"),
        ] {
            assert_eq!(parse_timespan(text), Some(ticks), "{text}");
            out.clear();
            write_timespan(ticks, &mut out);
            assert_eq!(out, printed);
        }
        for text in ["", "abc", "1.5", "-", "1w", "24:00:00", "1:60", "10675199.02:48:05.4775808"] {
            assert_eq!(parse_timespan(text), None, "{text}");
        }
    }
}
