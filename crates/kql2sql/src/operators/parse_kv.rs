//! `parse-kv`: Columns from the key-value pairs in a string.

use crate::syntax::ast::{ColumnDecl, Expr, OperatorParameter};

/// Columns from the key-value pairs in a string.
#[derive(Debug, Clone)]
pub struct ParseKv {
    /// What is parsed.
    pub value: Box<Expr>,
    /// The keys to take, with types.
    pub columns: Vec<ColumnDecl>,
    /// `with (pair_delimiter=…, …)`
    pub properties: Vec<OperatorParameter>,
}
