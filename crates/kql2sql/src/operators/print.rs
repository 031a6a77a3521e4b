//! `print`: One row of computed values.

use crate::syntax::ast::Expr;

/// One row of computed values.
#[derive(Debug, Clone)]
pub struct Print {
    /// The expressions.
    pub columns: Vec<Expr>,
}
