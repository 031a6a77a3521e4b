//! Runs KQL, the Kusto Query Language, on a lake of Parquet files.
#![deny(missing_docs)]

pub mod catalog;
pub mod dynamic;
pub mod error;
pub mod functions;
pub mod schemas;
pub mod settings;

pub use error::Error;
