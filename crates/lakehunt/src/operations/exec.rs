//! Running an operation: its inputs, one after the other, through its worker.

use super::{Job, Worker};
use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, StructArray};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::utils::memory::RecordBatchMemoryCounter;
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::metrics::{BaselineMetrics, ExecutionPlanMetricsSet, MetricsSet};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties, Partitioning, PlanProperties,
    execute_stream,
};
use futures::{StreamExt, TryStreamExt, stream};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::OnceCell;

/// An operation of a query, with all its scans.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) job: Job,
    plans: Vec<Arc<dyn ExecutionPlan>>,
    scans: AtomicUsize,
    /// The whole result, where several scans want it, and the memory that it takes.
    result: OnceCell<(Vec<RecordBatch>, MemoryReservation)>,
}

impl Shared {
    pub(super) fn new(job: Job, plans: Vec<Arc<dyn ExecutionPlan>>) -> Shared {
        Shared { job, plans, scans: AtomicUsize::new(0), result: OnceCell::new() }
    }

    fn reservation(&self, context: &TaskContext) -> MemoryReservation {
        MemoryConsumer::new(self.job.task.name).register(context.memory_pool())
    }

    /// Carries the operation out.
    fn run(&self, context: &Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let mut inputs = Vec::with_capacity(self.plans.len());
        for (i, (plan, schema)) in self.plans.iter().zip(&self.job.inputs).enumerate() {
            let schema = Arc::clone(schema);
            // The partitions of a plan that reads in order are the tables of a union, one behind the other.
            let partitions = plan.output_partitioning().partition_count();
            let batches: SendableRecordBatchStream = if self.job.in_order && partitions > 1 {
                let streams = (0..partitions).map(|i| plan.execute(i, Arc::clone(context)));
                let streams = streams.collect::<Result<Vec<_>>>()?;
                Box::pin(RecordBatchStreamAdapter::new(plan.schema(), stream::iter(streams).flatten()))
            } else {
                execute_stream(Arc::clone(plan), Arc::clone(context))?
            };
            inputs.push(batches.map(move |batch| -> Result<_> { Ok((i, conform(&batch?, &schema)?)) }));
        }
        let batches = Box::pin(stream::iter(inputs).flatten());
        let run = Run { worker: super::start(&self.job)?, memory: self.reservation(context) };
        let output =
            stream::try_unfold((run, batches, false), |(mut run, mut batches, mut ended)| async move {
                loop {
                    let given = match if ended { None } else { batches.next().await.transpose()? } {
                        Some((input, batch)) => run.worker.push(input, batch)?,
                        None => {
                            ended = true;
                            match run.worker.finish()? {
                                Some(batch) => Some(batch),
                                None => return Ok(None),
                            }
                        }
                    };
                    run.memory.try_resize(run.worker.size())?;
                    if let Some(batch) = given {
                        return Ok(Some((batch, (run, batches, ended))));
                    }
                }
            });
        Ok(Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.job.output), output)))
    }

    async fn collect(&self, context: &Arc<TaskContext>) -> Result<(Vec<RecordBatch>, MemoryReservation)> {
        let reservation = self.reservation(context);
        let mut rows = self.run(context)?;
        let mut all = Vec::new();
        // The engine cuts what it aggregated into slices of the same memory.
        let mut memory = RecordBatchMemoryCounter::new();
        while let Some(batch) = rows.try_next().await? {
            reservation.try_grow(memory.count_batch(&batch))?;
            all.push(batch);
        }
        Ok((all, reservation))
    }
}

struct Run {
    worker: Box<dyn Worker>,
    memory: MemoryReservation,
}

/// The batch in the types of the contract, where the engine has chosen others (a literal is Utf8, not a view).
fn conform(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let columns = batch.columns().iter().zip(schema.fields());
    let columns = columns.map(|(array, field)| {
        if array.data_type() == field.data_type() {
            return Ok(Arc::clone(array));
        }
        cast_with_options(array, field.data_type(), &CastOptions { safe: true, ..CastOptions::default() })
    });
    let columns = columns.collect::<Result<_, _>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    Ok(RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?)
}

/// Columns of an operation that are handed on as one.
#[derive(Debug)]
pub(super) struct Pack {
    /// The columns that stay as they are.
    pub(super) plain: Vec<usize>,
    /// The members of the struct, which stands behind them.
    pub(super) members: Vec<usize>,
    /// The columns and the struct.
    pub(super) schema: SchemaRef,
}

impl Pack {
    fn apply(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let of = |places: &[usize]| -> Vec<ArrayRef> {
            places.iter().map(|i| Arc::clone(batch.column(*i))).collect()
        };
        let fields = self.members.iter().map(|i| Arc::clone(&batch.schema_ref().fields()[*i])).collect();
        let members = of(&self.members);
        let packed = StructArray::try_new_with_length(fields, members, None, batch.num_rows())?;
        let mut columns = of(&self.plain);
        columns.push(Arc::new(packed));
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }
}

/// A scan of an operation's rows. The plans of its inputs are no children of it: they are planned and optimised on
/// their own, because the operation may depend on the order of their rows.
#[derive(Debug)]
pub(crate) struct OperationExec {
    shared: Arc<Shared>,
    pack: Option<Arc<Pack>>,
    /// Of the packed columns, where they are packed.
    projection: Option<Vec<usize>>,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

impl OperationExec {
    pub(super) fn new(
        shared: Arc<Shared>,
        pack: Option<Arc<Pack>>,
        projection: Option<Vec<usize>>,
    ) -> Result<OperationExec> {
        let all = pack.as_ref().map_or(&shared.job.output, |pack| &pack.schema);
        let schema = match &projection {
            Some(columns) => Arc::new(all.project(columns)?),
            None => Arc::clone(all),
        };
        shared.scans.fetch_add(1, Ordering::Relaxed);
        let properties = PlanProperties::new(
            EquivalenceProperties::new(schema),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Ok(OperationExec {
            shared,
            pack,
            projection,
            properties: Arc::new(properties),
            metrics: ExecutionPlanMetricsSet::new(),
        })
    }

    /// The name of the operator or plugin.
    pub(crate) fn name_of_task(&self) -> &'static str {
        self.shared.job.task.name
    }
}

/// The plans of an operation's inputs, if the plan node is one.
pub(crate) fn inputs_of(plan: &Arc<dyn ExecutionPlan>) -> &[Arc<dyn ExecutionPlan>] {
    plan.downcast_ref::<OperationExec>().map(|o| o.shared.plans.as_slice()).unwrap_or_default()
}

impl DisplayAs for OperationExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schema = self.schema();
        let columns: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        write!(f, "OperationExec: {}, columns=[{}]", self.name_of_task(), columns.join(", "))
    }
}

impl ExecutionPlan for OperationExec {
    fn name(&self) -> &'static str {
        "OperationExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(self: Arc<Self>, _: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(&self, _: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let rows: SendableRecordBatchStream = if self.shared.scans.load(Ordering::Relaxed) > 1 {
            let shared = Arc::clone(&self.shared);
            let schema = Arc::clone(&shared.job.output);
            let rows = async move {
                let (rows, _) = shared.result.get_or_try_init(|| shared.collect(&context)).await?;
                Ok::<_, DataFusionError>(stream::iter(rows.clone().into_iter().map(Ok)))
            };
            Box::pin(RecordBatchStreamAdapter::new(schema, stream::once(rows).try_flatten()))
        } else {
            self.shared.run(&context)?
        };
        let (pack, projection) = (self.pack.clone(), self.projection.clone());
        let metrics = BaselineMetrics::new(&self.metrics, 0);
        let projected = rows.map(move |batch| {
            let batch = match &pack {
                Some(pack) => pack.apply(&batch?)?,
                None => batch?,
            };
            let batch = match &projection {
                Some(columns) => batch.project(columns)?,
                None => batch,
            };
            metrics.record_output(batch.num_rows());
            Ok(batch)
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema(), projected)))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }
}
