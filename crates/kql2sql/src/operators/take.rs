//! `take`: A number of rows; `limit` is the same.

use crate::syntax::ast::Expr;

/// A number of rows; `limit` is the same.
#[derive(Debug, Clone)]
pub struct Take {
    /// How many.
    pub count: Box<Expr>,
}
