//! `dcount`: how many distinct values a group has.
//!
//! <https://learn.microsoft.com/kusto/query/dcount-aggregation-function>
//!
//! Kusto estimates always. Here the count is exact (up to collisions of 64-bit hashes) as long as a group has no
//! more than four times as many values as the accuracy's sketch has registers: 65,536 by default. Beyond that
//! it is HyperLogLog with Kusto's number of registers, so Kusto's accuracy and bounded memory.

use super::distinct::{Count, Hll};
use super::sketch::Sketch;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, LargeBinaryBuilder, StringViewArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::common::hash_utils::{HLL_RANDOM_STATE, create_hashes};
use std::sync::Arc;

/// `kql_dcount(value [, accuracy])`: nulls do not count, but a NULL string is "".
pub const DCOUNT: AggregateKernel = AggregateKernel {
    name: "kql_dcount",
    args: &[ArgType::Any, ArgType::Long],
    optional: 1,
    variadic: None,
    returns: ReturnType::Long,
    ordered: false,
    saved: |_| vec![DataType::LargeBinary],
    state: |call| Ok(Box::new(Counts::new(precision(call), false))),
};

/// `kql_hll(value [, accuracy])`: what [`DCOUNT`] counts with, as a dynamic value; null without rows.
pub const HLL: AggregateKernel = AggregateKernel {
    name: "kql_hll",
    returns: ReturnType::Dynamic,
    state: |call| Ok(Box::new(Counts::new(precision(call), true))),
    ..DCOUNT
};

/// The number of index bits for Kusto's accuracy classes 0 to 4.
fn precision(call: &Call) -> u32 {
    match call.integer(1).unwrap_or(1) {
        ..=0 => 12,
        1 => 14,
        2 => 16,
        3 => 17,
        _ => 18,
    }
}

/// The counts of all groups.
#[derive(Debug)]
struct Counts {
    precision: u32,
    counts: Vec<Count>,
    /// Which groups have rows: only those have a sketch.
    seen: Vec<bool>,
    hashes: Vec<u64>,
    /// Whether the results are the sketches themselves.
    sketches: bool,
    /// The bytes that the counts hold.
    heap: usize,
}

impl Counts {
    fn new(precision: u32, sketches: bool) -> Self {
        Counts { precision, counts: vec![], seen: vec![], hashes: vec![], sketches, heap: 0 }
    }
}

impl GroupState for Counts {
    fn grow(&mut self, groups: usize) {
        self.counts.resize_with(groups, Count::default);
        self.seen.resize(groups, false);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let column = &input.columns[0];
        self.hashes.clear();
        self.hashes.resize(column.len(), 0);
        create_hashes([column], &HLL_RANDOM_STATE, &mut self.hashes)?;
        let empty = if *column.data_type() == DataType::Utf8View && column.null_count() > 0 {
            let mut hash = [0];
            let text: ArrayRef = Arc::new(StringViewArray::from(vec![""]));
            create_hashes([&text], &HLL_RANDOM_STATE, &mut hash)?;
            Some(hash[0])
        } else {
            None
        };
        let Counts { precision, counts, seen, hashes, heap, .. } = self;
        let nulls = column.logical_nulls();
        input.for_each(|row, group| {
            seen[group] = true;
            let hash = match &nulls {
                Some(nulls) if nulls.is_null(row) => empty,
                _ => Some(hashes[row]),
            };
            if let Some(hash) = hash {
                counts[group].insert(hash, *precision, heap);
            }
        });
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let saved = input.columns[0].as_binary::<i64>();
        let Counts { precision, counts, seen, heap, .. } = self;
        input.for_each(|row, group| {
            if saved.is_null(row) {
                return;
            }
            seen[group] = true;
            counts[group].absorb(saved.value(row), *precision, heap);
        });
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let mut saved = LargeBinaryBuilder::new();
        let mut bytes = vec![];
        for (count, seen) in self.counts.iter().zip(&self.seen).take(groups) {
            bytes.clear();
            count.write(&mut bytes);
            saved.append_option(seen.then_some(&bytes));
        }
        Ok(vec![Arc::new(saved.finish())])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        let counts = self.counts[..groups].iter();
        if self.sketches {
            let sketches = counts
                .zip(&self.seen)
                .map(|(c, seen)| seen.then(|| Hll::new(self.precision, c.clone()).to_json()));
            return Ok(Arc::new(sketches.collect::<StringViewArray>()));
        }
        Ok(Arc::new(counts.map(|c| Some(c.count())).collect::<Int64Array>()))
    }

    fn forget(&mut self, groups: usize) {
        let forgotten: usize = self.counts.drain(..groups).map(|c| c.heap()).sum();
        self.seen.drain(..groups);
        self.heap -= forgotten;
    }

    fn heap(&self) -> usize {
        self.heap + self.counts.capacity() * size_of::<Count>() + self.hashes.capacity() * size_of::<u64>()
    }
}
