//! Why a command ends without success, and the exit code for it.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// The exit codes of the program.
pub mod exit {
    /// A query or a rule failed.
    pub const FAILED: u8 = 1;
    /// The command line is wrong.
    pub const USAGE: u8 = 2;
    /// A rule found rows, and `--fail-on-match` was given.
    pub const MATCHED: u8 = 3;
    /// Somebody pressed Ctrl-C.
    pub const INTERRUPTED: u8 = 130;
    /// The program was told to end (SIGTERM).
    pub const TERMINATED: u8 = 143;
}

/// The end of a command that did not succeed.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// What is left to say; `None` where everything has been said.
    pub message: Option<String>,
}

impl Failure {
    /// A query failed, or data cannot be read or written.
    pub fn new(message: impl Display) -> Failure {
        Failure { code: exit::FAILED, message: Some(message.to_string()) }
    }

    /// The command line asks for what cannot be.
    pub fn usage(message: impl Display) -> Failure {
        Failure { code: exit::USAGE, message: Some(message.to_string()) }
    }

    /// Everything has been said.
    pub fn reported(code: u8) -> Failure {
        Failure { code, message: None }
    }

    /// A file cannot be read or written.
    pub fn file(path: &std::path::Path, error: &io::Error) -> Failure {
        if is_broken_pipe(error) {
            return Failure::from_output(error);
        }
        Failure::new(format_args!("{}: {error}", path.display()))
    }

    /// The output of a command cannot be written to its file or to standard output.
    pub fn output(path: Option<&std::path::Path>, error: &io::Error) -> Failure {
        path.map_or_else(|| Failure::from_output(error), |path| Failure::file(path, error))
    }

    /// Output cannot be written. Where the reader has gone (`| head`) there is nobody to tell, and it is no failure.
    pub fn from_output(error: &io::Error) -> Failure {
        if is_broken_pipe(error) {
            Failure { code: 0, message: None }
        } else {
            Failure::new(format_args!("cannot write the output: {error}"))
        }
    }

    /// Says what is left to say, and gives the exit code.
    pub fn report(self) -> ExitCode {
        if let Some(message) = self.message {
            error(message);
        }
        ExitCode::from(self.code)
    }
}

/// Whether the reader of a pipe has gone. The writers of formats wrap the error in errors of their own.
fn is_broken_pipe(error: &io::Error) -> bool {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return true;
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|e| e as _);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
            return true;
        }
        cause = error.source();
    }
    false
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::from_output(&error)
    }
}

/// Keeps the words of a panic for the report of the defect. The session turns a panic on its threads into an error of the
/// query, which is said where that is reported; only what ends the program is said here.
pub fn tame_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if std::thread::current().name() == Some("main") {
            coded(
                crate::diagnostics::code::INTERNAL,
                "Lakehunt has a defect and must stop; please report it with what you did",
            );
            note(panic);
        }
    }));
}

/// Says on standard error that something is wrong.
pub fn error(message: impl Display) {
    say("error", "1;31", message);
}

/// The same with a code.
pub fn coded(code: &str, message: impl Display) {
    say(&format!("error[{code}]"), "1;31", message);
}

/// Says on standard error that something may be wrong.
pub fn warning(message: impl Display) {
    say("warning", "1;33", message);
}

/// Says more about an error.
pub fn note(message: impl Display) {
    say("note", "1", message);
}

fn say(word: &str, style: &str, message: impl Display) {
    use std::io::Write;
    let mut err = io::stderr().lock();
    // There is nobody left to tell if standard error is closed.
    let _ = if crate::diagnostics::coloured_errors() {
        writeln!(err, "\u{1b}[{style}m{word}\u{1b}[0m: {message}")
    } else {
        writeln!(err, "{word}: {message}")
    };
}
