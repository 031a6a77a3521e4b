//! Aggregates.

use super::{ArgType, Args, Parameters, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, new_empty_array};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, not_impl_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::AggregateOrderSensitivity;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, ColumnarValue, EmitTo, GroupsAccumulator, Signature,
    Volatility,
};
use std::fmt::Debug;
use std::hash::{Hash, Hasher};

/// What an aggregate keeps for one group. From it both forms of DataFusion's accumulators derive.
pub trait State: Default + Debug + Send + Sync + 'static {
    /// Takes rows in: fetch the typed arguments once, then `rows.for_each(|state, row| …)`. All constant
    /// arguments come as columns here; a state that needs one in [`State::finish`] keeps it.
    fn update(args: &Args<'_>, rows: Rows<'_, Self>) -> Result<()>;

    /// The types of what [`State::save`] gives, from the argument types and the result type.
    fn saved_types(args: &[DataType], returns: &DataType) -> Vec<DataType>;

    /// The state as values, to be merged elsewhere.
    fn save(&self, types: &[DataType]) -> Result<Vec<ScalarValue>>;

    /// Takes saved states in; `saved` has the columns of [`State::save`].
    fn merge(saved: &Args<'_>, rows: Rows<'_, Self>) -> Result<()>;

    /// The result, of the type `returns`.
    fn finish(&self, returns: &DataType) -> Result<ScalarValue>;

    /// The bytes that it holds on the heap. Called for every row: count, do not walk.
    fn heap(&self) -> usize {
        0
    }
}

/// The rows to take in, each with the state of its group.
#[derive(Debug)]
pub struct Rows<'a, S> {
    states: &'a mut [S],
    /// The group of each row; without it all belong to the first.
    groups: Option<&'a [usize]>,
    filter: Option<&'a BooleanArray>,
    rows: usize,
    heap: &'a mut isize,
}

impl<S: State> Rows<'_, S> {
    /// Calls `f` for every row in order.
    pub fn for_each(self, mut f: impl FnMut(&mut S, usize)) -> Result<()> {
        for row in 0..self.rows {
            if self.filter.is_some_and(|keep| keep.is_null(row) || !keep.value(row)) {
                continue;
            }
            let state = &mut self.states[self.groups.map_or(0, |g| g[row])];
            let before = state.heap();
            f(state, row);
            *self.heap += state.heap() as isize - before as isize;
        }
        Ok(())
    }
}

/// One aggregate.
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
    /// Whether `ORDER BY` within the call orders the rows that it takes in.
    pub ordered: bool,
    /// Its state.
    pub state: StateVtable,
}

/// A [`State`] whose type was forgotten, so that kernels fit into one list.
#[derive(Clone, Copy)]
pub struct StateVtable {
    saved_types: fn(&[DataType], &DataType) -> Vec<DataType>,
    single: fn(Types) -> Box<dyn Accumulator>,
    groups: fn(Types) -> Box<dyn GroupsAccumulator>,
}

impl StateVtable {
    /// That of `S`.
    pub const fn of<S: State>() -> StateVtable {
        StateVtable {
            saved_types: S::saved_types,
            single: |types| Box::new(Single { state: [S::default()], heap: 0, types }),
            groups: |types| Box::new(Groups { states: Vec::<S>::new(), heap: 0, types }),
        }
    }
}

impl Debug for AggregateKernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl AggregateKernel {
    /// An aggregate with fixed arguments; set the other fields with `..AggregateKernel::of::<S>(…)`.
    pub const fn of<S: State>(name: &'static str, args: &'static [ArgType], returns: ReturnType) -> Self {
        AggregateKernel {
            name,
            args,
            optional: 0,
            variadic: None,
            returns,
            ordered: false,
            state: StateVtable::of::<S>(),
        }
    }

    /// As a function of DataFusion.
    pub fn udaf(&self) -> AggregateUDF {
        AggregateUDF::new_from_impl(KernelUdaf {
            kernel: *self,
            signature: Signature::user_defined(Volatility::Immutable),
        })
    }

    fn types(&self, args: &[FieldRef], returns: &DataType) -> Types {
        let args: Vec<_> = args.iter().map(|f| f.data_type().clone()).collect();
        Types { saved: (self.state.saved_types)(&args, returns), returns: returns.clone() }
    }
}

struct KernelUdaf {
    kernel: AggregateKernel,
    signature: Signature,
}

impl Debug for KernelUdaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kernel.name)
    }
}

impl PartialEq for KernelUdaf {
    fn eq(&self, other: &Self) -> bool {
        self.kernel.name == other.kernel.name
    }
}

impl Eq for KernelUdaf {}

impl Hash for KernelUdaf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kernel.name.hash(state);
    }
}

impl AggregateUDFImpl for KernelUdaf {
    fn name(&self) -> &str {
        self.kernel.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arg_types: &[DataType]) -> Result<DataType> {
        self.kernel.returns.physical(arg_types)
    }

    fn is_nullable(&self) -> bool {
        self.kernel.returns.nullable()
    }

    fn coerce_types(&self, arg_types: &[DataType]) -> Result<Vec<DataType>> {
        let k = &self.kernel;
        Parameters { name: k.name, args: k.args, optional: k.optional, variadic: k.variadic }
            .coerce(arg_types)
    }

    fn state_fields(&self, args: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        let types = self.kernel.types(args.input_fields, args.return_type());
        let field = |(i, t): (usize, DataType)| Field::new(format!("{}[{i}]", args.name), t, true).into();
        Ok(types.saved.into_iter().enumerate().map(field).collect())
    }

    fn accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        if args.is_distinct {
            return not_impl_err!("DISTINCT in {}", self.kernel.name);
        }
        Ok((self.kernel.state.single)(self.kernel.types(args.expr_fields, args.return_type())))
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs<'_>) -> bool {
        !args.is_distinct
    }

    fn create_groups_accumulator(&self, args: AccumulatorArgs<'_>) -> Result<Box<dyn GroupsAccumulator>> {
        Ok((self.kernel.state.groups)(self.kernel.types(args.expr_fields, args.return_type())))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        if self.kernel.ordered {
            AggregateOrderSensitivity::HardRequirement
        } else {
            AggregateOrderSensitivity::Insensitive
        }
    }
}

/// The types that a call was planned with.
#[derive(Debug, Clone)]
struct Types {
    saved: Vec<DataType>,
    returns: DataType,
}

fn columns(arrays: &[ArrayRef]) -> (Vec<ColumnarValue>, usize) {
    let rows = arrays.first().map_or(0, |a| a.len());
    (arrays.iter().map(|a| ColumnarValue::Array(a.clone())).collect(), rows)
}

/// The accumulator of one group.
#[derive(Debug)]
struct Single<S> {
    state: [S; 1],
    heap: isize,
    types: Types,
}

impl<S: State> Accumulator for Single<S> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let (values, rows) = columns(values);
        let args = Args::new(&values, rows, &self.types.returns);
        S::update(
            &args,
            Rows { states: &mut self.state, groups: None, filter: None, rows, heap: &mut self.heap },
        )
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let (values, rows) = columns(states);
        let args = Args::new(&values, rows, &self.types.returns);
        S::merge(
            &args,
            Rows { states: &mut self.state, groups: None, filter: None, rows, heap: &mut self.heap },
        )
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.state[0].finish(&self.types.returns)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.state[0].save(&self.types.saved)
    }

    fn size(&self) -> usize {
        size_of_val(self) + usize::try_from(self.heap).unwrap_or(0)
    }
}

/// The accumulator of many groups.
#[derive(Debug)]
struct Groups<S> {
    states: Vec<S>,
    heap: isize,
    types: Types,
}

impl<S: State> Groups<S> {
    fn grow(&mut self, groups: usize) {
        if self.states.len() < groups {
            self.states.resize_with(groups, S::default);
        }
    }

    fn emit(&mut self, emit_to: EmitTo) -> Vec<S> {
        let states = emit_to.take_needed(&mut self.states);
        self.heap -= states.iter().map(|s| s.heap() as isize).sum::<isize>();
        states
    }

    fn save(&self, states: &[S]) -> Result<Vec<ArrayRef>> {
        let types = &self.types.saved;
        let mut columns = vec![Vec::with_capacity(states.len()); types.len()];
        for state in states {
            for (column, value) in columns.iter_mut().zip(state.save(types)?) {
                column.push(value);
            }
        }
        columns.into_iter().zip(types).map(|(values, ty)| to_array(values, ty)).collect()
    }
}

fn to_array(values: Vec<ScalarValue>, ty: &DataType) -> Result<ArrayRef> {
    if values.is_empty() { Ok(new_empty_array(ty)) } else { ScalarValue::iter_to_array(values) }
}

impl<S: State> GroupsAccumulator for Groups<S> {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        opt_filter: Option<&BooleanArray>,
        total_num_groups: usize,
    ) -> Result<()> {
        self.grow(total_num_groups);
        let (values, _) = columns(values);
        let rows = group_indices.len();
        let args = Args::new(&values, rows, &self.types.returns);
        let groups = Some(group_indices);
        S::update(
            &args,
            Rows { states: &mut self.states, groups, filter: opt_filter, rows, heap: &mut self.heap },
        )
    }

    fn merge_batch(
        &mut self,
        values: &[ArrayRef],
        group_indices: &[usize],
        total_num_groups: usize,
    ) -> Result<()> {
        self.grow(total_num_groups);
        let (values, _) = columns(values);
        let rows = group_indices.len();
        let args = Args::new(&values, rows, &self.types.returns);
        let groups = Some(group_indices);
        S::merge(&args, Rows { states: &mut self.states, groups, filter: None, rows, heap: &mut self.heap })
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        let returns = self.types.returns.clone();
        let values: Result<Vec<_>> = self.emit(emit_to).iter().map(|s| s.finish(&returns)).collect();
        to_array(values?, &returns)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        let states = self.emit(emit_to);
        self.save(&states)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        opt_filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, |v| v.len());
        let mut each = Groups { states: Vec::<S>::new(), heap: 0, types: self.types.clone() };
        each.update_batch(values, &(0..rows).collect::<Vec<_>>(), opt_filter, rows)?;
        each.save(&each.states)
    }

    fn size(&self) -> usize {
        self.states.capacity() * size_of::<S>() + usize::try_from(self.heap).unwrap_or(0)
    }
}
