//! Functions of plain strings: their characters, parts and replacements.
//!
//! Positions and lengths count code points.

use super::array::{elements, push_array};
use super::case::fold;
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use memchr::memmem;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write;

/// Functions of plain strings.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        name: "kql_tolower",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let text = a.text(0)?;
            a.collect_text(|row, out| map_chars(text.get(row), lower, str::make_ascii_lowercase, out))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_toupper",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let text = a.text(0)?;
            a.collect_text(|row, out| map_chars(text.get(row), fold, str::make_ascii_uppercase, out))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_reverse",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let text = a.text(0)?;
            a.collect_text(|row, out| {
                out.extend(text.get(row).chars().rev());
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_substring",
        args: &[ArgType::Text, ArgType::Long, ArgType::Long],
        optional: 1,
        returns: ReturnType::Text,
        eval: |a| {
            let (text, start) = (a.text(0)?, a.long(1)?);
            if a.len() < 3 {
                return a.collect(|row| Some(substring(text.get(row), start.get(row)?, None)));
            }
            let length = a.long(2)?;
            a.collect(|row| Some(substring(text.get(row), start.get(row)?, Some(length.get(row)?))))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_indexof",
        args: &[ArgType::Text, ArgType::Text, ArgType::Long, ArgType::Long, ArgType::Long],
        optional: 3,
        returns: ReturnType::Long,
        eval: |a| {
            static FINDERS: Cache<memmem::Finder<'static>> = Cache::new(finder);
            let (text, needle) = (a.text(0)?, a.text(1)?);
            let mut finder = FINDERS.prepare(needle);
            let occurrences = Occurrence::arguments(a)?;
            a.collect(|row| indexof(text.get(row), finder.get(row), &occurrences(row)?))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_countof",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Long,
        eval: |a| {
            static FINDERS: Cache<memmem::Finder<'static>> = Cache::new(finder);
            let (text, mut finder) = (a.text(0)?, FINDERS.prepare(a.text(1)?));
            a.collect(|row| Some(countof(text.get(row), finder.get(row))))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_strcmp",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Long,
        eval: |a| {
            let (left, right) = (a.text(0)?, a.text(1)?);
            a.collect(|row| Some(left.get(row).cmp(right.get(row)) as i64))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_strrep",
        args: &[ArgType::Text, ArgType::Long, ArgType::Text],
        optional: 1,
        returns: ReturnType::Text,
        eval: |a| {
            let (text, times) = (a.text(0)?, a.long(1)?);
            let delimiter = if a.len() > 2 { Some(a.text(2)?) } else { None };
            a.collect_text(|row, out| {
                let times = times.get(row).unwrap_or(0).clamp(0, MOST_REPETITIONS);
                let (text, delimiter) = (text.get(row), delimiter.map_or("", |d| d.get(row)));
                for at in 0..times {
                    if at > 0 {
                        out.push_str(delimiter);
                    }
                    out.push_str(text);
                }
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_strcat_array",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let (array, delimiter) = (a.text(0)?, a.text(1)?);
            a.collect(|row| match serde_json::from_str(array.get(row)) {
                Ok(Value::Array(values)) => {
                    let texts: Vec<String> = values.iter().map(super::array::text).collect();
                    Some(texts.join(delimiter.get(row)))
                }
                _ => None,
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_strcat_delim",
        args: &[ArgType::Text],
        variadic: Some(ArgType::Text),
        returns: ReturnType::Text,
        eval: |a| {
            let delimiter = a.text(0)?;
            let parts = (1..a.len()).map(|index| a.text(index)).collect::<Result<Vec<_>>>()?;
            a.collect_text(|row, out| {
                for (at, part) in parts.iter().enumerate() {
                    if at > 0 {
                        out.push_str(delimiter.get(row));
                    }
                    out.push_str(part.get(row));
                }
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_split",
        args: &[ArgType::Text, ArgType::Text, ArgType::Long],
        optional: 1,
        returns: ReturnType::Dynamic,
        eval: |a| {
            let (text, delimiter) = (a.text(0)?, a.text(1)?);
            let index = if a.len() > 2 { Some(a.long(2)?) } else { None };
            a.collect_text(|row, out| {
                let parts = split(text.get(row), delimiter.get(row));
                match &index {
                    None => push_array(out, parts),
                    Some(index) => {
                        let index = index.get(row).and_then(|i| usize::try_from(i).ok());
                        push_array(out, index.and_then(|i| parts.get(i)));
                    }
                }
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_replace_string",
        args: &[ArgType::Text, ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let (text, lookup, rewrite) = (a.text(0)?, a.text(1)?, a.text(2)?);
            a.collect_text(|row, out| {
                let text = text.get(row);
                match lookup.get(row) {
                    "" => out.push_str(text),
                    lookup => {
                        let mut parts = text.split(lookup);
                        out.push_str(parts.next().unwrap_or(""));
                        for part in parts {
                            out.push_str(rewrite.get(row));
                            out.push_str(part);
                        }
                    }
                }
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_replace_strings",
        args: &[ArgType::Text, ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            static LISTS: Cache<Vec<Option<String>>> = Cache::new(strings);
            let (text, mut lookups) = (a.text(0)?, LISTS.prepare(a.text(1)?));
            let mut rewrites = LISTS.prepare(a.text(2)?);
            a.collect(|row| Some(replace_strings(text.get(row), lookups.get(row), rewrites.get(row))))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_translate",
        args: &[ArgType::Text, ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let (search, replacement, text) = (a.text(0)?, a.text(1)?, a.text(2)?);
            let constant = match (search.constant(), replacement.constant()) {
                (Some(search), Some(replacement)) => Some(translation(search, replacement)),
                _ => None,
            };
            a.collect_text(|row, out| {
                let own;
                let map = match &constant {
                    Some(map) => map,
                    None => {
                        own = translation(search.get(row), replacement.get(row));
                        &own
                    }
                };
                out.extend(text.get(row).chars().filter_map(|c| map.get(&c).copied().unwrap_or(Some(c))));
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_unicode_codepoints_from_string",
        args: &[ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let text = a.text(0)?;
            a.collect_text(|row, out| {
                out.push('[');
                for (at, c) in text.get(row).chars().enumerate() {
                    let comma = if at > 0 { "," } else { "" };
                    // Writing to a string cannot fail.
                    let _ = write!(out, "{comma}{}", u32::from(c));
                }
                out.push(']');
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_unicode_codepoints_to_string",
        args: &[],
        variadic: Some(ArgType::Any),
        returns: ReturnType::Text,
        eval: codepoints_to_string,
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_format_bytes",
        args: &[ArgType::Real, ArgType::Long, ArgType::Text],
        optional: 2,
        returns: ReturnType::Text,
        eval: |a| {
            let size = a.real(0)?;
            let precision = if a.len() > 1 { Some(a.long(1)?) } else { None };
            let unit = if a.len() > 2 { Some(a.text(2)?) } else { None };
            a.collect(|row| {
                let precision = precision.as_ref().and_then(|p| p.get(row)).unwrap_or(0);
                format_bytes(size.get(row)?, precision, unit.map_or("", |u| u.get(row)))
            })
        },
        ..ScalarKernel::BASE
    },
];

/// The most that strrep() repeats.
const MOST_REPETITIONS: i64 = 1024;

fn finder(needle: &str) -> memmem::Finder<'static> {
    memmem::Finder::new(needle).into_owned()
}

/// The simple lower case of one code point; see [`fold`] for the upper case.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn map_chars(text: &str, map: fn(char) -> char, ascii: fn(&mut str), out: &mut String) -> bool {
    if text.is_ascii() {
        out.push_str(text);
        ascii(out);
    } else {
        out.extend(text.chars().map(map));
    }
    true
}

/// The offset in bytes of the code point with that index; the length of the text for the one past its
/// end; nothing beyond that.
pub(super) fn char_offset(text: &str, index: usize) -> Option<usize> {
    if text.is_ascii() {
        return (index <= text.len()).then_some(index);
    }
    text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(index)
}

/// From `start`, counted from the end if negative, `length` code points or all.
fn substring(text: &str, start: i64, length: Option<i64>) -> &str {
    let start = match start {
        0.. => start,
        // Too far before the start gives nothing, not the start.
        _ => match start.checked_add(text.chars().count() as i64) {
            Some(start @ 0..) => start,
            _ => return "",
        },
    };
    let Some(from) = usize::try_from(start).ok().and_then(|start| char_offset(text, start)) else {
        return "";
    };
    let rest = &text[from..];
    match length {
        None => rest,
        Some(length) => {
            let until = usize::try_from(length.max(0)).ok().and_then(|length| char_offset(rest, length));
            &rest[..until.unwrap_or(rest.len())]
        }
    }
}

/// The optional arguments of `indexof` and `indexof_regex`.
pub(super) struct Occurrence {
    /// Where the search starts.
    pub start: i64,
    /// How many positions a match may begin at; none for all.
    pub length: Option<usize>,
    /// Which match, from 1.
    pub number: usize,
}

impl Occurrence {
    /// The arguments from the third on, for each row; None where Kusto's answer is null.
    pub fn arguments<'a>(args: &Args<'a>) -> Result<impl Fn(usize) -> Option<Occurrence> + use<'a>> {
        let optional = |index| if args.len() > index { args.long(index).map(Some) } else { Ok(None) };
        let (start, length, number) = (optional(2)?, optional(3)?, optional(4)?);
        Ok(move |row| {
            Some(Occurrence {
                start: start.as_ref().map_or(Some(0), |v| v.get(row))?,
                length: match length.as_ref().map_or(Some(-1), |v| v.get(row))? {
                    -1 => None,
                    length => Some(usize::try_from(length).ok()?),
                },
                number: usize::try_from(number.as_ref().map_or(Some(1), |v| v.get(row))?).ok()?,
            })
        })
    }

    /// The position of a match `found` code points after `start`: -1 if it begins past the range.
    pub fn position(&self, start: usize, found: usize) -> i64 {
        if self.length.is_some_and(|length| found >= length) { -1 } else { (start + found) as i64 }
    }
}

/// The position in code points, -1 for none, null for an empty needle.
fn indexof(text: &str, finder: &memmem::Finder<'_>, wanted: &Occurrence) -> Option<i64> {
    if finder.needle().is_empty() {
        return None;
    }
    let start = match wanted.start {
        start @ 0.. => start,
        before_end => (text.chars().count() as i64).saturating_add(before_end).max(0),
    };
    let start = usize::try_from(start).ok()?;
    let Some(from) = char_offset(text, start) else { return Some(-1) };
    let rest = &text[from..];
    let found = wanted.number.checked_sub(1).and_then(|skip| finder.find_iter(rest.as_bytes()).nth(skip));
    Some(found.map_or(-1, |at| wanted.position(start, rest[..at].chars().count())))
}

/// Occurrences, overlapping ones included.
fn countof(text: &str, finder: &memmem::Finder<'_>) -> i64 {
    let needle = finder.needle();
    if needle.is_empty() {
        return 0;
    }
    let (bytes, mut from, mut count) = (text.as_bytes(), 0, 0);
    while let Some(found) = finder.find(&bytes[from..]) {
        count += 1;
        from += found + 1;
    }
    count
}

/// The parts between the delimiters; all of it where the delimiter is empty.
fn split<'a>(text: &'a str, delimiter: &str) -> Vec<&'a str> {
    if delimiter.is_empty() { vec![text] } else { text.split(delimiter).collect() }
}

/// What becomes of each character of `search`: the one at the same place in `replacement`, its last one
/// where that is shorter, nothing where that is empty.
fn translation(search: &str, replacement: &str) -> HashMap<char, Option<char>> {
    let (mut replacements, mut last) = (replacement.chars(), None);
    let mut map = HashMap::new();
    for c in search.chars() {
        last = replacements.next().or(last);
        map.entry(c).or_insert(last);
    }
    map
}

/// The strings of a dynamic array; None for what is no string.
fn strings(json: &str) -> Vec<Option<String>> {
    match serde_json::from_str(json) {
        Ok(Value::Array(values)) => values
            .into_iter()
            .map(|v| match v {
                Value::String(s) => Some(s),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Replaces all of `lookups` at once: what one of them matched, a later one does not look at again.
/// A match without a string to replace it stays as it is.
fn replace_strings(text: &str, lookups: &[Option<String>], rewrites: &[Option<String>]) -> String {
    // The text in pieces: what nobody matched yet, and what stands for a match.
    let mut pieces = vec![Ok(text)];
    for (place, lookup) in lookups.iter().enumerate() {
        let Some(lookup) = lookup.as_deref().filter(|l| !l.is_empty()) else { continue };
        let rewrite = rewrites.get(place).and_then(Option::as_deref).unwrap_or(lookup);
        pieces = pieces
            .into_iter()
            .flat_map(|piece| match piece {
                Ok(free) => {
                    let mut split = Vec::new();
                    for part in free.split(lookup) {
                        split.extend([Err(rewrite), Ok(part)]);
                    }
                    split.split_off(1)
                }
                Err(done) => vec![Err(done)],
            })
            .collect();
    }
    pieces.into_iter().map(|piece| piece.unwrap_or_else(|done| done)).collect()
}

/// Each argument is a code point or a dynamic array of them. One that is none makes the result empty.
fn codepoints_to_string(args: &Args<'_>) -> Result<datafusion::arrow::array::ArrayRef> {
    enum Points<'a> {
        One(crate::functions::adapter::Values<'a, datafusion::arrow::datatypes::Int64Type>),
        Int(crate::functions::adapter::Values<'a, datafusion::arrow::datatypes::Int32Type>),
        Many(crate::functions::adapter::Text<'a>),
    }
    let mut columns = Vec::with_capacity(args.len());
    for index in 0..args.len() {
        columns.push(match args.data_type(index) {
            DataType::Int64 => Points::One(args.long(index)?),
            DataType::Int32 => Points::Int(args.int(index)?),
            _ => Points::Many(args.text(index)?),
        });
    }
    let character = |point: i64| u32::try_from(point).ok().and_then(char::from_u32);
    args.collect(|row| {
        let mut out = String::new();
        for column in &columns {
            match column {
                Points::One(values) => out.push(character(values.get(row)?)?),
                Points::Int(values) => out.push(character(values.get(row)?.into())?),
                Points::Many(json) => {
                    for element in elements(json.get(row)) {
                        out.push(character(element.parse().ok()?)?);
                    }
                }
            }
        }
        Some(out)
    })
}

/// `10.1 KB`: in the unit, or in the largest that the size reaches, with up to `precision` decimals.
fn format_bytes(size: f64, precision: i64, unit: &str) -> Option<String> {
    const UNITS: [&str; 7] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
    let power = if unit.is_empty() {
        (1..UNITS.len()).take_while(|&p| size.abs() >= 1024f64.powi(p as i32)).last().unwrap_or(0)
    } else {
        UNITS.iter().position(|u| u.eq_ignore_ascii_case(unit))?
    };
    let precision = usize::try_from(precision).unwrap_or(0).min(15);
    let rounded = format!("{:.precision$}", size / 1024f64.powi(power as i32));
    let shown = match rounded.contains('.') {
        true => rounded.trim_end_matches('0').trim_end_matches('.'),
        false => &rounded,
    };
    Some(format!("{shown} {}", UNITS[power]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substrings() {
        for (text, start, length, expected) in [
            ("123456", 2, Some(2), "34"),
            ("123456", -2, Some(2), "56"),
            ("123456", -2, None, "56"),
            ("123456", -6, None, "123456"),
            ("123456", -7, Some(3), ""),
            ("123456", 6, None, ""),
            ("123456", 7, None, ""),
            ("née😀x", 1, Some(3), "ée😀"),
            ("née😀x", -2, Some(9), "😀x"),
            ("née", 1, Some(-1), ""),
            ("née", i64::MIN, Some(i64::MAX), ""),
            ("née", i64::MAX, Some(i64::MIN), ""),
            ("", 0, None, ""),
        ] {
            assert_eq!(substring(text, start, length), expected, "{text:?} {start} {length:?}");
        }
    }

    #[test]
    fn positions() {
        let at = |text, needle, start, length, number| {
            indexof(text, &finder(needle), &Occurrence { start, length, number })
        };
        assert_eq!(at("abcdefg", "cde", 0, None, 1), Some(2));
        // The match must begin in the range; it may end after it.
        assert_eq!(at("abcdefg", "cde", 1, Some(2), 1), Some(2));
        assert_eq!(at("abcdefg", "cde", 1, Some(1), 1), Some(-1));
        assert_eq!(at("abcdefg", "cde", -5, None, 1), Some(2));
        assert_eq!(at("abcdefg", "cde", -50, None, 1), Some(2));
        assert_eq!(at("éabcéabc", "b", 3, None, 1), Some(6));
        assert_eq!(at("aaaa", "aa", 0, None, 2), Some(2));
        assert_eq!(at("abc", "c", 4, None, 1), Some(-1));
        assert_eq!(at("abc", "c", 0, None, 0), Some(-1));
        assert_eq!(at("abc", "", 0, None, 1), None);
    }

    #[test]
    fn counts_overlap() {
        assert_eq!(countof("aaaa", &finder("aa")), 3);
        assert_eq!(countof("ababa", &finder("aba")), 2);
        assert_eq!(countof("éé", &finder("é")), 2);
        assert_eq!(countof("a", &finder("")), 0);
    }

    #[test]
    fn translations() {
        let translate = |search: &str, replacement: &str, text: &str| -> String {
            let map = translation(search, replacement);
            text.chars().filter_map(|c| map.get(&c).copied().unwrap_or(Some(c))).collect()
        };
        assert_eq!(translate("abc", "x", "abcd"), "xxxd");
        assert_eq!(translate("abc", "", "abd"), "d");
        assert_eq!(translate("krasp", "otsku", "spark"), "kusto");
        assert_eq!(translate("aa", "xy", "aé"), "xé");
    }

    #[test]
    fn several_replacements_at_once() {
        let replace = |text: &str, from: &str, to: &str| replace_strings(text, &strings(from), &strings(to));
        assert_eq!(replace("cat dog", r#"["cat","dog"]"#, r#"["dog","cat"]"#), "dog cat");
        assert_eq!(replace("This is", r#"["is","This"]"#, r#"["was","That"]"#), "Thwas was");
        assert_eq!(replace("This is", r#"["This","is"]"#, r#"[1,"was"]"#), "This was");
        assert_eq!(replace("aXb", r#"[7,"X",""]"#, r#"["-","+","*"]"#), "a+b");
        assert_eq!(replace("ab", r#"["a","b"]"#, r#"["x"]"#), "xb");
        assert_eq!(replace("ab", "null", r#"["x"]"#), "ab");
    }

    #[test]
    fn case_goes_by_code_points() {
        let mut out = String::new();
        map_chars("Straße ΑΣ İ", lower, str::make_ascii_lowercase, &mut out);
        assert_eq!(out, "straße ασ İ");
        out.clear();
        map_chars("Straße ǆ ας", fold, str::make_ascii_uppercase, &mut out);
        assert_eq!(out, "STRAßE Ǆ ΑΣ");
    }

    #[test]
    fn sizes() {
        assert_eq!(format_bytes(564.0, 0, "").unwrap(), "564 Bytes");
        assert_eq!(format_bytes(10332.0, 1, "").unwrap(), "10.1 KB");
        assert_eq!(format_bytes(20010332.0, 0, "").unwrap(), "19 MB");
        assert_eq!(format_bytes(20010332.0, 2, "").unwrap(), "19.08 MB");
        assert_eq!(format_bytes(20010332.0, 0, "KB").unwrap(), "19541 KB");
        assert_eq!(format_bytes(1.0, 0, "parsec"), None);
    }
}
