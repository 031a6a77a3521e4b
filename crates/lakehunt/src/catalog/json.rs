//! Nested Arrow values as JSON text.

use super::convert::{Conversion, is_binary, text_of_bytes};
use crate::functions::time::ticks_from_nanos;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type, TimestampNanosecondType, UInt64Type};
use datafusion::common::Result;
use kql2sql::Type;
use kql2sql::json::push_string;
use kql2sql::time::{write_datetime, write_timespan};
use std::fmt::Write;

/// Appends the value of `array` in `row` as JSON without blanks: structs and maps become bags, lists arrays, numbers and
/// bools themselves, all else a string. A field that is null is `null`.
pub fn write(array: &dyn Array, row: usize, out: &mut String) -> Result<()> {
    if array.is_null(row) {
        out.push_str("null");
        return Ok(());
    }
    match array.data_type() {
        DataType::Boolean => out.push_str(if array.as_boolean().value(row) { "true" } else { "false" }),
        t if t.is_unsigned_integer() => {
            let wide = cast_one(array, row, &DataType::UInt64)?;
            write_number(out, wide.as_primitive::<UInt64Type>().value(0));
        }
        t if t.is_integer() => {
            let wide = cast_one(array, row, &DataType::Int64)?;
            write_number(out, wide.as_primitive::<Int64Type>().value(0));
        }
        t if t.is_floating() => {
            let wide = cast_one(array, row, &DataType::Float64)?;
            let value = wide.as_primitive::<Float64Type>().value(0);
            match serde_json::Number::from_f64(value) {
                Some(number) => write_number(out, number),
                // JSON has no such numbers; Kusto writes them as strings.
                None if value.is_nan() => out.push_str("\"NaN\""),
                None if value > 0.0 => out.push_str("\"Infinity\""),
                None => out.push_str("\"-Infinity\""),
            }
        }
        DataType::Utf8 => push_string(out, array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => push_string(out, array.as_string::<i64>().value(row)),
        DataType::Utf8View => push_string(out, array.as_string_view().value(row)),
        DataType::Struct(fields) => {
            let columns = array.as_struct();
            out.push('{');
            for (i, (field, column)) in fields.iter().zip(columns.columns()).enumerate() {
                if i > 0 {
                    out.push(',');
                }
                push_string(out, field.name());
                out.push(':');
                write(column.as_ref(), row, out)?;
            }
            out.push('}');
        }
        DataType::Map(..) => {
            let entries = array.as_map().value(row);
            let (keys, values) = (entries.column(0), entries.column(1));
            out.push('{');
            for i in 0..entries.len() {
                if i > 0 {
                    out.push(',');
                }
                push_string(out, &plain_text(keys.as_ref(), i)?);
                out.push(':');
                write(values.as_ref(), i, out)?;
            }
            out.push('}');
        }
        DataType::List(_) => list(&array.as_list::<i32>().value(row), out)?,
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(row), out)?,
        DataType::FixedSizeList(..) => list(&array.as_fixed_size_list().value(row), out)?,
        DataType::ListView(_) => list(&array.as_list_view::<i32>().value(row), out)?,
        DataType::LargeListView(_) => list(&array.as_list_view::<i64>().value(row), out)?,
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => {
            let at = Conversion::of(array.data_type(), Type::DateTime).unwrap_or(Conversion::Refused);
            let at = at.apply(&array.slice(row, 1), Type::DateTime)?;
            out.push('"');
            write_datetime(ticks_from_nanos(at.as_primitive::<TimestampNanosecondType>().value(0)), out);
            out.push('"');
        }
        DataType::Dictionary(_, value) => write(cast_one(array, row, value)?.as_ref(), 0, out)?,
        DataType::Duration(unit) | DataType::Time32(unit) | DataType::Time64(unit) => {
            let ticks = Conversion::Ticks(*unit).apply(&array.slice(row, 1), Type::Timespan)?;
            out.push('"');
            write_timespan(ticks.as_primitive::<Int64Type>().value(0), out);
            out.push('"');
        }
        _ => push_string(out, &plain_text(array, row)?),
    }
    Ok(())
}

/// A value that JSON has no form for, or the key of a map, as text: bytes as a column of such bytes shows them.
fn plain_text(array: &dyn Array, row: usize) -> Result<String> {
    let value = array.slice(row, 1);
    let text = match value.data_type() {
        DataType::FixedSizeBinary(16) => Conversion::BytesToGuid.apply(&value, Type::Guid)?,
        t if is_binary(t) || matches!(t, DataType::FixedSizeBinary(_)) => text_of_bytes(&value)?,
        _ => cast(&value, &DataType::Utf8View)?,
    };
    Ok(text.as_string_view().value(0).to_owned())
}

fn list(items: &ArrayRef, out: &mut String) -> Result<()> {
    out.push('[');
    for i in 0..items.len() {
        if i > 0 {
            out.push(',');
        }
        write(items.as_ref(), i, out)?;
    }
    out.push(']');
    Ok(())
}

/// One value, cast; null where it does not fit.
fn cast_one(array: &dyn Array, row: usize, to: &DataType) -> Result<ArrayRef> {
    Ok(cast(&array.slice(row, 1), to)?)
}

fn write_number(out: &mut String, number: impl std::fmt::Display) {
    // Cannot fail: writing to a String.
    let _ = write!(out, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{
        BinaryArray, DictionaryArray, DurationSecondArray, FixedSizeBinaryArray, Float64Array, Int32Array,
        Int64Array, ListArray, MapBuilder, StringArray, StringBuilder, StructArray,
        TimestampMicrosecondArray,
    };
    use datafusion::arrow::datatypes::{Field, Int32Type, Int64Type};
    use std::sync::Arc;

    fn text(array: &dyn Array, row: usize) -> String {
        let mut out = String::new();
        write(array, row, &mut out).unwrap();
        out
    }

    #[test]
    fn structs_are_bags_and_lists_are_arrays() {
        let list = ListArray::from_iter_primitive::<Int64Type, _, _>([Some(vec![Some(1), None])]);
        let fields: Vec<(Arc<Field>, ArrayRef)> = vec![
            (Arc::new(Field::new("n", DataType::Int64, true)), Arc::new(Int64Array::from(vec![7]))),
            (
                Arc::new(Field::new("s", DataType::Utf8, true)),
                Arc::new(StringArray::from(vec!["a\"\\\n\u{1}é"])),
            ),
            (Arc::new(Field::new("l", list.data_type().clone(), true)), Arc::new(list)),
            (Arc::new(Field::new("r", DataType::Float64, true)), Arc::new(Float64Array::from(vec![0.5]))),
        ];
        let expected = r#"{"n":7,"s":"a\"\\\n\u0001é","l":[1,null],"r":0.5}"#;
        assert_eq!(text(&StructArray::from(fields), 0), expected);
        let parsed: serde_json::Value = serde_json::from_str(expected).unwrap();
        assert_eq!(parsed["s"], "a\"\\\n\u{1}é");
    }

    #[test]
    fn maps_are_bags() {
        let mut map = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
        map.keys().append_value("k");
        map.values().append_value("v");
        map.append(true).unwrap();
        assert_eq!(text(&map.finish(), 0), r#"{"k":"v"}"#);
    }

    #[test]
    fn bytes_and_times_of_day_are_texts() {
        let bytes = BinaryArray::from_vec(vec![b"a\xff"]);
        assert_eq!(text(&bytes, 0), "\"a\u{fffd}\"");
        let guid = FixedSizeBinaryArray::try_from_iter([vec![0_u8; 16]].into_iter()).unwrap();
        assert_eq!(text(&guid, 0), r#""00000000-0000-0000-0000-000000000000""#);
        let four = FixedSizeBinaryArray::try_from_iter([b"abcd"].into_iter()).unwrap();
        assert_eq!(text(&four, 0), r#""abcd""#);
        assert_eq!(text(&DurationSecondArray::from(vec![86_401]), 0), r#""1.00:00:01""#);
        let numbers: DictionaryArray<Int32Type> =
            DictionaryArray::new(Int32Array::from(vec![0]), Arc::new(Int64Array::from(vec![5])));
        assert_eq!(text(&numbers, 0), "5");
    }

    #[test]
    fn times_are_printed_with_seven_digits() {
        let times = TimestampMicrosecondArray::from(vec![1, 253_402_300_799_999_999]);
        assert_eq!(text(&times, 0), r#""1970-01-01T00:00:00.0000010Z""#);
        assert_eq!(text(&times, 1), r#""9999-12-31T23:59:59.9999990Z""#);
    }
}
