//! The beta distribution and Welch's t-test.

use libm::lgamma;

/// The regularised incomplete beta function, by its continued fraction (Lentz's method).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return x;
    }
    let front = (lgamma(a + b) - lgamma(a) - lgamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast on this side of the mean only.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(x, a, b) / a
    } else {
        1.0 - front * continued_fraction(1.0 - x, b, a) / b
    }
}

fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..1000 {
        let m = f64::from(m);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            value *= d * c;
        }
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// `beta_cdf`, <https://learn.microsoft.com/kusto/query/beta-cdf-function>: NaN outside of 0 to 1, and for parameters
/// that are not positive or above 10000; but 1 where alpha is a pole of the gamma function, as recorded.
pub(super) fn beta_cdf(x: f64, alpha: f64, beta: f64) -> f64 {
    let known = |parameter: f64| parameter > 0.0 && parameter <= 10_000.0;
    if !((0.0..=1.0).contains(&x) && known(beta)) {
        f64::NAN
    } else if known(alpha) {
        incomplete_beta(x, alpha, beta)
    } else if alpha <= 0.0 && alpha.fract() == 0.0 {
        1.0
    } else {
        f64::NAN
    }
}

/// `beta_pdf`, <https://learn.microsoft.com/kusto/query/beta-pdf-function>: NaN outside of 0 to 1 and for parameters
/// that are not positive.
pub(super) fn beta_pdf(x: f64, alpha: f64, beta: f64) -> f64 {
    if !(x > 0.0 && x < 1.0 && alpha > 0.0 && beta > 0.0) {
        return f64::NAN;
    }
    let log_beta = lgamma(alpha) + lgamma(beta) - lgamma(alpha + beta);
    ((alpha - 1.0) * x.ln() + (beta - 1.0) * (-x).ln_1p() - log_beta).exp()
}

/// `beta_inv`, <https://learn.microsoft.com/kusto/query/beta-inv-function>. As its example has it: null for a
/// probability above 1, NaN for parameters that are not positive.
pub(super) fn beta_inv(probability: f64, alpha: f64, beta: f64) -> Option<f64> {
    if probability > 1.0 {
        return None;
    }
    if !(probability > 0.0 && alpha > 0.0 && beta > 0.0) {
        return Some(f64::NAN);
    }
    let (mut low, mut high) = (0.0, 1.0);
    // Each step gains a bit; below the smallest double there is none left to gain.
    for _ in 0..1100 {
        let middle = (low + high) / 2.0;
        if middle == low || middle == high {
            break;
        }
        if incomplete_beta(middle, alpha, beta) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

/// The two-sided p-value of Welch's t-test, each sample given by its mean, variance and size.
pub(super) fn welch_test([mean1, variance1, count1]: [f64; 3], [mean2, variance2, count2]: [f64; 3]) -> f64 {
    let (error1, error2) = (variance1 / count1, variance2 / count2);
    let t = (mean1 - mean2) / (error1 + error2).sqrt();
    let freedom =
        (error1 + error2).powi(2) / (error1.powi(2) / (count1 - 1.0) + error2.powi(2) / (count2 - 1.0));
    incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(actual: f64, expected: f64) {
        assert!((actual - expected).abs() <= 1e-12 * expected.abs().max(1e-3), "{actual} is not {expected}");
    }

    #[test]
    fn the_beta_distribution_is_as_recorded() {
        near(beta_cdf(0.9, 10.0, 20.0), 0.9999999999999593);
        near(beta_pdf(0.5, 10.0, 20.0), 0.746176019310951);
        assert!(beta_cdf(1.5, 10.0, 20.0).is_nan());
        assert_eq!(beta_cdf(0.1, -1.0, 20.0), 1.0, "no sense, but recorded");
        assert!(beta_pdf(0.1, -1.0, 20.0).is_nan());
        for (alpha, beta) in [(-0.5, 20.0), (2.0, -1.5), (2.0, 0.0), (10_001.0, 2.0), (2.0, 10_001.0)] {
            assert!(beta_cdf(0.1, alpha, beta).is_nan(), "{alpha} {beta}");
        }
        assert!(beta_cdf(0.5, 10_000.0, 10_000.0) > 0.49);
    }

    #[test]
    fn the_beta_distribution_has_known_values() {
        // I(x; 1, 1) = x, I(x; a, 1) = x^a, I(1/2; a, a) = 1/2.
        near(beta_cdf(0.3, 1.0, 1.0), 0.3);
        near(beta_cdf(0.3, 4.0, 1.0), 0.0081);
        near(beta_cdf(0.5, 7.5, 7.5), 0.5);
        near(beta_inv(0.0081, 4.0, 1.0).unwrap_or(f64::NAN), 0.3);
        near(beta_inv(0.1, 10.0, 20.0).unwrap_or(f64::NAN), 0.226415022388749);
        assert_eq!(beta_inv(1.5, 10.0, 20.0), None);
    }

    #[test]
    fn welch_is_as_recorded() {
        let p = welch_test(
            [20.819999999999997, 7.867428571428571, 15.0],
            [22.986666666666668, 3.8126666666666664, 15.0],
        );
        assert!((p - 0.02137800146286441).abs() < 1e-9, "{p}");
    }
}
