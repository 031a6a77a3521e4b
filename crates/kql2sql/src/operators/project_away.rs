//! `project-away`: Drops columns.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Drops columns.
#[derive(Debug, Clone)]
pub struct ProjectAway {
    /// Names and wildcards.
    pub columns: Vec<Expr>,
}

impl ProjectAway {
    /// `project-away …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            Parser::name_or_wildcard,
            Parser::missing_expression,
        );
        OperatorKind::ProjectAway(ProjectAway { columns })
    }
}
