//! `join`: Joins two tables.

use crate::syntax::ast::Expr;

/// Joins two tables.
#[derive(Debug, Clone)]
pub struct Join {
    /// The right table.
    pub right: Box<Expr>,
    /// `on …`, or `where …`: the conditions.
    pub on: Vec<Expr>,
}
