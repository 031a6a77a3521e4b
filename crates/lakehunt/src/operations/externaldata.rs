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
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use kql2sql::Span;
use kql2sql::operation::Setting;
use kql2sql::syntax::ast::Literal;
use rawzip::CompressionMethod;
use regex::Regex;
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
    let place = job.span;
    let mut files = Vec::new();
    for (location, format) in texts("locations").iter().zip(texts("formats")) {
        files.push((resolve(location, &job.files).map_err(|e| external(e, place))?, format));
    }
    files.reverse();
    let wanted = job.task.text("zip").map(wanted_files).transpose().map_err(|e| external(e, place))?;
    let output = Arc::clone(&job.output);
    Ok(Box::new(External {
        files,
        parts: Vec::new(),
        skip: job.task.flag("skip"),
        wanted,
        place,
        path: PathBuf::new(),
        text: String::new(),
        at: 0,
        format: String::new(),
        output,
    }))
}

/// The error, with the place of the operator in the query.
fn external(error: Error, place: Span) -> DataFusionError {
    DataFusionError::External(Box::new(error.at(place)))
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
        return Err(Error::Data { path: None, message, span: None });
    }
    Ok(PathBuf::from(location))
}

/// The files of an archive that a pattern names: a regular expression, or one with `*` for any text, as in `*.csv`.
fn wanted_files(pattern: &str) -> Result<Regex, Error> {
    let wildcard = || Regex::new(&format!("^{}$", regex::escape(pattern).replace(r"\*", ".*")));
    Regex::new(pattern).or_else(|_| wildcard()).map_err(|e| Error::Data {
        path: None,
        message: format!("zipPattern is no regular expression: {e}"),
        span: None,
    })
}

/// The texts of a file: one, or those of the files in an archive. What `.gz` or `.zip` names is unpacked.
fn read(path: &Path, wanted: Option<&Regex>) -> Result<Vec<String>, Error> {
    let failed = |e: &dyn std::fmt::Display| Error::data(path, format!("the file cannot be read: {e}"));
    let packed = |ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    let bytes = std::fs::read(path).map_err(|e| failed(&e))?;
    let parts = if packed("zip") {
        unzip(&bytes, wanted).map_err(|e| failed(&e))?
    } else if packed("gz") {
        vec![inflate(MultiGzDecoder::new(bytes.as_slice())).map_err(|e| failed(&e))?]
    } else {
        vec![bytes]
    };
    Ok(parts.into_iter().map(text_of).collect())
}

/// The files of an archive that are wanted, in the order in which they stand there.
fn unzip(bytes: &[u8], wanted: Option<&Regex>) -> Result<Vec<Vec<u8>>, Box<dyn std::error::Error>> {
    let archive = rawzip::ZipArchive::from_slice(bytes)?;
    let mut entries = archive.entries();
    let mut parts = Vec::new();
    while let Some(entry) = entries.next_entry()? {
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if entry.is_dir() || wanted.is_some_and(|pattern| !pattern.is_match(&name)) {
            continue;
        }
        let packed = archive.get_entry(entry.wayfinder())?;
        parts.push(match entry.compression_method() {
            CompressionMethod::STORE => inflate(packed.verifying_reader(packed.data()))?,
            CompressionMethod::DEFLATE => {
                inflate(packed.verifying_reader(DeflateDecoder::new(packed.data())))?
            }
            _ => return Err(format!("{name} is packed in a way that is not read here").into()),
        });
    }
    Ok(parts)
}

fn inflate(mut reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes as a text, without the mark of its encoding in front.
fn text_of(bytes: Vec<u8>) -> String {
    let text =
        String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    }
}

struct External {
    /// The files to come, the next one last.
    files: Vec<(PathBuf, String)>,
    /// What is left of the file that was opened, the next part last.
    parts: Vec<String>,
    skip: bool,
    /// Which files of an archive are read, where not all are.
    wanted: Option<Regex>,
    /// Where the operator stands in the query.
    place: Span,
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
                    let error = Error::data(&self.path, "the file is no JSON to its end");
                    return Err(external(error, self.place));
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

    /// Opens the next file, or the next part of this one.
    fn open(&mut self) -> Result<bool> {
        while self.parts.is_empty() {
            let Some((path, format)) = self.files.pop() else { return Ok(false) };
            self.parts = read(&path, self.wanted.as_ref()).map_err(|e| external(e, self.place))?;
            self.parts.reverse();
            (self.path, self.format) = (path, format);
        }
        self.text = self.parts.pop().unwrap_or_default();
        self.at = 0;
        let format = self.format.as_str();
        // An array of objects is as good as the objects one after the other.
        if matches!(format, "json" | "multijson") && Kind::of(self.text.trim_start()) == Some(Kind::Array) {
            self.text = elements(self.text.trim()).collect::<Vec<_>>().join("\n");
        }
        if self.skip && !format.ends_with("json") {
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
        self.text.len() + self.parts.iter().map(String::len).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::CompressionMethod;
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
        let query = "let feed = externaldata(name:string)['https://example.com/b.csv']; feed";
        let error = rows(&session, query).unwrap_err();
        assert!(error.is_data() && error.to_string().contains("--external"), "{error}");
        assert_eq!(error.span().map(|s| s.text(query)), Some("externaldata"));
    }
    #[test]
    fn archives_are_unpacked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv.zip");
        let mut archive = rawzip::ZipArchiveWriter::new(std::fs::File::create(&path).unwrap());
        for (name, text) in [("a.csv", "n\n1\n"), ("b.txt", "n\n2\n"), ("folder/c.csv", "n\n3\n4")] {
            let file = archive.new_file(name).compression_method(CompressionMethod::DEFLATE);
            let (mut entry, config) = file.start().unwrap();
            let packed = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut writer = config.wrap(packed);
            std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
            let (packed, descriptor) = writer.finish().unwrap();
            packed.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        let session = Session::builder().threads(1).build().unwrap();
        let with = |more: &str| {
            format!("externaldata(n:long)[@'{}'] with (ignoreFirstRecord=true{more})", path.display())
        };
        assert_eq!(rows(&session, &with("")).unwrap(), "|1|\n|2|\n|3|\n|4|");
        assert_eq!(rows(&session, &with(", zipPattern='*.csv'")).unwrap(), "|1|\n|3|\n|4|");
        assert_eq!(rows(&session, &with(", zipPattern='^b'")).unwrap(), "|2|");
        std::fs::write(&path, "no archive").unwrap();
        assert!(rows(&session, &with("")).unwrap_err().is_data());
    }

    #[test]
    fn mappings_say_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::builder().threads(1).build().unwrap();
        let json = folder.path().join("a.json");
        std::fs::write(&json, r#"[{"at": 1577836800, "d": {"k v": ["x", "y"]}}, {"d": 7}]"#).unwrap();
        let mapping = r#"[{"Column": "At", "Properties": {"Path": "$.at", "Transform": "DateTimeFromUnixSeconds"}},
            {"Column": "Second", "Properties": {"Path": "$.d['k v'][1]"}},
            {"Column": "All", "Properties": {"Path": "$.d"}}, {"column": "Feed", "path": "made up"}]"#;
        let query = format!(
            "externaldata(At:datetime, Second:string, All:dynamic, Feed:string, None:string)[@'{}'] \
             with (format=multijson, ingestionMapping=```{mapping}```) | extend At = format_datetime(At, 'yyyy-MM-dd')",
            json.display()
        );
        let expected = "|2020-01-01|y|{\"k v\":[\"x\",\"y\"]}|made up||\n|||7|made up||";
        assert_eq!(rows(&session, &query).unwrap(), expected);
        let csv = folder.path().join("a.csv");
        std::fs::write(&csv, "a,b,3\n").unwrap();
        let mapping = r#"[{"Column": "N", "Properties": {"Ordinal": "2"}}, {"Column": "T", "Properties": {"Ordinal": 0}}]"#;
        let query = format!(
            "externaldata(T:string, N:long)[@'{}'] with (ingestionMapping='{mapping}')",
            csv.display()
        );
        assert_eq!(rows(&session, &query).unwrap(), "|a|3|");
    }
}
