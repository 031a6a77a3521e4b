//! Running queries: from KQL to a stream of batches.

mod blame;
mod copies;
mod existence;
mod meter;
mod packed;
mod shape;
mod stages;
mod tables;

use crate::catalog::QueryCatalog;
use crate::error::Error;
use crate::operations::{OperationExec, OperationTable, inputs_of, logical_plan};
use crate::session::{CancelHandle, Inner, QueryOptions, Session};
use crate::settings;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::catalog::TableProvider;
use datafusion::error::DataFusionError;
use datafusion::execution::TaskContext;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::{ExecutionPlan, displayable, execute_stream};
use futures::{Stream, StreamExt};
use kql2sql::{Column, Diagnostic, Render};
use meter::Meter;
use packed::{Operations, Place};
use shape::Shape;
use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle};

pub(crate) use copies::Copies;
pub(crate) use existence::Existence;
pub(crate) use tables::with_tables;

/// What a query gives.
#[derive(Debug)]
pub struct QueryResults {
    /// Warnings about the query.
    pub warnings: Vec<Diagnostic>,
    /// Its results: one for each tabular statement; several with `fork` and several statements.
    pub tables: Vec<ResultTable>,
}

/// One result of a query: a stream of batches. Nothing is computed before the first one is asked for.
///
/// The batches have the columns of [`ResultTable::columns`] in their order and with their names, which may repeat. The
/// metadata entry `kusto.type` of each field is its Kusto type. In Arrow, a `bool` is Boolean, `int` Int32, `long` Int64,
/// `real` Float64, `decimal` Decimal128(38, 18), `datetime` Timestamp(ns, "UTC") from 1695 to 2184, where
/// 64-bit nanoseconds leave off and [`crate::functions::time`] says how values go on, `timespan` Int64 ticks of 100 ns, `string` and
/// `guid` Utf8View, `dynamic` Utf8View with canonical JSON. A NULL in a `string` column means the empty string, which is
/// the only one that Kusto has; in all others it is Kusto's null.
#[derive(Debug)]
pub struct ResultTable {
    columns: Vec<Column>,
    schema: SchemaRef,
    render: Option<Render>,
    run: Arc<Run>,
    plan: Arc<dyn ExecutionPlan>,
    shape: Shape,
    state: State,
}

/// What the results of a query share.
#[derive(Debug)]
struct Run {
    session: Arc<Inner>,
    kql: String,
    cancel: CancelHandle,
    /// When the query must have ended, and the time that it was given.
    deadline: Option<(tokio::time::Instant, Duration)>,
    start: Instant,
    meter: Arc<Meter>,
}

#[derive(Debug)]
enum State {
    Planned,
    Running { batches: mpsc::Receiver<Result<RecordBatch, Error>>, _task: AbortOnDrop<()> },
    Ended { elapsed: Duration },
}

/// What a query has taken so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Time since the query was handed in, until its end.
    pub elapsed: Duration,
    /// The most memory that it held at a time, in bytes, as far as the engine accounts for it: sorts, groups and joins,
    /// not the batches on their way.
    pub peak_memory: usize,
}

/// How far the scans of a result are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The files to read.
    pub files: usize,
    /// Those of them that were opened, as far as the engine says.
    pub files_opened: usize,
    /// The bytes read so far.
    pub bytes_read: usize,
    /// The rows that the scans have given so far.
    pub rows_read: usize,
}

/// How a query is run, for people.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The SQL, one for each result.
    pub sql: Vec<String>,
    /// The physical plan, one for each result.
    pub plans: Vec<String>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (sql, plan)) in self.sql.iter().zip(&self.plans).enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{sql}\n\n{}", plan.trim_end())?;
        }
        Ok(())
    }
}

struct Prepared {
    translation: kql2sql::Translation,
    plans: Vec<Planned>,
}

/// The plan of a result, and where its columns are in the rows.
struct Planned {
    plan: Arc<dyn ExecutionPlan>,
    places: Option<Vec<Place>>,
}

/// See [`Session::query`].
pub(crate) async fn query(
    session: &Session,
    kql: &str,
    options: &QueryOptions,
) -> Result<QueryResults, Error> {
    let run = Arc::new(Run::new(session, kql, options));
    let prepared = run.clone().prepare(options).await?;
    let mut tables = Vec::with_capacity(prepared.plans.len());
    for (result, planned) in prepared.translation.results.into_iter().zip(prepared.plans) {
        let Planned { plan, places } = planned;
        let shape = Shape::new(&result.columns, &plan.schema(), places)?;
        tables.push(ResultTable {
            schema: shape.schema(),
            columns: result.columns,
            render: result.render,
            run: Arc::clone(&run),
            plan,
            shape,
            state: State::Planned,
        });
    }
    Ok(QueryResults { warnings: prepared.translation.diagnostics, tables })
}

/// See [`Session::explain`].
pub(crate) async fn explain(
    session: &Session,
    kql: &str,
    analyze: bool,
    options: &QueryOptions,
) -> Result<Explanation, Error> {
    let run = Arc::new(Run::new(session, kql, options));
    let prepared = run.clone().prepare(options).await?;
    let sql = prepared.translation.results.iter().map(kql2sql::QueryResult::text).collect();
    let mut plans = Vec::new();
    for (result, planned) in prepared.translation.results.iter().zip(prepared.plans) {
        let Planned { plan, places } = planned;
        if !analyze {
            plans.push(shown(&plan, &|plan| displayable(plan).indent(true).to_string()));
            continue;
        }
        let shape = Shape::new(&result.columns, &plan.schema(), places)?;
        let (sender, mut batches) = mpsc::channel(settings::BATCHES_IN_FLIGHT);
        let _task = run.spawn(Arc::clone(&plan), shape, sender);
        while let Some(batch) = batches.recv().await {
            batch?;
        }
        let show =
            |plan: &dyn ExecutionPlan| DisplayableExecutionPlan::with_metrics(plan).indent(true).to_string();
        plans.push(shown(&plan, &show));
    }
    Ok(Explanation { sql, plans })
}

/// The plan as text, behind it those of the inputs of its operations.
fn shown(plan: &Arc<dyn ExecutionPlan>, show: &dyn Fn(&dyn ExecutionPlan) -> String) -> String {
    let mut text = show(plan.as_ref());
    let mut inputs = Vec::new();
    operation_inputs(plan, &mut inputs);
    for (name, input) in inputs {
        text.push_str(&format!("\nInput of {name}:\n{}", shown(&input, show)));
    }
    text
}

/// The inputs of the operations in a plan, not those of the operations in these inputs.
fn operation_inputs(plan: &Arc<dyn ExecutionPlan>, into: &mut Vec<(&'static str, Arc<dyn ExecutionPlan>)>) {
    if let Some(operation) = plan.downcast_ref::<OperationExec>() {
        into.extend(inputs_of(plan).iter().map(|input| (operation.name_of_task(), Arc::clone(input))));
    }
    for child in plan.children() {
        operation_inputs(child, into);
    }
}

impl Run {
    fn new(session: &Session, kql: &str, options: &QueryOptions) -> Run {
        let limit = options.timeout;
        Run {
            session: Arc::clone(&session.inner),
            kql: kql.to_owned(),
            cancel: options.cancel.clone(),
            deadline: limit.and_then(|limit| Some((tokio::time::Instant::now().checked_add(limit)?, limit))),
            start: Instant::now(),
            meter: Arc::new(Meter::new(Arc::clone(&session.inner.state.runtime_env().memory_pool))),
        }
    }

    /// Translates and plans, on a thread of the session: they have the stack for it, and a panic stays there.
    async fn prepare(self: Arc<Self>, options: &QueryOptions) -> Result<Prepared, Error> {
        let translate = Session { inner: Arc::clone(&self.session) }.translate_options(options);
        let session = Arc::clone(&self.session);
        let runtime = session.runtime().handle().clone();
        // Two tasks: one that works and one that watches it. The work does not pause to be asked whether it may go on, and
        // has a thread of its own, which nobody waits for when the query is ended.
        let watch = async move {
            let run = Arc::clone(&self);
            let work = runtime.clone();
            let work = runtime.spawn_blocking(move || work.block_on(run.plan(&translate)));
            let mut work = AbortOnDrop(work);
            tokio::select! {
                biased;
                stopped = self.stopped() => Err(stopped),
                done = &mut work.0 => done.unwrap_or_else(|e| Err(join_error(&e))),
            }
        };
        let mut watch = AbortOnDrop(session.watch().spawn(watch));
        (&mut watch.0).await.unwrap_or_else(|e| Err(join_error(&e)))
    }

    async fn plan(&self, options: &kql2sql::Options) -> Result<Prepared, Error> {
        let mut options = options.clone();
        let translation = loop {
            let mut translation = self.translate(&options)?;
            match translation.question.take() {
                Some(question) => options.answers.push(self.ask(&question).await?),
                None => break translation,
            }
        };
        let mut plans = Vec::with_capacity(translation.results.len());
        for result in &translation.results {
            plans.push(self.plan_result(result).await?);
        }
        Ok(Prepared { translation, plans })
    }

    fn translate(&self, options: &kql2sql::Options) -> Result<kql2sql::Translation, Error> {
        let catalog = QueryCatalog::new(&self.session.tables);
        let translation = kql2sql::translate(&self.kql, &catalog, options);
        if let Some(error) = catalog.into_error() {
            return Err(error);
        }
        if translation.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Error::Query { diagnostics: translation.diagnostics, source: self.kql.clone() });
        }
        Ok(translation)
    }

    /// Plans a result: first the operations that its SQL reads as tables, then the SQL.
    async fn plan_result(&self, result: &kql2sql::QueryResult) -> Result<Planned, Error> {
        let plan = async {
            let mut state = Cow::Borrowed(&self.session.state);
            let mut operations = Operations::new();
            for operation in &result.operations {
                let table = operation.table.clone();
                let external = Arc::clone(&self.session.external);
                let rows = Arc::new(OperationTable::plan(operation.clone(), &state, external).await?);
                operations.insert(table.clone(), Arc::clone(&rows));
                state = Cow::Owned(with_tables(&state, [(table, rows as Arc<dyn TableProvider>)])?);
            }
            let mut sql = result.sql.clone();
            for (name, stage) in stages::take_repeated(&mut sql) {
                let rows: Arc<dyn TableProvider> = Arc::new(OperationTable::once(stage, &state).await?);
                state = Cow::Owned(with_tables(&state, [(name, rows)])?);
            }
            let mut places = None;
            if let Some((table, rows, found)) = packed::pack(&mut sql, &operations) {
                places = Some(found);
                state = Cow::Owned(with_tables(&state, [(table, Arc::new(rows) as Arc<dyn TableProvider>)])?);
            }
            let logical = logical_plan(&state, sql).await?;
            let plan = state.create_physical_plan(&logical).await?;
            Ok(Planned { plan, places })
        };
        plan.await.map_err(|e: DataFusionError| blame::engine_error(&e, &self.kql, self.session.memory_limit))
    }

    /// Runs a query that the translator must know the rows of.
    async fn ask(&self, question: &kql2sql::QueryResult) -> Result<Vec<Vec<String>>, Error> {
        let Planned { plan, .. } = self.plan_result(question).await?;
        let rows = async {
            let mut rows = Vec::new();
            let mut batches = execute_stream(Arc::clone(&plan), self.context())?;
            while let Some(batch) = batches.next().await {
                let batch = batch?;
                let texts =
                    batch.columns().iter().map(|c| ArrayFormatter::try_new(c, &FormatOptions::default()));
                let texts = texts.collect::<Result<Vec<_>, _>>()?;
                rows.extend(
                    (0..batch.num_rows()).map(|i| texts.iter().map(|t| t.value(i).to_string()).collect()),
                );
            }
            Ok(rows)
        };
        match rows.await {
            Ok(rows) => Ok(rows),
            Err(e) => Err(blame::run_error(e, &plan, &self.kql, self.session.memory_limit).await),
        }
    }

    /// What a plan is run in: its memory is measured.
    fn context(&self) -> Arc<TaskContext> {
        let state = &self.session.state;
        let environment =
            RuntimeEnv { memory_pool: Arc::clone(&self.meter) as _, ..state.runtime_env().as_ref().clone() };
        Arc::new(TaskContext::from(state).with_runtime(Arc::new(environment)))
    }

    /// Returns when the query was cancelled or its time is over, with the error that says so.
    async fn stopped(&self) -> Error {
        let timeout = async {
            match self.deadline {
                Some((at, limit)) => {
                    tokio::time::sleep_until(at).await;
                    Error::Timeout(limit)
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.cancel.cancelled() => Error::Cancelled,
            error = timeout => error,
        }
    }

    /// Runs a plan; its batches, or an error, go to `sender`. The task ends the run when it is aborted.
    fn spawn(
        self: &Arc<Self>,
        plan: Arc<dyn ExecutionPlan>,
        shape: Shape,
        sender: mpsc::Sender<Result<RecordBatch, Error>>,
    ) -> AbortOnDrop<()> {
        let run = Arc::clone(self);
        AbortOnDrop(self.session.watch().spawn(async move {
            let work = Arc::clone(&run).pump(plan, shape, sender.clone());
            let mut work = AbortOnDrop(run.session.runtime().spawn(work));
            let ended = tokio::select! {
                biased;
                stopped = run.stopped() => Err(stopped),
                done = &mut work.0 => done.unwrap_or_else(|e| Err(join_error(&e))),
            };
            if let Err(error) = ended {
                // Fails only if nobody listens any more.
                let _ = sender.send(Err(error)).await;
            }
        }))
    }

    async fn pump(
        self: Arc<Self>,
        plan: Arc<dyn ExecutionPlan>,
        shape: Shape,
        sender: mpsc::Sender<Result<RecordBatch, Error>>,
    ) -> Result<(), Error> {
        let run = async {
            let mut stream = execute_stream(Arc::clone(&plan), self.context())?;
            while let Some(batch) = stream.next().await {
                let batch = shape.apply(&batch?)?;
                if batch.num_rows() > 0 && sender.send(Ok(batch)).await.is_err() {
                    break;
                }
            }
            Ok(())
        };
        match run.await {
            Ok(()) => Ok(()),
            Err(e) => Err(blame::run_error(e, &plan, &self.kql, self.session.memory_limit).await),
        }
    }
}

impl ResultTable {
    /// The columns with Kusto's names and types.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The schema of the batches.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// The schema in which the engine computes the result, before its batches get the form of
    /// [`ResultTable::schema`]. Where the translator was right about the types, the fields have those of the contract
    /// (see [`crate::functions`]).
    pub fn engine_schema(&self) -> SchemaRef {
        self.plan.schema()
    }

    /// How `render` wants it drawn.
    pub fn render(&self) -> Option<&Render> {
        self.render.as_ref()
    }

    /// The next batch, or `None` after the last. Batches are not empty.
    pub async fn next_batch(&mut self) -> Option<Result<RecordBatch, Error>> {
        self.next().await
    }

    /// [`ResultTable::next_batch`] for code that is not asynchronous. Panics within asynchronous code.
    pub fn next_batch_blocking(&mut self) -> Option<Result<RecordBatch, Error>> {
        self.start();
        let next = match &mut self.state {
            State::Running { batches, .. } => batches.blocking_recv(),
            _ => None,
        };
        self.note(next)
    }

    /// All batches.
    pub async fn collect(mut self) -> Result<Vec<RecordBatch>, Error> {
        let mut all = Vec::new();
        while let Some(batch) = self.next().await {
            all.push(batch?);
        }
        Ok(all)
    }

    /// [`ResultTable::collect`] for code that is not asynchronous. Panics within asynchronous code.
    pub fn collect_blocking(mut self) -> Result<Vec<RecordBatch>, Error> {
        std::iter::from_fn(|| self.next_batch_blocking()).collect()
    }

    /// What the query has taken so far; final after the last batch.
    pub fn usage(&self) -> Usage {
        let elapsed = match self.state {
            State::Ended { elapsed } => elapsed,
            _ => self.run.start.elapsed(),
        };
        Usage { elapsed, peak_memory: self.run.meter.peak() }
    }

    /// How far its scans are. Meant to be asked for every now and then while another thread waits for a batch; see
    /// [`ResultTable::progress_handle`].
    pub fn progress(&self) -> Progress {
        self.progress_handle().get()
    }

    /// Tells the progress of this result from elsewhere.
    pub fn progress_handle(&self) -> ProgressHandle {
        ProgressHandle(Arc::clone(&self.plan))
    }

    fn start(&mut self) {
        if let State::Planned = self.state {
            let (sender, batches) = mpsc::channel(settings::BATCHES_IN_FLIGHT);
            let task = self.run.spawn(Arc::clone(&self.plan), self.shape.clone(), sender);
            self.state = State::Running { batches, _task: task };
        }
    }

    /// Ends the run after its last batch or an error.
    fn note(&mut self, next: Option<Result<RecordBatch, Error>>) -> Option<Result<RecordBatch, Error>> {
        if matches!(self.state, State::Running { .. }) && !matches!(next, Some(Ok(_))) {
            self.state = State::Ended { elapsed: self.run.start.elapsed() };
        }
        next
    }
}

impl Stream for ResultTable {
    type Item = Result<RecordBatch, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.start();
        let next = match &mut self.state {
            State::Running { batches, .. } => std::task::ready!(batches.poll_recv(context)),
            _ => None,
        };
        Poll::Ready(self.note(next))
    }
}

/// Tells the progress of a result; cheap to clone.
#[derive(Debug, Clone)]
pub struct ProgressHandle(Arc<dyn ExecutionPlan>);

impl ProgressHandle {
    /// How far the scans are.
    pub fn get(&self) -> Progress {
        let mut progress = Progress::default();
        meter::add_progress(&self.0, &mut progress);
        progress
    }
}

/// A task that ends when nobody waits for it any more.
#[derive(Debug)]
struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A panic, or the end of the session under a running query.
fn join_error(error: &JoinError) -> Error {
    if error.is_cancelled() { Error::Cancelled } else { Error::internal(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_defect_and_not_the_end() {
        let task = tokio::spawn(async { panic!("a kernel panics, for a test") });
        let error = join_error(&task.await.unwrap_err());
        assert!(error.is_internal(), "{error:?}");
        assert!(!error.to_string().contains("panic"), "the words are for the report only: {error}");
    }
}
