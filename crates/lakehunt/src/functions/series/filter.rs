//! Filters of signals. A series with an element that is no number gives null.

use super::{kernel, real_array, reals};
use crate::functions::adapter::{ArgType, ScalarKernel};

/// Filters.
pub static SCALARS: &[ScalarKernel] = &[
    // (series, coefficients[, normalize[, center]]): what lies outside of the series counts as 0.
    kernel("kql_series_fir", &[ArgType::Text, ArgType::Text, ArgType::Bool, ArgType::Bool], 2, |a| {
        let (series, filter) = (a.text(0)?, a.text(1)?);
        let normalize = if a.len() > 2 { Some(a.bool(2)?) } else { None };
        let center = if a.len() > 3 { Some(a.bool(3)?) } else { None };
        a.collect(|row| {
            let series = reals(series.get_opt(row))?;
            let mut filter = reals(filter.get_opt(row))?;
            let negative = filter.iter().any(|f| *f < 0.0);
            let normalize = normalize.as_ref().and_then(|n| n.get(row)).unwrap_or(!negative);
            if normalize {
                if negative {
                    return None;
                }
                let sum: f64 = filter.iter().sum();
                filter.iter_mut().for_each(|f| *f /= sum);
            }
            let centered = center.as_ref().is_some_and(|c| c.get(row) == Some(true));
            let ahead = if centered { filter.len().saturating_sub(1) / 2 } else { 0 };
            Some(real_array((0..series.len()).map(|i| {
                filter
                    .iter()
                    .enumerate()
                    .filter_map(|(k, f)| Some(f * series.get((i + ahead).checked_sub(k)?)?))
                    .fold(0.0, |sum, term| sum + term)
            })))
        })
    }),
    // (series, numerators, denominators)
    kernel("kql_series_iir", &[ArgType::Text, ArgType::Text, ArgType::Text], 0, |a| {
        let (series, numerators, denominators) = (a.text(0)?, a.text(1)?, a.text(2)?);
        a.collect(|row| {
            let series = reals(series.get_opt(row))?;
            let numerators = reals(numerators.get_opt(row))?;
            let denominators = reals(denominators.get_opt(row))?;
            let first = *denominators.first().filter(|d| **d != 0.0)?;
            let mut result: Vec<f64> = Vec::with_capacity(series.len());
            for i in 0..series.len() {
                let from = |coefficients: &[f64], values: &[f64], start: usize| -> f64 {
                    let terms = coefficients.iter().enumerate().skip(start);
                    terms
                        .filter_map(|(k, c)| Some(c * values.get(i.checked_sub(k)?)?))
                        .fold(0.0, |sum, term| sum + term)
                };
                let value = from(&numerators, &series, 0) - from(&denominators, &result, 1);
                result.push(value / first);
            }
            Some(real_array(result))
        })
    }),
];
