//! Writing results: one module a format, and the places they are written to.

mod chart;
mod csv;
mod json;
mod markdown;
mod parquet;
mod sink;
mod table;

use std::io::{self, IsTerminal, Write};

use arrow::array::RecordBatch;
use kql2sql::{Column, Render};

pub use json::Rows;
pub use sink::Sink;

use crate::args::Format;
use crate::diagnostics::coloured_output;
use crate::values::Values;

/// A format at work on one result: batches in, bytes out.
pub trait ResultWriter {
    /// Writes the rows of one batch, or takes them in.
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()>;

    /// Writes what is left. To be called once, after the last batch.
    fn finish(&mut self) -> io::Result<()>;
}

/// The room there is for a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many character cells a line may have; `None` for as many as it takes.
    pub width: Option<usize>,
    /// How many rows are shown.
    pub max_rows: usize,
    /// Whether there may be colours.
    pub colour: bool,
}

impl Layout {
    /// The layout for standard output (`to_file` false) or a file, with `--max-rows` as given: 0 is all.
    pub fn new(to_file: bool, max_rows: Option<usize>) -> Layout {
        let terminal = !to_file && io::stdout().is_terminal();
        let width = terminal.then(|| terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0)));
        let max_rows = match max_rows {
            Some(0) => usize::MAX,
            Some(n) => n,
            None if terminal => 100,
            None => usize::MAX,
        };
        Layout { width, max_rows, colour: terminal && coloured_output() }
    }
}

/// A writer of `format` for a result with these columns. What the query says by `render` is drawn where there is a terminal;
/// in a file the rows stand.
pub fn writer<'a>(
    format: Format,
    columns: &[Column],
    render: Option<&Render>,
    layout: Layout,
    out: &'a mut (dyn Write + Send),
) -> io::Result<Box<dyn ResultWriter + 'a>> {
    let drawn = render.filter(|render| layout.width.is_some() && chart::Chart::can_draw(render));
    Ok(match format {
        Format::Table if let Some(render) = drawn => {
            Box::new(chart::Chart::new(columns, render, layout, out))
        }
        Format::Table => Box::new(table::Table::new(columns, layout, out)),
        Format::Csv => Box::new(csv::Csv::new(columns, out)?),
        Format::Json => Box::new(json::Json::array(columns, out)),
        Format::Jsonl => Box::new(json::Json::lines(columns, out)),
        Format::Markdown => Box::new(markdown::Markdown::new(columns, out)?),
        Format::Parquet => Box::new(parquet::Parquet::new(columns, out)?),
    })
}

/// The columns of a batch, ready to be read.
fn values(columns: &[Column], batch: &RecordBatch) -> io::Result<Vec<Values>> {
    columns
        .iter()
        .zip(batch.columns())
        .map(|(column, array)| Values::new(array, column.ty).map_err(io::Error::other))
        .collect()
}

/// `text` with what would disturb a terminal or a line made visible: line ends, escape sequences and marks that
/// turn the direction of writing. Logs hold what attackers write.
pub fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    fn disturbs(c: char) -> bool {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }
    if !text.contains(disturbs) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if disturbs(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown.into()
}

/// Whether a column is set to the right: numbers are, so that their digits stand below each other.
fn is_right_aligned(column: &Column) -> bool {
    column.ty.is_number() || column.ty == kql2sql::Type::Timespan
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Float64Array, Int64Array, StringViewArray, TimestampNanosecondArray};
    use kql2sql::Type;

    use super::*;

    fn sample() -> (Vec<Column>, RecordBatch) {
        let columns = vec![
            Column::new("Name", Type::String),
            Column::new("Count", Type::Long),
            Column::new("When", Type::DateTime),
            Column::new("Bag", Type::Dynamic),
            Column::new("R", Type::Real),
        ];
        let arrays: Vec<(&str, ArrayRef)> = vec![
            ("Name", Arc::new(StringViewArray::from(vec![Some("a,\"b\""), Some("line\nend|"), None]))),
            ("Count", Arc::new(Int64Array::from(vec![Some(1), Some(-20), None]))),
            ("When", Arc::new(TimestampNanosecondArray::from(vec![Some(100), None, Some(0)]))),
            ("Bag", Arc::new(StringViewArray::from(vec![Some("{\"k\":[1]}"), Some("\"s\""), None]))),
            ("R", Arc::new(Float64Array::from(vec![Some(1.5), Some(f64::NAN), None]))),
        ];
        (
            columns,
            RecordBatch::try_from_iter_with_nullable(arrays.into_iter().map(|(n, a)| (n, a, true))).unwrap(),
        )
    }

    fn written(format: Format, layout: Layout) -> String {
        let (columns, batch) = sample();
        let mut out = Vec::new();
        let mut writer = writer(format, &columns, None, layout, &mut out).unwrap();
        writer.write(&batch.slice(0, 2)).unwrap();
        writer.write(&batch.slice(2, 1)).unwrap();
        writer.finish().unwrap();
        drop(writer);
        String::from_utf8(out).unwrap()
    }

    const WIDE: Layout = Layout { width: None, max_rows: usize::MAX, colour: false };

    #[test]
    fn csv_quotes_as_rfc_4180() {
        assert_eq!(
            written(Format::Csv, WIDE),
            "Name,Count,When,Bag,R\n\
             \"a,\"\"b\"\"\",1,1970-01-01T00:00:00.0000001Z,\"{\"\"k\"\":[1]}\",1.5\n\
             \"line\nend|\",-20,,s,NaN\n\
             ,,1970-01-01T00:00:00.0000000Z,,\n"
        );
    }

    #[test]
    fn json_is_one_array_of_objects() {
        let text = written(Format::Json, WIDE);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            value,
            serde_json::json!([
                {"Name": "a,\"b\"", "Count": 1, "When": "1970-01-01T00:00:00.0000001Z", "Bag": {"k": [1]}, "R": 1.5},
                {"Name": "line\nend|", "Count": -20, "When": null, "Bag": "s", "R": "NaN"},
                {"Name": "", "Count": null, "When": "1970-01-01T00:00:00.0000000Z", "Bag": null, "R": null},
            ])
        );
    }

    #[test]
    fn json_lines_are_the_same_objects_without_the_array() {
        let lines: Vec<serde_json::Value> =
            written(Format::Jsonl, WIDE).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let array: serde_json::Value = serde_json::from_str(&written(Format::Json, WIDE)).unwrap();
        assert_eq!(serde_json::Value::Array(lines), array);
    }

    #[test]
    fn markdown_escapes_what_would_end_a_cell() {
        assert_eq!(
            written(Format::Markdown, WIDE),
            "| Name | Count | When | Bag | R |\n\
             |---|---:|---|---|---:|\n\
             | a,\"b\" | 1 | 1970-01-01T00:00:00.0000001Z | {\"k\":\\[1]} | 1.5 |\n\
             | line<br>end\\| | -20 |  | s | NaN |\n\
             |  |  | 1970-01-01T00:00:00.0000000Z |  |  |\n"
        );
    }

    #[test]
    fn a_table_shows_line_ends_and_sets_numbers_to_the_right() {
        assert_eq!(
            written(Format::Table, WIDE),
            "\
┌────────────┬───────┬──────────────────────────────┬───────────┬─────┐
│ Name       │ Count │ When                         │ Bag       │   R │
╞════════════╪═══════╪══════════════════════════════╪═══════════╪═════╡
│ a,\"b\"      │     1 │ 1970-01-01T00:00:00.0000001Z │ {\"k\":[1]} │ 1.5 │
│ line\\nend| │   -20 │                              │ s         │ NaN │
│            │       │ 1970-01-01T00:00:00.0000000Z │           │     │
└────────────┴───────┴──────────────────────────────┴───────────┴─────┘
"
        );
    }

    #[test]
    fn a_table_counts_the_rows_that_it_does_not_show() {
        let text = written(Format::Table, Layout { max_rows: 1, ..WIDE });
        assert!(text.ends_with("┘\n… 2 more rows\n"), "{text}");
        assert!(!text.contains("-20"), "{text}");
    }

    #[test]
    fn a_table_keeps_within_the_width_of_the_terminal() {
        for width in [60, 40, 30, 20, 10] {
            let text = written(Format::Table, Layout { width: Some(width), max_rows: 10, colour: false });
            let lines = text.lines().filter(|line| !line.starts_with('…'));
            let widest = lines.map(unicode_width::UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= width.max(20), "{width}: {widest}\n{text}");
            assert!(text.contains('…'), "{text}");
        }
    }

    #[test]
    fn parquet_keeps_types_and_names_the_kusto_ones() {
        use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

        let (columns, batch) = sample();
        let mut file = tempfile::tempfile().unwrap();
        let mut writer = writer(Format::Parquet, &columns, None, WIDE, &mut file).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        drop(writer);
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let schema = builder.schema().clone();
        assert_eq!(
            schema.field(2).data_type(),
            &arrow::datatypes::DataType::Timestamp(
                arrow::datatypes::TimeUnit::Nanosecond,
                Some("UTC".into())
            )
        );
        assert_eq!(schema.field(3).metadata().get("kusto.type").map(String::as_str), Some("dynamic"));
        let read = builder.build().unwrap().next().unwrap().unwrap();
        assert_eq!(read.num_rows(), 3);
        let values = values(&columns, &read).unwrap();
        let mut name = String::new();
        values[0].json(2, &mut name);
        assert_eq!(name, "\"\"");
        let mut when = String::new();
        values[2].text(0, &mut when);
        assert_eq!(when, "1970-01-01T00:00:00.0000001Z");
    }

    #[test]
    fn escape_sequences_and_marks_of_direction_are_shown_not_obeyed() {
        assert_eq!(visible("a\u{1b}[31m\u{202e}b\t"), "a\\u{1b}[31m\\u{202e}b\\t");
    }
}
