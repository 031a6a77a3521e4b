//! Fourier transforms of any length. A series with an element that is no number gives null.

use super::{columns, real_array, reals, several};
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType::Utf8View;
use datafusion::common::Result;
use std::f64::consts::PI;

/// Transforms: (real[, imaginary]) give the real and the imaginary parts.
pub static SCALARS: &[ScalarKernel] =
    &[transform("kql_series_fft", |a| eval(a, false)), transform("kql_series_ifft", |a| eval(a, true))];

const fn transform(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel {
        name,
        args: &[ArgType::Text, ArgType::Text],
        optional: 1,
        returns: ReturnType::With(|_| several(&[Utf8View, Utf8View])),
        volatile: true,
        eval,
        ..ScalarKernel::BASE
    }
}

fn eval(a: &Args<'_>, inverse: bool) -> Result<ArrayRef> {
    let real = a.text(0)?;
    let imaginary = if a.len() > 1 { Some(a.text(1)?) } else { None };
    let parts = |row: usize| {
        let real = reals(real.get_opt(row))?;
        let imaginary = match &imaginary {
            Some(text) => reals(text.get_opt(row))?,
            None => vec![0.0; real.len()],
        };
        if real.len() != imaginary.len() {
            return None;
        }
        let values = real.into_iter().zip(imaginary).map(|(re, im)| Complex { re, im }).collect();
        Some(fourier(values, inverse))
    };
    let rows: Vec<Option<Vec<Complex>>> = (0..a.rows()).map(parts).collect();
    let part = |f: fn(&Complex) -> f64| a.collect(|row| Some(real_array(rows[row].as_ref()?.iter().map(f))));
    columns(vec![part(|c| c.re)?, part(|c| c.im)?], a.rows())
}

#[derive(Debug, Clone, Copy, Default)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    /// On the unit circle: `part` of `whole` turns. Quarters are exact.
    fn turn(part: usize, whole: usize) -> Complex {
        let (re, im) = match (4 * part).checked_rem(whole) {
            Some(0) => [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][4 * part / whole % 4],
            _ => {
                let angle = 2.0 * PI * part as f64 / whole as f64;
                (angle.cos(), angle.sin())
            }
        };
        Complex { re, im }
    }

    fn conjugate(self) -> Complex {
        Complex { im: -self.im, ..self }
    }

    fn times(self, other: Complex) -> Complex {
        Complex { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }
}

/// The transform; the inverse one is divided by the length.
fn fourier(mut values: Vec<Complex>, inverse: bool) -> Vec<Complex> {
    let n = values.len();
    if inverse {
        // By conjugates the inverse is a forward transform.
        values.iter_mut().for_each(|v| *v = v.conjugate());
    }
    if n.is_power_of_two() {
        halves(&mut values);
    } else if n > 0 {
        values = by_convolution(&values);
    }
    if inverse {
        let scale = 1.0 / n as f64;
        values.iter_mut().for_each(|v| *v = Complex { re: v.re * scale, im: 0.0 - v.im * scale });
    }
    values
}

/// A length that is a power of two: from the transforms of the even and the odd elements.
fn halves(values: &mut [Complex]) {
    let n = values.len();
    if n < 2 {
        return;
    }
    let mut even: Vec<Complex> = values.iter().step_by(2).copied().collect();
    let mut odd: Vec<Complex> = values.iter().skip(1).step_by(2).copied().collect();
    halves(&mut even);
    halves(&mut odd);
    for (k, (e, o)) in even.into_iter().zip(odd).enumerate() {
        let o = o.times(Complex::turn(k, n).conjugate());
        values[k] = Complex { re: e.re + o.re, im: e.im + o.im };
        values[k + n / 2] = Complex { re: e.re - o.re, im: e.im - o.im };
    }
}

/// Any other length, as a convolution of a length that is a power of two (Bluestein).
fn by_convolution(values: &[Complex]) -> Vec<Complex> {
    let n = values.len();
    let length = (2 * n - 1).next_power_of_two();
    // k² / 2n of a turn; modulo 2n, where it repeats, to keep its digits.
    let turn = |k: usize| Complex::turn((k as u128 * k as u128 % (2 * n as u128)) as usize, 2 * n);
    let mut left = vec![Complex::default(); length];
    let mut right = vec![Complex::default(); length];
    for (k, value) in values.iter().enumerate() {
        left[k] = value.times(turn(k).conjugate());
        right[k] = turn(k);
        right[(length - k) % length] = turn(k);
    }
    halves(&mut left);
    halves(&mut right);
    let product = left.into_iter().zip(right).map(|(l, r)| l.times(r)).collect();
    let convolution = fourier(product, true);
    (0..n).map(|k| convolution[k].times(turn(k).conjugate())).collect()
}
