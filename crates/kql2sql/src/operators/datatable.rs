//! `datatable`: A table written out in the query.

use crate::bind::Binder;
use crate::bind::fold::cast;
use crate::bind::overload::promotable;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Expr as Bound, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::{ColumnDecl, Expr, Literal};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `datatable`.
pub(super) const DATATABLE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::DataTable],
    doc: "A table written out in the query.",
    page: "datatable-operator",
    place: Place::First,
    parameters: None,
    form: Some(form(
        "datatable(Column: type, …) [Value, …]",
        "datatable(user: string, n: long)['ann', 1, 'bob', 2] | where n > 1",
        r#"["bob", 2]"#,
    )),
    refused: None,
    parse: DataTable::parse,
};

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
            values =
                p.comma_list(List::ANY.with_trailing_comma(), Parser::literal, Parser::missing_expression);
            p.expect(TokenKind::CloseBracket);
        }
        OperatorKind::DataTable(DataTable { columns, values })
    }
}

impl DataTable {
    pub(crate) fn bind(&self, binder: &mut Binder) -> Rel {
        let mut columns: Vec<PlanColumn> = Vec::new();
        for column in &self.columns {
            let ty = binder.type_named(&column.ty);
            if columns.iter().any(|c| c.name == column.name.text) {
                binder.report(binding::duplicate_column(column.name.span, &column.name.text));
            }
            columns.push(PlanColumn::new(column.name.text.clone(), ty, false));
        }
        let values: Vec<Bound> = self
            .values
            .iter()
            .enumerate()
            .map(|(i, e)| {
                let value = binder.scalar(e);
                match columns.get(i % columns.len().max(1)) {
                    Some(column) => as_type(binder, value, column.ty),
                    None => value,
                }
            })
            .collect();
        if columns.is_empty() || !values.len().is_multiple_of(columns.len()) {
            let span = self.values.last().map_or_else(Default::default, |v| v.span);
            binder.report(binding::value_count(span, columns.len()));
            return Rel::new(Node::Values(vec![]), columns, Order::default());
        }
        let rows = values.chunks(columns.len()).map(<[Bound]>::to_vec).collect();
        Rel::new(Node::Values(rows), columns, Order::default())
    }
}

/// The value as one of the column's type: Kusto converts literals where that loses nothing, and a
/// string by the type's own `to…` function.
fn as_type(binder: &mut Binder, value: Bound, ty: Type) -> Bound {
    let span = value.span;
    if value.ty == ty || value.ty == Type::Unknown || ty == Type::Unknown {
        return value;
    }
    match (value.as_literal(), ty) {
        (Some(Literal::Null(_)), _) => Bound::literal(Literal::Null(ty), span),
        (Some(Literal::Long(n)), Type::Int) => match i32::try_from(*n) {
            Ok(n) => Bound::literal(Literal::Int(n), span),
            Err(_) => Bound::literal(Literal::Null(Type::Int), span),
        },
        (Some(Literal::Long(n)), Type::Bool) => Bound::literal(Literal::Bool(*n != 0), span),
        _ if promotable(value.ty, ty) => cast(value, ty),
        _ => binder.conversion(value, ty),
    }
}
