//! `make-series`: values in their places on an axis.

use super::{Operand, array, numbers};
use crate::dynamic::number::Number;
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use crate::functions::dynamic::arrays::{items, value};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

/// As many points as Kusto makes at most, <https://learn.microsoft.com/kusto/query/make-series-operator>.
const MOST: usize = 1 << 20;

/// Series over an axis.
pub static SCALARS: &[ScalarKernel] = &[
    // (places, values, first place, last place, step, default): an element for each step from the first place to the
    // last, the value whose place it is or the default.
    ScalarKernel {
        name: "kql_make_series",
        args: &[ArgType::Text, ArgType::Text, ArgType::Any, ArgType::Any, ArgType::Any, ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: make_series,
        ..ScalarKernel::BASE
    },
];

fn make_series(a: &Args<'_>) -> Result<ArrayRef> {
    let (places, values, default) = (a.text(0)?, a.text(1)?, a.text(5)?);
    let (first, last, step) = (Operand::of(a, 2)?, Operand::of(a, 3)?, Operand::of(a, 4)?);
    a.collect(|row| {
        let (first, last, step) = (first.number(row)?, last.number(row)?, step.number(row)?);
        let count = index(last, first, step)?.checked_add(1)?.clamp(0, MOST as i64) as usize;
        let mut points = vec![value(default.get_opt(row)); count];
        let places = numbers(places.get_opt(row)).unwrap_or_default();
        let values = values.get_opt(row).and_then(items).unwrap_or_default();
        for (place, value) in places.into_iter().flatten().zip(values) {
            let at = index(place, first, step).and_then(|i| usize::try_from(i).ok());
            if let Some(point) = at.and_then(|at| points.get_mut(at)) {
                *point = value;
            }
        }
        Some(array(points, String::push_str))
    })
}

/// How many whole steps lie between two places; `None` for steps that lead nowhere.
fn index(place: Number, first: Number, step: Number) -> Option<i64> {
    match (place, first, step) {
        (Number::Long(place), Number::Long(first), Number::Long(step)) => {
            let distance = i128::from(place) - i128::from(first);
            (step > 0).then(|| distance.div_euclid(i128::from(step)) as i64)
        }
        _ => {
            // What rounding puts just below a whole number of steps is one.
            let steps = (place.real() - first.real()) / step.real();
            (step.real() > 0.0).then(|| (steps + 1e-9).floor() as i64)
        }
    }
}
