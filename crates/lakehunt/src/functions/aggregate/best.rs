//! The greatest or smallest key of each group.

use crate::functions::adapter::Input;
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{
    DataType, Decimal128Type, Float64Type, Int32Type, Int64Type, TimeUnit, TimestampNanosecondType,
};
use datafusion::common::{Result, plan_err};

/// The best keys of all groups so far. The first of equal keys is the best; a null is worse than any key, and
/// the first null better than nothing. NaN is better than every number. A NULL string is "".
#[derive(Debug)]
pub struct Best {
    greatest: bool,
    seen: Vec<Seen>,
    keys: Keys,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    Null,
    Key,
}

/// Keys as what compares as they do, the greater the better.
#[derive(Debug)]
enum Keys {
    Numbers(Vec<i64>),
    Decimals(Vec<i128>),
    Texts(Vec<Vec<u8>>, usize),
}

impl Best {
    /// The greatest keys.
    pub fn greatest(of: &DataType) -> Result<Self> {
        Best::new(of, true)
    }

    /// The smallest keys.
    pub fn smallest(of: &DataType) -> Result<Self> {
        Best::new(of, false)
    }

    fn new(of: &DataType, greatest: bool) -> Result<Self> {
        let keys = match of {
            DataType::Boolean
            | DataType::Int32
            | DataType::Int64
            | DataType::Float64
            | DataType::Timestamp(TimeUnit::Nanosecond, None)
            | DataType::Null => Keys::Numbers(vec![]),
            DataType::Decimal128(..) => Keys::Decimals(vec![]),
            DataType::Utf8View => Keys::Texts(vec![], 0),
            other => return plan_err!("{other} has no greatest or smallest value"),
        };
        Ok(Best { greatest, seen: vec![], keys })
    }

    /// There are so many groups.
    pub fn grow(&mut self, groups: usize) {
        self.seen.resize(groups, Seen::Nothing);
        match &mut self.keys {
            Keys::Numbers(keys) => keys.resize(groups, 0),
            Keys::Decimals(keys) => keys.resize(groups, 0),
            Keys::Texts(keys, _) => keys.resize(groups, vec![]),
        }
    }

    /// Takes in the keys in the first column, and calls `better(row, group)` for each that is the best so far.
    pub fn update(&mut self, input: &Input<'_>, mut better: impl FnMut(usize, usize)) -> Result<()> {
        let Best { greatest, seen, keys } = self;
        let greatest = *greatest;
        let column = &input.columns[0];
        // Mirrored, the smallest is the greatest.
        let mirror = if greatest { 0 } else { -1 };
        match keys {
            Keys::Numbers(keys) => {
                let mut numbers = |value: &dyn Fn(usize) -> i64| {
                    input.for_each(|row, group| {
                        let key = (!column.is_null(row)).then(|| value(row) ^ mirror);
                        if wins(&mut seen[group], key.map(|k| k > keys[group])) {
                            keys[group] = key.unwrap_or_default();
                            better(row, group);
                        }
                    });
                };
                match column.data_type() {
                    DataType::Boolean => {
                        let column = column.as_boolean();
                        numbers(&|row| column.value(row).into());
                    }
                    DataType::Int32 => {
                        let column = column.as_primitive::<Int32Type>();
                        numbers(&|row| column.value(row).into());
                    }
                    DataType::Int64 => {
                        let column = column.as_primitive::<Int64Type>();
                        numbers(&|row| column.value(row));
                    }
                    DataType::Float64 => {
                        let column = column.as_primitive::<Float64Type>();
                        // NaN must come out on top after mirroring.
                        numbers(&|row| real_code(column.value(row)).unwrap_or(i64::MAX ^ mirror));
                    }
                    DataType::Null => numbers(&|_| 0),
                    _ => {
                        let column = column.as_primitive::<TimestampNanosecondType>();
                        numbers(&|row| column.value(row));
                    }
                }
            }
            Keys::Decimals(keys) => {
                let column = column.as_primitive::<Decimal128Type>();
                input.for_each(|row, group| {
                    let key = column.is_valid(row).then(|| column.value(row) ^ i128::from(mirror));
                    if wins(&mut seen[group], key.map(|k| k > keys[group])) {
                        keys[group] = key.unwrap_or_default();
                        better(row, group);
                    }
                });
            }
            Keys::Texts(keys, heap) => {
                let column = column.as_string_view();
                input.for_each(|row, group| {
                    let key = if column.is_null(row) { b"" } else { column.value(row).as_bytes() };
                    let old = &mut keys[group];
                    if wins(&mut seen[group], Some(if greatest { key > &old[..] } else { key < &old[..] })) {
                        let before = old.capacity();
                        old.clear();
                        old.extend_from_slice(key);
                        *heap += old.capacity() - before;
                        better(row, group);
                    }
                });
            }
        }
        Ok(())
    }

    /// Forgets the first groups.
    pub fn forget(&mut self, groups: usize) {
        self.seen.drain(..groups);
        match &mut self.keys {
            Keys::Numbers(keys) => drop(keys.drain(..groups)),
            Keys::Decimals(keys) => drop(keys.drain(..groups)),
            Keys::Texts(keys, heap) => *heap -= keys.drain(..groups).map(|k| k.capacity()).sum::<usize>(),
        }
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.seen.capacity()
            + match &self.keys {
                Keys::Numbers(keys) => keys.capacity() * size_of::<i64>(),
                Keys::Decimals(keys) => keys.capacity() * size_of::<i128>(),
                Keys::Texts(keys, heap) => keys.capacity() * size_of::<Vec<u8>>() + heap,
            }
    }
}

/// Whether a row wins: `key` is none for a null, else whether it is better than the key held.
#[inline]
fn wins(seen: &mut Seen, key: Option<bool>) -> bool {
    let won = match (key, *seen) {
        (Some(better), Seen::Key) => return better,
        (Some(_), _) => Seen::Key,
        (None, Seen::Nothing) => Seen::Null,
        (None, _) => return false,
    };
    *seen = won;
    true
}

/// A real as a number that sorts as it does, the zeros being equal; none for NaN.
fn real_code(real: f64) -> Option<i64> {
    // Adding 0 turns -0 into 0.
    let bits = (real + 0.0).to_bits() as i64;
    (!real.is_nan()).then_some(bits ^ (((bits >> 63) as u64) >> 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{ArrayRef, BooleanArray, Float64Array, StringViewArray};
    use std::sync::Arc;

    fn winner(greatest: bool, column: ArrayRef, filter: Option<&BooleanArray>) -> Option<usize> {
        let mut best = Best::new(column.data_type(), greatest).unwrap();
        best.grow(1);
        let mut last = None;
        let input = Input { columns: &[column], keys: None, groups: None, filter };
        best.update(&input, |row, _| last = Some(row)).unwrap();
        last
    }

    #[test]
    fn ties_nulls_and_nan() {
        let reals = |v: &[Option<f64>]| Arc::new(Float64Array::from(v.to_vec())) as ArrayRef;
        let nan = Some(f64::NAN);
        assert_eq!(winner(true, reals(&[None, Some(1.0), Some(2.0), Some(2.0)]), None), Some(2));
        assert_eq!(winner(false, reals(&[Some(3.0), Some(-1.0), None, Some(-1.0)]), None), Some(1));
        assert_eq!(winner(true, reals(&[Some(1.0), nan, Some(f64::INFINITY), nan]), None), Some(1));
        assert_eq!(winner(false, reals(&[Some(1.0), nan, Some(f64::NEG_INFINITY)]), None), Some(1));
        assert_eq!(winner(true, reals(&[Some(-0.0), Some(0.0)]), None), Some(0));
        assert_eq!(winner(true, reals(&[None, None]), None), Some(0));
        assert_eq!(winner(true, reals(&[]), None), None);
        let keep = BooleanArray::from(vec![Some(true), Some(false), None]);
        assert_eq!(winner(true, reals(&[Some(1.0), Some(2.0), Some(3.0)]), Some(&keep)), Some(0));
        let texts = Arc::new(StringViewArray::from(vec![Some("b"), None, Some("a")])) as ArrayRef;
        assert_eq!(winner(true, texts.clone(), None), Some(0));
        assert_eq!(winner(false, texts, None), Some(1));
    }
}
