//! `make_bag`: the properties of a group's bags in one bag.
//!
//! <https://learn.microsoft.com/kusto/query/make-bag-aggregation-function>

use super::json::bag_inside;
use super::list::max_size;
use super::members::{Key, Members};
use crate::functions::adapter::{AggregateKernel, ArgType, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;

/// `kql_make_bag(json [, maxSize])`: what is no bag is left out; of a key that comes twice the first value
/// stays.
pub const MAKE_BAG: AggregateKernel = AggregateKernel {
    name: "kql_make_bag",
    args: &[ArgType::Text, ArgType::Long],
    optional: 1,
    variadic: None,
    returns: ReturnType::Dynamic,
    ordered: false,
    saved: |_| vec![DataType::Utf8View],
    state: |call| Ok(Box::new(Bags { members: Members::new(max_size(call), Key::Property) })),
};

/// The bags of all groups.
#[derive(Debug)]
struct Bags {
    members: Members,
}

impl GroupState for Bags {
    fn grow(&mut self, groups: usize) {
        self.members.grow(groups);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let bags = input.columns[0].as_string_view();
        input.for_each(|row, group| {
            if bags.is_valid(row)
                && let Some(inside) = bag_inside(bags.value(row))
            {
                self.members.add(group, |out| out.extend_from_slice(inside.as_bytes()));
            }
        });
        self.members.tidy()
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
        self.members.finish(groups, "{", "}")
    }

    fn forget(&mut self, groups: usize) {
        self.members.forget(groups);
    }

    fn heap(&self) -> usize {
        self.members.heap()
    }
}
