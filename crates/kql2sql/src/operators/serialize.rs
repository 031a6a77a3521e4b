//! `serialize`: Fixes the row order, for window functions.

use crate::syntax::ast::Expr;

/// Fixes the row order, for window functions.
#[derive(Debug, Clone)]
pub struct Serialize {
    /// Columns to add.
    pub columns: Vec<Expr>,
}
