//! Queries that nobody wrote: made from the registry by a generator that knows types, and with slips.
//!
//! Where the official analyzer is at hand ([`analyzer`]), both must agree. `LAKEHUNT_SEED` makes other queries.

mod dice;
mod expressions;
mod mutations;
mod queries;

use std::sync::LazyLock;

use kql2sql::{Diagnostic, MemoryCatalog, Options, check, translate};
use serde_json::{Value, json};

use crate::support::{analyzer, lake, report, sample_catalog};

/// So many queries, each with so many slips.
const QUERIES: u64 = 1_000;
const SLIPS: u64 = 3;

static CATALOG: LazyLock<MemoryCatalog> = LazyLock::new(sample_catalog);

/// All queries with whether they have a slip.
static ALL: LazyLock<Vec<(bool, String)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    let first = std::env::var("LAKEHUNT_SEED").map_or(0, |seed| seed.parse().expect("a number"));
    for seed in first..first + QUERIES {
        let query = queries::query(seed, &CATALOG);
        let dice = &mut dice::Dice::new(seed ^ 0x5eed);
        all.extend((0..SLIPS).map(|_| (true, mutations::slip(&query, dice))));
        all.push((false, query));
    }
    all
});

fn options() -> Options {
    Options { now: kql2sql::time::parse_datetime(lake::NOW), ..Options::default() }
}

/// A diagnostic that says that Lakehunt failed, not the query.
fn is_internal(code: &str) -> bool {
    code.starts_with("LH1")
}

#[test]
fn generated_queries_translate_or_are_refused() {
    let mut failures = Vec::new();
    for (slip, query) in ALL.iter() {
        let translation = std::panic::catch_unwind(|| translate(query, &*CATALOG, &options()));
        let Ok(translation) = translation else {
            failures.push(format!("{query}\n  -> it panicked"));
            continue;
        };
        let errors = || translation.diagnostics.iter().filter(|d| d.is_error());
        if let Some(d) = errors().find(|d| is_internal(d.code)) {
            failures.push(format!("{query}\n  -> {} {}", d.code, d.message));
        }
        // Without a slip the query is right; what is not translated is said.
        if let Some(d) = errors().find(|d| !slip && !matches!(d.code, "LH001" | "LH007")) {
            failures.push(format!("{query}\n  -> {} {}", d.code, d.message));
        }
    }
    report("generated queries", ALL.len(), &failures);
}

/// Whether our first warning is the analyzer's first error: the engine takes what its analyzer refuses.
fn is_warned(query: &str, diagnostics: &[Diagnostic], answer: &Value) -> bool {
    let error = &answer["errors"][0];
    diagnostics.first().is_some_and(|d| {
        let start = query[..d.span.start as usize].encode_utf16().count();
        !d.is_error() && error["code"] == d.code && error["start"] == start
    })
}

#[test]
fn generated_queries_bind_as_the_analyzer_says() {
    let Some(answers) = analyzer::answers(ALL.iter().map(|(_, query)| query.as_str())) else {
        println!("skipped: LAKEHUNT_ORACLE does not name a folder with the analyzer");
        return;
    };
    let mut differences = Vec::new();
    let mut aside = 0;
    for ((_, query), answer) in ALL.iter().zip(&answers) {
        let checked = check(query, &*CATALOG, &options());
        let refused = checked.diagnostics.iter().find(|d| d.is_error());
        let rejected = answer["errors"].as_array().is_none_or(|errors| !errors.is_empty());
        // What is not translated is neither; and the analyzer looks neither for columns of the result nor into
        // `long(…)`.
        let open = refused.is_some_and(|d| matches!(d.code, "LH001" | "LH007" | "KS004"));
        if answer.get("crash").is_some() || open || is_warned(query, &checked.diagnostics, answer) {
            aside += 1;
            continue;
        }
        if rejected != refused.is_some() {
            let ours = refused.map(|d| format!("{} {}", d.code, d.message));
            differences.push(format!("{query}\n  -> {:?}\n  analyzer: {}", ours, answer["errors"]));
        } else if !rejected {
            let columns: Vec<Value> = checked.results.last().map_or_else(Vec::new, |columns| {
                columns.iter().map(|c| json!([c.name, c.ty.name()])).collect()
            });
            if answer["columns"].as_array().is_some_and(|theirs| *theirs != columns) {
                let columns = Value::from(columns);
                differences.push(format!("{query}\n  -> {columns}\n  analyzer: {}", answer["columns"]));
            }
        }
    }
    let compared = ALL.len() - aside;
    println!("{} of {compared} differ, {aside} left aside\n{}", differences.len(), differences.join("\n\n"));
    assert!(differences.len() * 100 <= compared, "more than one in a hundred differ");
}
