//! Outliers, by Tukey's fences.
//!
//! A value between two quantiles scores 0; one beyond them its distance from the nearer one over the distance between
//! both. With the quantiles at 10 and 90 per cent the score is made larger, so that 1.5 marks what it marks with the
//! quartiles. Where both quantiles are the same number and other values are not, that is no score: null.
//!
//! <https://learn.microsoft.com/kusto/query/series-outliers-function>; the author of the function tells the formula at
//! <https://stackoverflow.com/questions/75264555> and <https://github.com/microsoft/Kusto-Query-Language/issues/136>.

use super::decompose::decompose;
use super::{array, columns, kernel, numbers, real_array, reals, several};
use crate::dynamic::number::Number;
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use datafusion::arrow::datatypes::DataType::Utf8View;

/// Outliers and anomalies.
pub static SCALARS: &[ScalarKernel] = &[
    // (series, "tukey" or "ctukey"[, a value that is as good as none])
    kernel("kql_series_outliers", &[ArgType::Text, ArgType::Text, ArgType::Real], 1, |a| {
        let (series, kind) = (a.text(0)?, a.text(1)?);
        let ignored = if a.len() > 2 { Some(a.real(2)?) } else { None };
        a.collect(|row| {
            let ignored = ignored.as_ref().and_then(|i| i.get(row));
            let series = numbers(series.get_opt(row))?.into_iter().map(|n| n.map(Number::real));
            let series: Vec<_> = series.map(|n| n.filter(|n| n.is_finite() && Some(*n) != ignored)).collect();
            Some(real_array(Fences::of_kind(kind.get(row)).scores(&series)?))
        })
    }),
    // (series, threshold, period, trend, "tukey" or "ctukey"): flags, scores, baseline.
    ScalarKernel {
        name: "kql_series_anomalies",
        args: &[ArgType::Text, ArgType::Real, ArgType::Long, ArgType::Text, ArgType::Text],
        returns: ReturnType::With(|_| several(&[Utf8View, Utf8View, Utf8View])),
        volatile: true,
        eval: |a| {
            let (series, threshold, period) = (a.text(0)?, a.real(1)?, a.long(2)?);
            let (trend, kind) = (a.text(3)?, a.text(4)?);
            let anomalies = |row: usize| {
                let series = reals(series.get_opt(row))?;
                let threshold = threshold.get(row)?;
                let [baseline, _, _, residual] =
                    decompose(&series, period.get(row)?, trend.get(row), series.len());
                let residual: Vec<_> = residual.into_iter().map(Some).collect();
                let scores = Fences::of_kind(kind.get(row)).scores(&residual);
                let flags = scores.as_ref().map(|scores| {
                    array(scores, |json, score| {
                        json.push_str(match score {
                            s if *s > threshold => "1",
                            s if *s < -threshold => "-1",
                            _ => "0",
                        });
                    })
                });
                Some([flags, scores.map(real_array), Some(real_array(baseline))])
            };
            let rows: Vec<Option<[Option<String>; 3]>> = (0..a.rows()).map(anomalies).collect();
            let part = |i: usize| a.collect(|row| rows[row].as_ref()?[i].clone());
            columns(vec![part(0)?, part(1)?, part(2)?], a.rows())
        },
        ..ScalarKernel::BASE
    },
];

/// The quantiles beyond which values are scored, and the factor of the scores.
struct Fences {
    low: f64,
    high: f64,
    factor: f64,
}

impl Fences {
    fn of_kind(kind: &str) -> Fences {
        match kind {
            "tukey" => Fences { low: 0.25, high: 0.75, factor: 1.0 },
            _ => {
                // Where the quantiles lie in a normal distribution, as Kusto takes it: 1.5 is to mean the same.
                const QUARTER: f64 = 0.675;
                const TENTH: f64 = 1.29682082;
                Fences { low: 0.1, high: 0.9, factor: 3.0 * TENTH / (4.0 * QUARTER - TENTH) }
            }
        }
    }

    /// The score of each value; a missing one has 0.
    fn scores(&self, series: &[Option<f64>]) -> Option<Vec<f64>> {
        let mut sorted: Vec<f64> = series.iter().copied().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        if sorted.is_empty() {
            return Some(vec![0.0; series.len()]);
        }
        let (low, high) = (quantile(&sorted, self.low), quantile(&sorted, self.high));
        if low == high && sorted.first() != sorted.last() {
            return None;
        }
        let score = |value: &Option<f64>| match value {
            Some(x) if *x > high => (x - high) / (high - low) * self.factor,
            Some(x) if *x < low => (x - low) / (high - low) * self.factor,
            _ => 0.0,
        };
        Some(series.iter().map(score).collect())
    }
}

/// The quantile of sorted values, between two of them on the line that joins them.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = sorted[place as usize];
    let above = sorted.get(place as usize + 1).copied().unwrap_or(below);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scores that Kusto gave, as its users wrote them down.
    #[test]
    fn scores_are_those_of_kusto() {
        let series = [-3.0, 2.4, 15.0, 3.9, 5.0, 6.0, 4.5, 5.2, 3.0, 4.0, 5.0, 16.0, 7.0, 5.0, 5.0, 4.0];
        let scores = Fences::of_kind("ctukey").scores(&series.map(Some)).unwrap();
        let beyond: Vec<f64> = scores.into_iter().filter(|s| *s != 0.0).collect();
        assert_eq!(
            beyond,
            [-1.904078548360857, -0.10021466044004519, 1.3361954725339347, 1.6702443406674186]
        );
    }
}
