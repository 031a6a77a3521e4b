//! `.quit`: leaves the shell.

use super::Command;
use crate::failure::Failure;
use crate::repl::{Flow, Shell};

pub const COMMAND: Command =
    Command { name: ".quit", aliases: &[".exit", ".q"], arguments: "", doc: "Leave (or Ctrl-D)", run };

fn run(_shell: &mut Shell, _arguments: &str) -> Result<Flow, Failure> {
    Ok(Flow::Quit)
}
