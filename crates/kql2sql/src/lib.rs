//! Translates KQL, the Kusto Query Language, to SQL.
#![deny(missing_docs)]

pub mod bind;
pub mod catalog;
pub mod diagnostics;
pub mod functions;
pub mod operators;
pub mod plan;
pub mod span;
pub mod syntax;
pub mod time;
pub mod types;

pub use catalog::{Catalog, Column, MemoryCatalog, Table};
pub use diagnostics::{Diagnostic, Severity};
pub use span::Span;
pub use sqlparser;
pub use types::Type;

/// What the translation depends on besides the query and the catalog.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What `now()` is: ticks of 100 ns since 0001-01-01T00:00:00Z. Without it the SQL calls `now()`.
    pub now: Option<i64>,
    /// The values of `declare query_parameters`, by name, as KQL literals.
    pub parameters: Vec<(String, String)>,
}

/// The outcome of a translation. With an error among the diagnostics there is no SQL.
#[derive(Debug, Clone)]
pub struct Translation {
    /// The results of the query: one for each tabular statement (`fork` and several statements give more).
    pub results: Vec<QueryResult>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// One result of a query.
#[derive(Debug, Clone)]
pub struct QueryResult {
    /// The SQL as sqlparser's tree.
    pub sql: sqlparser::ast::Query,
    /// The columns of the result with Kusto's names and types.
    pub columns: Vec<Column>,
    /// The names of the functions (`kql_…`) that the SQL needs beyond the engine's own.
    pub udfs: Vec<&'static str>,
    /// How `render` wants it drawn.
    pub render: Option<Render>,
}

impl QueryResult {
    /// The SQL as text.
    pub fn text(&self) -> String {
        self.sql.to_string()
    }
}

/// What `render` said: data about the result, not a change of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Render {
    /// `timechart`, `piechart` …
    pub chart: String,
    /// `title`, `xcolumn` … with their values as written.
    pub properties: Vec<(String, String)>,
}
