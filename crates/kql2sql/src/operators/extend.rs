//! `extend`: Adds or replaces columns.

use crate::syntax::ast::Expr;

/// Adds or replaces columns.
#[derive(Debug, Clone)]
pub struct Extend {
    /// The expressions, each perhaps [`ExprKind::Named`](crate::syntax::ast::ExprKind::Named).
    pub columns: Vec<Expr>,
}
