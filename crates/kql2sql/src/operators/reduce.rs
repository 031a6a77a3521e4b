//! `reduce`: Groups strings by similarity.

use crate::syntax::ast::{Expr, OperatorParameter};

/// Groups strings by similarity.
#[derive(Debug, Clone)]
pub struct Reduce {
    /// `by column`
    pub by: Box<Expr>,
    /// `with threshold=…, characters=…`
    pub with: Vec<OperatorParameter>,
}
