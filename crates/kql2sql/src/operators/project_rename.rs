//! `project-rename`: Renames columns.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Renames columns.
#[derive(Debug, Clone)]
pub struct ProjectRename {
    /// `new = old`
    pub columns: Vec<Expr>,
}

impl ProjectRename {
    /// `project-rename …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            Parser::named_expression,
            Parser::missing_expression,
        );
        OperatorKind::ProjectRename(ProjectRename { columns })
    }
}
