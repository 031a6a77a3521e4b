//! `project-reorder`: Moves columns to the front.

use crate::operators::OperatorKind;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// Moves columns to the front.
#[derive(Debug, Clone)]
pub struct ProjectReorder {
    /// Names and wildcards, a wildcard perhaps with `asc`, `desc`, `granny-asc`, `granny-desc`.
    pub columns: Vec<(Expr, Option<Name>)>,
}

impl ProjectReorder {
    /// `project-reorder column, wildcard* asc, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            |p| {
                let column = p.name_or_wildcard()?;
                let ordered = p.at_any(&[
                    TokenKind::Asc,
                    TokenKind::Desc,
                    TokenKind::GrannyAsc,
                    TokenKind::GrannyDesc,
                ]);
                let order = ordered.then(|| p.word_as_name());
                Some((column, order))
            },
            |p| (p.missing_expression(), None),
        );
        OperatorKind::ProjectReorder(ProjectReorder { columns })
    }
}
