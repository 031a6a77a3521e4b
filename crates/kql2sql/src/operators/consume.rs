//! `consume`: Reads its input and returns nothing.

use crate::operators::OperatorKind;
use crate::plan::{Node, Order, Rel};
use crate::syntax::parser::Parser;

/// `consume`
pub(crate) fn parse(_: &mut Parser) -> OperatorKind {
    OperatorKind::Consume
}

/// Nothing: no rows and no columns.
pub(crate) fn bind() -> Rel {
    Rel::new(Node::Values(vec![]), vec![], Order::default())
}
