//! Kusto's official analyzer, if it is at hand.
//!
//! Where the environment variable `LAKEHUNT_ORACLE` names a folder with `analyze.js`, that program reads `{"id", "query"}`
//! lines and answers with errors and columns.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::root;

/// What the analyzer says to each query over the tables of the sample lake.
pub fn answers<'q>(queries: impl Iterator<Item = &'q str>) -> Option<Vec<Value>> {
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
    let lines: Vec<String> =
        queries.enumerate().map(|(id, query)| json!({"id": id, "query": query}).to_string()).collect();
    let writer = std::thread::spawn(move || input.write_all(lines.join("\n").as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it does not panic").expect("it reads its input");
    let text = String::from_utf8(output.stdout).expect("it writes text");
    Some(text.lines().map(|line| serde_json::from_str(line).expect("it writes JSON")).collect())
}
