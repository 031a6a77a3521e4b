//! `narrow`: a row for each cell.
//!
//! <https://learn.microsoft.com/kusto/query/narrow-plugin>

use super::{Job, Worker};
use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringViewBuilder};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use std::sync::Arc;

/// Makes the worker.
pub(super) fn start(job: &Job) -> Result<Box<dyn Worker>> {
    let cells = job.task.columns("cells").into_iter().map(|c| Ok((c.to_owned(), job.inputs[0].index_of(c)?)));
    let cells = cells.collect::<Result<_>>()?;
    Ok(Box::new(Narrow { cells, output: Arc::clone(&job.output), rows: 0 }))
}

struct Narrow {
    /// The columns by name, and where they stand in the input.
    cells: Vec<(String, usize)>,
    output: SchemaRef,
    /// How many rows there were so far.
    rows: i64,
}

impl Worker for Narrow {
    fn push(&mut self, _: usize, batch: RecordBatch) -> Result<Option<RecordBatch>> {
        let count = batch.num_rows() * self.cells.len();
        let mut rows = Vec::with_capacity(count);
        let mut columns = StringViewBuilder::with_capacity(count);
        let mut values = StringViewBuilder::with_capacity(count);
        let texts: Vec<_> =
            self.cells.iter().map(|(name, i)| (name, batch.column(*i).as_string_view())).collect();
        for row in 0..batch.num_rows() {
            for (name, texts) in &texts {
                rows.push(self.rows);
                columns.append_value(name);
                values.append_value(if texts.is_null(row) { "" } else { texts.value(row) });
            }
            self.rows += 1;
        }
        let columns = vec![
            Arc::new(Int64Array::from(rows)) as _,
            Arc::new(columns.finish()) as _,
            Arc::new(values.finish()) as _,
        ];
        Ok(Some(RecordBatch::try_new(Arc::clone(&self.output), columns)?))
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        Ok(None)
    }
}
