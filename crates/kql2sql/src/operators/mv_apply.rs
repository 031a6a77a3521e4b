//! `mv-apply`: Runs a sub-query over the elements of each array.

use crate::bind::Binder;
use crate::bind::carry::{carry, row_number};
use crate::bind::projection::project;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, WITH_ITEM_INDEX, form};
use crate::operators::mv_expand::MvExpand;
use crate::operators::mv_expand::{MvColumn, columns};
use crate::plan::{self, ColumnName, Node, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Operator};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `mv-apply`.
pub(super) const MV_APPLY: OperatorDef = OperatorDef {
    kinds: &[TokenKind::MvDashApply, TokenKind::MvApply],
    doc: "Runs a sub-query over the elements of each array.",
    page: "mv-apply-operator",
    place: Place::Piped,
    parameters: Some(&[WITH_ITEM_INDEX]),
    form: Some(form(
        "mv-apply [Column =] Array [to typeof(type)], … [limit Rows] on (Operators)",
        "print a = dynamic([3, 1, 2]) | mv-apply x = a to typeof(long) on (top 1 by x) | project x",
        "[3]",
    )),
    refused: None,
    parse: MvApply::parse,
};

/// Runs a sub-query over the elements of each array.
#[derive(Debug, Clone)]
pub struct MvApply {
    /// The arrays.
    pub columns: Vec<MvColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// `id guid`: context id, obsolete
    pub id: Option<Expr>,
    /// `on (sub-query)`: a pipe without a source.
    pub on: Box<Expr>,
}

impl MvApply {
    /// `mv-apply column to typeof(type), … limit n on (operators)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = columns(p, |p| {
            p.at_any(&[TokenKind::Limit, TokenKind::Id, TokenKind::On])
                && !matches!(p.nth(1), TokenKind::Comma | TokenKind::To | TokenKind::Equal)
        });
        let limit = p.eat(TokenKind::Limit).then(|| p.required_unnamed_expression());
        let id = p.eat(TokenKind::Id).then(|| p.required_unnamed_expression());
        p.expect(TokenKind::On);
        let mut on = p.error_expression();
        if p.expect(TokenKind::OpenParen) {
            on = p.sub_query();
            p.expect(TokenKind::CloseParen);
        }
        OperatorKind::MvApply(MvApply { columns, limit, id, on: Box::new(on) })
    }
}

impl MvApply {
    /// The sub-query runs over the elements of all rows at once; the number of the row, and the columns
    /// that the result shows of it, go along with each element and are keys of every group.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let applied: Vec<&str> = self
            .columns
            .iter()
            .filter_map(|c| match &c.value.kind {
                ExprKind::Name { name, .. } => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let kept: Vec<PlanColumn> =
            input.visible().filter(|c| !applied.contains(&c.name.as_str())).cloned().collect();
        let open = input.open;
        let (mut rows, carried) = numbered(binder, input, &kept, op.keyword);
        rows.open = open;
        let Node::Shared(base) = *rows.node else { return rows };
        let expand = MvExpand { columns: self.columns.clone(), limit: self.limit.clone() };
        let expanded = Rel { open, ..expand.bind(binder, rows, op) };
        let result = binder.sub_query(expanded, &self.on);
        let mut list: Vec<(PlanColumn, plan::Expr)> =
            kept.iter().zip(&carried).map(|(c, outer)| (c.clone(), outer.reference(op.keyword))).collect();
        for column in result.visible() {
            let entry = (column.clone(), column.reference(op.keyword));
            match list.iter_mut().find(|(c, _)| c.name == column.name) {
                Some(slot) => *slot = entry,
                None => list.push(entry),
            }
        }
        match carry(binder, result, base, &carried, op.keyword) {
            Some(rel) => project(Rel { order: Order::default(), ..rel }, list),
            None => {
                let columns = list.into_iter().map(|(c, _)| c).collect();
                refused(
                    op,
                    columns,
                    "its sub-query may read no other tables and have no sub-queries of its own; use `mv-expand` and joins",
                )
            }
        }
    }
}

/// The input with hidden copies of the columns that are kept, and last the number of the row.
fn numbered(binder: &mut Binder, input: Rel, kept: &[PlanColumn], span: Span) -> (Rel, Vec<PlanColumn>) {
    let mut list: Vec<(PlanColumn, plan::Expr)> =
        input.visible().map(|c| (c.clone(), c.reference(span))).collect();
    let mut carried = Vec::new();
    let free = |name: String| {
        let mut name = name;
        while input.column(&name).is_some() || binder.is_shared_column(&name) {
            name.push('_');
        }
        ColumnName::from(name)
    };
    for column in kept {
        let copy =
            PlanColumn { name: free(format!("outer_{}", column.name)), hidden: true, ..column.clone() };
        list.push((copy.clone(), column.reference(span)));
        carried.push(copy);
    }
    if let Some(function) = crate::functions::find(crate::functions::SCALARS, "row_number") {
        let row = PlanColumn { hidden: true, ..PlanColumn::new(free("apply_row".into()), Type::Long, false) };
        let order = input.order.keys.clone();
        let number = row_number(function, vec![], order, span);
        list.push((row.clone(), number));
        carried.push(row);
    }
    let rows = project(input, list);
    (binder.share("rows", rows), carried)
}
