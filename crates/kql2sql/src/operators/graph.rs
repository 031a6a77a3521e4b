//! The graph operators.

use crate::span::Span;

/// `make-graph`, `graph-match`, `graph-shortest-paths`, `graph-to-table`, `graph-mark-components`, `graph-where-nodes`, `graph-where-edges`: parsed as source text so that they can be refused by name.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The operator's keyword.
    pub keyword: String,
    /// Where its clauses stand.
    pub clauses: Span,
}
