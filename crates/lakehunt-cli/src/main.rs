//! `lakehunt`: KQL on a lake of Parquet files, at the command line.

mod args;
mod hunt;
mod output;
mod values;

fn main() {}
