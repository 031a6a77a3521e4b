//! `sample`: A number of rows at random.

use crate::syntax::ast::Expr;

/// A number of rows at random.
#[derive(Debug, Clone)]
pub struct Sample {
    /// How many.
    pub count: Box<Expr>,
}
