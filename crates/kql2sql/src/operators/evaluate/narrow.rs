//! `narrow`: a row for each cell.

use super::Call;
use crate::bind::projection::project;
use crate::operation::{Setting, Task};
use crate::operators::relations::operation;
use crate::plan::{PlanColumn, Rel};
use crate::types::Type;

pub(super) fn bind(call: &mut Call) -> Rel {
    let span = call.name.span;
    let columns: Vec<PlanColumn> = call.input.visible().cloned().collect();
    let text = |c: &PlanColumn| {
        let value = call.binder.conversion(c.reference(span), Type::String);
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
    operation(task, vec![project(call.input.clone(), texts)], true, columns, span)
}
