//! Searching the text of a dynamic value without writing that text.
//!
//! `RawEventData has "x"` asks about `tostring(RawEventData)`, the canonical text. To write it takes ten times as long as to
//! search it. In most cases the answer is the same for the document as it stands in the file, and this tells when.

use super::search::Search;
use super::terms::{HasAll, HasAny};
use crate::dynamic::scan::{Kind, trim};
use crate::functions::dynamic::convert::to_text;
use memchr::memchr_iter;

/// What is prepared from a needle.
pub(super) trait Find {
    /// Whether it is in the text.
    fn is_match(&self, text: &str) -> bool;

    /// Whether it consists of needles that [`stays`].
    fn stays(&self) -> bool;
}

impl Find for Search {
    fn is_match(&self, text: &str) -> bool {
        Search::is_match(self, text)
    }

    fn stays(&self) -> bool {
        self.needles_stay()
    }
}

impl Find for HasAny {
    fn is_match(&self, text: &str) -> bool {
        HasAny::is_match(self, text)
    }

    fn stays(&self) -> bool {
        self.needles_stay()
    }
}

impl Find for HasAll {
    fn is_match(&self, text: &str) -> bool {
        HasAll::is_match(self, text)
    }

    fn stays(&self) -> bool {
        self.needles_stay()
    }
}

/// Whether it is in `tostring(document)`.
pub(super) fn is_match(needle: &impl Find, document: Option<&str>) -> bool {
    let Some(document) = document else { return needle.is_match("") };
    let raw = trim(document);
    if needle.stays() && matches!(Kind::of(raw), Some(Kind::Object | Kind::Array)) && escapes_stay(raw) {
        return needle.is_match(raw);
    }
    needle.is_match(&to_text(document))
}

/// Whether all escapes are spelt in the canonical text as they are here.
fn escapes_stay(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let mut behind = 0;
    memchr_iter(b'\\', bytes).all(|at| {
        // The second of two backslashes begins no escape.
        if at < behind {
            return true;
        }
        behind = at + 2;
        matches!(bytes.get(at + 1), Some(b'"' | b'\\' | b'n' | b'r' | b't'))
    })
}

/// Whether the needle can only stand within strings that are not rewritten, so that it is found in a document of such
/// strings, and with the same characters around it, if and only if it is found in its canonical text.
///
/// What the canonical text spells otherwise is blanks outside of strings, numbers, dates and escapes. So the needle must have
/// a run of letters and digits that none of those has, nor `true`, `false`, `null`; and nothing by which it could
/// reach out of the string: a quote, or a backslash or slash (which may be escaped).
pub(super) fn stays(needle: &str) -> bool {
    let of = |run: &str, letters: &str| {
        run.bytes().all(|b| b.is_ascii_digit() || letters.as_bytes().contains(&b.to_ascii_lowercase()))
    };
    let word = |run: &str| {
        let run = run.to_ascii_lowercase();
        ["true", "false", "null"].iter().any(|w| w.contains(&run))
    };
    !needle.contains(|c: char| matches!(c, '"' | '\\' | '/') || c.is_control())
        && needle
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|run| !of(run, "e") && !of(run, "tz") && !word(run))
}

#[cfg(test)]
mod tests {
    use super::super::search::Place;
    use super::*;

    #[test]
    fn which_needles_stay() {
        for needle in ["abc", "1003df57", "ünicode", "a b", "true story", "e5z", "x:1", "a,b", "{x}"] {
            assert!(stays(needle), "{needle}");
        }
        for needle in
            ["", "5", "1e5", "T00", "35Z", "rue", "NULL", "é", "a/b", "a\"", "a\\b", "a\nb", "1.5", "- 2"]
        {
            assert!(!stays(needle), "{needle}");
        }
    }

    #[test]
    fn the_answer_is_that_of_the_canonical_text() {
        let documents = [
            r#"{"a":"Foo bar","b":[1.50,"x"]}"#,
            r#" { "a" : "foo  BAR" , "t":"2021-11-18T00:03:35" } "#,
            r#"{"a":"f\u006fo"}"#,
            r#"{"a":"\u002dfoo\/bar"}"#,
            r#"{"a":"\\u006foo", "b":1}"#,
            r#"{"a":"\nfoo\"bar", "b":1}"#,
            r#"{"a":"\bfoo", "b":1}"#,
            r#"["foo", 1e3, "foo\ttrue"]"#,
            r#"{"a":"foo"#,
            r#"{"a": foo"#,
            r#""foo\nbar""#,
            "null",
            " null",
            "foo",
            "12",
            "[]",
            "",
            r#"{"é":"ÉFOO"}"#,
            r#"{"\u00e9":"foo", "x": 2}"#,
        ];
        let needles = [
            "foo",
            "Foo",
            "bar",
            "foo bar",
            "nfoo",
            "oo",
            "u006foo",
            "true",
            "nul",
            "null",
            "35",
            "35.0000000Z",
            "1.5",
            "1000",
            "",
            "é",
            "éfoo",
            "a\":",
            "a,b",
            "t",
            "b",
            "/bar",
            "foo/bar",
            "-foo",
            "bfoo",
            "x",
            "foo\"",
            "ttrue",
        ];
        for document in documents {
            let text = to_text(document);
            for needle in needles {
                for place in [Place::Anywhere, Place::Term, Place::TermStart, Place::TermEnd] {
                    for ignore_case in [true, false] {
                        let search = Search::new(needle, place, ignore_case);
                        let (fast, slow) = (is_match(&search, Some(document)), search.is_match(&text));
                        assert_eq!(fast, slow, "{document} {needle:?} {place:?} {ignore_case}");
                    }
                }
            }
        }
    }
}
