//! Translates KQL, the Kusto Query Language, to SQL.
#![deny(missing_docs)]

pub mod diagnostics;
pub mod operators;
pub mod span;
pub mod syntax;
pub mod types;
