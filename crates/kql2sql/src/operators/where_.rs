//! `where`: Keeps the rows for which the predicate holds; `filter` is the same.

use crate::operators::OperatorKind;
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
