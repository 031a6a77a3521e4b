//! `lakehunt query`: formats, files, where the query comes from.

use serde_json::json;

use crate::support::{data, lake, lakehunt, query, with_input};

/// A query with a value of each kind that formats treat in their own way.
const ODD: &str = r#"print n = 1, text = "a,\"b\"|c", at = datetime(2026-05-01 06:07:08.1234567), span = 25h, doc = dynamic({"k": [1, null]}), none = int(null), odd = real(nan), empty = """#;

#[test]
fn a_table_for_people() {
    let done =
        query("EmailEvents | summarize Mails = count() by EmailDirection | sort by Mails", &[]).code(0);
    assert!(done.out.contains("EmailDirection") && done.out.contains("Inbound"), "{}", done.out);
    assert_eq!(done.err, "");
}

#[test]
fn csv() {
    let done = query(ODD, &["--format", "csv"]).code(0);
    assert_eq!(
        done.out.replace("\r\n", "\n"),
        "n,text,at,span,doc,none,odd,empty\n1,\"a,\"\"b\"\"|c\",2026-05-01T06:07:08.1234567Z,1.01:00:00,\"{\"\"k\"\":[1,null]}\",,NaN,\n"
    );
}

#[test]
fn json() {
    let done = query(ODD, &["--format", "json"]).code(0);
    assert_eq!(
        done.json(),
        json!([{
            "n": 1, "text": "a,\"b\"|c", "at": "2026-05-01T06:07:08.1234567Z", "span": "1.01:00:00",
            "doc": {"k": [1, null]}, "none": null, "odd": "NaN", "empty": ""
        }])
    );
}

#[test]
fn json_without_rows_is_an_empty_array() {
    assert_eq!(query("EmailEvents | where false", &["--format", "json"]).code(0).json(), json!([]));
}

#[test]
fn json_lines() {
    let done = query("range n from 1 to 3 step 1", &["--format", "jsonl"]).code(0);
    assert_eq!(done.lines(), [json!({"n": 1}), json!({"n": 2}), json!({"n": 3})]);
}

#[test]
fn markdown() {
    let done = query(ODD, &["--format", "markdown"]).code(0);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", done.out);
    // A bar in a value must not begin a cell.
    assert!(lines[2].contains("\\|c"), "{}", done.out);
}

#[test]
fn a_parquet_file_is_a_table_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("Odd.parquet");
    let path = file.display().to_string();
    query(ODD, &["-o", &path]).code(0);
    let table = format!("Odd={path}");
    let done =
        lakehunt(&["query", "--table", &table, "--format", "json", "Odd | project n, text, at, none, odd"])
            .code(0);
    assert_eq!(
        done.json(),
        json!([{"n": 1, "text": "a,\"b\"|c", "at": "2026-05-01T06:07:08.1234567Z", "none": null, "odd": "NaN"}])
    );
}

#[test]
fn a_parquet_file_keeps_the_types() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("Typed.parquet").display().to_string();
    let kql = r#"print span = -1.5h, bag = dynamic({"a": [1]}), id = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), small = int(1)"#;
    lakehunt(&["query", "-o", &path, kql]).code(0);
    let table = format!("Typed={path}");
    let kql = "Typed | extend at = datetime(2026-05-01) + span, head = bag.a[0] | getschema | project ColumnName, ColumnType";
    let done = lakehunt(&["query", "--table", &table, "--format", "csv", kql]).code(0);
    assert_eq!(
        done.out,
        "ColumnName,ColumnType\nspan,timespan\nbag,dynamic\nid,guid\nsmall,int\nat,datetime\nhead,dynamic\n"
    );
    let kql = "Typed | where span < -1h and id == guid(74be27de-1e4e-49d9-b579-fe0b331d3642) | project span, head = bag.a[0]";
    let done = lakehunt(&["query", "--table", &table, "--format", "json", kql]).code(0);
    assert_eq!(done.json(), json!([{"span": "-01:30:00", "head": 1}]));
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("out.json");
    let path = file.display().to_string();
    query("EmailEvents | count", &["-o", &path]).code(0);
    let before = std::fs::read_to_string(&file).expect("it was written");
    assert!(before.contains("3000"), "{before}");
    query("EmailEvents | where Nothing == 1", &["-o", &path]).code(1);
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), before);
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(names.len(), 1, "something was left behind: {names:?}");
}

#[test]
fn the_query_comes_from_a_file_or_from_standard_input() {
    let lake = lake();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("q.kql");
    std::fs::write(&file, "EmailEvents\n// all of them\n| count\n").expect("it can be written");
    let path = file.display().to_string();
    let arguments = ["query", "--data", &lake, "--format", "jsonl", "-f", &path];
    assert_eq!(lakehunt(&arguments).code(0).lines(), [json!({"Count": 3000})]);
    let arguments = ["query", "--data", &lake, "--format", "jsonl", "-"];
    assert_eq!(with_input(&arguments, "CloudAppEvents | count").code(0).lines(), [json!({"Count": 3000})]);
}

#[test]
fn a_table_is_a_file_a_folder_or_a_glob() {
    for path in ["lake/EmailEvents/part-000.parquet", "lake/EmailEvents", "lake/EmailEvents/*.parquet"] {
        let table = format!("Mail={}", data(path).display());
        let done = lakehunt(&[
            "query",
            "--table",
            &table,
            "--format",
            "jsonl",
            "Mail | where isempty(RecipientEmailAddress) | count",
        ]);
        assert!(done.code(0).lines()[0]["Count"].is_number(), "{path}");
    }
}

#[test]
fn the_clock_is_fixed_by_now() {
    let done = query("print now(), ago(1d)", &["--format", "jsonl"]).code(0);
    let row = &done.lines()[0];
    assert_eq!(row["print_0"], "2026-11-01T00:00:00.0000000Z");
    assert_eq!(row["print_1"], "2026-10-31T00:00:00.0000000Z");
}

#[test]
fn parameters_are_given_on_the_command_line() {
    let kql =
        "declare query_parameters(least:long = 5); range n from 1 to 9 step 1 | where n >= least | count";
    assert_eq!(query(kql, &["--format", "jsonl"]).code(0).lines(), [json!({"Count": 5})]);
    assert_eq!(
        query(kql, &["--format", "jsonl", "--param", "least=8"]).code(0).lines(),
        [json!({"Count": 2})]
    );
}

#[test]
fn wrong_usage_has_its_own_code() {
    lakehunt(&["query", "--format", "xml", "print 1"]).code(2);
    lakehunt(&["query"]).code(2);
    lakehunt(&["query", "--now", "yesterday", "print 1"]).code(2).says(&["datetime"]);
}

#[test]
fn a_text_without_a_query_is_no_empty_answer() {
    for kql in ["", " // nothing", "let a = 1;"] {
        let done = query(kql, &["--format", "json"]).code(1).says(&["LH012"]);
        assert_eq!(done.out, "");
    }
}

#[test]
fn a_name_that_stands_for_two_tables_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    for lake in ["one", "two"] {
        std::fs::create_dir(folder.path().join(lake)).expect("a folder");
        query("print x = 1", &["-o", &path(&format!("{lake}/T.parquet"))]).code(0);
    }
    let (one, two) = (path("one"), path("two"));
    lakehunt(&["query", "--data", &one, "--data", &two, "T"]).code(2).says(&[
        "'T'",
        &one,
        &two,
        "--table T=",
    ]);
    lakehunt(&["query", "--data", &one, "--data", &one, "T"]).code(0);
    let table = format!("T={two}");
    lakehunt(&["query", "--data", &one, "--data", &two, "--table", &table, "T"]).code(0);
    lakehunt(&["query", "--table", &table, "--table", &table, "T"]).code(2).says(&["--table T=", "twice"]);
}

#[test]
fn standard_input_may_be_in_another_encoding() {
    let done =
        with_input(&["query", "--format", "csv", "-"], "\u{feff}print x = 1\r\n| extend y = 2\r\n").code(0);
    assert_eq!(done.out, "x,y\n1,2\n");
}
