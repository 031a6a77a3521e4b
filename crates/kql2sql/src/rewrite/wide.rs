//! A union of many tables with many columns is an operation. In SQL each table would be written with all columns that any of
//! them has, nearly all NULL: for `search` over some hundred tables millions of them, which take the engine minutes and
//! gigabytes to plan. The operation reads of each table what it has.

use std::collections::HashMap;
use std::rc::Rc;

use super::for_each_rel_mut;
use crate::bind::projection::project;
use crate::operation::Task;
use crate::plan::{ColumnName, Expr, Node, Operation, Plan, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// Up to so many columns, counted for each table, a union is SQL: the engine can move filters and columns through that.
const MOST_CELLS: usize = 20_000;

/// Makes such unions operations, in the whole plan.
pub(super) fn rewrite(plan: &mut Plan) {
    for_each_rel_mut(plan, &mut |rel| {
        let Node::Union(union) = &*rel.node else { return };
        if union.inputs.len().saturating_mul(rel.columns.len()) <= MOST_CELLS {
            return;
        }
        let inputs =
            union.inputs.iter().map(|(table, input)| own(table, input, &union.sources, &rel.columns));
        let operation = Operation {
            task: Task::new("union"),
            inputs: inputs.collect(),
            in_order: false,
            reads: None,
            formulas: None,
            span: Span::default(),
        };
        rel.node = Rc::new(Node::Operation(Box::new(operation)));
    });
}

/// The columns of the union that an input has, under the names of the union.
fn own(table: &str, input: &Rel, sources: &[Option<ColumnName>], columns: &[PlanColumn]) -> Rel {
    let span = Span::default();
    let there: HashMap<&str, &PlanColumn> = input.visible().map(|c| (c.name.as_str(), c)).collect();
    let mut list: Vec<(PlanColumn, Expr)> = Vec::new();
    for (source, column) in sources.iter().zip(columns) {
        let value = match source {
            None => Expr::literal(Literal::String(table.to_owned()), span),
            Some(source) => match there.get(source.as_str()).filter(|c| c.ty == column.ty) {
                Some(found) => found.reference(span),
                None => continue,
            },
        };
        list.push((column.clone(), value));
    }
    if list.is_empty() {
        // Its rows count all the same.
        let row = PlanColumn::new("$row", Type::Bool, false);
        list.push((row, Expr::literal(Literal::Bool(true), span)));
    }
    project(input.clone(), list)
}
