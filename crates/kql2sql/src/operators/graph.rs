//! The graph operators.

use crate::operators::OperatorKind;
use crate::span::Span;
use crate::syntax::parser::Parser;

/// `make-graph`, `graph-match`, `graph-shortest-paths`, `graph-to-table`, `graph-mark-components`, `graph-where-nodes`, `graph-where-edges`: parsed as source text so that they can be refused by name.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The operator's keyword.
    pub keyword: String,
    /// Where its clauses stand.
    pub clauses: Span,
}

impl Graph {
    /// The clauses of a graph operator, up to the next `|`.
    fn parse(p: &mut Parser, keyword: &str) -> OperatorKind {
        let start = p.start();
        p.skip_to(&[]);
        OperatorKind::Graph(Graph { keyword: keyword.to_owned(), clauses: p.since(start) })
    }

    /// `make-graph source --> target with nodes on id`
    pub(crate) fn make(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "make-graph")
    }

    /// `graph-match (a)-[e]->(b) where … project …`
    pub(crate) fn match_(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "graph-match")
    }

    /// `graph-shortest-paths …`
    pub(crate) fn shortest_paths(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "graph-shortest-paths")
    }

    /// `graph-to-table nodes, edges`
    pub(crate) fn to_table(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "graph-to-table")
    }

    /// `graph-mark-components …`
    pub(crate) fn mark_components(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "graph-mark-components")
    }

    /// `graph-where-nodes …`
    pub(crate) fn where_nodes(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "graph-where-nodes")
    }

    /// `graph-where-edges …`
    pub(crate) fn where_edges(p: &mut Parser) -> OperatorKind {
        Self::parse(p, "graph-where-edges")
    }
}
