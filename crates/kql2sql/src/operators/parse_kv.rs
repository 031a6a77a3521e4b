//! `parse-kv`: Columns from the key-value pairs in a string.

use crate::operators::OperatorKind;
use crate::syntax::ast::{ColumnDecl, Expr, OperatorParameter};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Columns from the key-value pairs in a string.
#[derive(Debug, Clone)]
pub struct ParseKv {
    /// What is parsed.
    pub value: Box<Expr>,
    /// The keys to take, with types.
    pub columns: Vec<ColumnDecl>,
    /// `with (pair_delimiter=…, …)`
    pub properties: Vec<OperatorParameter>,
}

impl ParseKv {
    /// `parse-kv value as (name:type, …) with (name=value, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let value = Box::new(p.required_unnamed_expression());
        p.expect(TokenKind::As);
        let columns = p.row_schema();
        let properties = if p.eat(TokenKind::With) { p.property_list() } else { Vec::new() };
        OperatorKind::ParseKv(ParseKv { value, columns, properties })
    }
}
