//! `search`: Rows in which a term stands in any column.

use crate::operators::OperatorKind;
use crate::operators::find;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Rows in which a term stands in any column.
#[derive(Debug, Clone)]
pub struct Search {
    /// `in (…)`: the tables; empty for all or for the input.
    pub tables: Vec<Expr>,
    /// The predicate, with `*`, `column:term` and bare terms.
    pub predicate: Box<Expr>,
}

impl Search {
    /// `search in (table, …) predicate`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.data_scope();
        let tables = if p.eat(TokenKind::In) { find::tables(p) } else { Vec::new() };
        let predicate = match p.unnamed_expression() {
            Some(predicate) => predicate,
            None if p.at(TokenKind::Star) => Self::star(p),
            None => p.missing_expression(),
        };
        OperatorKind::Search(Search { tables, predicate: Box::new(predicate) })
    }

    /// `*`, `* and predicate`
    fn star(p: &mut Parser) -> Expr {
        let star = p.star();
        if !p.at(TokenKind::And) {
            return star;
        }
        let op_span = p.bump();
        let right = p.required_unnamed_expression();
        Expr {
            span: p.since(star.span),
            kind: ExprKind::Binary { op: "and", op_span, left: Box::new(star), right: Box::new(right) },
        }
    }
}
