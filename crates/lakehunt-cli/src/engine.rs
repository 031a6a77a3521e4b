//! The engine as the commands use it: opened from the options of the command line, one query at a time, stopped by
//! Ctrl-C.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::RecordBatch;
use kql2sql::diagnostics::Severity;
use kql2sql::{Column, Diagnostic, Options, Render, Translation};
use lakehunt::catalog::QueryCatalog;
use lakehunt::{CancelHandle, Error, QueryOptions, ResultTable, Session};

use crate::args::{ClockArgs, EngineArgs, SourceArgs};
use crate::diagnostics::{self, Source, code};
use crate::failure::{self, Failure, exit};
use crate::interrupt;
use crate::progress::ProgressLine;

/// A session with what the command line says about queries.
#[derive(Clone)]
pub struct Engine {
    session: Session,
    options: QueryOptions,
}

/// Why results cannot be had or passed on.
#[derive(Debug)]
pub enum RunError {
    /// The query failed.
    Engine(Error),
    /// The rows cannot be written.
    Output(io::Error),
}

impl From<Error> for RunError {
    fn from(error: Error) -> RunError {
        RunError::Engine(error)
    }
}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> RunError {
        RunError::Output(error)
    }
}

/// A query that has been planned.
pub struct Run {
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Its results, in order.
    pub results: Vec<ResultRows>,
}

/// One result; its rows are computed while they are fetched.
pub struct ResultRows {
    pub columns: Vec<Column>,
    /// How `render` wants it drawn.
    pub render: Option<Render>,
    table: ResultTable,
    /// Whether the progress is to be shown; it ends before rows are printed between its lines.
    watched: bool,
    line: Option<ProgressLine>,
    _interrupt: Arc<interrupt::Guard>,
}

impl ResultRows {
    /// The next rows.
    pub fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        if self.watched && self.line.is_none() {
            self.line = Some(ProgressLine::start(self.table.progress_handle()));
        }
        let next = self.table.next_batch_blocking().transpose();
        if !matches!(next, Ok(Some(_))) || io::stdout().is_terminal() {
            self.watched = false;
            self.line = None;
        }
        next
    }
}

/// Whether the progress of a query is shown on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Shown,
    Hidden,
}

/// What the translation depends on, without a session.
pub fn options(clock: &ClockArgs) -> Options {
    Options { now: clock.now, parameters: clock.param.clone(), ..Options::default() }
}

impl Engine {
    /// Opens the data that the command line names. What is wrong with it is a failure.
    pub fn open(source: &SourceArgs, args: &EngineArgs) -> Result<Engine, Failure> {
        let mut builder = Session::builder();
        for (url, file) in &source.external {
            builder = builder.external(url, file);
        }
        let session = builder
            .now(args.clock.now)
            .threads(args.threads.map(usize::from))
            .memory_limit(args.memory)
            .geo_database(source.geoip.clone())
            .user_agents(source.user_agents.clone())
            .ingestion_time(source.ingestion_time.clone())
            .build();
        let session = session.map_err(|error| fail(&error))?;
        for path in &source.schema {
            session.register_schema(path).map_err(|error| fail(&error))?;
        }
        register_tables(&session, source)?;
        for path in &source.functions {
            session.register_functions(path).map_err(|error| fail(&error))?;
        }
        for list in &source.watchlist {
            let done = match list.split_once('=') {
                Some((alias, location)) => session.register_watchlist(alias, location),
                None => session.register_watchlists(list).map(drop),
            };
            done.map_err(|error| fail(&error))?;
        }
        let options = QueryOptions { parameters: args.clock.param.clone(), ..QueryOptions::default() };
        Ok(Engine { session, options })
    }

    /// The session, for what needs no query.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The tables as they are now.
    pub fn catalog(&self) -> QueryCatalog<'_> {
        self.session.catalog()
    }

    /// What a translation depends on besides the tables.
    pub fn options(&self) -> Options {
        self.session.translate_options(&self.options)
    }

    /// Translates and plans a query.
    pub fn query(&self, kql: &str, timeout: Option<Duration>, progress: Progress) -> Result<Run, Error> {
        let cancel = CancelHandle::new();
        let options = QueryOptions { timeout, cancel: cancel.clone(), ..self.options.clone() };
        let interrupt = Arc::new(interrupt::Guard::new(cancel));
        let results = self.session.query_blocking(kql, &options)?;
        let watched = progress == Progress::Shown;
        Ok(Run {
            diagnostics: results.warnings,
            results: results
                .tables
                .into_iter()
                .map(|table| ResultRows {
                    columns: table.columns().to_vec(),
                    render: table.render().cloned(),
                    table,
                    watched,
                    line: None,
                    _interrupt: interrupt.clone(),
                })
                .collect(),
        })
    }

    /// The SQL of a query.
    pub fn translate(&self, kql: &str) -> Result<Translation, Error> {
        self.session.translate(kql, &self.options)
    }

    /// The SQL of a query and the plan by which it would be run.
    pub fn explain(&self, kql: &str) -> Result<String, Error> {
        let cancel = CancelHandle::new();
        let options = QueryOptions { cancel: cancel.clone(), ..self.options.clone() };
        let _guard = interrupt::Guard::new(cancel);
        Ok(self.session.explain_blocking(kql, false, &options)?.to_string())
    }
}

/// Adds the lakes and then the tables, which go before those of the lakes. A name that stands for two tables is refused:
/// a query would see the rows of one of them only.
fn register_tables(session: &Session, source: &SourceArgs) -> Result<(), Failure> {
    let mut homes: HashMap<String, &Path> = HashMap::new();
    for lake in &source.data {
        let names = session.register_lake(lake).map_err(|error| {
            let failure = fail(&error);
            if let Some(name) = lake.file_stem().filter(|_| lake.is_file()) {
                let name = name.to_string_lossy();
                failure::note(format_args!("--table {name}={} makes a table of it", lake.display()));
            }
            failure
        })?;
        for name in names {
            let other = homes.insert(name.clone(), lake).filter(|other| !is_same(other, lake));
            let is_said = source.table.iter().any(|(table, _)| *table == name);
            if let Some(other) = other.filter(|_| !is_said) {
                return Err(Failure::usage(format_args!(
                    "the table '{name}' is in {} and in {}: say which is meant by --table {name}=PATH",
                    other.display(),
                    lake.display()
                )));
            }
        }
    }
    for (i, (name, path)) in source.table.iter().enumerate() {
        if source.table[..i].iter().any(|(other, _)| other == name) {
            return Err(Failure::usage(format_args!(
                "--table {name}=… stands there twice: a table of several files is a folder or a glob"
            )));
        }
        session.register_table(name, path).map_err(|error| fail(&error))?;
    }
    Ok(())
}

/// Whether two paths lead to the same place.
fn is_same(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

/// The error that a text without a query is where somebody waits for its rows.
pub fn without_results(kql: &str, mut diagnostics: Vec<Diagnostic>) -> Error {
    diagnostics.iter_mut().for_each(|d| d.severity = Severity::Error);
    Error::Query { diagnostics, source: kql.into() }
}

/// The code of an error that has no place in the query.
pub fn code_of(error: &Error) -> &'static str {
    match error {
        Error::Data { .. } => code::DATA,
        Error::Resources { .. } => code::RESOURCES,
        Error::Cancelled => code::CANCELLED,
        Error::Timeout(_) => code::TIMEOUT,
        // A wrong query has diagnostics, with codes of their own.
        _ => code::INTERNAL,
    }
}

/// An error that is none of the query's text, as a diagnostic of what wants it in the query, where that is known.
fn located(error: &Error) -> Option<Diagnostic> {
    Some(Diagnostic::error(code_of(error), error.span()?, error.to_string()))
}

/// Such an error in the form of [`diagnostics::json`].
pub fn json(query: &str, error: &Error) -> serde_json::Value {
    match located(error) {
        Some(diagnostic) => diagnostics::json(query, &diagnostic),
        None => diagnostics::plain(code_of(error), &error.to_string()),
    }
}

/// Says what went wrong with a query; gives the failure that is left to end with.
pub fn report(source: Source<'_>, error: &Error) -> Failure {
    match error {
        Error::Query { diagnostics, .. } => {
            diagnostics::report(source, diagnostics);
            Failure::reported(exit::FAILED)
        }
        Error::Cancelled => {
            placed(source, error);
            Failure::reported(exit::INTERRUPTED)
        }
        Error::Internal { detail, .. } => {
            let failure = placed(source, error);
            if !detail.is_empty() {
                failure::note(detail);
            }
            failure
        }
        _ => match located(error) {
            Some(diagnostic) => {
                diagnostics::report(source, &[diagnostic]);
                Failure::reported(exit::FAILED)
            }
            None => placed(source, error),
        },
    }
}

/// Says what went wrong with a query as a whole, and which it is where it has a file.
fn placed(source: Source<'_>, error: &Error) -> Failure {
    let Some(name) = source.name else { return fail(error) };
    failure::coded(code_of(error), format_args!("{name}:{}: {error}", source.line));
    Failure::reported(exit::FAILED)
}

/// Says what went wrong outside of the text of a query.
pub fn fail(error: &Error) -> Failure {
    failure::coded(code_of(error), error);
    Failure::reported(exit::FAILED)
}
