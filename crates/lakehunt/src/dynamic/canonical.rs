//! Checking raw JSON text and making it canonical.

use super::date::canonical_date;
use super::number::canonical_number;
use super::scan::skip_blanks;
use super::text::unescape;
use kql2sql::json::push_string;
use memchr::memchr2;
use std::borrow::Cow;

/// The canonical form of JSON text, or `None` if the text is no JSON (RFC 8259).
///
/// Blanks between the parts go; strings are spelt with no more escapes than needed; dates and reals in them
/// are written as Kusto prints them ([`canonical_date`], [`canonical_number`]). Text that is canonical already is
/// handed back as it is.
///
/// ```
/// use lakehunt::dynamic::canonical::canonical;
///
/// assert_eq!(canonical(r#" {"a": [1, "\u00e9"]} "#).as_deref(), Some(r#"{"a":[1,"é"]}"#));
/// assert_eq!(canonical("{'a':1}"), None);
/// ```
pub fn canonical(text: &str) -> Option<Cow<'_, str>> {
    let mut walk = Walk { text, bytes: text.as_bytes(), at: 0, copied: 0, out: None };
    walk.document()?;
    Some(match walk.out {
        None => Cow::Borrowed(text),
        Some(mut out) => {
            out.push_str(&text[walk.copied..]);
            Cow::Owned(out)
        }
    })
}

/// Whether the text is JSON.
pub fn is_json(text: &str) -> bool {
    canonical(text).is_some()
}

/// A walk over the text that writes a copy from the first difference on.
struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// How much of the text is in `out`, in its canonical form.
    copied: usize,
    out: Option<String>,
}

impl Walk<'_> {
    fn document(&mut self) -> Option<()> {
        // The closing brackets that are still to come. A list, not the call stack: nesting has no limit.
        let mut open: Vec<u8> = Vec::new();
        self.blanks();
        loop {
            match *self.bytes.get(self.at)? {
                b'{' => {
                    self.at += 1;
                    self.blanks();
                    if self.bytes.get(self.at) == Some(&b'}') {
                        self.at += 1;
                    } else {
                        open.push(b'}');
                        self.name()?;
                        continue;
                    }
                }
                b'[' => {
                    self.at += 1;
                    self.blanks();
                    if self.bytes.get(self.at) == Some(&b']') {
                        self.at += 1;
                    } else {
                        open.push(b']');
                        continue;
                    }
                }
                b'"' => self.string(true)?,
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                _ => self.number()?,
            }
            // Behind a value.
            loop {
                self.blanks();
                let Some(close) = open.last() else {
                    return (self.at == self.bytes.len()).then_some(());
                };
                let byte = *self.bytes.get(self.at)?;
                self.at += 1;
                if byte == *close {
                    open.pop();
                } else if byte == b',' {
                    self.blanks();
                    if *close == b'}' {
                        self.name()?;
                    }
                    break;
                } else {
                    return None;
                }
            }
        }
    }

    /// Writes `new` in place of what stands between `from` and `to`.
    fn replace(&mut self, from: usize, to: usize, new: &str) {
        let out = self.out.get_or_insert_with(|| String::with_capacity(self.text.len()));
        out.push_str(&self.text[self.copied..from]);
        out.push_str(new);
        self.copied = to;
    }

    #[inline]
    fn blanks(&mut self) {
        let end = skip_blanks(self.bytes, self.at);
        if end > self.at {
            self.replace(self.at, end, "");
            self.at = end;
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let rest = self.bytes[self.at..].strip_prefix(word)?;
        self.at = self.bytes.len() - rest.len();
        Some(())
    }

    /// The name of a member and the colon behind it.
    fn name(&mut self) -> Option<()> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        self.string(false)?;
        self.blanks();
        if self.bytes.get(self.at) != Some(&b':') {
            return None;
        }
        self.at += 1;
        self.blanks();
        Some(())
    }

    fn string(&mut self, dates: bool) -> Option<()> {
        let start = self.at;
        let mut next = start + 1;
        let (mut escapes, mut respell) = (false, false);
        let end = loop {
            let found = next + memchr2(b'"', b'\\', &self.bytes[next..])?;
            // Without a way out the loop is done many bytes at a time.
            if self.bytes[next..found].iter().fold(false, |control, b| control | (*b < b' ')) {
                return None;
            }
            if self.bytes[found] == b'"' {
                break found;
            }
            escapes = true;
            let escape = self.bytes.get(found + 1)?;
            // These are spelt so in canonical text, too.
            respell |= !matches!(escape, b'"' | b'\\' | b'n' | b'r' | b't');
            next = found
                + match escape {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                    b'u' if self.bytes.get(found + 2..found + 6)?.iter().all(u8::is_ascii_hexdigit) => 6,
                    _ => return None,
                };
        };
        self.at = end + 1;
        let raw = &self.text[start + 1..end];
        if respell {
            let mut spelt = String::with_capacity(raw.len() + 2);
            push_string(&mut spelt, &unescape(raw));
            if spelt != self.text[start..=end] {
                self.replace(start, end + 1, &spelt);
            }
        } else if dates
            && !escapes
            && let Some(date) = canonical_date(raw)
        {
            self.replace(start + 1, end, &date);
        }
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        let digits = |at: usize| self.bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut at = start + usize::from(self.bytes[start] == b'-');
        at += match self.bytes.get(at)? {
            b'0' => 1,
            b'1'..=b'9' => digits(at),
            _ => return None,
        };
        let whole = at;
        if self.bytes.get(at) == Some(&b'.') {
            let fraction = digits(at + 1);
            if fraction == 0 {
                return None;
            }
            at += 1 + fraction;
        }
        if let Some(b'e' | b'E') = self.bytes.get(at) {
            at += 1 + usize::from(matches!(self.bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = digits(at.min(self.bytes.len()));
            if exponent == 0 {
                return None;
            }
            at += exponent;
        }
        self.at = at;
        if at > whole
            && let Some(number) = canonical_number(&self.text[start..at])
        {
            self.replace(start, at, &number);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_texts() {
        let same = ["{}", "[]", r#"{"a":[1,2.5,"x\"y",true,null]}"#, "-0", "12345678901234567890", "\"\""];
        for text in same {
            assert!(matches!(canonical(text), Some(Cow::Borrowed(_))), "{text}");
        }
        let table = [
            (" 1 ", "1"),
            ("[ 1 , 2 ]", "[1,2]"),
            ("{ }", "{}"),
            ("{\t\"a\" :\r\n[ ] }", "{\"a\":[]}"),
            (r#""a\/b\u0022\u000a""#, r#""a/b\"\n""#),
            (r#"{"\u0061":1.50}"#, r#"{"a":1.5}"#),
            (r#"["2021-11-18T00:03:35"]"#, r#"["2021-11-18T00:03:35.0000000Z"]"#),
            (r#"{"2021-11-18T00:03:35":1}"#, r#"{"2021-11-18T00:03:35":1}"#),
        ];
        for (text, expected) in table {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_json() {
        let table = [
            "",
            " ",
            "not json",
            "{",
            "}",
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "{\"a\" 1}",
            "{1:2}",
            "[1 2]",
            "[1]2",
            "1 2",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "tru",
            "nul",
            "truex",
            "NaN",
            "Infinity",
            "\"",
            "\"a",
            "\"a\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\t\"",
            "[}",
            "{]",
            "[[]",
            "[]]",
            "\u{feff}1",
        ];
        for text in table {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_has_no_limit() {
        let deep = format!("{}1{}", "[".repeat(500_000), "]".repeat(500_000));
        assert!(is_json(&deep));
        assert!(!is_json(&deep[1..]));
        assert!(!is_json(&"{\"a\":".repeat(500_000)));
    }
}
