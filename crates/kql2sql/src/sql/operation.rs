//! Operations of the runtime: a table in the SQL, and the queries of their inputs beside it.

use std::collections::HashMap;

use sqlparser::ast;

use super::expr::Lowering;
use super::item::Item;
use super::rel::Block;
use crate::catalog::Column;
use crate::operation::{Formulas, Input, Operation};
use crate::plan::{self, PlanColumn, Rel};

/// The operations of a query.
#[derive(Debug, Default)]
pub(super) struct Operations {
    /// In the order in which they are carried out.
    pub(super) in_order: Vec<Operation>,
    /// Their tables, by the operation's place in memory: the plan does not change while it is lowered.
    tables: HashMap<*const plan::Operation, String>,
}

impl Lowering<'_> {
    /// The rows of the operation, as a table.
    pub(super) fn operation(&mut self, operation: &plan::Operation, columns: &[PlanColumn]) -> Block {
        // A shared relation is written once for each query that reads it; its operation is carried out once.
        let place = std::ptr::from_ref(operation);
        let table = match self.operations.tables.get(&place) {
            Some(table) => table.clone(),
            None => {
                let inputs = operation.inputs.iter().map(|rel| self.input(rel)).collect();
                let formulas = operation.formulas.as_ref().map(|f| self.formulas(f));
                let table = self.names.take(Some(&format!("${}", operation.task.name)));
                self.operations.in_order.push(Operation {
                    table: table.clone(),
                    task: operation.task.clone(),
                    inputs,
                    in_order: operation.in_order,
                    columns: columns.iter().map(|c| Column::new(c.name.clone(), c.ty)).collect(),
                    formulas,
                    span: operation.span,
                });
                self.operations.tables.insert(place, table.clone());
                table
            }
        };
        Block::scan(&table, columns.iter().map(|c| (c.name.clone(), c.nullable)))
    }

    /// A query of its own, with CTEs of its own.
    fn input(&mut self, rel: &Rel) -> Input {
        let ctes = std::mem::take(&mut self.ctes);
        let written = std::mem::take(&mut self.written);
        let rows = std::mem::take(&mut self.rows);
        let sql = self.statement(rel);
        (self.ctes, self.written, self.rows) = (ctes, written, rows);
        Input { sql, columns: rel.visible().map(|c| Column::new(c.name.clone(), c.ty)).collect() }
    }

    fn formulas(&mut self, formulas: &plan::Formulas) -> Formulas {
        let table = self.names.take(Some("$rows"));
        let mut block = Block::scan(&table, formulas.columns.iter().map(|c| (c.name.clone(), true)));
        block.items = formulas
            .values
            .iter()
            .map(|(name, value)| {
                let sql = self.raw(value, &block);
                Item::new(name.clone(), sql, true)
            })
            .collect();
        let names: Vec<&str> = formulas.values.iter().map(|(n, _)| n.as_str()).collect();
        let sql: ast::Query = block.into_query(&names);
        Formulas {
            columns: formulas.columns.iter().map(|c| Column::new(c.name.clone(), c.ty)).collect(),
            sql,
            table,
            results: formulas.values.iter().map(|(n, v)| Column::new(n.clone(), v.ty)).collect(),
        }
    }
}
