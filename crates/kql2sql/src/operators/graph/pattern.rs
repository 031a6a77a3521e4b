//! The patterns of `graph-match`: `(a)-[e]->(b), (b)--(c)`.

use crate::span::Span;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Nodes with an edge between each two.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// The names of the nodes; `None` for `()`.
    pub nodes: Vec<Option<Name>>,
    /// The edges: one less than nodes.
    pub edges: Vec<Edge>,
    /// Where it stands.
    pub span: Span,
}

/// An edge of a pattern.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Its name, if it has one.
    pub name: Option<Name>,
    /// Where it leads.
    pub direction: Direction,
    /// `*1..3`: how many edges may stand for it.
    pub range: Option<(Expr, Expr)>,
}

/// Where an edge of a pattern leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--`
    Any,
}

impl Sequence {
    pub(super) fn parse(p: &mut Parser) -> Option<Sequence> {
        if !p.at(TokenKind::OpenParen) {
            return None;
        }
        let start = p.start();
        let mut nodes = vec![node(p)];
        let mut edges = Vec::new();
        while let Some(edge) = edge(p) {
            edges.push(edge);
            nodes.push(node(p));
        }
        Some(Sequence { nodes, edges, span: p.since(start) })
    }

    pub(super) fn missing(p: &mut Parser) -> Sequence {
        p.missing("A pattern `(a)-[e]->(b)`");
        Sequence { nodes: vec![], edges: vec![], span: p.start() }
    }
}

/// `(name)`
fn node(p: &mut Parser) -> Option<Name> {
    if !p.expect(TokenKind::OpenParen) {
        return None;
    }
    let name = p.name(NameUse::Declared);
    p.expect(TokenKind::CloseParen);
    name
}

/// `-[name*1..3]->`, `-->` and the like.
fn edge(p: &mut Parser) -> Option<Edge> {
    for (text, direction) in [("-->", Direction::Right), ("<--", Direction::Left), ("--", Direction::Any)] {
        if eat_text(p, text) {
            return Some(Edge { name: None, direction, range: None });
        }
    }
    let left = eat_text(p, "<-[");
    if !left && !eat_text(p, "-[") {
        return None;
    }
    let name = p.name(NameUse::Declared);
    let range = p.eat(TokenKind::Star).then(|| {
        let low = p.required_unnamed_expression();
        p.expect(TokenKind::DotDot);
        (low, p.required_unnamed_expression())
    });
    let right = eat_text(p, "]->");
    if !right && !eat_text(p, "]-") {
        p.missing("]-");
    }
    let direction = match (left, right) {
        (true, false) => Direction::Left,
        (false, true) => Direction::Right,
        _ => Direction::Any,
    };
    Some(Edge { name, direction, range })
}

/// Takes the tokens that make up this text without blanks between them.
pub(super) fn eat_text(p: &mut Parser, text: &str) -> bool {
    let mut rest = text;
    let mut count = 0;
    while !rest.is_empty() {
        let token = p.nth_text(count);
        match rest.strip_prefix(token) {
            Some(left) if !token.is_empty() && (count == 0 || p.is_adjacent(count)) => rest = left,
            _ => return false,
        }
        count += 1;
    }
    for _ in 0..count {
        p.bump();
    }
    true
}
