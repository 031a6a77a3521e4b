//! `materialize`: the rows of a query, computed once.
//!
//! <https://learn.microsoft.com/kusto/query/materialize-function>

use super::{Job, Worker};
use datafusion::arrow::array::RecordBatch;
use datafusion::common::Result;

/// Makes the worker. That several scans share the rows is how operations are run.
pub(super) fn start(_: &Job) -> Result<Box<dyn Worker>> {
    Ok(Box::new(Rows))
}

struct Rows;

impl Worker for Rows {
    fn push(&mut self, _: usize, batch: RecordBatch) -> Result<Option<RecordBatch>> {
        Ok(Some(batch))
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        Ok(None)
    }
}
