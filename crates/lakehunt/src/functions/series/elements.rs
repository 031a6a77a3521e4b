//! Functions that work on the elements one by one. An element that is no number, or that the shorter of two arrays
//! does not have, gives null.

use super::{Operand, Value, array, kernel, number_array, numbers};
use crate::dynamic::number::Number;
use crate::functions::adapter::{ArgType, Args, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::cmp::Ordering;

/// Functions of elements.
pub static SCALARS: &[ScalarKernel] = &[
    arithmetic("kql_series_add", |a| calculate(a, i64::wrapping_add, |x, y| x + y)),
    arithmetic("kql_series_subtract", |a| calculate(a, i64::wrapping_sub, |x, y| x - y)),
    arithmetic("kql_series_multiply", |a| calculate(a, i64::wrapping_mul, |x, y| x * y)),
    arithmetic("kql_series_divide", |a| combine(a, |x, y| Some(Number::Real(x.real() / y.real())))),
    arithmetic("kql_series_pow", |a| combine(a, |x, y| Some(Number::Real(x.real().powf(y.real()))))),
    arithmetic("kql_series_greater", |a| test(a, |o| o == Some(Ordering::Greater))),
    arithmetic("kql_series_greater_equals", |a| test(a, |o| o.is_some_and(Ordering::is_ge))),
    arithmetic("kql_series_less", |a| test(a, |o| o == Some(Ordering::Less))),
    arithmetic("kql_series_less_equals", |a| test(a, |o| o.is_some_and(Ordering::is_le))),
    arithmetic("kql_series_equals", |a| test(a, |o| o == Some(Ordering::Equal))),
    arithmetic("kql_series_not_equals", |a| test(a, |o| o != Some(Ordering::Equal))),
    each("kql_series_abs", |a| {
        map(a, |x| match x {
            Number::Long(n) => Number::Long(n.wrapping_abs()),
            Number::Real(x) => Number::Real(x.abs()),
        })
    }),
    each("kql_series_sign", |a| {
        map(a, |x| match x {
            Number::Long(n) => Number::Long(n.signum()),
            Number::Real(x) => Number::Long(i64::from(x > 0.0) - i64::from(x < 0.0)),
        })
    }),
    each("kql_series_ceiling", |a| map_real(a, f64::ceil)),
    each("kql_series_floor", |a| map_real(a, f64::floor)),
    each("kql_series_exp", |a| map_real(a, f64::exp)),
    each("kql_series_log", |a| map_real(a, f64::ln)),
    each("kql_series_sin", |a| map_real(a, f64::sin)),
    each("kql_series_cos", |a| map_real(a, f64::cos)),
    each("kql_series_tan", |a| map_real(a, f64::tan)),
    each("kql_series_asin", |a| map_real(a, f64::asin)),
    each("kql_series_acos", |a| map_real(a, f64::acos)),
    each("kql_series_atan", |a| map_real(a, f64::atan)),
];

/// A function of two arrays, of which one may be a number.
const fn arithmetic(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    kernel(name, &[ArgType::Any, ArgType::Any], 0, eval)
}

/// A function of one array.
const fn each(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    kernel(name, &[ArgType::Text], 0, eval)
}

fn map(a: &Args<'_>, f: impl Fn(Number) -> Number) -> Result<ArrayRef> {
    let series = a.text(0)?;
    a.collect(|row| Some(number_array(numbers(series.get_opt(row))?.into_iter().map(|n| n.map(&f)))))
}

fn map_real(a: &Args<'_>, f: impl Fn(f64) -> f64) -> Result<ArrayRef> {
    map(a, |n| Number::Real(f(n.real())))
}

/// The pairs of elements of two operands; the longer array counts. `None` where neither is an array.
fn pairs(left: &Value, right: &Value) -> Option<impl Iterator<Item = Option<(Number, Number)>>> {
    let length = left.len().max(right.len())?;
    Some((0..length).map(|i| Some((left.get(i)?, right.get(i)?))))
}

fn combine(a: &Args<'_>, f: impl Fn(Number, Number) -> Option<Number>) -> Result<ArrayRef> {
    let (left, right) = (Operand::of(a, 0)?, Operand::of(a, 1)?);
    a.collect(|row| {
        let (left, right) = (left.get(row)?, right.get(row)?);
        Some(number_array(pairs(&left, &right)?.map(|pair| pair.and_then(|(x, y)| f(x, y)))))
    })
}

/// Arithmetic that keeps integers integers.
fn calculate(a: &Args<'_>, long: fn(i64, i64) -> i64, real: fn(f64, f64) -> f64) -> Result<ArrayRef> {
    combine(a, |x, y| {
        Some(match (x, y) {
            (Number::Long(x), Number::Long(y)) => Number::Long(long(x, y)),
            _ => Number::Real(real(x.real(), y.real())),
        })
    })
}

fn test(a: &Args<'_>, holds: impl Fn(Option<Ordering>) -> bool) -> Result<ArrayRef> {
    let (left, right) = (Operand::of(a, 0)?, Operand::of(a, 1)?);
    a.collect(|row| {
        let (left, right) = (left.get(row)?, right.get(row)?);
        Some(array(pairs(&left, &right)?, |json, pair| {
            json.push_str(match pair {
                Some((x, y)) if holds(x.compare(y)) => "true",
                Some(_) => "false",
                None => "null",
            });
        }))
    })
}
