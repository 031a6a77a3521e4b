//! `lakehunt batch`: JSON lines in, JSON lines out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{lake, lakehunt, with_input};

/// Answers to queries by their ids.
fn batch(queries: &[(&str, &str)], more: &[&str]) -> BTreeMap<String, Value> {
    let input: String =
        queries.iter().map(|(id, query)| format!("{}\n", json!({"id": id, "query": query}))).collect();
    let lake = lake();
    let mut arguments = vec!["batch", "--data", &lake, "--now", "2026-11-01"];
    arguments.extend(more);
    arguments.push("-");
    let done = with_input(&arguments, &input).code(0);
    let answers = done.lines();
    assert_eq!(answers.len(), queries.len(), "one answer a line");
    answers.into_iter().map(|a| (a["id"].as_str().expect("its id").to_owned(), a)).collect()
}

#[test]
fn answers_have_columns_rows_and_diagnostics() {
    let answers = batch(
        &[
            ("sound", "EmailEvents | count"),
            ("wrong", "EmailEvents | where 'ä' == Nme"),
            (
                "types",
                "print b = true, i = int(1), r = 1.0, d = datetime(2026-01-02), t = -25h, j = dynamic([1, {}]), n = long(null), x = real(+inf)",
            ),
            ("empty", "EmailEvents | where false | project Subject"),
        ],
        &[],
    );
    let sound = &answers["sound"];
    assert_eq!(sound["columns"], json!([["Count", "long"]]));
    assert_eq!(sound["rows"], json!([[3000]]));
    assert_eq!(sound["diagnostics"], json!([]));
    assert!(sound["elapsed_ms"].is_number());

    let wrong = &answers["wrong"];
    assert!(wrong.get("rows").is_none(), "{wrong}");
    let found = &wrong["diagnostics"][0];
    assert_eq!(found["code"], "KS142");
    assert_eq!(found["severity"], "error");
    assert_eq!((&found["start"], &found["length"]), (&json!(27), &json!(3)));

    assert_eq!(
        answers["types"]["rows"],
        json!([[true, 1, 1.0, "2026-01-02T00:00:00.0000000Z", "-1.01:00:00", [1, {}], null, "Infinity"]])
    );
    assert_eq!(answers["empty"]["rows"], json!([]));
    assert_eq!(answers["empty"]["columns"], json!([["Subject", "string"]]));
}

#[test]
fn check_stops_after_binding() {
    let answers =
        batch(&[("a", "EmailEvents | count"), ("b", "EmailEvents | where Nothing == 1")], &["--check"]);
    assert_eq!(answers["a"]["columns"], json!([["Count", "long"]]));
    assert!(answers["a"].get("rows").is_none());
    assert_eq!(answers["b"]["diagnostics"][0]["code"], "KS142");
}

#[test]
fn several_at_once_give_the_same_answers() {
    let queries: Vec<(String, String)> = (0..40)
        .map(|i| {
            (i.to_string(), format!("EmailEvents | where EmailDirection == 'Inbound' | take {i} | count"))
        })
        .collect();
    let queries: Vec<(&str, &str)> =
        queries.iter().map(|(id, query)| (id.as_str(), query.as_str())).collect();
    let answers = batch(&queries, &["-j", "3"]);
    for (id, _) in queries {
        assert_eq!(answers[id]["rows"], json!([[id.parse::<u64>().expect("a number")]]));
    }
}

#[test]
fn a_query_that_takes_too_long_does_not_stop_the_others() {
    let slow = "range a from 1 to 1000000000 step 1 | extend k = a % 7 | summarize dcount(strcat(a, k))";
    let answers = batch(&[("slow", slow), ("next", "print 1")], &["--timeout", "300ms"]);
    assert_eq!(answers["slow"]["diagnostics"][0]["code"], "LH104");
    assert!(answers["slow"].get("rows").is_none());
    assert_eq!(answers["next"]["rows"], json!([[1]]));
}

#[test]
fn a_line_that_cannot_be_read_is_answered_too() {
    let done =
        with_input(&["batch", "-"], "{\"id\": 1, \"query\": \"print 1\"}\nno json\n\n{\"id\": 2}\n").code(0);
    let answers = done.lines();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["rows"], json!([[1]]));
    assert_eq!(answers[1]["line"], 2);
    assert_eq!(answers[2]["line"], 4);
    assert_eq!((&answers[1]["id"], &answers[2]["id"]), (&Value::Null, &json!(2)));
    assert!(answers[1].get("rows").is_none() && answers[2].get("rows").is_none());
}

#[test]
fn any_json_is_an_id() {
    let done = with_input(&["batch", "-"], "{\"id\": {\"a\": [1]}, \"query\": \"print 1\"}\n").code(0);
    assert_eq!(done.lines()[0]["id"], json!({"a": [1]}));
}

#[test]
fn the_answers_may_go_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    std::fs::write(&input, "{\"id\": 1, \"query\": \"print x = 1\"}\n").expect("it can be written");
    let (input, output) = (input.display().to_string(), output.display().to_string());
    let done = lakehunt(&["batch", &input, "-o", &output]).code(0);
    assert_eq!(done.out, "");
    let answer: Value =
        serde_json::from_str(&std::fs::read_to_string(&output).expect("it was written")).expect("it is JSON");
    assert_eq!(answer["rows"], json!([[1]]));
}

#[test]
fn the_mark_of_an_encoding_and_empty_lines_are_no_lines() {
    let input = "\u{feff}{\"id\": 1, \"query\": \"print 1\"}\r\n \r\n{\"id\": 2, \"query\": \"print 2\"}\r\n";
    let answers = with_input(&["batch", "-"], input).code(0).lines();
    assert_eq!((&answers[0]["rows"], &answers[1]["rows"]), (&json!([[1]]), &json!([[2]])));
}
