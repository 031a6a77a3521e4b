//! Running the program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The sample data.
pub fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path)
}

/// `data/lake` as an argument.
pub fn lake() -> String {
    data("lake").display().to_string()
}

/// What the program did.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    /// Fails unless it ended with this code.
    #[track_caller]
    pub fn code(self, code: i32) -> Done {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Standard output as JSON lines.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// Fails unless standard error holds all of this. Nobody who hunts can do anything with a panic, with SQL or with
    /// the names of our types: none of them may be there.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Done {
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in: {}", self.err);
        }
        let inner = [
            "panicked",
            "RUST_BACKTRACE",
            "SELECT ",
            "DataFusion",
            "Execution(",
            "ArrowError",
            "Utf8View",
            "unwrap",
        ];
        for word in inner {
            assert!(
                !self.err.contains(word) && !self.out.contains(word),
                "{word:?} in: {}{}",
                self.out,
                self.err
            );
        }
        self
    }
}

/// Runs the program with these arguments; `now` is that of the planted findings.
pub fn lakehunt(arguments: &[&str]) -> Done {
    with_input(arguments, "")
}

/// The same with something on standard input.
pub fn with_input(arguments: &[&str], input: &str) -> Done {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lakehunt"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may end without reading.
    let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the program ends");
    Done {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// `lakehunt query` on the sample lake.
pub fn query(kql: &str, more: &[&str]) -> Done {
    let lake = lake();
    let mut arguments = vec!["query", "--data", &lake, "--now", "2026-11-01", kql];
    arguments.extend(more);
    lakehunt(&arguments)
}
