//! Lists of the elements of dynamic values, for `mv-expand` and `mv-apply`.

use super::convert::compact;
use super::views::Views;
use crate::dynamic::scan::{Kind, elements, members, trim};
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::{ArrayRef, ListArray};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::Result;
use std::borrow::Cow;
use std::sync::Arc;

/// The elements as lists: of an array its elements, of a bag one value for each member, of null one null, of any other
/// value the value itself; <https://learn.microsoft.com/kusto/query/mv-expand-operator>.
pub static SCALARS: &[ScalarKernel] = &[
    // A member becomes a bag of one: {"a":1}.
    kernel("kql_mv_elements", |a| lists(a, |name, value| format!("{{\"{name}\":{value}}}"))),
    // A member becomes an array of its name and value: ["a",1].
    kernel("kql_mv_elements_array", |a| lists(a, |name, value| format!("[\"{name}\",{value}]"))),
];

const fn kernel(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel {
        name,
        args: &[ArgType::Text],
        returns: ReturnType::With(|_| DataType::List(element())),
        eval,
        ..ScalarKernel::BASE
    }
}

fn element() -> FieldRef {
    Arc::new(Field::new_list_field(DataType::Utf8View, true))
}

fn lists(a: &Args<'_>, member: fn(&str, &str) -> String) -> Result<ArrayRef> {
    let value = a.text(0)?;
    let mut all = Views::new(value, a.rows());
    let mut lengths = Vec::with_capacity(a.rows());
    for row in 0..a.rows() {
        let json = value.get_opt(row).map_or("", trim);
        let mut length = 0;
        let mut push = |element: Option<Cow<'_, str>>| {
            all.push(row, element);
            length += 1;
        };
        match Kind::of(json) {
            Some(Kind::Array) => {
                elements(json).for_each(|element| push((element != "null").then(|| compact(element))));
            }
            Some(Kind::Object) => {
                members(json).for_each(|m| push(Some(Cow::Owned(member(m.name, &compact(m.value))))));
            }
            None | Some(Kind::Null) => push(None),
            Some(_) => push(Some(Cow::Borrowed(json))),
        }
        lengths.push(length);
    }
    Ok(Arc::new(ListArray::try_new(element(), OffsetBuffer::from_lengths(lengths), all.finish(), None)?))
}
