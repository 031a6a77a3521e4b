//! Collecting the values of the rows into an array.

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int32Array, Int64Array, StringViewArray,
    StringViewBuilder, TimestampNanosecondArray,
};
use datafusion::arrow::datatypes::DataType;
use std::borrow::Cow;
use std::sync::Arc;

/// A value of a result row: `bool`, `i32`, `i64` (also timespans in ticks), `f64`, [`Nanos`], `i128` (a decimal in
/// units of 10⁻¹⁸), `String`, `&str`, `Cow<str>`.
pub trait Output: Sized {
    /// The array of the values of `rows` rows.
    fn array(rows: usize, value: impl FnMut(usize) -> Option<Self>) -> ArrayRef;
}

/// A `datetime`: nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nanos(pub i64);

macro_rules! primitive_output {
    ($($t:ty => $array:ty),*) => {$(
        impl Output for $t {
            fn array(rows: usize, value: impl FnMut(usize) -> Option<Self>) -> ArrayRef {
                Arc::new((0..rows).map(value).collect::<$array>())
            }
        }
    )*};
}

primitive_output!(bool => BooleanArray, i32 => Int32Array, i64 => Int64Array, f64 => Float64Array);

impl Output for Nanos {
    fn array(rows: usize, mut value: impl FnMut(usize) -> Option<Self>) -> ArrayRef {
        Arc::new((0..rows).map(|row| value(row).map(|n| n.0)).collect::<TimestampNanosecondArray>())
    }
}

impl Output for i128 {
    fn array(rows: usize, value: impl FnMut(usize) -> Option<Self>) -> ArrayRef {
        let array = (0..rows).map(value).collect::<Decimal128Array>();
        debug_assert_eq!(super::DECIMAL, DataType::Decimal128(38, 18));
        // Cannot fail: 18 digits after the point fit in 38.
        Arc::new(array.with_precision_and_scale(38, 18).expect("a valid precision and scale"))
    }
}

macro_rules! text_output {
    ($($t:ty),*) => {$(
        impl Output for $t {
            fn array(rows: usize, mut value: impl FnMut(usize) -> Option<Self>) -> ArrayRef {
                let mut builder = StringViewBuilder::with_capacity(rows);
                for row in 0..rows {
                    match value(row) {
                        Some(text) => builder.append_value(text),
                        None => builder.append_null(),
                    }
                }
                Arc::new(builder.finish())
            }
        }
    )*};
}

text_output!(String, &str, Cow<'_, str>);

/// The texts, copied where they are a small part of what they hold: a text of 30 bytes keeps the page of a megabyte that it
/// stands in, and a batch with rows from many pages keeps them all.
pub fn lean(texts: &StringViewArray) -> StringViewArray {
    let held: usize = texts.data_buffers().iter().map(|buffer| buffer.len()).sum();
    if texts.total_buffer_bytes_used() < held / 8 { texts.gc() } else { texts.clone() }
}
