//! `percentile`, `percentiles` and the weighted forms, by the nearest rank. Kusto estimates with t-digests; here
//! they are exact.
//!
//! <https://learn.microsoft.com/kusto/query/percentiles-aggregation-function>

use super::digest::{Digest, Kind};
use super::grouped::{self, Grouped};
use super::sketch::Sketch;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int64Array, LargeBinaryBuilder, StringViewBuilder, StructArray,
    TimestampNanosecondArray,
};
use datafusion::arrow::datatypes::{
    DataType, Field, Fields, Float64Type, Int64Type, TimestampNanosecondType,
};
use datafusion::common::{Result, internal_err, plan_err};
use std::sync::Arc;

/// `kql_percentile(value, percentile)`: the value, of the type of `value`; null where there is none.
pub const PERCENTILE: AggregateKernel = AggregateKernel {
    name: "kql_percentile",
    args: &[ArgType::Any, ArgType::Real],
    optional: 0,
    variadic: None,
    returns: ReturnType::SameAs(0),
    ordered: false,
    saved: |_| saved(false),
    state: |call| percentiles(call, false, false),
};

/// `kql_percentiles(value, percentile, …)`: a struct of `f0`, `f1` …
pub const PERCENTILES: AggregateKernel = AggregateKernel {
    name: "kql_percentiles",
    args: &[ArgType::Any],
    variadic: Some(ArgType::Real),
    returns: ReturnType::With(|args| fields(args, 1)),
    state: |call| percentiles(call, false, true),
    ..PERCENTILE
};

/// `kql_percentilew(value, weight, percentile)`
pub const PERCENTILEW: AggregateKernel = AggregateKernel {
    name: "kql_percentilew",
    args: &[ArgType::Any, ArgType::Long, ArgType::Real],
    saved: |_| saved(true),
    state: |call| percentiles(call, true, false),
    ..PERCENTILE
};

/// `kql_percentilesw(value, weight, percentile, …)`: a struct of `f0`, `f1` …
pub const PERCENTILESW: AggregateKernel = AggregateKernel {
    name: "kql_percentilesw",
    args: &[ArgType::Any, ArgType::Long],
    variadic: Some(ArgType::Real),
    returns: ReturnType::With(|args| fields(args, 2)),
    saved: |_| saved(true),
    state: |call| percentiles(call, true, true),
    ..PERCENTILE
};

/// `kql_tdigest(value, kind)`: the values as a sketch; `kind` names Kusto's type of them.
pub const TDIGEST: AggregateKernel = AggregateKernel {
    name: "kql_tdigest",
    args: &[ArgType::Any, ArgType::Text],
    returns: ReturnType::Dynamic,
    state: |call| digests(call, false),
    ..PERCENTILE
};

/// `kql_tdigestw(value, weight, kind)`
pub const TDIGESTW: AggregateKernel = AggregateKernel {
    name: "kql_tdigestw",
    args: &[ArgType::Any, ArgType::Long, ArgType::Text],
    state: |call| digests(call, true),
    ..TDIGEST
};

fn fields(args: &[DataType], first: usize) -> DataType {
    let field = |n: usize| Field::new(format!("f{n}"), args[0].clone(), true);
    DataType::Struct((0..args.len().saturating_sub(first)).map(field).collect())
}

fn saved(weighted: bool) -> Vec<DataType> {
    vec![DataType::LargeBinary; 1 + usize::from(weighted)]
}

fn percentiles(call: &Call, weighted: bool, several: bool) -> Result<Box<dyn GroupState>> {
    let first = 1 + usize::from(weighted);
    let Some(percentiles) = (first..call.args.len()).map(|i| call.real(i)).collect() else {
        return plan_err!("a percentile must be a constant number");
    };
    Ok(Box::new(Percentiles {
        percentiles,
        digest: None,
        weighted,
        several,
        of: call.args[0].clone(),
        values: Grouped::new(1 + usize::from(weighted)),
    }))
}

fn digests(call: &Call, weighted: bool) -> Result<Box<dyn GroupState>> {
    let kind = call.constants.get(1 + usize::from(weighted)).and_then(Option::as_ref);
    let Some(kind) = kind.and_then(|kind| Kind::of(kind.try_as_str()??)) else {
        return plan_err!("the kind of the values must be a constant");
    };
    Ok(Box::new(Percentiles {
        percentiles: vec![],
        digest: Some(kind),
        weighted,
        several: false,
        of: call.args[0].clone(),
        values: Grouped::new(1 + usize::from(weighted)),
    }))
}

/// The values of all groups, as whole numbers that sort as the values do, with their weights, if they have any.
#[derive(Debug)]
struct Percentiles {
    percentiles: Vec<f64>,
    /// What the values are, where sketches of them are wanted.
    digest: Option<Kind>,
    weighted: bool,
    several: bool,
    of: DataType,
    values: Grouped,
}

/// A real as a number that sorts as it does (NaN at the ends), and back.
pub fn turn(bits: i64) -> i64 {
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

impl Percentiles {
    /// The values as a column of the type that came in.
    fn column(&self, values: Vec<Option<i64>>) -> Result<ArrayRef> {
        Ok(match &self.of {
            DataType::Int64 => Arc::new(Int64Array::from(values)),
            DataType::Timestamp(..) => Arc::new(TimestampNanosecondArray::from(values)),
            DataType::Float64 => {
                let real = |v: Option<i64>| v.map(|v| f64::from_bits(turn(v) as u64));
                Arc::new(values.into_iter().map(real).collect::<Float64Array>())
            }
            other => return internal_err!("no percentiles of {other}"),
        })
    }
}

/// How much of the weight `total` is at or below the percentile, at least: a whole number from 1.
fn rank(total: i128, percentile: f64) -> i128 {
    let exact = percentile * total as f64 / 100.0;
    // 99.9 % of 1000 is 999 although it computes to 999.0000000000001.
    let near = exact.round();
    let rank = if (exact - near).abs() <= 1e-9 * near.abs() { near } else { exact.ceil() };
    (rank as i128).clamp(1, total.max(1))
}

/// For each percentile the smallest value such that so many of the values are at or below it. Puts the values into another
/// order: no more of them are sorted than need be.
fn nearest(values: &mut [i64], percentiles: &[f64]) -> Vec<Option<i64>> {
    if values.is_empty() {
        return vec![None; percentiles.len()];
    }
    let place = |percentile: &f64| rank(values.len() as i128, *percentile) as usize - 1;
    let places: Vec<usize> = percentiles.iter().map(place).collect();
    let mut rising = places.clone();
    rising.sort_unstable();
    rising.dedup();
    let mut from = 0;
    for place in rising {
        // What was chosen before is not greater than what comes behind it.
        values[from..].select_nth_unstable(place - from);
        from = place + 1;
    }
    places.into_iter().map(|place| Some(values[place])).collect()
}

/// The same of sorted values with their weights.
pub fn nearest_weighted(sorted: &[(i64, i64)], percentiles: &[f64]) -> Vec<Option<i64>> {
    let total = sorted.iter().map(|v| i128::from(v.1)).sum();
    let of = |percentile: &f64| {
        let rank = rank(total, *percentile);
        let mut below = 0;
        sorted.iter().find_map(|&(value, weight)| {
            below += i128::from(weight);
            (below >= rank).then_some(value)
        })
    };
    percentiles.iter().map(of).collect()
}

impl GroupState for Percentiles {
    fn grow(&mut self, _groups: usize) {}

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let column = &input.columns[0];
        let weights = self.weighted.then(|| input.columns[1].as_primitive::<Int64Type>());
        let column: Int64Array = match column.data_type() {
            DataType::Int64 => column.as_primitive::<Int64Type>().clone(),
            DataType::Timestamp(..) => column.as_primitive::<TimestampNanosecondType>().reinterpret_cast(),
            DataType::Float64 => {
                column.as_primitive::<Float64Type>().unary(|real| turn(real.to_bits() as i64))
            }
            other => return internal_err!("no percentiles of {other}"),
        };
        input.for_each(|row, group| {
            if column.is_null(row) {
                return;
            }
            let weight = match weights {
                Some(weights) if weights.is_null(row) || weights.value(row) <= 0 => return,
                Some(weights) => weights.value(row),
                None => 1,
            };
            self.values.push(group, [column.value(row), weight]);
        });
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let values_of = input.columns[0].as_binary::<i64>();
        let weights_of = self.weighted.then(|| input.columns[1].as_binary::<i64>());
        let (mut values, mut weights) = (vec![], vec![]);
        input.for_each(|row, group| {
            if values_of.is_null(row) {
                return;
            }
            values.clear();
            grouped::read(values_of.value(row), &mut values);
            weights.clear();
            match weights_of {
                Some(of) => grouped::read(of.value(row), &mut weights),
                None => weights.resize(values.len(), 1),
            }
            values
                .iter()
                .zip(&weights)
                .for_each(|(&value, &weight)| self.values.push(group, [value, weight]));
        });
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let bytes = self.values.packed() + groups;
        let mut saved = [bytes, if self.weighted { bytes } else { 0 }]
            .map(|bytes| LargeBinaryBuilder::with_capacity(groups, bytes));
        let mut one = vec![];
        self.values.for_each(groups, |values, weights| {
            for (saved, numbers) in saved.iter_mut().zip([&*values, weights]) {
                one.clear();
                grouped::write(numbers, &mut one);
                saved.append_value(&one);
            }
        });
        let columns = saved.iter_mut().take(1 + usize::from(self.weighted));
        Ok(columns.map(|column| Arc::new(column.finish()) as ArrayRef).collect())
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        let pairs = |values: &[i64], weights: &[i64]| -> Vec<(i64, i64)> {
            let weight = |i: usize| weights.get(i).copied().unwrap_or(1);
            values.iter().enumerate().map(|(i, &value)| (value, weight(i))).collect()
        };
        if let Some(kind) = self.digest {
            let mut digests = StringViewBuilder::with_capacity(groups);
            self.values.for_each(groups, |values, weights| {
                let digest =
                    (!values.is_empty()).then(|| Digest::new(kind, pairs(values, weights)).to_json());
                digests.append_option(digest);
            });
            return Ok(Arc::new(digests.finish()));
        }
        let mut results = vec![Vec::with_capacity(groups); self.percentiles.len()];
        self.values.for_each(groups, |values, weights| {
            let found = if self.weighted {
                let mut pairs = pairs(values, weights);
                pairs.sort_unstable();
                nearest_weighted(&pairs, &self.percentiles)
            } else {
                nearest(values, &self.percentiles)
            };
            results.iter_mut().zip(found).for_each(|(result, value)| result.push(value));
        });
        let columns: Result<Vec<_>> = results.into_iter().map(|r| self.column(r)).collect();
        let mut columns = columns?;
        if !self.several {
            return Ok(columns.remove(0));
        }
        let fields: Fields =
            (0..columns.len()).map(|n| Field::new(format!("f{n}"), self.of.clone(), true)).collect();
        Ok(Arc::new(StructArray::try_new_with_length(fields, columns, None, groups)?))
    }

    fn forget(&mut self, groups: usize) {
        self.values.forget(groups);
    }

    fn heap(&self) -> usize {
        self.values.heap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank() {
        // Not in their order: 7 and 1009 have no common divisor.
        let mut values: Vec<_> = (1..1009).map(|n| n * 7 % 1009).filter(|n| *n <= 1000).collect();
        // 0 % is the smallest; 99.9 % of 1000 is the 999th, 99.91 % the 1000th.
        let found = nearest(&mut values, &[50.0, 0.0, 0.05, 50.0, 99.9, 100.0, 99.91]);
        assert_eq!(found, [500, 1, 1, 500, 999, 1000, 1000].map(Some));
        assert_eq!(nearest(&mut [], &[50.0]), [None]);
        // Weights 8, 6, 3 and 1 of 18: half is 9, which lies in the second.
        let weighted = [(10, 8), (20, 6), (30, 3), (40, 1)];
        let found = nearest_weighted(&weighted, &[0.0, 44.0, 50.0, 75.0, 99.9]);
        assert_eq!(found, [10, 10, 20, 20, 40].map(Some));
        assert_eq!(nearest_weighted(&[], &[50.0]), [None]);
    }

    #[test]
    fn reals_sort_as_their_numbers() {
        let reals = [f64::NEG_INFINITY, -2.5, -0.0, 0.0, 1e-300, 3.0, f64::INFINITY];
        let codes = reals.map(|r| turn(r.to_bits() as i64));
        assert!(codes.is_sorted());
        assert_eq!(codes.map(|c| f64::from_bits(turn(c) as u64)), reals);
    }
}
