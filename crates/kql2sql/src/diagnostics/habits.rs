//! Advice for those who come from other languages: what they write, and what KQL has for it.
//!
//! The codes and places of errors are Kusto's and know nothing of SQL. This pass looks at what stands where an error
//! is, and says what to write instead.

use super::Diagnostic;
use crate::span::Span;

/// Words in place of an operator, or at the beginning of a query.
const OPERATORS: &[(&str, &str)] = &[
    ("dedup", "`distinct Column` gives each value once, `summarize take_any(*) by Column` a row of each"),
    ("eval", "computed columns are added by `extend Name = …`"),
    ("fields", "columns are chosen by `project Column, …`"),
    ("from", "a query begins with its table: `Table | where … | project …`"),
    ("group", "rows are grouped by `summarize count() by Column`"),
    ("having", "what was summarized is filtered by another `where` behind `summarize`"),
    ("head", "so many rows are taken by `take 10`, the greatest by `top 10 by Column`"),
    ("rename", "columns are renamed by `project-rename New = Old`"),
    ("select", "columns are chosen by `project` behind the table: `Table | project Column, …`"),
    ("show", "tables are told by the names alone: `Table | take 10`, `Table | getschema`"),
    ("stats", "rows are grouped by `summarize count() by Column`"),
    ("table", "columns are chosen by `project Column, …`"),
    ("with", "a part of the query is named by `let Name = …;`"),
];

/// Words that other languages put between or behind values.
const BETWEEN: &[(&str, &str)] = &[
    ("and", "write it in lower case: `and`"),
    ("as", "the name of a column stands before its value: `Name = …`"),
    ("contain", "the operator is `contains`"),
    ("equals", "the operator is `==`, or `=~` regardless of case"),
    ("group", "groups are made by `summarize count() by Column`"),
    ("having", "what was summarized is filtered by another `where` behind `summarize`"),
    (
        "ilike",
        "`contains`, `startswith`, `endswith` and `has` compare parts of texts, `matches regex` patterns",
    ),
    (
        "is",
        "`isnull(Column)` and `isempty(Column)` tell what is missing, `isnotempty(Column)` what is there; others are compared by `==`",
    ),
    (
        "like",
        "`contains`, `startswith`, `endswith` and `has` compare parts of texts, `matches regex` patterns",
    ),
    ("matches", "the operator is `matches regex`"),
    ("not", "operators have negations of their own: `!in`, `!contains`, `!has`, `!=`; else `not(…)`"),
    ("or", "write it in lower case: `or`"),
    ("regex", "the operator is `matches regex`"),
    ("rlike", "the operator is `matches regex`"),
    ("then", "cases are told by a function: `case(condition, value, …, otherwise)`"),
    ("when", "cases are told by a function: `case(condition, value, …, otherwise)`"),
];

/// Names of functions elsewhere.
const FUNCTIONS: &[(&str, &str)] = &[
    ("array_agg", "make_list(…)"),
    ("cast", "tostring(…), tolong(…), todatetime(…) …"),
    ("charindex", "indexof(text, part)"),
    ("concat", "strcat(…)"),
    ("convert", "tostring(…), tolong(…), todatetime(…) …"),
    ("count_distinct", "dcount(…)"),
    ("current_timestamp", "now()"),
    ("date", "startofday(…), or datetime(2024-01-31)"),
    ("date_add", "datetime_add(part, number, date)"),
    ("date_trunc", "startofday(…), startofmonth(…), bin(date, 1h)"),
    ("dateadd", "datetime_add(part, number, date)"),
    ("datediff", "datetime_diff(part, later, earlier)"),
    ("day", "dayofmonth(…)"),
    ("distinct", "dcount(…), make_set(…), or the operator `distinct`"),
    ("exists", "isnotempty(…)"),
    ("first", "arg_min(time, …), or take_any(…)"),
    ("getdate", "now()"),
    ("hour", "hourofday(…)"),
    ("if", "iff(condition, then, otherwise)"),
    ("ifnull", "coalesce(…)"),
    ("instr", "indexof(text, part)"),
    ("is_empty", "isempty(…)"),
    ("is_null", "isnull(…)"),
    ("isnotblank", "isnotempty(…)"),
    ("json_extract", "parse_json(text).member"),
    ("json_value", "parse_json(text).member"),
    ("last", "arg_max(time, …), or take_any(…)"),
    ("lcase", "tolower(…)"),
    ("left", "substring(text, 0, length)"),
    ("len", "strlen(…), or array_length(…)"),
    ("length", "strlen(…), or array_length(…)"),
    ("list", "make_list(…)"),
    ("lower", "tolower(…)"),
    ("mean", "avg(…)"),
    ("median", "percentile(…, 50)"),
    ("mid", "substring(text, start, length)"),
    ("month", "monthofyear(…)"),
    ("mvcount", "array_length(…)"),
    ("nvl", "coalesce(…)"),
    ("regexp_extract", "extract(pattern, group, text)"),
    ("regexp_replace", "replace_regex(text, pattern, by)"),
    ("right", "substring(text, -length)"),
    ("size", "array_length(…), or strlen(…)"),
    ("str", "tostring(…)"),
    ("string_agg", "strcat_array(make_list(…), \",\")"),
    ("strpos", "indexof(text, part)"),
    ("substr", "substring(text, start, length)"),
    ("to_date", "todatetime(…)"),
    ("to_timestamp", "todatetime(…)"),
    ("ucase", "toupper(…)"),
    ("upper", "toupper(…)"),
    ("uniq", "dcount(…)"),
    ("values", "make_set(…)"),
    ("year", "getyear(…)"),
];

/// Units of time behind a number.
const UNITS: &[&str] = &[
    "d", "day", "days", "h", "hour", "hours", "hr", "m", "min", "minute", "minutes", "mins", "month",
    "months", "ms", "s", "sec", "second", "seconds", "w", "week", "weeks", "year", "years",
];

/// Operators that elsewhere are functions.
const STRING_OPERATORS: &[&str] =
    &["contains", "contains_cs", "endswith", "has", "has_all", "has_any", "in", "startswith"];

/// Gives the errors of a query advice that only the text around them can tell. An error that comes of the next one, such
/// as that a condition is no bool because the rest of it was not understood, shares its advice.
pub(crate) fn advise(kql: &str, diagnostics: &mut [Diagnostic]) {
    let mut next: Option<(Span, String)> = None;
    for d in diagnostics.iter_mut().rev().filter(|d| d.is_error()) {
        let found = advice(kql, d);
        let is_sure = found.is_some() || d.code == "KS002";
        d.help = found.or(d.help.take());
        if let (None, "KS006" | "KS106" | "KS119" | "KS141", Some((span, help))) = (&d.help, d.code, &next)
            && !Span::new(d.span.start as usize, span.start as usize).text(kql).contains(['|', ';'])
        {
            d.help = Some(help.clone());
        }
        next = d.help.clone().filter(|_| is_sure).map(|help| (d.span, help));
    }
}

fn advice(kql: &str, d: &Diagnostic) -> Option<String> {
    let before = kql.get(..d.span.start as usize)?.trim_end();
    let text = kql.get(d.span.start as usize..)?.trim_start();
    let found = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(text.len());
    let word = text[..found].to_lowercase();
    let behind = text[found..].trim_start();
    let advice = match d.code {
        "KS176" if kql[d.span.start as usize..].starts_with('|') && before.ends_with('|') => {
            "the logical operator is `or`; two `|` have no operator between them"
        }
        "KS176" if text.is_empty() => {
            "nothing follows the last `|`: leave it out, or write an operator behind it"
        }
        "KS176" if word == "count" => {
            "`count` alone counts rows; groups are counted by `summarize count() by Column`"
        }
        "KS198" if word == "by" => "groups are counted by `summarize count() by Column`",
        "KS198" if text.starts_with('|') => {
            "a query begins with a table, and nothing stands between it and `|`"
        }
        "KS198" if text.starts_with("=>") => "the operator is `>=`",
        "KS006" | "KS005" if text.starts_with('<') && before.ends_with('=') => "the operator is `<=`",
        "KS006" | "KS005" if text.starts_with('=') && before.ends_with("==") => "values are compared by `==`",
        "KS006" if text.starts_with("!(") => "a condition is negated by `not(…)`",
        "KS006" if matches!(&*word, "asc" | "desc") && before.ends_with(',') => {
            "the direction follows the column without a comma: `sort by Column asc`"
        }
        "KS006" if behind.starts_with('(') && STRING_OPERATORS.contains(&&*word) => {
            return Some(format!("`{word}` is an operator between two values: Column {word} \"text\""));
        }
        "KS006" if before.ends_with(',') && (text.is_empty() || text.starts_with(['|', ')', ';'])) => {
            "nothing follows the last `,`: leave it out"
        }
        "KS198" if is_assignment(text) => "values are compared by `==`, or by `=~` regardless of case",
        "KS141" if assigns(d.span.text(kql)) => "values are compared by `==`, or by `=~` regardless of case",
        "KS142" if matches!(&*word, "null" | "none" | "nil") => {
            "`isnull(Column)` and `isnotnull(Column)` tell nulls; a string is never null: `isempty(Column)`"
        }
        "KS191" if before.to_lowercase().ends_with("count(") => "`count()` counts rows and takes no argument",
        "KS005" if UNITS.contains(&&*word) && before.ends_with(|c: char| c.is_ascii_digit()) => {
            "a time span is written in one word: 1d, 12h, 30m, 10s, 100ms"
        }
        "KS005" if text.starts_with("and") || text.starts_with("or") => return None,
        "KS005" => match lookup(BETWEEN, &word) {
            Some(advice) => advice,
            None if is_operator(&word) && !(word == "count" && behind.starts_with('(')) => {
                return Some(format!("operators are separated by `|`: `| {word} …`"));
            }
            None => return None,
        },
        "KS142" if before.is_empty() || before.ends_with(';') => lookup(OPERATORS, &word)?,
        "KS176" => lookup(OPERATORS, &word)?,
        "LH001" if word == "like" => lookup(BETWEEN, &word)?,
        "KS211" => return Some(format!("in KQL this is {}", lookup(FUNCTIONS, &word)?)),
        _ => return None,
    };
    Some(advice.to_owned())
}

fn lookup(list: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    list.iter().find(|(name, _)| *name == word).map(|(_, advice)| *advice)
}

fn is_operator(word: &str) -> bool {
    crate::operators::of_keyword(word).is_some()
}

/// Whether the text begins with a `=` that is no other sign.
fn is_assignment(text: &str) -> bool {
    text.starts_with('=') && !text[1..].starts_with(['=', '~', '>'])
}

/// Whether a condition is written `name = value`.
fn assigns(condition: &str) -> bool {
    let name = condition.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    name.len() < condition.len() && is_assignment(name.trim_start())
}
