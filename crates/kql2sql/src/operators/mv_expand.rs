//! `mv-expand`: One row for each element of an array or bag.

use crate::syntax::ast::{Expr, Name};

/// One row for each element of an array or bag.
#[derive(Debug, Clone)]
pub struct MvExpand {
    /// The arrays and bags.
    pub columns: Vec<MvColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
}

/// One array of `mv-expand` or `mv-apply`.
#[derive(Debug, Clone)]
pub struct MvColumn {
    /// The array, perhaps `name = array`.
    pub value: Expr,
    /// `to typeof(type)`
    pub to_type: Option<Name>,
}
