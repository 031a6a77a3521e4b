//! The three hunts, unchanged, find what was planted in the sample lake and nothing else: whoever wrote the
//! Parquet files.

use kql2sql::{Column, Type};
use lakehunt::QueryOptions;
use serde_json::Value;

use crate::support::{json, lake, read, root};

#[test]
fn on_the_sample_lake() {
    check("data/lake", "data/planted.json");
}

#[test]
fn with_nanoseconds_and_no_time_zone() {
    check("data/variants/ns_naive", "data/planted.json");
}

#[test]
fn with_dictionaries() {
    check("data/variants/dictionary", "data/planted.json");
}

#[test]
fn with_large_strings() {
    check("data/variants/large_string", "data/planted.json");
}

#[test]
fn with_microseconds() {
    check("data/variants/us", "data/variants/planted-us.json");
}

#[test]
fn with_microseconds_and_no_time_zone() {
    check("data/variants/us_naive", "data/variants/planted-us.json");
}

fn check(folder: &str, record: &str) {
    let record: Value = serde_json::from_str(&read(&root().join(record))).expect("the record is JSON");
    assert_eq!(record["now"], lake::NOW);
    let session = lake::open(&root().join(folder));
    let hunts = record["hunts"].as_object().expect("the record lists the hunts");
    assert_eq!(hunts.len(), 3);
    for (name, planted) in hunts {
        let columns: Vec<Column> = planted["columns"]
            .as_array()
            .expect("columns")
            .iter()
            .map(|c| {
                let word = |i: usize| c[i].as_str().expect("a column is [name, type]");
                Column::new(word(0), Type::parse(word(1)).expect("a type"))
            })
            .collect();
        let mut rows: Vec<Vec<Value>> = planted["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|r| r.as_array().expect("a row").clone())
            .collect();
        rows.iter_mut().for_each(|row| sort_lists(row));
        let mut answer = lake::run_one(&session, &kql(planted["file"].as_str().expect("the hunt's file")))
            .unwrap_or_else(|why| panic!("{name} on {folder}: {why}"));
        assert_eq!(answer.columns, columns, "{name} on {folder}");
        answer.rows.iter_mut().for_each(|row| sort_lists(row));
        let found = &answer.rows;
        assert!(
            json::same_rows(found, &rows, false),
            "{name} on {folder}: found\n{found:#?}\nplanted\n{rows:#?}"
        );
        // Rows with the same sort key may stand in any order: the keys are compared.
        let sorted_by =
            planted["ordered_by"].as_str().and_then(|text| text.split(' ').next()).expect("a sort key");
        if let Some(key) = columns.iter().position(|c| c.name == sorted_by) {
            let keys = |rows: &[Vec<Value>]| rows.iter().map(|r| r[key].clone()).collect::<Vec<_>>();
            assert_eq!(keys(found), keys(&rows), "{name} on {folder}: order");
        } else {
            panic!("{name}: no column {sorted_by}");
        }
    }
}

/// The query in one of the three documents: the fenced block of the Markdown one, the member `query` of the
/// YAML at the end of the others.
fn kql(file: &str) -> String {
    let text = read(&root().join("data/hunts").join(file));
    let (begin, end) =
        if file.ends_with(".md") { ("```kusto\n", "```") } else { ("\nquery: |\n", "\nversion:") };
    let start = text.find(begin).expect("the document has a query") + begin.len();
    let length = text[start..].find(end).expect("the query ends");
    text[start..start + length].to_owned()
}

/// Kusto leaves the order in the lists of `make_list_if` open.
fn sort_lists(row: &mut [Value]) {
    for value in row {
        if let Value::Array(list) = value {
            list.sort_by_key(Value::to_string);
        }
    }
}

/// One pass over the table and one over each document; what can be told from the statistics of the files is.
#[test]
fn the_first_hunt_reads_each_row_and_document_once() {
    let session = lake::open(&root().join("data/lake"));
    let explanation = session
        .explain_blocking(&kql("mail-item-access-by-graph-api.md"), false, &QueryOptions::default())
        .expect("it can be planned");
    let [sql] = explanation.sql.as_slice() else { panic!("{} statements", explanation.sql.len()) };
    assert!(!sql.to_uppercase().contains(" JOIN "), "a self-join: {sql}");
    assert!(sql.to_uppercase().contains("OVER ("), "no window: {sql}");
    let [plan] = explanation.plans.as_slice() else { panic!("{} plans", explanation.plans.len()) };
    assert_eq!(plan.matches("DataSourceExec").count(), 1, "one scan: {plan}");
    assert_eq!(plan.matches("kql_dynamic_fields").count(), 1, "one pass over a document: {plan}");
    let scan = plan.lines().find(|line| line.contains("DataSourceExec")).expect("there is a scan");
    let pruning = scan.split_once("pruning_predicate=").expect("row groups are pruned").1;
    assert!(pruning.contains("ActionType") && pruning.contains("Timestamp"), "what is pruned by: {pruning}");
}
