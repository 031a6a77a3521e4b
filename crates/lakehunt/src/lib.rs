//! Runs KQL, the Kusto Query Language, on a lake of Parquet files.
//!
//! A [`Session`] has tables and runs queries. A query becomes SQL (by [`kql2sql`]), the SQL a plan of DataFusion, and the plan
//! a stream of Arrow batches with Kusto's names and types:
//!
//! ```
//! use lakehunt::{QueryOptions, Session};
//!
//! # fn main() -> Result<(), lakehunt::Error> {
//! let session = Session::new()?;
//! let query = "range Day from 1 to 3 step 1 | summarize Days = count()";
//! let mut results = session.query_blocking(query, &QueryOptions::default())?;
//! let table = &mut results.tables[0];
//! assert_eq!(table.columns()[0].name, "Days");
//! while let Some(batch) = table.next_batch_blocking() {
//!     assert_eq!(batch?.num_rows(), 1);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`session`] | the public face: tables, options, queries |
//! | [`catalog`] | from paths to tables: files, footers, Kusto types, the scan |
//! | [`schemas`] | documented column types of well-known tables |
//! | [`functions`], [`dynamic`] | Kusto's functions for DataFusion |
//! | `operations` | operators and plugins that SQL cannot say |
//! | [`execute`] | planning, running, results, errors |
//! | [`stored`] | stored functions from scripts and YAML |
//! | [`documents`], `yaml` | files of text in folders; their YAML |
//! | [`settings`] | every setting of the engine, with its reason |
#![deny(missing_docs)]

pub mod catalog;
pub mod documents;
pub mod dynamic;
pub mod error;
pub mod execute;
pub mod functions;
pub(crate) mod operations;
pub mod schemas;
pub mod session;
pub mod settings;
pub mod stored;
pub(crate) mod yaml;

pub use error::Error;
pub use execute::{Explanation, Progress, ProgressHandle, QueryResults, ResultTable, Usage};
pub use session::{CancelHandle, QueryOptions, Session, SessionBuilder, TableSize};
