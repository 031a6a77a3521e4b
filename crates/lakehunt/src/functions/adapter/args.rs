//! The arguments of one call, for a batch of rows.

use super::output::{Nanos, Output};
use datafusion::arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, PrimitiveArray, StringViewArray,
    StringViewBuilder,
};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::arrow::datatypes::{
    DataType, Decimal128Type, Float64Type, Int32Type, Int64Type, TimestampNanosecondType,
};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::ColumnarValue;
use std::sync::Arc;

/// The arguments of one call, for a batch of rows.
#[derive(Debug)]
pub struct Args<'a> {
    values: &'a [ColumnarValue],
    rows: usize,
    returns: &'a DataType,
}

impl<'a> Args<'a> {
    /// Arguments for `rows` rows; every array among `values` has that many.
    pub fn new(values: &'a [ColumnarValue], rows: usize, returns: &'a DataType) -> Self {
        Args { values, rows, returns }
    }

    /// How many rows there are. It is 1 where all arguments are constants.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many arguments there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether the function was called without arguments.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The physical type that the result must have.
    pub fn returns(&self) -> &'a DataType {
        self.returns
    }

    /// The physical type of an argument.
    pub fn data_type(&self, index: usize) -> DataType {
        self.values.get(index).map_or(DataType::Null, ColumnarValue::data_type)
    }

    /// The argument as an array of `rows` values, whatever it is.
    pub fn array(&self, index: usize) -> Result<ArrayRef> {
        self.columnar(index)?.to_array(self.rows)
    }

    /// The value of an argument that is constant in this batch.
    pub fn scalar(&self, index: usize) -> Option<&'a ScalarValue> {
        match self.values.get(index) {
            Some(ColumnarValue::Scalar(s)) => Some(s),
            _ => None,
        }
    }

    /// The argument as it is.
    pub fn columnar(&self, index: usize) -> Result<&'a ColumnarValue> {
        match self.values.get(index) {
            Some(v) => Ok(v),
            None => internal_err!("argument {index} is not there"),
        }
    }

    /// A string argument (also a guid or a dynamic value).
    pub fn text(&self, index: usize) -> Result<Text<'a>> {
        Ok(match self.columnar(index)? {
            ColumnarValue::Scalar(s) if s.is_null() => Text::Constant(None),
            ColumnarValue::Scalar(s) => match s.try_as_str() {
                Some(s) => Text::Constant(s),
                None => return internal_err!("argument {index} is {}, not a string", s.data_type()),
            },
            ColumnarValue::Array(a) => match a.as_string_view_opt() {
                Some(a) => Text::Column(a),
                None if *a.data_type() == DataType::Null => Text::Constant(None),
                None => return internal_err!("argument {index} is {}, not a string", a.data_type()),
            },
        })
    }

    /// A `long` or `timespan` argument.
    pub fn long(&self, index: usize) -> Result<Values<'a, Int64Type>> {
        self.primitive(index)
    }

    /// An `int` argument.
    pub fn int(&self, index: usize) -> Result<Values<'a, Int32Type>> {
        self.primitive(index)
    }

    /// A `real` argument.
    pub fn real(&self, index: usize) -> Result<Values<'a, Float64Type>> {
        self.primitive(index)
    }

    /// A `decimal` argument: units of 10⁻¹⁸.
    pub fn decimal(&self, index: usize) -> Result<Values<'a, Decimal128Type>> {
        self.primitive(index)
    }

    /// A `datetime` argument: nanoseconds since 1970; see [`crate::functions::time`] for ticks.
    pub fn datetime(&self, index: usize) -> Result<Values<'a, TimestampNanosecondType>> {
        self.primitive(index)
    }

    /// A `bool` argument.
    pub fn bool(&self, index: usize) -> Result<Bools<'a>> {
        Ok(match self.columnar(index)? {
            ColumnarValue::Scalar(s) if s.is_null() => Bools::Constant(None),
            ColumnarValue::Scalar(ScalarValue::Boolean(b)) => Bools::Constant(*b),
            ColumnarValue::Scalar(s) => {
                return internal_err!("argument {index} is {}, not a bool", s.data_type());
            }
            ColumnarValue::Array(a) => match a.as_boolean_opt() {
                Some(a) => Bools::Column(a),
                None if *a.data_type() == DataType::Null => Bools::Constant(None),
                None => return internal_err!("argument {index} is {}, not a bool", a.data_type()),
            },
        })
    }

    fn primitive<T: ArrowPrimitiveType>(&self, index: usize) -> Result<Values<'a, T>> {
        Ok(match self.columnar(index)? {
            ColumnarValue::Scalar(s) if s.is_null() => Values::Constant(None),
            ColumnarValue::Scalar(s) => match s.to_array()?.as_primitive_opt::<T>() {
                Some(a) => Values::Constant(Some(a.value(0))),
                None => return internal_err!("argument {index} is {}, not {}", s.data_type(), T::DATA_TYPE),
            },
            ColumnarValue::Array(a) => match a.as_primitive_opt::<T>() {
                Some(a) => Values::Column(a),
                None if *a.data_type() == DataType::Null => Values::Constant(None),
                None => return internal_err!("argument {index} is {}, not {}", a.data_type(), T::DATA_TYPE),
            },
        })
    }

    /// The result, computed row by row; `None` is null. See [`Output`] for the types that `T` may be.
    pub fn collect<T: Output>(&self, value: impl FnMut(usize) -> Option<T>) -> Result<ArrayRef> {
        Ok(T::array(self.rows, value))
    }

    /// An answer for each row, none of them null. Where the other arguments are constants, a text that the string argument
    /// at `index` repeats is asked about once: a column that has a dictionary in its file has few texts.
    pub fn answers(&self, index: usize, mut answer: impl FnMut(usize) -> bool) -> ArrayRef {
        let constants = self.values.iter().filter(|v| matches!(v, ColumnarValue::Scalar(_))).count();
        let buffer = match self.text(index) {
            Ok(Text::Column(texts)) if constants + 1 == self.len() => {
                let mut known = Known::new();
                BooleanBuffer::collect_bool(self.rows, |row| {
                    // A null has no text to be known by.
                    if texts.is_null(row) || !known.pays() {
                        answer(row)
                    } else {
                        known.get(texts.views()[row], || answer(row))
                    }
                })
            }
            _ => BooleanBuffer::collect_bool(self.rows, answer),
        };
        Arc::new(BooleanArray::new(buffer, None))
    }

    /// A string result: the closure writes each row's text into the (empty) buffer and says whether it is
    /// not null. One buffer serves all rows.
    pub fn collect_text(&self, mut write: impl FnMut(usize, &mut String) -> bool) -> Result<ArrayRef> {
        let mut builder = StringViewBuilder::with_capacity(self.rows);
        let mut buffer = String::new();
        for row in 0..self.rows {
            buffer.clear();
            if write(row, &mut buffer) {
                builder.append_value(&buffer);
            } else {
                builder.append_null();
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    /// A `datetime` result from nanoseconds.
    pub fn collect_datetime(&self, mut nanos: impl FnMut(usize) -> Option<i64>) -> Result<ArrayRef> {
        self.collect(|row| nanos(row).map(Nanos))
    }
}

/// Answers about the texts of one array, by their views: where two views are the same, so are the texts. A text that falls
/// on the place of another one pushes it out.
struct Known {
    answers: Vec<(u128, bool)>,
    asked: usize,
    missed: usize,
}

impl Known {
    const BITS: u32 = 8;

    fn new() -> Known {
        // No text is that long.
        Known { answers: vec![(u128::MAX, false); 1 << Self::BITS], asked: 0, missed: 0 }
    }

    /// Whether texts come again often enough to be remembered.
    #[inline]
    fn pays(&self) -> bool {
        self.missed < 1 << Self::BITS || self.missed * 2 < self.asked
    }

    #[inline]
    fn get(&mut self, view: u128, answer: impl FnOnce() -> bool) -> bool {
        let mixed = (view as u64 ^ (view >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = &mut self.answers[(mixed >> (u64::BITS - Self::BITS)) as usize];
        self.asked += 1;
        if place.0 != view {
            self.missed += 1;
            *place = (view, answer());
        }
        place.1
    }
}

/// A string argument.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// The same in all rows.
    Constant(Option<&'a str>),
    /// One value a row.
    Column(&'a StringViewArray),
}

impl<'a> Text<'a> {
    /// The value; NULL reads as "".
    #[inline]
    pub fn get(&self, row: usize) -> &'a str {
        self.get_opt(row).unwrap_or("")
    }

    /// The value, or `None` for NULL: for `dynamic`, where that is null.
    #[inline]
    pub fn get_opt(&self, row: usize) -> Option<&'a str> {
        match *self {
            Text::Constant(value) => value,
            Text::Column(array) => (!array.is_null(row)).then(|| array.value(row)),
        }
    }

    /// The value, where it is the same in all rows; NULL reads as "".
    pub fn constant(&self) -> Option<&'a str> {
        match *self {
            Text::Constant(value) => Some(value.unwrap_or("")),
            Text::Column(_) => None,
        }
    }
}

/// An argument of a primitive type.
#[derive(Debug, Clone, Copy)]
pub enum Values<'a, T: ArrowPrimitiveType> {
    /// The same in all rows.
    Constant(Option<T::Native>),
    /// One value a row.
    Column(&'a PrimitiveArray<T>),
}

impl<T: ArrowPrimitiveType> Values<'_, T> {
    /// The value, `None` for null.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T::Native> {
        match self {
            Values::Constant(value) => *value,
            Values::Column(array) => (!array.is_null(row)).then(|| array.value(row)),
        }
    }

    /// The value, where it is the same in all rows: `Some(None)` is a constant null.
    pub fn constant(&self) -> Option<Option<T::Native>> {
        match self {
            Values::Constant(value) => Some(*value),
            Values::Column(_) => None,
        }
    }
}

/// A `bool` argument.
#[derive(Debug, Clone, Copy)]
pub enum Bools<'a> {
    /// The same in all rows.
    Constant(Option<bool>),
    /// One value a row.
    Column(&'a BooleanArray),
}

impl Bools<'_> {
    /// The value, `None` for null.
    #[inline]
    pub fn get(&self, row: usize) -> Option<bool> {
        match self {
            Bools::Constant(value) => *value,
            Bools::Column(array) => (!array.is_null(row)).then(|| array.value(row)),
        }
    }
}
