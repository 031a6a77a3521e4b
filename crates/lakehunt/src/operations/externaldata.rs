//! `externaldata`: the records of files outside of the lake, as texts.
//!
//! <https://learn.microsoft.com/kusto/query/externaldata-operator>

use super::{Job, Worker};
use crate::dynamic::canonical::canonical;
use crate::dynamic::scan::{Kind, elements, skip_blanks, skip_value};
use crate::error::Error;
use crate::functions::parsing::csv::next_record;
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringViewBuilder};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::{DataFusionError, Result};
use kql2sql::operation::Setting;
use kql2sql::syntax::ast::Literal;
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files that stand for what a query names by URL.
pub(crate) type Files = HashMap<String, PathBuf>;

/// Rows in a batch.
const BATCH: usize = crate::settings::BATCH_SIZE;

/// Makes the worker.
pub(super) fn start(job: &Job) -> Result<Box<dyn Worker>> {
    let texts = |name: &str| -> Vec<String> {
        let text = |s: &Setting| match s {
            Setting::Literal(Literal::String(text)) => Some(text.clone()),
            _ => None,
        };
        job.task.list(name).iter().filter_map(text).collect()
    };
    let mut files = Vec::new();
    for (location, format) in texts("locations").iter().zip(texts("formats")) {
        files.push((resolve(location, &job.files).map_err(external)?, format));
    }
    files.reverse();
    let output = Arc::clone(&job.output);
    Ok(Box::new(External {
        files,
        skip: job.task.flag("skip"),
        path: PathBuf::new(),
        text: String::new(),
        at: 0,
        format: String::new(),
        output,
    }))
}

fn external(error: Error) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

/// The file that a location stands for: the one given for it, or the one that a path names.
fn resolve(location: &str, files: &Files) -> Result<PathBuf, Error> {
    let plain = location.split(['?', ';']).next().unwrap_or_default();
    if let Some(path) = files.get(location).or_else(|| files.get(plain)) {
        return Ok(path.clone());
    }
    if let Some(path) = location.strip_prefix("file://") {
        return Ok(PathBuf::from(path));
    }
    if location.contains("://") {
        let message = format!(
            "'{plain}' is not here, and a query reads nothing from the network; get the file and say \
             --external '{plain}=FILE'"
        );
        return Err(Error::Data { path: None, message });
    }
    Ok(PathBuf::from(location))
}

/// The text of a file; what `.gz` names is unpacked.
fn read(path: &Path) -> Result<String, Error> {
    let failed = |e: std::io::Error| Error::data(path, format!("the file cannot be read: {e}"));
    let mut bytes = std::fs::read(path).map_err(failed)?;
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz")) {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).map_err(failed)?;
        bytes = unpacked;
    }
    let text =
        String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

struct External {
    /// The files to come, the next one last.
    files: Vec<(PathBuf, String)>,
    skip: bool,
    /// The file that is being read, and how far.
    path: PathBuf,
    text: String,
    at: usize,
    format: String,
    output: SchemaRef,
}

impl External {
    /// The values of the next record of the file.
    fn next(&mut self) -> Result<Option<Vec<String>>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        let (values, behind) = match self.format.as_str() {
            "raw" => (vec![rest.to_owned()], ""),
            "txt" => {
                let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
                (vec![line.strip_suffix('\r').unwrap_or(line).to_owned()], behind)
            }
            "json" | "multijson" | "singlejson" => {
                let start = skip_blanks(rest.as_bytes(), 0);
                if start == rest.len() {
                    return Ok(None);
                }
                let Some(end) = skip_value(rest.as_bytes(), start) else {
                    return Err(external(Error::data(&self.path, "the file is no JSON to its end")));
                };
                (vec![rest[start..end].to_owned()], &rest[end..])
            }
            format => {
                let separator = match format {
                    "tsv" => '\t',
                    "psv" => '|',
                    "scsv" => ';',
                    _ => ',',
                };
                next_record(rest, separator)
            }
        };
        self.at = self.text.len() - behind.len();
        Ok(Some(values))
    }

    /// Opens the next file.
    fn open(&mut self) -> Result<bool> {
        let Some((path, format)) = self.files.pop() else { return Ok(false) };
        self.text = read(&path).map_err(external)?;
        self.path = path;
        self.at = 0;
        // An array of objects is as good as the objects one after the other.
        if matches!(format.as_str(), "json" | "multijson")
            && Kind::of(self.text.trim_start()) == Some(Kind::Array)
        {
            self.text = elements(self.text.trim()).collect::<Vec<_>>().join("\n");
        }
        let has_header = self.skip && !format.ends_with("json");
        self.format = format;
        if has_header {
            self.next()?;
        }
        Ok(true)
    }
}

impl Worker for External {
    fn push(&mut self, _: usize, _: RecordBatch) -> Result<Option<RecordBatch>> {
        Ok(None)
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        let mut columns: Vec<StringViewBuilder> =
            self.output.fields().iter().map(|_| StringViewBuilder::new()).collect();
        let mut rows = 0;
        while rows < BATCH {
            let Some(values) = self.next()? else { if self.open()? { continue } else { break } };
            // An empty line is no record.
            if values.len() == 1 && values[0].is_empty() {
                continue;
            }
            let json = self.format.ends_with("json");
            for (i, column) in columns.iter_mut().enumerate() {
                match values.get(i) {
                    Some(value) if json => column.append_option(canonical(value)),
                    Some(value) => column.append_value(value),
                    None => column.append_null(),
                }
            }
            rows += 1;
        }
        if rows == 0 {
            return Ok(None);
        }
        let columns: Vec<ArrayRef> =
            columns.into_iter().map(|mut c| Arc::new(c.finish()) as ArrayRef).collect();
        Ok(Some(RecordBatch::try_new(Arc::clone(&self.output), columns)?))
    }

    fn size(&self) -> usize {
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Error, QueryOptions, Session};
    use datafusion::arrow::util::pretty::pretty_format_batches;

    fn rows(session: &Session, kql: &str) -> Result<String, Error> {
        let results = session.query_blocking(kql, &QueryOptions::default())?;
        let batches = results.tables.into_iter().next().unwrap().collect_blocking()?;
        let table = pretty_format_batches(&batches).unwrap().to_string();
        let cells = |line: &str| line.split('|').map(str::trim).collect::<Vec<_>>().join("|");
        Ok(table.lines().filter(|l| l.starts_with('|')).skip(1).map(cells).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn files_are_read_by_their_format() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let csv = file("a.csv", "\u{feff}name,n\r\n\"x, \"\"y\"\"\",1\r\n\r\nz,\r\n");
        let json = file("a.json", "[{\"name\": \"x\", \"d\": {\"k\": [1]}},\n {\"name\": \"z\"}]");
        let text = file("a.txt", "one\n\ntwo\n");
        let broken = file("b.json", "{\"name\": \"x\"} {\"name\":");
        let url = "https://example.com/a.csv";
        let session = Session::builder().threads(1).external(url, &csv).build().unwrap();

        let query = format!("externaldata(name:string, n:long)['{url}?sig=1'] with (ignoreFirstRecord=true)");
        assert_eq!(rows(&session, &query).unwrap(), "|x, \"y\"|1|\n|z||");
        let query =
            format!("externaldata(name:string, d:dynamic)[@'{}'] with (format='multijson')", json.display());
        assert_eq!(rows(&session, &query).unwrap(), "|x|{\"k\":[1]}|\n|z||");
        let query = format!("externaldata(line:string)[@'{}', @'{0}'] | count", text.display());
        assert_eq!(rows(&session, &query).unwrap(), "|4|");
        let query = format!("externaldata(name:string)[@'{}']", broken.display());
        assert!(rows(&session, &query).unwrap_err().is_data());
        let query = "externaldata(name:string)['https://example.com/b.csv']";
        let error = rows(&session, query).unwrap_err();
        assert!(error.is_data() && error.to_string().contains("--external"), "{error}");
    }
}
