//! `graph-mark-components`: the connected components of a graph.

use super::Mark;
use super::make::{ID, SOURCE, TARGET};
use crate::bind::projection::project;
use crate::bind::stored::quoted;
use crate::bind::{Binder, Binding};
use crate::operation::{Setting, Task};
use crate::operators::relations::operation;
use crate::plan::{Graph, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::Name;
use crate::types::Type;

/// The text of a node's identity, and the number of its component.
const KEY: &str = "(key)";
const COMPONENT: &str = "(component)";

impl Mark {
    /// The graph whose nodes have the number of their component as a property.
    pub(super) fn bind(&self, binder: &mut Binder, graph: &Graph, span: Span) -> Graph {
        let mut texts = |rel: &Rel, ends: &[&str]| {
            let columns = ends.iter().filter_map(|end| rel.column(end)).map(|c| {
                let text = binder.conversion(c.reference(span), Type::String);
                (PlanColumn::new(c.name.clone(), Type::String, true), text)
            });
            let columns = columns.collect();
            project(rel.clone(), columns)
        };
        let inputs = vec![texts(&graph.edges, &[SOURCE, TARGET]), texts(&graph.nodes, &[ID])];
        let columns =
            vec![PlanColumn::new(KEY, Type::String, false), PlanColumn::new(COMPONENT, Type::Long, false)];
        let task = Task::new("graph-mark-components").with("strong", Setting::flag(self.strong));
        let marks = operation(task, inputs, false, columns, span);
        let names = vec![
            ("(nodes)".to_owned(), Binding::Table(graph.nodes.clone())),
            ("(marks)".to_owned(), Binding::Table(marks)),
        ];
        let name = self.name.as_ref().map_or("ComponentId", |n| n.text.as_str());
        let (key, component) = (quoted(KEY), quoted(COMPONENT));
        let text = format!(
            "{} | extend {key} = tostring({}) | join kind=inner ({}) on {key}
             | extend {} = {component} | project-away {key}, {}, {component}",
            quoted("(nodes)"),
            quoted(ID),
            quoted("(marks)"),
            quoted(name),
            quoted(&format!("{KEY}1")),
        );
        let keyword = Name { text: "graph-mark-components".to_owned(), span };
        let nodes = binder.composed(&keyword, &text, names);
        Graph { nodes: binder.share("nodes", nodes), edges: graph.edges.clone() }
    }
}
