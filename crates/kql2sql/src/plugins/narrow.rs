//! `narrow`: a row for each cell.

use super::{Call, Plugin, operation};
use crate::bind::Binder;
use crate::bind::projection::project;
use crate::operation::{Setting, Task};
use crate::plan::{PlanColumn, Rel};
use crate::types::Type;

pub(super) const PLUGIN: Plugin = Plugin {
    name: "narrow",
    doc: "Makes a row of each cell: the number of its row, the name of its column, its value as text.",
    page: "narrow-plugin",
    bind,
};

fn bind(binder: &mut Binder, call: Call<'_>) -> Rel {
    let span = call.name.span;
    let columns: Vec<PlanColumn> = call.input.visible().cloned().collect();
    let text = |c: &PlanColumn| {
        let value = binder.conversion(c.reference(span), Type::String);
        (PlanColumn::new(c.name.clone(), Type::String, true), value)
    };
    let texts = columns.iter().map(text).collect();
    // The projection has hidden columns where the order depends on more than the texts: these are no cells.
    let task = Task::new("narrow").with("cells", Setting::columns(columns.iter().map(|c| c.name.clone())));
    let columns = vec![
        PlanColumn::new("Row", Type::Long, false),
        PlanColumn::new("Column", Type::String, false),
        PlanColumn::new("Value", Type::String, true),
    ];
    operation(task, vec![project(call.input, texts)], true, columns, span)
}
