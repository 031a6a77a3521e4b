//! `count`: The number of rows, as one row with the column `Count`.

use crate::bind::Binder;
use crate::functions::{AGGREGATES, find};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Expr, ExprKind, Node, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::Name;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `count`.
pub(super) const COUNT: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Count],
    doc: "Counts the rows.",
    page: "count-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form("count", "range x from 1 to 5 step 1 | count", "[5]")),
    refused: None,
    parse: Count::parse,
};

/// The number of rows, as one row with the column `Count`.
#[derive(Debug, Clone)]
pub struct Count {
    /// `count as Name`: the name of the result column.
    pub alias: Option<Name>,
}

impl Count {
    /// `count`, `count as name`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let alias = p
            .eat(TokenKind::As)
            .then(|| if p.at(TokenKind::Identifier) { p.word_as_name() } else { p.missing_name() });
        OperatorKind::Count(Count { alias })
    }
}

impl Count {
    pub(crate) fn bind(&self, _: &mut Binder, input: Rel) -> Rel {
        let name = self.alias.as_ref().map_or("Count", |n| n.text.as_str());
        let Some(function) = find(AGGREGATES, "count") else { return input };
        let kind = ExprKind::Aggregate { function, overload: 0, args: vec![], order: vec![], row_of: None };
        let count = Expr { kind, ty: Type::Long, span: Span::default() };
        let node = Node::Aggregate { input, keys: vec![], aggregates: vec![count] };
        Rel::new(node, vec![PlanColumn::new(name, Type::Long, false)], Order::default())
    }
}
