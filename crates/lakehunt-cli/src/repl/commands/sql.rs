//! `.sql QUERY`: what a query is translated to.

use std::io::Write;

use super::Command;
use crate::diagnostics::{self, Source};
use crate::engine;
use crate::failure::{Failure, exit};
use crate::repl::{Flow, Shell};

pub const COMMAND: Command =
    Command { name: ".sql", aliases: &[], arguments: "QUERY", doc: "Show the SQL of a query", run };

fn run(shell: &mut Shell, query: &str) -> Result<Flow, Failure> {
    if query.is_empty() {
        return Err(Failure::usage("write .sql QUERY"));
    }
    let source = Source::typed(query);
    let translation = shell.engine.translate(query).map_err(|error| engine::report(source, &error))?;
    diagnostics::report(source, &translation.diagnostics);
    for result in &translation.results {
        writeln!(std::io::stdout(), "{};", result.text())?;
    }
    if translation.results.is_empty() { Err(Failure::reported(exit::FAILED)) } else { Ok(Flow::Continue) }
}
