//! `print`: One row of computed values.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// One row of computed values.
#[derive(Debug, Clone)]
pub struct Print {
    /// The expressions.
    pub columns: Vec<Expr>,
}

impl Print {
    /// `print …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::SOME,
            Parser::named_expression,
            Parser::missing_expression,
        );
        OperatorKind::Print(Print { columns })
    }
}
