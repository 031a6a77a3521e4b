//! `sort`: Sorts the rows; `order` is the same.

use crate::syntax::ast::Ordered;

/// Sorts the rows; `order` is the same.
#[derive(Debug, Clone)]
pub struct Sort {
    /// The keys.
    pub keys: Vec<Ordered>,
}
