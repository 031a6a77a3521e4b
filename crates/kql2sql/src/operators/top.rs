//! `top`: The first rows in an order.

use crate::syntax::ast::{Expr, Ordered};

/// The first rows in an order.
#[derive(Debug, Clone)]
pub struct Top {
    /// How many.
    pub count: Box<Expr>,
    /// `by …`: one key, as Kusto has it; more are an error of the binder.
    pub by: Vec<Ordered>,
}
