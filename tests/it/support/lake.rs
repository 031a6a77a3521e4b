//! Queries through the library, as a program would run them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use arrow::datatypes::DataType;
use kql2sql::time::parse_datetime;
use kql2sql::{Column, Diagnostic};
use lakehunt::{Error, QueryOptions, Session};
use serde_json::Value;

use super::json;

/// No query of a test needs more: a slip in one can ask for billions of rows, which no machine holds.
const MEMORY: usize = 1 << 30;
const TIME: Duration = Duration::from_secs(60);

/// What `now()` is in all tests: that of `data/planted.json`.
pub const NOW: &str = "2026-11-01T00:00:00.0000000Z";

/// A result with its values.
#[derive(Debug, Clone)]
pub struct Answer {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub enum Refused {
    /// The translator found errors.
    Query(Vec<Diagnostic>),
    /// It needs more time or memory than a test gives it.
    TooMuch(String),
    /// Everything else, which no query of these tests may cause: as text.
    Broken(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::Query(diagnostics) => {
                for d in diagnostics {
                    write!(f, "{} at {}..{}: {}; ", d.code, d.span.start, d.span.end, d.message)?;
                }
                Ok(())
            }
            Refused::TooMuch(why) | Refused::Broken(why) => f.write_str(why),
        }
    }
}

/// A session on the tables of a folder.
pub fn open(folder: &Path) -> Session {
    let session = Session::builder()
        .now(parse_datetime(NOW).expect("it is a datetime"))
        .threads(2)
        .memory_limit(MEMORY)
        .build()
        .expect("a session starts");
    session.register_lake(folder).expect("the lake is there");
    session
}

/// The session on the sample lake that the tests share.
pub fn sample() -> &'static Session {
    static SAMPLE: LazyLock<Session> = LazyLock::new(|| open(&super::root().join("data/lake")));
    &SAMPLE
}

/// All results of a query.
///
/// Whatever the query, the engine must compute each column in the type that the translator gave it; otherwise the query
/// counts as [`Refused::Broken`].
pub fn run(session: &Session, kql: &str) -> Result<Vec<Answer>, Refused> {
    catch_unwind(AssertUnwindSafe(|| collect(session, kql)))
        .unwrap_or_else(|_| Err(Refused::Broken("it panicked (see above)".into())))
}

/// The only result of a query.
pub fn run_one(session: &Session, kql: &str) -> Result<Answer, Refused> {
    let mut answers = run(session, kql)?;
    match answers.len() {
        1 => Ok(answers.remove(0)),
        n => Err(Refused::Broken(format!("it has {n} results, not one"))),
    }
}

/// No test looks at more rows.
const MANY: usize = 1_000_000;

fn collect(session: &Session, kql: &str) -> Result<Vec<Answer>, Refused> {
    let options = QueryOptions { timeout: Some(TIME), ..QueryOptions::default() };
    let results = session.query_blocking(kql, &options).map_err(refused)?;
    let mut answers = Vec::new();
    for mut table in results.tables {
        let columns = table.columns().to_vec();
        for (field, column) in table.engine_schema().fields().iter().zip(&columns) {
            let (computed, bound) = (field.data_type(), json::physical(column.ty));
            // What the engine knows to be null has no type there, literals are texts of another kind, and versions
            // are decimals too great for digits behind the point.
            let alike = matches!(
                (computed, &bound),
                (DataType::Null, _)
                    | (DataType::Utf8, DataType::Utf8View)
                    | (DataType::Decimal128(38, 0), DataType::Decimal128(..))
            );
            if *computed != bound && !alike {
                return Err(Refused::Broken(format!(
                    "column {} is bound as {}, but computed as {computed}",
                    column.name, column.ty
                )));
            }
        }
        let mut rows = Vec::new();
        while let Some(batch) = table.next_batch_blocking() {
            let batch = batch.map_err(refused)?;
            for row in 0..batch.num_rows() {
                rows.push(
                    batch
                        .columns()
                        .iter()
                        .zip(&columns)
                        .map(|(array, column)| json::value(array, column.ty, row))
                        .collect(),
                );
            }
            if rows.len() > MANY {
                break;
            }
        }
        answers.push(Answer { columns, rows });
    }
    Ok(answers)
}

fn refused(error: Error) -> Refused {
    match error {
        Error::Query { diagnostics, .. } => Refused::Query(diagnostics),
        Error::Resources { .. } | Error::Timeout(_) => Refused::TooMuch(error.to_string()),
        Error::Internal { detail, .. } => Refused::Broken(format!("the engine failed: {detail}")),
        other => Refused::Broken(other.to_string()),
    }
}
