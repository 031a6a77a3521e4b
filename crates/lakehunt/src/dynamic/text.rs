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
