//! `range`: A table of one column with values in equal steps.

use crate::syntax::ast::{Expr, Name};

/// A table of one column with values in equal steps.
#[derive(Debug, Clone)]
pub struct Range {
    /// The column.
    pub column: Name,
    /// `from`
    pub from: Box<Expr>,
    /// `to`, included
    pub to: Box<Expr>,
    /// `step`
    pub step: Box<Expr>,
}
