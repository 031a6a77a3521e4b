//! `sample-distinct`: A number of distinct values at random.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::Projection;
use crate::bind::projection::Style;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::take::limit;
use crate::plan::{Node, Order, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `sample-distinct`.
pub(super) const SAMPLE_DISTINCT: OperatorDef = OperatorDef {
    kinds: &[TokenKind::SampleDistinct],
    doc: "A number of distinct values.",
    page: "sample-distinct-operator",
    place: Place::Piped,
    parameters: Some(&[]),
    form: Some(form("sample-distinct Values of Column", "print n = 1 | sample-distinct 1 of n", "[1]")),
    refused: None,
    parse: SampleDistinct::parse,
};

/// A number of distinct values at random.
#[derive(Debug, Clone)]
pub struct SampleDistinct {
    /// How many.
    pub count: Box<Expr>,
    /// `of column`
    pub of: Box<Expr>,
}

impl SampleDistinct {
    /// `sample-distinct n of column`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        p.expect(TokenKind::Of);
        let of = Box::new(p.required_named_expression());
        OperatorKind::SampleDistinct(SampleDistinct { count, of })
    }
}

impl SampleDistinct {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, _: &Operator) -> Rel {
        let count = binder.count(&self.count);
        let mut list = Projection::default();
        binder.add_columns(&mut list, &RowScope::of(&input), &self.of, Style::Default, None);
        for (_, value) in &list.columns {
            if value.as_literal().is_some() {
                binder.report(binding::column_expected(value.span));
            } else if value.ty == Type::Dynamic {
                binder.report(binding::type_not_allowed(value.span, value.ty));
            }
        }
        let (columns, keys) = list.columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
        let distinct =
            Rel::new(Node::Aggregate { input, keys, aggregates: vec![] }, columns, Order::default());
        limit(distinct, count)
    }
}
