//! `.load FILE`: runs what is in a file.

use std::path::PathBuf;

use lakehunt::documents;

use super::Command;
use crate::diagnostics::Source;
use crate::engine;
use crate::failure::{self, Failure, exit};
use crate::hunt::document;
use crate::query;
use crate::repl::{Flow, Shell, validate};

pub const COMMAND: Command = Command {
    name: ".load",
    aliases: &[],
    arguments: "FILE",
    doc: "Run the queries of a file: KQL, a rule document, a script; or load the stored functions of a file or folder",
    run,
};

fn run(shell: &mut Shell, file: &str) -> Result<Flow, Failure> {
    if file.is_empty() {
        return Err(Failure::usage("write .load FILE"));
    }
    let path = PathBuf::from(file);
    if holds_functions(&path) {
        let names = shell.engine.session().register_functions(&path).map_err(|error| engine::fail(&error))?;
        println!("{} stored functions: {}", names.len(), names.join(", "));
        return Ok(Flow::Continue);
    }
    let text = documents::read(&path).map_err(|error| Failure::file(&path, &error))?;
    if text.trim_start().starts_with('.') {
        return shell.script(&validate::split(&text));
    }
    let mut failed = false;
    for found in document::read(&[path]) {
        match found {
            Err(problem) => {
                failure::error(problem);
                failed = true;
            }
            Ok(rule) => {
                let name = rule.path.display().to_string();
                let source = Source { text: &rule.query, name: Some(&name), line: rule.line };
                match query::execute(&shell.engine, source, None, &shell.destination) {
                    Ok(done) => shell.say(&done),
                    Err(failure) if failure.code == exit::INTERRUPTED => return Err(failure),
                    Err(failure) => {
                        failure.report();
                        failed = true;
                    }
                }
            }
        }
    }
    if failed { Err(Failure::reported(exit::FAILED)) } else { Ok(Flow::Continue) }
}

/// Whether the file is a script of stored functions or a parser's YAML, or a folder that has one.
fn holds_functions(path: &std::path::Path) -> bool {
    const MARKS: [&str; 5] = [
        ".create-or-alter function",
        ".create function",
        ".alter function",
        "FunctionQuery:",
        "ParserQuery:",
    ];
    if path.is_dir() {
        return true;
    }
    let text = documents::read(path).unwrap_or_default();
    text.lines().any(|line| MARKS.iter().any(|mark| line.starts_with(mark)))
}
