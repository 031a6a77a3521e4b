//! `serialize`: Fixes the row order, for window functions.

use crate::bind::projection::{Style, project, starting_with};
use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::plan::Rel;
use crate::span::Span;
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
        let columns = p.comma_list(List::ANY, Parser::named_expression, Parser::missing_expression);
        OperatorKind::Serialize(Serialize { columns })
    }
}

impl Serialize {
    pub(crate) fn bind(&self, binder: &mut Binder, mut input: Rel) -> Rel {
        input.order.serialized = true;
        if self.columns.is_empty() {
            return input;
        }
        let scope = RowScope::of(&input);
        let mut list = starting_with(&input, Span::default());
        for e in &self.columns {
            binder.add_columns(&mut list, &scope, e, Style::Extend, None);
        }
        project(input, list.columns)
    }
}
