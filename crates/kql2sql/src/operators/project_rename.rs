//! `project-rename`: Renames columns.

use crate::syntax::ast::Expr;

/// Renames columns.
#[derive(Debug, Clone)]
pub struct ProjectRename {
    /// `new = old`
    pub columns: Vec<Expr>,
}
