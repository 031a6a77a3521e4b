//! `where`: Keeps the rows for which the predicate holds; `filter` is the same.

use crate::syntax::ast::Expr;

/// Keeps the rows for which the predicate holds; `filter` is the same.
#[derive(Debug, Clone)]
pub struct Where {
    /// The predicate.
    pub predicate: Box<Expr>,
}
