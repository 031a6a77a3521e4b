//! `search`: Rows in which a term stands in any column.

use crate::syntax::ast::Expr;

/// Rows in which a term stands in any column.
#[derive(Debug, Clone)]
pub struct Search {
    /// `in (…)`: the tables; empty for all or for the input.
    pub tables: Vec<Expr>,
    /// The predicate, with `*`, `column:term` and bare terms.
    pub predicate: Box<Expr>,
}
