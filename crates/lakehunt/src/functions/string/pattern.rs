//! Regular expressions: `matches regex`, `extract`, `replace_regex`, `trim` …
//!
//! Kusto's syntax, <https://learn.microsoft.com/kusto/query/regex>, is that of the crate `regex`: classes
//! are Unicode (`\d` matches any decimal digit), there are no look-arounds and no back references.

use super::array::{elements, push_array};
use super::text::{Occurrence, char_offset};
use crate::functions::adapter::{ArgType, Args, Cache, Prepared, ReturnType, ScalarKernel, Text};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Result, exec_err};
use kql2sql::functions::string::pattern::readable;
use kql2sql::json::push_string;
use regex::{Captures, Regex};

/// Functions of regular expressions.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        name: "kql_matches_regex",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Bool,
        null_is_empty: true,
        eval: |a| {
            let (text, mut regex) = (a.text(0)?, prepare(&PLAIN, a.text(1)?)?);
            Ok(a.answers(0, |row| regex.get(row).as_ref().is_ok_and(|r| r.is_match(text.get(row)))))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_extract",
        args: &[ArgType::Text, ArgType::Long, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let (mut regex, group, text) = (prepare(&PLAIN, a.text(0)?)?, a.long(1)?, a.text(2)?);
            a.collect(|row| {
                let group = usize::try_from(group.get(row)?).ok()?;
                let (regex, text) = (regex.get(row).as_ref().ok()?, text.get(row));
                match group {
                    0 => regex.find(text).map(|m| m.as_str()),
                    _ => regex.captures(text)?.get(group).map(|m| m.as_str()),
                }
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_extract_all",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let (mut regex, text) = (prepare(&PLAIN, a.text(0)?)?, a.text(1)?);
            a.collect_text(|row, out| {
                regex.get(row).as_ref().is_ok_and(|regex| {
                    let groups: Vec<usize> = (1..regex.captures_len()).collect();
                    extract_all(regex, &groups, text.get(row), out)
                })
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_extract_all_groups",
        args: &[ArgType::Text, ArgType::Text, ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let (mut regex, names, text) = (prepare(&PLAIN, a.text(0)?)?, a.text(1)?, a.text(2)?);
            a.collect_text(|row, out| {
                regex.get(row).as_ref().is_ok_and(|regex| {
                    let groups = group_numbers(regex, names.get(row));
                    extract_all(regex, &groups, text.get(row), out)
                })
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_replace_regex",
        args: &[ArgType::Text, ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            static REWRITES: Cache<Rewrite> = Cache::new(Rewrite::new);
            let (text, mut regex) = (a.text(0)?, prepare(&PLAIN, a.text(1)?)?);
            let mut rewrite = REWRITES.prepare(a.text(2)?);
            a.collect(|row| match regex.get(row) {
                Ok(regex) => Some(regex.replace_all(text.get(row), rewrite.get(row))),
                Err(_) => Some(text.get(row).into()),
            })
        },
        ..ScalarKernel::BASE
    },
    trim("kql_trim_start", |a| {
        let (mut start, text) = (prepare(&AT_START, a.text(0)?)?, a.text(1)?);
        a.collect(|row| Some(trim_start(start.get(row), text.get(row))))
    }),
    trim("kql_trim_end", |a| {
        let (mut end, text) = (prepare(&AT_END, a.text(0)?)?, a.text(1)?);
        a.collect(|row| Some(trim_end(end.get(row), text.get(row))))
    }),
    trim("kql_trim", |a| {
        let (mut start, mut end) = (prepare(&AT_START, a.text(0)?)?, prepare(&AT_END, a.text(0)?)?);
        let text = a.text(1)?;
        a.collect(|row| Some(trim_end(end.get(row), trim_start(start.get(row), text.get(row)))))
    }),
    ScalarKernel {
        name: "kql_countof_regex",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Long,
        eval: |a| {
            let (text, mut regex) = (a.text(0)?, prepare(&PLAIN, a.text(1)?)?);
            a.collect(|row| Some(regex.get(row).as_ref().ok()?.find_iter(text.get(row)).count() as i64))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_indexof_regex",
        args: &[ArgType::Text, ArgType::Text, ArgType::Long, ArgType::Long, ArgType::Long],
        optional: 3,
        returns: ReturnType::Long,
        eval: |a| {
            let (text, mut regex) = (a.text(0)?, prepare(&PLAIN, a.text(1)?)?);
            let occurrences = Occurrence::arguments(a)?;
            a.collect(|row| {
                let (text, regex) = (text.get(row), regex.get(row).as_ref().ok()?);
                let wanted = occurrences(row)?;
                // Unlike indexof(), it does not count a negative start from the end.
                let start = usize::try_from(wanted.start).ok()?;
                Some(indexof_regex(text, regex, start, &wanted))
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_regex_quote",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let text = a.text(0)?;
            a.collect(|row| Some(regex::escape(text.get(row))))
        },
        ..ScalarKernel::BASE
    },
];

/// A compiled pattern, or why it is none.
type Compiled = std::result::Result<Regex, String>;

static PLAIN: Cache<Compiled> = Cache::new(compile);
static AT_START: Cache<Compiled> = Cache::new(|pattern| anchored(pattern, r"\A(?:", ")"));
static AT_END: Cache<Compiled> = Cache::new(|pattern| anchored(pattern, "(?:", r")\z"));

fn compile(pattern: &str) -> Compiled {
    Regex::new(&readable(pattern)?).map_err(|error| error.to_string())
}

fn anchored(pattern: &str, before: &str, after: &str) -> Compiled {
    // On its own first: `a)|(b` is no pattern, though it is one in parentheses.
    compile(pattern)?;
    // A line break ends a comment of the flag x.
    let comment = if pattern.contains("(?") && pattern.contains('#') { "\n" } else { "" };
    compile(&format!("{before}{}{comment}{after}", readable(pattern)?))
}

/// The patterns of the rows. A constant that is no pattern is an error, as in Kusto; in a column
/// of patterns such a row just has no match.
fn prepare<'a>(cache: &'static Cache<Compiled>, pattern: Text<'a>) -> Result<Prepared<'a, Compiled>> {
    if let Some(constant) = pattern.constant()
        && let Err(error) = cache.get(constant).as_ref()
    {
        return exec_err!("{constant:?} is not a regular expression: {error}");
    }
    Ok(cache.prepare(pattern))
}

const fn trim(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel {
        name,
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Text,
        eval,
        ..ScalarKernel::BASE
    }
}

/// Without the one match at its start.
fn trim_start<'a>(at_start: &Compiled, text: &'a str) -> &'a str {
    match at_start.as_ref().ok().and_then(|r| r.find(text)) {
        Some(found) => &text[found.end()..],
        None => text,
    }
}

/// Without the one match at its end.
fn trim_end<'a>(at_end: &Compiled, text: &'a str) -> &'a str {
    match at_end.as_ref().ok().and_then(|r| r.find(text)) {
        Some(found) => &text[..found.start()],
        None => text,
    }
}

/// Writes the groups of all matches as an array: of strings for one group, of arrays for more. False
/// (null) without a match or a group.
fn extract_all(regex: &Regex, groups: &[usize], text: &str, out: &mut String) -> bool {
    let value = |captures: &Captures<'_>, group: usize| -> String {
        captures.get(group).map_or_else(String::new, |m| m.as_str().to_owned())
    };
    if groups.is_empty() {
        return false;
    }
    for captures in regex.captures_iter(text) {
        out.push(if out.is_empty() { '[' } else { ',' });
        match *groups {
            [only] => push_string(out, &value(&captures, only)),
            _ => push_array(out, groups.iter().map(|&group| value(&captures, group))),
        }
    }
    if out.is_empty() {
        return false;
    }
    out.push(']');
    true
}

/// The numbers of the groups that a dynamic array names by number or by name; others are left out.
fn group_numbers(regex: &Regex, json: &str) -> Vec<usize> {
    let number = |name: String| {
        name.parse()
            .ok()
            .filter(|&n| n < regex.captures_len())
            .or_else(|| regex.capture_names().position(|group| group == Some(&name)))
    };
    elements(json).into_iter().filter_map(number).collect()
}

/// The position in code points of a match that begins within the range, or -1.
fn indexof_regex(text: &str, regex: &Regex, start: usize, wanted: &Occurrence) -> i64 {
    let Some(from) = char_offset(text, start) else { return -1 };
    let found = wanted.number.checked_sub(1).and_then(|skip| regex.find_iter(&text[from..]).nth(skip));
    found.map_or(-1, |m| wanted.position(start, text[from..from + m.start()].chars().count()))
}

/// What replaces a match: text with `\0` for the whole match and `\1` … `\9` for its groups.
#[derive(Debug)]
struct Rewrite(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(String),
    Group(usize),
}

impl Rewrite {
    fn new(pattern: &str) -> Rewrite {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut chars = pattern.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek()) {
                ('\\', Some(&digit @ '0'..='9')) => {
                    chars.next();
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                    pieces.push(Piece::Group(digit as usize - '0' as usize));
                }
                ('\\', Some('\\')) => {
                    chars.next();
                    text.push('\\');
                }
                _ => text.push(c),
            }
        }
        pieces.push(Piece::Text(text));
        Rewrite(pieces)
    }
}

impl regex::Replacer for &Rewrite {
    fn replace_append(&mut self, captures: &Captures<'_>, out: &mut String) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Group(group) => out.push_str(captures.get(*group).map_or("", |m| m.as_str())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_takes_one_match_from_an_end() {
        let trimmed = |pattern: &str, text: &str| {
            let (start, end) = (AT_START.get(pattern), AT_END.get(pattern));
            trim_end(&end, trim_start(&start, text)).to_owned()
        };
        assert_eq!(trimmed("-", "--a--"), "-a-");
        assert_eq!(trimmed("-+", "--a--"), "a");
        assert_eq!(trimmed("-*", "--a--"), "a");
        assert_eq!(trimmed("a|b", "banana"), "anan");
        assert_eq!(trimmed("(?x)a # one\n|b # two", "ab"), "");
        assert_eq!(trimmed("", "a"), "a");
        // Anchors are those of the text, not of its lines.
        assert_eq!(trimmed("(?m)^x$", "x\ny\nx"), "\ny\n");
    }

    #[test]
    fn a_pattern_must_be_whole_by_itself() {
        assert!(AT_START.get("a)|(?:b").is_err());
        assert!(PLAIN.get("(?=a)").is_err());
    }

    #[test]
    fn groups_by_number_and_name() {
        let regex = Regex::new(r"(?P<first>\w)(\w+)?").unwrap();
        let all = |groups: &[usize], text: &str| {
            let mut out = String::new();
            extract_all(&regex, groups, text, &mut out).then_some(out)
        };
        assert_eq!(all(&[1, 2], "ab c").unwrap(), r#"[["a","b"],["c",""]]"#);
        assert_eq!(all(&[2], "ab c").unwrap(), r#"["b",""]"#);
        assert_eq!(all(&[1], "--"), None);
        assert_eq!(all(&[], "ab"), None);
        assert_eq!(group_numbers(&regex, r#"["first",2,"no",7]"#), [1, 2]);
    }

    #[test]
    fn rewriting_knows_groups_and_backslashes_but_no_dollar() {
        let regex = Regex::new(r"(\w)(\w)?").unwrap();
        let rewritten = |rewrite: &str| regex.replace_all("ab-c", &Rewrite::new(rewrite)).into_owned();
        assert_eq!(rewritten(r"<\1\2>"), "<ab>-<c>");
        assert_eq!(rewritten(r"\0\0"), "abab-cc");
        assert_eq!(rewritten(r"$1\9\\1\"), r"$1\1\-$1\1\");
    }
}
