//! What is wrong is said with a code, the place or the file, and what to write instead; the exit code is not zero.

use std::fs;

use crate::support::{data, lakehunt, query};

#[test]
fn a_wrong_column() {
    query("EmailEvents\n| where RecipientEmailAdress == 'x'", &[]).code(1).says(&[
        "KS142",
        "RecipientEmailAdress",
        "^^^^^^^^^^^^^^^^^^^^",
        "RecipientEmailAddress",
    ]);
}

#[test]
fn a_missing_table() {
    query("EmailEvent | take 1", &[]).code(1).says(&["KS204", "^^^^^^^^^^", "EmailEvents"]);
}

#[test]
fn a_misspelt_operator() {
    query("EmailEvents | wher Subject == 'x'", &[]).code(1).says(&["KS176", "^^^^", "where"]);
}

#[test]
fn an_unclosed_string() {
    query("EmailEvents | where Subject == \"x", &[]).code(1).says(&["KS001", "^"]);
}

#[test]
fn an_unknown_function() {
    query("print strlenn('x')", &[]).code(1).says(&["KS211", "^^^^^^^", "strlen"]);
}

#[test]
fn something_that_is_not_supported_yet() {
    query("EmailEvents | evaluate autocluster()", &[]).code(1).says(&["LH001", "^"]);
}

#[test]
fn a_corrupt_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = folder.path().join("lake");
    fs::create_dir_all(lake.join("Bad")).expect("a folder");
    fs::create_dir_all(lake.join("Good")).expect("a folder");
    let whole = fs::read(data("lake/EmailEvents/part-000.parquet")).expect("the sample");
    fs::write(lake.join("Good/part.parquet"), &whole).expect("it can be written");
    let path = lake.display().to_string();
    let cut_in_half = &whole[..whole.len() / 2];
    for (what, bytes) in
        [("cut", cut_in_half), ("text", b"no parquet at all".as_slice()), ("empty", b"".as_slice())]
    {
        fs::write(lake.join("Bad/part.parquet"), bytes).expect("it can be written");
        let done = lakehunt(&["query", "--data", &path, "Bad | count"]);
        assert_eq!(done.code, 1, "{what}: {}", done.out);
        done.says(&["part.parquet"]);
        // The other tables are not harmed.
        lakehunt(&["query", "--data", &path, "Good | count"]).code(0);
    }
}

#[test]
fn a_file_whose_pages_are_corrupt() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bytes = fs::read(data("lake/EmailEvents/part-000.parquet")).expect("the sample");
    // The footer stays, the data before it does not.
    let end = bytes.len() / 2;
    bytes[4..end].fill(0xAA);
    let file = folder.path().join("pages.parquet");
    fs::write(&file, bytes).expect("it can be written");
    let table = format!("T={}", file.display());
    lakehunt(&["query", "--table", &table, "T"]).code(1).says(&["pages.parquet"]);
}

#[test]
fn a_folder_without_parquet() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("Empty")).expect("a folder");
    fs::write(folder.path().join("Empty/readme.txt"), "nothing").expect("it can be written");
    let lake = folder.path().display().to_string();
    let table = format!("T={}", folder.path().join("Empty").display());
    lakehunt(&["query", "--table", &table, "T | count"]).code(1).says(&["Empty"]);
    lakehunt(&["query", "--data", &lake, "Empty | count"]).code(1).says(&["Empty"]);
}

#[test]
fn a_path_that_is_not_there() {
    let done = lakehunt(&["query", "--data", "no/such/lake", "print 1"]);
    assert_ne!(done.code, 0);
    done.says(&["no/such/lake"]);
    let done = lakehunt(&["query", "--table", "T=no/such.parquet", "T | count"]);
    assert_ne!(done.code, 0);
    done.says(&["no/such.parquet"]);
    lakehunt(&["query", "-f", "no/such.kql"]).code(1).says(&["no/such.kql"]);
}

#[test]
fn an_output_that_cannot_be_written() {
    query("print 1", &["-o", "/no/such/folder/out.csv"]).code(1).says(&["/no/such/folder/out.csv"]);
}

#[test]
fn five_hundred_parentheses_and_four_hundred_stages() {
    let nested = format!("print x = {}1{}", "(".repeat(500), ")".repeat(500));
    let stages = format!("EmailEvents{} | count", " | where Subject != 'x'".repeat(400));
    let extends = format!("print x = 1{}", " | extend x = x + 1".repeat(400));
    for kql in [nested, stages, extends] {
        let done = query(&kql, &[]);
        assert!(done.code == 0 || done.code == 1, "{}", done.err);
        // Where it is refused, then with a reason.
        assert!(done.code == 0 || done.err.contains("KS"), "{}", done.err);
        done.says(&[]);
    }
}

#[test]
fn a_query_that_takes_too_long() {
    let kql = "range a from 1 to 100000000 step 1 | extend k = a % 7 | summarize dcount(strcat(a, k))";
    query(kql, &["--timeout", "200ms"]).code(1).says(&["0.2 s"]);
}

#[test]
fn a_query_that_needs_too_much_memory() {
    let kql = "range a from 1 to 3000000 step 1 | extend t = strcat('some text before ', a) | summarize n = array_length(make_list(t))";
    query(kql, &["--memory", "20M"]).code(1).says(&["memory"]);
}

#[test]
#[cfg(unix)]
fn a_run_that_is_ended_leaves_no_file() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().expect("a folder");
    let files = || fs::read_dir(folder.path()).expect("the folder").count();
    let mut child = Command::new(env!("CARGO_BIN_EXE_lakehunt"))
        .args(["query", "range x from 1 to 1000000000000 step 1", "-o"])
        .arg(folder.path().join("out.csv"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while files() == 0 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    Command::new("kill").arg(child.id().to_string()).status().expect("a signal");
    assert_eq!(child.wait().expect("it ends").code(), Some(143));
    assert_eq!(files(), 0);
}

#[test]
fn a_file_in_place_of_a_lake() {
    let file = data("lake/EmailEvents/part-000.parquet").display().to_string();
    lakehunt(&["query", "--data", &file, "print 1"]).code(1).says(&["part-000.parquet", "--table part-000="]);
}
