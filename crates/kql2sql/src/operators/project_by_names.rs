//! `project-by-names`: Chooses columns by names that are computed.

use crate::syntax::ast::Expr;

/// Chooses columns by names that are computed.
#[derive(Debug, Clone)]
pub struct ProjectByNames {
    /// Names, wildcards, strings and arrays of strings.
    pub columns: Vec<Expr>,
}
