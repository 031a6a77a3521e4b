//! `.explain QUERY`: how a query would be run.

use std::io::Write;

use super::Command;
use crate::diagnostics::Source;
use crate::engine;
use crate::failure::Failure;
use crate::repl::{Flow, Shell};

pub const COMMAND: Command = Command {
    name: ".explain",
    aliases: &[],
    arguments: "QUERY",
    doc: "Show the SQL of a query and the plan by which it is run",
    run,
};

fn run(shell: &mut Shell, query: &str) -> Result<Flow, Failure> {
    if query.is_empty() {
        return Err(Failure::usage("write .explain QUERY"));
    }
    let plan = shell.engine.explain(query).map_err(|error| engine::report(Source::typed(query), &error))?;
    writeln!(std::io::stdout(), "{}", plan.trim_end())?;
    Ok(Flow::Continue)
}
