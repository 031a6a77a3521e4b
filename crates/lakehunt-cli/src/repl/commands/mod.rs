//! The commands of the shell: one file each, listed in [`COMMANDS`].

mod explain;
mod help;
mod load;
mod output;
mod quit;
mod show_table;
mod show_tables;
mod sql;
mod timer;

use kql2sql::diagnostics::nearest;

use super::{Flow, Shell};
use crate::failure::Failure;

/// A command.
pub struct Command {
    /// `.show tables`
    pub name: &'static str,
    /// Other names of it.
    pub aliases: &'static [&'static str],
    /// What stands behind the name.
    pub arguments: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Runs it with what stands behind its name.
    pub run: fn(&mut Shell, &str) -> Result<Flow, Failure>,
}

/// All commands, as `.help` lists them.
pub static COMMANDS: &[Command] = &[
    show_tables::COMMAND,
    show_table::COMMAND,
    explain::COMMAND,
    sql::COMMAND,
    timer::COMMAND,
    output::COMMAND,
    load::COMMAND,
    help::COMMAND,
    quit::COMMAND,
];

/// Runs the command in `input`, which begins with a dot.
pub fn run(shell: &mut Shell, input: &str) -> Result<Flow, Failure> {
    let input = input.trim().trim_end_matches(';').trim_end();
    match find(input) {
        Some((command, arguments)) => (command.run)(shell, arguments),
        None => Err(Failure::new(unknown(input))),
    }
}

/// The command that `input` begins with, and the rest. Case does not count, nor how many blanks there are.
fn find(input: &str) -> Option<(&'static Command, &str)> {
    COMMANDS.iter().find_map(|command| {
        let names = std::iter::once(&command.name).chain(command.aliases);
        names.into_iter().find_map(|name| Some((command, behind(input, name)?)))
    })
}

/// What stands behind the words of `name` at the beginning of `input`.
fn behind<'i>(input: &'i str, name: &str) -> Option<&'i str> {
    let mut rest = input;
    for word in name.split(' ') {
        rest = rest.trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if !rest[..end].eq_ignore_ascii_case(word) {
            return None;
        }
        rest = &rest[end..];
    }
    Some(rest.trim())
}

fn unknown(input: &str) -> String {
    let names = || COMMANDS.iter().flat_map(|c| std::iter::once(c.name).chain(c.aliases.iter().copied()));
    let words: Vec<&str> = input.split_whitespace().collect();
    let near = (1..=words.len().min(2)).rev().find_map(|n| nearest(&words[..n].join(" "), names()));
    let shown: String = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    match near {
        Some(near) => format!("there is no command '{shown}'; did you mean '{near}'?"),
        None => format!("there is no command '{shown}'; .help lists all"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_their_words() {
        let found = |input| find(input).map(|(command, rest)| (command.name, rest));
        assert_eq!(found(".show tables"), Some((".show tables", "")));
        assert_eq!(found(".SHOW   table  T schema"), Some((".show table", "T schema")));
        assert_eq!(found(".exit"), Some((".quit", "")));
        assert_eq!(found(".sql T\n| count"), Some((".sql", "T\n| count")));
        assert_eq!(found(".shows"), None);
    }

    #[test]
    fn a_slip_of_the_keyboard_is_noticed() {
        assert_eq!(
            unknown(".shwo tables"),
            "there is no command '.shwo tables'; did you mean '.show tables'?"
        );
        assert_eq!(
            unknown(".halp summarize"),
            "there is no command '.halp summarize'; did you mean '.help'?"
        );
        assert_eq!(unknown(".drop"), "there is no command '.drop'; .help lists all");
    }

    #[test]
    fn every_command_has_a_doc_and_a_name_of_its_own() {
        let mut names: Vec<&str> =
            COMMANDS.iter().flat_map(|c| std::iter::once(c.name).chain(c.aliases.iter().copied())).collect();
        assert!(COMMANDS.iter().all(|c| !c.doc.is_empty() && c.name.starts_with('.')));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
