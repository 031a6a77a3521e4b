//! Queries that nobody wrote: made from the registry by a generator that knows types, and with slips.
//!
//! Where the environment variable `LAKEHUNT_ORACLE` names a folder with the official analyzer (`analyze.js`, which
//! reads `{"id", "query"}` lines and answers with errors and columns), both must agree. `LAKEHUNT_SEED` makes other queries.

mod dice;
mod expressions;
mod mutations;
mod queries;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use kql2sql::{Diagnostic, MemoryCatalog, Options, check, translate};
use serde_json::{Value, json};

use crate::support::{lake, report, root, sample_catalog};

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

/// What the analyzer says to the queries, if it is there.
fn oracle(queries: &[(bool, String)]) -> Option<Vec<Value>> {
    let folder = PathBuf::from(std::env::var_os("LAKEHUNT_ORACLE")?);
    let mut child = Command::new("node")
        .arg(folder.join("analyze.js"))
        .arg(root().join("data/schemas.json"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("node starts");
    let mut input = child.stdin.take().expect("it has an input");
    let lines: Vec<String> = queries
        .iter()
        .enumerate()
        .map(|(id, (_, query))| json!({"id": id, "query": query}).to_string())
        .collect();
    let writer = std::thread::spawn(move || input.write_all(lines.join("\n").as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it does not panic").expect("it reads its input");
    let text = String::from_utf8(output.stdout).expect("it writes text");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("it writes JSON")).collect())
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
    let Some(answers) = oracle(&ALL) else {
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
