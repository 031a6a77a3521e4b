//! `project-keep`: Keeps columns, in the order of the input.

use crate::syntax::ast::Expr;

/// Keeps columns, in the order of the input.
#[derive(Debug, Clone)]
pub struct ProjectKeep {
    /// Names and wildcards.
    pub columns: Vec<Expr>,
}
