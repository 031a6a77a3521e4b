//! Runs SQL on DataFusion alone, as a yardstick for Lakehunt: the tables of a lake, the JSON functions that
//! DataFusion's users take, and lines of JSON on standard output.

use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use arrow::json::LineDelimitedWriter;
use clap::Parser;
use datafusion::common::TableReference;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use futures::StreamExt;

/// Runs the statements of an SQL file on DataFusion and prints the rows of the last one as lines of JSON.
#[derive(Parser)]
struct Arguments {
    /// The file, with statements that end with a semicolon and a line break
    sql: PathBuf,
    /// A folder with a folder of Parquet files for each table
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Number of threads
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(arguments.threads).enable_all().build();
    match runtime.map_err(Box::from).and_then(|runtime| runtime.block_on(run(&arguments))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let mut config = SessionConfig::new().with_target_partitions(arguments.threads);
    // Names of tables and columns are in mixed case, and not in quotes.
    config.options_mut().sql_parser.enable_ident_normalization = false;
    let mut context = SessionContext::new_with_config(config);
    datafusion_functions_json::register_all(&mut context)?;
    for folder in fs::read_dir(&arguments.data)? {
        let folder = folder?;
        if folder.file_type()?.is_dir() {
            // As it is: a text would be taken for an identifier, and put into lower case.
            let table = TableReference::bare(folder.file_name().to_string_lossy().into_owned());
            let path = folder.path();
            context.register_parquet(table, path.to_string_lossy(), ParquetReadOptions::default()).await?;
        }
    }

    let sql = fs::read_to_string(&arguments.sql)?;
    let mut statements: Vec<_> = sql.split(";\n").filter(|statement| !statement.trim().is_empty()).collect();
    let query = statements.pop().ok_or("no statement")?;
    for statement in statements {
        context.sql(statement).await?.collect().await?;
    }
    let mut rows = context.sql(query).await?.execute_stream().await?;
    let mut writer = LineDelimitedWriter::new(BufWriter::new(io::stdout().lock()));
    while let Some(batch) = rows.next().await {
        writer.write(&batch?)?;
    }
    writer.finish()?;
    writer.into_inner().flush()?;
    Ok(())
}
