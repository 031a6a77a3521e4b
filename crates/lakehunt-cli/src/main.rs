//! `lakehunt`: KQL on a lake of Parquet files, at the command line.

mod args;
mod batch;
mod catalog;
mod check;
mod diagnostics;
mod engine;
mod failure;
mod help;
mod hunt;
mod interrupt;
mod memory;
mod output;
mod progress;
mod query;
mod repl;
mod text;
mod translate;
mod values;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

fn main() -> ExitCode {
    failure::tame_panics();
    // Where the library does not take it, queries are a little slower.
    let _ = memory::keep_freed();
    let cli = Cli::parse();
    let done = match &cli.command {
        None => repl::run(&cli.shell),
        Some(Command::Query(args)) => query::run(args),
        Some(Command::Hunt(args)) => hunt::run(args),
        Some(Command::Translate(args)) => translate::run(args),
        Some(Command::Check(args)) => check::run(args),
        Some(Command::Batch(args)) => batch::run(args),
        Some(Command::Help(args)) => help::run(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
