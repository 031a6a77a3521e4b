//! `make-graph`: a table of edges and a table of nodes.

use super::{Exported, Make};
use crate::bind::projection::{find, project, starting_with};
use crate::bind::stored::quoted;
use crate::bind::table::unknown_table;
use crate::bind::{Binder, Binding, RowScope};
use crate::diagnostics::{binding, messages};
use crate::operators::as_::As;
use crate::plan::{
    ColumnName, Expr as Bound, ExprKind as BoundKind, Graph, Node, Order, PlanColumn, Refused, Rel, SortKey,
};
use crate::syntax::ast::{Name, Operator};
use crate::types::Type;

/// The number of an edge.
pub(super) const EDGE: &str = "(edge)";
/// The node that an edge comes from.
pub(super) const SOURCE: &str = "(source)";
/// The node that an edge goes to.
pub(super) const TARGET: &str = "(target)";
/// The identity of a node.
pub(super) const ID: &str = "(id)";

impl Make {
    /// The edges get numbers, and the nodes get an identity each: those of the table, once each, and those that only
    /// edges name.
    pub(super) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let span = op.keyword;
        let refused = |binder: &mut Binder, at, why: &str| {
            binder.report(messages::unsupported(at, "make-graph", why));
            unknown_table()
        };
        if let Some(at) = self.partitioned {
            return refused(binder, at, "partitioned-by is not translated; filter by each partition");
        }
        if let [_, (second, _), ..] = self.nodes.as_slice() {
            return refused(binder, second.span, "give one table of nodes; join or union them before");
        }
        let before = binder.diagnostics.len();
        let source = binder.scalar_over(RowScope::of(&input), &self.source);
        let target = binder.scalar_over(RowScope::of(&input), &self.target);
        let nodes = self.nodes.first().map(|(table, id)| {
            let table = binder.table(table);
            let id = binder.scalar_over(RowScope::of(&table), id);
            (table, id)
        });
        let ids = nodes.iter().map(|(_, id)| id).chain([&source, &target]);
        let dynamic: Vec<_> = ids.filter(|id| id.ty == Type::Dynamic).map(|id| id.span).collect();
        if !dynamic.is_empty() {
            dynamic.into_iter().for_each(|span| binder.report(binding::node_is_dynamic(span)));
            return unknown_table();
        }
        if source.ty != target.ty && source.ty != Type::Unknown && target.ty != Type::Unknown {
            binder.report(binding::type_expected(self.target.span, &[source.ty], target.ty));
        }
        if let Some((_, id)) = &nodes
            && id.ty != source.ty
            && id.ty != Type::Unknown
            && source.ty != Type::Unknown
        {
            binder.report(binding::type_expected(id.span, &[source.ty], id.ty));
        }
        if binder.diagnostics[before..].iter().any(|d| d.is_error()) {
            return unknown_table();
        }

        // Edges are told apart by a number. It depends on all columns and nothing else, so that edges get the same
        // one wherever the table is computed.
        let order = input.visible().map(|c| ascending(c.reference(span))).collect();
        let mut list = starting_with(&input, span).columns;
        list.push((PlanColumn::new(SOURCE, source.ty, true), source));
        list.push((PlanColumn::new(TARGET, target.ty, true), target));
        if let Some(function) = find("row_number", 0) {
            let kind = BoundKind::Window { function, overload: 0, args: vec![], partition: vec![], order };
            list.push((PlanColumn::new(EDGE, Type::Long, false), Bound { kind, ty: Type::Long, span }));
        }
        let shown = input.clone();
        let edges = Rel { order: Order::default(), ..project(input, list) };
        let edges = binder.share("edges", edges);

        let keyword = Name { text: "make-graph".to_owned(), span };
        let mut names = vec![("(edges)".to_owned(), Binding::Table(edges.clone()))];
        let ids = "let ['(ids)'] = union (['(edges)'] | project ['(id)'] = ['(source)']),
            (['(edges)'] | project ['(id)'] = ['(target)']) | summarize by ['(id)'];";
        let text = match (nodes, &self.node_id) {
            (Some((table, id)), _) => {
                let id = quoted(id.as_column().map_or("", ColumnName::as_str));
                let columns: Vec<String> = table.visible().map(|c| quoted(&c.name)).collect();
                names.push(("(nodes)".to_owned(), Binding::Table(table)));
                let others = columns.iter().filter(|c| **c != id).cloned().collect::<Vec<_>>().join(", ");
                let any = if others.is_empty() { String::new() } else { format!("take_any({others})") };
                format!(
                    "{ids} let ['(known)'] = ['(nodes)'] | summarize {any} by ['(id)'] = {id};
                    union ['(known)'], (['(ids)'] | join kind=leftanti ['(known)'] on ['(id)'])
                    | project ['(id)'], {}",
                    columns
                        .iter()
                        .map(|c| if *c == id { format!("{c} = ['(id)']") } else { c.clone() })
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            }
            (None, Some(name)) => {
                format!("{ids} ['(ids)'] | extend {} = ['(id)']", quoted(&name.text))
            }
            (None, None) => format!("{ids} ['(ids)']"),
        };
        let nodes = binder.composed(&keyword, &text, names);
        let nodes = binder.share("nodes", nodes);
        super::made(Graph { edges, nodes }, span, &shown)
    }
}

impl Exported {
    /// The nodes or edges as they came, behind the hashes of the nodes.
    pub(super) fn bind(&self, binder: &mut Binder, graph: Graph, op: &Operator) -> Rel {
        let rel = if self.nodes { graph.nodes } else { graph.edges };
        let mut list = Vec::new();
        for (column, name) in &self.ids {
            let Some(id) = rel.column(column) else { continue };
            if id.ty != Type::String {
                let why = "which hash it gives nodes whose ids are no texts is not documented; make the graph by texts";
                binder.report(messages::unsupported(name.span, op.kind.name(), why));
                return unknown_table();
            }
            let hash = binder.call_by_name("hash", vec![id.reference(name.span)], name.span);
            list.push((PlanColumn::new(name.text.clone(), Type::Long, true), hash));
        }
        let own = [EDGE, SOURCE, TARGET, ID];
        let shown = rel.visible().filter(|c| !own.contains(&c.name.as_str()));
        list.extend(shown.map(|c| (c.clone(), c.reference(op.keyword))));
        let table = project(rel, list);
        match &self.name {
            Some(name) => As { name: name.clone() }.bind(binder, table),
            None => table,
        }
    }
}

fn ascending(value: Bound) -> SortKey {
    SortKey { value, descending: false, nulls_first: true }
}

impl Binder<'_> {
    /// The graph that a relation stands for.
    pub(crate) fn graph_of(&self, rel: &Rel) -> Option<Graph> {
        match &*self.shared_rel(rel).node {
            Node::Refused(Refused { graph: Some(graph), .. }) => Some((**graph).clone()),
            _ => None,
        }
    }
}
