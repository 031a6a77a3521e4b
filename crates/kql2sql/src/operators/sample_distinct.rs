//! `sample-distinct`: A number of distinct values at random.

use crate::syntax::ast::Expr;

/// A number of distinct values at random.
#[derive(Debug, Clone)]
pub struct SampleDistinct {
    /// How many.
    pub count: Box<Expr>,
    /// `of column`
    pub of: Box<Expr>,
}
