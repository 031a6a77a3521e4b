//! `take`: A number of rows; `limit` is the same.

use crate::bind::Binder;
use crate::bind::carry::first_rows;
use crate::operators::OperatorKind;
use crate::plan::{Expr, Node, Rel};
use crate::syntax::ast;
use crate::syntax::parser::Parser;

/// A number of rows; `limit` is the same.
#[derive(Debug, Clone)]
pub struct Take {
    /// How many.
    pub count: Box<ast::Expr>,
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

/// The first rows of `input` in its order. SQL's LIMIT takes a number only: where the data say how many, the rows are numbered.
pub(crate) fn limit(input: Rel, count: Expr) -> Rel {
    if count.as_literal().is_none() {
        let (columns, keys) = (input.columns.clone(), input.order.keys.clone());
        let span = count.span;
        if let Some(node) = first_rows(input.clone(), &columns, count, vec![], keys, span) {
            return Rel { node: node.into(), ..input };
        }
        return input;
    }
    input.within(|input| Node::Limit { input, count })
}
