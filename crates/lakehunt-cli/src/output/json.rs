//! JSON: an array of objects, or an object a line.

use std::io::{self, Write};

use arrow::array::RecordBatch;
use kql2sql::Column;

use super::ResultWriter;
use crate::engine::{ResultRows, RunError};
use kql2sql::json::push_string;

pub struct Json<'a> {
    columns: Vec<Column>,
    /// Each column's name as `"name":`.
    keys: Vec<String>,
    out: &'a mut (dyn Write + Send),
    /// Whether the objects stand in an array.
    array: bool,
    rows: u64,
}

impl<'a> Json<'a> {
    /// `[{…},…]`
    pub fn array(columns: &[Column], out: &'a mut (dyn Write + Send)) -> Self {
        Json { array: true, ..Self::lines(columns, out) }
    }

    /// `{…}` and a line end for each row.
    pub fn lines(columns: &[Column], out: &'a mut (dyn Write + Send)) -> Self {
        let keys = columns
            .iter()
            .map(|c| {
                let mut key = String::new();
                push_string(&mut key, &c.name);
                key.push(':');
                key
            })
            .collect();
        Json { columns: columns.to_vec(), keys, out, array: false, rows: 0 }
    }
}

impl ResultWriter for Json<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let values = super::values(&self.columns, batch)?;
        let mut line = String::new();
        for row in 0..batch.num_rows() {
            line.clear();
            if self.array {
                line.push_str(if self.rows == 0 { "[\n" } else { ",\n" });
            }
            line.push('{');
            for (i, (key, column)) in self.keys.iter().zip(&values).enumerate() {
                if i > 0 {
                    line.push(',');
                }
                line.push_str(key);
                column.json(row, &mut line);
            }
            line.push('}');
            if !self.array {
                line.push('\n');
            }
            self.out.write_all(line.as_bytes())?;
            self.rows += 1;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.array {
            self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }
}

/// A result for machines: the columns with their Kusto types, and the rows as arrays.
#[derive(Debug, Default)]
pub struct Rows {
    pub columns: Vec<Column>,
    /// The rows as JSON arrays with commas between them; `None` where there are none to show, because the query failed
    /// or was only checked.
    pub rows: Option<String>,
}

impl Rows {
    /// Reads a result to its end; gives the number of its rows, too.
    pub fn read(result: &mut ResultRows) -> Result<(Rows, u64), RunError> {
        let mut rows = Rows { columns: result.columns.clone(), rows: Some(String::new()) };
        let mut count = 0;
        while let Some(batch) = result.next()? {
            count += batch.num_rows() as u64;
            rows.add(&batch)?;
        }
        Ok((rows, count))
    }

    /// The same with the rows of one more batch.
    fn add(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let values = super::values(&self.columns, batch)?;
        let out = self.rows.get_or_insert_default();
        for row in 0..batch.num_rows() {
            out.push_str(if out.is_empty() { "[" } else { ",[" });
            for (i, column) in values.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                column.json(row, out);
            }
            out.push(']');
        }
        Ok(())
    }

    /// Appends `"columns":[…],"rows":[…]`, without `rows` where there are none; the results behind the first follow
    /// as `"more":[{…},…]`.
    pub fn push_all(results: &[Rows], line: &mut String) {
        results.first().unwrap_or(&Rows::default()).push(line);
        if let [_, more @ ..] = results
            && !more.is_empty()
        {
            line.push_str(",\"more\":[");
            for (i, result) in more.iter().enumerate() {
                line.push_str(if i == 0 { "{" } else { ",{" });
                result.push(line);
                line.push('}');
            }
            line.push(']');
        }
    }

    fn push(&self, line: &mut String) {
        line.push_str("\"columns\":[");
        for (i, column) in self.columns.iter().enumerate() {
            line.push_str(if i == 0 { "[" } else { ",[" });
            push_string(line, &column.name);
            line.push(',');
            push_string(line, column.ty.name());
            line.push(']');
        }
        line.push(']');
        if let Some(rows) = &self.rows {
            line.push_str(",\"rows\":[");
            line.push_str(rows);
            line.push(']');
        }
    }
}
