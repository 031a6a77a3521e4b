//! `top-hitters`: The most frequent values, about.

use crate::syntax::ast::Expr;

/// The most frequent values, about.
#[derive(Debug, Clone)]
pub struct TopHitters {
    /// How many.
    pub count: Box<Expr>,
    /// `of value`
    pub of: Box<Expr>,
    /// `by weight`
    pub by: Option<Box<Expr>>,
}
