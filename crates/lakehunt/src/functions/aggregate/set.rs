//! `make_set`: the distinct values of a group as a JSON array, in the order of their first appearance.
//!
//! <https://learn.microsoft.com/kusto/query/make-set-aggregation-function>

use super::json::{Elements, array_inside};
use super::list::{Values, max_size};
use super::members::{Gathered, Kind, Members};
use super::ordered::Ordered;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, AsArray};
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
    let add = if values == Values::Dynamic { add_dynamic } else { add_elements };
    Ok(Box::new(Gathered { members: Members::new(max, Kind::Set), add }))
}

fn add_dynamic(members: &mut Members, input: &Input<'_>) -> Result<()> {
    let column = input.columns[0].as_string_view();
    input.for_each(|row, group| {
        let json = if column.is_null(row) { "null" } else { column.value(row) };
        let elements = array_inside(json).unwrap_or(json);
        members.add(group, |out| out.extend_from_slice(elements.as_bytes()));
    });
    Ok(())
}

fn add_elements(members: &mut Members, input: &Input<'_>) -> Result<()> {
    let column = Elements::of(&input.columns[0])?;
    input.for_each(|row, group| {
        if !column.is_null(row) {
            members.add(group, |out| column.write(row, out));
        }
    });
    Ok(())
}
