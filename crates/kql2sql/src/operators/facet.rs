//! `facet`: One table for each of the given columns.

use crate::syntax::ast::Expr;

/// One table for each of the given columns.
#[derive(Debug, Clone)]
pub struct Facet {
    /// The columns.
    pub columns: Vec<Expr>,
    /// `with (…)`: what is done with each.
    pub with: Option<Box<Expr>>,
}
