//! The recorded answers of the real engine and the real hunting queries, where they lie beside the repository.
//!
//! They are printed to steer by (`cargo test --release -p lakehunt-tests suites -- --nocapture`). The floors below
//! catch a break; they are no aim, and are raised when the figures have risen for good.

use std::collections::BTreeMap;

use kql2sql::{Column, Diagnostic, MemoryCatalog, Options, Type};
use serde_json::Value;

use crate::support::lake::{self, Refused};
use crate::support::{json, read, shared};

/// Recorded answers that must be given, and those that may be wrong at most.
const RECORDED: (usize, usize) = (1_520, 190);
/// Hunting queries that must bind with the columns that the official analyzer infers.
const BOUND: usize = 6_450;

/// The lines of a file of JSON lines.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// Every recorded answer, compared simply: rows in any order, lists too, reals to 6 digits. What needs a finer eye
/// counts as wrong here; the floor allows for it.
#[test]
fn recorded_answers() {
    let Some(shared) = shared() else {
        println!("skipped: the recorded answers are not here");
        return;
    };
    let session = lake::sample();
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut broken = Vec::new();
    let cases = lines(&read(&shared.join("conformance/cases.jsonl")));
    for case in &cases {
        let query = case["query"].as_str().expect("a query");
        let authority = case["authority"].as_str().expect("an authority");
        let count = counts.entry(authority).or_default();
        let outcome = match lake::run(session, query) {
            Err(Refused::Query(_)) => usize::from(case["class"] != "error"),
            Err(Refused::TooMuch(why) | Refused::Broken(why)) => {
                broken.push(format!("{}: {why}", case["id"]));
                3
            }
            Ok(_) if case["class"] == "error" => 2,
            Ok(answers) if answers.first().is_some_and(|answer| agrees(answer, case)) => 0,
            Ok(_) => 2,
        };
        count[outcome] += 1;
    }
    println!("{:16}{:>8}{:>9}{:>8}{:>8}", "", "passed", "refused", "wrong", "failed");
    let mut truth = [0; 4];
    for (authority, count) in counts {
        println!("{authority:16}{:8}{:9}{:8}{:8}", count[0], count[1], count[2], count[3]);
        // The rest is what another project believes.
        if authority != "other-engine" {
            truth.iter_mut().zip(count).for_each(|(sum, n)| *sum += n);
        }
    }
    println!("failed: {broken:#?}");
    assert!(truth[0] >= RECORDED.0, "{} recorded answers are given, fewer than {}", truth[0], RECORDED.0);
    assert!(truth[2] <= RECORDED.1, "{} recorded answers are wrong, more than {}", truth[2], RECORDED.1);
}

fn agrees(answer: &lake::Answer, case: &Value) -> bool {
    let list = |key: &str| case[key].as_array().expect("a list").clone();
    let names: Vec<String> = list("columns").iter().map(|c| c.as_str().expect("a name").to_owned()).collect();
    // The order of the columns is free; their names are not.
    let Some(order) = names
        .iter()
        .map(|name| answer.columns.iter().position(|c| c.name == *name))
        .collect::<Option<Vec<usize>>>()
        .filter(|order| order.len() == answer.columns.len())
    else {
        return false;
    };
    let expected: Vec<Vec<Value>> =
        list("rows").iter().map(|row| row.as_array().expect("a row").iter().map(plain).collect()).collect();
    let found: Vec<Vec<Value>> =
        answer.rows.iter().map(|row| order.iter().map(|i| plain(&row[*i])).collect()).collect();
    json::same_rows(&found, &expected, false)
}

/// A value in a form in which what Kusto leaves open is the same: lists sorted, reals cut, times without the digits
/// that a recorder left out.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(plain).collect();
            list.sort_by_key(Value::to_string);
            Value::Array(list)
        }
        Value::Object(bag) => {
            Value::Object(bag.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        Value::Number(number) => match number.as_i64() {
            Some(number) => Value::from(number),
            None => {
                number.as_f64().map_or_else(|| value.clone(), |number| Value::from(format!("{number:.6e}")))
            }
        },
        Value::String(text) => match kql2sql::time::parse_datetime(text).filter(|_| text.len() >= 10) {
            Some(ticks) => Value::from(ticks),
            None => value.clone(),
        },
        _ => value.clone(),
    }
}

/// Every hunting query that the official analyzer accepts: bound without an error, with its names and types.
#[test]
fn hunting_queries() {
    let Some(shared) = shared() else {
        println!("skipped: the hunting queries are not here");
        return;
    };
    let mut catalog = MemoryCatalog::new();
    let schemas: Value =
        serde_json::from_str(&read(&shared.join("kusto/schemas.json"))).expect("the schemas are JSON");
    for (table, columns) in schemas.as_object().expect("tables") {
        let columns = columns.as_object().expect("columns").iter();
        let columns = columns.map(|(name, ty)| {
            Column::new(name.clone(), ty.as_str().and_then(Type::parse).unwrap_or(Type::String))
        });
        catalog.insert(kql2sql::Table { name: table.clone(), columns: columns.collect() });
    }
    let options = Options { now: kql2sql::time::parse_datetime(lake::NOW), ..Options::default() };
    let (mut bound, mut other, mut failed) = (0, 0, 0);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let queries = lines(&read(&shared.join("corpus/queries.jsonl")));
    for query in &queries {
        let checked = kql2sql::check(query["query"].as_str().expect("a query"), &catalog, &options);
        if let Some(error) = checked.diagnostics.iter().find(|d| d.is_error()) {
            failed += 1;
            *reasons.entry(reason(error)).or_default() += 1;
            continue;
        }
        let columns: Vec<Value> = checked
            .results
            .last()
            .map(|r| r.iter().map(|c| Value::from(vec![c.name.as_str(), c.ty.name()])).collect())
            .unwrap_or_default();
        if query["columns"].as_array().is_some_and(|expected| *expected == columns) {
            bound += 1;
        } else {
            other += 1;
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|r| std::cmp::Reverse(r.1));
    reasons.truncate(20);
    println!(
        "of {}: {bound} bound, {other} with other columns, {failed} refused: {reasons:#?}",
        queries.len()
    );
    assert!(bound >= BOUND, "{bound} hunting queries bind, fewer than {BOUND}");
}

fn reason(error: &Diagnostic) -> String {
    format!("{} {}", error.code, error.message)
}
