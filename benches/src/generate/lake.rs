//! Writing a table's rows as Parquet files.

use std::fs::{self, File};
use std::path::Path;

use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use serde_json::Value;

use super::Options;
use super::clock::Ticks;
use super::record::Record;
use super::table::Table;

/// Rows of a row group: DuckDB's unit, common in lakes.
const ROW_GROUP_ROWS: usize = 122_880;

/// Rows that a thread holds as arrays before it hands them to the Parquet writer.
const BATCH_ROWS: usize = 8_192;

/// Rows of a table, in the order of time: a background of any size, and a few planted rows among it.
pub trait Rows: Sync {
    /// Where the rows go.
    type Table: Table;

    /// The number of rows of the background.
    fn background(&self) -> u64;

    /// The time of a row of the background. It never goes back from one row to the next.
    fn time(&self, row: u64) -> Ticks;

    /// Adds a row of the background and notes what the hunts must find in it.
    fn push(&self, row: u64, table: &mut Self::Table, record: &mut Record);

    /// The number of planted rows.
    fn planted(&self) -> usize;

    /// The time of a planted row. They are in order, too.
    fn planted_time(&self, index: usize) -> Ticks;

    /// Adds a planted row and notes what the hunts must find in it.
    fn push_planted(&self, index: usize, table: &mut Self::Table, record: &mut Record);
}

/// Writes one of the files of a table; returns its size.
pub fn write_part<R: Rows>(
    options: &Options,
    rows: &R,
    part: u64,
    record: &mut Record,
) -> Result<u64, String> {
    let path = options.out.join(R::Table::NAME).join(format!("part-{part:03}.parquet"));
    write(options, rows, part, &path, record).map_err(|error| format!("{}: {error}", path.display()))
}

fn write<R: Rows>(
    options: &Options,
    rows: &R,
    part: u64,
    path: &Path,
    record: &mut Record,
) -> Result<u64, Box<dyn std::error::Error>> {
    let first = rows.background() * part / options.files;
    let end = rows.background() * (part + 1) / options.files;
    // Planted rows before the first row of the background go to the first file, those after the last one to
    // the last.
    let planted_before = |row: u64| match row {
        0 => 0,
        row if row == rows.background() => rows.planted(),
        row => (0..rows.planted()).take_while(|index| rows.planted_time(*index) < rows.time(row)).count(),
    };
    let mut planted = planted_before(first)..planted_before(end);

    fs::create_dir_all(path.parent().expect("a file of a table lies in the table's folder"))?;
    let mut writer =
        ArrowWriter::try_new(File::create(path)?, R::Table::schema(), Some(properties::<R::Table>()))?;
    let mut table = R::Table::default();
    let mut waiting = 0;
    for row in first..end {
        let time = rows.time(row);
        while planted.start < planted.end && rows.planted_time(planted.start) < time {
            rows.push_planted(planted.start, &mut table, record);
            planted.start += 1;
            waiting += 1;
        }
        rows.push(row, &mut table, record);
        waiting += 1;
        if waiting >= BATCH_ROWS {
            writer.write(&table.take())?;
            waiting = 0;
        }
    }
    for index in planted {
        rows.push_planted(index, &mut table, record);
    }
    writer.write(&table.take())?;
    writer.close()?;
    Ok(fs::metadata(path)?.len())
}

fn properties<T: Table>() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS));
    for column in T::UNIQUE {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(*column), false);
    }
    properties.build()
}

/// Writes a JSON document for people to read and to compare: the outer levels indented, each row of a result
/// on a line.
pub fn write_json(path: &Path, document: &Value) -> Result<(), String> {
    let mut text = String::new();
    push_json(&mut text, document, 0);
    text.push('\n');
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// How many levels of a document are indented.
const INDENTED_LEVELS: usize = 4;

fn push_json(out: &mut String, value: &Value, level: usize) {
    let (open, close, members): (_, _, Vec<(String, &Value)>) = match value {
        Value::Object(members) if level < INDENTED_LEVELS => (
            '{',
            '}',
            members
                .iter()
                .map(|(name, value)| (format!("{}: ", Value::from(name.as_str())), value))
                .collect(),
        ),
        Value::Array(elements) if level < INDENTED_LEVELS => {
            ('[', ']', elements.iter().map(|value| (String::new(), value)).collect())
        }
        _ => return out.push_str(&value.to_string()),
    };
    out.push(open);
    for (index, (name, value)) in members.into_iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(level + 1));
        out.push_str(&name);
        push_json(out, value, level + 1);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(level));
    out.push(close);
}
