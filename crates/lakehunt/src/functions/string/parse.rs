//! `parse`, `parse-where` and `parse-kv`: a struct with a text for each column, and last whether there was a match.
//!
//! <https://learn.microsoft.com/kusto/query/parse-operator>,
//! <https://learn.microsoft.com/kusto/query/parse-kv-operator>

use super::pairs::Pairs;
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use crate::functions::conversion::{decimal, number};
use datafusion::arrow::array::{ArrayRef, BooleanArray, StringViewBuilder, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, Fields};
use datafusion::common::{Result, exec_err};
use kql2sql::time::{parse_datetime, parse_timespan};
use regex::Regex;
use std::sync::Arc;

/// Patterns that cut a text into columns.
pub static SCALARS: &[ScalarKernel] = &[
    // (text, pattern, type of each column …). The pattern is a JSON array of texts: the kind, the flags, and then the
    // parts: `=text`, `*`, and `:` for a column.
    //
    // Volatile as kql_dynamic_fields is, so that the text is not parsed once for each column.
    ScalarKernel {
        name: "kql_parse",
        args: &[ArgType::Text, ArgType::Text],
        variadic: Some(ArgType::Text),
        returns: ReturnType::With(struct_type),
        volatile: true,
        eval: |a| {
            let types = constants(a)?;
            let compiled = PATTERNS.get(a.text(1)?.constant().unwrap_or_default());
            let pattern = match compiled.as_ref() {
                Ok(pattern) => pattern,
                Err(why) => return exec_err!("parse: {why}"),
            };
            cut(a, types.len(), |text, values| pattern.find(text, &types, values))
        },
        ..ScalarKernel::BASE
    },
    // (text, options, key of each column …). The options are those of `Pairs::compile`.
    ScalarKernel {
        name: "kql_parse_kv",
        args: &[ArgType::Text, ArgType::Text],
        variadic: Some(ArgType::Text),
        returns: ReturnType::With(struct_type),
        volatile: true,
        eval: |a| {
            let keys = constants(a)?;
            let compiled = PAIRS.get(a.text(1)?.constant().unwrap_or_default());
            let pairs = match compiled.as_ref() {
                Ok(pairs) => pairs,
                Err(why) => return exec_err!("parse-kv: {why}"),
            };
            cut(a, keys.len(), |text, values| {
                pairs.find(text, &keys, &mut |key, value| {
                    if let Some(i) = keys.iter().position(|k| *k == key)
                        && values[i].is_none()
                    {
                        values[i] = Some(value.to_owned());
                    }
                });
                true
            })
        },
        ..ScalarKernel::BASE
    },
];

static PATTERNS: Cache<std::result::Result<Pattern, String>> = Cache::new(Pattern::compile);
static PAIRS: Cache<std::result::Result<Pairs, String>> = Cache::new(Pairs::compile);

fn struct_type(args: &[DataType]) -> DataType {
    DataType::Struct(fields(args.len().saturating_sub(2)))
}

fn fields(columns: usize) -> Fields {
    let texts = (0..columns).map(|i| Field::new(format!("f{i}"), DataType::Utf8View, true));
    texts.chain([Field::new(format!("f{columns}"), DataType::Boolean, true)]).collect()
}

/// The arguments behind the pattern, which are always written out.
fn constants<'a>(a: &Args<'a>) -> Result<Vec<&'a str>> {
    (2..a.len()).map(|i| Ok(a.text(i)?.constant().unwrap_or_default())).collect()
}

/// The struct of what `find` finds in each row. Without a match all its texts are null.
fn cut(
    a: &Args<'_>,
    columns: usize,
    mut find: impl FnMut(&str, &mut [Option<String>]) -> bool,
) -> Result<ArrayRef> {
    let text = a.text(0)?;
    let mut builders: Vec<_> = (0..columns).map(|_| StringViewBuilder::new()).collect();
    let mut matched = Vec::with_capacity(a.rows());
    let mut values = vec![None; columns];
    for row in 0..a.rows() {
        values.fill(None);
        let found = find(text.get(row), &mut values);
        for (builder, value) in builders.iter_mut().zip(&values) {
            builder.append_option(value.as_deref().filter(|_| found));
        }
        matched.push(found);
    }
    let mut arrays: Vec<ArrayRef> =
        builders.into_iter().map(|mut b| Arc::new(b.finish()) as ArrayRef).collect();
    arrays.push(Arc::new(BooleanArray::from(matched)));
    Ok(Arc::new(StructArray::try_new_with_length(fields(columns), arrays, None, a.rows())?))
}

/// A pattern of `parse`.
#[derive(Debug)]
struct Pattern {
    /// Whether a value that is none of its column's type is just null.
    relaxed: bool,
    parts: Vec<Part>,
    /// With `kind=regex`: the flags in front of the pattern.
    flags: Option<String>,
    /// The pattern of `kind=regex` depends on the types of the columns.
    compiled: Cache<Option<(Regex, Vec<usize>)>>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    Anything,
    Column,
}

impl Pattern {
    fn compile(json: &str) -> std::result::Result<Pattern, String> {
        let texts: Vec<String> = serde_json::from_str(json).map_err(|e| e.to_string())?;
        let mut texts = texts.into_iter();
        let (kind, flags) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        let parts = texts
            .map(|t| match t.strip_prefix('=') {
                Some(text) => Part::Text(text.to_owned()),
                None if t == "*" => Part::Anything,
                None => Part::Column,
            })
            .collect();
        let flags = (kind == "regex").then_some(flags);
        let compiled = Cache::new(|source| {
            let regex = Regex::new(source).ok()?;
            let names = regex.capture_names().enumerate();
            let groups =
                names.filter(|(_, n)| n.is_some_and(|n| n.starts_with(GROUP))).map(|(i, _)| i).collect();
            Some((regex, groups))
        });
        let pattern = Pattern { relaxed: kind == "relaxed", parts, flags, compiled };
        if pattern.flags.is_some() {
            let columns = pattern.parts.iter().filter(|p| matches!(p, Part::Column)).count();
            Regex::new(&pattern.regex(&vec!["string"; columns])).map_err(|e| e.to_string())?;
        }
        Ok(pattern)
    }

    fn find(&self, text: &str, types: &[&str], values: &mut [Option<String>]) -> bool {
        let found = match self.flags {
            Some(_) => self.find_regex(text, types, values),
            None => self.find_texts(text, types, values),
        };
        found.is_some()
            && (self.relaxed
                || values.iter().zip(types).all(|(v, t)| v.as_deref().is_some_and(|v| is_a(t, v))))
    }

    /// Cuts at the texts, each taken where it comes first.
    fn find_texts(&self, text: &str, types: &[&str], values: &mut [Option<String>]) -> Option<()> {
        let mut rest = text;
        // What the text before the next part belongs to.
        let mut anything = false;
        let mut open: Option<usize> = None;
        let mut next = 0;
        for part in &self.parts {
            match part {
                Part::Text(wanted) => {
                    let at = rest.find(wanted.as_str())?;
                    match open.take() {
                        Some(column) => values[column] = Some(rest[..at].to_owned()),
                        None if !anything && at > 0 => return None,
                        None => {}
                    }
                    anything = false;
                    rest = &rest[at + wanted.len()..];
                }
                Part::Anything => {
                    if let Some(column) = open.take() {
                        let length = prefix(types.get(column)?, rest);
                        values[column] = Some(rest[..length].to_owned());
                        rest = &rest[length..];
                    }
                    anything = true;
                }
                Part::Column => {
                    if let Some(before) = open.replace(next) {
                        let length = prefix(types.get(before)?, rest);
                        values[before] = Some(rest[..length].to_owned());
                        rest = &rest[length..];
                    }
                    next += 1;
                }
            }
        }
        if let Some(column) = open {
            values[column] = Some(rest.to_owned());
        }
        Some(())
    }

    fn find_regex(&self, text: &str, types: &[&str], values: &mut [Option<String>]) -> Option<()> {
        let compiled = self.compiled.get(&self.regex(types));
        let (regex, groups) = compiled.as_ref().as_ref()?;
        let captures = regex.captures(text)?;
        for (value, group) in values.iter_mut().zip(groups) {
            *value = Some(captures.get(*group).map_or("", |m| m.as_str()).to_owned());
        }
        Some(())
    }

    /// The pattern as one regular expression, the columns being groups with names of our own.
    fn regex(&self, types: &[&str]) -> String {
        let mut out = String::new();
        if let Some(flags) = self.flags.as_deref().filter(|f| !f.is_empty()) {
            out.push_str(&format!("(?{flags})"));
        }
        out.push_str(r"\A");
        let mut column = 0;
        for part in &self.parts {
            match part {
                Part::Text(regex) => out.push_str(&format!("(?:{regex})")),
                Part::Anything => out.push_str(".*?"),
                Part::Column => {
                    let value = match types.get(column) {
                        Some(&("int" | "long")) => r"-?\d+",
                        _ => ".*",
                    };
                    out.push_str(&format!("(?P<{GROUP}{column}>{value})"));
                    column += 1;
                }
            }
        }
        out
    }
}

/// How the groups of columns are called, so that groups of the query's own do not count.
const GROUP: &str = "kql_column_";

/// How much of the text's beginning is a value of the type. Only of numbers it can be told.
fn prefix(ty: &str, text: &str) -> usize {
    let bytes = text.as_bytes();
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let digits =
        |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(sign);
    if whole == 0 || !matches!(ty, "int" | "long" | "real") {
        return 0;
    }
    let end = sign + whole;
    if ty == "real" && bytes.get(end) == Some(&b'.') {
        return match digits(end + 1) {
            0 => end,
            fraction => end + 1 + fraction,
        };
    }
    end
}

/// Whether the text is a value of the type.
fn is_a(ty: &str, text: &str) -> bool {
    match ty {
        "int" => number::parse_int(text).is_some(),
        "long" => number::parse_long(text).is_some(),
        "real" => number::parse_real(text).is_some(),
        "decimal" => decimal::parse(text).is_some(),
        "bool" => number::parse_bool(text).is_some(),
        "guid" => number::parse_guid(text).is_some(),
        "datetime" => parse_datetime(text).is_some(),
        "timespan" => parse_timespan(text).is_some(),
        _ => true,
    }
}
