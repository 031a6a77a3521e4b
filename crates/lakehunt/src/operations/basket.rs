//! `basket`: all patterns of values that enough rows have in common.
//!
//! A pattern is a set of values of different columns, complete: it has all values that its rows have in common. What counts
//! against the number of dimensions are only the values that it takes to tell its rows from others.
//!
//! <https://learn.microsoft.com/kusto/query/basket-plugin>

use super::{Job, Worker};
use crate::error::Error;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int64Array, RecordBatch, StringViewArray,
};
use datafusion::arrow::datatypes::{DataType, Int32Type, Int64Type, SchemaRef};
use datafusion::arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::{DataFusionError, Result};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// With more sets of values to look at than this a query takes too long.
const MOST_SETS: usize = 300_000;

/// Makes the worker: its first input are the rows, its second one row, the wildcards.
pub(super) fn start(job: &Job) -> Result<Box<dyn Worker>> {
    let (input, task) = (&job.inputs[0], &job.task);
    let texts = task.columns("texts");
    let dimension = |name: &str| {
        let place = input.index_of(name)?;
        let converter = RowConverter::new(vec![SortField::new(input.field(place).data_type().clone())])?;
        Ok(Dimension { place, is_text: texts.contains(&name), converter, values: HashMap::new() })
    };
    Ok(Box::new(Basket {
        threshold: task.real("threshold").unwrap_or_default(),
        limit: usize::try_from(task.integer("limit").unwrap_or_default()).unwrap_or(usize::MAX),
        weight: task.column("weight").map(|name| input.index_of(name)).transpose()?,
        dimensions: task.columns("dimensions").into_iter().map(dimension).collect::<Result<_>>()?,
        rows: HashMap::new(),
        wildcards: Vec::new(),
        output: Arc::clone(&job.output),
        ended: false,
    }))
}

struct Basket {
    threshold: f64,
    limit: usize,
    weight: Option<usize>,
    dimensions: Vec<Dimension>,
    /// The different rows, as numbers of values, with their weights.
    rows: HashMap<Box<[u32]>, i64>,
    wildcards: Vec<ArrayRef>,
    output: SchemaRef,
    ended: bool,
}

/// A column on which patterns may depend.
struct Dimension {
    /// Where it stands in the input.
    place: usize,
    /// Whether it holds strings: null is "" there.
    is_text: bool,
    converter: RowConverter,
    /// Its values by their numbers.
    values: HashMap<OwnedRow, u32>,
}

impl Dimension {
    /// The numbers of the values in a batch.
    fn numbers(&mut self, batch: &RecordBatch) -> Result<Vec<u32>> {
        let mut column = Arc::clone(batch.column(self.place));
        if let Some(texts) = column.as_string_view_opt().filter(|t| self.is_text && t.null_count() > 0) {
            column = Arc::new(StringViewArray::from_iter_values(texts.iter().map(Option::unwrap_or_default)));
        }
        let values = self.converter.convert_columns(&[column])?;
        let number = |value: datafusion::arrow::row::Row<'_>| {
            let next = self.values.len() as u32;
            *self.values.entry(value.owned()).or_insert(next)
        };
        Ok(values.iter().map(number).collect())
    }
}

/// A value of a column: the column and the value's number.
type Item = (usize, u32);

/// A set of values, and which rows have them.
struct Set {
    items: Vec<Item>,
    rows: Vec<u32>,
    weight: i64,
}

impl Worker for Basket {
    fn push(&mut self, input: usize, batch: RecordBatch) -> Result<Option<RecordBatch>> {
        if input == 1 {
            self.wildcards = batch.columns().to_vec();
            return Ok(None);
        }
        let numbers = self.dimensions.iter_mut().map(|d| d.numbers(&batch)).collect::<Result<Vec<_>>>()?;
        for i in 0..batch.num_rows() {
            let weight = self.weight.map_or(1, |place| weight(batch.column(place), i));
            *self.rows.entry(numbers.iter().map(|n| n[i]).collect()).or_insert(0) += weight;
        }
        Ok(None)
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        let rows = std::mem::take(&mut self.rows).into_iter().filter(|(_, weight)| *weight > 0);
        let rows: Vec<(Box<[u32]>, i64)> = rows.collect();
        let total: i64 = rows.iter().map(|r| r.1).sum();
        let mut found = patterns(&rows, self.threshold, self.limit)?;
        let by_number = |d: &Dimension| d.values.iter().map(|(v, n)| (*n, v.clone())).collect();
        let values: Vec<HashMap<u32, OwnedRow>> = self.dimensions.iter().map(by_number).collect();
        // The most frequent first; of those that are as frequent, by their values.
        found.sort_by_cached_key(|(items, weight)| {
            let value = |(column, value): &Item| (*column, values[*column].get(value).cloned());
            (-weight, items.iter().map(value).collect::<Vec<_>>())
        });
        let count = found.len();
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(0..count as i64)),
            Arc::new(Int64Array::from_iter_values(found.iter().map(|f| f.1))),
            Arc::new(Float64Array::from_iter_values(found.iter().map(|f| 100.0 * f.1 as f64 / total as f64))),
        ];
        for (i, dimension) in self.dimensions.iter_mut().enumerate() {
            let converter = &mut dimension.converter;
            let wildcard = converter.convert_columns(&[Arc::clone(&self.wildcards[i])])?;
            let cells = found.iter().map(|(items, _)| {
                let item = items.iter().find(|(column, _)| *column == i);
                item.and_then(|(_, value)| values[i].get(value)).map_or(wildcard.row(0), |value| value.row())
            });
            let column = converter.convert_rows(cells)?;
            columns.extend(column);
        }
        Ok(Some(RecordBatch::try_new(Arc::clone(&self.output), columns)?))
    }

    fn size(&self) -> usize {
        let values: usize = self.dimensions.iter().map(|d| d.values.len() * 96).sum();
        values + self.rows.len() * (64 + 4 * self.dimensions.len())
    }
}

fn weight(column: &ArrayRef, row: usize) -> i64 {
    match column.data_type() {
        _ if column.is_null(row) => 0,
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row),
        _ => 0,
    }
}

/// The patterns with their weights.
///
/// Sets of values are looked at by their size. A set that has a value too many, because the others are of the same rows, is
/// left out, and with it all that have it as a part; each of the others is made complete, and is a pattern then.
fn patterns(rows: &[(Box<[u32]>, i64)], threshold: f64, limit: usize) -> Result<Vec<(Vec<Item>, i64)>> {
    let total: i64 = rows.iter().map(|r| r.1).sum();
    let enough = |weight: i64| weight > 0 && weight as f64 >= threshold * total as f64;
    let mut single: BTreeMap<Item, Set> = BTreeMap::new();
    for (number, (row, weight)) in rows.iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            let item = (column, *value);
            let set = single.entry(item).or_insert(Set { items: vec![item], rows: vec![], weight: 0 });
            set.rows.push(number as u32);
            set.weight += weight;
        }
    }
    // What all rows have belongs to every pattern and tells nothing apart.
    let mut level: Vec<Set> = single.into_values().filter(|s| enough(s.weight)).collect();
    let all = rows.len();
    let mut complete: BTreeMap<Vec<Item>, i64> = BTreeMap::new();
    for set in level.iter().filter(|s| s.rows.len() == all) {
        complete.insert(closure(rows, &set.rows), set.weight);
    }
    level.retain(|s| s.rows.len() < all);
    let singles: Vec<(Item, Bits)> = level.iter().map(|s| (s.items[0], Bits::of(&s.rows, all))).collect();
    let mut looked_at = level.len();
    for size in 1..=limit {
        for set in &level {
            complete.insert(closure(rows, &set.rows), set.weight);
        }
        if size == limit || level.is_empty() {
            break;
        }
        let known: BTreeMap<&[Item], usize> =
            level.iter().map(|s| (s.items.as_slice(), s.rows.len())).collect();
        let mut next = Vec::new();
        for set in &level {
            let Some(last) = set.items.last() else { continue };
            for (item, having) in singles.iter().filter(|(item, _)| item.0 > last.0) {
                looked_at += 1;
                if looked_at > MOST_SETS {
                    return Err(too_many());
                }
                let both: Vec<u32> = set.rows.iter().copied().filter(|row| having.has(*row)).collect();
                let weight = both.iter().map(|row| rows[*row as usize].1).sum();
                if !enough(weight) || both.len() == set.rows.len() {
                    continue;
                }
                let items = [set.items.as_slice(), &[*item]].concat();
                // Each smaller set must have been kept, and have more rows.
                let needs_all = (0..items.len()).all(|left| {
                    let mut part = items.clone();
                    part.remove(left);
                    known.get(part.as_slice()).is_some_and(|count| *count > both.len())
                });
                if needs_all {
                    next.push(Set { items, rows: both, weight });
                }
            }
        }
        level = next;
    }
    Ok(complete.into_iter().collect())
}

/// Which rows have a value.
struct Bits(Vec<u64>);

impl Bits {
    fn of(rows: &[u32], all: usize) -> Bits {
        let mut bits = vec![0; all.div_ceil(64)];
        for row in rows {
            bits[*row as usize / 64] |= 1 << (row % 64);
        }
        Bits(bits)
    }

    fn has(&self, row: u32) -> bool {
        self.0[row as usize / 64] >> (row % 64) & 1 == 1
    }
}

/// All values that the rows have in common.
fn closure(rows: &[(Box<[u32]>, i64)], of: &[u32]) -> Vec<Item> {
    let Some((first, others)) = of.split_first() else { return vec![] };
    let first = &rows[*first as usize].0;
    let mut common: BTreeSet<Item> = first.iter().copied().enumerate().collect();
    for row in others {
        let row = &rows[*row as usize].0;
        common.retain(|(column, value)| row[*column] == *value);
    }
    common.into_iter().collect()
}

fn too_many() -> DataFusionError {
    let message = "basket finds too many patterns; raise its threshold, lower the number of dimensions, or project \
                   fewer columns before";
    DataFusionError::External(Box::new(Error::Resources { message: message.to_owned() }))
}
