//! `dcount`: how many distinct values a group has.
//!
//! <https://learn.microsoft.com/kusto/query/dcount-aggregation-function>
//!
//! Kusto estimates always. Here the count is exact (up to collisions of 64-bit hashes) as long as a group has no
//! more than four times as many values as the accuracy's sketch has registers: 65,536 by default. Beyond that
//! it is HyperLogLog with Kusto's number of registers, so Kusto's accuracy and bounded memory.

use super::hyperloglog::{estimate, merge_registers, observe};
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array, LargeBinaryBuilder, StringViewArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::common::hash_utils::{HLL_RANDOM_STATE, create_hashes};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
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
    state: |call| Ok(Box::new(Counts::new(precision(call)))),
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

/// What is known of one group's values.
#[derive(Debug)]
enum Count {
    /// Their hashes.
    Exact(HashTable<u64>),
    /// The registers of a sketch.
    Sketch(Box<[u8]>),
}

impl Default for Count {
    fn default() -> Self {
        Count::Exact(HashTable::new())
    }
}

impl Count {
    fn insert(&mut self, hash: u64, precision: u32, heap: &mut usize) {
        match self {
            Count::Exact(hashes) => {
                let before = hashes.allocation_size();
                if let Entry::Vacant(place) = hashes.entry(hash, |&h| h == hash, |&h| h) {
                    place.insert(hash);
                }
                *heap = *heap + hashes.allocation_size() - before;
                if hashes.len() > exact_limit(precision) {
                    self.to_sketch(precision, heap);
                }
            }
            Count::Sketch(registers) => observe(registers, precision, hash),
        }
    }

    fn to_sketch(&mut self, precision: u32, heap: &mut usize) {
        if let Count::Exact(hashes) = self {
            let mut registers = vec![0; 1 << precision].into_boxed_slice();
            hashes.iter().for_each(|&h| observe(&mut registers, precision, h));
            *heap = *heap + registers.len() - hashes.allocation_size();
            *self = Count::Sketch(registers);
        }
    }

    fn count(&self) -> i64 {
        match self {
            Count::Exact(hashes) => hashes.len() as i64,
            Count::Sketch(registers) => estimate(registers).round() as i64,
        }
    }

    fn heap(&self) -> usize {
        match self {
            Count::Exact(hashes) => hashes.allocation_size(),
            Count::Sketch(registers) => registers.len(),
        }
    }
}

/// How many values a group may have to be counted exactly.
fn exact_limit(precision: u32) -> usize {
    4 << precision
}

/// The counts of all groups.
#[derive(Debug)]
struct Counts {
    precision: u32,
    counts: Vec<Count>,
    hashes: Vec<u64>,
    /// The bytes that the counts hold.
    heap: usize,
}

impl Counts {
    fn new(precision: u32) -> Self {
        Counts { precision, counts: vec![], hashes: vec![], heap: 0 }
    }
}

const EXACT: u8 = 0;
const SKETCH: u8 = 1;

impl GroupState for Counts {
    fn grow(&mut self, groups: usize) {
        self.counts.resize_with(groups, Count::default);
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
        let Counts { precision, counts, hashes, heap } = self;
        let nulls = column.logical_nulls();
        input.for_each(|row, group| {
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
        let Counts { precision, counts, heap, .. } = self;
        input.for_each(|row, group| {
            if saved.is_null(row) {
                return;
            }
            match saved.value(row) {
                [EXACT, hashes @ ..] => {
                    for hash in hashes.as_chunks().0 {
                        counts[group].insert(u64::from_le_bytes(*hash), *precision, heap);
                    }
                }
                [SKETCH, registers @ ..] => {
                    counts[group].to_sketch(*precision, heap);
                    if let Count::Sketch(mine) = &mut counts[group] {
                        merge_registers(mine, registers);
                    }
                }
                _ => {}
            }
        });
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let mut saved = LargeBinaryBuilder::new();
        let mut bytes = vec![];
        for count in &self.counts[..groups] {
            bytes.clear();
            match count {
                Count::Exact(hashes) => {
                    bytes.push(EXACT);
                    hashes.iter().for_each(|h| bytes.extend_from_slice(&h.to_le_bytes()));
                }
                Count::Sketch(registers) => {
                    bytes.push(SKETCH);
                    bytes.extend_from_slice(registers);
                }
            }
            saved.append_value(&bytes);
        }
        Ok(vec![Arc::new(saved.finish())])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        Ok(Arc::new(self.counts[..groups].iter().map(|c| Some(c.count())).collect::<Int64Array>()))
    }

    fn forget(&mut self, groups: usize) {
        let forgotten: usize = self.counts.drain(..groups).map(|c| c.heap()).sum();
        self.heap -= forgotten;
    }

    fn heap(&self) -> usize {
        self.heap + self.counts.capacity() * size_of::<Count>() + self.hashes.capacity() * size_of::<u64>()
    }
}
