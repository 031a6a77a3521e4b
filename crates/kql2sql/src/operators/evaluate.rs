//! `evaluate`: Runs a plugin.

use crate::syntax::ast::{ColumnDecl, Expr};

/// Runs a plugin.
#[derive(Debug, Clone)]
pub struct Evaluate {
    /// The plugin call.
    pub call: Expr,
    /// `: (a:string, *)`, the declared result columns; the flag tells whether `*` was there.
    pub schema: Option<(Vec<ColumnDecl>, bool)>,
}
