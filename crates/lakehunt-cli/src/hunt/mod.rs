//! `lakehunt hunt`: rules out of documents, one result a rule.

pub mod document;
mod markdown;
mod prose;
mod report;
pub mod split;
mod yaml;

use std::time::{Duration, Instant};

use document::{Problem, Rule};
use report::{Outcome, Report, Status};

use crate::args::{HuntArgs, HuntFormat};
use crate::diagnostics::{self, Source};
use crate::engine::{self, Engine, Progress, RunError};
use crate::failure::{Failure, exit};
use crate::output::Sink;
use crate::text;

/// `lakehunt hunt PATHS…`
pub fn run(args: &HuntArgs) -> Result<(), Failure> {
    let format = match (args.format, args.output.as_deref()) {
        (Some(format), _) => format,
        (None, Some(path)) => HuntFormat::of_path(path).map_err(Failure::usage)?,
        (None, None) => HuntFormat::Table,
    };
    let found = document::read(&args.paths);
    let engine = Engine::open(&args.source, &args.engine)?;
    let rules = found.iter().filter_map(|found| found.as_ref().ok());
    text::warn_of_undeclared(&args.engine.clock.param, rules.map(|rule| &*rule.query));
    let path = args.output.as_deref();
    let sink = Sink::open(path).map_err(|error| Failure::output(path, &error))?;
    let mut report = Report::new(format, args.max_rows, path.is_some(), sink);
    let mut interrupted = false;
    for item in &found {
        let outcome = match item {
            Ok(rule) => hunt(&engine, rule, args.timeout, &report)?,
            Err(problem) => unread(problem),
        };
        report.rule(&outcome)?;
        interrupted = outcome.error.as_ref().is_some_and(lakehunt::Error::is_cancelled);
        if interrupted {
            break;
        }
    }
    if interrupted && report.is_whole_or_nothing() {
        return Err(Failure::reported(exit::INTERRUPTED));
    }
    let counts = report.finish(found.len()).map_err(|error| Failure::output(path, &error))?;
    if interrupted {
        Err(Failure::reported(exit::INTERRUPTED))
    } else if counts.failed > 0 {
        Err(Failure::reported(exit::FAILED))
    } else if args.fail_on_match && counts.matched > 0 {
        Err(Failure::reported(exit::MATCHED))
    } else {
        Ok(())
    }
}

/// The outcome of a document that cannot be read.
fn unread(problem: &Problem) -> Outcome<'_> {
    crate::failure::error(problem);
    Outcome { problem: Some(problem), ..Outcome::failed() }
}

/// Runs one rule. What is wrong with it is said on standard error and is part of its outcome; the only failure is that
/// nothing can be written any more.
fn hunt<'a>(
    engine: &Engine,
    rule: &'a Rule,
    timeout: Option<Duration>,
    report: &Report,
) -> Result<Outcome<'a>, Failure> {
    let start = Instant::now();
    let name = rule.path.display().to_string();
    let source = Source { text: &rule.query, name: Some(&name), line: rule.line };
    let mut outcome = Outcome { rule: Some(rule), ..Outcome::failed() };
    let mut collect = || -> Result<(), RunError> {
        let run = engine.query(&rule.query, timeout, Progress::Shown)?;
        if run.results.is_empty() {
            return Err(engine::without_results(&rule.query, run.diagnostics).into());
        }
        outcome.diagnostics = run.diagnostics;
        for mut result in run.results {
            outcome.rows += report.collect(&mut result, &mut outcome.body)?;
        }
        Ok(())
    };
    match collect() {
        Ok(()) => {
            diagnostics::report(source, &outcome.diagnostics);
            outcome.status = if outcome.rows > 0 { Status::Matched } else { Status::Clean };
        }
        Err(RunError::Output(error)) => return Err(Failure::from_output(&error)),
        Err(RunError::Engine(error)) => {
            engine::report(source, &error);
            if error.is_query() {
                outcome.diagnostics = error.diagnostics().to_vec();
            }
            // A part of the rows would look like all of them.
            outcome.body.forget_rows();
            outcome.error = Some(error);
        }
    }
    outcome.elapsed = start.elapsed();
    Ok(outcome)
}
