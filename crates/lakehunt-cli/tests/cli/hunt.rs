//! `lakehunt hunt`: rule documents as they are published.

use std::fs;

use serde_json::Value;

use crate::support::{data, lake, lakehunt};

fn hunt(arguments: &[&str]) -> crate::support::Done {
    let lake = lake();
    let mut all = vec!["hunt", "--data", &lake, "--now", "2026-11-01"];
    all.extend(arguments);
    lakehunt(&all)
}

/// Lists as sets: Kusto leaves the order in them open.
fn sorted(mut rows: Vec<Value>) -> Vec<String> {
    for cell in rows.iter_mut().filter_map(Value::as_array_mut).flatten() {
        if let Value::Array(list) = cell {
            list.sort_by_key(Value::to_string);
        }
    }
    let mut rows: Vec<String> = rows.iter().map(Value::to_string).collect();
    rows.sort();
    rows
}

#[test]
fn the_published_documents_find_what_was_planted() {
    let hunts = data("hunts").display().to_string();
    let done = hunt(&[&hunts, "--format", "json"]).code(0);
    let results = done.json();
    let record: Value = serde_json::from_str(&fs::read_to_string(data("planted.json")).expect("the record"))
        .expect("the record is JSON");
    let record = record["hunts"].as_object().expect("hunts");
    let results = results.as_array().expect("an array");
    assert_eq!(results.len(), 3, "one result a document");
    for (name, planted) in record {
        let file = planted["file"].as_str().expect("a file");
        let result = results
            .iter()
            .find(|r| r["file"].as_str().is_some_and(|path| path.ends_with(file)))
            .unwrap_or_else(|| panic!("no result of {file}"));
        assert_eq!(result["status"], "matched", "{name}");
        assert_eq!(result["columns"], planted["columns"], "{name}");
        // Averages and deviations are compared by the digits that every summation gives.
        let rounded = |rows: &Value| {
            let rows = rows.as_array().expect("rows").iter();
            sorted(rows.map(|row| row.as_array().expect("a row").iter().map(round).collect()).collect())
        };
        assert_eq!(rounded(&result["rows"]), rounded(&planted["rows"]), "{name}");
    }
}

fn round(value: &Value) -> Value {
    match value.as_f64() {
        Some(number) if value.as_i64().is_none() => format!("{number:.9}").into(),
        _ => value.clone(),
    }
}

#[test]
fn a_report_for_people() {
    let document = data("hunts/user-submissions-intra-org-senders.txt").display().to_string();
    let done = hunt(&[&document]).code(0);
    assert!(done.out.contains("User Email Submissions (FN) - Top Intra-Org P2 Senders"), "{}", done.out);
    assert!(done.out.contains("10 rows") && done.out.contains("ceo.office@contoso.example"), "{}", done.out);
}

#[test]
fn a_broken_rule_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a-broken.kql"), "EmailEvents | where Wrong > 1")
        .expect("it can be written");
    fs::write(folder.path().join("b-sound.kql"), "EmailEvents | count").expect("it can be written");
    fs::write(
        folder.path().join("c-clean.yaml"),
        "id: 1\nname: Clean\nquery: |\n  EmailEvents\n  | where false\n",
    )
    .expect("it can be written");
    let path = folder.path().display().to_string();
    let done = hunt(&[&path, "--format", "jsonl"]).code(1).says(&["KS142", "Wrong", "a-broken.kql", "^^^^^"]);
    let statuses: Vec<_> = done.lines().iter().map(|r| r["status"].clone()).collect();
    assert_eq!(statuses, ["failed", "matched", "clean"]);
}

#[test]
fn the_exit_code_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let (match_, clean) = (folder.path().join("match.kql"), folder.path().join("clean.kql"));
    fs::write(&match_, "EmailEvents | take 1").expect("it can be written");
    fs::write(&clean, "EmailEvents | where false").expect("it can be written");
    let (match_, clean) = (match_.display().to_string(), clean.display().to_string());
    hunt(&[&match_]).code(0);
    hunt(&[&match_, "--fail-on-match"]).code(3);
    hunt(&[&clean, "--fail-on-match"]).code(0);
    hunt(&["no/such.kql"]).code(1).says(&["no/such.kql"]);
}

#[test]
fn the_ending_of_the_file_says_the_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = folder.path().join("rule.kql");
    fs::write(&rule, "EmailEvents | count").expect("it can be written");
    let rule = rule.display().to_string();
    let to = |name: &str| folder.path().join(name).display().to_string();
    hunt(&[&rule, "-o", &to("out.json")]).code(0);
    let text = fs::read_to_string(to("out.json")).expect("it was written");
    let report: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(report[0]["rows"], serde_json::json!([[3000]]));
    hunt(&[&rule, "-o", &to("out.md")]).code(0);
    assert!(fs::read_to_string(to("out.md")).expect("it was written").starts_with("## rule\n"));
    hunt(&[&rule, "-o", &to("out.csv")]).code(2).says(&["out.csv", "csv", "jsonl"]);
}

#[test]
fn what_cannot_be_a_rule_is_said_and_is_a_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("let.kql"), "let a = 1;\n").expect("it can be written");
    fs::write(path("odd.yaml"), "name: \"open\nquery: |\n  EmailEvents\n  | count\n")
        .expect("it can be written");
    let done = hunt(&[&path("let.kql").display().to_string(), "--format", "json"]).code(1);
    assert_eq!(done.json()[0]["diagnostics"][0]["code"], "LH012");
    // What can be read of a broken document is run, and its fault is told.
    hunt(&[&path("odd.yaml").display().to_string()]).code(0).says(&["odd.yaml:1", "no valid YAML"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(path("gone"), path("link.kql")).expect("a link");
        hunt(&[&folder.path().display().to_string()]).code(1).says(&["link.kql", "let.kql:1"]);
    }
}

#[test]
fn what_stops_a_rule_is_told_with_the_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = folder.path().join("slow.kql");
    fs::write(&rule, "range x from 1 to 1000000000000 step 1 | count").expect("it can be written");
    hunt(&[&rule.display().to_string(), "--timeout", "200ms"]).code(1).says(&["LH104", "slow.kql:1: "]);
}

#[test]
fn a_parameter_that_no_rule_declares_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = folder.path().join("rule.kql");
    fs::write(&rule, "declare query_parameters(days:long = 1); print days").expect("it can be written");
    let rule = rule.display().to_string();
    hunt(&[&rule, "--param", "dys=2"]).code(0).says(&["--param dys", "'days'"]);
    hunt(&[&rule, "--param", "days=x"]).code(1).says(&["KS107", "the parameter 'days' is no long: x"]);
    assert_eq!(hunt(&[&rule, "--param", "days=2"]).code(0).err, "");
}
