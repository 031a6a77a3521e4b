//! `datatable`: A table written out in the query.

use crate::syntax::ast::{ColumnDecl, Expr};

/// A table written out in the query.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// The declared columns.
    pub columns: Vec<ColumnDecl>,
    /// The values, row after row.
    pub values: Vec<Expr>,
}
