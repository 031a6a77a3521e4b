//! `partition`: Runs a sub-query for each value of a column.

use crate::syntax::ast::Expr;

/// Runs a sub-query for each value of a column.
#[derive(Debug, Clone)]
pub struct Partition {
    /// `by column`
    pub by: Box<Expr>,
    /// The sub-query: a pipe without a source, or (legacy) a whole query in braces.
    pub body: Box<Expr>,
    /// Whether the sub-query stood in braces.
    pub braces: bool,
}
