//! Where a query comes from: the command line, a file, standard input.

use std::fs;
use std::io;
use std::path::Path;

use lakehunt::documents;

use crate::args::TextArgs;
use crate::diagnostics::Source;
use crate::failure::Failure;
use crate::hunt::document;

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
        let text = io::read_to_string(io::stdin())
            .map_err(|error| Failure::new(format_args!("cannot read standard input: {error}")))?;
        Ok(Query { text, name: Some("stdin".into()), line: 1 })
    }

    /// The query in a file of KQL, or in a rule document that holds one.
    fn from_file(path: &Path) -> Result<Query, Failure> {
        if path == Path::new("-") {
            return Query::from_stdin();
        }
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
        let text = documents::text(bytes)
            .ok_or_else(|| Failure::new(format_args!("{name}: it is not text in UTF-8")))?;
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
