//! What SQL cannot say: operators and plugins that the runtime carries out on the rows of queries.
//!
//! The translator leaves a table name in the SQL for each ([`kql2sql::Operation`]). Here the operation becomes a table: a
//! scan of it runs the queries of its inputs and hands their rows to a [`Worker`]. A new one is a file here with its
//! line in [`WORKERS`], and on the other side whatever binds to a [`kql2sql::operation::Task`] of that name.

mod basket;
mod components;
mod exec;
mod externaldata;
mod materialize;
mod narrow;
mod provider;
mod scan;
mod union;

pub(crate) use exec::{OperationExec, inputs_of};
pub(crate) use externaldata::Files;
pub(crate) use provider::{OperationTable, REST, logical_plan};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::common::{DataFusionError, Result};
use datafusion::physical_expr::PhysicalExpr;
use kql2sql::operation::Task;
use kql2sql::{Column, Span};
use std::sync::Arc;

use crate::catalog::types::contract_type;

/// Makes a worker for one run of an operation.
type Start = fn(&Job) -> Result<Box<dyn Worker>>;

/// All operations by the names of their tasks.
const WORKERS: &[(&str, Start)] = &[
    ("basket", basket::start),
    ("externaldata", externaldata::start),
    ("graph-mark-components", components::start),
    ("materialize", materialize::start),
    ("narrow", narrow::start),
    ("scan", scan::start),
    ("union", union::start),
];

/// An operation as its worker sees it.
#[derive(Debug)]
pub(crate) struct Job {
    /// What is to be done.
    pub task: Task,
    /// Whether the order of the rows of the inputs counts.
    pub in_order: bool,
    /// The columns of each input, in the types of the contract (see [`crate::functions`]).
    pub inputs: Vec<SchemaRef>,
    /// The columns of the result, in the types of the contract.
    pub output: SchemaRef,
    /// Files outside of the lake that a query may name by their URLs.
    pub files: Arc<Files>,
    /// The expressions that the worker computes itself.
    pub formulas: Option<Formulas>,
    /// Where it stands in the query.
    pub span: Span,
}

/// Expressions over rows that a worker makes up.
#[derive(Debug)]
pub(crate) struct Formulas {
    /// The columns of those rows, in the types of the contract.
    pub schema: SchemaRef,
    /// The expressions with their names, in the order of the translator.
    pub values: Vec<(Column, Arc<dyn PhysicalExpr>)>,
}

/// Carries out an operation: takes the rows of the inputs, one input after the other, and gives rows.
///
/// Both calls return as soon as they can; what takes long must not wait for anything.
pub(crate) trait Worker: Send {
    /// Takes a batch of the input with that number, and gives what can be said by now.
    fn push(&mut self, input: usize, batch: RecordBatch) -> Result<Option<RecordBatch>>;

    /// Gives the rest after the last batch of the last input. It is asked again until it gives nothing.
    fn finish(&mut self) -> Result<Option<RecordBatch>>;

    /// How many bytes it holds. It counts against the memory of the query.
    fn size(&self) -> usize {
        0
    }
}

/// The worker of a job.
fn start(job: &Job) -> Result<Box<dyn Worker>> {
    let start = WORKERS.iter().find(|(name, _)| *name == job.task.name).map(|(_, start)| start);
    match start {
        Some(start) => start(job),
        None => Err(DataFusionError::Internal(format!("no worker for {}", job.task.name))),
    }
}

/// The columns in the types of the contract.
pub(crate) fn schema_of(columns: &[Column]) -> SchemaRef {
    let fields = columns.iter().map(|c| Field::new(&c.name, contract_type(c.ty), true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}
