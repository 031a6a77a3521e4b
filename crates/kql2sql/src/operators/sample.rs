//! `sample`: A number of rows at random.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::take::limit;
use crate::plan::{Order, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `sample`.
pub(super) const SAMPLE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Sample],
    doc: "A number of rows at random.",
    page: "sample-operator",
    place: Place::Piped,
    parameters: Some(&[]),
    form: Some(form("sample Rows", "print n = 1 | sample 1", "[1]")),
    refused: None,
    parse: Sample::parse,
};

/// A number of rows at random.
#[derive(Debug, Clone)]
pub struct Sample {
    /// How many.
    pub count: Box<Expr>,
}

impl Sample {
    /// `sample n`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        OperatorKind::Sample(Sample { count })
    }
}

impl Sample {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, _: &Operator) -> Rel {
        let count = binder.count(&self.count);
        // Which rows is left open by Kusto; in no order, the first to come will do.
        limit(Rel { order: Order::default(), ..input }, count)
    }
}
