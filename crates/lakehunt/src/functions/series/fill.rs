//! Filling in missing values: those that are null, or a given number.

use super::{Operand, array, kernel, number, number_array, numbers, push_number};
use crate::dynamic::number::Number;
use crate::functions::adapter::{ArgType, Args, ScalarKernel};
use crate::functions::dynamic::arrays::items;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::cmp::Ordering;

/// Filling.
pub static SCALARS: &[ScalarKernel] = &[
    // (series[, what is missing])
    kernel("kql_series_fill_forward", &[ArgType::Text, ArgType::Any], 1, |a| {
        let missing = Missing::of(a, 1)?;
        let series = a.text(0)?;
        a.collect(|row| {
            let missing = missing.number(row);
            let mut last = "null";
            Some(array(items(series.get_opt(row)?)?, |json, value| {
                let given = !is_missing(value, missing);
                if given {
                    last = value;
                }
                json.push_str(if given || last == "null" { value } else { last });
            }))
        })
    }),
    kernel("kql_series_fill_backward", &[ArgType::Text, ArgType::Any], 1, |a| {
        let missing = Missing::of(a, 1)?;
        let series = a.text(0)?;
        a.collect(|row| {
            let missing = missing.number(row);
            let mut values = items(series.get_opt(row)?)?;
            let mut next = None;
            for value in values.iter_mut().rev() {
                if !is_missing(value, missing) {
                    next = Some(*value);
                } else if let Some(next) = next {
                    *value = next;
                }
            }
            Some(array(values, String::push_str))
        })
    }),
    // (series, value[, what is missing])
    kernel("kql_series_fill_const", &[ArgType::Text, ArgType::Any, ArgType::Any], 1, |a| {
        let (series, constant, missing) = (a.text(0)?, Operand::of(a, 1)?, Missing::of(a, 2)?);
        a.collect(|row| {
            let (constant, missing) = (constant.number(row), missing.number(row));
            Some(array(items(series.get_opt(row)?)?, |json, value| match constant {
                Some(constant) if is_missing(value, missing) => push_number(json, constant),
                _ => json.push_str(value),
            }))
        })
    }),
    // (series[, what is missing[, fill the edges[, value for a series without values]]])
    kernel(
        "kql_series_fill_linear",
        &[ArgType::Text, ArgType::Any, ArgType::Bool, ArgType::Any],
        3,
        fill_linear,
    ),
];

/// What counts as missing: null if nothing is said.
struct Missing<'a>(Option<Operand<'a>>);

impl<'a> Missing<'a> {
    fn of(a: &Args<'a>, index: usize) -> Result<Missing<'a>> {
        Ok(Missing(if a.len() > index { Some(Operand::of(a, index)?) } else { None }))
    }

    fn number(&self, row: usize) -> Option<Number> {
        self.0.as_ref()?.number(row)
    }
}

fn is_missing(value: &str, missing: Option<Number>) -> bool {
    match missing {
        None => value == "null",
        Some(missing) => number(value).is_some_and(|n| n.compare(missing) == Some(Ordering::Equal)),
    }
}

fn fill_linear(a: &Args<'_>) -> Result<ArrayRef> {
    let (series, missing) = (a.text(0)?, Missing::of(a, 1)?);
    let edges = if a.len() > 2 { Some(a.bool(2)?) } else { None };
    let constant = if a.len() > 3 { Some(Operand::of(a, 3)?) } else { None };
    a.collect(|row| {
        let missing = missing.number(row);
        let mut values = numbers(series.get_opt(row))?;
        let is_missing = |value: Option<Number>| match (value, missing) {
            (None, None) => true,
            (Some(value), Some(missing)) => value.compare(missing) == Some(Ordering::Equal),
            _ => false,
        };
        let known: Vec<usize> =
            (0..values.len()).filter(|i| values[*i].is_some() && !is_missing(values[*i])).collect();
        let (Some(first), Some(last)) = (known.first().copied(), known.last().copied()) else {
            let constant = match &constant {
                None => Some(Number::Real(0.0)),
                Some(constant) => constant.number(row),
            };
            return Some(number_array(values.into_iter().map(|v| constant.or(v))));
        };
        // Among integers the line is cut down to integers.
        let whole = known.iter().all(|i| matches!(values[*i], Some(Number::Long(_))));
        for pair in known.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (Some(low), Some(high)) = (values[from].map(Number::real), values[to].map(Number::real))
            else {
                continue;
            };
            for (i, gap) in values.iter_mut().enumerate().take(to).skip(from + 1) {
                if is_missing(*gap) {
                    let value = low + (high - low) * (i - from) as f64 / (to - from) as f64;
                    *gap = Some(if whole { Number::Long(value as i64) } else { Number::Real(value) });
                }
            }
        }
        if edges.as_ref().is_none_or(|e| e.get(row) != Some(false)) {
            for i in (0..first).chain(last + 1..values.len()) {
                if is_missing(values[i]) {
                    values[i] = values[if i < first { first } else { last }];
                }
            }
        }
        Some(number_array(values))
    })
}
