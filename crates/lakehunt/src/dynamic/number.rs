//! Numbers as JSON text.

/// A number of a dynamic value: an integer that fits `long`, or a `real`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer without fraction or exponent, within 64 bits.
    Long(i64),
    /// Everything else.
    Real(f64),
}

impl Number {
    /// Reads the text of a JSON number.
    #[inline]
    pub fn parse(text: &str) -> Option<Number> {
        match text.parse::<i64>() {
            Ok(long) => Some(Number::Long(long)),
            // `inf`, `nan` and the like are no JSON.
            Err(_) if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                text.parse().ok().filter(|_| !text.contains(['i', 'n', 'I', 'N'])).map(Number::Real)
            }
            Err(_) => None,
        }
    }

    /// As a real.
    pub fn real(self) -> f64 {
        match self {
            Number::Long(long) => long as f64,
            Number::Real(real) => real,
        }
    }

    /// How it stands to another, exactly, though one be a long and the other a real. NaN stands to nothing.
    pub fn compare(self, other: Number) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Number::Long(a), Number::Long(b)) => Some(a.cmp(&b)),
            (Number::Real(a), Number::Real(b)) => a.partial_cmp(&b),
            (Number::Long(a), Number::Real(b)) => compare_long(a, b),
            (Number::Real(a), Number::Long(b)) => compare_long(b, a).map(std::cmp::Ordering::reverse),
        }
    }
}

fn compare_long(long: i64, real: f64) -> Option<std::cmp::Ordering> {
    use std::cmp::Ordering;
    if real.is_nan() {
        return None;
    }
    // Beyond ±2⁶³ there are no longs; within it the whole part of a real is a long without loss.
    if real >= 9_223_372_036_854_775_808.0 {
        return Some(Ordering::Less);
    }
    if real < -9_223_372_036_854_775_808.0 {
        return Some(Ordering::Greater);
    }
    let whole = real.trunc();
    Some(long.cmp(&(whole as i64)).then(0.0.partial_cmp(&(real - whole))?))
}

/// Appends a real as JSON: the shortest digits that read back as the same value, with a fraction, so that it stays a
/// real (`1.0`). What JSON has no number for becomes a string, as Kusto prints it: `"NaN"`, `"Infinity"`,
/// `"-Infinity"`.
///
/// ```
/// let mut json = String::new();
/// for value in [1.0, -0.1, 1e300, f64::NAN] {
///     lakehunt::dynamic::number::push_real(&mut json, value);
///     json.push(' ');
/// }
/// assert_eq!(json, "1.0 -0.1 1e300 \"NaN\" ");
/// ```
pub fn push_real(json: &mut String, value: f64) {
    use std::fmt::Write;
    if value.is_finite() {
        // Writing to a string cannot fail.
        let _ = write!(json, "{value:?}");
    } else if value.is_nan() {
        json.push_str("\"NaN\"");
    } else {
        json.push_str(if value > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" });
    }
}

/// How a number is written in canonical JSON, if not as it stands: a real loses needless digits, and an exponent where
/// the digits are few enough to be written out. Integers keep all their digits.
pub fn canonical_number(text: &str) -> Option<String> {
    if !text.contains(['.', 'e', 'E']) {
        return None;
    }
    let real: f64 = text.parse().ok()?;
    // Outside this range the forms of exponents differ between printers; the digits as they came are exact.
    let size = real.abs();
    if size != 0.0 && !(1e-5..1e15).contains(&size) {
        return None;
    }
    let mut json = String::new();
    push_real(&mut json, real);
    (json != text).then_some(json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn reading() {
        assert_eq!(Number::parse("-640236721980338696"), Some(Number::Long(-640_236_721_980_338_696)));
        assert_eq!(Number::parse("9223372036854775808"), Some(Number::Real(9_223_372_036_854_775_808.0)));
        assert_eq!(Number::parse("1e400"), Some(Number::Real(f64::INFINITY)));
        assert_eq!(Number::parse("1.5E-2"), Some(Number::Real(0.015)));
        for text in ["", "x", "inf", "-inf", "NaN", "-nan", "1x", "\"1\""] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn comparing() {
        let big = 9_007_199_254_740_993; // 2⁵³ + 1 has no f64
        assert_eq!(Number::Long(big).compare(Number::Real(9_007_199_254_740_992.0)), Some(Greater));
        assert_eq!(Number::Real(1.5).compare(Number::Long(1)), Some(Greater));
        assert_eq!(Number::Real(-1.5).compare(Number::Long(-1)), Some(Less));
        assert_eq!(Number::Long(i64::MAX).compare(Number::Real(9.3e18)), Some(Less));
        assert_eq!(Number::Long(i64::MIN).compare(Number::Real(-9_223_372_036_854_775_808.0)), Some(Equal));
        assert_eq!(Number::Long(i64::MIN).compare(Number::Real(f64::NEG_INFINITY)), Some(Greater));
        assert_eq!(Number::Long(1).compare(Number::Real(f64::NAN)), None);
    }

    #[test]
    fn canonical_numbers() {
        for (text, expected) in [
            ("118.0", None),
            ("118.50", Some("118.5")),
            ("1e3", Some("1000.0")),
            ("-2.5E-2", Some("-0.025")),
            ("1e400", None),
            ("1E+20", None),
            ("12345678901234567890", None),
            ("0.0", None),
            ("-0.0", None),
        ] {
            assert_eq!(canonical_number(text).as_deref(), expected, "{text}");
        }
    }
}
