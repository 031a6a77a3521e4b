//! `lakehunt check`: diagnostics of queries and rules, without data.

use std::io::Write;

use kql2sql::{Catalog, Column, Diagnostic, Options};
use serde_json::{Value, json};

use crate::args::{CheckArgs, CheckFormat, CheckTextArgs, TextArgs};
use crate::diagnostics::{self, Source};
use crate::failure::{self, Failure, exit};
use crate::hunt::document::{self, Found, Problem, Rule};
use crate::text::Query;
use crate::translate::with_catalog;

/// `lakehunt check`
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    let found = read(&args.text)?;
    let checked: Vec<Item<'_>> = with_catalog(&args.source, &args.clock, |catalog, options| {
        found
            .iter()
            .map(|found| found.as_ref().map(|rule| (rule, Checked::new(rule, catalog, options))))
            .collect()
    })?;
    match args.format {
        CheckFormat::Human => human(&checked)?,
        CheckFormat::Json => machine(&checked)?,
    }
    let is_sound = |item: &Item<'_>| item.as_ref().is_ok_and(|(_, checked)| checked.errors() == 0);
    if checked.iter().all(is_sound) { Ok(()) } else { Err(Failure::reported(exit::FAILED)) }
}

/// A rule with what is wrong with it, or a document that cannot be read.
type Item<'a> = Result<(&'a Rule, Checked), &'a Problem>;

/// What there is to say about a query.
struct Checked {
    /// The columns of its first result.
    columns: Vec<Column>,
    diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Binds the query for its columns, and translates it for what only the translation refuses.
    fn new(rule: &Rule, catalog: &dyn Catalog, options: &Options) -> Checked {
        let checked = kql2sql::check(&rule.query, catalog, options);
        let diagnostics = if checked.diagnostics.iter().any(Diagnostic::is_error) {
            checked.diagnostics
        } else {
            kql2sql::translate(&rule.query, catalog, options).diagnostics
        };
        Checked { columns: checked.results.into_iter().next().unwrap_or_default(), diagnostics }
    }

    fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|d| d.is_error()).count()
    }
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

/// Prints messages and a summary.
fn human(items: &[Item<'_>]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let (mut errors, mut warnings, mut sound) = (0, 0, 0);
    for item in items {
        match item {
            Err(problem) => {
                errors += 1;
                failure::error(problem);
            }
            Ok((rule, checked)) => {
                let name = name_of(rule);
                let source = Source { text: &rule.query, name: name.as_deref(), line: rule.line };
                let text = diagnostics::render(source, &checked.diagnostics, diagnostics::coloured_output());
                write!(out, "{text}")?;
                errors += checked.errors();
                warnings += checked.diagnostics.len() - checked.errors();
                sound += usize::from(checked.errors() == 0);
            }
        }
    }
    let queries = if items.len() == 1 { "1 query".to_string() } else { format!("{} queries", items.len()) };
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    writeln!(out, "{queries}: {sound} sound, {}, {}", count(errors, "error"), count(warnings, "warning"))?;
    Ok(())
}

/// Prints an array with an object a query.
fn machine(items: &[Item<'_>]) -> Result<(), Failure> {
    let objects = items.iter().map(|item| match item {
        Err(problem) => json!({
            "file": problem.path.display().to_string(),
            "line": problem.line,
            "diagnostics": [diagnostics::plain(diagnostics::code::DOCUMENT, &problem.message)],
        }),
        Ok((rule, checked)) => json!({
            "file": name_of(rule),
            "line": rule.line,
            "name": rule.name,
            "columns": checked.columns.iter().map(|c| json!([c.name, c.ty.name()])).collect::<Vec<_>>(),
            "diagnostics":
                checked.diagnostics.iter().map(|d| diagnostics::json_in(Source { line: rule.line, ..Source::typed(&rule.query) }, d)).collect::<Vec<_>>(),
        }),
    });
    writeln!(std::io::stdout(), "{:#}", Value::Array(objects.collect()))?;
    Ok(())
}
