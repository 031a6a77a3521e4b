//! Where a query comes from: the command line, a file, standard input.

use std::io::{self, Read};
use std::path::Path;

use kql2sql::diagnostics::nearest;
use kql2sql::syntax::ast::StatementKind;
use lakehunt::documents;

use crate::args::TextArgs;
use crate::diagnostics::Source;
use crate::failure::{self, Failure};
use crate::hunt::document;

/// The text on standard input.
pub fn stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().read_to_end(&mut bytes);
    read.and_then(|_| documents::text(bytes))
        .map_err(|error| Failure::new(format_args!("cannot read standard input: {error}")))
}

/// Warns of parameters that no query declares: a slip in a name would go unnoticed, and the query run with its default.
pub fn warn_of_undeclared<'t>(given: &[(String, String)], queries: impl IntoIterator<Item = &'t str>) {
    if given.is_empty() {
        return;
    }
    let mut declared: Vec<String> = Vec::new();
    for query in queries {
        for statement in kql2sql::syntax::parse(query).script.statements {
            if let StatementKind::QueryParameters(parameters) = statement.kind {
                declared.extend(parameters.into_iter().map(|p| p.name.text.to_string()));
            }
        }
    }
    for (name, _) in given.iter().filter(|(name, _)| !declared.contains(name)) {
        let hint = match nearest(name, declared.iter().map(String::as_str)) {
            Some(near) => format!("; did you mean '{near}'?"),
            None => String::new(),
        };
        failure::warning(format_args!("--param {name}: no query declares a parameter of this name{hint}"));
    }
}

/// A query and where it stands.
pub struct Query {
    pub text: String,
    /// The name of its file.
    name: Option<String>,
    /// The line of the file on which it begins, from 1.
    line: usize,
}

impl Query {
    /// The query that the command line names.
    pub fn read(args: &TextArgs) -> Result<Query, Failure> {
        match (&args.kql, &args.file) {
            (None, Some(path)) => Query::from_file(path),
            (Some(kql), _) if kql == "-" => Query::from_stdin(),
            (Some(kql), _) => Ok(Query { text: kql.clone(), name: None, line: 1 }),
            (None, None) => Err(Failure::usage("give a query, or -f FILE")),
        }
    }

    fn from_stdin() -> Result<Query, Failure> {
        Ok(Query { text: stdin()?, name: Some("stdin".into()), line: 1 })
    }

    /// The query in a file of KQL, or in a rule document that holds one.
    fn from_file(path: &Path) -> Result<Query, Failure> {
        if path == Path::new("-") {
            return Query::from_stdin();
        }
        let name = path.display().to_string();
        let text = documents::read(path).map_err(|error| Failure::file(path, &error))?;
        let mut rules = document::parse(path, &text);
        match (rules.len(), rules.pop()) {
            // An empty query is for the translator to complain about.
            (0, _) | (_, None) => Ok(Query { text, name: Some(name), line: 1 }),
            (1, Some(Ok(rule))) => Ok(Query { text: rule.query, name: Some(name), line: rule.line }),
            (1, Some(Err(problem))) => Err(Failure::new(problem)),
            (n, _) => Err(Failure::usage(format_args!(
                "{name} has {n} queries: run them with lakehunt hunt {name}"
            ))),
        }
    }

    /// For diagnostics.
    pub fn source(&self) -> Source<'_> {
        Source { text: &self.text, name: self.name.as_deref(), line: self.line }
    }
}
