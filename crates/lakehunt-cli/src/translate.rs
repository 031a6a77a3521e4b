//! `lakehunt translate`: the SQL of a query.

use std::io::Write;

use kql2sql::{Catalog, Column, Options, QueryResult, Translation};
use serde_json::{Value, json};

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

/// The SQL of a result; before it, as comments, what SQL cannot say.
fn write_sql(out: &mut impl Write, result: &QueryResult) -> std::io::Result<()> {
    for operation in &result.operations {
        let columns: Vec<&str> = operation.columns.iter().map(|c| c.name.as_str()).collect();
        let (name, table) = (operation.task.name, &operation.table);
        writeln!(out, "-- \"{table}\" ({}) is what {name} makes of", columns.join(", "))?;
        for input in &operation.inputs {
            for line in kql2sql::sql::text(&input.sql).lines() {
                writeln!(out, "--   {line}")?;
            }
        }
    }
    writeln!(out, "{};", result.text())
}

fn json(result: &QueryResult) -> Value {
    let columns =
        |columns: &[Column]| -> Vec<Value> { columns.iter().map(|c| json!([c.name, c.ty.name()])).collect() };
    let operation = |o: &kql2sql::Operation| {
        let inputs: Vec<String> = o.inputs.iter().map(|i| kql2sql::sql::text(&i.sql)).collect();
        json!({"table": o.table, "operation": o.task.name, "inputs": inputs, "columns": columns(&o.columns)})
    };
    let operations: Vec<Value> = result.operations.iter().map(operation).collect();
    json!({
        "sql": result.text(),
        "operations": operations,
        "columns": columns(&result.columns),
        "functions": result.udfs(),
    })
}

fn print(query: &Query, translation: &Translation, format: TranslateFormat) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match format {
        TranslateFormat::Sql => {
            diagnostics::report(query.source(), &translation.diagnostics);
            if let Some(question) = &translation.question {
                writeln!(out, "-- The columns of the result depend on the data. What decides about them:")?;
                write_sql(&mut out, question)?;
            }
            for (i, result) in translation.results.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write_sql(&mut out, result)?;
            }
        }
        TranslateFormat::Json => {
            let results: Vec<_> = translation.results.iter().map(json).collect();
            let question = translation.question.as_ref().map(json);
            let found: Vec<_> =
                translation.diagnostics.iter().map(|d| diagnostics::json(&query.text, d)).collect();
            writeln!(out, "{:#}", json!({"results": results, "question": question, "diagnostics": found}))?;
        }
    }
    if translation.results.is_empty() && translation.diagnostics.iter().any(|d| d.is_error()) {
        return Err(Failure::reported(exit::FAILED));
    }
    Ok(())
}
