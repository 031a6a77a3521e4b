//! Bringing the values of a Parquet column to the contract type of its Kusto type.
//!
//! What a file holds need not be what the schema says: `IsAdminOperation` is 0 or 1 in some exports, a `dynamic` column is
//! a struct in others. Values convert as Kusto's ingestion converts them: exactly, or they become null.

use super::types::{contract_type, natural_type};
use crate::functions::adapter::{Nanos, Output};
use crate::functions::time::{nanos_from_instant, nanos_from_ticks};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray, StringViewArray, StringViewBuilder,
};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Date64Type, Decimal128Type, Float64Type, Int64Type, TimeUnit,
    TimestampNanosecondType, UInt64Type,
};
use datafusion::common::{Result, exec_err};
use kql2sql::Type;
use std::sync::Arc;

/// How values of an Arrow type become values of a Kusto type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Conversion {
    /// They are already.
    None,
    /// Arrow's cast, null where a value does not fit; never wrong for a value that does.
    Cast,
    /// Instants in this unit since 1970.
    Timestamp(TimeUnit),
    /// Days since 1970.
    Days,
    /// Milliseconds since 1970, of a `Date64`.
    DateMillis,
    /// A duration or a time of day in this unit, to ticks of 100 ns.
    Ticks(TimeUnit),
    /// Numbers and texts to `bool`: not 0; `true`, `false`, `1`, `0`.
    ToBool,
    /// Real numbers and decimals to integers, where they are whole.
    WholeToInteger,
    /// Texts to numbers; blanks around them are ignored.
    ParseNumber,
    /// Texts to `datetime`: ISO 8601.
    ParseDatetime,
    /// Texts to `timespan`: `[-][d.]hh:mm[:ss[.fffffff]]`.
    ParseTimespan,
    /// Texts to `guid`: lower case, without braces.
    ParseGuid,
    /// 16 bytes to `guid`.
    BytesToGuid,
    /// Bytes to text, though they may have come as text: nobody has looked whether they are UTF-8.
    Bytes,
    /// Structs, lists, maps, numbers … to JSON text.
    ToJson,
    /// Not possible: reading the column is refused.
    Refused,
}

impl Conversion {
    /// The way from a column of Arrow type `from` (as the reader produces it) to Kusto's `to`, or `None` if the values of
    /// one do not mean values of the other.
    pub fn of(from: &DataType, to: Type) -> Option<Conversion> {
        if let DataType::Dictionary(_, value) = from {
            return Some(match Conversion::of(value, to)? {
                Conversion::None => Conversion::Cast,
                other => other,
            });
        }
        if is_binary(from) {
            return Some(match Conversion::of(&DataType::Utf8View, to)? {
                Conversion::None => Conversion::Cast,
                other => other,
            });
        }
        let natural = natural_type(from);
        let text = matches!(from, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        if *from == DataType::Null {
            return Some(Conversion::Cast);
        }
        if natural == Type::String && !text {
            return Some(Conversion::Refused);
        }
        let identical = *from == contract_type(to);
        Some(match (natural, to) {
            (Type::String, Type::String | Type::Dynamic) => exact(identical),
            (Type::String, Type::Guid) => Conversion::ParseGuid,
            (Type::String, Type::Bool) => Conversion::ToBool,
            (Type::String, Type::Int | Type::Long | Type::Real | Type::Decimal) => Conversion::ParseNumber,
            (Type::String, Type::DateTime) => Conversion::ParseDatetime,
            (Type::String, Type::Timespan) => Conversion::ParseTimespan,
            (Type::Bool, Type::Bool) => exact(identical),
            (Type::Int | Type::Long, Type::Bool) => Conversion::ToBool,
            (Type::Bool, Type::Int | Type::Long) => Conversion::Cast,
            (Type::Int | Type::Long, Type::Int | Type::Long | Type::Real | Type::Decimal) => exact(identical),
            (Type::Int | Type::Long, Type::String) => Conversion::Cast,
            // Ticks, as in a file that Lakehunt wrote.
            (Type::Int | Type::Long, Type::Timespan) => exact(identical),
            (Type::Real, Type::Real) => exact(identical),
            (Type::Real | Type::Decimal, Type::Int | Type::Long) => Conversion::WholeToInteger,
            (Type::Decimal, Type::Decimal | Type::Real) => exact(identical),
            (Type::DateTime, Type::DateTime) => match from {
                DataType::Timestamp(unit, _) => Conversion::Timestamp(*unit),
                DataType::Date32 => Conversion::Days,
                _ => Conversion::DateMillis,
            },
            (Type::Timespan, Type::Timespan) => match from {
                DataType::Duration(unit) | DataType::Time32(unit) | DataType::Time64(unit) => {
                    Conversion::Ticks(*unit)
                }
                _ => return None,
            },
            (Type::Guid, Type::Guid | Type::String) => Conversion::BytesToGuid,
            (_, Type::Dynamic) => Conversion::ToJson,
            _ => return None,
        })
    }

    /// Converts `array`, which has the type that this conversion was made for, to the contract type of `to`.
    pub fn apply(&self, array: &ArrayRef, to: Type) -> Result<ArrayRef> {
        if let DataType::Dictionary(_, value) = array.data_type() {
            let plain = cast(array, value)?;
            return self.apply(&plain, to);
        }
        if is_binary(array.data_type()) {
            return self.apply(&text_of_bytes(array)?, to);
        }
        let target = contract_type(to);
        Ok(match self {
            Conversion::None => Arc::clone(array),
            Conversion::Cast => cast(array, &target)?,
            Conversion::Timestamp(unit) => {
                let values = cast(array, &DataType::Int64)?;
                let values = values.as_primitive::<Int64Type>();
                Arc::new(values.unary::<_, TimestampNanosecondType>(|v| instant(v, *unit)))
            }
            Conversion::Days => {
                let days = array.as_primitive::<Date32Type>();
                let nanos = |d: i32| nanos_from_instant(i128::from(d) * 86_400_000_000_000);
                Arc::new(days.unary::<_, TimestampNanosecondType>(nanos))
            }
            Conversion::DateMillis => {
                let millis = array.as_primitive::<Date64Type>();
                Arc::new(millis.unary::<_, TimestampNanosecondType>(|v| instant(v, TimeUnit::Millisecond)))
            }
            Conversion::Ticks(unit) => {
                let wide = match array.data_type() {
                    DataType::Time32(_) => cast(&cast(array, &DataType::Int32)?, &DataType::Int64)?,
                    _ => cast(array, &DataType::Int64)?,
                };
                let values = wide.as_primitive::<Int64Type>();
                Arc::new(match unit {
                    TimeUnit::Nanosecond => values.unary::<_, Int64Type>(|v| v / 100),
                    _ => {
                        let factor = nanos_per(*unit) / 100;
                        values.unary::<_, Int64Type>(|v| v.saturating_mul(factor))
                    }
                })
            }
            Conversion::ToBool => match array.data_type() {
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                    bool::array(array.len(), rows(&texts(array)?, parse_bool))
                }
                DataType::UInt64 => {
                    let values = array.as_primitive::<UInt64Type>();
                    Arc::new(values.iter().map(|v| v.map(|v| v != 0)).collect::<BooleanArray>())
                }
                _ => {
                    let values = cast(array, &DataType::Int64)?;
                    let values = values.as_primitive::<Int64Type>();
                    Arc::new(values.iter().map(|v| v.map(|v| v != 0)).collect::<BooleanArray>())
                }
            },
            Conversion::WholeToInteger => {
                let whole: ArrayRef = if array.data_type().is_floating() {
                    let values = cast(array, &DataType::Float64)?;
                    let values = values.as_primitive::<Float64Type>();
                    // The range check is exact: both ends are powers of two.
                    let whole = |v: f64| {
                        (v.fract() == 0.0
                            && (-9.223_372_036_854_776e18..9.223_372_036_854_776e18).contains(&v))
                        .then_some(v as i64)
                    };
                    Arc::new(values.unary_opt::<_, Int64Type>(whole))
                } else {
                    let values = cast(array, &crate::functions::adapter::DECIMAL)?;
                    let values: &PrimitiveArray<Decimal128Type> = values.as_primitive();
                    const ONE: i128 = 1_000_000_000_000_000_000;
                    let whole = |v: i128| if v % ONE == 0 { i64::try_from(v / ONE).ok() } else { None };
                    Arc::new(values.unary_opt::<_, Int64Type>(whole))
                };
                cast(&whole, &target)?
            }
            Conversion::ParseNumber => {
                let trimmed: StringViewArray = texts(array)?.iter().map(|t| t.map(str::trim)).collect();
                let trimmed: ArrayRef = Arc::new(trimmed);
                cast(&trimmed, &target)?
            }
            Conversion::ParseDatetime => {
                Nanos::array(array.len(), rows(&texts(array)?, |t| parse_datetime(t).map(Nanos)))
            }
            Conversion::ParseTimespan => i64::array(array.len(), rows(&texts(array)?, parse_timespan)),
            Conversion::ParseGuid => {
                let guid = |t: &str| {
                    let bare = t.trim().trim_start_matches('{').trim_end_matches('}');
                    (!bare.is_empty()).then(|| bare.to_ascii_lowercase())
                };
                String::array(array.len(), rows(&texts(array)?, guid))
            }
            Conversion::BytesToGuid => {
                let bytes = array.as_fixed_size_binary();
                String::array(array.len(), |row| (!bytes.is_null(row)).then(|| guid_text(bytes.value(row))))
            }
            Conversion::Bytes => text_of_bytes(array)?,
            Conversion::ToJson => json_texts(array)?,
            Conversion::Refused => {
                return exec_err!("{} is a type that Kusto does not have", array.data_type());
            }
        })
    }
}

/// Whether it is bytes that no writer marked as text.
pub fn is_binary(arrow: &DataType) -> bool {
    matches!(arrow, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
}

/// Bytes that a writer did not mark as text, as text, whatever their array calls itself. What is no UTF-8 becomes U+FFFD.
pub fn text_of_bytes(array: &ArrayRef) -> Result<ArrayRef> {
    let bytes = match array.as_string_view_opt() {
        Some(text) => text.clone().to_binary_view(),
        None => cast(array, &DataType::BinaryView)?.as_binary_view().clone(),
    };
    let text =
        |row: usize| (!bytes.is_null(row)).then(|| String::from_utf8_lossy(bytes.value(row)).into_owned());
    Ok(String::array(array.len(), text))
}

fn exact(identical: bool) -> Conversion {
    if identical { Conversion::None } else { Conversion::Cast }
}

/// The value of a `datetime` column for an instant that counts units since 1970.
pub fn instant(count: i64, unit: TimeUnit) -> i64 {
    nanos_from_instant(i128::from(count) * i128::from(nanos_per(unit)))
}

/// Nanoseconds in a unit.
pub fn nanos_per(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1_000_000_000,
        TimeUnit::Millisecond => 1_000_000,
        TimeUnit::Microsecond => 1_000,
        TimeUnit::Nanosecond => 1,
    }
}

fn cast(array: &ArrayRef, to: &DataType) -> Result<ArrayRef> {
    Ok(cast_with_options(array, to, &CastOptions { safe: true, ..CastOptions::default() })?)
}

fn texts(array: &ArrayRef) -> Result<StringViewArray> {
    Ok(cast(array, &DataType::Utf8View)?.as_string_view().clone())
}

fn rows<'a, T>(
    texts: &'a StringViewArray,
    parse: impl Fn(&'a str) -> Option<T> + 'a,
) -> impl FnMut(usize) -> Option<T> + 'a {
    move |row| (!texts.is_null(row)).then(|| texts.value(row)).and_then(&parse)
}

fn parse_bool(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text == "1" {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") || text == "0" {
        Some(false)
    } else {
        None
    }
}

/// ISO 8601 with or without time and zone (UTC then), to the value of a column.
fn parse_datetime(text: &str) -> Option<i64> {
    use kql2sql::time::{Date, SECOND};
    let text = text.trim();
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(nanos_from_instant(instant.as_nanosecond()));
    }
    // Without a zone; or the last day of 9999, which logs use for "never" and an instant of jiff does not reach.
    let civil: jiff::civil::DateTime = text.strip_suffix(['Z', 'z']).unwrap_or(text).parse().ok()?;
    let day =
        Date { year: civil.year().into(), month: civil.month().into(), day: civil.day().into() }.ticks();
    let (hour, minute, second) =
        (i64::from(civil.hour()), i64::from(civil.minute()), i64::from(civil.second()));
    let seconds = (hour * 60 + minute) * 60 + second;
    let fraction = i64::from(civil.subsec_nanosecond()) / 100;
    Some(nanos_from_ticks(day + seconds * SECOND + fraction))
}

/// `[-][d.]hh:mm[:ss[.fffffff]]` to ticks.
fn parse_timespan(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = text.split(':');
    let (first, minutes, seconds) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    if parts.next().is_some() {
        return None;
    }
    let (days, hours) = first.split_once('.').unwrap_or(("0", first));
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    if fraction.len() > 7 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |t: &str, limit: i64| {
        let plain = !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        t.parse::<i64>().ok().filter(|n| plain && *n < limit)
    };
    let ticks: i64 = format!("{fraction:0<7}").parse().ok()?;
    let seconds = number(seconds, 60)? + 60 * (number(minutes, 60)? + 60 * number(hours, 24)?);
    let ticks =
        number(days, 10_675_200)?.checked_mul(864_000_000_000)?.checked_add(seconds * 10_000_000 + ticks)?;
    Some(if negative { -ticks } else { ticks })
}

fn guid_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(36);
    for (i, byte) in bytes.iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            // Cannot fail: a hexadecimal digit.
            text.push(char::from_digit(digit.into(), 16).expect("a digit"));
        }
    }
    text
}

/// The values of an Arrow array as JSON texts. Times are ISO 8601 as Kusto prints them.
fn json_texts(array: &ArrayRef) -> Result<ArrayRef> {
    let mut builder = StringViewBuilder::with_capacity(array.len());
    let mut text = String::new();
    for row in 0..array.len() {
        if array.is_null(row) {
            builder.append_null();
            continue;
        }
        text.clear();
        super::json::write(array.as_ref(), row, &mut text)?;
        builder.append_value(&text);
    }
    Ok(Arc::new(builder.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{
        Date32Array, Decimal128Array, DurationMillisecondArray, FixedSizeBinaryArray, Float64Array,
        Int32Array, Int64Array, StringArray, Time32SecondArray, TimestampMicrosecondArray,
        TimestampNanosecondArray, UInt64Array,
    };

    fn convert(array: impl Array + 'static, to: Type) -> ArrayRef {
        let array: ArrayRef = Arc::new(array);
        let result = Conversion::of(array.data_type(), to).unwrap().apply(&array, to).unwrap();
        assert_eq!(*result.data_type(), contract_type(to));
        result
    }

    fn nanos(array: &ArrayRef) -> Vec<Option<i64>> {
        array.as_any().downcast_ref::<TimestampNanosecondArray>().unwrap().iter().collect()
    }

    fn longs(array: &ArrayRef) -> Vec<Option<i64>> {
        array.as_any().downcast_ref::<Int64Array>().unwrap().iter().collect()
    }

    #[test]
    fn bytes_that_are_no_text_are_no_danger() {
        let bytes = datafusion::arrow::array::BinaryArray::from_vec(vec![b"ab", b"\xff\x00c"]);
        let texts = convert(bytes, Type::String);
        let texts: Vec<_> = texts.as_string_view().iter().collect();
        assert_eq!(texts, [Some("ab"), Some("\u{fffd}\0c")]);
    }

    #[test]
    fn microseconds_reach_as_far_as_datetimes_do() {
        let year_1 = -62_135_596_800_000_000;
        let year_9999 = 253_402_300_799_999_999;
        let array = TimestampMicrosecondArray::from(vec![Some(1), None, Some(year_1), Some(year_9999)])
            .with_timezone("UTC");
        let last = nanos_from_ticks(kql2sql::time::MAX_DATETIME - 9);
        let expected = [Some(1_000), None, Some(nanos_from_ticks(0)), Some(last)];
        assert_eq!(nanos(&convert(array, Type::DateTime)), expected);
    }

    #[test]
    fn dates_are_midnights() {
        let array = Date32Array::from(vec![Some(1), Some(i32::MAX)]);
        let last = nanos_from_ticks(kql2sql::time::MAX_DATETIME);
        assert_eq!(nanos(&convert(array, Type::DateTime)), [Some(86_400_000_000_000), Some(last)]);
    }

    #[test]
    fn durations_are_ticks() {
        assert_eq!(
            longs(&convert(DurationMillisecondArray::from(vec![-3]), Type::Timespan)),
            [Some(-30_000)]
        );
        assert_eq!(longs(&convert(Time32SecondArray::from(vec![61]), Type::Timespan)), [Some(610_000_000)]);
    }

    #[test]
    fn what_does_not_fit_is_null() {
        let array = UInt64Array::from(vec![Some(7), Some(u64::MAX)]);
        assert_eq!(longs(&convert(array, Type::Long)), [Some(7), None]);
        let array = StringArray::from(vec![Some(" 42 "), Some("x"), Some(""), None]);
        assert_eq!(longs(&convert(array, Type::Long)), [Some(42), None, None, None]);
        let array = Float64Array::from(vec![3.0, 3.5, 1e300, f64::NAN, 9.223_372_036_854_776e18]);
        assert_eq!(longs(&convert(array, Type::Long)), [Some(3), None, None, None, None]);
        let array = Decimal128Array::from(vec![500, 550]).with_precision_and_scale(10, 2).unwrap();
        assert_eq!(longs(&convert(array, Type::Long)), [Some(5), None]);
    }

    #[test]
    fn numbers_and_texts_are_bools() {
        let bools = |a: ArrayRef| a.as_boolean().iter().collect::<Vec<_>>();
        let ints = Int32Array::from(vec![Some(0), Some(1), None, Some(2)]);
        assert_eq!(bools(convert(ints, Type::Bool)), [Some(false), Some(true), None, Some(true)]);
        let texts = StringArray::from(vec!["True", "false", "yes", "0"]);
        assert_eq!(bools(convert(texts, Type::Bool)), [Some(true), Some(false), None, Some(false)]);
    }

    #[test]
    fn texts_are_times() {
        let day = 19_844 * 86_400_000_000_000_i64; // 2024-05-01
        for text in ["2024-05-01", "2024-05-01T00:00:00Z", "2024-05-01 00:00:00", "2024-05-01T02:00:00+02:00"]
        {
            assert_eq!(parse_datetime(text), Some(day), "{text}");
        }
        assert_eq!(parse_datetime("2024-05-01T00:00:00.1234567Z"), Some(day + 123_456_700));
        assert_eq!(parse_datetime("0001-01-01T00:00:00Z"), Some(nanos_from_ticks(0)));
        let last = nanos_from_ticks(kql2sql::time::MAX_DATETIME);
        assert_eq!(parse_datetime("9999-12-31T23:59:59.9999999Z"), Some(last));
        assert_eq!(parse_datetime("May"), None);
    }

    #[test]
    fn texts_are_timespans() {
        assert_eq!(parse_timespan("1.02:03:04.5"), Some(937_845_000_000));
        assert_eq!(parse_timespan("-00:01"), Some(-600_000_000));
        for wrong in ["", "1", "25:00:00", "00:60", "a:b:c", "1:2:3:4", "00:00:00.12345678"] {
            assert_eq!(parse_timespan(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn guids_are_lower_case_text() {
        let bytes: Vec<u8> = (0..16).collect();
        let array = FixedSizeBinaryArray::try_from_iter([bytes].into_iter()).unwrap();
        let text = convert(array, Type::Guid);
        assert_eq!(text.as_string_view().value(0), "00010203-0405-0607-0809-0a0b0c0d0e0f");
        let array = StringArray::from(vec!["{74BE27DE-1E4E-49D9-B579-FE0B331D3642}"]);
        assert_eq!(
            convert(array, Type::Guid).as_string_view().value(0),
            "74be27de-1e4e-49d9-b579-fe0b331d3642"
        );
    }

    #[test]
    fn what_means_nothing_is_refused() {
        assert_eq!(Conversion::of(&DataType::Int64, Type::DateTime), None, "seconds? milliseconds? ticks?");
        assert_eq!(Conversion::of(&DataType::FixedSizeBinary(5), Type::String), Some(Conversion::Refused));
    }
}
