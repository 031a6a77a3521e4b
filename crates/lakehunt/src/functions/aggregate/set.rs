//! `make_set`: the distinct values of a group as a JSON array, in the order of their first appearance.
//!
//! <https://learn.microsoft.com/kusto/query/make-set-aggregation-function>

use super::json::split;
use super::list::{Values, max_size, saved};
use super::members::Members;
use super::ordered::Ordered;
use crate::functions::adapter::{AggregateKernel, ArgType, Call, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::common::Result;

/// `kql_make_set(value [, maxSize] [ORDER BY …])`: nulls are left out; a NULL string is "".
pub const MAKE_SET: AggregateKernel = AggregateKernel {
    name: "kql_make_set",
    args: &[ArgType::Any, ArgType::Long],
    optional: 1,
    variadic: None,
    returns: ReturnType::Dynamic,
    ordered: true,
    saved,
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
    Ok(Box::new(Sets { values, members: Members::new(max) }))
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
        values.for_each(input, |_, group, text, elements| match elements {
            1 => members.insert(group, text, text.len()),
            _ => split(text).for_each(|e| members.insert(group, e, e.len())),
        })
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let texts = input.columns[0].as_string_view();
        input.for_each(|row, group| {
            if texts.is_valid(row) {
                split(texts.value(row)).for_each(|e| self.members.insert(group, e, e.len()));
            }
        });
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.members.join(groups, "", "")?, self.members.sizes(groups)])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        self.members.join(groups, "[", "]")
    }

    fn forget(&mut self, groups: usize) {
        self.members.forget(groups);
    }

    fn heap(&self) -> usize {
        self.members.heap()
    }
}
