//! `serialize`: Fixes the row order, for window functions.

use crate::bind::projection::{Style, project, starting_with};
use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::span::Span;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `serialize`.
pub(super) const SERIALIZE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Serialize],
    doc: "Fixes the order of the rows, for window functions.",
    page: "serialize-operator",
    place: Place::Piped,
    parameters: Some(&[]),
    form: Some(form(
        "serialize [Column = Expression, …]",
        "range x from 5 to 6 step 1 | serialize n = row_number()",
        "[5, 1]",
    )),
    refused: None,
    parse: Serialize::parse,
};

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
