//! Polynomials through a series by least squares. A series with an element that is no number gives null.

use super::{columns, kernel, real_array, reals, several};
use crate::dynamic::number::push_real;
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType::{Float64, Utf8View};
use datafusion::common::Result;

/// Fitting.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        name: "kql_series_fit_line",
        args: &[ArgType::Text],
        returns: ReturnType::With(|_| several(&[Float64, Float64, Float64, Float64, Float64, Utf8View])),
        volatile: true,
        eval: |a| {
            let fits = lines(a)?;
            let real = |f: fn(&Fit) -> f64| a.collect(|row| fits[row].as_ref().map(f));
            let arrays = vec![
                real(Fit::rsquare)?,
                real(|f| f.coefficients[1])?,
                real(|f| f.variance)?,
                real(|f| f.residual)?,
                real(|f| f.coefficients[0])?,
                curves(a, &fits)?,
            ];
            columns(arrays, a.rows())
        },
        ..ScalarKernel::BASE
    },
    kernel("kql_series_fit_line_dynamic", &[ArgType::Text], 0, |a| {
        let fits = lines(a)?;
        a.collect(|row| {
            let fit = fits[row].as_ref()?;
            let mut json = String::new();
            for (name, value) in [
                ("rsquare", fit.rsquare()),
                ("slope", fit.coefficients[1]),
                ("variance", fit.variance),
                ("rvariance", fit.residual),
                ("interception", fit.coefficients[0]),
            ] {
                json.push_str(if json.is_empty() { "{\"" } else { ",\"" });
                json.push_str(name);
                json.push_str("\":");
                push_real(&mut json, value);
            }
            json.push_str(",\"line_fit\":");
            json.push_str(&real_array(fit.curve.iter().copied()));
            json.push('}');
            Some(json)
        })
    }),
    // (y[, x[, degree]])
    ScalarKernel {
        name: "kql_series_fit_poly",
        args: &[ArgType::Text, ArgType::Text, ArgType::Long],
        optional: 2,
        returns: ReturnType::With(|_| several(&[Float64, Utf8View, Float64, Float64, Utf8View])),
        volatile: true,
        eval: |a| {
            let y = a.text(0)?;
            let x = if a.len() > 1 { Some(a.text(1)?) } else { None };
            let degree = if a.len() > 2 { Some(a.long(2)?) } else { None };
            let fit = |row: usize| {
                let y = reals(y.get_opt(row))?;
                let x = match &x {
                    Some(x) => reals(x.get_opt(row))?,
                    None => places(y.len()),
                };
                let degree = degree.as_ref().map_or(Some(1), |d| d.get(row))?;
                Fit::of(&x, &y, usize::try_from(degree).ok().filter(|d| *d > 0)?)
            };
            let fits: Vec<Option<Fit>> = (0..a.rows()).map(fit).collect();
            let real = |f: fn(&Fit) -> f64| a.collect(|row| fits[row].as_ref().map(f));
            let coefficients =
                a.collect(|row| Some(real_array(fits[row].as_ref()?.coefficients.iter().rev().copied())))?;
            let arrays = vec![
                real(Fit::rsquare)?,
                coefficients,
                real(|f| f.variance)?,
                real(|f| f.residual)?,
                curves(a, &fits)?,
            ];
            columns(arrays, a.rows())
        },
        ..ScalarKernel::BASE
    },
];

/// A line for each row.
fn lines(a: &Args<'_>) -> Result<Vec<Option<Fit>>> {
    let series = a.text(0)?;
    let fit = |row: usize| {
        let y = reals(series.get_opt(row))?;
        Fit::of(&places(y.len()), &y, 1)
    };
    Ok((0..a.rows()).map(fit).collect())
}

fn curves(a: &Args<'_>, fits: &[Option<Fit>]) -> Result<ArrayRef> {
    a.collect(|row| Some(real_array(fits[row].as_ref()?.curve.iter().copied())))
}

/// Where the points of a series stand: 1, 2 …
pub(super) fn places(count: usize) -> Vec<f64> {
    (1..=count).map(|i| i as f64).collect()
}

/// A polynomial through points.
pub(super) struct Fit {
    /// From the constant term upwards.
    pub(super) coefficients: Vec<f64>,
    /// The sample variance of the points.
    variance: f64,
    /// That of their distances from the curve.
    residual: f64,
    /// The polynomial's values.
    curve: Vec<f64>,
}

impl Fit {
    /// The best polynomial of that degree; `None` if the points do not determine one.
    pub(super) fn of(x: &[f64], y: &[f64], degree: usize) -> Option<Fit> {
        let n = y.len();
        if x.len() != n || n <= degree {
            return None;
        }
        let coefficients = if degree == 1 { line(x, y)? } else { polynomial(x, y, degree)? };
        let curve: Vec<f64> = x.iter().map(|x| value(&coefficients, *x)).collect();
        let mean = y.iter().sum::<f64>() / n as f64;
        let squares = |differences: &mut dyn Iterator<Item = f64>| {
            differences.map(|d| d * d).sum::<f64>() / (n - 1) as f64
        };
        let variance = squares(&mut y.iter().map(|y| y - mean));
        let residual = squares(&mut y.iter().zip(&curve).map(|(y, c)| y - c));
        Some(Fit { coefficients, variance, residual, curve })
    }

    fn rsquare(&self) -> f64 {
        1.0 - self.residual / self.variance
    }
}

/// The line through points by their distances from the middle, which rounds least.
fn line(x: &[f64], y: &[f64]) -> Option<Vec<f64>> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (middle, height) = (mean(x), mean(y));
    let width: f64 = x.iter().map(|x| (x - middle) * (x - middle)).sum();
    let slope = x.iter().zip(y).map(|(x, y)| (x - middle) * (y - height)).sum::<f64>() / width;
    slope.is_finite().then(|| vec![height - slope * middle, slope])
}

fn polynomial(x: &[f64], y: &[f64], degree: usize) -> Option<Vec<f64>> {
    // Powers of numbers up to 1 stay comparable.
    let scale = x.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let powers = (0..=degree).map(|p| x.iter().map(|x| (x / scale).powi(p as i32)).collect()).collect();
    let mut coefficients = least_squares(powers, y.to_vec())?;
    for (power, c) in coefficients.iter_mut().enumerate() {
        *c /= scale.powi(power as i32);
    }
    Some(coefficients)
}

/// The value of a polynomial.
pub(super) fn value(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The weights of `columns` whose sum comes nearest to `y`, by Householder reflections.
fn least_squares(mut columns: Vec<Vec<f64>>, mut y: Vec<f64>) -> Option<Vec<f64>> {
    let count = columns.len();
    for k in 0..count {
        let norm = columns[k][k..].iter().map(|v| v * v).sum::<f64>().sqrt();
        if !norm.is_normal() {
            return None;
        }
        let diagonal = if columns[k][k] > 0.0 { -norm } else { norm };
        let mut axis = columns[k][k..].to_vec();
        axis[0] -= diagonal;
        let length: f64 = axis.iter().map(|v| v * v).sum();
        let reflect = |column: &mut [f64]| {
            let share = 2.0 * axis.iter().zip(&column[k..]).map(|(a, c)| a * c).sum::<f64>() / length;
            for (c, a) in column[k..].iter_mut().zip(&axis) {
                *c -= share * a;
            }
        };
        columns[k..].iter_mut().for_each(|c| reflect(c));
        reflect(&mut y);
    }
    let mut weights = vec![0.0; count];
    for k in (0..count).rev() {
        // A column that the others make up leaves nothing but rounding.
        if columns[k][k].abs() < 1e-13 {
            return None;
        }
        let known: f64 = (k + 1..count).map(|j| columns[j][k] * weights[j]).sum();
        weights[k] = (y[k] - known) / columns[k][k];
    }
    Some(weights)
}
