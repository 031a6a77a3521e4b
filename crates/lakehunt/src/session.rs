//! A session: tables, settings, and the threads that queries run on.

use crate::catalog::{LakeSchema, QueryCatalog, Tables};
use crate::error::Error;
use crate::execute::{self, Explanation, QueryResults};
use crate::functions;
use crate::operations::Files;
use crate::settings;
use datafusion::catalog::{
    CatalogProvider, CatalogProviderList, MemoryCatalogProvider, MemoryCatalogProviderList,
};
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::{
    FairSpillPool, MemoryPool, TrackConsumersPool, UnboundedMemoryPool,
};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionState;
use datafusion::prelude::SessionContext;
use kql2sql::time::{SECOND, UNIX_EPOCH};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::runtime::Runtime;

/// Runs queries on tables of Parquet files. Cheap to clone; clones share everything.
///
/// ```
/// use lakehunt::{QueryOptions, Session};
///
/// # fn main() -> Result<(), lakehunt::Error> {
/// let session = Session::builder().threads(2).build()?;
/// let results = session.query_blocking("print Answer = 6 * 7", &QueryOptions::default())?;
/// let batches = results.tables.into_iter().next().unwrap().collect_blocking()?;
/// assert_eq!(batches[0].column(0).len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Session {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) tables: Arc<Tables>,
    pub(crate) state: SessionState,
    pub(crate) memory_limit: Option<usize>,
    pub(crate) external: Arc<Files>,
    geo_database: Option<String>,
    user_agents: Option<String>,
    ingestion_time: Option<String>,
    now: Option<i64>,
    /// Always there but during `drop`.
    runtime: Option<Runtime>,
    /// One thread for timers and cancellation: the threads of `runtime` may all be busy for long.
    watch: Option<Runtime>,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("tables", &self.tables.names()).finish_non_exhaustive()
    }
}

impl Inner {
    pub(crate) fn runtime(&self) -> &Runtime {
        // Cannot fail: it is taken in `drop` only.
        self.runtime.as_ref().expect("the session is alive")
    }

    /// Where what ends queries runs: it never waits for a query.
    pub(crate) fn watch(&self) -> &Runtime {
        // As above.
        self.watch.as_ref().expect("the session is alive")
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The last clone may be dropped by one of the runtime's own threads, which must not wait for itself.
        for runtime in [self.runtime.take(), self.watch.take()].into_iter().flatten() {
            runtime.shutdown_background();
        }
    }
}

/// How one query is run.
#[derive(Debug, Clone, Default)]
pub struct QueryOptions {
    /// The values of `declare query_parameters`, by name, as KQL literals.
    pub parameters: Vec<(String, String)>,
    /// What `now()` is, in ticks of 100 ns since 0001-01-01T00:00:00Z; goes before the session's.
    pub now: Option<i64>,
    /// After this time the query ends with [`Error::Timeout`]. It counts until the last row is handed over.
    pub timeout: Option<Duration>,
    /// To cancel the query from elsewhere.
    pub cancel: CancelHandle,
}

/// Cancels a query: from a Ctrl-C handler, another thread. Cheap to clone.
#[derive(Debug, Clone)]
pub struct CancelHandle(Arc<tokio::sync::watch::Sender<bool>>);

impl Default for CancelHandle {
    fn default() -> Self {
        CancelHandle(Arc::new(tokio::sync::watch::Sender::new(false)))
    }
}

impl CancelHandle {
    /// A new one, for one query.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends every query that was started with this handle; their results end with [`Error::Cancelled`].
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is cancelled.
    pub(crate) async fn cancelled(&self) {
        // Cannot fail: the sender is in `self`.
        let _ = self.0.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}

/// Settings of a [`Session`].
#[derive(Debug, Clone, Default)]
pub struct SessionBuilder {
    now: Option<i64>,
    threads: Option<usize>,
    memory: Option<usize>,
    batch_size: Option<usize>,
    temporary: Option<PathBuf>,
    external: Files,
    geo_database: Option<PathBuf>,
    user_agents: Option<PathBuf>,
    ingestion_time: Option<String>,
}

impl SessionBuilder {
    /// Fixes what `now()` is, in ticks of 100 ns since 0001-01-01T00:00:00Z. Without it each query takes the clock's
    /// time when it starts.
    #[must_use]
    pub fn now(mut self, ticks: impl Into<Option<i64>>) -> Self {
        self.now = ticks.into();
        self
    }

    /// How many threads work on a query; without it as many as the machine has cores.
    #[must_use]
    pub fn threads(mut self, threads: impl Into<Option<usize>>) -> Self {
        self.threads = threads.into();
        self
    }

    /// How many bytes the queries of the session may take together before they spill to disk, or fail with
    /// [`Error::Resources`] where they cannot. Without it there is no limit.
    #[must_use]
    pub fn memory_limit(mut self, bytes: impl Into<Option<usize>>) -> Self {
        self.memory = bytes.into();
        self
    }

    /// How many rows a batch has at most.
    #[must_use]
    pub fn batch_size(mut self, rows: impl Into<Option<usize>>) -> Self {
        self.batch_size = rows.into();
        self
    }

    /// Where to spill to; without it the system's folder for temporary files.
    #[must_use]
    pub fn temporary_folder(mut self, folder: impl Into<Option<PathBuf>>) -> Self {
        self.temporary = folder.into();
        self
    }

    /// The file that stands for a URL in `externaldata`. Queries read nothing from the network.
    #[must_use]
    pub fn external(mut self, url: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        self.external.insert(url.into(), file.into());
        self
    }

    /// The MaxMind database (`GeoLite2-City.mmdb`) that `geo_info_from_ip_address` looks into. [`SessionBuilder::build`]
    /// fails if it is none.
    #[must_use]
    pub fn geo_database(mut self, file: impl Into<Option<PathBuf>>) -> Self {
        self.geo_database = file.into();
        self
    }

    /// The patterns of user agents that `parse_user_agent` looks for: a file of the form of uap-core's `regexes.yaml`.
    /// [`SessionBuilder::build`] fails if it is none.
    #[must_use]
    pub fn user_agents(mut self, file: impl Into<Option<PathBuf>>) -> Self {
        self.user_agents = file.into();
        self
    }

    /// The `datetime` column that tells when a row came into its table, for `ingestion_time()`.
    #[must_use]
    pub fn ingestion_time(mut self, column: impl Into<Option<String>>) -> Self {
        self.ingestion_time = column.into();
        self
    }

    /// Makes the session.
    pub fn build(self) -> Result<Session, Error> {
        let threads = self
            .threads
            .filter(|n| *n > 0)
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let geo_database = good_file(self.geo_database.as_deref(), functions::ip::geo::check)?;
        let user_agents = good_file(self.user_agents.as_deref(), functions::parsing::user_agent::check)?;
        let runtime = threads_named("lakehunt", threads)?;
        let watch = threads_named("lakehunt-watch", 1)?;

        let pool: Arc<dyn MemoryPool> = match self.memory {
            Some(limit) => Arc::new(TrackConsumersPool::new(FairSpillPool::new(limit), CONSUMERS_NAMED)),
            None => Arc::new(UnboundedMemoryPool::default()),
        };
        let spill = match self.temporary {
            Some(folder) => DiskManagerMode::Directories(vec![folder]),
            None => DiskManagerMode::OsTmpDirectory,
        };
        let environment = RuntimeEnvBuilder::new()
            .with_memory_pool(pool)
            .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(spill))
            .build_arc()
            .map_err(Error::internal)?;

        let tables = Arc::new(Tables::default());
        let catalog = MemoryCatalogProvider::new();
        catalog
            .register_schema(settings::SCHEMA, Arc::new(LakeSchema(Arc::clone(&tables))))
            .map_err(Error::internal)?;
        let catalogs = MemoryCatalogProviderList::new();
        catalogs.register_catalog(settings::CATALOG.to_owned(), Arc::new(catalog));
        let state = SessionStateBuilder::new()
            .with_config(settings::config(
                threads,
                self.batch_size.unwrap_or(settings::BATCH_SIZE),
                self.memory,
            ))
            .with_runtime_env(environment)
            .with_catalog_list(Arc::new(catalogs))
            .with_default_features()
            .with_optimizer_rules(settings::logical_rules())
            .with_physical_optimizer_rules(settings::physical_rules())
            .build();
        let context = SessionContext::new_with_state(state);
        functions::register_all(&context);
        let inner = Inner {
            tables,
            state: context.state(),
            memory_limit: self.memory,
            external: Arc::new(self.external),
            geo_database,
            user_agents,
            ingestion_time: self.ingestion_time,
            now: self.now,
            runtime: Some(runtime),
            watch: Some(watch),
        };
        Ok(Session { inner: Arc::new(inner) })
    }
}

/// The path of a file as the function takes it that reads it, once `check` finds it good.
fn good_file(
    file: Option<&Path>,
    check: impl Fn(&str) -> Result<(), String>,
) -> Result<Option<String>, Error> {
    let Some(file) = file else { return Ok(None) };
    let path = file.to_str().ok_or_else(|| Error::data(file, "its name is not valid UTF-8; rename it"))?;
    check(path).map_err(|why| Error::data(file, why))?;
    Ok(Some(path.to_owned()))
}

fn threads_named(name: &str, number: usize) -> Result<Runtime, Error> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(number)
        .thread_name(name)
        .thread_stack_size(settings::STACK_SIZE)
        .enable_time()
        .build()
        .map_err(|e| Error::Resources { message: format!("the threads cannot be started: {e}") })
}

/// How many of the greatest consumers the engine names when memory runs out.
const CONSUMERS_NAMED: NonZeroUsize = NonZeroUsize::new(5).unwrap();

impl Session {
    /// Settings for a session.
    pub fn builder() -> SessionBuilder {
        SessionBuilder::default()
    }

    /// A session with the default settings.
    pub fn new() -> Result<Session, Error> {
        Self::builder().build()
    }

    /// Adds or replaces a table: `path` is a Parquet file, a folder with such files at any depth, or a glob
    /// (`logs/*/2024-*.parquet`). Folders called `key=value` become columns. The files are read when the table is used;
    /// files that come or go later are noticed by the next query.
    pub fn register_table(&self, name: &str, path: impl AsRef<Path>) -> Result<(), Error> {
        self.inner.tables.register_table(name, path.as_ref())
    }

    /// Adds the tables of a lake, a folder in which each folder and each Parquet file is a table. Returns their names.
    pub fn register_lake(&self, folder: impl AsRef<Path>) -> Result<Vec<String>, Error> {
        self.inner.tables.register_lake(folder.as_ref())
    }

    /// Adds documented column types from a file `{"Table": {"Column": "type"}}`. They go before the built-in ones of
    /// Microsoft Defender (see [`crate::schemas`]), and say what a Parquet column cannot: that a string is `dynamic`, a
    /// number a `bool`.
    pub fn register_schema(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        self.inner.tables.register_schema(path.as_ref())
    }

    /// Adds stored functions from a file or a folder of files (see [`crate::stored`]); returns their names.
    pub fn register_functions(&self, path: impl AsRef<Path>) -> Result<Vec<String>, Error> {
        self.inner.tables.register_functions(path.as_ref())
    }

    /// Adds a watchlist, which `_GetWatchlist('alias')` reads: a CSV file with a header line, as `file.csv` or, to name the
    /// column that is the search key, `file.csv#Column`.
    pub fn register_watchlist(&self, alias: &str, location: &str) -> Result<(), Error> {
        self.inner.tables.register_watchlist(alias, location)
    }

    /// Adds the CSV files of a folder as watchlists; returns their names.
    pub fn register_watchlists(&self, folder: impl AsRef<Path>) -> Result<Vec<String>, Error> {
        self.inner.tables.register_watchlists(folder.as_ref())
    }

    /// The names of the tables.
    pub fn table_names(&self) -> Vec<String> {
        self.inner.tables.names()
    }

    /// The columns of a table, or `None` if there is none of that name. Reads its files if need be.
    pub fn table(&self, name: &str) -> Result<Option<kql2sql::Table>, Error> {
        let table = self.inner.tables.load(name)?;
        Ok(table.map(|t| kql2sql::Table { name: name.to_owned(), columns: t.columns.clone() }))
    }

    /// How many files and rows a table has.
    pub fn table_size(&self, name: &str) -> Result<Option<TableSize>, Error> {
        let table = self.inner.tables.load(name)?;
        Ok(table.map(|t| TableSize { files: t.file_count(), rows: t.row_count() }))
    }

    /// Where a table is.
    pub fn table_location(&self, name: &str) -> Option<PathBuf> {
        self.inner.tables.location(name)
    }

    /// The tables as the translator looks them up: for completion and `check`. Within it a table is read once; make a new
    /// one to see new files.
    pub fn catalog(&self) -> QueryCatalog<'_> {
        QueryCatalog::new(&self.inner.tables)
    }

    /// The options of a translation for this session: what `now()` is.
    pub fn translate_options(&self, options: &QueryOptions) -> kql2sql::Options {
        kql2sql::Options {
            now: Some(options.now.or(self.inner.now).unwrap_or_else(clock)),
            parameters: options.parameters.clone(),
            answers: Vec::new(),
            geo_database: self.inner.geo_database.clone(),
            user_agents: self.inner.user_agents.clone(),
            ingestion_time: self.inner.ingestion_time.clone(),
        }
    }

    /// Translates without running. A table that cannot be read is an error of its own.
    pub fn translate(&self, kql: &str, options: &QueryOptions) -> Result<kql2sql::Translation, Error> {
        let catalog = self.catalog();
        let translation = kql2sql::translate(kql, &catalog, &self.translate_options(options));
        match catalog.into_error() {
            Some(error) => Err(error),
            None => Ok(translation),
        }
    }

    /// Starts a query: translates and plans it. Its rows are computed while they are fetched from the results; only where
    /// the columns of a result depend on the data (`evaluate pivot(…)`), what decides about them is read before.
    ///
    /// Dropping the future or the results ends the query.
    pub async fn query(&self, kql: &str, options: &QueryOptions) -> Result<QueryResults, Error> {
        execute::query(self, kql, options).await
    }

    /// [`Session::query`] for code that is not asynchronous. Panics within asynchronous code.
    pub fn query_blocking(&self, kql: &str, options: &QueryOptions) -> Result<QueryResults, Error> {
        self.inner.runtime().block_on(execute::query(self, kql, options))
    }

    /// The SQL of a query and the plan that it runs by; with `analyze` it is run to its end, and the plan shows how many
    /// rows and how much time each step took.
    pub async fn explain(
        &self,
        kql: &str,
        analyze: bool,
        options: &QueryOptions,
    ) -> Result<Explanation, Error> {
        execute::explain(self, kql, analyze, options).await
    }

    /// [`Session::explain`] for code that is not asynchronous. Panics within asynchronous code.
    pub fn explain_blocking(
        &self,
        kql: &str,
        analyze: bool,
        options: &QueryOptions,
    ) -> Result<Explanation, Error> {
        self.inner.runtime().block_on(execute::explain(self, kql, analyze, options))
    }
}

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSize {
    /// Its files.
    pub files: usize,
    /// Its rows.
    pub rows: usize,
}

/// The time of the clock in ticks.
fn clock() -> i64 {
    // A clock before 1970 is a broken one: the epoch then.
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH + since.as_secs() as i64 * SECOND + i64::from(since.subsec_nanos() / 100)
}

#[cfg(test)]
mod tests;
