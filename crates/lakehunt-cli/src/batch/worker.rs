//! A worker: answers the queries on its standard input, one after the other.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use kql2sql::{Diagnostic, MemoryCatalog};
use serde_json::Value;

use super::answer::{Answer, Request};
use crate::args::BatchArgs;
use crate::catalog::{self, Layers};
use crate::diagnostics::{self, code, plain};
use crate::engine::{self, Engine, Progress, RunError, code_of};
use crate::failure::Failure;
use crate::output::Rows;

/// Answers until the input ends.
pub fn run(args: &BatchArgs) -> Result<(), Failure> {
    let engine = Engine::open(&args.source, &args.engine)?;
    // To check queries, the tables of the schema files are known without their data.
    let schemas = if args.check { catalog::known(&args.source)? } else { Default::default() };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", super::READY)?;
    out.flush()?;
    for line in requests() {
        let answer = match Request::parse(&line) {
            Err(why) => Answer::unreadable(0, why),
            Ok(request) => {
                let start = Instant::now();
                let mut answer = if args.check {
                    check(&engine, &request.query, &schemas)
                } else {
                    run_one(&engine, &request.query, args.timeout)
                };
                answer.id = request.id;
                answer.elapsed = start.elapsed();
                answer
            }
        };
        writeln!(out, "{}", answer.to_line())?;
        out.flush()?;
    }
    Ok(())
}

/// The lines of standard input. Where it ends the program does, too, whatever it does: the batch has its answers, or was
/// itself ended and nobody waits for one.
fn requests() -> Receiver<String> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
        std::process::exit(0);
    });
    lines
}

fn json(query: &str, found: &[Diagnostic]) -> Vec<Value> {
    found.iter().map(|d| diagnostics::json(query, d)).collect()
}

fn check(engine: &Engine, query: &str, schemas: &MemoryCatalog) -> Answer {
    let tables = engine.catalog();
    let checked = kql2sql::check(query, &Layers(vec![&tables, schemas]), &engine.options());
    let mut diagnostics = json(query, &checked.diagnostics);
    diagnostics.extend(tables.into_error().map(|error| plain(code_of(&error), &error.to_string())));
    Answer {
        results: checked.results.into_iter().map(|columns| Rows { columns, rows: None }).collect(),
        diagnostics,
        ..Answer::default()
    }
}

/// Runs a query to its end. Where it fails on the way its columns stay, and no result has rows.
fn run_one(engine: &Engine, query: &str, timeout: Option<Duration>) -> Answer {
    let mut answer = Answer::default();
    let mut collect = || -> Result<(), RunError> {
        let run = engine.query(query, timeout, Progress::Hidden)?;
        answer.diagnostics = json(query, &run.diagnostics);
        for mut result in run.results {
            answer.results.push(Rows { columns: result.columns.clone(), rows: None });
            let (rows, _) = Rows::read(&mut result)?;
            if let Some(last) = answer.results.last_mut() {
                *last = rows;
            }
        }
        Ok(())
    };
    if let Err(error) = collect() {
        for result in &mut answer.results {
            result.rows = None;
        }
        match error {
            RunError::Engine(error) if error.is_query() => {
                answer.diagnostics = json(query, error.diagnostics())
            }
            RunError::Engine(error) => answer.diagnostics.push(engine::json(query, &error)),
            RunError::Output(error) => answer.diagnostics.push(plain(code::INTERNAL, &error.to_string())),
        }
    }
    answer
}
