//! `lookup`: Extends a fact table by the columns of a dimension table.

use crate::syntax::ast::Expr;

/// Extends a fact table by the columns of a dimension table.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// The dimension table.
    pub right: Box<Expr>,
    /// `on …`: the conditions.
    pub on: Vec<Expr>,
}
