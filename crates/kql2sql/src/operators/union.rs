//! `union`: The rows of several tables.

use crate::syntax::ast::Expr;

/// The rows of several tables.
#[derive(Debug, Clone)]
pub struct Union {
    /// The tables, perhaps with wildcards.
    pub tables: Vec<Expr>,
}
