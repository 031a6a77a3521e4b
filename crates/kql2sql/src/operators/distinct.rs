//! `distinct`: The distinct combinations of the given columns.

use crate::syntax::ast::Expr;

/// The distinct combinations of the given columns.
#[derive(Debug, Clone)]
pub struct Distinct {
    /// Columns or expressions, or one `*`.
    pub columns: Vec<Expr>,
}
