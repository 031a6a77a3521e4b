//! `fork`: Several results from one input.

use crate::syntax::ast::{Expr, Name};

/// Several results from one input.
#[derive(Debug, Clone)]
pub struct Fork {
    /// The sub-queries with their names.
    pub branches: Vec<(Option<Name>, Expr)>,
}
