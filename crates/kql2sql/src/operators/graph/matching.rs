//! `graph-match` and `graph-shortest-paths`: a pattern as a join of nodes and edges.

use std::rc::Rc;

use super::Match;
use super::degree;
use super::make::{EDGE, ID, SOURCE, TARGET};
use super::pattern::Direction;
use super::shape::{Elements, Part, Shape};
use crate::bind::names::{Projection, result_name};
use crate::bind::projection::{Style, find, project};
use crate::bind::table::unknown_table;
use crate::bind::{Binder, RowScope, Rows};
use crate::diagnostics::{binding, messages};
use crate::operators::join::join;
use crate::plan::{
    Expr as Bound, ExprKind as BoundKind, Graph, JoinKind, Node, Order, PlanColumn, Rel, SortKey, Union,
};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name, Operator};
use crate::types::Type;

/// A pattern may have at most so many edges, and so many shapes.
const MAX_EDGES: usize = 16;
const MAX_SHAPES: usize = 64;

/// Columns of a match that only `graph-shortest-paths` reads.
const START: &str = "(start)";
const END: &str = "(end)";
const LENGTH: &str = "(length)";

/// Which matches count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cycles {
    All,
    None,
    UniqueEdges,
}

impl Match {
    /// All rows of the shapes of the pattern. Each shape is a join of its own: `where` and `project` are bound over each.
    pub(super) fn bind(&self, binder: &mut Binder, graph: &Graph, op: &Operator) -> Rel {
        let span = op.keyword;
        let before = binder.diagnostics.len();
        let lengths = self.lengths(binder, op);
        let parameter = |name: &str| match op.parameter(name).map(|p| &p.value.kind) {
            Some(ExprKind::Name { name, .. }) => name.clone(),
            _ => String::new(),
        };
        let cycles = match parameter("cycles").as_str() {
            "all" => Cycles::All,
            "none" => Cycles::None,
            _ => Cycles::UniqueEdges,
        };
        let Some(columns) = &self.project else {
            return refused(binder, span, op, "name the columns of the result with `project`");
        };
        if self.shortest && !matches!(self.pattern.as_slice(), [s] if s.edges.len() == 1) {
            return refused(binder, span, op, "its pattern must be one edge of variable length");
        }
        let mut results: Vec<Rel> = Vec::new();
        let default_names = binder.default_names;
        for lengths in lengths {
            if binder.diagnostics[before..].iter().any(|d| d.is_error()) {
                break;
            }
            binder.default_names = default_names;
            let shape = Shape::new(&self.pattern, &lengths);
            let Some(order) = shape.connected() else {
                let why = "all parts of the pattern must be connected by nodes that they share";
                return refused(binder, span, op, why);
            };
            let rows = joined(binder, graph, &shape, &order, span);
            let rows = acyclic(binder, rows, &shape, cycles, span);
            // Properties are read by the names of the pattern; the columns of the join have names of their own.
            let elements = Elements {
                list: shape.elements.clone(),
                columns: rows.columns.to_vec(),
                ..Elements::default()
            };
            let scope = RowScope::from(Rows { elements, ..Rows::default() });
            let rows = match &self.filter {
                Some(filter) => {
                    let predicate = binder.predicate_over(scope.clone(), filter);
                    rows.within(|input| Node::Filter { input, predicate })
                }
                None => rows,
            };
            let mut list = Projection::default();
            for column in columns {
                scope.elements.path_read.set(false);
                let before = list.columns.len();
                // `a.name` is a column of the join, but is called `a_name`.
                match (&column.kind, result_name(column, &find)) {
                    (ExprKind::Path { .. }, Some(name)) => {
                        let value = binder.scalar_over(scope.clone(), column);
                        list.add(PlanColumn::new(name, value.ty, true), value, None, false);
                    }
                    _ => binder.add_columns(&mut list, &scope, column, Style::Default, None),
                }
                // What is made of an edge of variable length is dynamic, whatever it is.
                if scope.elements.path_read.get() {
                    for (column, value) in list.columns.iter_mut().skip(before) {
                        column.ty = Type::Dynamic;
                        *value = binder.conversion(value.clone(), Type::Dynamic);
                    }
                }
            }
            if scope.elements.degree_read.get() && !degree::are_there(graph) {
                binder.diagnostics.truncate(before);
                binder.default_names = default_names;
                let graph = degree::added(binder, graph, span);
                return self.bind(binder, &graph, op);
            }
            let mut list = list.columns;
            if let Some(first) = results.first() {
                for ((column, _), known) in list.iter_mut().zip(first.visible()) {
                    column.name = known.name.clone();
                }
            }
            if self.shortest {
                let last = format!("{}.{ID}", node_name(shape.edges.last().map_or(0, |e| e.1)));
                let first = format!("{}.{ID}", node_name(0));
                for (name, of) in [(START, first), (END, last)] {
                    if let Some(id) = rows.column(&of) {
                        list.push((PlanColumn::new(name, id.ty, true), id.reference(span)));
                    }
                }
                let length = Literal::Long(shape.edges.len() as i64);
                list.push((PlanColumn::new(LENGTH, Type::Long, false), Bound::literal(length, span)));
            }
            results.push(project(rows, list));
        }
        let Some(first) = results.first() else {
            return unknown_table();
        };
        let columns: Vec<PlanColumn> = first.visible().cloned().collect();
        let all = if results.len() == 1 {
            results.remove(0)
        } else {
            let sources = columns.iter().map(|c| Some(c.name.clone())).collect();
            let inputs = results.into_iter().map(|r| (String::new(), r)).collect();
            let columns = columns.into_iter().map(|c| PlanColumn { nullable: true, ..c }).collect();
            Rel::new(Node::Union(Box::new(Union { inputs, sources })), columns, Order::default())
        };
        if self.shortest { shortest(binder, all, parameter("output") == "all", span) } else { all }
    }

    /// For each shape the lengths of the edges of variable length; none after an error.
    fn lengths(&self, binder: &mut Binder, op: &Operator) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = vec![vec![]];
        let fixed = self.pattern.iter().flat_map(|s| &s.edges).filter(|e| e.range.is_none()).count();
        for (low, high) in self.pattern.iter().flat_map(|s| &s.edges).filter_map(|e| e.range.as_ref()) {
            let mut bound = |e: &Expr| match binder.count(e).as_literal() {
                Some(Literal::Long(n)) => usize::try_from(*n).ok(),
                _ => None,
            };
            let (Some(min), Some(max)) = (bound(low), bound(high)) else {
                refused(binder, low.span.to(high.span), op, "the length of an edge must be two numbers");
                return vec![];
            };
            if min == 0 || max < min {
                refused(
                    binder,
                    low.span.to(high.span),
                    op,
                    "edges have a length of one at least, as a range that rises",
                );
                return vec![];
            }
            if fixed + max > MAX_EDGES {
                let why = format!("patterns may have {MAX_EDGES} edges at most; lower the greatest length");
                refused(binder, low.span.to(high.span), op, &why);
                return vec![];
            }
            all = all.iter().flat_map(|l| (min..=max).map(|n| [l.as_slice(), &[n]].concat())).collect();
            if all.len() > MAX_SHAPES {
                let why = "the edges of variable length can have too many lengths; lower the greatest";
                refused(binder, low.span.to(high.span), op, why);
                return vec![];
            }
        }
        all.retain(|l| fixed + l.iter().sum::<usize>() <= MAX_EDGES);
        all
    }
}

fn refused(binder: &mut Binder, span: Span, op: &Operator, why: &str) -> Rel {
    binder.report(messages::unsupported(span, op.kind.name(), why));
    unknown_table()
}

pub(super) fn node_name(number: usize) -> String {
    format!("n{number}")
}

fn edge_name(number: usize) -> String {
    format!("e{number}")
}

/// The table with its columns named for the part of the pattern that it stands for.
fn part(rel: &Rel, name: &str, span: Span) -> Rel {
    let renamed = |c: &PlanColumn| PlanColumn { name: format!("{name}.{}", c.name).into(), ..c.clone() };
    let list = rel.visible().map(|c| (renamed(c), c.reference(span))).collect();
    Rel { order: Order::default(), ..project(rel.clone(), list) }
}

/// The nodes and edges of a shape, joined one by one.
fn joined(binder: &mut Binder, graph: &Graph, shape: &Shape, order: &[usize], span: Span) -> Rel {
    let key =
        |rel: &Rel, name: String| rel.column(&name).map_or_else(|| Bound::error(span), |c| c.reference(span));
    let node = |number: usize| part(&graph.nodes, &node_name(number), span);
    let either =
        shape.edges.iter().any(|e| e.2 == Direction::Any).then(|| both_ways(binder, &graph.edges, span));
    let mut rows = node(0);
    let mut there = vec![0];
    for &number in order {
        let (from, to, direction) = shape.edges[number];
        let edges = match (&either, direction) {
            (Some(either), Direction::Any) => either,
            _ => &graph.edges,
        };
        let (from_end, to_end) =
            if direction == Direction::Left { (TARGET, SOURCE) } else { (SOURCE, TARGET) };
        let name = edge_name(number);
        let edges = part(edges, &name, span);
        let mut on = Vec::new();
        for (node, end) in [(from, from_end), (to, to_end)] {
            if there.contains(&node) {
                let id = key(&rows, format!("{}.{ID}", node_name(node)));
                on.push((id, key(&edges, format!("{name}.{end}"))));
            }
        }
        rows = join(rows, edges, JoinKind::Inner, on);
        for (number, end) in [(from, from_end), (to, to_end)] {
            if !there.contains(&number) {
                let right = node(number);
                let on =
                    (key(&rows, format!("{name}.{end}")), key(&right, format!("{}.{ID}", node_name(number))));
                rows = join(rows, right, JoinKind::Inner, vec![on]);
                there.push(number);
            }
        }
    }
    rows
}

/// The edges in both directions; an edge from a node to itself has but one.
fn both_ways(binder: &mut Binder, edges: &Rel, span: Span) -> Rel {
    let turned = edges.visible().map(|c| {
        let from = match c.name.as_str() {
            SOURCE => TARGET,
            TARGET => SOURCE,
            name => name,
        };
        let value = edges.column(from).map_or_else(|| Bound::error(span), |c| c.reference(span));
        (c.clone(), value)
    });
    let back = project(edges.clone(), turned.collect());
    let end = |name: &str| back.column(name).map_or_else(|| Bound::error(span), |c| c.reference(span));
    let differ = binder.operator("!=", vec![end(SOURCE), end(TARGET)], span, span);
    let back = back.within(|input| Node::Filter { input, predicate: differ });
    let columns: Vec<PlanColumn> = edges.visible().cloned().collect();
    let sources = columns.iter().map(|c| Some(c.name.clone())).collect();
    let inputs = vec![(String::new(), edges.clone()), (String::new(), back)];
    Rel::new(Node::Union(Box::new(Union { inputs, sources })), columns, Order::default())
}

/// The matches without the cycles that are not wanted.
fn acyclic(binder: &mut Binder, rows: Rel, shape: &Shape, cycles: Cycles, span: Span) -> Rel {
    let ids: Vec<String> = match cycles {
        Cycles::All => return rows,
        Cycles::None => (0..shape.nodes).map(|n| format!("{}.{ID}", node_name(n))).collect(),
        Cycles::UniqueEdges => (0..shape.edges.len()).map(|n| format!("{}.{EDGE}", edge_name(n))).collect(),
    };
    let mut rows = rows;
    for (i, a) in ids.iter().enumerate() {
        for b in &ids[i + 1..] {
            let (Some(a), Some(b)) = (rows.column(a), rows.column(b)) else { continue };
            let pair = vec![a.reference(span), b.reference(span)];
            let differ = binder.operator("!=", pair, span, span);
            rows = rows.within(|input| Node::Filter { input, predicate: differ });
        }
    }
    rows
}

/// Of all paths between two nodes the shortest ones, or one of them.
fn shortest(binder: &mut Binder, rows: Rel, all: bool, span: Span) -> Rel {
    let shown: Vec<_> = rows
        .visible()
        .filter(|c| ![START, END, LENGTH].contains(&c.name.as_str()))
        .map(|c| (c.clone(), c.reference(span)))
        .collect();
    let column = |name: &str| rows.column(name).map(|c| c.reference(span));
    let partition: Vec<Bound> = [START, END].into_iter().filter_map(column).collect();
    let (Some(length), Some(function)) =
        (column(LENGTH), find(if all { "min" } else { "row_number" }, usize::from(all)))
    else {
        return unknown_table();
    };
    let key = SortKey { value: length.clone(), descending: false, nulls_first: true };
    let (args, order) = if all { (vec![length.clone()], vec![]) } else { (vec![], vec![key]) };
    let kind = BoundKind::Window { function, overload: 0, args, partition, order };
    let rank = PlanColumn::new("(rank)", Type::Long, false);
    let mut list: Vec<_> = rows.visible().map(|c| (c.clone(), c.reference(span))).collect();
    list.push((rank.clone(), Bound { kind, ty: Type::Long, span }));
    let ranked = project(rows, list);
    let wanted = if all { length } else { Bound::literal(Literal::Long(1), span) };
    let first = binder.operator("==", vec![rank.reference(span), wanted], span, span);
    project(ranked.within(|input| Node::Filter { input, predicate: first }), shown)
}

/// `a.name`, where `a` is a part of a pattern: the value of a node or an edge, or an array of those of a path.
pub(crate) fn element_member(binder: &mut Binder, element: &str, member: &Name, span: Span) -> Option<Bound> {
    let scope = binder.rows.last()?.clone();
    let part = scope.elements.part(element)?.clone();
    let mut values = Vec::new();
    let (names, many) = parts(&part, false);
    for name in names {
        match scope.elements.columns.iter().find(|c| c.name == format!("{name}.{}", member.text)) {
            Some(column) => values.push(column.reference(span)),
            None => {
                let prefix = format!("{name}.");
                let known = scope.elements.columns.iter().filter_map(|c| c.name.strip_prefix(&prefix));
                let known: Vec<&str> = known.filter(|n| !n.starts_with('(')).collect();
                binder.report(binding::unknown_name(member.span, &member.text, "property", known));
                return Some(Bound::error(span));
            }
        }
    }
    Some(if many { array(binder, values, span) } else { values.pop().unwrap_or_else(|| Bound::error(span)) })
}

/// `map`, `all` and `any` over the parts of a path.
pub(crate) fn element_call(binder: &mut Binder, name: &Name, args: &[Expr], span: Span) -> Option<Bound> {
    if let Some(known) = degree::call(binder, name, args, span) {
        return Some(known);
    }
    let scope = binder.rows.last()?.clone();
    if !scope.elements.has_parts() || !matches!(name.text.as_str(), "map" | "all" | "any") {
        return None;
    }
    let [elements, expression] = args else { return None };
    let (element, inner) = match &elements.kind {
        ExprKind::Name { name, .. } => (name, false),
        ExprKind::Call { receiver: None, name, args } if name.text == "inner_nodes" => {
            match args.first().map(|a| &a.kind) {
                Some(ExprKind::Name { name, .. }) => (name, true),
                _ => return None,
            }
        }
        _ => return None,
    };
    let part = scope.elements.part(element)?.clone();
    let (names, _) = parts(&part, inner);
    // Without an edge or node there is nothing to bind the expression over; its names are checked elsewhere.
    let values: Vec<Bound> = names.iter().map(|part| over_part(binder, &scope, part, expression)).collect();
    Some(match name.text.as_str() {
        "map" => array(binder, values, span),
        operator => {
            let (operator, none) = if operator == "all" { ("and", true) } else { ("or", false) };
            let fold = values.into_iter().reduce(|a, b| binder.operator(operator, vec![a, b], span, span));
            fold.unwrap_or_else(|| Bound::literal(Literal::Bool(none), span))
        }
    })
}

/// The names of the nodes or edges that a part of a pattern stands for, and whether it may be several.
fn parts(part: &Part, inner_nodes: bool) -> (Vec<String>, bool) {
    match part {
        Part::Node(n) => (vec![node_name(*n)], false),
        Part::Edge(n) => (if inner_nodes { vec![] } else { vec![edge_name(*n)] }, false),
        Part::Path { inner, .. } if inner_nodes => (inner.iter().map(|n| node_name(*n)).collect(), true),
        Part::Path { edges, .. } => (edges.iter().map(|n| edge_name(*n)).collect(), true),
    }
}

/// The expression over the properties of one node or edge.
fn over_part(binder: &mut Binder, scope: &RowScope, part: &str, expression: &Expr) -> Bound {
    let prefix = format!("{part}.");
    let own = scope.elements.columns.iter().filter_map(|c| {
        let name = c.name.strip_prefix(&prefix)?;
        Some(PlanColumn { name: name.into(), ..c.clone() })
    });
    let inner = RowScope::from(Rows { columns: Rc::new(own.collect()), ..Rows::default() });
    let mut value = binder.scalar_over(inner, expression);
    rename(&mut value, &prefix);
    value
}

fn rename(value: &mut Bound, prefix: &str) {
    if let BoundKind::Column(name, _) = &mut value.kind {
        *name = format!("{prefix}{name}").into();
    }
    for child in value.children_mut() {
        rename(child, prefix);
    }
}

fn array(binder: &mut Binder, values: Vec<Bound>, span: Span) -> Bound {
    if values.is_empty() {
        return Bound::literal(Literal::Dynamic("[]".into()), span);
    }
    binder.call_by_name("pack_array", values, span)
}
