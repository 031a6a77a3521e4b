//! `project-keep`: Keeps columns, in the order of the input.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Keeps columns, in the order of the input.
#[derive(Debug, Clone)]
pub struct ProjectKeep {
    /// Names and wildcards.
    pub columns: Vec<Expr>,
}

impl ProjectKeep {
    /// `project-keep …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            Parser::name_or_wildcard,
            Parser::missing_expression,
        );
        OperatorKind::ProjectKeep(ProjectKeep { columns })
    }
}
