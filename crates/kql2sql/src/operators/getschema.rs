//! `getschema`: The columns of the input and their types.

use crate::operators::OperatorKind;
use crate::syntax::parser::Parser;

/// `getschema`
pub(crate) fn parse(_: &mut Parser) -> OperatorKind {
    OperatorKind::GetSchema
}
