//! `extend`: Adds or replaces columns.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Adds or replaces columns.
#[derive(Debug, Clone)]
pub struct Extend {
    /// The expressions, each perhaps [`ExprKind::Named`](crate::syntax::ast::ExprKind::Named).
    pub columns: Vec<Expr>,
}

impl Extend {
    /// `extend …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::SOME,
            Parser::named_expression,
            Parser::missing_expression,
        );
        OperatorKind::Extend(Extend { columns })
    }
}
