//! One cell of a result as text and as JSON: the only place that knows how a Kusto value is spelt.
//!
//! | type | text | JSON |
//! |---|---|---|
//! | bool | `true` | `true` |
//! | int, long, decimal | digits | number |
//! | real | `1.5`, `1.0`, `1e20`, `NaN`, `-Infinity` | number; `"NaN"`, `"-Infinity"` |
//! | datetime | `2024-05-01T05:00:00.1234567Z` | the same, quoted |
//! | timespan | `[-][d.]hh:mm:ss[.fffffff]` | the same, quoted |
//! | string, guid | as it is | quoted |
//! | dynamic | JSON | JSON |
//! | null | nothing | `null` |
//!
//! A string is never null in Kusto: what is null in Arrow is the empty string here.

use std::fmt::Write as _;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Decimal128Array, Float64Array, Int32Array, Int64Array,
    StringViewArray, TimestampNanosecondArray,
};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, Decimal128Type, Float64Type, Int32Type, Int64Type, TimeUnit, TimestampNanosecondType,
};
use arrow::error::ArrowError;
use kql2sql::Type;
use kql2sql::json::push_string;
use kql2sql::time::{write_datetime, write_timespan};
use lakehunt::functions::time::ticks_from_nanos;
use serde::de::IgnoredAny;

/// Digits behind the point of a `decimal`.
const DECIMAL_SCALE: i8 = 18;

/// The Arrow type in which a Kusto type is held.
fn physical(ty: Type) -> DataType {
    match ty {
        Type::Bool => DataType::Boolean,
        Type::Int => DataType::Int32,
        Type::Long | Type::Timespan => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Decimal => DataType::Decimal128(38, DECIMAL_SCALE),
        Type::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, None),
        Type::String | Type::Guid | Type::Dynamic | Type::Unknown => DataType::Utf8View,
    }
}

/// The values of one column of one batch.
pub enum Values {
    Bool(BooleanArray),
    Int(Int32Array),
    Long(Int64Array),
    Real(Float64Array),
    Decimal(Decimal128Array),
    DateTime(TimestampNanosecondArray),
    Timespan(Int64Array),
    /// `string`
    Text(StringViewArray),
    Guid(StringViewArray),
    Dynamic(StringViewArray),
}

impl Values {
    /// The values of `array`, which holds the Kusto type `ty`.
    pub fn new(array: &ArrayRef, ty: Type) -> Result<Values, ArrowError> {
        let wanted = physical(ty);
        // A decimal keeps its scale: whole numbers of 32 digits have no room for a fraction.
        let fits = matches!((ty, array.data_type()), (Type::Decimal, DataType::Decimal128(..)));
        let array = if fits || *array.data_type() == wanted { array.clone() } else { cast(array, &wanted)? };
        Ok(match ty {
            Type::Bool => Values::Bool(array.as_boolean().clone()),
            Type::Int => Values::Int(array.as_primitive::<Int32Type>().clone()),
            Type::Long => Values::Long(array.as_primitive::<Int64Type>().clone()),
            Type::Timespan => Values::Timespan(array.as_primitive::<Int64Type>().clone()),
            Type::Real => Values::Real(array.as_primitive::<Float64Type>().clone()),
            Type::Decimal => Values::Decimal(array.as_primitive::<Decimal128Type>().clone()),
            Type::DateTime => Values::DateTime(array.as_primitive::<TimestampNanosecondType>().clone()),
            Type::Guid => Values::Guid(array.as_string_view().clone()),
            Type::Dynamic => Values::Dynamic(array.as_string_view().clone()),
            Type::String | Type::Unknown => Values::Text(array.as_string_view().clone()),
        })
    }

    /// Whether the value of `row` is null. A string never is.
    pub fn is_null(&self, row: usize) -> bool {
        match self {
            Values::Text(_) => false,
            Values::Bool(a) => a.is_null(row),
            Values::Int(a) => a.is_null(row),
            Values::Long(a) | Values::Timespan(a) => a.is_null(row),
            Values::Real(a) => a.is_null(row),
            Values::Decimal(a) => a.is_null(row),
            Values::DateTime(a) => a.is_null(row),
            Values::Guid(a) | Values::Dynamic(a) => a.is_null(row),
        }
    }

    /// Appends the value of `row` as text; nothing for null.
    pub fn text(&self, row: usize, out: &mut String) {
        if self.is_null(row) {
            return;
        }
        match self {
            Values::Bool(a) => out.push_str(if a.value(row) { "true" } else { "false" }),
            Values::Int(a) => push(out, a.value(row)),
            Values::Long(a) => push(out, a.value(row)),
            Values::Real(a) => real(a.value(row), out),
            Values::Decimal(a) => decimal(a.value(row), a.scale(), out),
            Values::DateTime(a) => write_datetime(ticks_from_nanos(a.value(row)), out),
            Values::Timespan(a) => write_timespan(a.value(row), out),
            Values::Text(a) => out.push_str(text_value(a, row)),
            Values::Guid(a) => out.push_str(a.value(row)),
            Values::Dynamic(a) => dynamic_text(a.value(row), out),
        }
    }

    /// Appends the value of `row` as JSON on one line.
    pub fn json(&self, row: usize, out: &mut String) {
        if self.is_null(row) {
            out.push_str("null");
            return;
        }
        match self {
            Values::Real(a) => {
                let value = a.value(row);
                let quote = if value.is_finite() { "" } else { "\"" };
                out.push_str(quote);
                real(value, out);
                out.push_str(quote);
            }
            Values::DateTime(_) | Values::Timespan(_) => {
                out.push('"');
                self.text(row, out);
                out.push('"');
            }
            Values::Text(a) => push_string(out, text_value(a, row)),
            Values::Guid(a) => push_string(out, a.value(row)),
            Values::Dynamic(a) => dynamic_json(a.value(row), out),
            Values::Bool(_) | Values::Int(_) | Values::Long(_) | Values::Decimal(_) => self.text(row, out),
        }
    }
}

/// Writing to a String cannot fail.
fn push(out: &mut String, value: impl std::fmt::Display) {
    let _ = write!(out, "{value}");
}

fn text_value(array: &StringViewArray, row: usize) -> &str {
    if array.is_null(row) { "" } else { array.value(row) }
}

/// Dynamic JSON as it is, but on one line. A file may hold something else than JSON in a column that its
/// schema calls dynamic: that is a string, as in Kusto.
fn dynamic_json(text: &str, out: &mut String) {
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        push_string(out, text);
    } else if text.contains(['\n', '\r']) {
        match serde_json::from_str::<serde_json::Value>(text) {
            Ok(value) => push(out, value),
            // Deeper than serde_json builds trees: line ends in JSON stand between tokens only.
            Err(_) => out.extend(text.chars().filter(|c| !matches!(c, '\n' | '\r'))),
        }
    } else {
        out.push_str(text);
    }
}

/// Dynamic as text: a dynamic string shows its content, everything else is JSON.
fn dynamic_text(text: &str, out: &mut String) {
    if text.starts_with('"')
        && let Ok(string) = serde_json::from_str::<String>(text)
    {
        out.push_str(&string);
    } else {
        out.push_str(text);
    }
}

/// The shortest digits that read back as the same number, never without a point or an exponent.
fn real(value: f64, out: &mut String) {
    if value.is_infinite() {
        out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    } else {
        let _ = write!(out, "{value:?}");
    }
}

fn decimal(value: i128, scale: i8, out: &mut String) {
    let scale = u32::from(scale.unsigned_abs());
    let unit = 10u128.pow(scale);
    let (whole, fraction) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    if value < 0 {
        out.push('-');
    }
    push(out, whole);
    if fraction != 0 {
        let digits = format!("{fraction:0width$}", width = scale as usize);
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kql2sql::time::MAX_DATETIME;
    use lakehunt::functions::time::nanos_from_ticks;

    use super::*;

    fn both(array: ArrayRef, ty: Type) -> Vec<(String, String)> {
        let values = Values::new(&array, ty).unwrap();
        (0..array.len())
            .map(|row| {
                let (mut text, mut json) = (String::new(), String::new());
                values.text(row, &mut text);
                values.json(row, &mut json);
                (text, json)
            })
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(t, j)| ((*t).to_string(), (*j).to_string())).collect()
    }

    #[test]
    fn dates_keep_their_seven_digits_and_the_ends_of_the_range() {
        // 1714539600 s is 2024-05-01T05:00:00Z (date -d @1714539600 -u)
        let array = TimestampNanosecondArray::from(vec![
            Some(1_714_539_600_123_456_700),
            Some(0),
            Some(-100),
            Some(951_782_400_000_000_000),
            Some(nanos_from_ticks(0)),
            Some(nanos_from_ticks(MAX_DATETIME)),
            None,
        ]);
        let texts: Vec<_> = both(Arc::new(array), Type::DateTime).into_iter().map(|p| p.0).collect();
        assert_eq!(
            texts,
            [
                "2024-05-01T05:00:00.1234567Z",
                "1970-01-01T00:00:00.0000000Z",
                "1969-12-31T23:59:59.9999999Z",
                "2000-02-29T00:00:00.0000000Z",
                "0001-01-01T00:00:00.0000000Z",
                "9999-12-31T23:59:59.9999999Z",
                ""
            ]
        );
    }

    #[test]
    fn dates_of_another_unit_are_the_same_dates() {
        let array =
            arrow::array::TimestampMicrosecondArray::from(vec![1_714_539_600_123_456]).with_timezone("UTC");
        assert_eq!(
            both(Arc::new(array), Type::DateTime),
            pairs(&[("2024-05-01T05:00:00.1234560Z", "\"2024-05-01T05:00:00.1234560Z\"")])
        );
    }

    #[test]
    fn timespans_show_days_and_fractions_only_where_there_are_some() {
        let array = Int64Array::from(vec![
            Some(0),
            Some(10_000_000 * 3_661),
            Some(-(10_000_000 * 86_400 * 30 + 1)),
            Some(i64::MIN),
            None,
        ]);
        assert_eq!(
            both(Arc::new(array), Type::Timespan),
            pairs(&[
                ("00:00:00", "\"00:00:00\""),
                ("01:01:01", "\"01:01:01\""),
                ("-30.00:00:00.0000001", "\"-30.00:00:00.0000001\""),
                ("-10675199.02:48:05.4775808", "\"-10675199.02:48:05.4775808\""),
                ("", "null"),
            ])
        );
    }

    #[test]
    fn reals_are_numbers_in_json_unless_json_has_no_word_for_them() {
        let array =
            Float64Array::from(vec![1.0, 0.1, 1e20, -2.5e-7, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        assert_eq!(
            both(Arc::new(array), Type::Real),
            pairs(&[
                ("1.0", "1.0"),
                ("0.1", "0.1"),
                ("1e20", "1e20"),
                ("-2.5e-7", "-2.5e-7"),
                ("NaN", "\"NaN\""),
                ("Infinity", "\"Infinity\""),
                ("-Infinity", "\"-Infinity\""),
            ])
        );
    }

    #[test]
    fn a_null_string_is_the_empty_string() {
        let array = StringViewArray::from(vec![Some("a\"\n"), None]);
        assert_eq!(both(Arc::new(array), Type::String), pairs(&[("a\"\n", "\"a\\\"\\n\""), ("", "\"\"")]));
    }

    #[test]
    fn dynamic_is_json_on_one_line_and_what_is_no_json_is_a_string() {
        let array = StringViewArray::from(vec![
            Some("{\"a\":[1,2.50]}"),
            Some("\"text\""),
            Some("{\n  \"a\": 1\n}"),
            Some("not json"),
            None,
        ]);
        assert_eq!(
            both(Arc::new(array), Type::Dynamic),
            pairs(&[
                ("{\"a\":[1,2.50]}", "{\"a\":[1,2.50]}"),
                ("text", "\"text\""),
                ("{\n  \"a\": 1\n}", "{\"a\":1}"),
                ("not json", "\"not json\""),
                ("", "null"),
            ])
        );
    }

    #[test]
    fn decimals_lose_their_trailing_zeros() {
        let array = Decimal128Array::from(vec![1_500_000_000_000_000_000, -1, 2_000_000_000_000_000_000])
            .with_precision_and_scale(38, DECIMAL_SCALE)
            .unwrap();
        assert_eq!(
            both(Arc::new(array), Type::Decimal),
            pairs(&[("1.5", "1.5"), ("-0.000000000000000001", "-0.000000000000000001"), ("2", "2")])
        );
    }

    #[test]
    fn other_widths_of_integers_are_accepted() {
        let array = arrow::array::Int16Array::from(vec![Some(7), None]);
        assert_eq!(both(Arc::new(array), Type::Long), pairs(&[("7", "7"), ("", "null")]));
    }
}
