//! `count`: The number of rows, as one row with the column `Count`.

use crate::syntax::ast::Name;

/// The number of rows, as one row with the column `Count`.
#[derive(Debug, Clone)]
pub struct Count {
    /// `count as Name`: the name of the result column.
    pub alias: Option<Name>,
}
