//! `.help [TOPIC]`: the commands, or what there is to say about an operator or a function.

use std::io::Write;

use super::{COMMANDS, Command};
use crate::failure::Failure;
use crate::help;
use crate::repl::{Flow, Shell};

pub const COMMAND: Command = Command {
    name: ".help",
    aliases: &[".?"],
    arguments: "[TOPIC]",
    doc: "List the commands, or explain an operator or a function",
    run,
};

fn run(_shell: &mut Shell, topic: &str) -> Result<Flow, Failure> {
    let mut out = std::io::stdout();
    if topic.is_empty() {
        for command in COMMANDS {
            let usage = format!("{} {}", command.name, command.arguments);
            writeln!(out, "  {usage:<26} {}", command.doc)?;
        }
        writeln!(
            out,
            "\nA query runs at a blank line or at `;`. Tab completes, Ctrl-R searches the history,"
        )?;
        writeln!(out, "Ctrl-C stops a running query, Ctrl-D leaves.")?;
    } else if let Some(entry) = help::entry(topic) {
        write!(out, "{entry}")?;
    } else if let Some(command) = COMMANDS.iter().find(|command| command.name == topic) {
        writeln!(out, "{} {}\n  {}", command.name, command.arguments, command.doc)?;
    } else {
        return Err(Failure::new(help::unknown(topic)));
    }
    Ok(Flow::Continue)
}
