//! Dates in JSON strings.
//!
//! JSON has no dates, but Kusto's `parse_json` reads a string that is an ISO 8601 date with time as a `datetime`, UTC
//! unless it names an offset, and prints it back in its own form: `{"t":"2021-11-18T00:03:35"}` becomes
//! `{"t":"2021-11-18T00:03:35.0000000Z"}`. The exported RawEventData of Defender shows the same.

use kql2sql::time::{DAY, Date, HOUR, MAX_DATETIME, MINUTE, SECOND, write_datetime};

/// The canonical form of a date with time, if `text` is one in another form:
/// `yyyy-MM-ddTHH:mm:ss[.fffffff][Z|±HH:mm]`. Digits beyond the seventh are cut off.
///
/// ```
/// use lakehunt::dynamic::date::canonical_date;
///
/// assert_eq!(canonical_date("2021-11-18T00:03:35").as_deref(), Some("2021-11-18T00:03:35.0000000Z"));
/// assert_eq!(canonical_date("2021-11-18T00:03:35.5+02:00").as_deref(), Some("2021-11-17T22:03:35.5000000Z"));
/// assert_eq!(canonical_date("2021-11-18T00:03:35.0000000Z"), None); // it is canonical
/// assert_eq!(canonical_date("2021-13-18T00:03:35"), None);
/// assert_eq!(canonical_date("2021-11-18"), None);
/// ```
#[inline]
pub fn canonical_date(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // Almost no string gets past this.
    if bytes.len() < 19 || bytes[4] != b'-' || bytes[10] != b'T' {
        return None;
    }
    let mut date = String::with_capacity(28);
    write_datetime(ticks(bytes)?, &mut date);
    (date != text).then_some(date)
}

/// Whether `text` is a date in the canonical form, which is what `gettype` calls a `datetime`.
pub fn is_canonical_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 28 && bytes[10] == b'T' && bytes[27] == b'Z' && ticks(bytes).is_some()
}

/// The ticks since 0001-01-01 of a date with time. Stricter than [`kql2sql::time::parse_datetime`]: what only might
/// be a date stays a string.
fn ticks(bytes: &[u8]) -> Option<i64> {
    let number = |at: usize, length: usize| {
        bytes.get(at..at + length)?.iter().try_fold(0, |value: i64, digit| {
            digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0'))
        })
    };
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if separators.iter().any(|(at, byte)| bytes.get(*at) != Some(byte)) {
        return None;
    }
    let date = Date::new(number(0, 4)?, number(5, 2)?, number(8, 2)?)?;
    let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut ticks = date.days() * DAY + hour * HOUR + minute * MINUTE + second * SECOND;
    let mut rest = &bytes[19..];
    if let [b'.', fraction @ ..] = rest {
        let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let mut unit = SECOND / 10;
        for digit in &fraction[..digits] {
            ticks += i64::from(digit - b'0') * unit;
            unit /= 10;
        }
        rest = &fraction[digits..];
    }
    match rest {
        [] | [b'Z'] => {}
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let at = bytes.len() - 5;
            let (hours, minutes) = (number(at, 2)?, number(at + 3, 2)?);
            if hours > 14 || minutes > 59 {
                return None;
            }
            let offset = hours * HOUR + minutes * MINUTE;
            ticks += if *sign == b'+' { -offset } else { offset };
        }
        _ => return None,
    }
    (0..=MAX_DATETIME).contains(&ticks).then_some(ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_date() {
        let table = [
            ("2024-02-29T23:59:59.9999999Z", None),
            ("2024-02-29T23:59:59.99999999Z", Some("2024-02-29T23:59:59.9999999Z")),
            ("2024-02-29T23:59:59.123Z", Some("2024-02-29T23:59:59.1230000Z")),
            ("2023-02-29T23:59:59Z", None),
            ("2024-01-01T24:00:00Z", None),
            ("2024-01-01T00:00:00.", None),
            ("2024-01-01T00:00:00+0100", None),
            ("2024-01-01T00:00:00 ", None),
            ("2024-01-01T00:00:00-05:30", Some("2024-01-01T05:30:00.0000000Z")),
            ("0001-01-01T00:00:00+01:00", None),
            ("0001-01-01T00:00:00", Some("0001-01-01T00:00:00.0000000Z")),
            ("9999-12-31T23:59:59-01:00", None),
            ("0000-01-01T00:00:00", None),
            ("2024-01-01t00:00:00", None),
            ("2024-01-01 00:00:00", None),
            ("éééé-é1-01T00:00:00", None),
        ];
        for (text, expected) in table {
            assert_eq!(canonical_date(text).as_deref(), expected, "{text}");
            assert_eq!(is_canonical_date(text), text == table[0].0, "{text}");
        }
    }
}
