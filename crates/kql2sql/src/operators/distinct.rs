//! `distinct`: The distinct combinations of the given columns.

use crate::bind::names::Projection;
use crate::bind::projection::Style;
use crate::bind::{Binder, RowScope};
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{ANY_STRATEGY, NUM_PARTITIONS, OperatorDef, Place, SHUFFLE_KEY, form};
use crate::plan::{Node, Order, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `distinct`.
pub(super) const DISTINCT: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Distinct],
    doc: "The distinct combinations of columns.",
    page: "distinct-operator",
    place: Place::Piped,
    parameters: Some(&[SHUFFLE_KEY, ANY_STRATEGY, NUM_PARTITIONS]),
    form: Some(form(
        "distinct * | Column, …",
        "datatable(a: long, b: string)[1, 'x', 2, 'x'] | distinct b",
        r#"["x"]"#,
    )),
    refused: None,
    parse: Distinct::parse,
};

/// The distinct combinations of the given columns.
#[derive(Debug, Clone)]
pub struct Distinct {
    /// Columns or expressions, or one `*`.
    pub columns: Vec<Expr>,
}

impl Distinct {
    /// `distinct column, …`, `distinct *`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::SOME,
            |p| {
                if p.at(TokenKind::Star) {
                    return Some(p.star());
                }
                p.named_expression()
            },
            Parser::missing_expression,
        );
        OperatorKind::Distinct(Distinct { columns })
    }
}

impl Distinct {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = Projection::with_capacity(self.columns.len());
        for e in &self.columns {
            binder.add_columns(&mut list, &scope, e, Style::Default, None);
        }
        for (_, value) in &list.columns {
            if value.ty == Type::Dynamic {
                binder.report(binding::type_not_allowed(value.span, value.ty));
            }
        }
        let (columns, keys): (Vec<_>, Vec<_>) = list.columns.into_iter().unzip();
        Rel::new(Node::Aggregate { input, keys, aggregates: vec![] }, columns, Order::default())
    }
}
