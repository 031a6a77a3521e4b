//! `node_degree_in`, `node_degree_out`, `node_id` and `labels`: what is known of nodes and edges beyond their properties.

use super::make::{ID, SOURCE, TARGET};
use super::shape::Part;
use crate::bind::stored::quoted;
use crate::bind::{Binder, Binding, RowScope};
use crate::diagnostics::binding;
use crate::plan::{Expr as Bound, Graph};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name};
use crate::types::Type;

/// How many edges lead to a node, and away from it.
const IN: &str = "(in)";
const OUT: &str = "(out)";

/// What a function tells.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// The column of a node with its degree.
    Degree(&'static str),
    Id,
    Labels,
}

/// `node_degree_in(node)`, `node_id(node)`, and without a node within `map`, `all` and `any` over inner nodes; `labels(…)` is
/// empty for a graph that a query makes.
pub(super) fn call(binder: &mut Binder, name: &Name, args: &[Expr], span: Span) -> Option<Bound> {
    let known = match name.text.as_str() {
        "node_degree_in" => Known::Degree(IN),
        "node_degree_out" => Known::Degree(OUT),
        "node_id" => Known::Id,
        "labels" => Known::Labels,
        _ => return None,
    };
    let pattern = binder.rows.iter().rev().find(|rows| rows.elements.has_parts())?.clone();
    let here = binder.rows.last()?.clone();
    let (scope, prefix): (&RowScope, String) = match args {
        [] if !here.elements.has_parts() => (&here, String::new()),
        [Expr { kind: ExprKind::Name { name, .. }, .. }] => match pattern.elements.part(name) {
            Some(Part::Node(n)) => (&pattern, format!("{}.", super::matching::node_name(*n))),
            Some(_) if known == Known::Labels => (&pattern, String::new()),
            _ => return None,
        },
        _ => return None,
    };
    let columns = if prefix.is_empty() { &scope.columns } else { &scope.elements.columns };
    let find = |column: &str| columns.iter().find(|c| c.name == format!("{prefix}{column}"));
    let id = find(ID).map(|c| c.reference(span));
    let degree = match (known, id) {
        (Known::Labels, _) => return Some(Bound::literal(Literal::Dynamic("[]".into()), span)),
        (_, None) => {
            binder.report(binding::unknown_name(span, &name.text, "function of an edge", ["labels"]));
            return Some(Bound::error(span));
        }
        (Known::Id, Some(id)) => {
            // More than a column, whose name the result would have.
            let values = vec![
                binder.conversion(id, Type::String),
                Bound::literal(Literal::String(String::new()), span),
            ];
            return Some(binder.call_by_name("coalesce", values, span));
        }
        (Known::Degree(column), Some(_)) => find(column),
    };
    if let Some(column) = degree {
        // A node without such edges has none of them counted.
        let values = vec![column.reference(span), Bound::literal(Literal::Long(0), span)];
        return Some(binder.call_by_name("coalesce", values, span));
    }
    // The match is bound again over a graph whose nodes have the columns.
    pattern.elements.degree_read.set(true);
    Some(Bound { ty: Type::Long, ..Bound::error(span) })
}

/// Whether the nodes have the columns with their degrees.
pub(super) fn are_there(graph: &Graph) -> bool {
    graph.nodes.column(IN).is_some()
}

/// The graph whose nodes have the columns with their degrees.
pub(super) fn added(binder: &mut Binder, graph: &Graph, span: Span) -> Graph {
    let (nodes, edges) = (graph.nodes.clone(), graph.edges.clone());
    let names =
        vec![("(nodes)".to_owned(), Binding::Table(nodes)), ("(edges)".to_owned(), Binding::Table(edges))];
    let id = quoted(ID);
    let mut text = quoted("(nodes)");
    for (column, end) in [(IN, TARGET), (OUT, SOURCE)] {
        let (column, end, edges) = (quoted(column), quoted(end), quoted("(edges)"));
        text.push_str(&format!(
            " | join kind=leftouter ({edges} | summarize {column} = count() by {id} = {end}) on {id}
              | project-away {}",
            quoted(&format!("{ID}1"))
        ));
    }
    let keyword = Name { text: "graph-match".to_owned(), span };
    let nodes = binder.composed(&keyword, &text, names);
    let nodes = binder.share("nodes", nodes);
    Graph { nodes, edges: graph.edges.clone() }
}
