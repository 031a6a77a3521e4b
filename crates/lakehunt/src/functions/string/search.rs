//! The string operators: `has`, `contains`, `startswith`, `=~` and their kin.
//!
//! <https://learn.microsoft.com/kusto/query/datatypes-string-operators>
//!
//! A *term* is a maximal run of letters and digits of any script; `_` is neither. A needle need not be
//! a term itself: `has` finds it where neither of its ends cuts through a term, so `"a.b.c" has "b.c"`
//! and `"cmd.exe" has ".exe"` are true, and an empty needle is found everywhere.

use super::case::{equals, fold, fold_str};
use super::document::stays;
use memchr::memmem;

/// Where in the haystack a needle must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `contains`
    Anywhere,
    /// `has`: neither end cuts through a term.
    Term,
    /// `hasprefix`: its start does not cut through a term.
    TermStart,
    /// `hassuffix`: its end does not cut through a term.
    TermEnd,
    /// `startswith`
    Start,
    /// `endswith`
    End,
    /// `=~`
    Whole,
}

/// What a needle is searched for with: prepared once for a constant, and then cheap for every row.
#[derive(Debug)]
pub struct Search {
    needle: String,
    place: Place,
    finder: Finder,
    /// Whether the needle begins (ends) with a letter or digit, so that its end could cut a term.
    guard: (bool, bool),
    /// Whether a dynamic value has the needle where its document in the file has it (see [`stays`]).
    stays: bool,
}

#[derive(Debug)]
enum Finder {
    /// The bytes as they are.
    Exact(memmem::Finder<'static>),
    /// An ASCII needle without regard to case. Only ASCII folds to ASCII, so bytes will do.
    Ascii(AsciiFinder),
    /// Any other needle without regard to case: it is folded, and so is each haystack that has its longest ASCII part.
    Folded(AsciiFinder, memmem::Finder<'static>),
}

impl Search {
    /// Prepares a search for `needle`.
    pub fn new(needle: &str, place: Place, ignore_case: bool) -> Search {
        let finder = if !ignore_case {
            Finder::Exact(memmem::Finder::new(needle).into_owned())
        } else if needle.is_ascii() {
            Finder::Ascii(AsciiFinder::new(needle))
        } else {
            let ascii =
                needle.split(|c: char| !c.is_ascii()).max_by_key(|part| part.len()).unwrap_or_default();
            let folded = memmem::Finder::new(fold_str(needle).as_bytes()).into_owned();
            Finder::Folded(AsciiFinder::new(ascii), folded)
        };
        let guard =
            (needle.chars().next().is_some_and(is_term), needle.chars().next_back().is_some_and(is_term));
        Search { needle: needle.to_owned(), place, finder, guard, stays: stays(needle) }
    }

    /// Whether it may be looked for in a document as it stands (see [`stays`]).
    pub(super) fn needles_stay(&self) -> bool {
        self.stays
    }

    /// Whether the needle stands in `haystack` at a place that counts.
    pub fn is_match(&self, haystack: &str) -> bool {
        match self.place {
            Place::Start => self.starts(haystack),
            Place::End => self.ends(haystack),
            Place::Whole => match self.finder {
                Finder::Exact(_) => haystack == self.needle,
                _ => equals(haystack, &self.needle),
            },
            Place::Anywhere | Place::Term | Place::TermStart | Place::TermEnd => self.occurs(haystack),
        }
    }

    fn starts(&self, haystack: &str) -> bool {
        let needle = self.needle.as_bytes();
        match self.finder {
            Finder::Exact(_) => haystack.starts_with(&self.needle),
            Finder::Ascii(_) => {
                haystack.as_bytes().get(..needle.len()).is_some_and(|h| h.eq_ignore_ascii_case(needle))
            }
            Finder::Folded(..) => {
                let mut hay = haystack.chars().map(fold);
                self.needle.chars().map(fold).all(|c| hay.next() == Some(c))
            }
        }
    }

    fn ends(&self, haystack: &str) -> bool {
        let needle = self.needle.as_bytes();
        match self.finder {
            Finder::Exact(_) => haystack.ends_with(&self.needle),
            Finder::Ascii(_) => haystack
                .len()
                .checked_sub(needle.len())
                .is_some_and(|at| haystack.as_bytes()[at..].eq_ignore_ascii_case(needle)),
            Finder::Folded(..) => {
                let mut hay = haystack.chars().rev().map(fold);
                self.needle.chars().rev().map(fold).all(|c| hay.next() == Some(c))
            }
        }
    }

    fn occurs(&self, haystack: &str) -> bool {
        match &self.finder {
            Finder::Exact(finder) => self.find(haystack, |h| finder.find(h)),
            Finder::Ascii(finder) => self.find(haystack, |h| finder.find(h)),
            // A folded needle that is not ASCII has nothing to find in ASCII.
            Finder::Folded(..) if haystack.is_ascii() => false,
            Finder::Folded(ascii, _) if ascii.find(haystack.as_bytes()).is_none() => false,
            Finder::Folded(_, finder) => self.find(&fold_str(haystack), |h| finder.find(h)),
        }
    }

    /// Goes through the occurrences until one stands where it counts.
    fn find(&self, haystack: &str, next: impl Fn(&[u8]) -> Option<usize>) -> bool {
        let bytes = haystack.as_bytes();
        let (guard_start, guard_end) = match self.place {
            Place::Term => self.guard,
            Place::TermStart => (self.guard.0, false),
            Place::TermEnd => (false, self.guard.1),
            _ => (false, false),
        };
        let mut from = 0;
        while let Some(found) = next(&bytes[from..]) {
            let start = from + found;
            // Folding keeps the length in code points, not in bytes, but both sides are folded here.
            let end = start + self.length();
            let cut = guard_start && ends_in_term(&haystack[..start])
                || guard_end && starts_in_term(&haystack[end..]);
            if !cut {
                return true;
            }
            // A needle that could cut a term is not empty and begins at a character.
            from = start + haystack[start..].chars().next().map_or(1, char::len_utf8);
        }
        false
    }

    /// The length in bytes of what the finder finds.
    fn length(&self) -> usize {
        match &self.finder {
            Finder::Exact(finder) | Finder::Folded(_, finder) => finder.needle().len(),
            Finder::Ascii(finder) => finder.needle.len(),
        }
    }
}

/// Whether terms are made of this character.
pub fn is_term(c: char) -> bool {
    c.is_alphanumeric()
}

/// Whether `s` begins within a term.
pub fn starts_in_term(s: &str) -> bool {
    match s.as_bytes().first() {
        None => false,
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(_) => s.chars().next().is_some_and(is_term),
    }
}

/// Whether `s` ends within a term.
pub fn ends_in_term(s: &str) -> bool {
    match s.as_bytes().last() {
        None => false,
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(_) => s.chars().next_back().is_some_and(is_term),
    }
}

/// Finds an ASCII needle without regard to case: looks for its rarest bytes, each at its distance, in blocks of text
/// that the compiler turns into vectors, and compares where all are found.
#[derive(Debug)]
struct AsciiFinder {
    needle: Vec<u8>,
    /// The rarest bytes of the needle, the rarest first; that one again in place of those that a short needle has not.
    rare: [Rare; 4],
}

/// A byte of the needle.
#[derive(Debug, Clone, Copy, Default)]
struct Rare {
    offset: usize,
    byte: u8,
    /// The bit by which its two cases differ, if it is a letter.
    case: u8,
}

impl Rare {
    #[inline(always)]
    fn is(self, byte: u8) -> bool {
        (byte | self.case) == self.byte
    }
}

impl AsciiFinder {
    fn new(needle: &str) -> AsciiFinder {
        let needle = needle.as_bytes().to_ascii_lowercase();
        let mut offsets: Vec<usize> = (0..needle.len()).collect();
        offsets.sort_by_key(|&offset| frequency(needle[offset]));
        let rare = |at: usize| {
            let offset = *offsets.get(at).or(offsets.first())?;
            let byte = needle[offset];
            Some(Rare { offset, byte, case: if byte.is_ascii_lowercase() { b' ' } else { 0 } })
        };
        let rare = [0, 1, 2, 3].map(|at| rare(at).unwrap_or_default());
        AsciiFinder { needle, rare }
    }

    fn find(&self, haystack: &[u8]) -> Option<usize> {
        let length = self.needle.len();
        if length == 0 {
            return Some(0);
        }
        let starts = haystack.len().checked_sub(length)? + 1;
        let found = |start: usize| {
            self.rare.iter().all(|rare| rare.is(haystack[start + rare.offset]))
                && haystack[start..start + length].eq_ignore_ascii_case(&self.needle)
        };
        match starts {
            64.. => self.in_blocks::<64>(haystack, starts, found),
            16.. => self.in_blocks::<16>(haystack, starts, found),
            8.. => self.in_blocks::<8>(haystack, starts, found),
            _ => (0..starts).find(|&start| found(start)),
        }
    }

    /// Looks through the places where the needle could start, block by block. There are `starts` of them, `N` at least.
    #[inline(always)]
    fn in_blocks<const N: usize>(
        &self,
        haystack: &[u8],
        starts: usize,
        found: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        // What stands at the offset of each rare byte from each place.
        let columns = self.rare.map(|rare| &haystack[rare.offset..][..starts]);
        let [a, b, c, d] = columns.map(|column| column.as_chunks::<N>().0);
        for (i, (a, b)) in a.iter().zip(b).enumerate() {
            if self.two(a, b)
                && self.four(a, b, &c[i], &d[i])
                && let Some(start) = (i * N..i * N + N).find(|&start| found(start))
            {
                return Some(start);
            }
        }
        if starts.is_multiple_of(N) {
            return None;
        }
        // What is left behind the last whole block is looked at in a block that ends with it.
        let [a, b, c, d] = columns.map(|column| column.last_chunk::<N>());
        if self.two(a?, b?) && self.four(a?, b?, c?, d?) {
            return (starts - N..starts).find(|&start| found(start));
        }
        None
    }

    /// Whether two of the rare bytes stand together somewhere in a block: they tell most blocks apart.
    #[inline(always)]
    fn two<const N: usize>(&self, a: &[u8; N], b: &[u8; N]) -> bool {
        let [first, second, ..] = self.rare;
        (0..N).fold(0, |any, n| any | u8::from(first.is(a[n]) & second.is(b[n]))) != 0
    }

    /// Whether all four do: in hexadecimal digits two are not enough.
    #[inline(always)]
    fn four<const N: usize>(&self, a: &[u8; N], b: &[u8; N], c: &[u8; N], d: &[u8; N]) -> bool {
        let [first, second, third, fourth] = self.rare;
        let four = |n: usize| first.is(a[n]) & second.is(b[n]) & third.is(c[n]) & fourth.is(d[n]);
        (0..N).fold(0, |any, n| any | u8::from(four(n))) != 0
    }
}

/// A rough rank of how often a byte (a letter in either case) stands in logs: JSON, paths, addresses.
fn frequency(lower: u8) -> u8 {
    const COMMON: &[u8] = b"zqxjkwvyg#@%&*!$?+=<>^~`|;[]{}bh'(98765fpum3421_0/\\lcd-:.,\"nrsioate ";
    COMMON.iter().position(|&b| b == lower).map_or(0, |at| at as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(haystack: &str, needle: &str, place: Place) -> (bool, bool) {
        let sensitive = Search::new(needle, place, false).is_match(haystack);
        let insensitive = Search::new(needle, place, true).is_match(haystack);
        assert!(insensitive || !sensitive, "{haystack:?} {needle:?}");
        (sensitive, insensitive)
    }

    #[test]
    fn terms_are_runs_of_letters_and_digits() {
        for (haystack, needle, expected) in [
            ("North America", "america", (false, true)),
            ("North America", "amer", (false, false)),
            ("snake_case_name", "case", (true, true)),
            ("FileName: cmd.exe", ".exe", (true, true)),
            ("FileName: cmd.exes", ".exe", (false, false)),
            ("v1.2.3-rc", "2.3", (true, true)),
            ("v1.12.3", "2.3", (false, false)),
            (
                "id 00000003-0000-0000-C000-000000000000;",
                "00000003-0000-0000-c000-000000000000",
                (false, true),
            ),
            ("xyz xyzw xyz.", "xyz.", (true, true)),
            ("aaa aa", "aa", (true, true)),
            ("déjà vu", "D", (false, false)),
            ("déjà vu", "DÉJÀ", (false, true)),
            ("мир, труд", "ТРУД", (false, true)),
            ("мирный труд", "мир", (false, false)),
            ("a--b", "-", (true, true)),
            ("anything", "", (true, true)),
            ("", "", (true, true)),
            ("", "a", (false, false)),
        ] {
            assert_eq!(holds(haystack, needle, Place::Term), expected, "{haystack:?} has {needle:?}");
        }
    }

    #[test]
    fn only_the_named_end_of_a_term_counts() {
        assert_eq!(holds("North America", "Ame", Place::TermStart), (true, true));
        assert_eq!(holds("North America", "merica", Place::TermStart), (false, false));
        assert_eq!(holds("North America", "rica", Place::TermEnd), (true, true));
        assert_eq!(holds("North America", "Ameri", Place::TermEnd), (false, false));
        assert_eq!(holds("über", "ÜB", Place::TermStart), (false, true));
        assert_eq!(holds("über", "BER", Place::TermStart), (false, false));
    }

    #[test]
    fn ends_of_the_text() {
        assert_eq!(holds("Fabrikam", "FAB", Place::Start), (false, true));
        assert_eq!(holds("Éclair", "écl", Place::Start), (false, true));
        assert_eq!(holds("Fa", "Fab", Place::Start), (false, false));
        assert_eq!(holds("Fabrikam", "KAM", Place::End), (false, true));
        assert_eq!(holds("CAFÉ", "fé", Place::End), (false, true));
        assert_eq!(holds("é", "fé", Place::End), (false, false));
        assert_eq!(holds("CAFÉ", "café", Place::Whole), (false, true));
        assert_eq!(holds("CAFÉS", "café", Place::Whole), (false, false));
        // The needle's length in bytes falls inside of a character.
        assert_eq!(holds("aé", "ab", Place::Start), (false, false));
        assert_eq!(holds("éa", "ba", Place::End), (false, false));
    }

    #[test]
    fn a_needle_is_found_at_every_place_of_every_length() {
        for needle in ["k", "Kq", "x1Z", "contoso-7"] {
            let finder = AsciiFinder::new(needle);
            for length in 0..160 {
                let blank = "-".repeat(length);
                assert_eq!(finder.find(blank.as_bytes()), None, "{needle} in {length}");
                for at in 0..length.saturating_sub(needle.len() - 1) {
                    let mut text = blank.clone();
                    text.replace_range(at..at + needle.len(), &needle.to_ascii_uppercase());
                    assert_eq!(finder.find(text.as_bytes()), Some(at), "{needle} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn contains_agrees_with_a_plain_search_of_folded_text() {
        let alphabet = ["a", "A", "b", "é", "É", "-", "ß"];
        let texts: Vec<String> = (0..alphabet.len().pow(4))
            .map(|n| (0..4).map(|i| alphabet[n / alphabet.len().pow(i) % alphabet.len()]).collect())
            .collect();
        for needle in ["", "a", "ab", "é-", "-", "aa", "ßa", "bé", "A-b"] {
            let search = Search::new(needle, Place::Anywhere, true);
            let folded: String = needle.chars().map(fold).collect();
            for text in &texts {
                let plain: String = text.chars().map(fold).collect();
                assert_eq!(search.is_match(text), plain.contains(&folded), "{text:?} contains {needle:?}");
            }
        }
    }
}
