//! The shapes that a pattern can have: for an edge of variable length one for each length.

use std::cell::Cell;

use super::pattern::{Direction, Sequence};
use crate::plan::PlanColumn;
use crate::syntax::ast::Name;

/// A pattern whose edges stand for one edge each.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// How many nodes it has.
    pub(super) nodes: usize,
    /// The edges: which two nodes they join, from left to right, and where they lead.
    pub(super) edges: Vec<(usize, usize, Direction)>,
    /// What the names of the pattern stand for.
    pub(super) elements: Vec<Element>,
}

/// What the names of a pattern stand for, where expressions are bound over its matches.
#[derive(Debug, Default)]
pub(crate) struct Elements {
    /// The names.
    pub(super) list: Vec<Element>,
    /// The columns of the matches: `n0.name` is the property `name` of the first node, `e0.` that of an edge.
    pub(super) columns: Vec<PlanColumn>,
    /// Whether an expression read an edge of variable length.
    pub(super) path_read: Cell<bool>,
    /// Whether an expression read a degree that the nodes do not have yet.
    pub(super) degree_read: Cell<bool>,
}

impl Elements {
    /// Whether there is a pattern whose parts have names.
    pub(crate) fn has_parts(&self) -> bool {
        !self.list.is_empty()
    }

    /// The part of the pattern with that name.
    pub(crate) fn part(&self, name: &str) -> Option<&Part> {
        let part = self.list.iter().find(|e| e.name == name).map(|e| &e.part);
        self.path_read.set(self.path_read.get() || matches!(part, Some(Part::Path { .. })));
        part
    }
}

/// What a name of a pattern stands for.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// The name.
    pub(crate) name: String,
    /// The part of the pattern.
    pub(crate) part: Part,
}

/// A part of a pattern.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// The node with that number.
    Node(usize),
    /// The edge with that number.
    Edge(usize),
    /// The edges of an edge of variable length, and the nodes between them.
    Path {
        /// The edges.
        edges: Vec<usize>,
        /// The nodes.
        inner: Vec<usize>,
    },
}

impl Shape {
    /// The shape in which the edges of variable length have these lengths, in their order.
    pub(super) fn new(pattern: &[Sequence], lengths: &[usize]) -> Shape {
        let mut shape = Shape::default();
        let mut lengths = lengths.iter();
        for sequence in pattern {
            let mut nodes = sequence.nodes.iter();
            let Some(mut from) = nodes.next().map(|n| shape.node(n.as_ref())) else { continue };
            for (edge, node) in sequence.edges.iter().zip(nodes) {
                let first = shape.edges.len();
                let length = if edge.range.is_some() { lengths.next().copied().unwrap_or(1) } else { 1 };
                let mut inner = Vec::new();
                for _ in 1..length {
                    let next = shape.node(None);
                    shape.edges.push((from, next, edge.direction));
                    inner.push(next);
                    from = next;
                }
                let to = shape.node(node.as_ref());
                shape.edges.push((from, to, edge.direction));
                from = to;
                if let Some(name) = &edge.name {
                    let part = match edge.range {
                        Some(_) => Part::Path { edges: (first..first + length).collect(), inner },
                        None => Part::Edge(first),
                    };
                    shape.elements.push(Element { name: name.text.clone(), part });
                }
            }
        }
        shape
    }

    /// The number of a node: that of the same name, or a new one.
    fn node(&mut self, name: Option<&Name>) -> usize {
        let known = name.and_then(|n| self.elements.iter().find(|e| e.name == n.text));
        if let Some(Element { part: Part::Node(number), .. }) = known {
            return *number;
        }
        let number = self.nodes;
        self.nodes += 1;
        if let Some(name) = name {
            self.elements.push(Element { name: name.text.clone(), part: Part::Node(number) });
        }
        number
    }

    /// The edges in an order in which each but the first joins a node that was joined before; `None` if the
    /// pattern falls apart.
    pub(super) fn connected(&self) -> Option<Vec<usize>> {
        let mut reached = vec![false; self.nodes];
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        let mut order = Vec::new();
        while let Some(next) = (0..self.edges.len()).find(|&i| {
            let (a, b, _) = self.edges[i];
            !order.contains(&i) && (reached[a] || reached[b])
        }) {
            let (a, b, _) = self.edges[next];
            (reached[a], reached[b]) = (true, true);
            order.push(next);
        }
        (order.len() == self.edges.len() && reached.iter().all(|r| *r)).then_some(order)
    }
}
