//! From plan to SQL: a flat chain of CTEs, each a plain SELECT.

pub mod build;
mod casts;
mod expr;
mod group;
mod item;
mod join;
mod membership;
mod operation;
mod print;
mod rel;
mod rows;
pub(crate) mod template;
pub(crate) mod udfs;
mod unique;
mod window;

pub(crate) use expr::literal_path;
pub use print::text;

use std::collections::HashMap;

use sqlparser::ast;

use crate::diagnostics::Diagnostic;
use crate::operation::Operation;
use crate::plan::Plan;

/// What a plan lowers to.
pub(crate) struct Lowered {
    /// The query.
    pub(crate) query: ast::Query,
    /// What the runtime carries out itself.
    pub(crate) operations: Vec<Operation>,
    /// What could not be said in SQL.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Lowers a plan. `now` is the fixed clock in ticks, if there is one.
pub(crate) fn lower(plan: &Plan, now: Option<i64>) -> Lowered {
    let mut lowering = expr::Lowering {
        diagnostics: Vec::new(),
        plan,
        ctes: Vec::new(),
        names: rel::CteNames::new(plan),
        written: HashMap::new(),
        now,
        filtering: false,
        rows: HashMap::new(),
        operations: operation::Operations::default(),
        row_structs: HashMap::new(),
    };
    let query = lowering.statement(&plan.root);
    Lowered { query, operations: lowering.operations.in_order, diagnostics: lowering.diagnostics }
}
