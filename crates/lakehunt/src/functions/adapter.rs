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

use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::{Result, plan_err};

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
    /// `decimal` with all its digits: Decimal128(38, 18), or Decimal128(38, 0) where it comes so (`parse_version`)
    Digits,
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
            ArgType::Digits if matches!(given, DataType::Decimal128(_, 0)) => given.clone(),
            ArgType::Decimal | ArgType::Digits => DECIMAL,
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
        let types = self.args.iter().copied().chain(std::iter::repeat(self.variadic.unwrap_or(ArgType::Any)));
        Ok(given.iter().zip(types).map(|(g, t)| t.physical(g)).collect())
    }
}
