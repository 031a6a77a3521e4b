//! The formats of `format_datetime` and `format_timespan`.
//!
//! Unlike .NET's they know no names of months and days and no escapes: what is neither a specifier nor one of the
//! delimiters `space / - : , . _ [ ]` is an error.

use super::{DAY, Date, HOUR, MINUTE, SECOND, write_padded};

/// A format of `format_datetime`, <https://learn.microsoft.com/kusto/query/format-datetime-function>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatetimeFormat(Vec<Part>);

/// A format of `format_timespan`, <https://learn.microsoft.com/kusto/query/format-timespan-function>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimespanFormat(Vec<Part>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Delimiter(char),
    /// A specifier letter and how often it stands there.
    Specifier(u8, usize),
}

impl DatetimeFormat {
    /// Reads a format.
    ///
    /// # Errors
    ///
    /// The first character that is not understood.
    pub fn parse(text: &str) -> Result<Self, char> {
        parse(text, |letter| match letter {
            b'd' | b'h' | b'H' | b'm' | b'M' | b's' => &[2, 1],
            b'f' | b'F' => &[7, 6, 5, 4, 3, 2, 1],
            b'y' => &[4, 2, 1],
            b't' => &[2],
            _ => &[],
        })
        .map(DatetimeFormat)
    }

    /// Appends a datetime in ticks since 0001-01-01.
    ///
    /// ```
    /// use kql2sql::time::{format::DatetimeFormat, parse_datetime};
    ///
    /// let mut out = String::new();
    /// DatetimeFormat::parse("y-M-d").unwrap().write(parse_datetime("2024-05-01").unwrap(), &mut out);
    /// assert_eq!(out, "24-5-1");
    /// ```
    pub fn write(&self, ticks: i64, out: &mut String) {
        let date = Date::of(ticks);
        let hour = ticks.rem_euclid(DAY) / HOUR;
        for part in &self.0 {
            match *part {
                Part::Specifier(b'y', 4) => write_padded(date.year, 4, out),
                Part::Specifier(b'y', width) => write_number(date.year % 100, width, out),
                Part::Specifier(b'M', width) => write_number(date.month, width, out),
                Part::Specifier(b'd', width) => write_number(date.day, width, out),
                Part::Specifier(b'h', width) => write_number((hour + 11) % 12 + 1, width, out),
                Part::Specifier(b't', _) => out.push_str(if hour < 12 { "AM" } else { "PM" }),
                part => write_time(part, ticks.rem_euclid(DAY), out),
            }
        }
    }
}

impl TimespanFormat {
    /// Reads a format.
    ///
    /// # Errors
    ///
    /// The first character that is not understood.
    pub fn parse(text: &str) -> Result<Self, char> {
        parse(text, |letter| match letter {
            b'd' => &[8, 7, 6, 5, 4, 3, 2, 1],
            b'f' | b'F' => &[7, 6, 5, 4, 3, 2, 1],
            b'h' | b'H' | b'm' | b's' => &[2, 1],
            _ => &[],
        })
        .map(TimespanFormat)
    }

    /// Appends a timespan in ticks; a negative one with a `-` in front.
    ///
    /// ```
    /// use kql2sql::time::{HOUR, format::TimespanFormat};
    ///
    /// let mut out = String::new();
    /// TimespanFormat::parse("ddd.hh:mm").unwrap().write(-50 * HOUR, &mut out);
    /// assert_eq!(out, "-002.02:00");
    /// ```
    pub fn write(&self, ticks: i64, out: &mut String) {
        if ticks < 0 {
            out.push('-');
        }
        let days = ticks.unsigned_abs() / DAY as u64;
        let time = (ticks.unsigned_abs() % DAY as u64) as i64;
        for part in &self.0 {
            match *part {
                Part::Specifier(b'd', width) => write_number(days as i64, width, out),
                Part::Specifier(b'h', width) => write_number(time / HOUR, width, out),
                part => write_time(part, time, out),
            }
        }
    }
}

/// What both formats write alike, of so many ticks within a day.
fn write_time(part: Part, time: i64, out: &mut String) {
    match part {
        Part::Delimiter(c) => out.push(c),
        Part::Specifier(b'H', width) => write_number(time / HOUR, width, out),
        Part::Specifier(b'm', width) => write_number(time / MINUTE % 60, width, out),
        Part::Specifier(b's', width) => write_number(time / SECOND % 60, width, out),
        Part::Specifier(letter, width) => {
            // `f` and `F`: the first digits of the seven behind the point.
            let digits = time % SECOND / 10i64.pow(7 - width as u32);
            if letter == b'f' {
                write_padded(digits, width, out);
            } else if digits != 0 {
                write_padded(digits, width, out);
                out.truncate(out.trim_end_matches('0').len());
            }
        }
    }
}

fn write_number(number: i64, width: usize, out: &mut String) {
    // A single letter does not pad, but zero is still a digit.
    write_padded(number, width.max(1), out);
}

/// Cuts the text into parts; `widths` gives how often a letter may be repeated, the longest first, and nothing for
/// what is not a specifier.
fn parse(text: &str, widths: impl Fn(u8) -> &'static [usize]) -> Result<Vec<Part>, char> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if matches!(c, ' ' | '/' | '-' | ':' | ',' | '.' | '_' | '[' | ']') {
            parts.push(Part::Delimiter(c));
            rest = &rest[1..];
            continue;
        }
        let letter = u8::try_from(c).map_err(|_| c)?;
        let repeated = rest.bytes().take_while(|&b| b == letter).count();
        let width = *widths(letter).iter().find(|&&width| width <= repeated).ok_or(c)?;
        parts.push(Part::Specifier(letter, width));
        rest = &rest[width..];
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::super::{parse_datetime, parse_timespan};
    use super::*;

    fn datetime(text: &str, format: &str) -> String {
        let mut out = String::new();
        let format = DatetimeFormat::parse(format).unwrap_or_else(|c| panic!("{format}: {c}"));
        format.write(parse_datetime(text).expect(text), &mut out);
        out
    }

    fn timespan(text: &str, format: &str) -> String {
        let mut out = String::new();
        let format = TimespanFormat::parse(format).unwrap_or_else(|c| panic!("{format}: {c}"));
        format.write(parse_timespan(text).expect(text), &mut out);
        out
    }

    #[test]
    fn datetimes_are_formatted_as_documented() {
        for (at, format, expected) in [
            ("2017-01-29 09:00:05", "yy-MM-dd [HH:mm:ss]", "17-01-29 [09:00:05]"),
            ("2017-01-29 09:00:05", "yyyy-M-dd [H:mm:ss]", "2017-1-29 [9:00:05]"),
            ("2017-01-29 09:00:05", "yy-MM-dd [hh:mm:ss tt]", "17-01-29 [09:00:05 AM]"),
            ("2009-06-15T13:45:30.6175425", "fff ff F", "617 61 6"),
            ("2009-06-15T13:45:30.0500000", "F.FF.FFFFFFF", ".05.05"),
            ("2009-06-15T13:45:30.0001150", "FFFFFFF", "000115"),
            ("2009-06-15T00:05:09", "h:m:s H", "12:5:9 0"),
            ("0900-01-01", "y yy yyyy", "0 00 0900"),
            ("2009-06-15", "y", "9"),
            // Recorded from the real engine: there are no names, three letters are two and one.
            ("2020-01-05", "dddd MMM", "0505 011"),
        ] {
            assert_eq!(datetime(at, format), expected, "{at} {format}");
        }
    }

    #[test]
    fn timespans_are_formatted_as_documented() {
        for (span, format, expected) in [
            ("29.09:00:05.12345", "dd.hh:mm:ss:FF", "29.09:00:05:12"),
            ("29.09:00:05.12345", "ddd.h:mm:ss [fffffff]", "029.9:00:05 [1234500]"),
            ("15.13:45:30", "d dd ddd H", "15 15 015 13"),
            ("-1.02:30:00", "d.hh:mm:ss", "-1.02:30:00"),
            ("-00:01:30", "mm:ss", "-01:30"),
        ] {
            assert_eq!(timespan(span, format), expected, "{span} {format}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for (format, culprit) in
            [("yyyy-MM-ddTHH", 'T'), ("K", 'K'), ("zzz", 'z'), ("t", 't'), ("%d", '%'), ("é", 'é')]
        {
            assert_eq!(DatetimeFormat::parse(format), Err(culprit), "{format}");
        }
        for (format, culprit) in [("c", 'c'), ("G", 'G'), (r"hh\:mm", '\\'), ("yy", 'y')] {
            assert_eq!(TimespanFormat::parse(format), Err(culprit), "{format}");
        }
    }
}
