//! `.output FORMAT [FILE]`: how and where the results of the next queries are written.

use std::path::PathBuf;

use clap::ValueEnum;

use super::Command;
use crate::args::Format;
use crate::failure::Failure;
use crate::query::{Destination, eprintln_quietly};
use crate::repl::{Flow, Shell};

pub const COMMAND: Command = Command {
    name: ".output",
    aliases: &[],
    arguments: "FORMAT [FILE]",
    doc: "Choose how results are written: table, csv, json, …, and where; a file holds the last one",
    run,
};

fn run(shell: &mut Shell, arguments: &str) -> Result<Flow, Failure> {
    let (format, file) = match arguments.split_once(char::is_whitespace) {
        Some((format, file)) => (format, Some(PathBuf::from(file.trim()))),
        None => (arguments, None),
    };
    if !format.is_empty() {
        let format = Format::from_str(format, true).map_err(|_| {
            let names: Vec<&str> = Format::value_variants().iter().map(|f| f.name()).collect();
            let near = kql2sql::diagnostics::nearest(format, names.iter().copied());
            let hint = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
            Failure::new(format_args!("there is no format '{format}', only {}{hint}", names.join(", ")))
        })?;
        let mut output = shell.destination.output.clone();
        output.output = file;
        let destination = Destination { format, output };
        destination.check()?;
        shell.destination = destination;
    }
    if shell.interactive {
        let place = match &shell.destination.output.output {
            Some(path) => path.display().to_string(),
            None => "the screen".into(),
        };
        eprintln_quietly(&format!("Results go to {place} as {}.", shell.destination.format.name()));
    }
    Ok(Flow::Continue)
}
