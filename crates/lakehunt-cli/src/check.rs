//! `lakehunt check`: diagnostics of queries and rules, without data.

use std::io::Write;

use kql2sql::{Catalog, Options};
use serde_json::{Value, json};

use crate::args::{CheckArgs, CheckFormat, CheckTextArgs, TextArgs};
use crate::diagnostics::{self, Source};
use crate::failure::{self, Failure, exit};
use crate::hunt::document::{self, Found, Rule};
use crate::text::Query;
use crate::translate::with_catalog;

/// `lakehunt check`
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    let found = read(&args.text)?;
    let failed = with_catalog(&args.source, &args.clock, |catalog, options| match args.format {
        CheckFormat::Human => human(&found, catalog, options),
        CheckFormat::Json => machine(&found, catalog, options),
    })??;
    if failed { Err(Failure::reported(exit::FAILED)) } else { Ok(()) }
}

/// The queries to check. A query from the command line is a rule without a name.
fn read(args: &CheckTextArgs) -> Result<Vec<Found>, Failure> {
    if !args.file.is_empty() {
        return Ok(document::read(&args.file));
    }
    let query = Query::read(&TextArgs { kql: args.kql.clone(), file: None })?;
    Ok(vec![Ok(Rule { query: query.text, line: 1, ..Rule::default() })])
}

/// The name of a rule's document, if it has one.
fn name_of(rule: &Rule) -> Option<String> {
    (!rule.path.as_os_str().is_empty()).then(|| rule.path.display().to_string())
}

/// Prints messages; tells whether there was an error.
fn human(found: &[Found], catalog: &dyn Catalog, options: &Options) -> Result<bool, Failure> {
    let mut out = std::io::stdout().lock();
    let (mut errors, mut warnings, mut failed) = (0, 0, 0);
    for item in found {
        match item {
            Err(problem) => {
                errors += 1;
                failed += 1;
                failure::error(problem);
            }
            Ok(rule) => {
                let checked = kql2sql::check(&rule.query, catalog, options);
                let name = name_of(rule);
                let source = Source { text: &rule.query, name: name.as_deref(), line: rule.line };
                write!(
                    out,
                    "{}",
                    diagnostics::render(source, &checked.diagnostics, diagnostics::coloured_output())
                )?;
                let of_rule = checked.diagnostics.iter().filter(|d| d.is_error()).count();
                errors += of_rule;
                warnings += checked.diagnostics.len() - of_rule;
                failed += usize::from(of_rule > 0);
            }
        }
    }
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let queries = if found.len() == 1 { "1 query".to_string() } else { format!("{} queries", found.len()) };
    writeln!(
        out,
        "{queries}: {} sound, {}, {}",
        found.len() - failed,
        count(errors, "error"),
        count(warnings, "warning")
    )?;
    Ok(errors > 0)
}

/// Prints an array with an object a query.
fn machine(found: &[Found], catalog: &dyn Catalog, options: &Options) -> Result<bool, Failure> {
    let mut failed = false;
    let objects: Vec<Value> = found
        .iter()
        .map(|item| match item {
            Err(problem) => {
                failed = true;
                json!({
                    "file": problem.path.display().to_string(),
                    "line": problem.line,
                    "diagnostics": [diagnostics::plain(diagnostics::code::DOCUMENT, &problem.message)],
                })
            }
            Ok(rule) => {
                let checked = kql2sql::check(&rule.query, catalog, options);
                failed |= checked.diagnostics.iter().any(|d| d.is_error());
                let columns = checked.results.first().map_or(&[][..], |c| c);
                json!({
                    "file": name_of(rule),
                    "line": rule.line,
                    "name": rule.name,
                    "columns": columns.iter().map(|c| json!([c.name, c.ty.name()])).collect::<Vec<_>>(),
                    "diagnostics":
                        checked.diagnostics.iter().map(|d| diagnostics::json(&rule.query, d)).collect::<Vec<_>>(),
                })
            }
        })
        .collect();
    writeln!(std::io::stdout(), "{:#}", Value::Array(objects))?;
    Ok(failed)
}
