//! Window functions: over a whole partition in the order of its window.

use super::{ArgType, Args, Parameters, ReturnType};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::Result;
use datafusion::logical_expr::function::{PartitionEvaluatorArgs, WindowUDFFieldArgs};
use datafusion::logical_expr::{
    ColumnarValue, PartitionEvaluator, Signature, Volatility, WindowUDF, WindowUDFImpl,
};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// One window function. It sees all rows of a partition at once and gives a value for each.
#[derive(Clone, Copy)]
pub struct WindowKernel {
    /// Its name in the SQL: `kql_…`.
    pub name: &'static str,
    /// What it takes.
    pub args: &'static [ArgType],
    /// How many of them, from the end, may be left out.
    pub optional: usize,
    /// What it gives.
    pub returns: ReturnType,
    /// The function itself. Constant arguments come as columns.
    pub eval: fn(&Args<'_>) -> Result<ArrayRef>,
}

impl std::fmt::Debug for WindowKernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl WindowKernel {
    /// As a function of DataFusion.
    pub fn udwf(&self) -> WindowUDF {
        WindowUDF::new_from_impl(KernelUdwf {
            kernel: *self,
            signature: Signature::user_defined(Volatility::Immutable),
        })
    }
}

#[derive(Debug)]
struct KernelUdwf {
    kernel: WindowKernel,
    signature: Signature,
}

impl PartialEq for KernelUdwf {
    fn eq(&self, other: &Self) -> bool {
        self.kernel.name == other.kernel.name
    }
}

impl Eq for KernelUdwf {}

impl Hash for KernelUdwf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kernel.name.hash(state);
    }
}

impl KernelUdwf {
    fn returns(&self, fields: &[FieldRef]) -> Result<DataType> {
        let types: Vec<_> = fields.iter().map(|f| f.data_type().clone()).collect();
        self.kernel.returns.physical(&types)
    }
}

impl WindowUDFImpl for KernelUdwf {
    fn name(&self) -> &str {
        self.kernel.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn partition_evaluator(&self, args: PartitionEvaluatorArgs<'_>) -> Result<Box<dyn PartitionEvaluator>> {
        Ok(Box::new(Evaluator { kernel: self.kernel, returns: self.returns(args.input_fields())? }))
    }

    fn field(&self, args: WindowUDFFieldArgs<'_>) -> Result<FieldRef> {
        let returns = self.returns(args.input_fields())?;
        Ok(Arc::new(Field::new(args.name(), returns, self.kernel.returns.nullable())))
    }

    fn coerce_types(&self, arg_types: &[DataType]) -> Result<Vec<DataType>> {
        let k = &self.kernel;
        Parameters { name: k.name, args: k.args, optional: k.optional, variadic: None }.coerce(arg_types)
    }
}

#[derive(Debug)]
struct Evaluator {
    kernel: WindowKernel,
    returns: DataType,
}

impl PartitionEvaluator for Evaluator {
    fn evaluate_all(&mut self, values: &[ArrayRef], num_rows: usize) -> Result<ArrayRef> {
        let values: Vec<_> = values.iter().map(|a| ColumnarValue::Array(a.clone())).collect();
        (self.kernel.eval)(&Args::new(&values, num_rows, &self.returns))
    }
}
