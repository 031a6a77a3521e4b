//! How a kernel, plain Rust over rows, becomes a function of DataFusion.
//!
//! A family file lists its kernels in `pub static SCALARS: &[ScalarKernel]` (and `AGGREGATES`, `WINDOWS`):
//!
//! ```
//! use lakehunt::functions::adapter::{ArgType, ReturnType, ScalarKernel};
//!
//! pub static SCALARS: &[ScalarKernel] = &[ScalarKernel {
//!     name: "kql_example_words",
//!     args: &[ArgType::Text],
//!     returns: ReturnType::Long,
//!     eval: |a| {
//!         let text = a.text(0)?; // a NULL string reads as ""
//!         a.collect(|row| Some(text.get(row).split_whitespace().count() as i64))
//!     },
//!     ..ScalarKernel::BASE
//! }];
//! # assert_eq!(SCALARS[0].name, "kql_example_words");
//! ```
//!
//! A kernel is total: for no value does it fail or panic. `Err` is for "the planner called me wrongly" only.
//! The physical types are those of the contract in [`crate::functions`].

mod aggregate;
mod args;
mod cache;
mod output;
mod scalar;
mod window;

pub use aggregate::{AggregateKernel, Call, GroupState, Input};
pub use args::{Args, Bools, Text, Values};
pub use cache::{Cache, Prepared};
pub use output::{Nanos, Output, lean};
pub use scalar::{Preimage, ScalarKernel};
pub use window::WindowKernel;

use datafusion::arrow::compute::CastOptions;
use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::format::DEFAULT_CAST_OPTIONS;
use datafusion::common::{Result, plan_err};
use datafusion::logical_expr::ColumnarValue;

/// The physical type that a kernel wants an argument in; what is handed in is cast to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgType {
    /// `bool`: Boolean
    Bool,
    /// `int`: Int32
    Int,
    /// `long` and `timespan`: Int64
    Long,
    /// `real`: Float64
    Real,
    /// `decimal`: Decimal128(38, 18)
    Decimal,
    /// `string`, `guid` and `dynamic`: Utf8View
    Text,
    /// `datetime`: Timestamp(ns) without time zone, UTC
    DateTime,
    /// Whatever comes; strings of every Arrow encoding come as Utf8View.
    Any,
}

impl ArgType {
    /// The Arrow type in which an argument of type `given` is handed to the kernel.
    fn physical(self, given: &DataType) -> DataType {
        match self {
            ArgType::Bool => DataType::Boolean,
            ArgType::Int => DataType::Int32,
            ArgType::Long => DataType::Int64,
            ArgType::Real => DataType::Float64,
            ArgType::Decimal => DECIMAL,
            ArgType::Text => DataType::Utf8View,
            ArgType::DateTime => DATETIME,
            ArgType::Any => match given {
                DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
                DataType::Dictionary(_, value) => ArgType::Any.physical(value),
                other => other.clone(),
            },
        }
    }
}

/// The physical type of `datetime`.
pub const DATETIME: DataType = DataType::Timestamp(TimeUnit::Nanosecond, None);

/// The physical type of `decimal`.
pub const DECIMAL: DataType = DataType::Decimal128(38, 18);

/// The physical type of a kernel's result.
#[derive(Debug, Clone, Copy)]
pub enum ReturnType {
    /// Boolean
    Bool,
    /// Int32
    Int,
    /// Int64
    Long,
    /// Float64
    Real,
    /// Decimal128(38, 18)
    Decimal,
    /// Utf8View which is never NULL; a NULL that the kernel makes nevertheless becomes "".
    Text,
    /// Utf8View which may be NULL: `dynamic` and `guid`.
    Dynamic,
    /// Timestamp(ns)
    DateTime,
    /// That of the argument with this index (as handed to the kernel).
    SameAs(usize),
    /// Computed from the arguments' types (as handed to the kernel).
    With(fn(&[DataType]) -> DataType),
}

impl ReturnType {
    fn physical(self, args: &[DataType]) -> Result<DataType> {
        Ok(match self {
            ReturnType::Bool => DataType::Boolean,
            ReturnType::Int => DataType::Int32,
            ReturnType::Long => DataType::Int64,
            ReturnType::Real => DataType::Float64,
            ReturnType::Decimal => DECIMAL,
            ReturnType::Text | ReturnType::Dynamic => DataType::Utf8View,
            ReturnType::DateTime => DATETIME,
            ReturnType::SameAs(i) => match args.get(i) {
                Some(t) => t.clone(),
                None => return plan_err!("the result has the type of argument {i}, which is not there"),
            },
            ReturnType::With(f) => f(args),
        })
    }

    fn nullable(self) -> bool {
        !matches!(self, ReturnType::Text)
    }
}

/// Whether an integer parameter is given numbers that it may not hold.
fn narrows(from: &DataType, to: &DataType) -> bool {
    to.is_signed_integer() && (from.is_floating() || matches!(from, DataType::Decimal128(..)))
}

/// The parameters of a kernel.
#[derive(Debug, Clone, Copy)]
struct Parameters {
    name: &'static str,
    args: &'static [ArgType],
    optional: usize,
    variadic: Option<ArgType>,
}

impl Parameters {
    /// The types that arguments of the types `given` are cast to.
    fn coerce(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        let least = self.args.len() - self.optional;
        if given.len() < least || (given.len() > self.args.len() && self.variadic.is_none()) {
            return plan_err!("{} does not take {} arguments", self.name, given.len());
        }
        Ok(given.iter().zip(self.types()).map(|(g, t)| t.physical(g)).collect())
    }

    /// The same, but for [`Parameters::narrow`]: the engine's cast fails where a value does not fit.
    fn coerce_what_fits(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        let kept = |(g, t): (&DataType, DataType)| if narrows(g, &t) { g.clone() } else { t };
        Ok(given.iter().zip(self.coerce(given)?).map(kept).collect())
    }

    fn types(&self) -> impl Iterator<Item = ArgType> + '_ {
        self.args.iter().copied().chain(std::iter::repeat(self.variadic.unwrap_or(ArgType::Any)))
    }

    /// The arguments in the types of the parameters, if some are not: null where a value does not fit.
    fn narrow(&self, given: &[ColumnarValue]) -> Result<Option<Vec<ColumnarValue>>> {
        let mut narrowed = None;
        for (i, (value, t)) in given.iter().zip(self.types()).enumerate() {
            let from = value.data_type();
            let to = t.physical(&from);
            if narrows(&from, &to) {
                let options = CastOptions { safe: true, ..DEFAULT_CAST_OPTIONS };
                narrowed.get_or_insert_with(|| given.to_vec())[i] = value.cast_to(&to, Some(&options))?;
            }
        }
        Ok(narrowed)
    }
}
