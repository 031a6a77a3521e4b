//! Lists of the elements of dynamic values, for `mv-expand` and `mv-apply`.

use super::convert::compact;
use crate::dynamic::scan::{Kind, elements, members, trim};
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::{ArrayRef, ListBuilder, StringViewBuilder};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
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
        returns: ReturnType::With(|_| {
            DataType::List(Arc::new(Field::new_list_field(DataType::Utf8View, true)))
        }),
        eval,
        ..ScalarKernel::BASE
    }
}

fn lists(a: &Args<'_>, member: fn(&str, &str) -> String) -> Result<ArrayRef> {
    let value = a.text(0)?;
    let mut lists = ListBuilder::with_capacity(StringViewBuilder::new(), a.rows());
    for row in 0..a.rows() {
        let json = value.get_opt(row).map_or("", trim);
        match Kind::of(json) {
            Some(Kind::Array) => {
                for element in elements(json) {
                    lists.values().append_option((element != "null").then(|| compact(element)));
                }
            }
            Some(Kind::Object) => {
                for m in members(json) {
                    lists.values().append_value(member(m.name, &compact(m.value)));
                }
            }
            None | Some(Kind::Null) => lists.values().append_null(),
            Some(_) => lists.values().append_value(json),
        }
        lists.append(true);
    }
    Ok(Arc::new(lists.finish()))
}
