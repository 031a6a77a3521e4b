//! `where`: Keeps the rows for which the predicate holds; `filter` is the same.

use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::plan::{Node, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;

/// Keeps the rows for which the predicate holds; `filter` is the same.
#[derive(Debug, Clone)]
pub struct Where {
    /// The predicate.
    pub predicate: Box<Expr>,
}

impl Where {
    /// `where predicate`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let predicate = Box::new(p.required_named_expression());
        OperatorKind::Where(Where { predicate })
    }
}

impl Where {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let predicate = binder.predicate_over(RowScope::of(&input), &self.predicate);
        input.within(|input| Node::Filter { input, predicate })
    }
}
