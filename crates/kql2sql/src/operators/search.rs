//! `search`: Rows in which a term stands in any column.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::projection::project;
use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::operators::find;
use crate::operators::union::{all_tables, number_unnamed, operands, table_name, union};
use crate::plan::{self, Node, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::ast::{Literal, Operator};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `search`.
pub(super) const SEARCH: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Search],
    doc: "Rows in which a term stands in any column.",
    page: "search-operator",
    place: Place::Anywhere,
    parameters: Some(&[parameter("kind", &["default", "case_insensitive", "case_sensitive"])]),
    form: Some(form(
        "search [kind = case_sensitive | case_insensitive] [in (Table, …)] Predicate",
        "print a = 'one two' | search 'two' | project a",
        r#"["one two"]"#,
    )),
    refused: None,
    parse: Search::parse,
};

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

impl Search {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Option<Rel>, op: &Operator) -> Rel {
        let rel = match (input, self.tables.as_slice()) {
            (Some(input), []) => {
                let name = match table_name(binder, &input) {
                    name if name.is_empty() => "search_arg0".to_owned(),
                    name => name,
                };
                let name = plan::Expr::literal(Literal::String(name), op.keyword);
                let mut list = vec![(PlanColumn::new("$table", Type::String, false), name)];
                list.extend(input.visible().map(|c| (c.clone(), c.reference(op.keyword))));
                project(input, list)
            }
            (_, []) => {
                let tables = all_tables(binder, op.keyword);
                union(tables, false, Some("$table".to_owned()))
            }
            (_, tables) => {
                let mut tables: Vec<_> = tables.iter().flat_map(|t| operands(binder, t, false)).collect();
                number_unnamed(&mut tables, "search");
                union(tables, false, Some("$table".to_owned()))
            }
        };
        if rel.visible().filter(|c| c.name == "$table").count() > 1 {
            let why = "its rows come from another search and have a '$table' already; search for both at once, with `and`";
            binder.report(messages::unsupported(op.keyword, "search", why));
        }
        binder.note_split(&rel);
        let exact_case = op.parameter("kind").is_some_and(
            |p| matches!(&p.value.kind, ExprKind::Name { name, .. } if name == "case_sensitive"),
        );
        let predicate = predicate(binder, &rel, &self.predicate, exact_case);
        if matches!(predicate.as_literal(), Some(Literal::Bool(true))) {
            return rel;
        }
        rel.within(|input| Node::Filter { input, predicate })
    }
}

/// The predicate with its terms looked for in all columns.
pub(crate) fn predicate(binder: &mut Binder, rel: &Rel, e: &Expr, exact_case: bool) -> plan::Expr {
    match &e.kind {
        ExprKind::Star => plan::Expr::literal(Literal::Bool(true), e.span),
        ExprKind::Parenthesized(inner) => predicate(binder, rel, inner, exact_case),
        ExprKind::Literal(Literal::String(term)) => in_any(binder, rel, "has", term, exact_case, e.span),
        ExprKind::Binary { op: op @ ("and" | "or"), op_span, left, right } => {
            let [left, right] = [left, right].map(|operand| match &operand.kind {
                // No term: it is no operand of the operator, either.
                ExprKind::Literal(literal) if literal.ty().is_number() => {
                    binder.scalar_over(RowScope::of(rel), operand)
                }
                _ => predicate(binder, rel, operand, exact_case),
            });
            binder.operator(op, vec![left, right], *op_span, e.span)
        }
        ExprKind::Call { receiver: None, name, args } if name.text == "not" && args.len() == 1 => {
            let operand = predicate(binder, rel, &args[0], exact_case);
            binder.call_by_name("not", vec![operand], e.span)
        }
        ExprKind::Binary { op, op_span, left, right } if matches!(left.kind, ExprKind::Star) => {
            let term = binder.scalar_over(RowScope::of(rel), right);
            match term.as_literal() {
                Some(Literal::String(term)) => {
                    let term = term.clone();
                    let op = if *op == ":" { "has" } else { *op };
                    in_any(binder, rel, op, &term, exact_case, e.span)
                }
                _ => {
                    let literal = term.clone();
                    any_of(binder, rel, e.span, |binder, column| {
                        (column.ty == literal.ty).then(|| {
                            let args = vec![column.reference(e.span), literal.clone()];
                            binder.operator(op, args, *op_span, e.span)
                        })
                    })
                }
            }
        }
        ExprKind::Binary { op: ":", op_span, left, right } => {
            let column = binder.scalar_over(RowScope::of(rel), left);
            let column = binder.conversion(column, Type::String);
            let term = binder.scalar_over(RowScope::of(rel), right);
            match term.as_literal() {
                Some(Literal::String(term)) => {
                    let (op, term) = wildcard("has", term, exact_case);
                    let op = cased(op, exact_case);
                    let term = plan::Expr::literal(Literal::String(term), right.span);
                    binder.operator(op, vec![column, term], *op_span, e.span)
                }
                _ => {
                    let term = binder.conversion(term, Type::String);
                    binder.operator(cased("has", exact_case), vec![column, term], *op_span, e.span)
                }
            }
        }
        _ => binder.predicate_over(RowScope::of(rel), e),
    }
}

/// Whether the term stands in any column, all columns read as texts.
fn in_any(
    binder: &mut Binder,
    rel: &Rel,
    op: &'static str,
    term: &str,
    exact_case: bool,
    span: Span,
) -> plan::Expr {
    let (op, term) = if op == "has" { wildcard(op, term, exact_case) } else { (op, term.to_owned()) };
    let op = cased(op, exact_case);
    any_of(binder, rel, span, |binder, column| {
        let text = binder.conversion(column.reference(span), Type::String);
        let term = plan::Expr::literal(Literal::String(term.clone()), span);
        Some(binder.operator(op, vec![text, term], span, span))
    })
}

/// `test` over all columns but the name of the table, joined by `or`.
fn any_of(
    binder: &mut Binder,
    rel: &Rel,
    span: Span,
    mut test: impl FnMut(&mut Binder, &PlanColumn) -> Option<plan::Expr>,
) -> plan::Expr {
    let columns: Vec<PlanColumn> = rel.visible().filter(|c| c.name != "$table").cloned().collect();
    let found: Vec<plan::Expr> = columns.iter().filter_map(|column| test(binder, column)).collect();
    binder.any_of(found, span)
}

/// A term with `*` at its ends, as an operator and the text without them; with `*` within, as a regular expression.
fn wildcard(op: &'static str, term: &str, exact_case: bool) -> (&'static str, String) {
    let inner = term.trim_matches('*');
    let (front, back) = (term.starts_with('*'), term.ends_with('*'));
    if inner.contains('*') {
        let parts: Vec<String> = inner.split('*').map(escaped).collect();
        let flags = if exact_case { "" } else { "(?i)" };
        let edge = |open: bool| if open { "" } else { r"\b" };
        return ("matches regex", format!("{flags}{}{}{}", edge(front), parts.join(".*"), edge(back)));
    }
    let op = match (front, back) {
        _ if inner.is_empty() => "contains",
        (true, true) => "contains",
        (true, false) => "hassuffix",
        (false, true) => "hasprefix",
        (false, false) => op,
    };
    (op, inner.to_owned())
}

/// The text as a regular expression that matches it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The operator that minds case, if it shall.
fn cased(op: &'static str, exact: bool) -> &'static str {
    match op {
        "has" if exact => "has_cs",
        "contains" if exact => "contains_cs",
        "hasprefix" if exact => "hasprefix_cs",
        "hassuffix" if exact => "hassuffix_cs",
        _ => op,
    }
}
