//! `top-nested`: The top values, within each the top values of the next level.

use crate::syntax::ast::{Expr, Ordered};

/// The top values, within each the top values of the next level.
#[derive(Debug, Clone)]
pub struct TopNested {
    /// The levels, outermost first.
    pub levels: Vec<TopNestedLevel>,
}

/// One level: `top-nested 3 of column with others = "rest" by count() desc`
#[derive(Debug, Clone)]
pub struct TopNestedLevel {
    /// How many; all where it is missing.
    pub count: Option<Expr>,
    /// `of value`
    pub of: Expr,
    /// `with others = value`
    pub others: Option<Expr>,
    /// `by aggregate asc|desc`
    pub by: Ordered,
}
