//! `project-by-names`: Chooses columns by names that are computed.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Chooses columns by names that are computed.
#[derive(Debug, Clone)]
pub struct ProjectByNames {
    /// Names, wildcards, strings and arrays of strings.
    pub columns: Vec<Expr>,
}

impl ProjectByNames {
    /// `project-by-names …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            |p| {
                if p.scan_wildcard(0) > 0 {
                    return p.wildcard();
                }
                p.unnamed_expression()
            },
            Parser::missing_expression,
        );
        OperatorKind::ProjectByNames(ProjectByNames { columns })
    }
}
