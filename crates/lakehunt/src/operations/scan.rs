//! `scan`: steps that match one after the other over rows in their order.
//!
//! <https://learn.microsoft.com/kusto/query/scan-operator>

use super::{Formulas, Job, Worker};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Int64Array, RecordBatch, RecordBatchOptions, StringViewArray, new_null_array,
};
use datafusion::arrow::compute::{concat, interleave};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::{DataFusionError, Result, ScalarValue};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use kql2sql::operation::{Setting, Task};
use kql2sql::syntax::ast::Literal;
use std::collections::HashMap;
use std::sync::Arc;

/// Makes the worker.
pub(super) fn start(job: &Job) -> Result<Box<dyn Worker>> {
    let plan = Plan::new(job)?;
    let keys = job.task.columns("partition");
    let types =
        keys.iter().map(|k| Ok(SortField::new(job.inputs[0].field_with_name(k)?.data_type().clone())));
    let converter = RowConverter::new(types.collect::<Result<Vec<_>>>()?)?;
    Ok(Box::new(Scan {
        plan,
        converter,
        partitions: Vec::new(),
        index: HashMap::new(),
        emitted: 0,
        size: 0,
        ended: false,
    }))
}

/// When the records that a step matches go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    All,
    /// Only the last of those that match in a row.
    Last,
    None,
}

/// A formula: often just a column that the query of the input has computed.
#[derive(Debug)]
enum Formula {
    Column(usize),
    Expr(Arc<dyn PhysicalExpr>),
}

#[derive(Debug)]
struct Step {
    output: Output,
    condition: Formula,
    /// A formula for each declared column; `None` where the default stays.
    assignments: Vec<Option<Formula>>,
}

/// Where a column of the rows that formulas see comes from.
#[derive(Debug)]
enum Source {
    /// The record's column.
    Record(usize),
    /// What the state holds of a step: the step, and which of its kept columns.
    State { step: usize, kept: usize },
}

/// A column that a step's state keeps for the formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// The record's column.
    Record(usize),
    /// A declared column.
    Declared(usize),
}

/// Where a column of the result comes from.
#[derive(Debug)]
enum Target {
    Record(usize),
    Declared(usize),
    MatchId,
    Sequence,
}

/// All that is known before the first row.
#[derive(Debug)]
struct Plan {
    steps: Vec<Step>,
    /// The values of declared columns that no step has assigned, one row each.
    defaults: Vec<ArrayRef>,
    /// The rows that formulas see.
    schema: SchemaRef,
    sources: Vec<Source>,
    /// For each step, what its state keeps, and what it holds before any match.
    kept: Vec<Vec<Kept>>,
    empty: Vec<Arc<Vec<ArrayRef>>>,
    partition: Vec<usize>,
    output: SchemaRef,
    targets: Vec<Target>,
}

/// The state of a step: an active sequence.
#[derive(Debug, Clone)]
struct State {
    /// What is kept of the steps up to this one.
    rows: Vec<Arc<Vec<ArrayRef>>>,
    match_id: i64,
    /// With `output=last`, the record that goes out when the sequence leaves the step.
    pending: Option<Record>,
}

/// A record that waits.
#[derive(Debug, Clone)]
struct Record {
    row: RecordBatch,
    declared: Vec<ArrayRef>,
}

#[derive(Debug, Default)]
struct Partition {
    states: Vec<Option<State>>,
    next_match: i64,
}

struct Scan {
    plan: Plan,
    converter: RowConverter,
    partitions: Vec<Partition>,
    index: HashMap<OwnedRow, usize>,
    emitted: i64,
    size: usize,
    ended: bool,
}

/// The records that go out of one call.
#[derive(Default)]
struct Emitted {
    /// Records of earlier batches, one row each.
    earlier: Vec<RecordBatch>,
    /// For each, its batch (0 for the current one) and its row there.
    rows: Vec<(usize, usize)>,
    declared: Vec<Vec<ArrayRef>>,
    match_ids: Vec<i64>,
}

impl Plan {
    fn new(job: &Job) -> Result<Plan> {
        let broken = || DataFusionError::Internal("the task of a scan is incomplete".to_owned());
        let formulas = job.formulas.as_ref().ok_or_else(broken)?;
        let input = &job.inputs[0];
        let task = &job.task;
        let declared = task.columns("declared");
        let kept_column = |name: &str| match declared.iter().position(|d| *d == name) {
            Some(i) => Ok(Kept::Declared(i)),
            None => Ok::<_, DataFusionError>(Kept::Record(input.index_of(name)?)),
        };
        let outputs = task.list("steps");
        let mut kept: Vec<Vec<Kept>> = vec![Vec::new(); outputs.len()];
        let mut states = state_columns(task).into_iter();
        let mut sources = Vec::new();
        for field in formulas.schema.fields() {
            sources.push(match input.index_of(field.name()) {
                Ok(i) => Source::Record(i),
                Err(_) => {
                    let (step, column) = states.next().ok_or_else(broken)?;
                    let of = kept.get_mut(step).ok_or_else(broken)?;
                    of.push(kept_column(column)?);
                    Source::State { step, kept: of.len() - 1 }
                }
            });
        }
        let formula = |name: &str| Self::formula(formulas, &sources, name);
        let steps = outputs.iter().enumerate().map(|(k, output)| {
            let output = match output {
                Setting::Literal(Literal::String(s)) if s == "last" => Output::Last,
                Setting::Literal(Literal::String(s)) if s == "none" => Output::None,
                _ => Output::All,
            };
            let assignments = declared.iter().map(|d| formula(&format!("{k}.{d}"))).collect();
            Ok(Step { output, condition: formula(&k.to_string()).ok_or_else(broken)?, assignments })
        });
        let steps = steps.collect::<Result<Vec<_>>>()?;
        let nothing = RecordBatch::try_new_with_options(
            Arc::clone(&formulas.schema),
            formulas.schema.fields().iter().map(|f| new_null_array(f.data_type(), 1)).collect(),
            &RecordBatchOptions::new().with_row_count(Some(1)),
        )?;
        let defaults = declared.iter().map(|d| {
            let name = format!("default.{d}");
            let (column, e) = formulas.values.iter().find(|(c, _)| c.name == name).ok_or_else(broken)?;
            let value = e.evaluate(&nothing)?.into_array(1)?;
            conform(value, &crate::catalog::types::contract_type(column.ty))
        });
        let defaults = defaults.collect::<Result<Vec<_>>>()?;
        let empty = kept.iter().map(|kept| {
            let value = |k: &Kept| match k {
                Kept::Record(i) => new_null_array(input.field(*i).data_type(), 1),
                Kept::Declared(i) => Arc::clone(&defaults[*i]),
            };
            Arc::new(kept.iter().map(value).collect())
        });
        let empty = empty.collect();
        let targets = job.output.fields().iter().map(|field| {
            let name = field.name().as_str();
            Ok(match declared.iter().position(|d| *d == name) {
                Some(i) => Target::Declared(i),
                None if task.column("match_id") == Some(name) => Target::MatchId,
                None if task.column("sequence") == Some(name) => Target::Sequence,
                None => Target::Record(input.index_of(name)?),
            })
        });
        let targets = targets.collect::<Result<_>>()?;
        let partition =
            task.columns("partition").iter().map(|k| Ok(input.index_of(k)?)).collect::<Result<_>>()?;
        let (schema, output) = (Arc::clone(&formulas.schema), Arc::clone(&job.output));
        Ok(Plan { steps, defaults, schema, sources, kept, empty, partition, output, targets })
    }

    fn formula(formulas: &Formulas, sources: &[Source], name: &str) -> Option<Formula> {
        let (_, e) = formulas.values.iter().find(|(c, _)| c.name == name)?;
        let column = e.downcast_ref::<Column>().and_then(|c| match sources.get(c.index())? {
            Source::Record(i) => Some(*i),
            Source::State { .. } => None,
        });
        Some(column.map_or_else(|| Formula::Expr(Arc::clone(e)), Formula::Column))
    }

    /// The row that formulas see: the record, and a state.
    fn row(&self, batch: &RecordBatch, row: usize, state: &[Arc<Vec<ArrayRef>>]) -> Result<RecordBatch> {
        let columns = self.sources.iter().map(|source| match source {
            Source::Record(i) => batch.column(*i).slice(row, 1),
            Source::State { step, kept } => {
                Arc::clone(&state.get(*step).unwrap_or(&self.empty[*step])[*kept])
            }
        });
        let options = RecordBatchOptions::new().with_row_count(Some(1));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns.collect(), &options)?)
    }

    /// Whether the record matches the step, with the state as it is.
    fn matches(
        &self,
        k: usize,
        batch: &RecordBatch,
        row: usize,
        state: &[Arc<Vec<ArrayRef>>],
    ) -> Result<bool> {
        let (array, at) = match &self.steps[k].condition {
            Formula::Column(i) => (Arc::clone(batch.column(*i)), row),
            Formula::Expr(e) => (e.evaluate(&self.row(batch, row, state)?)?.into_array(1)?, 0),
        };
        let array = array.as_boolean();
        Ok(array.is_valid(at) && array.value(at))
    }

    /// The declared columns of a record that matched the step.
    fn assign(
        &self,
        k: usize,
        batch: &RecordBatch,
        row: usize,
        state: &[Arc<Vec<ArrayRef>>],
    ) -> Result<Vec<ArrayRef>> {
        let mut seen = None;
        let values = self.steps[k].assignments.iter().zip(&self.defaults).map(|(formula, default)| {
            let value = match formula {
                None => return Ok(Arc::clone(default)),
                Some(Formula::Column(i)) => single(batch.column(*i), row)?,
                Some(Formula::Expr(e)) => {
                    let seen = match &mut seen {
                        Some(seen) => seen,
                        none => none.insert(self.row(batch, row, state)?),
                    };
                    e.evaluate(seen)?.into_array(1)?
                }
            };
            conform(value, default.data_type())
        });
        values.collect()
    }

    /// What the state keeps of a record that matched the step.
    fn keep(
        &self,
        k: usize,
        batch: &RecordBatch,
        row: usize,
        declared: &[ArrayRef],
    ) -> Result<Arc<Vec<ArrayRef>>> {
        let values = self.kept[k].iter().map(|kept| match kept {
            Kept::Record(i) => single(batch.column(*i), row),
            Kept::Declared(i) => Ok(Arc::clone(&declared[*i])),
        });
        Ok(Arc::new(values.collect::<Result<_>>()?))
    }

    /// Matches a record against the steps, the last one first.
    fn step_all(
        &self,
        partition: &mut Partition,
        batch: &RecordBatch,
        row: usize,
        out: &mut Emitted,
    ) -> Result<()> {
        for k in (0..self.steps.len()).rev() {
            if k > 0
                && let Some(before) = &partition.states[k - 1]
                && self.matches(k, batch, row, &before.rows)?
            {
                // The sequence moves on to this step, and ends the one that was here.
                let declared = self.assign(k, batch, row, &before.rows)?;
                let kept = self.keep(k, batch, row, &declared)?;
                let replaced = partition.states[k].take();
                let Some(mut moved) = partition.states[k - 1].take() else { continue };
                for gone in [
                    replaced.and_then(|s| Some((s.pending?, s.match_id))),
                    moved.pending.take().map(|r| (r, moved.match_id)),
                ]
                .into_iter()
                .flatten()
                {
                    out.push_earlier(gone.0, gone.1);
                }
                moved.rows.push(kept);
                moved.pending = self.emit(k, batch, row, declared, moved.match_id, out)?;
                partition.states[k] = Some(moved);
                continue;
            }
            let active = partition.states[k].is_some();
            if !active && k > 0 {
                continue;
            }
            let state = partition.states[k].as_ref().map_or(&[][..], |s| &s.rows);
            if !self.matches(k, batch, row, state)? {
                continue;
            }
            let declared = self.assign(k, batch, row, state)?;
            let kept = self.keep(k, batch, row, &declared)?;
            let mut state = match partition.states[k].take() {
                Some(state) => state,
                None => {
                    partition.next_match += 1;
                    State { rows: Vec::new(), match_id: partition.next_match - 1, pending: None }
                }
            };
            state.rows.truncate(k);
            state.rows.push(kept);
            state.pending = self.emit(k, batch, row, declared, state.match_id, out)?;
            partition.states[k] = Some(state);
        }
        Ok(())
    }

    /// Lets a record that matched the step go out, or gives it back where it must wait.
    fn emit(
        &self,
        k: usize,
        batch: &RecordBatch,
        row: usize,
        declared: Vec<ArrayRef>,
        match_id: i64,
        out: &mut Emitted,
    ) -> Result<Option<Record>> {
        match self.steps[k].output {
            Output::None => {}
            Output::All => {
                out.rows.push((0, row));
                out.declared.push(declared);
                out.match_ids.push(match_id);
            }
            Output::Last => {
                let columns = batch.columns().iter().map(|c| single(c, row)).collect::<Result<_>>()?;
                return Ok(Some(Record { row: RecordBatch::try_new(batch.schema(), columns)?, declared }));
            }
        }
        Ok(None)
    }

    /// The result's rows for the records that went out.
    fn result(&self, current: Option<&RecordBatch>, out: Emitted, first: i64) -> Result<Option<RecordBatch>> {
        let count = out.rows.len();
        if count == 0 {
            return Ok(None);
        }
        // Without a current batch the earlier ones are counted from 1 all the same.
        let batches: Vec<&RecordBatch> =
            current.or(out.earlier.first()).into_iter().chain(&out.earlier).collect();
        let columns = self.targets.iter().map(|target| -> Result<ArrayRef> {
            Ok(match target {
                Target::Record(i) => {
                    let arrays: Vec<&dyn Array> = batches.iter().map(|b| b.column(*i).as_ref()).collect();
                    interleave(&arrays, &out.rows)?
                }
                Target::Declared(i) => {
                    let arrays: Vec<&dyn Array> = out.declared.iter().map(|d| d[*i].as_ref()).collect();
                    concat(&arrays)?
                }
                Target::MatchId => Arc::new(Int64Array::from(out.match_ids.clone())),
                Target::Sequence => Arc::new(Int64Array::from_iter_values(first..first + count as i64)),
            })
        });
        let columns = columns.collect::<Result<_>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(count));
        Ok(Some(RecordBatch::try_new_with_options(Arc::clone(&self.output), columns, &options)?))
    }
}

impl Emitted {
    fn push_earlier(&mut self, record: Record, match_id: i64) {
        self.earlier.push(record.row);
        self.rows.push((self.earlier.len(), 0));
        self.declared.push(record.declared);
        self.match_ids.push(match_id);
    }
}

impl Scan {
    fn result(&mut self, current: Option<&RecordBatch>, out: Emitted) -> Result<Option<RecordBatch>> {
        let first = self.emitted;
        self.emitted += out.rows.len() as i64;
        self.plan.result(current, out, first)
    }
}

impl Worker for Scan {
    fn push(&mut self, _: usize, batch: RecordBatch) -> Result<Option<RecordBatch>> {
        let keys: Vec<ArrayRef> =
            self.plan.partition.iter().map(|i| without_null_text(batch.column(*i))).collect();
        let keys = if keys.is_empty() { None } else { Some(self.converter.convert_columns(&keys)?) };
        let mut out = Emitted::default();
        for row in 0..batch.num_rows() {
            let number = match &keys {
                None => 0,
                Some(keys) => {
                    let key = keys.row(row).owned();
                    let next = self.index.len();
                    let size = &mut self.size;
                    *self.index.entry(key).or_insert_with_key(|key| {
                        *size += size_of::<Partition>() + key.as_ref().len() + 64;
                        next
                    })
                }
            };
            while self.partitions.len() <= number {
                let states = vec![None; self.plan.steps.len()];
                self.partitions.push(Partition { states, next_match: 0 });
            }
            self.plan.step_all(&mut self.partitions[number], &batch, row, &mut out)?;
        }
        self.result(Some(&batch), out)
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        let mut out = Emitted::default();
        for state in self.partitions.iter_mut().flat_map(|p| &mut p.states).flatten() {
            if let Some(record) = state.pending.take() {
                out.push_earlier(record, state.match_id);
            }
        }
        self.result(None, out)
    }

    fn size(&self) -> usize {
        // A state holds a few values a step; what they take is not worth measuring one by one.
        self.size + self.partitions.len() * self.plan.steps.len() * 256
    }
}

/// The steps and columns whose state the formulas read, in the order of the formulas' columns.
fn state_columns(task: &Task) -> Vec<(usize, &str)> {
    let mut states = Vec::new();
    for setting in task.list("state") {
        if let Setting::List(pair) = setting
            && let [Setting::Literal(Literal::Long(step)), Setting::Column(column)] = pair.as_slice()
            && let Ok(step) = usize::try_from(*step)
        {
            states.push((step, column.as_str()));
        }
    }
    states
}

/// The keys with one spelling of the empty string: NULL means the same.
fn without_null_text(keys: &ArrayRef) -> ArrayRef {
    match keys.as_string_view_opt() {
        Some(texts) if texts.null_count() > 0 => {
            let texts = texts.iter().map(|t| Some(t.unwrap_or_default()));
            Arc::new(texts.collect::<StringViewArray>())
        }
        _ => Arc::clone(keys),
    }
}

/// One value as an array of its own, which does not hold on to the batch.
fn single(array: &ArrayRef, row: usize) -> Result<ArrayRef> {
    ScalarValue::try_from_array(array, row)?.to_array()
}

/// The value in the type of the contract.
fn conform(value: ArrayRef, to: &datafusion::arrow::datatypes::DataType) -> Result<ArrayRef> {
    if value.data_type() == to {
        return Ok(value);
    }
    Ok(datafusion::arrow::compute::cast(&value, to)?)
}
