//! `min` and `max` of reals: NaN beats every number, as in Kusto. (DataFusion's own depend on the order of the
//! rows when there is a NaN.)
//!
//! <https://learn.microsoft.com/kusto/query/max-aggregation-function>

use crate::functions::adapter::{AggregateKernel, ArgType, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use datafusion::arrow::datatypes::{DataType, Float64Type};
use datafusion::common::Result;
use std::sync::Arc;

/// `kql_min(real)`
pub const MIN: AggregateKernel = AggregateKernel {
    name: "kql_min",
    args: &[ArgType::Real],
    optional: 0,
    variadic: None,
    returns: ReturnType::Real,
    ordered: false,
    saved: |_| vec![DataType::Float64],
    state: |_| Ok(Box::new(Extremes { better: |new, old| new < old, values: vec![] })),
};

/// `kql_max(real)`
pub const MAX: AggregateKernel = AggregateKernel {
    name: "kql_max",
    state: |_| Ok(Box::new(Extremes { better: |new, old| new > old, values: vec![] })),
    ..MIN
};

/// The extremes of all groups.
#[derive(Debug)]
struct Extremes {
    better: fn(f64, f64) -> bool,
    values: Vec<Option<f64>>,
}

impl GroupState for Extremes {
    fn grow(&mut self, groups: usize) {
        self.values.resize(groups, None);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let column = input.columns[0].as_primitive::<Float64Type>();
        let Extremes { better, values } = self;
        input.for_each(|row, group| {
            if column.is_valid(row) {
                let new = column.value(row);
                match &mut values[group] {
                    Some(old) if !(new.is_nan() || better(new, *old)) => {}
                    // An old NaN is kept: nothing is better than it.
                    value => *value = Some(new),
                }
            }
        });
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        self.update(input)
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.finish(groups)?])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        Ok(Arc::new(self.values[..groups].iter().copied().collect::<Float64Array>()))
    }

    fn forget(&mut self, groups: usize) {
        self.values.drain(..groups);
    }

    fn heap(&self) -> usize {
        self.values.capacity() * size_of::<Option<f64>>()
    }
}
