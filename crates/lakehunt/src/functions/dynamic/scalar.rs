//! Scalars as text: what the strings in dynamic values are read as.

/// An integer, decimal or hexadecimal after `0x`.
pub(super) fn parse_long(text: &str) -> Option<i64> {
    let text = text.trim();
    match hexadecimal(text) {
        // All 64 bits may be given, then the sign is one of them.
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(u64::cast_signed),
        None => text.parse().ok(),
    }
}

/// See [`parse_long`].
pub(super) fn parse_int(text: &str) -> Option<i32> {
    let text = text.trim();
    match hexadecimal(text) {
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(u32::cast_signed),
        None => text.parse().ok(),
    }
}

/// The digits after `0x`.
fn hexadecimal(text: &str) -> Option<&str> {
    text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).filter(|digits| !digits.starts_with('+'))
}

/// A number with or without exponent, or a name of NaN or infinity.
pub(super) fn parse_real(text: &str) -> Option<f64> {
    let text = text.trim();
    match text.trim_start_matches(['+', '-']) {
        "nan" | "NaN" | "inf" | "Inf" | "Infinity" => {}
        _ if text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) => {}
        _ => return None,
    }
    text.parse().ok()
}

/// `true` and `false` in any case, or an integer.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        parse_long(text).map(|n| n != 0)
    }
}

/// 32 hexadecimal digits with hyphens where a guid has them, or without; what follows is not looked at. In lower case
/// with hyphens.
pub(super) fn parse_guid(text: &str) -> Option<String> {
    let mut guid = String::with_capacity(36);
    let mut digits = 0;
    for c in text.chars() {
        let border = matches!(digits, 8 | 12 | 16 | 20);
        match c {
            '-' if border && !guid.ends_with('-') => guid.push('-'),
            c if c.is_ascii_hexdigit() => {
                if border && !guid.ends_with('-') {
                    guid.push('-');
                }
                guid.push(c.to_ascii_lowercase());
                digits += 1;
            }
            _ => return None,
        }
        if digits == 32 {
            return Some(guid);
        }
    }
    None
}

/// How many units of a decimal make 1.
const ONE: i128 = 1_000_000_000_000_000_000;

/// A decimal number in units of 10⁻¹⁸; what is finer is cut off.
pub(super) fn parse_decimal(text: &str) -> Option<i128> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let digits = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut units: i128 = 0;
    // How many digits of the unit are still to come; what would stand behind it is dropped.
    let mut left = i32::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_add(18)?;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        if left > 0 {
            units = units.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
        left -= 1;
    }
    for _ in 0..left.max(0) {
        if units == 0 {
            break;
        }
        units = units.checked_mul(10)?;
    }
    // 38 digits fit.
    (units < ONE.checked_mul(100_000_000_000_000_000_000)?).then_some(if mantissa.starts_with('-') {
        -units
    } else {
        units
    })
}

/// Appends a decimal in units of 10⁻¹⁸ without needless zeros.
pub(super) fn write_decimal(units: i128, out: &mut String) {
    let (size, one) = (units.unsigned_abs(), ONE.unsigned_abs());
    if units < 0 {
        out.push('-');
    }
    out.push_str(&(size / one).to_string());
    let fraction = size % one;
    if fraction > 0 {
        let digits = format!("{fraction:018}");
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        for (text, expected) in [
            ("1", Some("1")),
            ("-1.50", Some("-1.5")),
            ("1.5e3", Some("1500")),
            ("15e-1", Some("1.5")),
            ("0.0000000000000000019", Some("0.000000000000000001")),
            ("99999999999999999999", Some("99999999999999999999")),
            ("100000000000000000000", None),
            ("1e400", None),
            ("0e400", Some("0")),
            ("x", None),
            ("", None),
            ("-", None),
        ] {
            let written = parse_decimal(text).map(|units| {
                let mut out = String::new();
                write_decimal(units, &mut out);
                out
            });
            assert_eq!(written.as_deref(), expected, "{text}");
        }
    }
}
