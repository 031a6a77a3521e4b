//! Several queries in one text, with empty lines between them, as people keep them for an editor that runs the one at the cursor.

use std::borrow::Cow;

use kql2sql::syntax::ast::StatementKind;
use kql2sql::syntax::parse;

/// The queries of a text, each with the number of lines before it. A text that is one query stays whole, whatever empty lines
/// it has, and so does one whose parts are no queries.
pub fn queries(text: &str) -> Vec<(usize, Cow<'_, str>)> {
    let whole = || vec![(0, Cow::Borrowed(text))];
    if parse(text).diagnostics.is_empty() {
        return whole();
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut start = 0;
    for i in 1..lines.len() {
        let begins = !is_empty(lines[i]) && is_empty(lines[i - 1]);
        if begins && !goes_on(&lines[i..]) && is_query(&lines[start..i]) {
            parts.push((start, lines[start..i].join("\n")));
            start = i;
        }
    }
    if parts.is_empty() || !is_query(&lines[start..]) {
        return whole();
    }
    parts.push((start, lines[start..].join("\n")));
    parts.into_iter().map(|(line, part)| (line, Cow::Owned(part))).collect()
}

/// Whether the lines go on with the query before them: the first that says something is an operator.
fn goes_on(lines: &[&str]) -> bool {
    let first =
        lines.iter().map(|line| line.trim_start()).find(|line| !line.is_empty() && !line.starts_with("//"));
    first.is_none_or(|line| line.starts_with(['|', ')', ']', '}', ',', ';', '.']))
}

/// Whether the lines are a whole query, with what it needs before it.
fn is_query(lines: &[&str]) -> bool {
    let parsed = parse(&lines.join("\n"));
    let ends = parsed.script.statements.last().is_some_and(|s| matches!(s.kind, StatementKind::Query(_)));
    ends && parsed.diagnostics.is_empty()
}

fn is_empty(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(usize, String)> {
        queries(text).into_iter().map(|(line, part)| (line, part.into_owned())).collect()
    }

    #[test]
    fn a_query_may_have_empty_lines() {
        let one = "// Title\n\nlet a = 1;\n\nT\n\n// more\n| where x == a\n\n| count";
        assert_eq!(split(one), [(0, one.to_owned())]);
        let wrong = "T\n\nis what\n\nthe text says";
        assert_eq!(split(wrong), [(0, wrong.to_owned())]);
    }

    #[test]
    fn queries_stand_between_empty_lines() {
        let two = "// First\nT\n| take 1\n\n// Second\n\nlet n = 2;\n\nT\n| take n\n";
        let found = split(two);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], (0, "// First\nT\n| take 1\n".to_owned()));
        assert_eq!(found[1], (4, "// Second\n\nlet n = 2;\n\nT\n| take n".to_owned()));
    }
}
