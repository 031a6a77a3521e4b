//! Runs KQL, the Kusto Query Language, on a lake of Parquet files.
#![deny(missing_docs)]

pub mod dynamic;
pub mod functions;
