//! `consume`: Reads its input and returns nothing.

use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::plan::{Node, Order, Rel};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `consume`.
pub(super) const CONSUME: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Consume],
    doc: "Reads its input and returns nothing.",
    page: "consume-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("decodeblocks", &[])]),
    form: Some(form("consume", "range x from 1 to 3 step 1 | consume | count", "[0]")),
    refused: None,
    parse,
};

/// `consume`
pub(crate) fn parse(_: &mut Parser) -> OperatorKind {
    OperatorKind::Consume
}

/// Nothing: no rows and no columns.
pub(crate) fn bind() -> Rel {
    Rel::new(Node::Values(vec![]), vec![], Order::default())
}
