//! `project-reorder`: Moves columns to the front.

use crate::syntax::ast::{Expr, Name};

/// Moves columns to the front.
#[derive(Debug, Clone)]
pub struct ProjectReorder {
    /// Names and wildcards, a wildcard perhaps with `asc`, `desc`, `granny-asc`, `granny-desc`.
    pub columns: Vec<(Expr, Option<Name>)>,
}
