//! What sketches tell: the functions of `kql2sql::functions::sketch`. What is no sketch gives null.

use super::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use super::aggregate::digest::{Digest, Kind};
use super::aggregate::distinct::Hll;
use super::aggregate::percentile::turn;
use super::aggregate::sketch::Sketch;
use super::time::ticks_from_nanos;
use crate::dynamic::number::{Number, push_real};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use kql2sql::time::{write_datetime, write_timespan};

/// Functions of sketches.
pub static SCALARS: &[ScalarKernel] = &[
    kernel("kql_dcount_hll", ReturnType::Long, &[ArgType::Text], |a| {
        let sketch = a.text(0)?;
        a.collect(|row| Some(Hll::parse(sketch.get(row))?.count()))
    }),
    ScalarKernel {
        variadic: Some(ArgType::Text),
        ..kernel("kql_hll_union", ReturnType::Dynamic, &[], union::<Hll>)
    },
    ScalarKernel {
        variadic: Some(ArgType::Text),
        ..kernel("kql_tdigest_union", ReturnType::Dynamic, &[], union::<Digest>)
    },
    kernel("kql_percentile_tdigest", ReturnType::Dynamic, &[ArgType::Text, ArgType::Real], |a| {
        let (sketch, percentile) = (a.text(0)?, a.real(1)?);
        a.collect_text(|row, out| {
            push_percentile(out, Digest::parse(sketch.get(row)).as_ref(), percentile.get(row))
        })
    }),
    ScalarKernel {
        variadic: Some(ArgType::Real),
        ..kernel("kql_percentiles_tdigest", ReturnType::Dynamic, &[ArgType::Text], |a| {
            let sketch = a.text(0)?;
            let percentiles = (1..a.len()).map(|index| a.real(index)).collect::<Result<Vec<_>>>()?;
            a.collect_text(|row, out| {
                let percentiles = percentiles.iter().map(|percentile| percentile.get(row));
                push_percentiles(out, sketch.get(row), percentiles)
            })
        })
    },
    kernel("kql_percentiles_array_tdigest", ReturnType::Dynamic, &[ArgType::Text, ArgType::Text], |a| {
        let (sketch, percentiles) = (a.text(0)?, a.text(1)?);
        a.collect_text(|row, out| {
            let Ok(list) = serde_json::from_str::<Vec<serde_json::Value>>(percentiles.get(row)) else {
                return false;
            };
            push_percentiles(out, sketch.get(row), list.iter().map(serde_json::Value::as_f64))
        })
    }),
    kernel("kql_rank_tdigest", ReturnType::Real, &[ArgType::Text, ArgType::Text], |a| {
        rank(a, |rank, _| rank as f64)
    }),
    kernel("kql_percentrank_tdigest", ReturnType::Real, &[ArgType::Text, ArgType::Text], |a| {
        rank(a, |rank, total| rank as f64 * 100.0 / total as f64)
    }),
];

const fn kernel(
    name: &'static str,
    returns: ReturnType,
    args: &'static [ArgType],
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, returns, args, eval, ..ScalarKernel::BASE }
}

/// All sketches as one; null if one is none.
fn union<S: Sketch>(args: &Args<'_>) -> Result<ArrayRef> {
    let sketches = (0..args.len()).map(|index| args.text(index)).collect::<Result<Vec<_>>>()?;
    args.collect(|row| {
        let mut sketches = sketches.iter().map(|sketch| S::parse(sketch.get(row)));
        let mut all = sketches.next()??;
        for sketch in sketches {
            all.merge(sketch?);
        }
        Some(all.to_json())
    })
}

/// Appends a percentile as a dynamic value, and whether there is one.
fn push_percentile(json: &mut String, digest: Option<&Digest>, percentile: Option<f64>) -> bool {
    let Some((digest, percentile)) = digest.zip(percentile) else { return false };
    let Some(value) = digest.percentile(percentile) else { return false };
    match digest.kind() {
        Kind::Long => json.push_str(itoa::Buffer::new().format(value)),
        Kind::Real => push_real(json, f64::from_bits(turn(value) as u64)),
        Kind::DateTime => {
            json.push('"');
            write_datetime(ticks_from_nanos(value), json);
            json.push('"');
        }
        Kind::Timespan => {
            json.push('"');
            write_timespan(value, json);
            json.push('"');
        }
    }
    true
}

fn push_percentiles(json: &mut String, sketch: &str, percentiles: impl Iterator<Item = Option<f64>>) -> bool {
    let Some(digest) = Digest::parse(sketch) else { return false };
    json.push('[');
    for (index, percentile) in percentiles.enumerate() {
        if index > 0 {
            json.push(',');
        }
        if !push_percentile(json, Some(&digest), percentile) {
            json.push_str("null");
        }
    }
    json.push(']');
    true
}

/// Something of the rank of a number, which comes as a dynamic value, in a sketch of numbers.
fn rank(args: &Args<'_>, of: fn(i128, i128) -> f64) -> Result<ArrayRef> {
    let (sketch, value) = (args.text(0)?, args.text(1)?);
    args.collect(|row| {
        let digest = Digest::parse(sketch.get(row))?;
        let code = match (digest.kind(), Number::parse(value.get(row))?) {
            (Kind::Long, Number::Long(long)) => long,
            // Whole numbers up to a real are those up to its floor.
            (Kind::Long, Number::Real(real)) => real.floor() as i64,
            (Kind::Real, number) => turn(number.real().to_bits() as i64),
            _ => return None,
        };
        let (rank, total) = digest.rank(code);
        Some(of(rank, total))
    })
}
