//! Seasons and trends of a known period. A series with an element that is no number gives null.

use super::fit::{Fit, places, value};
use super::{columns, kernel, real_array, reals, several};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use datafusion::arrow::datatypes::DataType::Utf8View;

/// Decomposition.
pub static SCALARS: &[ScalarKernel] = &[
    // (series, period, points at the end to leave aside)
    kernel("kql_series_seasonal", &[ArgType::Text, ArgType::Long, ArgType::Long], 0, |a| {
        let (series, period, rest) = (a.text(0)?, a.long(1)?, a.long(2)?);
        a.collect(|row| {
            let series = reals(series.get_opt(row))?;
            Some(real_array(seasonal(&series, period.get(row)?, learned(&series, rest.get(row)?))))
        })
    }),
    // (series, period, trend, points at the end to leave aside): baseline, seasonal, trend, residual.
    ScalarKernel {
        name: "kql_series_decompose",
        args: &[ArgType::Text, ArgType::Long, ArgType::Text, ArgType::Long],
        returns: ReturnType::With(|_| several(&[Utf8View, Utf8View, Utf8View, Utf8View])),
        volatile: true,
        eval: |a| {
            let (series, period, trend, rest) = (a.text(0)?, a.long(1)?, a.text(2)?, a.long(3)?);
            let parts = |row: usize| {
                let series = reals(series.get_opt(row))?;
                let learned = learned(&series, rest.get(row)?);
                Some(decompose(&series, period.get(row)?, trend.get(row), learned))
            };
            let rows: Vec<Option<[Vec<f64>; 4]>> = (0..a.rows()).map(parts).collect();
            let part = |i: usize| a.collect(|row| Some(real_array(rows[row].as_ref()?[i].iter().copied())));
            columns(vec![part(0)?, part(1)?, part(2)?, part(3)?], a.rows())
        },
        ..ScalarKernel::BASE
    },
];

/// The baseline, the season, the trend and the residual.
pub(super) fn decompose(series: &[f64], period: i64, trend: &str, learned: usize) -> [Vec<f64>; 4] {
    let seasonal = seasonal(series, period, learned);
    let rest: Vec<f64> = series.iter().zip(&seasonal).map(|(x, s)| x - s).collect();
    let trend = find_trend(&rest, trend, learned);
    let baseline: Vec<f64> = seasonal.iter().zip(&trend).map(|(s, t)| s + t).collect();
    let residual: Vec<f64> = series.iter().zip(&baseline).map(|(x, b)| x - b).collect();
    [baseline, seasonal, trend, residual]
}

/// How many points at the beginning are learned from.
fn learned(series: &[f64], rest: i64) -> usize {
    series.len().saturating_sub(usize::try_from(rest).unwrap_or(0))
}

/// The median of the learned points of the same phase; zeros without a period.
fn seasonal(series: &[f64], period: i64, learned: usize) -> Vec<f64> {
    let Some(period) = usize::try_from(period).ok().filter(|p| *p > 0) else {
        return vec![0.0; series.len()];
    };
    let phases: Vec<f64> = (0..period.min(series.len()))
        .map(|phase| median(series[..learned].iter().skip(phase).step_by(period).copied().collect()))
        .collect();
    (0..series.len()).map(|i| phases[i % period]).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

/// What is left without the seasons: its average, its line, or nothing.
fn find_trend(series: &[f64], kind: &str, learned: usize) -> Vec<f64> {
    let points = &series[..learned];
    match kind {
        "avg" if learned > 0 => vec![points.iter().sum::<f64>() / learned as f64; series.len()],
        "linefit" => match Fit::of(&places(learned), points, 1) {
            Some(line) => places(series.len()).into_iter().map(|x| value(&line.coefficients, x)).collect(),
            None => vec![0.0; series.len()],
        },
        _ => vec![0.0; series.len()],
    }
}
