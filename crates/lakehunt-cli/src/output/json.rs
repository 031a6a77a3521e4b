//! JSON: an array of objects, or an object a line.

use std::io::{self, Write};

use arrow::array::RecordBatch;
use kql2sql::Column;

use super::ResultWriter;
use crate::values::json_string;

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
                json_string(&c.name, &mut key);
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

/// Appends the rows of a batch as JSON arrays, `[1,"a"]`, with commas between them and before them if `out` has
/// some already.
pub fn row_values(columns: &[Column], batch: &RecordBatch, out: &mut String) -> io::Result<()> {
    let values = super::values(columns, batch)?;
    for row in 0..batch.num_rows() {
        if !out.is_empty() {
            out.push(',');
        }
        out.push('[');
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
