//! `arg_max`, `arg_min` and `take_any`: whole rows, chosen by a key or at will.
//!
//! <https://learn.microsoft.com/kusto/query/arg-max-aggregation-function>

use super::best::Best;
use super::rows::KeptRows;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StructArray};
use datafusion::arrow::compute::and;
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::Result;
use std::sync::Arc;

/// `kql_arg_max(key, value, …)`: a struct of `f0` (the key), `f1`, `f2` … from the row with the greatest key, the first
/// such row. Rows with a null key count only where there are no others (then the first of them).
pub const ARG_MAX: AggregateKernel = AggregateKernel {
    name: "kql_arg_max",
    args: &[ArgType::Any],
    optional: 0,
    variadic: Some(ArgType::Any),
    returns: ReturnType::With(|args| DataType::Struct(fields(args))),
    ordered: false,
    saved,
    state: |call| Ok(Box::new(Chosen::new(call, Some(Best::greatest(&call.args[0])?)))),
};

/// `kql_arg_min(key, value, …)`: the same with the smallest key.
pub const ARG_MIN: AggregateKernel = AggregateKernel {
    name: "kql_arg_min",
    state: |call| Ok(Box::new(Chosen::new(call, Some(Best::smallest(&call.args[0])?)))),
    ..ARG_MAX
};

/// `kql_take_any(value, …)`: a struct of `f0`, `f1` … from one row.
pub const TAKE_ANY: AggregateKernel = AggregateKernel {
    name: "kql_take_any",
    returns: ReturnType::With(|args| DataType::Struct(fields(args))),
    state: |call| Ok(Box::new(Chosen::new(call, None))),
    ..ARG_MAX
};

fn fields(args: &[DataType]) -> Fields {
    args.iter().enumerate().map(|(i, t)| Field::new(format!("f{i}"), t.clone(), true)).collect()
}

/// The chosen row, and whether there is one.
fn saved(call: &Call) -> Vec<DataType> {
    call.args.iter().cloned().chain([DataType::Boolean]).collect()
}

/// The chosen rows of all groups.
#[derive(Debug)]
struct Chosen {
    /// How to choose; without it the first row is taken.
    best: Option<Best>,
    fields: Fields,
    rows: KeptRows,
    /// The batch's winner of each group, `u32::MAX` for none.
    winners: Vec<u32>,
    /// The groups that have one.
    touched: Vec<u32>,
}

impl Chosen {
    fn new(call: &Call, best: Option<Best>) -> Self {
        Chosen {
            fields: fields(&call.args),
            best,
            rows: KeptRows::new(&call.args),
            winners: vec![],
            touched: vec![],
        }
    }
}

impl GroupState for Chosen {
    fn grow(&mut self, groups: usize) {
        if let Some(best) = &mut self.best {
            best.grow(groups);
        }
        self.rows.grow(groups);
        self.winners.resize(groups, u32::MAX);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let Chosen { best, rows, winners, touched, .. } = self;
        let win = |row: usize, group: usize| {
            if winners[group] == u32::MAX {
                touched.push(group as u32);
            }
            winners[group] = row as u32;
        };
        match best {
            Some(best) => best.update(input, win)?,
            None => {
                let mut win = win;
                input.for_each(|row, group| {
                    if rows.take_first(group) {
                        win(row, group);
                    }
                });
            }
        }
        rows.keep(input.columns, touched, winners)?;
        touched.drain(..).for_each(|group| winners[group as usize] = u32::MAX);
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let (present, columns) = input.columns.split_last().expect("a saved row ends in a flag");
        let present = present.as_boolean();
        let there = BooleanArray::new(present.values().clone(), None);
        let there = if present.null_count() > 0 {
            and(&there, &datafusion::arrow::compute::is_not_null(present)?)?
        } else {
            there
        };
        self.update(&Input { columns, keys: None, groups: input.groups, filter: Some(&there) })
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let mut columns = self.rows.columns(groups)?;
        columns.push(Arc::new(self.rows.present(groups)));
        Ok(columns)
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        let columns = self.rows.columns(groups)?;
        Ok(Arc::new(StructArray::try_new_with_length(self.fields.clone(), columns, None, groups)?))
    }

    fn forget(&mut self, groups: usize) {
        if let Some(best) = &mut self.best {
            best.forget(groups);
        }
        self.rows.forget(groups);
        self.winners.drain(..groups);
    }

    fn heap(&self) -> usize {
        self.best.as_ref().map_or(0, Best::heap)
            + self.rows.heap()
            + (self.winners.capacity() + self.touched.capacity()) * size_of::<u32>()
    }
}
