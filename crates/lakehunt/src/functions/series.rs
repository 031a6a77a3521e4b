//! Series: dynamic arrays of numbers, element by element or as a whole. What is no array gives null; an element that
//! is no number is treated as each function says.

pub mod axis;
pub mod decompose;
pub mod elements;
pub mod fill;
pub mod filter;
pub mod fit;
pub mod fourier;
pub mod outliers;
pub mod stats;

use super::adapter::{ArgType, Args, ReturnType, ScalarKernel, Text, Values};
use super::dynamic::arrays::items;
use crate::dynamic::number::{Number, push_real};
use crate::dynamic::scan::Kind;
use datafusion::arrow::array::{ArrayRef, AsArray, StructArray};
use datafusion::arrow::datatypes::{
    DataType, Decimal128Type, Field, Fields, Float64Type, Int32Type, Int64Type,
};
use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::ColumnarValue;
use std::sync::Arc;

/// The values of the functions that give several: (struct, index). A struct is made by a volatile function, so that the
/// planner copies it nowhere, and read by these rather than by `get_field`, which would be moved down together with it.
pub static SCALARS: &[ScalarKernel] = &[
    part("kql_part_real", ReturnType::Real),
    part("kql_part_long", ReturnType::Long),
    part("kql_part_dynamic", ReturnType::Dynamic),
];

const fn part(name: &'static str, returns: ReturnType) -> ScalarKernel {
    ScalarKernel {
        name,
        args: &[ArgType::Any, ArgType::Long],
        returns,
        eval: |a| {
            let parts = a.array(0)?;
            let index = a.long(1)?.constant().flatten().and_then(|i| usize::try_from(i).ok());
            match parts.as_struct_opt().and_then(|s| s.columns().get(index?)) {
                Some(part) => Ok(part.clone()),
                None => internal_err!("there is no such value among several"),
            }
        },
        ..ScalarKernel::BASE
    }
}

/// A function of arrays that gives an array.
const fn kernel(
    name: &'static str,
    args: &'static [ArgType],
    optional: usize,
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, args, optional, returns: ReturnType::Dynamic, eval, ..ScalarKernel::BASE }
}

/// The number that an element is; JSON writes the reals that are no numbers as strings.
fn number(json: &str) -> Option<Number> {
    match Kind::of(json)? {
        Kind::Number => Number::parse(json),
        Kind::String => match json {
            "\"NaN\"" => Some(Number::Real(f64::NAN)),
            "\"Infinity\"" => Some(Number::Real(f64::INFINITY)),
            "\"-Infinity\"" => Some(Number::Real(f64::NEG_INFINITY)),
            _ => None,
        },
        _ => None,
    }
}

/// The elements of an array, `None` for one that is no number.
fn numbers(json: Option<&str>) -> Option<Vec<Option<Number>>> {
    Some(items(json?)?.into_iter().map(number).collect())
}

/// The elements of an array of nothing but numbers, as reals.
fn reals(json: Option<&str>) -> Option<Vec<f64>> {
    numbers(json)?.into_iter().map(|n| n.map(Number::real)).collect()
}

/// Appends a number as JSON.
fn push_number(json: &mut String, number: Number) {
    match number {
        Number::Long(long) => json.push_str(&long.to_string()),
        Number::Real(real) => push_real(json, real),
    }
}

/// The JSON array of the values that `push` appends.
fn array<T>(values: impl IntoIterator<Item = T>, mut push: impl FnMut(&mut String, T)) -> String {
    let mut json = String::from("[");
    for (i, value) in values.into_iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        push(&mut json, value);
    }
    json.push(']');
    json
}

/// The JSON array of numbers and nulls.
fn number_array(values: impl IntoIterator<Item = Option<Number>>) -> String {
    array(values, |json, value| match value {
        Some(number) => push_number(json, number),
        None => json.push_str("null"),
    })
}

/// The JSON array of reals.
fn real_array(values: impl IntoIterator<Item = f64>) -> String {
    array(values, push_real)
}

/// An argument that is a number or an array of them.
enum Operand<'a> {
    Json(Text<'a>),
    Int(Values<'a, Int32Type>),
    Long(Values<'a, Int64Type>),
    Real(Values<'a, Float64Type>),
    Decimal(Values<'a, Decimal128Type>),
}

/// The value of an [`Operand`].
enum Value {
    /// The same number for every element; `None` is null.
    One(Option<Number>),
    /// A number for each element.
    Many(Vec<Option<Number>>),
}

impl<'a> Operand<'a> {
    fn of(a: &Args<'a>, index: usize) -> Result<Operand<'a>> {
        let data_type = match a.columnar(index)? {
            ColumnarValue::Array(array) => array.data_type().clone(),
            ColumnarValue::Scalar(scalar) => scalar.data_type(),
        };
        Ok(match data_type {
            DataType::Utf8View | DataType::Null => Operand::Json(a.text(index)?),
            DataType::Int32 => Operand::Int(a.int(index)?),
            DataType::Int64 => Operand::Long(a.long(index)?),
            DataType::Float64 => Operand::Real(a.real(index)?),
            DataType::Decimal128(..) => Operand::Decimal(a.decimal(index)?),
            other => return internal_err!("argument {index} is {other}, neither a number nor an array"),
        })
    }

    /// The value in a row; `None` for a dynamic value that is neither an array nor a number.
    fn get(&self, row: usize) -> Option<Value> {
        Some(Value::One(match self {
            Operand::Json(text) => {
                let json = text.get_opt(row)?;
                match numbers(Some(json)) {
                    Some(many) => return Some(Value::Many(many)),
                    None => Some(number(json)?),
                }
            }
            Operand::Int(values) => values.get(row).map(|n| Number::Long(n.into())),
            Operand::Long(values) => values.get(row).map(Number::Long),
            Operand::Real(values) => values.get(row).map(Number::Real),
            Operand::Decimal(values) => values.get(row).map(|n| Number::Real(n as f64 / 1e18)),
        }))
    }

    /// The single number in a row.
    fn number(&self, row: usize) -> Option<Number> {
        match self.get(row)? {
            Value::One(number) => number,
            Value::Many(_) => None,
        }
    }
}

impl Value {
    fn len(&self) -> Option<usize> {
        match self {
            Value::One(_) => None,
            Value::Many(values) => Some(values.len()),
        }
    }

    fn get(&self, index: usize) -> Option<Number> {
        match self {
            Value::One(number) => *number,
            Value::Many(values) => values.get(index).copied().flatten(),
        }
    }
}

/// The type of a function with several results: a struct of `f0`, `f1` …
fn several(types: &[DataType]) -> DataType {
    DataType::Struct(fields(types.iter()))
}

fn fields<'a>(types: impl Iterator<Item = &'a DataType>) -> Fields {
    types.enumerate().map(|(i, t)| Field::new(format!("f{i}"), t.clone(), true)).collect()
}

/// The results of a function with several of them.
fn columns(arrays: Vec<ArrayRef>, rows: usize) -> Result<ArrayRef> {
    let fields = fields(arrays.iter().map(|a| a.data_type()));
    Ok(Arc::new(StructArray::try_new_with_length(fields, arrays, None, rows)?))
}
