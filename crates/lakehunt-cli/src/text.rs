//! Where a query comes from: the command line, a file, standard input.

use std::fs;
use std::io;
use std::path::Path;

use crate::args::TextArgs;
use crate::diagnostics::Source;
use crate::failure::Failure;

/// A query with the name of its file.
pub struct Query {
    pub text: String,
    pub name: Option<String>,
}

impl Query {
    /// The query that the command line names.
    pub fn read(args: &TextArgs) -> Result<Query, Failure> {
        match (&args.kql, &args.file) {
            (None, Some(path)) => Query::from_file(path),
            (Some(kql), _) if kql == "-" => Query::from_stdin(),
            (Some(kql), _) => Ok(Query { text: kql.clone(), name: None }),
            (None, None) => Err(Failure::usage("give a query, or -f FILE")),
        }
    }

    fn from_stdin() -> Result<Query, Failure> {
        let text = io::read_to_string(io::stdin())
            .map_err(|error| Failure::new(format_args!("cannot read standard input: {error}")))?;
        Ok(Query { text, name: Some("stdin".into()) })
    }

    /// The query in a file of KQL.
    pub fn from_file(path: &Path) -> Result<Query, Failure> {
        if path == Path::new("-") {
            return Query::from_stdin();
        }
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        let text = text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text);
        Ok(Query { text, name: Some(path.display().to_string()) })
    }

    /// For diagnostics.
    pub fn source(&self) -> Source<'_> {
        Source { text: &self.text, name: self.name.as_deref(), line: 1 }
    }
}
