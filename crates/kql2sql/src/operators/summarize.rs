//! `summarize`: Aggregates the rows of each group.

use crate::syntax::ast::Expr;

/// Aggregates the rows of each group.
#[derive(Debug, Clone)]
pub struct Summarize {
    /// The aggregates.
    pub aggregates: Vec<Expr>,
    /// `by …`
    pub by: Vec<Expr>,
}
