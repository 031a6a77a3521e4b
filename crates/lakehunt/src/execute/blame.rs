//! From an error of the engine to one that its user can act on.

use super::meter::scan_of;
use crate::catalog::load::unreadable;
use crate::error::Error;
use crate::operations::inputs_of;
use datafusion::arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use datafusion::object_store::local::LocalFileSystem;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::physical_plan::ExecutionPlan;
use kql2sql::Span;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many bytes of files are read again to find the one that is corrupt.
const SEARCH_LIMIT: u64 = 4 << 30;

/// An error of planning or running.
pub(super) fn engine_error(error: &DataFusionError, kql: &str, memory_limit: Option<usize>) -> Error {
    if let DataFusionError::External(e) = error.find_root()
        && let Some(error) = e.downcast_ref::<Error>()
    {
        // An operation says what is wrong in its own words.
        return error.clone();
    }
    match error.find_root() {
        DataFusionError::ResourcesExhausted(detail) => {
            Error::Resources { message: resources(detail, memory_limit) }
        }
        root if is_long_decimal(&root.to_string()) => Error::Data {
            path: None,
            message: "a decimal has more than 20 digits before its point, which is more than is kept; a version of \
                      parse_version() is compared with others of its kind, or as the text that tostring() makes"
                .to_owned(),
            span: None,
        },
        _ => {
            let span = error.diagnostic().and_then(|d| d.span).and_then(|s| {
                let start = offset(kql, s.start.line, s.start.column)?;
                Some(Span::new(start, offset(kql, s.end.line, s.end.column).unwrap_or(start)))
            });
            match Error::internal(error) {
                Error::Internal { message, detail, .. } => {
                    let message = match span.map(|s| s.text(kql)).filter(|t| !t.is_empty()) {
                        Some(text) => format!("{message} It has to do with '{text}'."),
                        None => message,
                    };
                    Error::Internal { message, detail, span }
                }
                other => other,
            }
        }
    }
}

/// Whether the engine's words say that a number does not fit into a decimal.
fn is_long_decimal(detail: &str) -> bool {
    let why = ["Overflowing on", "too large to store", "Cannot cast string"];
    detail.contains("Decimal128") && why.iter().any(|why| detail.contains(why))
}

/// An error while a plan ran. Where a file is to blame, it is found and named.
pub(super) async fn run_error(
    error: DataFusionError,
    plan: &Arc<dyn ExecutionPlan>,
    kql: &str,
    memory_limit: Option<usize>,
) -> Error {
    let text = error.to_string();
    if let Some(refused) = text.find("the column '") {
        // The adapter refused to read a column (see `catalog::adapt`); its own words are for users.
        if text.contains("cannot be read") {
            let message = text[refused..].lines().next().unwrap_or_default().to_owned();
            let message = format!("{message}; leave it out with project-away");
            return Error::Data { path: None, message, span: None };
        }
    }
    let io = match error.find_root() {
        DataFusionError::ParquetError(_) | DataFusionError::ObjectStore(_) | DataFusionError::IoError(_) => {
            true
        }
        DataFusionError::ArrowError(e, _) => {
            matches!(
                e.as_ref(),
                ArrowError::ParquetError(_) | ArrowError::IoError(..) | ArrowError::ExternalError(_)
            )
        }
        _ => false,
    };
    if !io {
        return engine_error(&error, kql, memory_limit);
    }
    let mut files = Vec::new();
    scanned_files(plan, &mut files);
    let detail = error.find_root().to_string();
    let search = tokio::task::spawn_blocking(move || corrupt_file(&files));
    match search.await {
        Ok(Some((path, detail))) => Error::data(&path, unreadable(&detail)),
        _ => {
            let message = format!("a file of the table cannot be read: {detail}");
            Error::Data { path: None, message, span: None }
        }
    }
}

fn resources(detail: &str, memory_limit: Option<usize>) -> String {
    let mut message = match memory_limit {
        Some(limit) => format!("the query needs more memory than the {} that it may use", size(limit)),
        None if detail.contains("disk") => "the query does not fit on the disk that it spills to".to_owned(),
        None => "the query needs more memory than there is".to_owned(),
    };
    message.push_str(
        "; allow more, or let it keep less: a shorter time range, fewer columns before a join, the smaller table on \
         the left of a join",
    );
    message
}

fn size(bytes: usize) -> String {
    match bytes {
        b if b >= 1 << 30 => format!("{:.1} GiB", b as f64 / (1_u64 << 30) as f64),
        b if b >= 1 << 20 => format!("{:.1} MiB", b as f64 / (1_u64 << 20) as f64),
        b => format!("{b} bytes"),
    }
}

/// The byte offset of a line and column (from 1, in characters).
fn offset(text: &str, line: u64, column: u64) -> Option<usize> {
    let (line, column) = (usize::try_from(line).ok()?, usize::try_from(column).ok()?);
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(start..)?;
    let within = rest.char_indices().map(|(i, _)| i).nth(column.checked_sub(1)?).unwrap_or(rest.len());
    Some(start + within)
}

fn scanned_files(plan: &Arc<dyn ExecutionPlan>, files: &mut Vec<(PathBuf, u64)>) {
    if let Some(scan) = scan_of(plan) {
        for file in scan.file_groups.iter().flat_map(|g| g.iter()) {
            if let Ok(path) = LocalFileSystem::new().path_to_filesystem(&file.object_meta.location) {
                files.push((path, file.object_meta.size));
            }
        }
    }
    for child in plan.children().into_iter().chain(inputs_of(plan)) {
        scanned_files(child, files);
    }
    files.sort();
    files.dedup();
}

/// Reads the files to find the one that cannot be read, and why.
fn corrupt_file(files: &[(PathBuf, u64)]) -> Option<(PathBuf, String)> {
    let read = |path: &Path| -> Result<(), String> {
        let file = File::open(path).map_err(|e| e.to_string())?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(|b| b.build())
            .map_err(|e| e.to_string())?;
        for batch in reader {
            batch.map_err(|e| e.to_string())?;
        }
        Ok(())
    };
    let mut budget = SEARCH_LIMIT;
    for (path, size) in files {
        budget = budget.checked_sub(*size)?;
        if let Err(detail) = read(path) {
            return Some((path.clone(), detail));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let text = "T\n| where é == x";
        assert_eq!(offset(text, 2, 9), Some(10));
        assert_eq!(offset(text, 2, 14), Some(16));
        assert_eq!(offset(text, 9, 1), Some(text.len()));
        assert_eq!(offset(text, 0, 1), None);
    }

    #[test]
    fn running_out_of_memory_says_what_to_do() {
        let error = DataFusionError::ResourcesExhausted("pool".to_owned());
        let error = engine_error(&error, "T", Some(256 << 20));
        assert!(error.is_resources());
        assert!(
            error.to_string().contains("256.0 MiB") && error.to_string().contains("time range"),
            "{error}"
        );
    }

    #[test]
    fn a_long_decimal_is_no_defect() {
        let detail = "Cannot cast to Decimal128(38, 18). Overflowing on 1000000020000000300000004";
        let error = ArrowError::CastError(detail.to_owned());
        let error = engine_error(&DataFusionError::from(error), "T", None);
        assert!(error.is_data() && error.to_string().contains("20 digits"), "{error}");
    }

    #[test]
    fn a_defect_names_the_part_of_the_query() {
        use datafusion::common::{Diagnostic, Location, Span};
        let span = Span::new(Location { line: 1, column: 11 }, Location { line: 1, column: 14 });
        let error =
            DataFusionError::Plan("x".to_owned()).with_diagnostic(Diagnostic::new_error("m", Some(span)));
        let error = engine_error(&error, "T | where Foo", None);
        assert!(error.is_internal() && error.to_string().contains("'Foo'"), "{error}");
    }
}
