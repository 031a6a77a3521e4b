//! Translates KQL, the Kusto Query Language, to SQL.
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
pub mod span;
pub mod sql;
pub mod syntax;
pub mod time;
pub mod types;

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
    /// The names of the functions (`kql_…`) that the SQL needs beyond the engine's own.
    pub udfs: Vec<&'static str>,
    /// How `render` wants it drawn.
    pub render: Option<Render>,
}

impl QueryResult {
    /// The SQL as text.
    pub fn text(&self) -> String {
        sql::text(&self.sql)
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
    with_stack(|| translate_here(kql, catalog, options))
}

/// Runs the translator on a stack that is large enough for every query that the parser lets pass, whatever
/// the caller's thread has left.
fn with_stack<T>(f: impl FnOnce() -> T) -> T {
    const NEEDED: usize = 16 << 20;
    const NEW: usize = 64 << 20;
    stacker::maybe_grow(NEEDED, NEW, f)
}

fn translate_here(kql: &str, catalog: &dyn Catalog, options: &Options) -> Translation {
    let checked = check_here(kql, catalog, options);
    let mut diagnostics = checked.diagnostics;
    let mut results = Vec::new();
    let mut question = None;
    let lower = |plan: plan::Plan, render, diagnostics: &mut Vec<Diagnostic>| {
        let columns = visible_columns(&plan);
        let lowered = sql::lower(&rewrite::rewrite(plan), options.now);
        diagnostics.extend(lowered.diagnostics);
        let (operations, udfs) = (lowered.operations, lowered.udfs);
        QueryResult { sql: lowered.query, operations, columns, udfs, render }
    };
    if diagnostics.iter().any(Diagnostic::is_error) {
        // Nothing to lower.
    } else if let Some(plan) = checked.question {
        question = Some(lower(plan, None, &mut diagnostics));
    } else {
        for (plan, render) in checked.plans {
            let consumed = matches!(&*plan.root.node, plan::Node::Values(rows) if rows.is_empty());
            if plan.root.visible().next().is_none() && !consumed {
                diagnostics.push(diagnostics::binding::no_columns(Span::new(0, kql.len())));
                continue;
            }
            results.push(lower(plan, render, &mut diagnostics));
        }
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        results.clear();
        question = None;
    }
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end));
    Translation { results, question, diagnostics }
}

/// What [`check`] finds out about a query.
#[derive(Debug)]
pub struct Checked {
    /// The columns of each result; with errors, as far as they can be told.
    pub results: Vec<Vec<Column>>,
    /// Errors and warnings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    plans: Vec<(plan::Plan, Option<Render>)>,
    question: Option<plan::Plan>,
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
    with_stack(|| check_here(kql, catalog, options))
}

fn check_here(kql: &str, catalog: &dyn Catalog, options: &Options) -> Checked {
    let parsed = syntax::parse(kql);
    let bound = bind::bind(&parsed.script, catalog, options);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(bound.diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        // How it would be computed is beside the point where there is no answer.
        diagnostics.retain(|d| !d.is_about_answer());
    }
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end));
    let results = bound.plans.iter().map(|(plan, _)| visible_columns(plan)).collect();
    Checked { results, diagnostics, plans: bound.plans, question: bound.question }
}

fn visible_columns(plan: &plan::Plan) -> Vec<Column> {
    plan.root.visible().map(|c| Column::new(c.name.clone(), c.ty)).collect()
}
