//! Numbers, bools and guids as text.

/// Reads a `long` as `tolong` does: decimal, or hexadecimal after `0x`, with blanks around it.
///
/// ```
/// use lakehunt::functions::conversion::number::parse_long;
///
/// assert_eq!([parse_long(" -7 "), parse_long("0x1F"), parse_long("7.0")], [Some(-7), Some(31), None]);
/// ```
pub fn parse_long(text: &str) -> Option<i64> {
    let text = text.trim();
    match hexadecimal(text) {
        // All 64 bits may be given, then the sign is one of them.
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(|n| n as i64),
        None => text.parse().ok(),
    }
}

/// Reads an `int` as `toint` does: see [`parse_long`].
pub fn parse_int(text: &str) -> Option<i32> {
    let text = text.trim();
    match hexadecimal(text) {
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(|n| n as i32),
        None => text.parse().ok(),
    }
}

/// The digits after `0x`; a sign among them would be read by the parser, but Kusto knows none there.
fn hexadecimal(text: &str) -> Option<&str> {
    text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).filter(|digits| !digits.starts_with('+'))
}

/// Reads a `real` as `toreal` does: decimal, with an exponent or not, or a name of NaN or infinity.
pub fn parse_real(text: &str) -> Option<f64> {
    let text = text.trim();
    // The engine knows these spellings only: `INF` is null.
    match text.trim_start_matches(['+', '-']) {
        "nan" | "NaN" | "inf" | "Inf" | "Infinity" => {}
        _ if text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) => {}
        _ => return None,
    }
    text.parse().ok()
}

/// Reads a `bool` as `tobool` does: `true` and `false` in any case, or an integer.
pub fn parse_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        parse_long(text).map(|n| n != 0)
    }
}

/// Reads a guid as `toguid` does, <https://learn.microsoft.com/kusto/query/toguid-function>: 32 hexadecimal digits,
/// with hyphens where a guid has them or without; what follows is not looked at. The result is in lower case with
/// hyphens.
pub fn parse_guid(text: &str) -> Option<String> {
    let mut guid = String::with_capacity(36);
    let mut digits = 0;
    for c in text.chars() {
        match c {
            '-' if matches!(digits, 8 | 12 | 16 | 20) && guid.ends_with(|c: char| c != '-') => guid.push('-'),
            c if c.is_ascii_hexdigit() => {
                if matches!(digits, 8 | 12 | 16 | 20) && !guid.ends_with('-') {
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

/// Appends a `real` as `tostring` prints it: `1500.0`, `0.1`, `1e30`, `-0.0`, `inf`, `NaN`.
///
/// The engine prints with RapidJSON's Grisu2, which the `dtoa` crate ports. Its digits read back as the same number
/// but are not always the nearest: recorded is 0.30000000000000007 for `0.1 + 0.2`.
pub fn write_real(number: f64, out: &mut String) {
    out.push_str(dtoa::Buffer::new().format(number));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_recorded() {
        for (text, expected) in [
            ("  123  ", Some(123)),
            ("\t456\t", Some(456)),
            ("00789", Some(789)),
            ("+0", Some(0)),
            ("0X1f", Some(31)),
            ("9223372036854775807", Some(i64::MAX)),
            ("0xFFFFFFFFFFFFFFFF", Some(-1)),
            ("9223372036854775808", None),
            ("-0x10", None),
            ("0x", None),
            ("0x+1", None),
            ("0b101", None),
            ("5.0", None),
            ("1e3", None),
            ("", None),
        ] {
            assert_eq!(parse_long(text), expected, "{text:?}");
        }
        assert_eq!([parse_int("2147483648"), parse_int("0x7FFFFFFF")], [None, Some(i32::MAX)]);
    }

    #[test]
    fn reals_are_read_as_recorded() {
        for (text, expected) in [
            ("1.5e10", Some(1.5e10)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("  3.25  ", Some(3.25)),
            ("Inf", Some(f64::INFINITY)),
            ("+Infinity", Some(f64::INFINITY)),
            ("-inf", Some(f64::NEG_INFINITY)),
            ("INF", None),
            ("1,234", None),
            ("1_000", None),
            ("1 000", None),
            ("0x10", None),
            ("--1", None),
            ("e", None),
            ("", None),
        ] {
            assert_eq!(parse_real(text), expected, "{text:?}");
        }
        assert!(parse_real("  NaN  ").is_some_and(f64::is_nan));
    }

    #[test]
    fn bools_are_read_as_recorded() {
        for (text, expected) in [
            ("tRuE", Some(true)),
            ("FALSE", Some(false)),
            ("1", Some(true)),
            ("0", Some(false)),
            ("-1", Some(true)),
            (" true", None),
            ("1.0", None),
            ("yes", None),
            ("", None),
        ] {
            assert_eq!(parse_bool(text), expected, "{text:?}");
        }
    }

    #[test]
    fn guids_are_read_as_documented() {
        let guid = Some("01234567-89ab-cdef-0123-456789abcdef");
        for (text, expected) in [
            ("0123456789abcdef0123456789abcdef", guid),
            ("0123456789ab-cdef-0123-456789abcdef", guid),
            ("01234567-89AB-CDEF-0123-456789ABCDEF and more", guid),
            ("0-123456789abcdef0123456789abcdef", None),
            ("01234567--89ab-cdef-0123-456789abcdef", None),
            ("0123456789abcdef", None),
            ("", None),
        ] {
            assert_eq!(parse_guid(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn reals_are_printed_as_recorded() {
        let print = |number| {
            let mut out = String::new();
            write_real(number, &mut out);
            out
        };
        for (number, expected) in [
            (1500.0, "1500.0"),
            (-2.5, "-2.5"),
            (0.1 + 0.2, "0.30000000000000007"),
            (1.0 / 3.0, "0.3333333333333333"),
            (-0.0, "-0.0"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "NaN"),
            (1e30, "1e30"),
            (1e-7, "1e-7"),
        ] {
            assert_eq!(print(number), expected);
        }
    }
}
