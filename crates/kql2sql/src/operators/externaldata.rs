//! `externaldata`: A table read from a file outside the lake.

use crate::operators::OperatorKind;
use crate::syntax::ast::{ColumnDecl, Expr, OperatorParameter};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// A table read from a file outside the lake.
#[derive(Debug, Clone)]
pub struct ExternalData {
    /// The declared columns.
    pub columns: Vec<ColumnDecl>,
    /// Where the data is, between `[` and `]`.
    pub uris: Vec<Expr>,
    /// `with (format=…, ignoreFirstRecord=…)`
    pub properties: Vec<OperatorParameter>,
}

impl ExternalData {
    /// `externaldata (name:type, …) [uri, …] with (name=value, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.row_schema();
        let mut uris = Vec::new();
        if p.expect(TokenKind::OpenBracket) {
            uris =
                p.comma_list(List::ANY.with_trailing_comma(), Parser::expression, Parser::missing_expression);
            p.expect_close(TokenKind::CloseBracket);
        }
        let properties = if p.eat(TokenKind::With) { p.property_list() } else { Vec::new() };
        OperatorKind::ExternalData(ExternalData { columns, uris, properties })
    }
}
