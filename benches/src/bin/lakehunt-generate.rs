//! Makes a lake of any size for tests and benchmarks: see [`lakehunt_benches::generate`].

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use lakehunt_benches::generate::clock::Ticks;
use lakehunt_benches::generate::{Options, generate};

/// Makes a lake of CloudAppEvents and EmailEvents with planted findings for three hunts.
///
/// Writes DIR/CloudAppEvents/part-*.parquet, DIR/EmailEvents/part-*.parquet, and the record of it:
/// planted.json (the rows that each hunt must return) and schemas.json (the columns' Kusto types).
#[derive(Parser)]
struct Arguments {
    /// Number of rows of each table
    #[arg(long)]
    rows: u64,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The folder to write the record to, if not the same
    #[arg(long, value_name = "DIR")]
    record: Option<PathBuf>,
    /// Another seed makes another lake
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of files of each table
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..))]
    files: u64,
    /// The time at which the hunts will run
    #[arg(long, value_name = "TIME", default_value = "2026-11-01T00:00:00Z", value_parser = Ticks::parse)]
    now: Ticks,
    /// How many days before now the rows begin
    #[arg(long, default_value_t = 60)]
    days: u32,
}

fn main() -> ExitCode {
    let Arguments { rows, out, record, seed, files, now, days } = Arguments::parse();
    let start = Instant::now();
    let record = record.unwrap_or_else(|| out.clone());
    match generate(&Options { rows, out: out.clone(), record, seed, files, now, days }) {
        Ok(bytes) => {
            let megabytes = bytes as f64 / 1e6;
            println!(
                "{}: two tables of {rows} rows, {megabytes:.1} MB, in {:.1} s",
                out.display(),
                start.elapsed().as_secs_f64()
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
