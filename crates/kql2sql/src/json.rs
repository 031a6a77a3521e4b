//! JSON strings. Dynamic values are JSON text throughout.

/// Appends `text` as a JSON string with its quotes. Only what must be escaped is.
///
/// ```
/// let mut json = String::new();
/// kql2sql::json::push_string(&mut json, "a\"\\\n\u{1}é");
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

/// `text` as a JSON string with its quotes.
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    push_string(&mut json, text);
    json
}
