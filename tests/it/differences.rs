//! The page `docs/differences.md`: Lakehunt says what the page says of it, and the analyzer, where it is at hand.

use kql2sql::{MemoryCatalog, Options, check, translate};
use serde_json::Value;

use crate::spec::{Case, cases, check_result};
use crate::support::{analyzer, lake, read, report, root, sample_catalog};

fn page() -> Vec<Case> {
    cases("differences.md", &read(&root().join("docs/differences.md")))
}

/// What a verdict of the page says of one of the two.
fn verdict<'c>(case: &'c Case, who: &str) -> Option<&'c str> {
    let lines = case.expectation("verdict").unwrap_or_else(|| panic!("{}: no verdict", case.place));
    lines.lines().find_map(|line| line.strip_prefix(who)?.strip_prefix(": "))
}

/// The names and types of columns, as the page has them.
fn columns<'a>(columns: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let list: Vec<String> = columns.map(|(name, ty)| format!("{name}:{ty}")).collect();
    format!("columns {}", if list.is_empty() { "none".to_owned() } else { list.join(" ") })
}

/// What Lakehunt says: the first error, or the first warning and the columns.
fn ours(query: &str, catalog: &MemoryCatalog) -> String {
    let options = Options { now: kql2sql::time::parse_datetime(lake::NOW), ..Options::default() };
    let diagnostics = translate(query, catalog, &options).diagnostics;
    let place = |d: &kql2sql::Diagnostic| format!("{} at `{}`", d.code, d.span.text(query));
    if let Some(error) = diagnostics.iter().find(|d| d.is_error()) {
        return format!("error {}", place(error));
    }
    let warning = diagnostics.first().map(|d| format!("warning {}, ", place(d))).unwrap_or_default();
    let results = check(query, catalog, &options).results;
    let found = results.last().map_or(&[][..], |columns| columns);
    format!("{warning}{}", columns(found.iter().map(|c| (c.name.as_str(), c.ty.name()))))
}

/// The same of an answer of the analyzer.
fn theirs(query: &str, answer: &Value) -> String {
    let mut errors: Vec<&Value> = answer["errors"].as_array().into_iter().flatten().collect();
    errors.sort_by_key(|error| error["start"].as_u64());
    if let Some(error) = errors.first() {
        let at = |key: &str| error[key].as_u64().unwrap_or(0) as usize;
        let place: String = query.chars().skip(at("start")).take(at("length")).collect();
        return format!("error {} at `{place}`", error["code"].as_str().unwrap_or_default());
    }
    let found = answer["columns"].as_array().into_iter().flatten();
    columns(found.filter_map(|c| Some((c[0].as_str()?, c[1].as_str()?))))
}

#[test]
fn lakehunt_says_what_the_page_says() {
    let (catalog, cases) = (sample_catalog(), page());
    let mut failures = Vec::new();
    for case in &cases {
        let said = ours(&case.kql, &catalog);
        if verdict(case, "Lakehunt") != Some(&said) {
            failures.push(format!("{}\n{}\n  -> {said}", case.place, case.kql));
        }
        if let Some(Err(why)) = case.result().map(|rows| check_result(case, rows)) {
            failures.push(format!("{}\n{}\n  -> {why}", case.place, case.kql));
        }
    }
    report("differences.md", cases.len(), &failures);
}

#[test]
fn the_analyzer_says_what_the_page_says() {
    let cases = page();
    let Some(answers) = analyzer::answers(cases.iter().map(|case| case.kql.as_str())) else {
        println!("skipped: LAKEHUNT_ORACLE does not name a folder with the analyzer");
        return;
    };
    let mut failures = Vec::new();
    for (case, answer) in cases.iter().zip(&answers) {
        let said = theirs(&case.kql, answer);
        if verdict(case, "Kusto") != Some(&said) {
            failures.push(format!("{}\n{}\n  -> {said}", case.place, case.kql));
        }
    }
    report("differences.md", cases.len(), &failures);
}
