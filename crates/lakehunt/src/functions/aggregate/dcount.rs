//! `dcount`: how many distinct values a group has.
//!
//! <https://learn.microsoft.com/kusto/query/dcount-aggregation-function>
//!
//! Kusto estimates always. Here the count is exact (up to collisions of 64-bit hashes) as long as a group has no
//! more than four times as many values as the accuracy's sketch has registers: 65,536 by default. Beyond that
//! it is HyperLogLog with Kusto's number of registers, so Kusto's accuracy and bounded memory.

use super::distinct::{Count, EXACT, Hll, SKETCH, exact_limit};
use super::hashes::Hashes;
use super::hyperloglog::{estimate, merge_registers, observe};
use super::sketch::Sketch;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, LargeBinaryBuilder, StringViewArray, StringViewBuilder,
};
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

/// The least number of hashes that is worth settling.
const LITTLE: usize = 1 << 18;
/// The most that gathers between two settlements, where settling showed to help little.
const MUCH: usize = 1 << 22;

/// The counts of all groups.
#[derive(Debug)]
struct Counts {
    precision: u32,
    /// Whether the results are the sketches themselves.
    sketches: bool,
    /// Which groups have rows, where the results are sketches: the others have none.
    seen: Vec<bool>,
    groups: usize,
    /// The hashes of the values of groups that are counted exactly.
    exact: Hashes,
    /// The registers of the other groups. Empty as long as there are none.
    registers: Vec<Option<Box<[u8]>>>,
    /// At so many hashes the groups are settled.
    settle_at: usize,
    /// The hashes of a batch.
    batch: Vec<u64>,
    /// The bytes that the registers hold.
    heap: usize,
}

impl Counts {
    fn new(precision: u32, sketches: bool) -> Self {
        Counts {
            precision,
            sketches,
            seen: vec![],
            groups: 0,
            exact: Hashes::default(),
            registers: vec![],
            settle_at: LITTLE,
            batch: vec![],
            heap: 0,
        }
    }

    /// Takes the hash of a value in.
    #[inline]
    fn insert(&mut self, group: usize, hash: u64) {
        match self.registers.get_mut(group) {
            Some(Some(registers)) => observe(registers, self.precision, hash),
            _ => {
                self.exact.push(group, hash);
                if self.exact.is_full() {
                    self.put_aside();
                }
            }
        }
    }

    /// The group has a row.
    #[inline]
    fn see(&mut self, group: usize) {
        if let Some(seen) = self.seen.get_mut(group) {
            *seen = true;
        }
    }

    /// The registers of a group, from now on.
    fn registers(&mut self, group: usize) -> &mut [u8] {
        self.registers.resize(self.groups, None);
        self.registers[group].get_or_insert_with(|| {
            self.heap += 1 << self.precision;
            vec![0; 1 << self.precision].into_boxed_slice()
        })
    }

    /// To be called after every batch: settles if too much has gathered.
    fn tidy(&mut self) {
        let before = self.exact.len();
        if before < self.settle_at {
            return;
        }
        self.put_aside();
        // No more can go than what was put aside more than once.
        if self.exact.several(self.groups) > before / 10 {
            let mut exact = std::mem::take(&mut self.exact);
            exact.settle(self.groups, |group, hashes| self.sketch(group, hashes).is_none());
            self.exact = exact;
        }
        let after = self.exact.len();
        let more = if after <= before / 10 * 9 { after } else { (7 * after).min(MUCH) };
        self.settle_at = after + more.max(LITTLE);
    }

    /// Puts the last hashes aside. Groups of too many values get registers.
    fn put_aside(&mut self) {
        let mut exact = std::mem::take(&mut self.exact);
        exact.put_aside(|group, hashes| self.sketch(group, hashes).is_none());
        self.exact = exact;
    }

    /// The registers of a group that has them, or that is to have them for so many hashes. These are taken in.
    fn sketch(&mut self, group: usize, hashes: &[u64]) -> Option<&[u8]> {
        let sketched = self.registers.get(group).is_some_and(Option::is_some);
        if !sketched && hashes.len() <= exact_limit(self.precision) {
            return None;
        }
        let precision = self.precision;
        let registers = self.registers(group);
        hashes.iter().for_each(|hash| observe(registers, precision, *hash));
        Some(registers)
    }

    /// Calls `f` with each of the first `groups` groups and its registers, or else the hashes of its values.
    fn for_each(&mut self, groups: usize, mut f: impl FnMut(usize, Result<&[u64], &[u8]>)) {
        self.put_aside();
        let mut exact = std::mem::take(&mut self.exact);
        exact.for_each(groups, |group, hashes| f(group, self.sketch(group, hashes).map_or(Ok(hashes), Err)));
        self.exact = exact;
    }
}

impl GroupState for Counts {
    fn grow(&mut self, groups: usize) {
        self.groups = groups;
        if self.sketches {
            self.seen.resize(groups, false);
        }
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let column = &input.columns[0];
        let mut hashes = std::mem::take(&mut self.batch);
        hashes.clear();
        hashes.resize(column.len(), 0);
        create_hashes([column], &HLL_RANDOM_STATE, &mut hashes)?;
        let empty = if *column.data_type() == DataType::Utf8View && column.null_count() > 0 {
            let mut hash = [0];
            let text: ArrayRef = Arc::new(StringViewArray::from(vec![""]));
            create_hashes([&text], &HLL_RANDOM_STATE, &mut hash)?;
            Some(hash[0])
        } else {
            None
        };
        let nulls = column.logical_nulls();
        input.for_each(|row, group| {
            self.see(group);
            let hash = match &nulls {
                Some(nulls) if nulls.is_null(row) => empty,
                _ => Some(hashes[row]),
            };
            if let Some(hash) = hash {
                self.insert(group, hash);
            }
        });
        self.batch = hashes;
        self.tidy();
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let saved = input.columns[0].as_binary::<i64>();
        input.for_each(|row, group| {
            if saved.is_null(row) {
                return;
            }
            self.see(group);
            match saved.value(row) {
                [EXACT, hashes @ ..] => {
                    hashes.as_chunks().0.iter().for_each(|h| self.insert(group, u64::from_le_bytes(*h)));
                }
                [SKETCH, registers @ ..] => merge_registers(self.registers(group), registers),
                _ => {}
            }
        });
        self.tidy();
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let bytes = self.exact.len() * size_of::<u64>() + self.heap + groups;
        let mut saved = LargeBinaryBuilder::with_capacity(groups, bytes);
        let mut one = vec![];
        let seen = std::mem::take(&mut self.seen);
        let sketches = self.sketches;
        self.for_each(groups, |group, known| {
            one.clear();
            match known {
                Ok(hashes) => {
                    one.push(EXACT);
                    hashes.iter().for_each(|hash| one.extend_from_slice(&hash.to_le_bytes()));
                }
                Err(registers) => {
                    one.push(SKETCH);
                    one.extend_from_slice(registers);
                }
            }
            saved.append_option((!sketches || seen[group]).then_some(&one));
        });
        self.seen = seen;
        Ok(vec![Arc::new(saved.finish())])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        if self.sketches {
            let mut sketches = StringViewBuilder::with_capacity(groups);
            let (seen, precision) = (std::mem::take(&mut self.seen), self.precision);
            self.for_each(groups, |group, known| {
                let count = match known {
                    Ok(hashes) => Count::exact(hashes),
                    Err(registers) => Count::Sketch(registers.into()),
                };
                sketches.append_option(seen[group].then(|| Hll::new(precision, count).to_json()));
            });
            self.seen = seen;
            return Ok(Arc::new(sketches.finish()));
        }
        let mut counts = Vec::with_capacity(groups);
        self.for_each(groups, |_, known| {
            counts.push(match known {
                Ok(hashes) => hashes.len() as i64,
                Err(registers) => estimate(registers).round() as i64,
            });
        });
        Ok(Arc::new(Int64Array::from(counts)))
    }

    fn forget(&mut self, groups: usize) {
        self.exact.forget(groups);
        let forgotten = self.registers.drain(..groups.min(self.registers.len()));
        self.heap -= forgotten.flatten().map(|registers| registers.len()).sum::<usize>();
        self.seen.drain(..groups.min(self.seen.len()));
        self.groups -= groups;
    }

    fn heap(&self) -> usize {
        self.heap
            + self.exact.heap()
            + self.registers.capacity() * size_of::<Option<Box<[u8]>>>()
            + self.batch.capacity() * size_of::<u64>()
            + self.seen.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::datatypes::Int64Type;

    #[test]
    fn settling_in_between_and_merging_change_nothing() {
        // Group 0 has few values, group 1 one a row, group 2 many of which each comes often.
        const ROWS: i64 = 200_000;
        let groups: Vec<usize> = (0..3 * ROWS).map(|row| (row % 3) as usize).collect();
        let values = |round: i64| -> ArrayRef {
            let value = |row: i64| match row % 3 {
                0 => row % 30,
                1 => row + round * 3 * ROWS,
                _ => row % 90_000,
            };
            Arc::new(Int64Array::from_iter_values((0..3 * ROWS).map(value)))
        };
        let mut whole = Counts::new(14, false);
        whole.grow(3);
        for part in 0..2 {
            let mut counts = Counts::new(14, false);
            counts.grow(3);
            for round in 2 * part..2 * part + 2 {
                let input =
                    Input { columns: &[values(round)], keys: None, groups: Some(&groups), filter: None };
                counts.update(&input).unwrap();
            }
            let saved = counts.save(3).unwrap();
            let input = Input { columns: &saved, keys: None, groups: Some(&[0, 1, 2]), filter: None };
            whole.merge(&input).unwrap();
            assert!(whole.heap() < 64 << 20, "{}", whole.heap());
        }
        let counted = whole.finish(3).unwrap();
        let counted = counted.as_primitive::<Int64Type>().values();
        assert_eq!((counted[0], counted[2]), (10, 30_000));
        assert!((counted[1] - 4 * ROWS).abs() < 4 * ROWS / 40, "{counted:?}");
        whole.forget(1);
        assert_eq!(whole.finish(2).unwrap().as_primitive::<Int64Type>().values()[1], 30_000);
        whole.forget(2);
        assert_eq!(whole.heap(), whole.batch.capacity() * size_of::<u64>() + whole.registers.capacity() * 16);
    }
}
