//! Walking over JSON text: values, members of objects, elements of arrays.

use memchr::memchr2;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool,
    /// A number
    Number,
    /// A string
    String,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl Kind {
    /// The kind of the value whose text starts so; `None` if no JSON value does.
    #[inline]
    pub fn of(value: &str) -> Option<Kind> {
        Some(match value.as_bytes().first()? {
            b'"' => Kind::String,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b't' | b'f' => Kind::Bool,
            b'n' => Kind::Null,
            b'-' | b'0'..=b'9' => Kind::Number,
            _ => return None,
        })
    }
}

/// The place of the first byte at or after `at` that is not a blank of JSON.
#[inline]
pub fn skip_blanks(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = text.get(at) {
        at += 1;
    }
    at
}

/// The place after the string whose opening quote is at `at`.
#[inline]
pub fn skip_string(text: &[u8], at: usize) -> Option<usize> {
    let mut next = at + 1;
    loop {
        let found = next + memchr2(b'"', b'\\', text.get(next..)?)?;
        if text[found] == b'"' {
            return Some(found + 1);
        }
        next = found + 2; // the escaped character is skipped unseen
    }
}

/// The place after the value that starts at `at`.
#[inline]
pub fn skip_value(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at)? {
        b'"' => skip_string(text, at),
        b'{' | b'[' => skip_container(text, at),
        _ => {
            let rest = &text[at..];
            let length = rest
                .iter()
                .position(|b| matches!(b, b',' | b'}' | b']' | b':' | b' ' | b'\t' | b'\n' | b'\r'))
                .unwrap_or(rest.len());
            (length > 0).then_some(at + length)
        }
    }
}

/// The place after the object or array that starts at `at`. Brackets are counted, not paired.
pub fn skip_container(text: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match text.get(at)? {
            b'"' => {
                at = skip_string(text, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The text without blanks around it.
#[inline]
pub fn trim(text: &str) -> &str {
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
    match text.as_bytes() {
        // Almost always there are none.
        [first, .., last] if !blank(first) && !blank(last) => text,
        _ => text.trim_matches([' ', '\t', '\n', '\r']),
    }
}

/// A member of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its name as it is spelt between the quotes: escapes are not resolved.
    pub name: &'a str,
    /// The text of its value.
    pub value: &'a str,
}

/// The members of the object that `text` (without blanks around it) is; of anything else none.
///
/// ```
/// use lakehunt::dynamic::scan::members;
///
/// let values: Vec<_> = members(r#"{"a": 1, "b": [2]}"#).map(|m| (m.name, m.value)).collect();
/// assert_eq!(values, [("a", "1"), ("b", "[2]")]);
/// ```
pub fn members(text: &str) -> Members<'_> {
    Members(Items::new(text, b'{'))
}

/// The elements of the array that `text` (without blanks around it) is; of anything else none.
///
/// ```
/// use lakehunt::dynamic::scan::elements;
///
/// assert_eq!(elements(r#"[1, "x", [2]]"#).collect::<Vec<_>>(), ["1", "\"x\"", "[2]"]);
/// ```
pub fn elements(text: &str) -> Elements<'_> {
    Elements(Items::new(text, b'['))
}

/// See [`members`].
#[derive(Debug, Clone)]
pub struct Members<'a>(Items<'a>);

/// See [`elements`].
#[derive(Debug, Clone)]
pub struct Elements<'a>(Items<'a>);

/// The state of a walk: where the next item starts; `text.len()` at the end.
#[derive(Debug, Clone)]
struct Items<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Items<'a> {
    fn new(text: &'a str, open: u8) -> Self {
        let bytes = text.as_bytes();
        let at = if bytes.first() == Some(&open) { skip_blanks(bytes, 1) } else { text.len() };
        Items { text, at }
    }

    /// The value at the present place; moves on to the next item.
    #[inline]
    fn value(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        let end = skip_value(bytes, self.at)?;
        let value = self.text.get(self.at..end)?;
        let next = skip_blanks(bytes, end);
        self.at = if bytes.get(next) == Some(&b',') { skip_blanks(bytes, next + 1) } else { self.text.len() };
        Some(value)
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.0.value()
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    #[inline]
    fn next(&mut self) -> Option<Member<'a>> {
        let items = &mut self.0;
        let bytes = items.text.as_bytes();
        if bytes.get(items.at) != Some(&b'"') {
            return None;
        }
        let end = skip_string(bytes, items.at)?;
        let name = items.text.get(items.at + 1..end - 1)?;
        let colon = skip_blanks(bytes, end);
        if bytes.get(colon) != Some(&b':') {
            return None;
        }
        items.at = skip_blanks(bytes, colon + 1);
        Some(Member { name, value: items.value()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_odd_texts() {
        assert_eq!(elements("[]").count(), 0);
        assert_eq!(elements("[ ]").count(), 0);
        assert_eq!(elements("{}").count(), 0);
        assert_eq!(elements("").count(), 0);
        assert_eq!(elements("[1,2").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(elements("[1,[2").collect::<Vec<_>>(), ["1"]);
        assert_eq!(elements(r#"["a\"]"#).count(), 0);
        assert_eq!(members(r#"{"a"}"#).count(), 0);
        assert_eq!(members(r#"{"a":}"#).count(), 0);
        assert_eq!(members(r#"{"a":1,2}"#).count(), 1);
        assert_eq!(members("{\"a").count(), 0);
        assert_eq!(
            members(r#"{"a\\":"]}\"" , "b" :{"c":"}"}}"#).map(|m| m.value).collect::<Vec<_>>(),
            [r#""]}\"""#, r#"{"c":"}"}"#]
        );
    }

    #[test]
    fn depth_does_not_matter() {
        let deep = format!("[{}{}]", "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert_eq!(elements(&deep).count(), 1);
        assert_eq!(elements(&"[".repeat(1_000_000)).count(), 0);
    }
}
