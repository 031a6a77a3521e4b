//! `find`: Rows of many tables that match a predicate.

use crate::syntax::ast::{Expr, Name};

/// Rows of many tables that match a predicate.
#[derive(Debug, Clone)]
pub struct Find {
    /// `in (…)`: the tables; empty for all.
    pub tables: Vec<Expr>,
    /// The predicate.
    pub predicate: Expr,
    /// `project …`, or `project-smart`.
    pub project: FindProject,
    /// `project-away …`
    pub project_away: Vec<Expr>,
}

/// The columns that `find` returns.
#[derive(Debug, Clone)]
pub enum FindProject {
    /// Nothing was said: as `project-smart`.
    Default,
    /// `project-smart`
    Smart,
    /// `project a, b:long, pack(*)`: columns with the type that was asked for, and whether `pack(*)` stood there.
    Columns(Vec<(Expr, Option<Name>)>, bool),
}
