//! What can go wrong with a query, told in the terms of its author.

use kql2sql::{Diagnostic, Severity};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a query, or the registration of a table, failed.
///
/// No message shows SQL, plans or Rust types.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The query is wrong: at least one of the diagnostics is an error.
    Query {
        /// What was found, errors and warnings, in the order of their places.
        diagnostics: Vec<Diagnostic>,
        /// The text of the query, which the spans point into.
        source: String,
    },
    /// The data cannot be used: a file is missing or corrupt, a folder holds no Parquet …
    Data {
        /// The file or folder.
        path: Option<PathBuf>,
        /// What is wrong with it and what to do.
        message: String,
        /// The part of the query that wants it, where that is known.
        span: Option<kql2sql::Span>,
    },
    /// The query needs more memory or disk than it may have.
    Resources {
        /// What it ran out of, and what to do.
        message: String,
    },
    /// The query was cancelled.
    Cancelled,
    /// The query took longer than it may.
    Timeout(Duration),
    /// A defect of Lakehunt.
    Internal {
        /// What can be told to a user.
        message: String,
        /// For the report of the defect: the engine's own words.
        detail: String,
        /// The part of the query that it came from, where that is known.
        span: Option<kql2sql::Span>,
    },
}

impl Error {
    /// A data error about `path`.
    pub(crate) fn data(path: &Path, message: impl Into<String>) -> Error {
        Error::Data { path: Some(path.to_owned()), message: message.into(), span: None }
    }

    /// A defect, with the engine's words.
    pub(crate) fn internal(detail: impl fmt::Display) -> Error {
        Error::Internal {
            message:
                "Lakehunt could not run this query. That is a defect of Lakehunt, not of the query; please \
                      report it with the query."
                    .to_owned(),
            detail: detail.to_string(),
            span: None,
        }
    }

    /// The same error, with the part of the query that it came from.
    pub(crate) fn at(self, place: kql2sql::Span) -> Error {
        match self {
            Error::Data { path, message, .. } => Error::Data { path, message, span: Some(place) },
            other => other,
        }
    }

    /// The part of the query that a data error or a defect came from, where that is known.
    pub fn span(&self) -> Option<kql2sql::Span> {
        match self {
            Error::Data { span, .. } | Error::Internal { span, .. } => *span,
            _ => None,
        }
    }

    /// Whether the query itself is at fault.
    pub fn is_query(&self) -> bool {
        matches!(self, Error::Query { .. })
    }

    /// Whether the data is at fault.
    pub fn is_data(&self) -> bool {
        matches!(self, Error::Data { .. })
    }

    /// Whether memory or disk ran out.
    pub fn is_resources(&self) -> bool {
        matches!(self, Error::Resources { .. })
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Error::Cancelled)
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Error::Timeout(_))
    }

    /// Whether it is a defect of Lakehunt.
    pub fn is_internal(&self) -> bool {
        matches!(self, Error::Internal { .. })
    }

    /// The diagnostics of a wrong query; empty for other errors.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Error::Query { diagnostics, .. } => diagnostics,
            _ => &[],
        }
    }

    /// The file or folder that a data error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Error::Data { path, .. } => path.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Query { diagnostics, .. } => {
                let mut errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
                match errors.next() {
                    Some(first) => write!(f, "{}: {}", first.code, first.message)?,
                    None => f.write_str("the query is wrong")?,
                }
                match errors.count() {
                    0 => Ok(()),
                    more => write!(f, " (and {more} more)"),
                }
            }
            Error::Data { path: Some(path), message, .. } => write!(f, "{}: {message}", path.display()),
            Error::Data { path: None, message, .. } | Error::Resources { message } => f.write_str(message),
            Error::Cancelled => f.write_str("the query was cancelled"),
            Error::Timeout(limit) => {
                write!(f, "the query took longer than the allowed {} s", limit.as_secs_f64())
            }
            Error::Internal { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::Span;

    #[test]
    fn a_query_error_reads_as_its_first_error() {
        let warning = Diagnostic::warning("LH1", Span::default(), "odd");
        let first = Diagnostic::error("KS204", Span::default(), "no table 'T'");
        let error = Error::Query { diagnostics: vec![warning, first.clone(), first], source: "T".to_owned() };
        assert_eq!(error.to_string(), "KS204: no table 'T' (and 1 more)");
        assert!(error.is_query() && !error.is_internal());
    }
}
