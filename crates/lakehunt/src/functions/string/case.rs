//! Letters without regard to case, as Kusto's operators see them.
//!
//! Kusto compares as .NET's `OrdinalIgnoreCase`: one code point at a time, by its simple upper case.
//! Nothing depends on a language, and lengths in code points never change: `ß` is not `SS`, and the
//! Turkish `ı` and the long `ſ` stay apart from `I` and `S`.

use std::borrow::Cow;

/// The upper case of one code point, by which two of them are the same without regard to case.
pub fn fold(c: char) -> char {
    match c {
        _ if c.is_ascii() => c.to_ascii_uppercase(),
        // .NET keeps these two apart from ASCII. Hence only ASCII folds to ASCII, on which the search
        // for an ASCII needle in the bytes of any haystack rests.
        'ı' | 'ſ' => c,
        _ => {
            let mut upper = c.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(one), None) => one,
                // More than one: there is no simple upper case (`ß` → `SS`).
                _ => c,
            }
        }
    }
}

/// Every code point of `s` folded.
pub fn fold_str(s: &str) -> Cow<'_, str> {
    if s.is_ascii() {
        if s.bytes().any(|b| b.is_ascii_lowercase()) {
            Cow::Owned(s.to_ascii_uppercase())
        } else {
            Cow::Borrowed(s)
        }
    } else {
        Cow::Owned(s.chars().map(fold).collect())
    }
}

/// `=~`
pub fn equals(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!(a.is_ascii() && b.is_ascii()) && a.chars().map(fold).eq(b.chars().map(fold)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_one_code_point_to_one() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let folded = fold(c);
            assert_eq!(fold(folded), folded, "{c:?} folds to {folded:?}, which folds on");
            assert!(c.is_ascii() || !folded.is_ascii(), "{c:?} folds to ASCII");
            assert_eq!(c.is_alphanumeric(), folded.is_alphanumeric(), "{c:?} changes its class");
        }
    }

    #[test]
    fn equality_is_by_code_points() {
        assert!(equals("Straße", "STRAßE"));
        assert!(!equals("Straße", "STRASSE"));
        assert!(equals("ΣΊΣΥΦΟΣ", "σίσυφος"));
        assert!(!equals("ı", "I"));
        assert!(!equals("K", "\u{212a}"));
        assert!(equals("", ""));
        assert!(!equals("a", ""));
    }
}
