//! `externaldata`: A table read from a file outside the lake.

use crate::bind::Binder;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::Operator;
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

impl ExternalData {
    pub(crate) fn bind(&self, binder: &mut Binder, op: &Operator) -> Rel {
        for uri in &self.uris {
            binder.scalar(uri);
        }
        let columns = declared(binder, &self.columns);
        let why = "a query does not read files from elsewhere; put the file in the lake as a table";
        refused(op, columns, why)
    }
}

/// The columns of a declared schema.
pub(crate) fn declared(binder: &mut Binder, columns: &[ColumnDecl]) -> Vec<PlanColumn> {
    columns.iter().map(|c| PlanColumn::new(c.name.text.clone(), binder.type_named(&c.ty), true)).collect()
}
