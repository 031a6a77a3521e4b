//! `lakehunt translate` and `lakehunt check`: without data.

use serde_json::json;

use crate::support::{data, lakehunt};

#[test]
fn translate_prints_sql() {
    let done = lakehunt(&["translate", "EmailEvents | where Subject == 'x' | count"]).code(0);
    assert!(done.out.starts_with("SELECT") && done.out.contains("\"EmailEvents\""), "{}", done.out);
}

#[test]
fn translate_as_json_has_the_columns() {
    let schema = data("schemas.json").display().to_string();
    let done = lakehunt(&[
        "translate",
        "--schema",
        &schema,
        "--format",
        "json",
        "EmailEvents | summarize n = count() by Subject",
    ]);
    let value = done.code(0).json();
    assert_eq!(value["results"][0]["columns"], json!([["Subject", "string"], ["n", "long"]]));
    assert_eq!(value["diagnostics"], json!([]));
}

#[test]
fn translate_of_a_wrong_query_prints_no_sql() {
    let done =
        lakehunt(&["translate", "EmailEvents | where Nothing == 1"]).code(1).says(&["KS142", "^^^^^^^"]);
    assert_eq!(done.out, "");
}

#[test]
fn check_knows_the_tables_of_a_schema_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("schemas.json");
    std::fs::write(&file, r#"{"Logins": {"User": "string", "Doc": "dynamic"}}"#).expect("it can be written");
    let path = file.display().to_string();
    let check = |kql: &str| lakehunt(&["check", "--schema", &path, "--format", "json", kql]);
    let sound = check("Logins | extend c = tostring(Doc.city)").code(0).json();
    assert_eq!(sound[0]["columns"], json!([["User", "string"], ["Doc", "dynamic"], ["c", "string"]]));
    assert_eq!(sound[0]["diagnostics"], json!([]));
    let wrong = check("Logins | where 'é' == Usr").code(1).json();
    let found = &wrong[0]["diagnostics"][0];
    assert_eq!((&found["code"], &found["severity"]), (&json!("KS142"), &json!("error")));
    // Places count characters.
    assert_eq!((&found["start"], &found["length"]), (&json!(22), &json!(3)));
}

#[test]
fn check_says_where_in_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rule.yaml");
    std::fs::write(&file, "name: x\nquery: |\n  EmailEvents\n  | where Nö == 1\n")
        .expect("it can be written");
    let file = file.display().to_string();
    let found = lakehunt(&["check", "-f", &file, "--format", "json"]).code(1).json();
    let place = &found[0]["diagnostics"][0];
    assert_eq!((&place["line"], &place["column"], &place["start"]), (&4.into(), &9.into(), &20.into()));
}

#[test]
fn check_for_people_shows_the_place() {
    let done = lakehunt(&["check", "EmailEvents | wher x"]).code(1).says(&[]);
    assert!(done.out.contains("KS176") && done.out.contains("^^^^"), "{}", done.out);
}

#[test]
fn check_reads_documents() {
    let hunts = data("hunts").display().to_string();
    let schema = data("schemas.json").display().to_string();
    let done = lakehunt(&["check", "--schema", &schema, "--file", &hunts, "--format", "json"]).code(0).json();
    assert_eq!(done.as_array().map(Vec::len), Some(3));
}
