//! `make_list` and its kin: the values of a group as a JSON array.
//!
//! <https://learn.microsoft.com/kusto/query/make-list-aggregation-function>

use super::json::{Elements, array_inside, split};
use super::ordered::Ordered;
use super::runs::Runs;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Array};
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use std::sync::Arc;

/// The most elements that a list has, whatever the call says.
pub const MAX_SIZE: u64 = 1_048_576;

/// `kql_make_list(value [, maxSize] [ORDER BY …])`: nulls are left out; a NULL string is "".
pub const MAKE_LIST: AggregateKernel = AggregateKernel {
    name: "kql_make_list",
    args: &[ArgType::Any, ArgType::Long],
    optional: 1,
    state: |call| lists(call, Values::NotNull),
    ..KERNEL
};

/// `kql_make_list_with_nulls(value [ORDER BY …])`: nulls become `null`.
pub const MAKE_LIST_WITH_NULLS: AggregateKernel = AggregateKernel {
    name: "kql_make_list_with_nulls",
    args: &[ArgType::Any],
    state: |call| lists(call, Values::All),
    ..KERNEL
};

/// `kql_make_list_dynamic(json [, maxSize] [ORDER BY …])`: the elements of arrays are taken one by one, a
/// null becomes `null`, as in Kusto, which keeps the nulls of dynamic values.
pub const MAKE_LIST_DYNAMIC: AggregateKernel = AggregateKernel {
    name: "kql_make_list_dynamic",
    args: &[ArgType::Text, ArgType::Long],
    optional: 1,
    state: |call| lists(call, Values::Dynamic),
    ..KERNEL
};

const KERNEL: AggregateKernel = AggregateKernel {
    name: "",
    args: &[],
    optional: 0,
    variadic: None,
    returns: ReturnType::Dynamic,
    ordered: true,
    saved,
    state: |call| lists(call, Values::NotNull),
};

/// Which values become elements, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// All but nulls.
    NotNull,
    /// All.
    All,
    /// JSON texts: arrays by their elements.
    Dynamic,
}

impl Values {
    /// Calls `f(row, group, text, elements)` for every value that becomes elements, with their JSON text.
    pub fn for_each(self, input: &Input<'_>, mut f: impl FnMut(usize, usize, &str, u64)) -> Result<()> {
        if self == Values::Dynamic {
            let column = input.columns[0].as_string_view();
            input.for_each(|row, group| {
                let json = if column.is_null(row) { "null" } else { column.value(row) };
                match array_inside(json) {
                    Some(inside) => f(row, group, inside, split(inside).count() as u64),
                    None => f(row, group, json, 1),
                }
            });
            return Ok(());
        }
        let values = Elements::of(&input.columns[0])?;
        let mut text = vec![];
        input.for_each(|row, group| {
            if self == Values::All || !values.is_null(row) {
                text.clear();
                values.write(row, &mut text);
                // JSON of strings and numbers is UTF-8.
                f(row, group, std::str::from_utf8(&text).unwrap_or_default(), 1);
            }
        });
        Ok(())
    }
}

/// The greatest number of elements that the call allows.
pub fn max_size(call: &Call) -> u64 {
    call.integer(1).map_or(MAX_SIZE, |n| u64::try_from(n).unwrap_or(0).min(MAX_SIZE))
}

/// The types of a saved list.
fn saved(call: &Call) -> Vec<DataType> {
    if call.ordered { Ordered::saved() } else { vec![DataType::Utf8View, DataType::Int64] }
}

fn lists(call: &Call, values: Values) -> Result<Box<dyn GroupState>> {
    let max = max_size(call);
    if call.ordered {
        return Ok(Box::new(Ordered::new(values, max, false)));
    }
    Ok(Box::new(Lists { values, max, runs: Runs::default(), sizes: vec![] }))
}

/// The lists of all groups.
#[derive(Debug)]
struct Lists {
    values: Values,
    max: u64,
    runs: Runs,
    /// How many elements each list has.
    sizes: Vec<u64>,
}

impl Lists {
    /// To be called after every batch.
    fn tidy(&mut self) -> Result<()> {
        if self.runs.is_full() {
            self.runs.put_aside(|_, text| text.len())?;
        }
        Ok(())
    }

    /// Adds elements, as many as still fit.
    fn push(runs: &mut Runs, size: &mut u64, max: u64, group: usize, text: &str, elements: u64) {
        let room = max - *size;
        let text = if elements <= room { text } else { first(text, room) };
        runs.push(group, |out| out.extend_from_slice(text.as_bytes()));
        *size += elements.min(room);
    }
}

/// The text of the first `count` elements.
pub fn first(text: &str, count: u64) -> &str {
    let len: usize = split(text).take(count as usize).map(|e| e.len() + 1).sum();
    &text[..len.saturating_sub(1)]
}

impl GroupState for Lists {
    fn grow(&mut self, groups: usize) {
        self.sizes.resize(groups, 0);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let Lists { values, max, runs, sizes } = self;
        if *values == Values::Dynamic {
            values.for_each(input, |_, group, text, elements| {
                Self::push(runs, &mut sizes[group], *max, group, text, elements);
            })?;
            return self.tidy();
        }
        // One element a value: written where it stays.
        let column = Elements::of(&input.columns[0])?;
        let all = *values == Values::All;
        input.for_each(|row, group| {
            if sizes[group] < *max && (all || !column.is_null(row)) {
                runs.push(group, |out| column.write(row, out));
                sizes[group] += 1;
            }
        });
        self.tidy()
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let (texts, counts) =
            (input.columns[0].as_string_view(), input.columns[1].as_primitive::<Int64Type>());
        let mut done = Ok(());
        input.for_each(|row, group| {
            if done.is_ok() && texts.is_valid(row) {
                let (text, count) = (texts.value(row), counts.value(row) as u64);
                Self::push(&mut self.runs, &mut self.sizes[group], self.max, group, text, count);
                // A row has all elements of a group.
                done = self.tidy();
            }
        });
        done
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let sizes: Int64Array = self.sizes[..groups].iter().map(|&n| Some(n as i64)).collect();
        Ok(vec![self.runs.join(groups, "", "")?.finish()?, Arc::new(sizes)])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        self.runs.join(groups, "[", "]")?.finish()
    }

    fn forget(&mut self, groups: usize) {
        self.runs.forget(groups);
        self.sizes.drain(..groups);
    }

    fn heap(&self) -> usize {
        self.runs.heap() + self.sizes.capacity() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_elements_of_a_text() {
        assert_eq!(first("1,[2,3],\"a,b\"", 2), "1,[2,3]");
        assert_eq!(first("1,2", 0), "");
        assert_eq!(first("1,2", 9), "1,2");
    }
}
