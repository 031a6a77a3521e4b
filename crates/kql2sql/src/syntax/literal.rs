//! Literals: from their text to their value.

use crate::syntax::ast::Literal;
use crate::syntax::lexer;
use crate::time::{parse_datetime, parse_timespan};
use crate::types::Type;

/// The text of a string literal, without prefix and quotes and with its escapes resolved.
pub(crate) fn string(literal: &str) -> String {
    let text = literal.trim_start_matches(['h', 'H']);
    let (verbatim, text) = match text.strip_prefix('@') {
        Some(text) => (true, text),
        None => (false, text),
    };
    for fence in ["```", "~~~"] {
        if let Some(inner) = text.strip_prefix(fence) {
            return inner.strip_suffix(fence).unwrap_or(inner).to_owned();
        }
    }
    let mut chars = text.chars();
    let Some(quote) = chars.next() else {
        return String::new();
    };
    let inner = chars.as_str();
    if verbatim {
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        return if quote == '"' { inner.replace("\"\"", "\"") } else { inner.replace("''", "'") };
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    loop {
        let plain = rest.find([quote, '\\']).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        if !rest.starts_with('\\') {
            return out;
        }
        let Some(length) = lexer::escape_length(rest.as_bytes()) else {
            out.push('\\');
            rest = &rest[1..];
            continue;
        };
        let code = escape_code(&rest[1..length]);
        rest = &rest[length..];
        // Two escapes that make a surrogate pair are one character.
        let second = (0xd800..0xdc00).contains(&code)
            && rest.starts_with("\\u")
            && lexer::escape_length(rest.as_bytes()) == Some(6);
        let low = if second { escape_code(&rest[1..6]) } else { 0 };
        let code = if (0xdc00..0xe000).contains(&low) {
            rest = &rest[6..];
            0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        } else {
            code
        };
        out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
    }
}

/// The code that an escape stands for; `escape` is the text behind the backslash.
fn escape_code(escape: &str) -> u32 {
    match escape.as_bytes()[0] {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => 10,
        b'r' => 13,
        b't' => 9,
        b'v' => 11,
        b'u' | b'U' | b'x' => u32::from_str_radix(&escape[1..], 16).unwrap_or(0xfffd),
        b'0'..=b'7' => u32::from_str_radix(escape, 8).unwrap_or(0xfffd),
        other => u32::from(other),
    }
}

/// The value of a number such as `5` or `0x1f`.
pub(crate) fn long(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(hex) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
        // Hexadecimal digits give the bits: 0xffffffffffffffff is -1.
        let bits = u64::from_str_radix(hex, 16).ok()?.cast_signed();
        return Some(if negative { bits.wrapping_neg() } else { bits });
    }
    let value = digits.parse::<i128>().ok()?;
    i64::try_from(if negative { -value } else { value }).ok()
}

/// The value of an `int`. Eight hexadecimal digits give its bits, as those of a long do.
fn int(text: &str) -> Option<i32> {
    let value = long(text)?;
    if text.starts_with("0x") || text.starts_with("0X") {
        return u32::try_from(value).ok().map(u32::cast_signed);
    }
    i32::try_from(value).ok()
}

/// The value of a number such as `1.5` or `1e5`.
pub(crate) fn real(text: &str) -> Option<f64> {
    match text.to_ascii_lowercase().as_str() {
        "nan" => Some(f64::NAN),
        "inf" | "+inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        number if number.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            number.parse().ok()
        }
        _ => None,
    }
}

/// A literal of that type from the text between its parentheses.
pub(crate) fn typed(ty: Type, text: &str) -> Option<Literal> {
    let text = text.trim();
    let text = unquoted(text);
    if text.eq_ignore_ascii_case("null") {
        return Some(Literal::Null(ty));
    }
    Some(match ty {
        Type::Bool => Literal::Bool(match text.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            number => long(number)? != 0,
        }),
        Type::Int => Literal::Int(int(text)?),
        Type::Long => Literal::Long(long(text)?),
        Type::Real => Literal::Real(real(text)?),
        Type::Decimal => Literal::Decimal(decimal(text)?),
        Type::DateTime => Literal::DateTime(parse_datetime(text)?),
        Type::Timespan => Literal::Timespan(parse_timespan(text)?),
        Type::Guid => Literal::Guid(guid(text)?),
        Type::String | Type::Dynamic | Type::Unknown => return None,
    })
}

fn unquoted(text: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)) {
            return inner.trim();
        }
    }
    text
}

/// The digits of a decimal, without an exponent: SQL reads none in it.
fn decimal(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let valid = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.parse::<f64>().is_ok_and(f64::is_finite);
    if !valid {
        return None;
    }
    let Some((mantissa, exponent)) = digits.split_once(['e', 'E']) else {
        return Some(format!("{sign}{digits}"));
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let point = i32::try_from(whole.len()).ok()? + exponent.parse::<i32>().ok()?;
    // What is finite has no more than 309 digits before its point; far behind it nothing is kept.
    let (zeros, point) = match usize::try_from(point) {
        Ok(point) => (0, point),
        Err(_) => (usize::try_from(point.unsigned_abs()).ok()?.min(400), 0),
    };
    let digits = format!("{}{whole}{fraction}", "0".repeat(zeros));
    let digits = format!("{digits:0<point$}");
    let (whole, fraction) = digits.split_at(point);
    Some(format!("{sign}{whole}.{fraction}0"))
}

/// In lower case with dashes; braces or parentheses around it are taken off.
fn guid(text: &str) -> Option<String> {
    let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
    let hex: String = inner.chars().filter(|c| *c != '-').collect();
    let dashes_fit = match inner.len() {
        32 => true,
        36 => inner.char_indices().all(|(i, c)| matches!(i, 8 | 13 | 18 | 23) == (c == '-')),
        _ => false,
    };
    if !dashes_fit || hex.len() != 32 || !hex.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let hex = hex.to_ascii_lowercase();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    Some(parts.join("-"))
}
