//! `.timer on|off`: whether the shell says how long a query took.

use super::Command;
use crate::failure::Failure;
use crate::repl::{Flow, Shell};

pub const COMMAND: Command = Command {
    name: ".timer",
    aliases: &[],
    arguments: "on|off",
    doc: "Say how many rows a query gave and how long it took, or do not",
    run,
};

fn run(shell: &mut Shell, arguments: &str) -> Result<Flow, Failure> {
    shell.timer = match arguments.to_ascii_lowercase().as_str() {
        "on" => true,
        "off" => false,
        "" => !shell.timer,
        _ => return Err(Failure::usage("write .timer on or .timer off")),
    };
    Ok(Flow::Continue)
}
