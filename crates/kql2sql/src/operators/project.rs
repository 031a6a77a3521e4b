//! `project`: Chooses columns and computes new ones.

use crate::syntax::ast::Expr;

/// Chooses columns and computes new ones.
#[derive(Debug, Clone)]
pub struct Project {
    /// The expressions.
    pub columns: Vec<Expr>,
}
