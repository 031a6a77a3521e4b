//! `getschema`: The columns of the input and their types.

use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::plan::{Expr, Node, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `getschema`.
pub(super) const GETSCHEMA: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GetSchema],
    doc: "The columns of the input and their types.",
    page: "getschema-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("kind", &[])]),
    form: Some(form(
        "getschema",
        "print a = 1 | getschema | project ColumnName, ColumnType",
        r#"["a", "long"]"#,
    )),
    refused: None,
    parse,
};

/// `getschema`
pub(crate) fn parse(_: &mut Parser) -> OperatorKind {
    OperatorKind::GetSchema
}

/// The schema of `input` as a table.
pub(crate) fn bind(input: &Rel) -> Rel {
    let at = Span::default();
    let rows = input
        .visible()
        .enumerate()
        .map(|(i, column)| {
            vec![
                Expr::literal(Literal::String(column.name.to_string()), at),
                Expr::literal(Literal::Int(i32::try_from(i).unwrap_or(i32::MAX)), at),
                Expr::literal(Literal::String(data_type(column.ty).to_owned()), at),
                Expr::literal(Literal::String(column.ty.name().to_owned()), at),
            ]
        })
        .collect();
    let columns = vec![
        PlanColumn::new("ColumnName", Type::String, false),
        PlanColumn::new("ColumnOrdinal", Type::Int, false),
        PlanColumn::new("DataType", Type::String, false),
        PlanColumn::new("ColumnType", Type::String, false),
    ];
    Rel::new(Node::Values(rows), columns, Order::default())
}

/// Kusto's .NET name of a type.
fn data_type(ty: Type) -> &'static str {
    match ty {
        Type::Bool => "System.SByte",
        Type::Int => "System.Int32",
        Type::Long => "System.Int64",
        Type::Real => "System.Double",
        Type::Decimal => "System.Data.SqlTypes.SqlDecimal",
        Type::String => "System.String",
        Type::DateTime => "System.DateTime",
        Type::Timespan => "System.TimeSpan",
        Type::Guid => "System.Guid",
        Type::Dynamic | Type::Unknown => "System.Object",
    }
}
