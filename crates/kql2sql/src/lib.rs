//! Translates KQL, the Kusto Query Language, to SQL.
//!
//! [`translate`] takes a query, a [`Catalog`] that knows the tables and their Kusto types, and [`Options`] (the clock,
//! parameters of the query). It gives one [`QueryResult`] for each result of the query, or [`Diagnostic`]s with Kusto's codes,
//! places and advice. [`check`] only looks for diagnostics and the columns of the results. Neither reads data, a file or a clock,
//! and neither fails: for any text there is an answer.
//!
//! ```
//! use kql2sql::{MemoryCatalog, Options, Type, translate};
//!
//! let catalog = MemoryCatalog::new().with_table("Logins", [("User", Type::String), ("At", Type::DateTime)]);
//! let options = Options::default();
//!
//! let translation = translate("Logins | where User has 'ann' | summarize Last = max(At)", &catalog, &options);
//! let result = &translation.results[0];
//! assert_eq!(
//!     result.sql.to_string(),
//!     r#"SELECT MAX("At") AS "Last" FROM "Logins" WHERE kql_has(COALESCE("User", ''), 'ann')"#
//! );
//! assert!(result.udfs().contains("kql_has"));
//!
//! let kql = "Logins | where Usr == 'ann'";
//! let translation = translate(kql, &catalog, &options);
//! let wrong = &translation.diagnostics[0];
//! assert_eq!((wrong.code, wrong.span.text(kql)), ("KS142", "Usr"));
//! assert_eq!(wrong.help.as_deref(), Some("did you mean 'User'?"));
//! ```
//!
//! # What the SQL needs of an engine
//!
//! It is written for Apache DataFusion: standard SQL with CTEs and window functions, names in double quotes. Functions of
//! Kusto's that SQL lacks are called `kql_…`; [`QueryResult::udfs`] lists them, and the crate `lakehunt` brings them. What no SQL says
//! (`scan`, most plugins) is an [`Operation`] beside it. A query whose columns depend on the data (`bag_unpack`, `pivot`) first
//! gives a [question](Translation::question) to ask of it.
//!
//! The SQL expects these types of the tables, and its columns have them:
//!
//! | Kusto | SQL |
//! |---|---|
//! | `bool`, `int`, `long`, `real` | `BOOLEAN`, `INT`, `BIGINT`, `DOUBLE` |
//! | `decimal` | `DECIMAL(38, 18)` |
//! | `string`, `guid` | text; NULL means `""`, a `guid` is in lower case |
//! | `datetime` | a timestamp in nanoseconds, UTC; what it means before 1695 and from 2184 on, [`time::TIMESTAMPS`] tells |
//! | `timespan` | `BIGINT`, ticks of 100 ns |
//! | `dynamic` | text with JSON; NULL is null |
//!
//! # The stages
//!
//! [`syntax`] parses, [`mod@bind`] resolves names and types into a [`plan`], a rewriting of the plan follows, [`sql`] lowers and prints it.
//! [`functions`], [`operators`] and [`topics`] are the registry: each function, operator, statement and type with its documentation
//! and worked examples.
#![deny(missing_docs)]

pub mod bind;
pub mod catalog;
pub mod diagnostics;
pub mod functions;
pub mod json;
pub mod operation;
pub mod operators;
pub mod plan;
pub(crate) mod rewrite;
pub mod shape;
pub mod span;
pub mod sql;
mod stack;
pub mod syntax;
pub mod time;
pub mod topics;
pub mod types;

use std::collections::BTreeSet;

pub use catalog::{Catalog, Column, MemoryCatalog, Place, StoredFunction, Table};
pub use diagnostics::{Diagnostic, Severity};
pub use operation::Operation;
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
    /// What the questions of earlier translations of this query gave, in their order (see [`Translation::question`]):
    /// the rows of each, with "" for null.
    pub answers: Vec<Vec<Vec<String>>>,
    /// The database of addresses that `geo_info_from_ip_address` looks into: the path of a MaxMind file, as the runtime's
    /// `kql_geo_info` takes it. Without it the function is refused.
    pub geo_database: Option<String>,
    /// The patterns that `parse_user_agent` looks for: the path of a file of uap-core's form, as the runtime's
    /// `kql_parse_user_agent` takes it. Without it the function is refused.
    pub user_agents: Option<String>,
    /// The `datetime` column that tells when a row came into its table: what `ingestion_time()` gives. Without it the
    /// function is refused.
    pub ingestion_time: Option<String>,
}

/// The outcome of a translation. With an error among the diagnostics there is no SQL.
#[derive(Debug, Clone)]
pub struct Translation {
    /// The results of the query: one for each tabular statement (`fork` and several statements give more).
    pub results: Vec<QueryResult>,
    /// What must be asked of the data before the query can be translated: the columns of a result depend on it
    /// (`bag_unpack`, `pivot`). There are no results then. Run it, add its rows to [`Options::answers`], and
    /// translate again. All its columns are strings.
    pub question: Option<QueryResult>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// One result of a query.
#[derive(Debug, Clone)]
pub struct QueryResult {
    /// The SQL as sqlparser's tree.
    pub sql: sqlparser::ast::Query,
    /// What the runtime carries out itself, in the order in which it must: the SQL reads the rows as tables.
    pub operations: Vec<Operation>,
    /// The columns of the result with Kusto's names and types.
    pub columns: Vec<Column>,
    /// How `render` wants it drawn.
    pub render: Option<Render>,
}

impl QueryResult {
    /// The SQL as text.
    pub fn text(&self) -> String {
        sql::text(&self.sql)
    }

    /// The names of the functions (`kql_…`) that the SQL and its operations need beyond the engine's own.
    pub fn udfs(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        sql::udfs::collect(&self.sql, &mut names);
        for operation in &self.operations {
            operation.inputs.iter().for_each(|input| sql::udfs::collect(&input.sql, &mut names));
            operation.formulas.iter().for_each(|formulas| sql::udfs::collect(&formulas.sql, &mut names));
        }
        names
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

/// Translates a query.
///
/// Never fails and never panics: what is wrong is among the diagnostics, and then there are no results.
///
/// ```
/// use kql2sql::{MemoryCatalog, Options, Type, translate};
///
/// let catalog = MemoryCatalog::new().with_table("Logins", [("User", Type::String), ("Count", Type::Long)]);
/// let translation = translate("Logins | where Count > 3 | project User", &catalog, &Options::default());
/// assert!(translation.diagnostics.is_empty());
/// assert_eq!(translation.results[0].sql.to_string(), r#"SELECT "User" FROM "Logins" WHERE "Count" > 3"#);
/// assert_eq!(translation.results[0].columns[0].ty, Type::String);
/// ```
pub fn translate(kql: &str, catalog: &dyn Catalog, options: &Options) -> Translation {
    stack::reserved(|| {
        let bound = bind(kql, catalog, options);
        stack::for_depth(bound.depth(), || lower(kql, bound))
    })
}

/// Rewrites and lowers what a query binds to.
fn lower(kql: &str, bound: bind::Bound) -> Translation {
    let mut diagnostics = bound.diagnostics;
    let mut results = Vec::with_capacity(bound.plans.len());
    let mut question = None;
    let lower = |mut plan: plan::Plan, render, diagnostics: &mut Vec<Diagnostic>| {
        let columns = visible_columns(&plan);
        rewrite::rewrite(&mut plan);
        let lowered = sql::lower(&plan, bound.now);
        diagnostics.extend(lowered.diagnostics);
        QueryResult { sql: lowered.query, operations: lowered.operations, columns, render }
    };
    if diagnostics.iter().any(Diagnostic::is_error) {
        // Nothing to lower.
    } else if let Some(plan) = bound.question {
        question = Some(lower(plan, None, &mut diagnostics));
    } else {
        for (plan, render) in bound.plans {
            let consumed = matches!(&*plan.root.node, plan::Node::Values(rows) if rows.is_empty());
            if plan.root.visible().next().is_none() && !consumed {
                // What is refused may have no columns that are known: lowering says so.
                let before = diagnostics.len();
                lower(plan, render, &mut diagnostics);
                if !diagnostics[before..].iter().any(Diagnostic::is_error) {
                    diagnostics.push(diagnostics::binding::no_columns(Span::new(0, kql.len())));
                }
                continue;
            }
            results.push(lower(plan, render, &mut diagnostics));
        }
        if results.is_empty() && !diagnostics.iter().any(Diagnostic::is_error) {
            let end = kql.trim_end().len();
            diagnostics.push(diagnostics::binding::no_query(Span::new(end, end)));
        }
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        results.clear();
        question = None;
    }
    diagnostics.sort_by_key(|d| d.span.start);
    Translation { results, question, diagnostics }
}

/// What [`check`] finds out about a query.
#[derive(Debug)]
pub struct Checked {
    /// The columns of each result; with errors, as far as they can be told.
    pub results: Vec<Vec<Column>>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and binds a query without translating it: its diagnostics and the columns of its results.
///
/// ```
/// use kql2sql::{MemoryCatalog, Options, check};
///
/// let checked = check("print x = 1 | extend y = z", &MemoryCatalog::new(), &Options::default());
/// assert_eq!(checked.diagnostics[0].code, "KS142");
/// ```
pub fn check(kql: &str, catalog: &dyn Catalog, options: &Options) -> Checked {
    stack::reserved(|| {
        let bound = bind(kql, catalog, options);
        stack::for_depth(bound.depth(), || {
            let results = bound.plans.iter().map(|(plan, _)| visible_columns(plan)).collect();
            Checked { results, diagnostics: bound.diagnostics }
        })
    })
}

/// Parses and binds a query.
fn bind(kql: &str, catalog: &dyn Catalog, options: &Options) -> bind::Bound {
    let parsed = syntax::parse(kql);
    let mut bound = bind::bind(&parsed.script, catalog, options);
    let diagnostics = &mut bound.diagnostics;
    diagnostics::merge(diagnostics, parsed.diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        // How it would be computed is beside the point where there is no answer.
        diagnostics.retain(|d| !d.is_about_answer());
        diagnostics::advise(kql, diagnostics);
    }
    bound
}

fn visible_columns(plan: &plan::Plan) -> Vec<Column> {
    plan.root.visible().map(|c| Column::new(c.name.clone(), c.ty)).collect()
}
