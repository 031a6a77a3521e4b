//! Values of results as JSON, and when two of them are the same value.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{
    DataType, Decimal128Type, Float64Type, Int32Type, Int64Type, TimeUnit, TimestampNanosecondType,
};
use kql2sql::Type;
use kql2sql::time::{write_datetime, write_timespan};
use serde_json::Value;

/// The Arrow type in which the engine computes a Kusto type.
pub fn physical(ty: Type) -> DataType {
    match ty {
        Type::Bool => DataType::Boolean,
        Type::Int => DataType::Int32,
        Type::Long | Type::Timespan => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Decimal => DataType::Decimal128(38, 18),
        Type::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, None),
        Type::String | Type::Guid | Type::Dynamic | Type::Unknown => DataType::Utf8View,
    }
}

/// The value in one cell; the array is one of a result.
pub fn value(array: &dyn Array, ty: Type, row: usize) -> Value {
    if array.is_null(row) {
        return if ty == Type::String { Value::from("") } else { Value::Null };
    }
    match ty {
        Type::Bool => array.as_boolean().value(row).into(),
        Type::Int => array.as_primitive::<Int32Type>().value(row).into(),
        Type::Long => array.as_primitive::<Int64Type>().value(row).into(),
        Type::Real => {
            let number = array.as_primitive::<Float64Type>().value(row);
            serde_json::Number::from_f64(number).map_or_else(|| infinite(number).into(), Value::Number)
        }
        Type::Decimal => number(&array.as_primitive::<Decimal128Type>().value_as_string(row)),
        Type::DateTime => {
            let nanos = array.as_primitive::<TimestampNanosecondType>().value(row);
            let mut text = String::new();
            write_datetime(lakehunt::functions::time::ticks_from_nanos(nanos), &mut text);
            text.into()
        }
        Type::Timespan => {
            let mut text = String::new();
            write_timespan(array.as_primitive::<Int64Type>().value(row), &mut text);
            text.into()
        }
        Type::String | Type::Guid | Type::Unknown => array.as_string_view().value(row).into(),
        Type::Dynamic => {
            let text = array.as_string_view().value(row);
            serde_json::from_str(text)
                .unwrap_or_else(|error| panic!("a dynamic value is no JSON: {text:?}: {error}"))
        }
    }
}

fn infinite(number: f64) -> &'static str {
    match number {
        _ if number.is_nan() => "NaN",
        _ if number > 0.0 => "Infinity",
        _ => "-Infinity",
    }
}

/// The number with these digits.
fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or_else(|error| panic!("{digits:?} is no number: {error}"))
}

/// Whether two values are the same: numbers by value (reals to 12 digits), objects whatever the order of their members.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => {
            if let (Some(x), Some(y)) = (x.as_i64(), y.as_i64()) {
                return x == y;
            }
            match (x.as_f64(), y.as_f64()) {
                (Some(x), Some(y)) => x == y || (x - y).abs() <= 1e-12 * x.abs().max(y.abs()),
                _ => false,
            }
        }
        (Value::Array(x), Value::Array(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y)),
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(key, x)| y.get(key).is_some_and(|y| same(x, y)))
        }
        _ => a == b,
    }
}

/// Whether two rows are the same.
pub fn same_row(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

/// Whether two tables are the same; the order of the rows counts only if `ordered`.
pub fn same_rows(a: &[Vec<Value>], b: &[Vec<Value>], ordered: bool) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if ordered {
        return a.iter().zip(b).all(|(a, b)| same_row(a, b));
    }
    let mut left: Vec<&Vec<Value>> = b.iter().collect();
    a.iter().all(|row| match left.iter().position(|other| same_row(row, other)) {
        Some(position) => {
            left.swap_remove(position);
            true
        }
        None => false,
    })
}
