//! Watchlists: CSV files that `_GetWatchlist('alias')` reads as tables.
//!
//! All columns of the file are strings. Before them stand those that Sentinel adds: `_DTItemId`, `LastUpdatedTimeUTC` (when
//! the file was written) and `SearchKey`.
//!
//! <https://learn.microsoft.com/azure/sentinel/watchlists-queries>

use crate::{Error, documents};
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringViewArray, TimestampNanosecondArray};
use datafusion::catalog::MemTable;
use kql2sql::{Column, Table, Type};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// A watchlist, by where it is.
#[derive(Debug, Clone)]
pub(super) struct Watchlist {
    path: PathBuf,
    /// The column that is the search key; else the first.
    key: Option<String>,
}

/// A watchlist as it was read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Arc<MemTable>,
}

/// The name under which SQL refers to a watchlist. No other table can have it: it is a call.
pub(super) fn table_name(alias: &str) -> String {
    format!("_GetWatchlist('{alias}')")
}

/// The table as the translator sees it.
pub(super) fn table(alias: &str, read: &Read) -> Table {
    Table { name: table_name(alias), columns: read.columns.clone() }
}

impl Watchlist {
    /// `file.csv`, or `file.csv#Column` with the column of the search key.
    pub(super) fn new(location: &str) -> Watchlist {
        match location.rsplit_once('#') {
            Some((path, key)) if !Path::new(location).exists() => {
                Watchlist { path: path.into(), key: Some(key.to_owned()) }
            }
            _ => Watchlist { path: location.into(), key: None },
        }
    }

    /// The watchlists of a folder: its CSV files, by their names.
    pub(super) fn of_folder(folder: &Path) -> Result<Vec<(String, Watchlist)>, Error> {
        let failed = |e: std::io::Error| Error::data(folder, e.to_string());
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"))
                && let Some(name) = path.file_stem()
            {
                found
                    .push((name.to_string_lossy().into_owned(), Watchlist { key: None, path: path.clone() }));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        if found.is_empty() {
            return Err(Error::data(folder, "there is no CSV file in this folder"));
        }
        Ok(found)
    }

    /// Whether the file is there.
    pub(super) fn check(&self) -> Result<(), Error> {
        let found = std::fs::metadata(&self.path).map_err(|e| Error::data(&self.path, e.to_string()))?;
        if found.is_file() { Ok(()) } else { Err(Error::data(&self.path, "it is no CSV file")) }
    }

    /// Reads the file.
    pub(super) fn read(&self) -> Result<Read, Error> {
        let wrong = |message: String| Error::data(&self.path, message);
        let text = documents::read(&self.path).map_err(|e| wrong(e.to_string()))?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|e| wrong(no_csv(&e)))?;
        let headers: Vec<String> = headers.iter().map(str::to_owned).collect();
        if headers.iter().all(String::is_empty) {
            return Err(wrong("it has no header line".to_owned()));
        }
        let mut names = std::collections::HashSet::new();
        if let Some(twice) = headers.iter().find(|h| !names.insert(h.as_str())) {
            return Err(wrong(format!("it has two columns named '{twice}'")));
        }
        let key = match &self.key {
            None => headers.iter().position(|h| h == "SearchKey").unwrap_or(0),
            Some(key) => headers
                .iter()
                .position(|h| h == key)
                .ok_or_else(|| wrong(format!("it has no column '{key}' to be the search key")))?,
        };
        let mut values: Vec<Vec<String>> = vec![Vec::new(); headers.len()];
        for record in reader.records() {
            let record = record.map_err(|e| wrong(no_csv(&e)))?;
            for (column, value) in values.iter_mut().zip(&record) {
                column.push(value.to_owned());
            }
        }
        let rows = values.first().map_or(0, Vec::len);
        let texts = |values: &[String]| Arc::new(StringViewArray::from_iter_values(values)) as ArrayRef;
        let identities: Vec<String> = (0..rows).map(|row| identity(row, &values)).collect();
        let mut columns = vec![
            ("_DTItemId".to_owned(), Type::String, texts(&identities)),
            (
                "LastUpdatedTimeUTC".to_owned(),
                Type::DateTime,
                Arc::new(TimestampNanosecondArray::from_value(self.written(), rows)) as ArrayRef,
            ),
            ("SearchKey".to_owned(), Type::String, texts(&values[key])),
        ];
        for (header, values) in headers.into_iter().zip(&values) {
            if !columns.iter().any(|(name, ..)| *name == header) {
                columns.push((header, Type::String, texts(values)));
            }
        }
        let batch =
            RecordBatch::try_from_iter(columns.iter().map(|(name, _, array)| (name, Arc::clone(array))));
        let batch = batch.map_err(Error::internal)?;
        let rows = MemTable::try_new(batch.schema(), vec![vec![batch]]).map_err(Error::internal)?;
        let columns = columns.into_iter().map(|(name, ty, _)| Column::new(name, ty)).collect();
        Ok(Read { columns, rows: Arc::new(rows) })
    }

    /// When the file was written, in nanoseconds since 1970.
    fn written(&self) -> i64 {
        let modified = std::fs::metadata(&self.path).and_then(|m| m.modified());
        let since =
            modified.ok().and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
        i64::try_from(since.as_nanos()).unwrap_or_default()
    }
}

/// An identifier of a row: the same as long as its place and its values are.
fn identity(row: usize, values: &[Vec<String>]) -> String {
    use std::hash::Hasher;
    let half = |seed: u64| {
        let mut hasher = twox_hash::XxHash64::with_seed(seed);
        hasher.write_usize(row);
        for column in values {
            hasher.write(column[row].as_bytes());
            hasher.write_u8(0xff);
        }
        hasher.finish()
    };
    let all = format!("{:016x}{:016x}", half(1), half(2));
    format!("{}-{}-{}-{}-{}", &all[..8], &all[8..12], &all[12..16], &all[16..20], &all[20..])
}

/// What is wrong with a CSV file.
fn no_csv(error: &csv::Error) -> String {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let s = if *len == 1 { "" } else { "s" };
            format!("line {line} has {len} value{s}, the lines before it have {expected_len}")
        }
        _ => format!("line {line} is no CSV"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_file_stand_behind_those_of_sentinel() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vip.csv");
        std::fs::write(&file, "Name,Mail\nAda,\"a,b\"\nBob,c\n").unwrap();
        let list = Watchlist::new(&format!("{}#Mail", file.display()));
        let read = list.read().unwrap();
        let names: Vec<_> = read.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["_DTItemId", "LastUpdatedTimeUTC", "SearchKey", "Name", "Mail"]);
        assert_ne!(
            identity(0, &[vec!["a".into(), "a".into()]]),
            identity(1, &[vec!["a".into(), "a".into()]])
        );
        assert!(Watchlist::new(&format!("{}#No", file.display())).read().unwrap_err().is_data());
    }

    #[test]
    fn a_spreadsheet_may_write_its_own_encoding_and_a_broken_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        let read = |bytes: &[u8]| {
            std::fs::write(&file, bytes).unwrap();
            Watchlist::new(&file.display().to_string()).read()
        };
        let wide: Vec<u8> = "\u{feff}Näme,N\r\na,1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).unwrap().columns[3].name, "Näme");
        let says = |bytes: &[u8], words: &str| {
            let message = read(bytes).unwrap_err().to_string();
            assert!(message.ends_with(words), "{message}");
        };
        says(b"A,B\na,1\nb\n", "line 3 has 1 value, the lines before it have 2");
        says(b"A\xff,B\n", "it is not text in UTF-8");
    }
}
