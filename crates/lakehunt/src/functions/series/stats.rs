//! One number, or a few, for a whole series.

use super::{Operand, Value, columns, number, push_number, reals, several};
use crate::dynamic::number::Number;
use crate::functions::adapter::{ArgType, Args, Bools, ReturnType, ScalarKernel, Text};
use crate::functions::dynamic::arrays::items;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType::{Float64, Int64};
use datafusion::common::Result;

/// Statistics.
pub static SCALARS: &[ScalarKernel] = &[
    // (series[, ignore what is not finite])
    ScalarKernel {
        name: "kql_series_stats",
        args: &[ArgType::Text, ArgType::Bool],
        optional: 1,
        returns: ReturnType::With(|_| several(&[Float64, Int64, Float64, Int64, Float64, Float64, Float64])),
        volatile: true,
        eval: |a| {
            let stats = all_stats(a)?;
            let real = |f: fn(&Stats) -> f64| a.collect(|row| stats[row].as_ref().map(f));
            let long = |f: fn(&Stats) -> usize| a.collect(|row| stats[row].as_ref().map(|s| f(s) as i64));
            let arrays = vec![
                real(|s| s.min)?,
                long(|s| s.min_index)?,
                real(|s| s.max)?,
                long(|s| s.max_index)?,
                real(Stats::average)?,
                real(|s| s.variance.sqrt())?,
                real(|s| s.variance)?,
            ];
            columns(arrays, a.rows())
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_series_stats_dynamic",
        args: &[ArgType::Text, ArgType::Bool],
        optional: 1,
        returns: ReturnType::Dynamic,
        eval: |a| {
            let stats = all_stats(a)?;
            a.collect(|row| stats[row].as_ref().map(Stats::json))
        },
        ..ScalarKernel::BASE
    },
    real("kql_series_product", &[ArgType::Text], 0, |a| {
        let series = a.text(0)?;
        a.collect(|row| {
            let values = items(series.get_opt(row)?)?.into_iter().filter_map(number).map(Number::real);
            values.reduce(|x, y| x * y)
        })
    }),
    real("kql_series_magnitude", &[ArgType::Text], 0, |a| {
        let series = Operand::of(a, 0)?;
        a.collect(|row| {
            let series = series.get(row)?;
            dot(&series, &series).map(f64::sqrt)
        })
    }),
    real("kql_series_dot_product", &[ArgType::Any, ArgType::Any], 0, |a| {
        let (left, right) = (Operand::of(a, 0)?, Operand::of(a, 1)?);
        a.collect(|row| dot(&left.get(row)?, &right.get(row)?))
    }),
    // (series, series[, magnitude of the first[, magnitude of the second]])
    real(
        "kql_series_cosine_similarity",
        &[ArgType::Text, ArgType::Text, ArgType::Real, ArgType::Real],
        2,
        cosine,
    ),
    real("kql_series_pearson_correlation", &[ArgType::Text, ArgType::Text], 0, |a| {
        let (left, right) = (a.text(0)?, a.text(1)?);
        a.collect(|row| {
            let (left, right) = (reals(left.get_opt(row))?, reals(right.get_opt(row))?);
            if left.len() != right.len() || left.is_empty() {
                return None;
            }
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            let (x, y) = (mean(&left), mean(&right));
            let products = |f: fn(f64, f64) -> f64| -> f64 {
                left.iter().zip(&right).map(|(a, b)| f(a - x, b - y)).sum()
            };
            Some(products(|a, b| a * b) / (products(|a, _| a * a) * products(|_, b| b * b)).sqrt())
        })
    }),
];

const fn real(
    name: &'static str,
    args: &'static [ArgType],
    optional: usize,
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, args, optional, returns: ReturnType::Real, eval, ..ScalarKernel::BASE }
}

/// The products of the elements added up, as far as both series go; what is no number is left out. Null for an empty
/// series.
fn dot(left: &Value, right: &Value) -> Option<f64> {
    let length = match (left.len(), right.len()) {
        (Some(left), Some(right)) => left.min(right),
        (left, right) => left.or(right)?,
    };
    if length == 0 {
        return None;
    }
    let products = (0..length).filter_map(|i| Some(left.get(i)?.real() * right.get(i)?.real()));
    // `sum` would begin at -0.0.
    Some(products.fold(0.0, |sum, product| sum + product))
}

fn cosine(a: &Args<'_>) -> Result<ArrayRef> {
    let (left, right) = (Operand::of(a, 0)?, Operand::of(a, 1)?);
    let given = |i: usize| if a.len() > i { a.real(i).map(Some) } else { Ok(None) };
    let magnitudes = (given(2)?, given(3)?);
    a.collect(|row| {
        let (Value::Many(mut left), Value::Many(mut right)) = (left.get(row)?, right.get(row)?) else {
            return None;
        };
        let length = left.len().min(right.len());
        left.truncate(length);
        right.truncate(length);
        let (left, right) = (Value::Many(left), Value::Many(right));
        let product = dot(&left, &right)?;
        let first =
            magnitudes.0.as_ref().and_then(|m| m.get(row)).or_else(|| dot(&left, &left).map(f64::sqrt));
        let second =
            magnitudes.1.as_ref().and_then(|m| m.get(row)).or_else(|| dot(&right, &right).map(f64::sqrt));
        Some(product / (first? * second?))
    })
}

/// What `series_stats` says of a series.
struct Stats {
    min: f64,
    min_index: usize,
    max: f64,
    max_index: usize,
    sum: f64,
    /// How many values were counted.
    count: usize,
    variance: f64,
    length: usize,
}

fn all_stats(a: &Args<'_>) -> Result<Vec<Option<Stats>>> {
    let series = a.text(0)?;
    let ignore = if a.len() > 1 { Some(a.bool(1)?) } else { None };
    Ok((0..a.rows()).map(|row| Stats::of(&series, &ignore, row)).collect())
}

impl Stats {
    /// `None` for what is no array or has no values, and for values that are not finite unless they are ignored.
    fn of(series: &Text<'_>, ignore: &Option<Bools<'_>>, row: usize) -> Option<Stats> {
        let items = items(series.get_opt(row)?)?;
        let ignore = ignore.as_ref().is_some_and(|i| i.get(row) == Some(true));
        let mut values = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            match number(item).map(Number::real).filter(|x| x.is_finite()) {
                Some(value) => values.push((i, value)),
                None if ignore => {}
                None => return None,
            }
        }
        let &(first_index, first) = values.first()?;
        let (mut min, mut max, mut sum) = ((first, first_index), (first, first_index), 0.0);
        for &(i, value) in &values {
            sum += value;
            if value < min.0 {
                min = (value, i);
            }
            if value > max.0 {
                max = (value, i);
            }
        }
        let average = sum / values.len() as f64;
        let squares: f64 = values.iter().map(|(_, v)| (v - average) * (v - average)).sum();
        let variance = if values.len() > 1 { squares / (values.len() - 1) as f64 } else { 0.0 };
        Some(Stats {
            min: min.0,
            min_index: min.1,
            max: max.0,
            max_index: max.1,
            sum,
            count: values.len(),
            variance,
            length: items.len(),
        })
    }

    fn average(&self) -> f64 {
        self.sum / self.count as f64
    }

    fn json(&self) -> String {
        let mut json = String::new();
        let members = [
            ("min", Number::Real(self.min)),
            ("min_idx", Number::Long(self.min_index as i64)),
            ("max", Number::Real(self.max)),
            ("max_idx", Number::Long(self.max_index as i64)),
            ("avg", Number::Real(self.average())),
            ("stdev", Number::Real(self.variance.sqrt())),
            ("variance", Number::Real(self.variance)),
            ("sum", Number::Real(self.sum)),
            ("len", Number::Long(self.length as i64)),
        ];
        for (name, value) in members {
            json.push_str(if json.is_empty() { "{\"" } else { ",\"" });
            json.push_str(name);
            json.push_str("\":");
            push_number(&mut json, value);
        }
        json.push('}');
        json
    }
}
