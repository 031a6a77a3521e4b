//! Literals: from their text to their value.

use crate::syntax::ast::Literal;
use crate::syntax::lexer::{self, TIMESPAN_UNITS};
use crate::types::Type;

/// Ticks of 100 ns in a second.
const SECOND: i64 = 10_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

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
        let doubled: String = [quote, quote].iter().collect();
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        return inner.replace(&doubled, &quote.to_string());
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        if c == quote {
            break;
        }
        let length = match lexer::escape_length(rest.as_bytes()) {
            Some(length) if c == '\\' => length,
            _ => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
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
    out
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
        Type::Int => Literal::Int(i32::try_from(long(text)?).ok()?),
        Type::Long => Literal::Long(long(text)?),
        Type::Real => Literal::Real(real(text)?),
        Type::Decimal => Literal::Decimal(decimal(text)?),
        Type::DateTime => Literal::DateTime(datetime(text)?),
        Type::Timespan => Literal::Timespan(timespan(text)?),
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

fn decimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let valid = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.parse::<f64>().is_ok_and(f64::is_finite);
    valid.then(|| text.strip_prefix('+').unwrap_or(text).to_owned())
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

/// A timespan in ticks: `1.5h`, `1.02:03:04.5`, `02:03`, or a number of days.
pub(crate) fn timespan(text: &str) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let ticks = if text.contains(':') {
        clock_span(text)?
    } else {
        let number = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let unit = text[number..].trim();
        let nanos = match unit {
            "" => 24 * 3600 * 1_000_000_000,
            unit => TIMESPAN_UNITS.iter().find(|(names, _)| names.contains(&unit))?.1,
        };
        scaled(&text[..number], nanos)? / 100
    };
    i64::try_from(if negative { -ticks } else { ticks }).ok()
}

/// `number * unit`, for a number with perhaps a fraction.
fn scaled(number: &str, unit: i64) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || whole.len() > 20 {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction = &fraction[..fraction.len().min(18)];
    let part: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let scale = 10i128.pow(fraction.len() as u32);
    Some(whole * i128::from(unit) + part * i128::from(unit) / scale)
}

/// `[d.]hh:mm[:ss[.fffffff]]`
fn clock_span(text: &str) -> Option<i128> {
    let (first, _) = text.split_once(':')?;
    let (days, clock) = match first.split_once('.') {
        Some((days, _)) => (days.parse::<i128>().ok()?, &text[days.len() + 1..]),
        None => (0, text),
    };
    let mut parts: Vec<&str> = clock.split(':').collect();
    let days = if parts.len() == 4 && days == 0 { parts.remove(0).parse().ok()? } else { days };
    let (hours, minutes, seconds) = match parts[..] {
        [h, m] => (h, m, "0"),
        [h, m, s] => (h, m, s),
        _ => return None,
    };
    let hours: i128 = number(hours, 23)?.into();
    let minutes: i128 = number(minutes, 59)?.into();
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let seconds: i128 = number(whole, 59)?.into();
    Some(
        days * i128::from(DAY)
            + hours * i128::from(HOUR)
            + minutes * i128::from(MINUTE)
            + seconds * i128::from(SECOND)
            + i128::from(fraction_ticks(fraction)?),
    )
}

/// A number without sign, up to `max`.
fn number(text: &str, max: i64) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    let value = if digits {
        text.parse().ok()?
    } else {
        return None;
    };
    (value <= max).then_some(value)
}

/// The digits behind the point of the seconds, in ticks; more than seven are cut off.
fn fraction_ticks(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = &digits[..digits.len().min(7)];
    let value: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    Some(value * 10i64.pow(7 - digits.len() as u32))
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A point in time in ticks since 0001-01-01: ISO 8601, the forms of RFC 822 and RFC 850, and `M/D/Y`.
pub(crate) fn datetime(text: &str) -> Option<i64> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    // `Sat, 8 Nov 2014 …`, `Saturday, 08-Nov-14 …`
    if let Some((day, behind)) = rest.split_once(',')
        && ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].iter().any(|d| day.starts_with(d))
    {
        rest = behind.trim_start();
    }
    let (year, month, day, rest) = date(rest)?;
    let days = days_from_civil(year, month, day)?;
    let (clock, offset) = match rest.trim_start_matches([' ', 't', ',']) {
        "" => (0, 0),
        rest => clock(rest)?,
    };
    let ticks = i128::from(days) * i128::from(DAY) + i128::from(clock) - i128::from(offset);
    let ticks = i64::try_from(ticks).ok()?;
    (0..days_from_civil(9999, 12, 31)? * DAY + DAY).contains(&ticks).then_some(ticks)
}

/// Year, month, day, and what stands behind them.
fn date(text: &str) -> Option<(i64, i64, i64, &str)> {
    let end = text
        .find([' ', 't', ':'])
        .filter(|end| text[..*end].contains(['-', '/']) || text[..*end].len() >= 4)
        .unwrap_or(text.len());
    let head = &text[..end];
    let parts: Vec<&str> = head.split(['-', '/']).collect();
    match parts[..] {
        // `8-nov-14`
        [day, month, year] if month.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Some((short_year(year)?, month_number(month)?, number(day, 31)?, &text[end..]))
        }
        // `11/8/2014`
        [month, day, year] if head.contains('/') && year.len() == 4 => {
            Some((number(year, 9999)?, number(month, 12)?, number(day, 31)?, &text[end..]))
        }
        [year, month, day] if year.len() == 4 => {
            Some((number(year, 9999)?, number(month, 12)?, number(day, 31)?, &text[end..]))
        }
        [year, month] if year.len() == 4 => Some((number(year, 9999)?, number(month, 12)?, 1, &text[end..])),
        [digits] if digits.len() == 8 && number(digits, 99_999_999).is_some() => Some((
            number(&digits[..4], 9999)?,
            number(&digits[4..6], 12)?,
            number(&digits[6..], 31)?,
            &text[end..],
        )),
        [year] if year.len() == 4 => Some((number(year, 9999)?, 1, 1, &text[end..])),
        _ => {
            // `8 nov 2014 …`
            let mut words = text.splitn(4, ' ');
            let (day, month, year) = (words.next()?, words.next()?, words.next()?);
            Some((short_year(year)?, month_number(month)?, number(day, 31)?, words.next().unwrap_or("")))
        }
    }
}

fn short_year(text: &str) -> Option<i64> {
    let year = number(text, 9999)?;
    Some(match text.len() {
        4 => year,
        2 if year < 50 => 2000 + year,
        2 => 1900 + year,
        _ => return None,
    })
}

fn month_number(text: &str) -> Option<i64> {
    let short = text.get(..3)?;
    let index = MONTHS.iter().position(|m| *m == short)?;
    Some(index as i64 + 1)
}

/// The time of the day and the offset of its zone, both in ticks.
fn clock(text: &str) -> Option<(i64, i64)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (time, zone) = (&text[..end], text[end..].trim());
    let (zone, afternoon) = if let Some(zone) = zone.strip_prefix("am") {
        (zone.trim(), Some(false))
    } else if let Some(zone) = zone.strip_prefix("pm") {
        (zone.trim(), Some(true))
    } else {
        (zone, None)
    };
    let mut parts = time.split(':');
    let mut hours = number(parts.next()?, 24)?;
    let minutes = match parts.next() {
        Some(minutes) => number(minutes, 59)?,
        None => 0,
    };
    let seconds = parts.next().unwrap_or("0");
    if parts.next().is_some() {
        return None;
    }
    match afternoon {
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some(afternoon) => hours = hours % 12 + if afternoon { 12 } else { 0 },
        None => {}
    }
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let ticks = hours * HOUR + minutes * MINUTE + number(whole, 59)? * SECOND + fraction_ticks(fraction)?;
    (ticks <= DAY).then_some((ticks, zone_offset(zone)?))
}

fn zone_offset(text: &str) -> Option<i64> {
    let (sign, digits) = match text {
        "" | "z" | "gmt" | "utc" | "ut" => return Some(0),
        _ if text.starts_with('+') => (1, &text[1..]),
        _ if text.starts_with('-') => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "0"),
    };
    Some(sign * (number(hours, 14)? * HOUR + number(minutes, 59)? * MINUTE))
}

/// Days since 0001-01-01 in the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, 28 + i64::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = lengths.get(usize::try_from(month - 1).ok()?)?;
    if year < 1 || day < 1 || day > *length {
        return None;
    }
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400;
    let month_days: i64 = lengths[..(month - 1) as usize].iter().sum();
    Some(before * 365 + leap_days + month_days + day - 1)
}

/// `2024-05-01T05:00:00.0000000Z`
pub(crate) fn datetime_text(ticks: i64) -> String {
    let (days, clock) = (ticks.div_euclid(DAY), ticks.rem_euclid(DAY));
    // Days since 0000-03-01, so that the leap day is the last of its year.
    let z = days + 306;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:07}Z",
        clock / HOUR,
        clock % HOUR / MINUTE,
        clock % MINUTE / SECOND,
        clock % SECOND
    )
}

/// `[-][d.]hh:mm:ss[.fffffff]`
pub(crate) fn timespan_text(ticks: i64) -> String {
    let (sign, ticks) = (if ticks < 0 { "-" } else { "" }, ticks.unsigned_abs());
    let unit = |ticks: i64| ticks.unsigned_abs();
    let days = match ticks / unit(DAY) {
        0 => String::new(),
        days => format!("{days}."),
    };
    let fraction = match ticks % unit(SECOND) {
        0 => String::new(),
        fraction => format!(".{fraction:07}"),
    };
    format!(
        "{sign}{days}{:02}:{:02}:{:02}{fraction}",
        ticks % unit(DAY) / unit(HOUR),
        ticks % unit(HOUR) / unit(MINUTE),
        ticks % unit(MINUTE) / unit(SECOND)
    )
}
