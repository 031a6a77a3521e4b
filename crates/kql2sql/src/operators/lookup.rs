//! `lookup`: Extends a fact table by the columns of a dimension table.

use crate::bind::Binder;
use crate::bind::names::make_unique;
use crate::diagnostics::messages;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::operators::join::{inferring, key_pairs, kind_of};
use crate::operators::{OperatorKind, join};
use crate::plan::{Join as JoinNode, JoinKind, Node, Order, PlanColumn, Rel, Side};
use crate::syntax::ast::{Expr, Operator};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `lookup`.
pub(super) const LOOKUP: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Lookup],
    doc: "Extends the rows by the columns of a dimension table.",
    page: "lookup-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("kind", &["inner", "leftouter"])]),
    form: Some(form(
        "lookup [kind = leftouter | inner] (Table) on Column, … | $left.Column == $right.Column, …",
        "datatable(k: string, n: long)['a', 1] | lookup (datatable(k: string, name: string)['a', 'Ann']) on k",
        r#"["a", 1, "Ann"]"#,
    )),
    refused: None,
    parse: Lookup::parse,
};

/// Extends a fact table by the columns of a dimension table.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// The dimension table.
    pub right: Box<Expr>,
    /// `on …`: the conditions.
    pub on: Vec<Expr>,
}

impl Lookup {
    /// `lookup (table) on condition, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let right = Box::new(p.required_unnamed_expression());
        let on = join::conditions(p).unwrap_or_else(|| {
            p.report(messages::missing_join_condition(p.end()));
            Vec::new()
        });
        OperatorKind::Lookup(Lookup { right, on })
    }
}

impl Lookup {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let right = inferring(binder.table(&self.right), &self.on, "$right");
        let input = inferring(input, &self.on, "$left");
        let open = right.open;
        let kinds = [("leftouter", JoinKind::LeftOuter), ("inner", JoinKind::Inner)];
        let kind = kind_of(binder, op, &kinds, JoinKind::LeftOuter);
        let on = key_pairs(binder, &input, &right, &self.on);
        let outer = kind == JoinKind::LeftOuter;
        let mut columns: Vec<PlanColumn> = input.visible().cloned().collect();
        let mut output: Vec<_> = columns.iter().map(|c| (Side::Left, c.name.clone())).collect();
        // The keys of the right side are the left side's already.
        for c in right.visible() {
            if on.iter().any(|(_, r)| r.as_column() == Some(&c.name)) {
                continue;
            }
            output.push((Side::Right, c.name.clone()));
            columns.push(PlanColumn { nullable: c.nullable || outer, ..c.clone() });
        }
        make_unique(&mut columns);
        let node = Node::Join(Box::new(JoinNode { left: input, right, kind, on, output }));
        Rel { open, ..Rel::new(node, columns, Order::default()) }
    }
}
