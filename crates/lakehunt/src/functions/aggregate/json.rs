//! JSON text of elements: written from columns, cut at its commas.

use crate::functions::time::ticks_from_nanos;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array, Int64Array, StringViewArray,
    TimestampNanosecondArray,
};
use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::{Result, internal_err};
use std::io::Write;

/// A column whose values become elements of JSON arrays.
#[derive(Debug)]
pub enum Elements<'a> {
    /// `bool`
    Bool(&'a BooleanArray),
    /// `int`
    Int(&'a Int32Array),
    /// `long`
    Long(&'a Int64Array),
    /// `real`
    Real(&'a Float64Array),
    /// `string`: NULL means "".
    Text(&'a StringViewArray),
    /// `datetime`
    DateTime(&'a TimestampNanosecondArray),
}

impl<'a> Elements<'a> {
    /// The values of a column that is not dynamic.
    pub fn of(column: &'a ArrayRef) -> Result<Self> {
        Ok(match column.data_type() {
            DataType::Boolean => Elements::Bool(column.as_boolean()),
            DataType::Int32 => Elements::Int(column.as_primitive()),
            DataType::Int64 => Elements::Long(column.as_primitive()),
            DataType::Float64 => Elements::Real(column.as_primitive()),
            DataType::Utf8View => Elements::Text(column.as_string_view()),
            DataType::Timestamp(TimeUnit::Nanosecond, None) => Elements::DateTime(column.as_primitive()),
            other => return internal_err!("no JSON is made from {other}"),
        })
    }

    /// Whether the value is null. A string never is.
    #[inline]
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            Elements::Bool(a) => a.is_null(row),
            Elements::Int(a) => a.is_null(row),
            Elements::Long(a) => a.is_null(row),
            Elements::Real(a) => a.is_null(row),
            Elements::Text(_) => false,
            Elements::DateTime(a) => a.is_null(row),
        }
    }

    /// Writes the value as JSON.
    #[inline]
    pub fn write(&self, row: usize, out: &mut Vec<u8>) {
        if self.is_null(row) {
            out.extend_from_slice(b"null");
            return;
        }
        match self {
            Elements::Bool(a) => out.extend_from_slice(if a.value(row) { b"true" } else { b"false" }),
            Elements::Int(a) => write_integer(a.value(row).into(), out),
            Elements::Long(a) => write_integer(a.value(row), out),
            Elements::Real(a) => write_real(a.value(row), out),
            Elements::Text(a) if a.is_null(row) => out.extend_from_slice(b"\"\""),
            Elements::Text(a) => write_string(a.value(row), out),
            Elements::DateTime(a) => write_datetime(a.value(row), out),
        }
    }
}

fn write_integer(value: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

fn write_real(value: f64, out: &mut Vec<u8>) {
    // Writing to a Vec cannot fail.
    let _ = if value.is_finite() {
        serde_json::to_writer(&mut *out, &value).map_err(Into::into)
    } else if value.is_nan() {
        out.write_all(b"\"NaN\"")
    } else if value > 0.0 {
        out.write_all(b"\"Infinity\"")
    } else {
        out.write_all(b"\"-Infinity\"")
    };
}

/// Writes `"text"` with what JSON wants escaped.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    // Looks at all bytes, in wide steps, rather than stop at the first.
    if text.bytes().fold(false, |found, b| found | (b < 0x20) | (b == b'"') | (b == b'\\')) {
        // Writing to a Vec cannot fail.
        let _ = serde_json::to_writer(out, text);
    } else {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

/// Writes `"2024-05-01T05:00:00.1234567Z"`.
fn write_datetime(nanos: i64, out: &mut Vec<u8>) {
    let ticks = ticks_from_nanos(nanos);
    let (days, tick) = (ticks.div_euclid(864_000_000_000), ticks.rem_euclid(864_000_000_000));
    let (year, month, day) = civil(days);
    let (second, fraction) = (tick / 10_000_000, tick % 10_000_000);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    // Writing to a Vec cannot fail.
    let _ = write!(out, "\"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}Z\"");
}

/// Year, month and day of a day counted from 0001-01-01 (Gregorian).
fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day is the last of its year.
    let z = days + 306;
    let (era, day) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let m = (5 * day + 2) / 153;
    let month = if m < 10 { m + 3 } else { m - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day - (153 * m + 2) / 5 + 1)
}

/// The texts between the commas of what stands between a JSON array's brackets or a bag's braces.
/// `text` is canonical JSON (no blanks).
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = element_end(rest.as_bytes());
        let element = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        Some(element)
    })
}

/// Where the first element of canonical JSON elements ends: at its comma, or at the end.
pub fn element_end(text: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'"' => at = string_end(text, at),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Where the string that begins at `at` has its closing quote.
fn string_end(text: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            return at;
        }
        at += 2;
    }
    text.len()
}

/// The length of the first `"key"` of a bag's text, quotes included.
pub fn key_len(member: &[u8]) -> usize {
    (string_end(member, 0) + 1).min(member.len())
}

/// What stands between the brackets of an array, if it is one.
pub fn array_inside(json: &str) -> Option<&str> {
    json.strip_prefix('[')?.strip_suffix(']')
}

/// What stands between the braces of a bag, if it is one.
pub fn bag_inside(json: &str) -> Option<&str> {
    json.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::time::nanos_from_ticks;
    use kql2sql::time::MAX_DATETIME;

    #[test]
    fn elements_are_cut_at_their_commas_only() {
        let parts = |text| split(text).collect::<Vec<_>>();
        assert_eq!(parts(""), [] as [&str; 0]);
        assert_eq!(parts("1"), ["1"]);
        assert_eq!(
            parts(r#"1,"a,\"b",[2,{"x":[3,4]}],{"y,":5},null"#),
            ["1", r#""a,\"b""#, r#"[2,{"x":[3,4]}]"#, r#"{"y,":5}"#, "null"]
        );
        assert_eq!(parts(r#""\\","é""#), [r#""\\""#, "\"é\""]);
        // Broken JSON ends somewhere, without a panic.
        assert_eq!(parts(r#""abc\"#), [r#""abc\"#]);
        assert_eq!(parts(r#"]],1"#), ["]]", "1"]);
        assert_eq!(key_len(br#""a\"b":1"#), 6);
        assert_eq!(key_len(b""), 0);
    }

    #[test]
    fn values_are_written_as_kusto_does() {
        let written = |f: &dyn Fn(&mut Vec<u8>)| {
            let mut out = vec![];
            f(&mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(&|o| write_integer(i64::MIN, o)), "-9223372036854775808");
        assert_eq!(written(&|o| write_real(5.0, o)), "5.0");
        assert_eq!(written(&|o| write_real(f64::NAN, o)), "\"NaN\"");
        assert_eq!(written(&|o| write_real(f64::NEG_INFINITY, o)), "\"-Infinity\"");
        assert_eq!(written(&|o| write_string("a\"\n\u{1}é", o)), r#""a\"\n\u0001é""#);
        assert_eq!(written(&|o| write_datetime(0, o)), "\"1970-01-01T00:00:00.0000000Z\"");
        assert_eq!(
            written(&|o| write_datetime(nanos_from_ticks(MAX_DATETIME), o)),
            "\"9999-12-31T23:59:59.9999999Z\""
        );
        assert_eq!(
            written(&|o| write_datetime(1_709_210_096_123_456_700, o)),
            "\"2024-02-29T12:34:56.1234567Z\""
        );
    }
}
