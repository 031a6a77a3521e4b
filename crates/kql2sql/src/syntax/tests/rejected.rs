//! Texts with errors: which, and where. The place is marked by `^`, an empty one by `^` behind it alone.

use crate::syntax::parse;

/// The errors as `code text-before|marked-text`.
fn errors(source: &str) -> Vec<(&'static str, usize, String)> {
    let diagnostics = parse(source).diagnostics;
    diagnostics.iter().map(|d| (d.code, d.span.start as usize, d.span.text(source).to_owned())).collect()
}

#[test]
fn one_error_where_it_is() {
    for (source, code, start, text) in [
        // Tokens.
        ("T | where a == \"abc", "KS001", 19, ""),
        ("T | where a == 'b\n| take 5", "KS001", 17, ""),
        ("print \"a\\qb\"", "KS001", 8, ""),
        ("print ```abc", "KS001", 12, ""),
        ("print datetime(2024-01-01", "KS001", 25, ""),
        ("T & b", "KS002", 2, "&"),
        ("print datetime(2024-13-45)", "KS004", 6, "datetime(2024-13-45)"),
        ("print x = long(a)", "KS004", 10, "long(a)"),
        ("print 9223372036854775808", "KS004", 6, "9223372036854775808"),
        ("print 74be27de-1e4e-49d9-b579-fe0b331d3642", "KS214", 6, "74be27de-1e4e-49d9-b579-fe0b331d3642"),
        ("# title\nT", "KS250", 1, ""),
        // Brackets.
        ("T | where (a == 1", "KS005", 17, ""),
        ("T | where f(a, b", "KS005", 16, ""),
        ("T | where a[1", "KS005", 13, ""),
        ("T | where a == 1)", "KS198", 16, ")"),
        ("T | where a in (1, 2", "KS005", 20, ""),
        ("T | where f(a | take 5", "KS005", 14, "|"),
        // Operands and elements.
        ("T | where ", "KS006", 9, ""),
        ("T | where a ==  | take 5", "KS006", 14, ""),
        ("T | where a and", "KS006", 15, ""),
        ("T | extend a = ", "KS006", 14, ""),
        ("T | extend a, , b", "KS006", 13, ""),
        ("T | project a b", "KS005", 14, "b"),
        ("T | sort by a,", "KS006", 14, ""),
        ("T | summarize count(), by a", "KS006", 22, ""),
        // Words.
        ("T | order a", "KS005", 10, "a"),
        ("T | top 5 a", "KS005", 10, "a"),
        ("T | where a between (1, 2)", "KS005", 22, ","),
        ("T | render fancychart", "KS005", 11, "fancychart"),
        ("T | join kind=innr (U) on a", "KS005", 14, "innr"),
        ("T | join (U)", "KS006", 4, "join (U)"),
        ("T | lookup U | count", "KS006", 12, ""),
        ("T | where a !=  | count", "KS005", 14, ""),
        ("T desc | count", "KS005", 2, "desc"),
        ("T | where time > 5", "KS228", 10, "time"),
        ("T | extend a-b = 1", "KS228", 11, "a-b"),
        ("datatable (a:strin) ['x']", "KS160", 13, "strin"),
        // Operators and statements.
        ("T | sumarize count() by a", "KS176", 4, "sumarize"),
        ("T |", "KS176", 3, ""),
        ("T | | take 5", "KS176", 3, ""),
        ("where a == 1", "KS174", 0, "where"),
        ("T | print 1", "KS175", 4, "print"),
        ("T where a == 1", "KS005", 2, "where"),
        ("let x = 5 T", "KS005", 10, "T"),
        ("T;;", "KS198", 2, ";"),
        ("T | where t {TimeRange}", "KS005", 12, "{"),
    ] {
        let found = errors(source);
        assert_eq!(found.first(), Some(&(code, start, text.to_owned())), "{source}");
        let second_is_due = source.contains('{') || source.contains(" desc");
        assert!(found.len() == 1 || second_is_due, "{source}: {found:?}");
    }
}

#[test]
fn every_error_is_reported_once() {
    let source = "let a = ; T | sumarize x | where (b == | extend c = 'd\n| project e f; U & V; T | take";
    let codes: Vec<_> = errors(source).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, ["KS006", "KS176", "KS006", "KS001", "KS005", "KS005", "KS002", "KS006"]);
}

#[test]
fn slips_get_a_suggestion() {
    for (source, help) in [
        ("T | sumarize x", "did you mean `summarize`?"),
        ("T | Where x", "did you mean `where`?"),
        ("T | projct x", "did you mean `project`?"),
        ("T | join kind=leftout (U) on a", "did you mean `leftouter`?"),
        ("T | render timchart", "did you mean `timechart`?"),
        ("T | extend a:b", ""),
    ] {
        let help_found = parse(source).diagnostics.iter().find_map(|d| d.help.clone()).unwrap_or_default();
        assert_eq!(help_found, help, "{source}");
    }
}
