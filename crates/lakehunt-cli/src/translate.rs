//! `lakehunt translate`: the SQL of a query.

use std::io::Write;

use kql2sql::{Catalog, Options};
use serde_json::json;

use crate::args::{ClockArgs, EngineArgs, SourceArgs, TranslateArgs, TranslateFormat};
use crate::catalog::{self, Layers};
use crate::diagnostics;
use crate::engine::{self, Engine};
use crate::failure::{Failure, exit};
use crate::text::Query;

/// `lakehunt translate`
pub fn run(args: &TranslateArgs) -> Result<(), Failure> {
    let query = Query::read(&args.text)?;
    with_catalog(&args.source, &args.clock, |catalog, options| print(&query, catalog, options, args.format))?
}

/// Calls `f` with the tables that the options name: those of the data and of the schema files.
pub fn with_catalog<R>(
    source: &SourceArgs,
    clock: &ClockArgs,
    f: impl FnOnce(&dyn Catalog, &Options) -> R,
) -> Result<R, Failure> {
    let schemas = catalog::known(source)?;
    if source.data.is_empty() && source.table.is_empty() {
        return Ok(f(&schemas, &engine::options(clock)));
    }
    let args = EngineArgs { clock: clock.clone(), ..EngineArgs::default() };
    let engine = Engine::open(source, &args)?;
    let tables = engine.catalog();
    let done = f(&Layers(vec![&tables, &schemas]), &engine.options());
    // A table that cannot be read was a missing one to the translator.
    match tables.into_error() {
        Some(error) => Err(engine::fail(&error)),
        None => Ok(done),
    }
}

fn print(
    query: &Query,
    catalog: &dyn Catalog,
    options: &Options,
    format: TranslateFormat,
) -> Result<(), Failure> {
    let translation = kql2sql::translate(&query.text, catalog, options);
    let mut out = std::io::stdout().lock();
    match format {
        TranslateFormat::Sql => {
            diagnostics::report(query.source(), &translation.diagnostics);
            for (i, result) in translation.results.iter().enumerate() {
                writeln!(out, "{}{};", if i > 0 { "\n" } else { "" }, result.text())?;
            }
        }
        TranslateFormat::Json => {
            let results: Vec<_> = translation
                .results
                .iter()
                .map(|result| {
                    let columns: Vec<_> =
                        result.columns.iter().map(|c| json!([c.name, c.ty.name()])).collect();
                    json!({"sql": result.text(), "columns": columns, "functions": result.udfs})
                })
                .collect();
            let found: Vec<_> =
                translation.diagnostics.iter().map(|d| diagnostics::json(&query.text, d)).collect();
            writeln!(out, "{:#}", json!({"results": results, "diagnostics": found}))?;
        }
    }
    if translation.results.is_empty() && translation.diagnostics.iter().any(|d| d.is_error()) {
        return Err(Failure::reported(exit::FAILED));
    }
    Ok(())
}
