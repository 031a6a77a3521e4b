//! `datatable`: A table written out in the query.

use crate::operators::OperatorKind;
use crate::syntax::ast::{ColumnDecl, Expr};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// A table written out in the query.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// The declared columns.
    pub columns: Vec<ColumnDecl>,
    /// The values, row after row.
    pub values: Vec<Expr>,
}

impl DataTable {
    /// `datatable (name:type, …) [value, …]`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.row_schema();
        let mut values = Vec::new();
        if p.expect(TokenKind::OpenBracket) {
            p.eat(TokenKind::Comma);
            values = p.comma_list(
                List::ANY.with_trailing_comma(),
                Parser::literal,
                Parser::missing_expression,
            );
            p.expect_close(TokenKind::CloseBracket);
        }
        OperatorKind::DataTable(DataTable { columns, values })
    }
}
