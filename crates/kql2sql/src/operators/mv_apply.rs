//! `mv-apply`: Runs a sub-query over the elements of each array.

use crate::operators::mv_expand::MvColumn;
use crate::syntax::ast::Expr;

/// Runs a sub-query over the elements of each array.
#[derive(Debug, Clone)]
pub struct MvApply {
    /// The arrays.
    pub columns: Vec<MvColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// `id guid`: context id, obsolete
    pub id: Option<Expr>,
    /// `on (sub-query)`: a pipe without a source.
    pub on: Box<Expr>,
}
