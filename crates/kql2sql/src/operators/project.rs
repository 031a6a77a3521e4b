//! `project`: Chooses columns and computes new ones.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Chooses columns and computes new ones.
#[derive(Debug, Clone)]
pub struct Project {
    /// The expressions.
    pub columns: Vec<Expr>,
}

impl Project {
    /// `project …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            Parser::named_expression,
            Parser::missing_expression,
        );
        OperatorKind::Project(Project { columns })
    }
}
