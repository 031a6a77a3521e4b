//! `make_bag`: the properties of a group's bags in one bag.
//!
//! <https://learn.microsoft.com/kusto/query/make-bag-aggregation-function>

use super::json::bag_inside;
use super::list::max_size;
use super::members::{Gathered, Kind, Members};
use crate::functions::adapter::{AggregateKernel, ArgType, Input, ReturnType};
use datafusion::arrow::array::{Array, AsArray};
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
    state: |call| Ok(Box::new(Gathered { members: Members::new(max_size(call), Kind::Bag), add })),
};

fn add(members: &mut Members, input: &Input<'_>) -> Result<()> {
    let bags = input.columns[0].as_string_view();
    input.for_each(|row, group| {
        if bags.is_valid(row)
            && let Some(inside) = bag_inside(bags.value(row))
        {
            members.add(group, |out| out.extend_from_slice(inside.as_bytes()));
        }
    });
    Ok(())
}
