//! `take`: A number of rows; `limit` is the same.

use crate::bind::Binder;
use crate::operators::OperatorKind;
use crate::plan::{Node, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;

/// A number of rows; `limit` is the same.
#[derive(Debug, Clone)]
pub struct Take {
    /// How many.
    pub count: Box<Expr>,
}

impl Take {
    /// `take n`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        OperatorKind::Take(Take { count })
    }
}

impl Take {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let count = binder.count(&self.count);
        limit(input, count)
    }
}

/// The first rows of `input` in its order.
pub(crate) fn limit(input: Rel, count: crate::plan::Expr) -> Rel {
    input.within(|input| Node::Limit { input, count })
}
