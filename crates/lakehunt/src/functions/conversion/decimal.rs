//! Decimals: integers that count units of 10⁻¹⁸, at most 38 digits long.
//!
//! Kusto's own decimal has 34 digits and an exponent; what does not fit here becomes null.

use crate::functions::adapter::Args;
use datafusion::arrow::datatypes::{DataType, i256};
use datafusion::common::Result;

/// One, in units of 10⁻¹⁸.
pub const ONE: i128 = 1_000_000_000_000_000_000;

/// The first number of units that has 39 digits.
const LIMIT: i128 = 100_000_000_000_000_000_000_000_000_000_000_000_000;

/// The units, if they have no more than 38 digits.
pub fn checked(units: i128) -> Option<i128> {
    (-LIMIT < units && units < LIMIT).then_some(units)
}

/// Reads a decimal: digits with a point and an exponent or without. More than 18 digits behind the point are rounded.
pub fn parse(text: &str) -> Option<i128> {
    let text = text.trim();
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // How many of the digits lie in front of the last unit.
    let kept = i64::try_from(whole.len()).ok()? + i64::from(exponent) + 18;
    let mut units: i128 = 0;
    for at in 0..kept.max(0) {
        let digit = usize::try_from(at).ok().and_then(|at| digits.as_bytes().get(at)).map_or(0, |b| b - b'0');
        if digit == 0 && units == 0 {
            if at >= digits.len() as i64 {
                break;
            }
            continue;
        }
        units = checked(units.checked_mul(10)? + i128::from(digit))?;
    }
    let next = usize::try_from(kept).ok().and_then(|at| digits.as_bytes().get(at));
    if next.is_some_and(|&b| b >= b'5') {
        units += 1;
    }
    checked(if negative { -units } else { units })
}

/// The decimal that the shortest text of a real says: 0.1 is exactly 0.1.
pub fn from_real(number: f64) -> Option<i128> {
    if number.is_finite() { parse(&format!("{number:e}")) } else { None }
}

/// The integer in front of the point.
pub fn whole(units: i128) -> i128 {
    units / ONE
}

/// The product, rounded to the last unit.
pub fn multiply(left: i128, right: i128) -> Option<i128> {
    scaled(i256::from_i128(left).checked_mul(i256::from_i128(right))?, i256::from_i128(ONE))
}

/// The quotient, rounded to the last unit; null for a division by zero.
pub fn divide(left: i128, right: i128) -> Option<i128> {
    if right == 0 {
        return None;
    }
    scaled(i256::from_i128(left).checked_mul(i256::from_i128(ONE))?, i256::from_i128(right))
}

/// `numerator / denominator`, halves away from zero.
fn scaled(numerator: i256, denominator: i256) -> Option<i128> {
    let quotient = numerator.checked_div(denominator)?;
    let rest = numerator.checked_rem(denominator)?;
    let twice = rest.checked_mul(i256::from_i128(2))?;
    let up = twice.wrapping_abs() >= denominator.wrapping_abs();
    let away = if numerator.is_negative() == denominator.is_negative() { 1 } else { -1 };
    checked(quotient.to_i128()? + if up { away } else { 0 })
}

/// Appends the decimal of a row, the argument [`ArgType::Digits`] of a call, and says whether there is one.
///
/// [`ArgType::Digits`]: crate::functions::adapter::ArgType::Digits
pub fn writer<'a>(args: &Args<'a>) -> Result<impl Fn(usize, &mut String) -> bool + 'a> {
    let values = args.decimal(0)?;
    let is_whole = matches!(args.data_type(0), DataType::Decimal128(_, 0));
    Ok(move |row: usize, out: &mut String| {
        let value = values.get(row);
        match value {
            Some(number) if is_whole => out.push_str(&number.to_string()),
            Some(units) => write(units, out),
            None => {}
        }
        value.is_some()
    })
}

/// Appends a decimal without zeros at its end: `1.5`, `100`.
pub fn write(units: i128, out: &mut String) {
    if units < 0 {
        out.push('-');
    }
    let one = ONE.unsigned_abs();
    let units = units.unsigned_abs();
    out.push_str(&(units / one).to_string());
    if !units.is_multiple_of(one) {
        out.push_str(format!(".{:018}", units % one).trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_and_written() {
        for (text, printed) in [
            ("123.45678", "123.45678"),
            ("-0.10", "-0.1"),
            (" 100 ", "100"),
            ("1.5e3", "1500"),
            ("15e-19", "0.000000000000000002"),
            ("3.14159265358979323846", "3.141592653589793238"),
            ("0.0000000000000000005", "0.000000000000000001"),
            ("1e-40", "0"),
            ("0e2000000000", "0"),
            ("99999999999999999999", "99999999999999999999"),
        ] {
            let mut out = String::new();
            write(parse(text).unwrap_or_else(|| panic!("{text}")), &mut out);
            assert_eq!(out, printed, "{text}");
        }
        for text in ["", ".", "a", "1,5", "1e", "100000000000000000000", "1e2000000000", "1.2.3"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn products_and_quotients_are_rounded() {
        let shown = |units: Option<i128>| {
            let mut out = String::new();
            units.inspect(|&u| write(u, &mut out));
            out
        };
        assert_eq!(shown(divide(ONE, 3 * ONE)), "0.333333333333333333");
        assert_eq!(shown(divide(-2 * ONE, 3 * ONE)), "-0.666666666666666667");
        assert_eq!(shown(multiply(15 * ONE / 10, -2 * ONE)), "-3");
        assert_eq!(divide(ONE, 0), None);
        assert_eq!(multiply(LIMIT - 1, LIMIT - 1), None);
    }

    #[test]
    fn reals_become_what_they_print() {
        assert_eq!(from_real(0.1), Some(ONE / 10));
        assert_eq!(from_real(-2.5), Some(-ONE * 5 / 2));
        assert_eq!([from_real(f64::NAN), from_real(1e30)], [None, None]);
    }
}
