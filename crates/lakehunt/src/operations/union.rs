//! `union` of many tables: each table's rows with nulls for the columns that it lacks.
//!
//! <https://learn.microsoft.com/kusto/query/union-operator>

use super::{Job, Worker};
use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::Result;
use std::collections::HashMap;
use std::sync::Arc;

/// Makes the worker.
pub(super) fn start(job: &Job) -> Result<Box<dyn Worker>> {
    let mut types: Vec<DataType> = Vec::new();
    let lacking = job.output.fields().iter().map(|field| {
        types.iter().position(|t| t == field.data_type()).unwrap_or_else(|| {
            types.push(field.data_type().clone());
            types.len() - 1
        })
    });
    let lacking: Vec<usize> = lacking.collect();
    let sources = job.inputs.iter().map(|input| {
        let there: HashMap<&str, usize> =
            input.fields().iter().enumerate().map(|(i, f)| (f.name().as_str(), i)).collect();
        let sources = job.output.fields().iter().zip(&lacking);
        let sources = sources.map(|(field, ty)| match there.get(field.name().as_str()) {
            Some(column) => Source::Column(*column),
            None => Source::Null(*ty),
        });
        sources.collect()
    });
    let sources = sources.collect();
    Ok(Box::new(Union { sources, types, nulls: Vec::new(), output: Arc::clone(&job.output) }))
}

/// Where a column of the result comes from.
enum Source {
    /// The column of the input at that place.
    Column(usize),
    /// From nowhere: null, of the type at that place.
    Null(usize),
}

struct Union {
    /// For each input and column of the result.
    sources: Vec<Vec<Source>>,
    /// The types of the columns, each once.
    types: Vec<DataType>,
    /// A column of nulls of each type, as long as the last batch.
    nulls: Vec<ArrayRef>,
    output: SchemaRef,
}

impl Worker for Union {
    fn push(&mut self, input: usize, batch: RecordBatch) -> Result<Option<RecordBatch>> {
        let rows = batch.num_rows();
        if self.nulls.first().is_none_or(|nulls| nulls.len() != rows) {
            self.nulls = self.types.iter().map(|ty| new_null_array(ty, rows)).collect();
        }
        let columns = self.sources[input].iter().map(|source| match source {
            Source::Column(column) => Arc::clone(batch.column(*column)),
            Source::Null(ty) => Arc::clone(&self.nulls[*ty]),
        });
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.output), columns.collect(), &options)?;
        Ok(Some(batch))
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use crate::{QueryOptions, Session};
    use datafusion::arrow::util::pretty::pretty_format_batches;

    /// Tables with so many columns of their own that a union of them is an operation.
    fn wide() -> String {
        let column = |table: usize| move |i: usize| format!("own_{table}_{i} = {i}");
        let table = |t: usize| {
            let own: Vec<String> = (0..30).map(column(t)).collect();
            format!("(print id = {t}, note = 'n{t}', {})", own.join(", "))
        };
        let tables: Vec<String> = (0..30).map(table).collect();
        format!("union withsource=source {}", tables.join(", "))
    }

    fn rows(query: &str) -> String {
        let session = Session::builder().threads(1).build().unwrap();
        let results = session.query_blocking(query, &QueryOptions::default()).unwrap();
        let batches = results.tables.into_iter().next().unwrap().collect_blocking().unwrap();
        let table = pretty_format_batches(&batches).unwrap().to_string();
        let cells = |line: &str| line.split('|').map(str::trim).collect::<Vec<_>>().join("|");
        table.lines().filter(|l| l.starts_with('|')).skip(1).map(cells).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_that_a_table_lacks_are_null() {
        let wide = wide();
        let query = format!(
            "{wide} | as all | project source, id, note, own_3_7 | where id in (3, 4) | sort by id asc"
        );
        assert_eq!(rows(&query), "|union_arg3|3|n3|7|\n|union_arg4|4|n4||");
        let query = format!("{wide} | where own_29_0 == 0 or id < 2 | sort by id desc | take 2");
        let all = rows(&query);
        let lines: Vec<&str> = all.lines().collect();
        assert_eq!(lines.len(), 2, "{all}");
        assert!(lines[0].starts_with("|union_arg29|29|n29|") && lines[0].ends_with("|28|29|"), "{all}");
        assert!(lines[1].starts_with("|union_arg1|1|n1|") && lines[1].ends_with("|||"), "{all}");
        assert_eq!(rows(&format!("{wide} | getschema | count")), "|903|");
    }

    #[test]
    fn rows_without_any_of_the_columns_count() {
        let numbers: Vec<String> = (0..900).map(|i| format!("own_{}_{}", i / 30, i % 30)).collect();
        let query = format!(
            "{} | where isnull(own_0_0) | project {} | summarize count(), sum(own_5_5)",
            wide(),
            numbers.join(", ")
        );
        assert_eq!(rows(&query), "|29|5|");
    }
}
