//! One kept row for each group, of columns of any type.

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, UInt32Array, new_null_array};
use datafusion::arrow::compute::{interleave, take};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use std::sync::Arc;

/// The kept rows of all groups. New ones are appended as columns of their batch; rows that were replaced stay
/// until too much has gathered.
#[derive(Debug)]
pub struct KeptRows {
    types: Vec<DataType>,
    /// Columns of kept rows. The first holds one row of nulls, for groups that have none.
    chunks: Vec<Vec<ArrayRef>>,
    /// Where each group's row is: chunk and row.
    places: Vec<(u32, u32)>,
    /// The rows in all chunks, and the bytes they hold in memory.
    rows: usize,
    bytes: usize,
    /// The bytes held after the last compaction.
    compact: usize,
}

const NOWHERE: (u32, u32) = (0, 0);
const PENDING: (u32, u32) = (0, 1);

/// So much may gather besides what is needed: views keep whole batches alive.
const SLACK_BYTES: usize = 32 << 20;
const SLACK_ROWS: usize = 1 << 16;

impl KeptRows {
    /// No rows, of these columns.
    pub fn new(types: &[DataType]) -> Self {
        KeptRows {
            types: types.to_vec(),
            chunks: vec![types.iter().map(|t| new_null_array(t, 1)).collect()],
            places: vec![],
            rows: 0,
            bytes: 0,
            compact: 0,
        }
    }

    /// There are so many groups.
    pub fn grow(&mut self, groups: usize) {
        self.places.resize(groups, NOWHERE);
    }

    /// Whether the group has no row; it is promised one.
    pub fn take_first(&mut self, group: usize) -> bool {
        let first = self.places[group] == NOWHERE;
        if first {
            self.places[group] = PENDING;
        }
        first
    }

    /// Keeps, for each of `groups`, the row of `columns` that `row_of` names.
    pub fn keep(&mut self, columns: &[ArrayRef], groups: &[u32], row_of: &[u32]) -> Result<()> {
        if groups.is_empty() {
            return Ok(());
        }
        let rows: UInt32Array = groups.iter().map(|&g| Some(row_of[g as usize])).collect();
        let chunk = columns.iter().map(|c| take(c, &rows, None)).collect::<Result<Vec<_>, _>>()?;
        for (row, &group) in groups.iter().enumerate() {
            self.places[group as usize] = (self.chunks.len() as u32, row as u32);
        }
        self.rows += groups.len();
        self.bytes += memory(&chunk);
        self.chunks.push(chunk);
        if self.rows > 2 * self.places.len() + SLACK_ROWS || self.bytes > 2 * self.compact + SLACK_BYTES {
            self.compact()?;
        }
        Ok(())
    }

    /// The columns of the rows of the first groups; nulls where there is none.
    pub fn columns(&self, groups: usize) -> Result<Vec<ArrayRef>> {
        if groups == 0 {
            return Ok(self.types.iter().map(|t| new_null_array(t, 0)).collect());
        }
        let places: Vec<_> = self.places[..groups].iter().map(|&(c, r)| (c as usize, r as usize)).collect();
        (0..self.types.len())
            .map(|i| {
                let parts: Vec<&dyn Array> = self.chunks.iter().map(|c| c[i].as_ref()).collect();
                Ok(interleave(&parts, &places)?)
            })
            .collect()
    }

    /// Which of the first groups have a row.
    pub fn present(&self, groups: usize) -> BooleanArray {
        self.places[..groups].iter().map(|&place| Some(place != NOWHERE)).collect()
    }

    /// Forgets the first groups; the others move down.
    pub fn forget(&mut self, groups: usize) {
        self.places.drain(..groups);
        if self.places.is_empty() {
            *self = KeptRows::new(&self.types);
        }
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.bytes + self.places.capacity() * size_of::<(u32, u32)>()
    }

    /// Copies what is needed out of what has gathered.
    fn compact(&mut self) -> Result<()> {
        let chunk: Vec<_> = self.columns(self.places.len())?.into_iter().map(own).collect();
        self.bytes = memory(&chunk);
        self.compact = self.bytes;
        self.chunks.truncate(1);
        self.chunks.push(chunk);
        self.rows = self.places.len();
        for (group, place) in self.places.iter_mut().enumerate() {
            if *place != NOWHERE {
                *place = (1, group as u32);
            }
        }
        Ok(())
    }
}

fn memory(columns: &[ArrayRef]) -> usize {
    columns.iter().map(|c| c.get_array_memory_size()).sum()
}

/// The same values, without the buffers of others that views drag along.
fn own(column: ArrayRef) -> ArrayRef {
    match column.as_string_view_opt() {
        Some(views) => Arc::new(views.gc()),
        None => column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{Int64Array, StringViewArray};
    use datafusion::arrow::datatypes::Int64Type;

    #[test]
    fn replaced_rows_are_dropped_in_time() {
        let mut kept = KeptRows::new(&[DataType::Int64, DataType::Utf8View]);
        kept.grow(3);
        let wide = "x".repeat(1000);
        for round in 0..300_i64 {
            let numbers = Arc::new(Int64Array::from_iter_values(round..round + 1000)) as ArrayRef;
            let texts = StringViewArray::from_iter_values((0..1000).map(|i| format!("{round} {i} {wide}")));
            kept.keep(&[numbers, Arc::new(texts)], &[0, 2], &[5, u32::MAX, 7]).unwrap();
            assert!(kept.heap() < SLACK_BYTES + (3 << 20), "{}", kept.heap());
        }
        let columns = kept.columns(3).unwrap();
        let numbers: Vec<_> = columns[0].as_primitive::<Int64Type>().iter().collect();
        assert_eq!(numbers, [Some(304), None, Some(306)]);
        assert!(columns[1].as_string_view().value(2).starts_with("299 7 x"));
        assert_eq!(kept.present(3), BooleanArray::from(vec![true, false, true]));
        kept.forget(2);
        assert_eq!(kept.columns(1).unwrap()[0].as_primitive::<Int64Type>().value(0), 306);
    }
}
