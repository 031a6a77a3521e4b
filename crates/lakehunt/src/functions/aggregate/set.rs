//! `make_set`: the distinct values of a group as a JSON array, in the order of their first appearance.
//!
//! <https://learn.microsoft.com/kusto/query/make-set-aggregation-function>

use super::json::{Elements, array_inside};
use super::list::{Values, max_size};
use super::members::{Key, Members};
use super::ordered::Ordered;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;

/// `kql_make_set(value [, maxSize] [ORDER BY …])`: nulls are left out; a NULL string is "".
pub const MAKE_SET: AggregateKernel = AggregateKernel {
    name: "kql_make_set",
    args: &[ArgType::Any, ArgType::Long],
    optional: 1,
    variadic: None,
    returns: ReturnType::Dynamic,
    ordered: true,
    saved: |call| if call.ordered { Ordered::saved() } else { vec![DataType::Utf8View] },
    state: |call| sets(call, Values::NotNull),
};

/// `kql_make_set_dynamic(json [, maxSize] [ORDER BY …])`: the elements of arrays are taken one by one, a null
/// becomes `null`.
pub const MAKE_SET_DYNAMIC: AggregateKernel = AggregateKernel {
    name: "kql_make_set_dynamic",
    args: &[ArgType::Text, ArgType::Long],
    state: |call| sets(call, Values::Dynamic),
    ..MAKE_SET
};

fn sets(call: &Call, values: Values) -> Result<Box<dyn GroupState>> {
    let max = max_size(call);
    if call.ordered {
        return Ok(Box::new(Ordered::new(values, max, true)));
    }
    Ok(Box::new(Sets { values, members: Members::new(max, Key::Whole) }))
}

/// The sets of all groups.
#[derive(Debug)]
struct Sets {
    values: Values,
    members: Members,
}

impl GroupState for Sets {
    fn grow(&mut self, groups: usize) {
        self.members.grow(groups);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let Sets { values, members } = self;
        if *values == Values::Dynamic {
            let column = input.columns[0].as_string_view();
            input.for_each(|row, group| {
                let json = if column.is_null(row) { "null" } else { column.value(row) };
                let elements = array_inside(json).unwrap_or(json);
                members.add(group, |out| out.extend_from_slice(elements.as_bytes()));
            });
            return members.tidy();
        }
        let column = Elements::of(&input.columns[0])?;
        input.for_each(|row, group| {
            if !column.is_null(row) {
                members.add(group, |out| column.write(row, out));
            }
        });
        members.tidy()
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let texts = input.columns[0].as_string_view();
        input.for_each(|row, group| {
            if texts.is_valid(row) {
                self.members.add(group, |out| out.extend_from_slice(texts.value(row).as_bytes()));
            }
        });
        self.members.tidy()
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.members.save(groups)?])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        self.members.finish(groups, "[", "]")
    }

    fn forget(&mut self, groups: usize) {
        self.members.forget(groups);
    }

    fn heap(&self) -> usize {
        self.members.heap()
    }
}
