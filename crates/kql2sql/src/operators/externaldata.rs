//! `externaldata`: A table read from a file outside the lake.

use crate::syntax::ast::{ColumnDecl, Expr, OperatorParameter};

/// A table read from a file outside the lake.
#[derive(Debug, Clone)]
pub struct ExternalData {
    /// The declared columns.
    pub columns: Vec<ColumnDecl>,
    /// Where the data is, between `[` and `]`.
    pub uris: Vec<Expr>,
    /// `with (format=…, ignoreFirstRecord=…)`
    pub properties: Vec<OperatorParameter>,
}
