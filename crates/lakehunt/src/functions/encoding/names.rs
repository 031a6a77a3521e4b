//! Percent-encoding of URLs and Punycode of domain names.

use idna::punycode;
use percent_encoding::percent_decode_str;
use std::fmt::Write;

/// A text for a URL: letters, digits and `-_.!*()` stay, a space becomes `space`, the rest `%xx` of its
/// bytes.
pub fn url_encode(text: &str, space: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'*' | b'(' | b')' => out.push(char::from(byte)),
            b' ' => out.push_str(space),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02x}")),
        }
    }
}

/// The text that was encoded for a URL; `+` was a space.
pub fn url_decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

/// A text in Punycode, without `xn--`.
pub fn to_punycode(text: &str) -> Option<String> {
    punycode::encode_str(text)
}

/// The text that a Punycode without `xn--` stands for.
pub fn from_punycode(text: &str) -> Option<String> {
    punycode::decode_to_string(text)
}

/// A domain name whose parts with other than ASCII are in Punycode.
pub fn encode_domain(domain: &str) -> Option<String> {
    let labels = domain.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).map(|label| {
        if label.is_ascii() { Some(label.to_owned()) } else { Some(format!("xn--{}", to_punycode(label)?)) }
    });
    Some(labels.collect::<Option<Vec<_>>>()?.join("."))
}

/// A domain name whose parts in Punycode are decoded.
pub fn decode_domain(domain: &str) -> Option<String> {
    let labels = domain.split('.').map(|label| match label.strip_prefix("xn--") {
        Some(encoded) => from_punycode(encoded),
        None => Some(label.to_owned()),
    });
    Some(labels.collect::<Option<Vec<_>>>()?.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let encode = |text: &str, space: &str| {
            let mut out = String::new();
            url_encode(text, space, &mut out);
            out
        };
        assert_eq!(encode("https://a.com/b c?é=1", "+"), "https%3a%2f%2fa.com%2fb+c%3f%c3%a9%3d1");
        assert_eq!(encode("a b(!)~", "%20"), "a%20b(!)%7e");
        assert_eq!(url_decode("https%3A%2f%2fa.com%2Fb+c%20d"), "https://a.com/b c d");
        assert_eq!(url_decode("100%, %zz, %c3%a9, %ff"), "100%, %zz, é, \u{fffd}");
    }

    #[test]
    fn domains() {
        assert_eq!(to_punycode("académie-française").unwrap(), "acadmie-franaise-npb1a");
        assert_eq!(from_punycode("acadmie-franaise-npb1a").unwrap(), "académie-française");
        assert_eq!(from_punycode("é"), None);
        assert_eq!(
            encode_domain("Lê Lợi。Thuận Thiên。com").unwrap(),
            "xn--L Li-gpa4517b.xn--Thun Thin-s4a7194f.com"
        );
        assert_eq!(decode_domain("xn--Ge-mia.Bulg.edu").unwrap(), "Gáe.Bulg.edu");
    }
}
