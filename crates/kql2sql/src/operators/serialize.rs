//! `serialize`: Fixes the row order, for window functions.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};

/// Fixes the row order, for window functions.
#[derive(Debug, Clone)]
pub struct Serialize {
    /// Columns to add.
    pub columns: Vec<Expr>,
}

impl Serialize {
    /// `serialize …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(
            List::ANY,
            Parser::named_expression,
            Parser::missing_expression,
        );
        OperatorKind::Serialize(Serialize { columns })
    }
}
