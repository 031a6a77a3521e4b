//! `invoke`: Calls a function with the input as its first argument.

use crate::syntax::ast::Expr;

/// Calls a function with the input as its first argument.
#[derive(Debug, Clone)]
pub struct Invoke {
    /// The call.
    pub call: Expr,
}
