//! A table of GitHub's Markdown.

use std::io::{self, Write};

use arrow::array::RecordBatch;
use kql2sql::Column;

use super::{ResultWriter, is_right_aligned, visible};

pub struct Markdown<'a> {
    columns: Vec<Column>,
    out: &'a mut (dyn Write + Send),
}

impl<'a> Markdown<'a> {
    /// Writes the header.
    pub fn new(columns: &[Column], out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let mut head = String::from("|");
        for column in columns {
            head.push(' ');
            cell(&column.name, &mut head);
            head.push_str(" |");
        }
        head.push_str("\n|");
        for column in columns {
            head.push_str(if is_right_aligned(column) { "---:|" } else { "---|" });
        }
        head.push('\n');
        out.write_all(head.as_bytes())?;
        Ok(Markdown { columns: columns.to_vec(), out })
    }
}

impl ResultWriter for Markdown<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let values = super::values(&self.columns, batch)?;
        let (mut line, mut text) = (String::new(), String::new());
        for row in 0..batch.num_rows() {
            line.clear();
            line.push('|');
            for column in &values {
                text.clear();
                column.text(row, &mut text);
                line.push(' ');
                cell(&text, &mut line);
                line.push_str(" |");
            }
            line.push('\n');
            self.out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Appends `text` so that it stays in its cell and means nothing in Markdown or HTML.
fn cell(text: &str, out: &mut String) {
    for (i, line) in text.lines().enumerate() {
        if i > 0 {
            out.push_str("<br>");
        }
        for c in visible(line).chars() {
            match c {
                '|' | '\\' | '`' | '*' | '[' => {
                    out.push('\\');
                    out.push(c);
                }
                '<' => out.push_str("&lt;"),
                '&' => out.push_str("&amp;"),
                c => out.push(c),
            }
        }
    }
}
