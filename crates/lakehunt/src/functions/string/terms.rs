//! `has_any`, `has_all` and `has_any_index`: many needles at once.

use super::case::fold_str;
use super::document::stays;
use super::search::{Place, Search, ends_in_term, starts_in_term};
use aho_corasick::{AhoCorasick, MatchKind};

/// Above this many needles one pass for all of them beats a pass for each.
/// A pass takes a twentieth of the automaton's time where it has little to look at twice.
const ONE_BY_ONE: usize = 16;

/// `has_any`, prepared for a list of needles.
#[derive(Debug)]
pub enum HasAny {
    /// A few needles, one after the other.
    Few(Vec<Search>),
    /// Many needles in one pass.
    Many {
        /// Whether all of them stay the same in dynamic values.
        stay: bool,
        /// Those that are found in the bytes of the haystack.
        ascii: Option<Automaton>,
        /// Those that are found in the folded haystack.
        folded: Option<Automaton>,
    },
    /// One of the needles is empty, which every text has.
    Always,
}

impl HasAny {
    /// Prepares a search for `needles`.
    pub fn new<S: AsRef<str>>(needles: &[S]) -> HasAny {
        if needles.iter().any(|n| n.as_ref().is_empty()) {
            return HasAny::Always;
        }
        if needles.len() > ONE_BY_ONE {
            let (ascii, folded): (Vec<_>, Vec<_>) =
                needles.iter().map(|n| fold_str(n.as_ref()).into_owned()).partition(|n| n.is_ascii());
            if let (Ok(ascii), Ok(folded)) = (Automaton::of(&ascii), Automaton::of(&folded)) {
                let stay = needles.iter().all(|n| stays(n.as_ref()));
                return HasAny::Many { stay, ascii, folded };
            }
        }
        HasAny::Few(needles.iter().map(|n| Search::new(n.as_ref(), Place::Term, true)).collect())
    }

    /// Whether `haystack` has one of the needles.
    pub fn is_match(&self, haystack: &str) -> bool {
        match self {
            HasAny::Always => true,
            HasAny::Few(needles) => needles.iter().any(|n| n.is_match(haystack)),
            HasAny::Many { ascii, folded, .. } => {
                ascii.as_ref().is_some_and(|a| a.is_match(haystack))
                    || folded
                        .as_ref()
                        .is_some_and(|a| !haystack.is_ascii() && a.is_match(&fold_str(haystack)))
            }
        }
    }
}

impl HasAny {
    /// Whether each of them may be looked for in a document as it stands (see [`stays`]).
    pub(super) fn needles_stay(&self) -> bool {
        match self {
            HasAny::Always => true,
            HasAny::Few(needles) => needles.iter().all(Search::needles_stay),
            HasAny::Many { stay, .. } => *stay,
        }
    }
}

/// Needles as one automaton.
#[derive(Debug)]
pub struct Automaton(AhoCorasick);

impl Automaton {
    /// None for no needles; an error where they are too many or too long for an automaton.
    fn of(needles: &[String]) -> Result<Option<Automaton>, aho_corasick::BuildError> {
        if needles.is_empty() {
            return Ok(None);
        }
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(needles)
            .map(|a| Some(Automaton(a)))
    }

    fn is_match(&self, haystack: &str) -> bool {
        self.0.find_overlapping_iter(haystack).any(|found| {
            let (before, after) = (&haystack[..found.start()], &haystack[found.end()..]);
            let needle = &haystack[found.range()];
            !(starts_in_term(needle) && ends_in_term(before) || ends_in_term(needle) && starts_in_term(after))
        })
    }
}

/// `has_all`, prepared for a list of needles.
#[derive(Debug)]
pub struct HasAll(Vec<Search>);

impl HasAll {
    /// Prepares a search for `needles`.
    pub fn new<S: AsRef<str>>(needles: &[S]) -> HasAll {
        let mut needles: Vec<&str> = needles.iter().map(AsRef::as_ref).collect();
        // The longest is the likeliest to be missing.
        needles.sort_by_key(|n| std::cmp::Reverse(n.len()));
        HasAll(needles.iter().map(|n| Search::new(n, Place::Term, true)).collect())
    }

    /// Whether `haystack` has all of the needles.
    pub fn is_match(&self, haystack: &str) -> bool {
        self.0.iter().all(|n| n.is_match(haystack))
    }

    /// Whether each of them may be looked for in a document as it stands (see [`stays`]).
    pub(super) fn needles_stay(&self) -> bool {
        self.0.iter().all(Search::needles_stay)
    }
}

/// `has_any_index`, prepared for a list of needles.
#[derive(Debug)]
pub struct HasAnyIndex(Vec<Search>);

impl HasAnyIndex {
    /// Prepares a search for `needles`.
    pub fn new<S: AsRef<str>>(needles: &[S]) -> HasAnyIndex {
        HasAnyIndex(needles.iter().map(|n| Search::new(n.as_ref(), Place::Term, true)).collect())
    }

    /// The position of the first needle that `haystack` has, or -1.
    pub fn position(&self, haystack: &str) -> i64 {
        self.0.iter().position(|n| n.is_match(haystack)).map_or(-1, |at| at as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_finds_what_single_passes_find() {
        let mut needles = vec!["mimikatz", "lsass", ".dmp", "мир", "é", "a b", "net.exe", "b"];
        needles.resize(ONE_BY_ONE + 1, "never");
        let many = HasAny::new(&needles);
        assert!(matches!(many, HasAny::Many { .. }));
        for text in [
            "",
            "MIMIKATZ",
            "mimikatzx",
            "xmimikatz lsass",
            "out.dmp",
            "out.dmpx",
            "мирный",
            "о МИР!",
            "É",
            "éa",
            "a b",
            "xa b",
            "xa ba",
            "net.exe",
            "dotnet.exe",
            "dotnet.exe /x net.EXE",
            "abba",
        ] {
            let single = needles.iter().any(|n| Search::new(n, Place::Term, true).is_match(text));
            assert_eq!(many.is_match(text), single, "{text:?}");
        }
    }

    #[test]
    fn an_empty_needle_is_everywhere_and_no_needle_nowhere() {
        assert!(HasAny::new(&["x", ""]).is_match("a"));
        assert!(!HasAny::new::<&str>(&[]).is_match("a"));
        assert!(HasAll::new::<&str>(&[]).is_match("a"));
        assert_eq!(HasAnyIndex::new::<&str>(&[]).position("a"), -1);
    }

    #[test]
    fn all_and_index() {
        let all = HasAll::new(&["south", "north"]);
        assert!(all.is_match("North and South America"));
        assert!(!all.is_match("North and Southern America"));
        assert_eq!(HasAnyIndex::new(&["two", "ONE"]).position("one for two"), 0);
        assert_eq!(HasAnyIndex::new(&["three", "ONE"]).position("one for two"), 1);
    }
}
