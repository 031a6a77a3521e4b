//! Scalar functions.

use super::{ArgType, Args, Parameters, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use datafusion::arrow::compute::CastOptions;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::interval_arithmetic::Interval;
use datafusion::logical_expr::preimage::PreimageResult;
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::sort_properties::{ExprProperties, SortProperties};
use datafusion::logical_expr::{
    Case, ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// For which values of the first argument the function gives `result`: a half-open range, or `None` if that
/// is not one. It gets the result and the other arguments, which are all constants. With it
/// `bin(Timestamp, 1d) == X` skips row groups and files as `Timestamp >= X and Timestamp < X + 1d` does.
pub type Preimage = fn(result: &ScalarValue, others: &[ScalarValue]) -> Option<Range<ScalarValue>>;

/// The function that gives the text of a dynamic value.
const TEXT_OF_DOCUMENT: &str = "kql_tostring_dynamic";

/// One scalar function.
#[derive(Clone, Copy)]
pub struct ScalarKernel {
    /// Its name in the SQL: `kql_…`.
    pub name: &'static str,
    /// What it takes.
    pub args: &'static [ArgType],
    /// How many of them, from the end, may be left out; `Args::len` tells.
    pub optional: usize,
    /// What may follow them, any number of times.
    pub variadic: Option<ArgType>,
    /// What it gives.
    pub returns: ReturnType,
    /// Whether two calls with the same arguments may differ. Such a kernel is called for every row.
    pub volatile: bool,
    /// Whether it rises with its first argument (not strictly) where the others are constant.
    pub increasing: bool,
    /// See [`Preimage`].
    pub preimage: Option<Preimage>,
    /// Whether it takes NULL in its first argument for "" as all do that read it with [`super::Text::get`]: the SQL's
    /// `coalesce(x, '')` then need not be computed.
    pub null_is_empty: bool,
    /// What answers the same for a dynamic value (the first argument) as this function for its text: the engine puts it
    /// in place of `f(kql_tostring_dynamic(d), …)`.
    pub of_document: Option<&'static ScalarKernel>,
    /// The function itself: an array of `Args::rows` values of the type `Args::returns`.
    pub eval: fn(&Args<'_>) -> Result<ArrayRef>,
}

impl ScalarKernel {
    /// What most kernels have; for `..ScalarKernel::BASE`.
    pub const BASE: ScalarKernel = ScalarKernel {
        name: "",
        args: &[],
        optional: 0,
        variadic: None,
        returns: ReturnType::Long,
        volatile: false,
        increasing: false,
        preimage: None,
        null_is_empty: false,
        of_document: None,
        eval: |_| internal_err!("a kernel without eval"),
    };

    /// As a function of DataFusion.
    pub fn udf(&self) -> ScalarUDF {
        let volatility = if self.volatile { Volatility::Volatile } else { Volatility::Immutable };
        ScalarUDF::new_from_impl(KernelUdf { kernel: *self, signature: Signature::user_defined(volatility) })
    }

    /// The types that the arguments have for `eval`, when they are given as these.
    fn types(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        self.parameters().coerce(given)
    }

    fn parameters(&self) -> Parameters {
        Parameters { name: self.name, args: self.args, optional: self.optional, variadic: self.variadic }
    }
}

impl std::fmt::Debug for ScalarKernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// `x` of `coalesce(x, '')`, also in the form that DataFusion gives it.
fn without_coalesce(expr: &Expr) -> Option<&Expr> {
    let empty = |e: &Expr| matches!(e, Expr::Literal(value, _) if value.try_as_str() == Some(Some("")));
    match expr {
        Expr::ScalarFunction(call) if call.name() == "coalesce" => match call.args.as_slice() {
            [value, other] if empty(other) => Some(value),
            _ => None,
        },
        Expr::Case(Case { expr: None, when_then_expr, else_expr: Some(other) }) if empty(other) => {
            match when_then_expr.as_slice() {
                [(when, then)] => {
                    matches!(&**when, Expr::IsNotNull(value) if value == then).then_some(&**then)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

#[derive(Debug)]
struct KernelUdf {
    kernel: ScalarKernel,
    signature: Signature,
}

impl KernelUdf {
    /// The arguments in the types that the kernel wants. What has no value there becomes null.
    fn fitted(&self, mut values: Vec<ColumnarValue>) -> Result<Vec<ColumnarValue>> {
        let given: Vec<_> = values.iter().map(ColumnarValue::data_type).collect();
        let wanted = self.kernel.types(&given)?;
        for ((value, given), wanted) in values.iter_mut().zip(given).zip(wanted) {
            if may_overflow(&given, &wanted) {
                *value = value.cast_to(&wanted, Some(&CastOptions { safe: true, ..Default::default() }))?;
            }
        }
        Ok(values)
    }
}

/// Whether the engine's cast between these numbers fails for some of them. The function makes it itself, then.
fn may_overflow(from: &DataType, to: &DataType) -> bool {
    use DataType as D;
    matches!((from, to), (D::Float64 | D::Decimal128(..), D::Int32 | D::Int64) | (D::Int64, D::Int32))
}

// The name says which kernel it is: DataFusion compares expressions with these.
impl PartialEq for KernelUdf {
    fn eq(&self, other: &Self) -> bool {
        self.kernel.name == other.kernel.name
    }
}

impl Eq for KernelUdf {}

impl Hash for KernelUdf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kernel.name.hash(state);
    }
}

impl ScalarUDFImpl for KernelUdf {
    fn name(&self) -> &str {
        self.kernel.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arg_types: &[DataType]) -> Result<DataType> {
        self.kernel.returns.physical(&self.kernel.types(arg_types)?)
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        let types: Vec<_> = args.arg_fields.iter().map(|f| f.data_type().clone()).collect();
        let nullable = self.kernel.returns.nullable();
        let returns = self.kernel.returns.physical(&self.kernel.types(&types)?)?;
        Ok(Arc::new(Field::new(self.kernel.name, returns, nullable)))
    }

    fn coerce_types(&self, arg_types: &[DataType]) -> Result<Vec<DataType>> {
        let mut types = self.kernel.types(arg_types)?;
        for (wanted, given) in types.iter_mut().zip(arg_types) {
            if may_overflow(given, wanted) {
                *wanted = given.clone();
            }
        }
        Ok(types)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let constant =
            !self.kernel.volatile && args.args.iter().all(|a| matches!(a, ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { args.number_rows };
        let returns = args.return_field.data_type();
        let values = self.fitted(args.args)?;
        let mut array = (self.kernel.eval)(&Args::new(&values, rows, returns))?;
        if array.len() != rows {
            return internal_err!("{} gave {} values for {rows} rows", self.kernel.name, array.len());
        }
        if matches!(self.kernel.returns, ReturnType::Text) && array.null_count() > 0 {
            let texts = array.as_string_view();
            array = Arc::new(StringViewArray::from_iter_values(texts.iter().map(Option::unwrap_or_default)));
        }
        if constant {
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
        }
        Ok(ColumnarValue::Array(array))
    }

    fn simplify(&self, mut args: Vec<Expr>, _info: &SimplifyContext) -> Result<ExprSimplifyResult> {
        let Some(first) = args.first() else { return Ok(ExprSimplifyResult::Original(args)) };
        let (kernel, first) = match (self.kernel.of_document, first) {
            (Some(kernel), Expr::ScalarFunction(text)) if text.name() == TEXT_OF_DOCUMENT => {
                (*kernel, text.args.first().cloned())
            }
            _ if self.kernel.null_is_empty => (self.kernel, without_coalesce(first).cloned()),
            _ => (self.kernel, None),
        };
        Ok(match first {
            Some(first) => {
                args[0] = first;
                ExprSimplifyResult::Simplified(kernel.udf().call(args))
            }
            None => ExprSimplifyResult::Original(args),
        })
    }

    fn preimage(&self, args: &[Expr], result: &Expr, _info: &SimplifyContext) -> Result<PreimageResult> {
        let (Some(preimage), Expr::Literal(result, _), [first, others @ ..]) =
            (self.kernel.preimage, result, args)
        else {
            return Ok(PreimageResult::None);
        };
        let mut constants = Vec::with_capacity(others.len());
        for other in others {
            let Expr::Literal(value, _) = other else { return Ok(PreimageResult::None) };
            constants.push(value.clone());
        }
        Ok(match preimage(result, &constants) {
            Some(range) => PreimageResult::Range {
                expr: first.clone(),
                interval: Box::new(Interval::try_new(range.start, range.end)?),
            },
            None => PreimageResult::None,
        })
    }

    fn output_ordering(&self, inputs: &[ExprProperties]) -> Result<SortProperties> {
        Ok(match inputs {
            [first, others @ ..]
                if self.kernel.increasing
                    && others.iter().all(|o| o.sort_properties == SortProperties::Singleton) =>
            {
                first.sort_properties
            }
            _ => SortProperties::Unordered,
        })
    }
}
