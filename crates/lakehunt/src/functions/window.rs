//! Functions over the rows around a row that begin anew where a condition holds.

use super::adapter::{ArgType, Args, Bools, Nanos, ReturnType, WindowKernel};
use super::time::ticks_from_nanos;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray};
use datafusion::arrow::compute::kernels::cmp::distinct;
use datafusion::arrow::datatypes::{
    ArrowNativeTypeOp, ArrowPrimitiveType, DataType, Decimal128Type, Float64Type, Int32Type, Int64Type,
};
use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::ColumnarValue;
use std::sync::Arc;

/// Functions over the rows around a row.
pub static WINDOWS: &[WindowKernel] = &[
    // (start, restart)
    WindowKernel {
        name: "kql_row_number",
        args: &[ArgType::Long, ArgType::Bool],
        optional: 0,
        returns: ReturnType::Long,
        eval: |a| {
            let (start, restart) = (a.long(0)?, a.bool(1)?);
            let mut number = None;
            a.collect(|row| {
                let next = match number {
                    Some(n) if restart.get(row) != Some(true) => i64::wrapping_add(n, 1),
                    _ => start.get(row)?,
                };
                number = Some(next);
                number
            })
        },
    },
    // (number[, restart])
    WindowKernel {
        name: "kql_row_cumsum",
        args: &[ArgType::Any, ArgType::Bool],
        optional: 1,
        returns: ReturnType::SameAs(0),
        eval: |a| match array(a, 0)?.data_type() {
            DataType::Int32 => cumsum::<Int32Type>(a),
            DataType::Int64 => cumsum::<Int64Type>(a),
            DataType::Float64 => cumsum::<Float64Type>(a),
            DataType::Decimal128(..) => cumsum::<Decimal128Type>(a),
            other => internal_err!("a sum of {other}"),
        },
    },
    // (value[, restart]): the number of the run of equal values.
    rank("kql_row_rank_dense", |a| {
        let mut rank = 0i64;
        runs(a, |begins, changes| {
            if begins {
                rank = 0;
            }
            rank += i64::from(changes);
            rank
        })
    }),
    // (value[, restart]): the number of the row that began the run.
    rank("kql_row_rank_min", |a| {
        let (mut number, mut rank) = (0i64, 0i64);
        runs(a, |begins, changes| {
            if begins {
                number = 0;
            }
            number += 1;
            if changes {
                rank = number;
            }
            rank
        })
    }),
    // (time, most ticks from the first, most ticks from the one before[, restart])
    WindowKernel {
        name: "kql_row_window_session",
        args: &[ArgType::DateTime, ArgType::Long, ArgType::Long, ArgType::Bool],
        optional: 1,
        returns: ReturnType::DateTime,
        eval: |a| {
            let (time, from_first, from_last) = (a.datetime(0)?, a.long(1)?, a.long(2)?);
            let restart = restarts(a, 3)?;
            // When the session began, and the time before.
            let mut session: Option<(i64, i64)> = None;
            a.collect(|row| {
                let Some(now) = time.get(row) else {
                    session = None;
                    return None;
                };
                let reaches = |since: i64, ticks: Option<i64>| {
                    ticks.is_none_or(|t| ticks_from_nanos(now) - ticks_from_nanos(since) >= t)
                };
                let first = match session {
                    Some((first, last))
                        if !reaches(first, from_first.get(row))
                            && !reaches(last, from_last.get(row))
                            && !is_true(&restart, row) =>
                    {
                        first
                    }
                    _ => now,
                };
                session = Some((first, now));
                Some(Nanos(first))
            })
        },
    },
];

const fn rank(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> WindowKernel {
    WindowKernel { name, args: &[ArgType::Any, ArgType::Bool], optional: 1, returns: ReturnType::Long, eval }
}

/// An argument as a column.
fn array<'a>(a: &Args<'a>, index: usize) -> Result<&'a ArrayRef> {
    match a.columnar(index)? {
        ColumnarValue::Array(array) => Ok(array),
        ColumnarValue::Scalar(_) => internal_err!("a window's argument {index} is no column"),
    }
}

/// The condition to begin anew, if it is given.
fn restarts<'a>(a: &Args<'a>, index: usize) -> Result<Option<Bools<'a>>> {
    if a.len() > index { a.bool(index).map(Some) } else { Ok(None) }
}

fn is_true(restart: &Option<Bools<'_>>, row: usize) -> bool {
    restart.as_ref().is_some_and(|r| r.get(row) == Some(true))
}

/// A value for each row by whether it begins anew, and whether it begins a run of equal values.
fn runs(a: &Args<'_>, mut value: impl FnMut(bool, bool) -> i64) -> Result<ArrayRef> {
    let values = array(a, 0)?;
    let restart = restarts(a, 1)?;
    let changes = match values.len() {
        0 | 1 => BooleanArray::from(Vec::<bool>::new()),
        n => distinct(&values.slice(1, n - 1), &values.slice(0, n - 1))?,
    };
    a.collect(|row| {
        let begins = row == 0 || is_true(&restart, row);
        Some(value(begins, begins || changes.value(row - 1)))
    })
}

/// A running sum. Nulls add nothing; before the first number there is no sum.
fn cumsum<T: ArrowPrimitiveType>(a: &Args<'_>) -> Result<ArrayRef> {
    let values = array(a, 0)?.as_primitive::<T>();
    let restart = restarts(a, 1)?;
    let mut sum: Option<T::Native> = None;
    let sums: PrimitiveArray<T> = (0..values.len())
        .map(|row| {
            if is_true(&restart, row) {
                sum = None;
            }
            if values.is_valid(row) {
                sum = Some(sum.unwrap_or(T::Native::ZERO).add_wrapping(values.value(row)));
            }
            sum
        })
        .collect();
    Ok(Arc::new(sums.with_data_type(values.data_type().clone())))
}
