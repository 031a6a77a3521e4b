//! `mv-expand`: One row for each element of an array or bag.

use crate::bind::names::UniqueNames;
use crate::bind::projection::{Style, starting_with};
use crate::bind::{Binder, RowScope};
use crate::diagnostics::{binding, messages};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, WITH_ITEM_INDEX, form, parameter};
use crate::plan::{ColumnName, Expand, ExpandOutput, Node, PlanColumn, Rel, SortKey};
use crate::shape::Shape;
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

const EXPAND_KINDS: &[&str] = &["bag", "array"];

/// The entry of `mv-expand`.
pub(super) const MV_EXPAND: OperatorDef = OperatorDef {
    kinds: &[TokenKind::MvDashExpand, TokenKind::MvExpand],
    doc: "One row for each element of an array or bag.",
    page: "mv-expand-operator",
    place: Place::Piped,
    parameters: Some(&[
        parameter("kind", EXPAND_KINDS),
        parameter("bagexpansion", EXPAND_KINDS),
        WITH_ITEM_INDEX,
    ]),
    form: Some(form(
        "mv-expand [Column =] Array [to typeof(type)], … [limit Rows]",
        "print a = dynamic([1, 2]) | mv-expand a to typeof(long)",
        "[1]",
    )),
    refused: None,
    parse: MvExpand::parse,
};

/// One row for each element of an array or bag.
#[derive(Debug, Clone)]
pub struct MvExpand {
    /// The arrays and bags.
    pub columns: Vec<MvColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
}

/// One array of `mv-expand` or `mv-apply`.
#[derive(Debug, Clone)]
pub struct MvColumn {
    /// The array, perhaps `name = array`.
    pub value: Expr,
    /// `to typeof(type)`
    pub to_type: Option<Name>,
}

impl MvExpand {
    /// `mv-expand column to typeof(type), … limit n`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = columns(p, |p| p.at(TokenKind::Limit));
        let limit = p.eat(TokenKind::Limit).then(|| p.required_unnamed_expression());
        OperatorKind::MvExpand(MvExpand { columns, limit })
    }
}

/// `column to typeof(type), …`, for `mv-expand` and `mv-apply`.
pub(crate) fn columns(p: &mut Parser, end: fn(&Parser) -> bool) -> Vec<MvColumn> {
    p.comma_list(
        List::SOME.until(end),
        |p| {
            let value = if p.at(TokenKind::To) { p.missing_expression() } else { p.named_expression()? };
            let to_type = if p.eat(TokenKind::To) { p.type_name() } else { None };
            Some(MvColumn { value, to_type })
        },
        |p| MvColumn { value: p.missing_expression(), to_type: None },
    )
}

impl MvExpand {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = starting_with(&input, Span::default());
        let mut arrays = Vec::new();
        let bag = op.parameter("bagexpansion").or_else(|| op.parameter("kind"));
        let bag_as_array =
            bag.is_some_and(|p| matches!(&p.value.kind, ExprKind::Name { name, .. } if name == "array"));
        for column in &self.columns {
            let before: Vec<ColumnName> = list.columns.iter().map(|(c, _)| c.name.clone()).collect();
            binder.add_columns(&mut list, &scope, &column.value, Style::Replace, None);
            // The column that is new or was replaced is the one whose value stands for the array.
            let name = match crate::bind::names::result_name(&column.value, &crate::bind::projection::find) {
                Some(name) => name.into(),
                None => match list.columns.iter().find(|(c, _)| !before.contains(&c.name)) {
                    Some((c, _)) => c.name.clone(),
                    None => continue,
                },
            };
            let Some(slot) = list.columns.iter_mut().find(|(c, _)| c.name == name) else { continue };
            let array = slot.1.clone();
            if !matches!(array.ty, Type::Dynamic | Type::Unknown) {
                let d = binding::must_have_type(column.value.span, &[Type::Dynamic], array.ty);
                binder.report(d);
            }
            let ty = column.to_type.as_ref().map(|t| binder.type_named(t));
            if let Some(slot) = list.columns.iter_mut().find(|(c, _)| c.name == name) {
                slot.0.ty = ty.unwrap_or(Type::Dynamic);
                slot.0.shape = match array.shape() {
                    _ if ty.is_some() => Shape::Any,
                    Shape::Bag if bag_as_array => Shape::ARRAY,
                    Shape::Bag => Shape::Bag,
                    shape => shape.element(),
                };
                slot.0.nullable = true;
            }
            arrays.push((name, array));
        }
        let mut columns: Vec<PlanColumn> = list.columns.iter().map(|(c, _)| c.clone()).collect();
        let mut output: Vec<ExpandOutput> = list
            .columns
            .iter()
            .map(|(c, v)| match arrays.iter().position(|(n, _)| *n == c.name) {
                Some(i) => ExpandOutput::Element(i),
                None => ExpandOutput::Column(v.as_column().unwrap_or(&c.name).clone()),
            })
            .collect();
        if let Some(p) = op.parameter("with_itemindex")
            && let ExprKind::Name { name, .. } = &p.value.kind
        {
            let mut names = UniqueNames::default();
            columns.iter().for_each(|c| names.add(c.name.clone()));
            columns.push(PlanColumn::new(names.get_or_add(name.clone(), None), Type::Long, false));
            output.push(ExpandOutput::Index);
        }
        let limit = self.limit.as_ref().map(|e| binder.count(e));
        // The order of the input, and of the elements within each row, stays; what the order depends on
        // is carried along.
        let mut order = input.order.clone();
        for key in &mut order.keys {
            let Some(name) = key.value.as_column().cloned() else { continue };
            let kept = output.iter().position(|o| matches!(o, ExpandOutput::Column(c) if *c == name));
            let position = match kept {
                Some(i) => i,
                None => {
                    let Some(source) = input.column(&name) else { continue };
                    let hidden = crate::bind::projection::free_name(&columns, &name);
                    columns.push(PlanColumn { name: hidden, hidden: true, ..source.clone() });
                    output.push(ExpandOutput::Column(name));
                    columns.len() - 1
                }
            };
            key.value = columns[position].reference(key.value.span);
        }
        // The elements of one row are equal in all keys, and a sort may shuffle what is equal.
        if !order.keys.is_empty() {
            let position =
                output.iter().position(|o| matches!(o, ExpandOutput::Index)).unwrap_or_else(|| {
                    let name = crate::bind::projection::free_name(&columns, "index");
                    columns.push(PlanColumn { hidden: true, ..PlanColumn::new(name, Type::Long, false) });
                    output.push(ExpandOutput::Index);
                    columns.len() - 1
                });
            let value = columns[position].reference(op.keyword);
            order.keys.push(SortKey { value, descending: false, nulls_first: true });
        }
        if arrays.is_empty() {
            binder.report(messages::unsupported(op.span, "mv-expand", "there is nothing to expand"));
        }
        let arrays = arrays.into_iter().map(|(_, array)| array).collect();
        let node = Node::Expand(Box::new(Expand { input, output, arrays, limit, bag_as_array }));
        Rel::new(node, columns, order)
    }
}
