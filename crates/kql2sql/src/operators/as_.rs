//! `as`: A name for the table so far, visible behind `as`.

use crate::syntax::ast::Name;

/// A name for the table so far, visible behind `as`.
#[derive(Debug, Clone)]
pub struct As {
    /// The name.
    pub name: Name,
}
