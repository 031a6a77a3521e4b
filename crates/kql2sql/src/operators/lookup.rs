//! `lookup`: Extends a fact table by the columns of a dimension table.

use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::operators::join;
use crate::syntax::ast::Expr;
use crate::syntax::parser::Parser;

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
        let start = p.start();
        let right = Box::new(p.required_unnamed_expression());
        let on = join::conditions(p).unwrap_or_else(|| {
            let span = p.since(start);
            p.complain(messages::missing_join_condition(span));
            Vec::new()
        });
        OperatorKind::Lookup(Lookup { right, on })
    }
}
