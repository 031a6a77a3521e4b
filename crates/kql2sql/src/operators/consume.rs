//! `consume`: Reads its input and returns nothing.

use crate::operators::OperatorKind;
use crate::syntax::parser::Parser;

/// `consume`
pub(crate) fn parse(_: &mut Parser) -> OperatorKind {
    OperatorKind::Consume
}
