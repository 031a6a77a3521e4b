//! `sort`: Sorts the rows; `order` is the same.

use crate::bind::Binder;
use crate::bind::projection::free_name;
use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::plan::{Node, Order, PlanColumn, Rel, SortKey};
use crate::syntax::ast::{Expr, Ordered};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `sort`.
pub(super) const SORT: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Sort, TokenKind::Order],
    doc: "Sorts the rows.",
    page: "sort-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("hint.strategy", &["splitBlock", "multipleBlocks"])]),
    form: Some(form(
        "sort by Expression [asc | desc] [nulls first | nulls last], …",
        "datatable(n: long)[1, 3, 2] | sort by n",
        "[3]",
    )),
    refused: None,
    parse: Sort::parse,
};

/// Sorts the rows; `order` is the same.
#[derive(Debug, Clone)]
pub struct Sort {
    /// The keys.
    pub keys: Vec<Ordered>,
}

impl Sort {
    /// `sort by value asc nulls first, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.expect(TokenKind::By);
        let keys = keys(p, List::SOME);
        OperatorKind::Sort(Sort { keys })
    }
}

/// `value asc nulls first, …`
pub(crate) fn keys(p: &mut Parser, list: List) -> Vec<Ordered> {
    p.comma_list(list, key, |p| plain(p.missing_expression()))
}

/// One key, or an error.
pub(crate) fn required_key(p: &mut Parser) -> Ordered {
    match key(p) {
        Some(key) => key,
        None => plain(p.missing_expression()),
    }
}

fn plain(value: Expr) -> Ordered {
    Ordered { value, ascending: None, nulls_first: None }
}

/// `value asc nulls first`
fn key(p: &mut Parser) -> Option<Ordered> {
    let mut key = plain(p.named_expression()?);
    key.ascending = match p.peek() {
        TokenKind::Asc | TokenKind::GrannyAsc => Some(true),
        TokenKind::Desc | TokenKind::GrannyDesc => Some(false),
        _ => None,
    };
    if p.at_any(&[TokenKind::GrannyAsc, TokenKind::GrannyDesc]) {
        let what = format!("`{}` behind a sort key", p.nth_text(0));
        p.report(messages::unsupported_syntax(p.nth_span(0), &what));
    }
    if key.ascending.is_some() {
        p.bump();
    }
    if p.eat(TokenKind::Nulls) {
        key.nulls_first = match p.peek() {
            TokenKind::First => Some(true),
            TokenKind::Last => Some(false),
            _ => None,
        };
        if key.nulls_first.is_some() {
            p.bump();
        } else {
            let span = p.missing_token_span();
            p.complain(messages::missing(span, "`first` or `last`"));
        }
    }
    Some(key)
}

impl Sort {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let keys = binder.sort_keys(&input, &self.keys);
        with_order(input, keys)
    }
}

/// The relation in the order of the keys. Keys that are computed become hidden columns.
pub(crate) fn with_order(input: Rel, mut keys: Vec<SortKey>) -> Rel {
    // A constant orders nothing.
    keys.retain(|k| !k.value.is_constant());
    if keys.iter().all(|k| k.value.as_column().is_some()) {
        return Rel { order: Order { keys, serialized: true }, ..input };
    }
    let mut columns: Vec<PlanColumn> = input.columns.to_vec();
    let mut values: Vec<_> = columns.iter().map(|c| c.reference(Default::default())).collect();
    let mut order = Vec::new();
    for key in keys {
        if key.value.as_column().is_some() {
            order.push(key);
            continue;
        }
        let name = free_name(&columns, "key");
        let column = PlanColumn { hidden: true, ..PlanColumn::new(name, key.value.ty, true) };
        order.push(SortKey { value: column.reference(key.value.span), ..key });
        columns.push(column);
        values.push(key.value);
    }
    Rel::new(Node::Project { input, values }, columns, Order { keys: order, serialized: true })
}
