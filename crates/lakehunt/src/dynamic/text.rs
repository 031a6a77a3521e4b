//! JSON strings: resolving and writing escapes.

use std::borrow::Cow;

/// The text that a JSON string means, from what stands between its quotes. Half of a surrogate pair becomes
/// U+FFFD; an escape that JSON does not have stands for its second character.
///
/// ```
/// use lakehunt::dynamic::text::unescape;
///
/// assert_eq!(unescape(r"a\tb\u00e9\ud83d\ude00"), "a\tbé😀");
/// assert_eq!(unescape("plain"), "plain");
/// ```
pub fn unescape(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'\\', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut text = String::with_capacity(raw.len());
    let (plain, mut rest) = raw.split_at(first);
    text.push_str(plain);
    while let Some(escape) = rest.strip_prefix('\\') {
        let mut chars = escape.chars();
        match chars.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => {
                let (char, length) = unicode_escape(chars.as_str());
                text.push(char);
                chars = chars.as_str()[length..].chars();
            }
            Some(other) => text.push(other),
            None => {}
        }
        let after = chars.as_str();
        let next = memchr::memchr(b'\\', after.as_bytes()).unwrap_or(after.len());
        text.push_str(&after[..next]);
        rest = &after[next..];
    }
    Cow::Owned(text)
}

/// The character after `\u`, and how many bytes spell it (with the second half of a surrogate pair).
fn unicode_escape(digits: &str) -> (char, usize) {
    let unit = |text: &str| {
        let digits = text.get(..4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(digits) else {
        return (char::REPLACEMENT_CHARACTER, 0);
    };
    if let Some(char) = char::from_u32(first.into()) {
        return (char, 4);
    }
    let second = digits[4..].strip_prefix("\\u").and_then(unit);
    match second.map(|second| char::decode_utf16([first, second]).next()) {
        Some(Some(Ok(char))) => (char, 10),
        _ => (char::REPLACEMENT_CHARACTER, 4),
    }
}

/// Whether the JSON string spelt `raw` between its quotes means `text`.
#[inline]
pub fn means(raw: &str, text: &str) -> bool {
    raw == text || (raw.contains('\\') && unescape(raw) == text)
}

/// The value of a JSON string with its quotes; anything else is `None`.
pub fn string_value(json: &str) -> Option<Cow<'_, str>> {
    Some(unescape(inner(json)?))
}

/// What stands between the quotes of a JSON string; anything else is `None`.
#[inline]
pub fn inner(json: &str) -> Option<&str> {
    json.strip_prefix('"')?.strip_suffix('"')
}

/// Appends `text` as a JSON string with its quotes. Only what must be escaped is.
///
/// ```
/// let mut json = String::new();
/// lakehunt::dynamic::text::push_string(&mut json, "a\"\\\n\u{1}é");
/// assert_eq!(json, r#""a\"\\\n\u0001é""#);
/// ```
pub fn push_string(json: &mut String, text: &str) {
    json.push('"');
    push_escaped(json, text);
    json.push('"');
}

/// [`push_string`] without the quotes.
pub fn push_escaped(json: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            continue;
        }
        json.push_str(&text[copied..at]);
        copied = at + 1;
        match byte {
            b'"' => json.push_str("\\\""),
            b'\\' => json.push_str("\\\\"),
            b'\n' => json.push_str("\\n"),
            b'\r' => json.push_str("\\r"),
            b'\t' => json.push_str("\\t"),
            8 => json.push_str("\\b"),
            12 => json.push_str("\\f"),
            control => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                json.push_str("\\u00");
                json.push(HEX[usize::from(control >> 4)].into());
                json.push(HEX[usize::from(control & 15)].into());
            }
        }
    }
    json.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let table = [
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"\u0041\u00E9", "Aé"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83dx", "\u{fffd}x"),
            (r"\ude00", "\u{fffd}"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\u12", "\u{fffd}12"),
            (r"\u+123", "\u{fffd}+123"),
            ("\\", ""),
            (r"é\\é", "é\\é"),
        ];
        for (raw, text) in table {
            assert_eq!(unescape(raw), text, "{raw}");
            assert!(means(raw, text), "{raw}");
        }
        assert!(!means("a", "b"));
        assert!(!means(r"a\n", "an"));
    }
}
