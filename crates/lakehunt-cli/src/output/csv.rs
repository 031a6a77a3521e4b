//! Comma-separated values, quoted as RFC 4180 says; lines end in a line feed.

use std::io::{self, Write};

use arrow::array::RecordBatch;
use kql2sql::Column;

use super::ResultWriter;

pub struct Csv<'a> {
    columns: Vec<Column>,
    out: csv::Writer<&'a mut (dyn Write + Send)>,
}

impl<'a> Csv<'a> {
    /// Writes the header line.
    pub fn new(columns: &[Column], out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(columns.iter().map(|c| &c.name)).map_err(plain)?;
        Ok(Csv { columns: columns.to_vec(), out })
    }
}

impl ResultWriter for Csv<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let values = super::values(&self.columns, batch)?;
        let mut cell = String::new();
        for row in 0..batch.num_rows() {
            for column in &values {
                cell.clear();
                column.text(row, &mut cell);
                self.out.write_field(&cell).map_err(plain)?;
            }
            self.out.write_record(None::<&[u8]>).map_err(plain)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The error of the output itself, which tells a reader that has gone from a full disk. (csv's own error hides it.)
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
