//! Aggregates, written for many groups at once.
//!
//! A [`GroupState`] keeps what was seen of all groups in flat vectors; from it derive DataFusion's accumulator
//! of many groups (GROUP BY) and that of one (no GROUP BY, windows).

use super::{ArgType, Parameters, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::arrow::row::{RowConverter, Rows, SortField};
use datafusion::common::{Result, ScalarValue, not_impl_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use datafusion::physical_expr::expressions::Literal;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What an aggregate keeps, for all groups at once. Groups are numbered from 0.
pub trait GroupState: Debug + Send + Sync + 'static {
    /// There are so many groups from now on.
    fn grow(&mut self, groups: usize);

    /// Takes rows in; the columns are the call's arguments.
    fn update(&mut self, input: &Input<'_>) -> Result<()>;

    /// Takes in what [`GroupState::save`] gave elsewhere; the columns are those of [`AggregateKernel::saved`].
    fn merge(&mut self, input: &Input<'_>) -> Result<()>;

    /// What is known of the first `groups` groups, to be merged elsewhere: one row a group.
    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>>;

    /// The results of the first `groups` groups. The state stays as it is: a window asks again and again.
    fn finish(&mut self, groups: usize) -> Result<ArrayRef>;

    /// Forgets the first `groups` groups; the others move down.
    fn forget(&mut self, groups: usize);

    /// The bytes that it holds on the heap. Called for every batch: count, do not walk.
    fn heap(&self) -> usize;
}

/// Rows to take in.
#[derive(Debug)]
pub struct Input<'a> {
    /// The columns.
    pub columns: &'a [ArrayRef],
    /// The sort key of each row, in bytes that compare as the keys do, where the call has an ORDER BY.
    pub keys: Option<&'a Rows>,
    /// The group of each row; without it all belong to the first.
    pub groups: Option<&'a [usize]>,
    /// Where it is there, only the rows for which it is true count.
    pub filter: Option<&'a BooleanArray>,
}

impl Input<'_> {
    /// How many rows there are, taken or not.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.len())
    }

    /// Calls `f(row, group)` for the rows to take, in order.
    #[inline]
    pub fn for_each(&self, mut f: impl FnMut(usize, usize)) {
        match (self.groups, self.filter) {
            (Some(groups), None) => groups.iter().enumerate().for_each(|(row, &group)| f(row, group)),
            (None, None) => (0..self.rows()).for_each(|row| f(row, 0)),
            (groups, Some(filter)) => {
                for row in 0..self.rows() {
                    if filter.is_valid(row) && filter.value(row) {
                        f(row, groups.map_or(0, |g| g[row]));
                    }
                }
            }
        }
    }
}

/// How an aggregate was called.
#[derive(Debug, Clone)]
pub struct Call {
    /// The physical types of the arguments.
    pub args: Vec<DataType>,
    /// The physical type of the result.
    pub returns: DataType,
    /// The values of those arguments that are constants. Empty where only the types are asked for.
    pub constants: Vec<Option<ScalarValue>>,
    /// Whether the call has an ORDER BY.
    pub ordered: bool,
}

impl Call {
    /// The constant argument at `index` as a whole number.
    pub fn integer(&self, index: usize) -> Option<i64> {
        let value = self.constants.get(index)?.as_ref()?;
        match value.cast_to(&DataType::Int64).ok()? {
            ScalarValue::Int64(n) => n,
            _ => None,
        }
    }

    /// The constant argument at `index` as a number.
    pub fn real(&self, index: usize) -> Option<f64> {
        let value = self.constants.get(index)?.as_ref()?;
        match value.cast_to(&DataType::Float64).ok()? {
            ScalarValue::Float64(n) => n,
            _ => None,
        }
    }
}

/// One aggregate of the runtime.
#[derive(Clone, Copy)]
pub struct AggregateKernel {
    /// Its name in the SQL: `kql_…`.
    pub name: &'static str,
    /// What it takes.
    pub args: &'static [ArgType],
    /// How many of them, from the end, may be left out.
    pub optional: usize,
    /// What may follow them, any number of times.
    pub variadic: Option<ArgType>,
    /// What it gives.
    pub returns: ReturnType,
    /// Whether an ORDER BY within the call has a meaning. If so, the rows come with their keys and in any
    /// order: nothing is sorted beforehand, so that neighbours keep theirs, and two orders do not clash.
    pub ordered: bool,
    /// The types of what its state saves.
    pub saved: fn(&Call) -> Vec<DataType>,
    /// Its empty state.
    pub state: fn(&Call) -> Result<Box<dyn GroupState>>,
}

impl Debug for AggregateKernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl AggregateKernel {
    /// As a function of DataFusion.
    pub fn udaf(&self) -> AggregateUDF {
        AggregateUDF::new_from_impl(Udaf {
            aggregate: *self,
            signature: Signature::user_defined(Volatility::Immutable),
        })
    }
}

struct Udaf {
    aggregate: AggregateKernel,
    signature: Signature,
}

impl Debug for Udaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.aggregate.name)
    }
}

impl PartialEq for Udaf {
    fn eq(&self, other: &Self) -> bool {
        self.aggregate.name == other.aggregate.name
    }
}

impl Eq for Udaf {}

impl Hash for Udaf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.aggregate.name.hash(state);
    }
}

impl Udaf {
    fn running(&self, args: &AccumulatorArgs<'_>) -> Result<Running> {
        let order = if self.aggregate.ordered { args.order_bys } else { &[] };
        let fields: Result<Vec<_>> = order
            .iter()
            .map(|key| Ok(SortField::new_with_options(key.expr.data_type(args.schema)?, key.options)))
            .collect();
        let constant = |e: &Arc<dyn datafusion::physical_expr::PhysicalExpr>| {
            e.downcast_ref::<Literal>().map(|l| l.value().clone())
        };
        let call = Call {
            args: args.expr_fields.iter().map(|f| f.data_type().clone()).collect(),
            returns: args.return_type().clone(),
            constants: args.exprs.iter().map(constant).collect(),
            ordered: !order.is_empty(),
        };
        let keys = if order.is_empty() { None } else { Some(Arc::new(RowConverter::new(fields?)?)) };
        Ok(Running {
            state: (self.aggregate.state)(&call)?,
            new: self.aggregate.state,
            call,
            keys,
            groups: 0,
        })
    }
}

impl AggregateUDFImpl for Udaf {
    fn name(&self) -> &str {
        self.aggregate.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arg_types: &[DataType]) -> Result<DataType> {
        self.aggregate.returns.physical(arg_types)
    }

    fn is_nullable(&self) -> bool {
        self.aggregate.returns.nullable()
    }

    fn coerce_types(&self, arg_types: &[DataType]) -> Result<Vec<DataType>> {
        let a = &self.aggregate;
        Parameters { name: a.name, args: a.args, optional: a.optional, variadic: a.variadic }
            .coerce(arg_types)
    }

    fn state_fields(&self, args: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        let call = Call {
            args: args.input_fields.iter().map(|f| f.data_type().clone()).collect(),
            returns: args.return_type().clone(),
            constants: vec![],
            ordered: self.aggregate.ordered && !args.ordering_fields.is_empty(),
        };
        let field = |(i, t): (usize, DataType)| Field::new(format!("{}[{i}]", args.name), t, true).into();
        Ok((self.aggregate.saved)(&call).into_iter().enumerate().map(field).collect())
    }

    fn accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        if args.is_distinct {
            return not_impl_err!("DISTINCT in {}", self.aggregate.name);
        }
        let mut running = self.running(&args)?;
        running.grow(1);
        Ok(Box::new(OneGroup { running, answer: None }))
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs<'_>) -> bool {
        !args.is_distinct
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(self.running(&args)?))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        if self.aggregate.ordered {
            AggregateOrderSensitivity::Beneficial
        } else {
            AggregateOrderSensitivity::Insensitive
        }
    }

    fn with_beneficial_ordering(
        self: Arc<Self>,
        _beneficial_ordering: bool,
    ) -> Result<Option<Arc<dyn AggregateUDFImpl>>> {
        // Keys that come in order are found to be so: nothing to prepare.
        Ok(Some(self))
    }
}

/// A state at work: the accumulator of many groups.
#[derive(Debug)]
struct Running {
    state: Box<dyn GroupState>,
    new: fn(&Call) -> Result<Box<dyn GroupState>>,
    call: Call,
    keys: Option<Arc<RowConverter>>,
    groups: usize,
}

impl Running {
    fn grow(&mut self, groups: usize) {
        self.groups = self.groups.max(groups);
        self.state.grow(self.groups);
    }

    fn update(
        &mut self,
        values: &[ArrayRef],
        groups: Option<&[usize]>,
        filter: Option<&BooleanArray>,
    ) -> Result<()> {
        let (columns, order) = values.split_at(self.call.args.len().min(values.len()));
        let keys = match &self.keys {
            Some(converter) => Some(converter.convert_columns(order)?),
            None => None,
        };
        self.state.update(&Input { columns, keys: keys.as_ref(), groups, filter })
    }

    fn merge(&mut self, values: &[ArrayRef], groups: Option<&[usize]>) -> Result<()> {
        self.state.merge(&Input { columns: values, keys: None, groups, filter: None })
    }

    fn emitted(&self, emit_to: EmitTo) -> usize {
        match emit_to {
            EmitTo::All => self.groups,
            EmitTo::First(n) => n,
        }
    }

    fn forget(&mut self, groups: usize) {
        self.state.forget(groups);
        self.groups -= groups;
    }
}

impl GroupsAccumulator for Running {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.grow(total_num_groups);
        self.update(values, Some(group_indices), opt_filter)
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        self.grow(total_num_groups);
        self.merge(values, Some(group_indices))
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let groups = self.emitted(emit_to);
        let results = self.state.finish(groups)?;
        self.forget(groups);
        Ok(results)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let groups = self.emitted(emit_to);
        let saved = self.state.save(groups)?;
        self.forget(groups);
        Ok(saved)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        opt_filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |v| v.len());
        let mut each = Running {
            state: (self.new)(&self.call)?,
            new: self.new,
            call: self.call.clone(),
            keys: self.keys.clone(),
            groups: 0,
        };
        each.grow(rows);
        each.update(values, Some(&(0..rows).collect::<Vec<_>>()), opt_filter)?;
        each.state.save(rows)
    }

    fn size(&self) -> usize {
        self.state.heap()
    }
}

/// The accumulator of one group.
#[derive(Debug)]
struct OneGroup {
    running: Running,
    /// The result, kept since a window asks for it once a row.
    answer: Option<ScalarValue>,
}

impl Accumulator for OneGroup {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.answer = None;
        self.running.update(values, None, None)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.answer = None;
        self.running.merge(states, None)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        if let Some(answer) = &self.answer {
            return Ok(answer.clone());
        }
        let answer = ScalarValue::try_from_array(&self.running.state.finish(1)?, 0)?;
        Ok(self.answer.insert(answer).clone())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let saved = self.running.state.save(1)?;
        saved.iter().map(|column| ScalarValue::try_from_array(column, 0)).collect()
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.running.state.heap()
    }
}
