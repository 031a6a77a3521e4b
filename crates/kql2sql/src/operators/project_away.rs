//! `project-away`: Drops columns.

use crate::syntax::ast::Expr;

/// Drops columns.
#[derive(Debug, Clone)]
pub struct ProjectAway {
    /// Names and wildcards.
    pub columns: Vec<Expr>,
}
