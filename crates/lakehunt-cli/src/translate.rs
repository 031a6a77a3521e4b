//! `lakehunt translate`: the SQL of a query.

use std::io::Write;

use kql2sql::{Catalog, Options, Translation};
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
    let translation = with_catalog(&args.source, &args.clock, |catalog, options| {
        kql2sql::translate(&query.text, catalog, options)
    })?;
    print(&query, &translation, args.format)
}

/// Calls `f` with the tables that the options name: those of the data and of the schema files. A table that cannot be
/// read is a failure, and not a missing table.
pub fn with_catalog<R>(
    source: &SourceArgs,
    clock: &ClockArgs,
    f: impl FnOnce(&dyn Catalog, &Options) -> R,
) -> Result<R, Failure> {
    let schemas = catalog::known(source)?;
    let none = source.functions.is_empty() && source.watchlist.is_empty();
    if none && source.data.is_empty() && source.table.is_empty() {
        return Ok(f(&schemas, &engine::options(clock)));
    }
    let args = EngineArgs { clock: clock.clone(), ..EngineArgs::default() };
    let engine = Engine::open(source, &args)?;
    let tables = engine.catalog();
    let done = f(&Layers(vec![&tables, &schemas]), &engine.options());
    match tables.into_error() {
        Some(error) => Err(engine::fail(&error)),
        None => Ok(done),
    }
}

fn print(query: &Query, translation: &Translation, format: TranslateFormat) -> Result<(), Failure> {
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
