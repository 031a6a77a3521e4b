//! `print`: One row of computed values.

use crate::bind::names::Projection;
use crate::bind::projection::{Style, project};
use crate::bind::{Binder, RowScope};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Node, Order, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The entry of `print`.
pub(super) const PRINT: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Print],
    doc: "One row of computed values.",
    page: "print-operator",
    place: Place::First,
    parameters: None,
    form: Some(form("print [Column =] Expression, …", "print a = 1 + 2, b = toupper('x')", r#"[3, "X"]"#)),
    refused: None,
    parse: Print::parse,
};

/// One row of computed values.
#[derive(Debug, Clone)]
pub struct Print {
    /// The expressions.
    pub columns: Vec<Expr>,
}

impl Print {
    /// `print …, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.comma_list(List::SOME, Parser::named_expression, Parser::missing_expression);
        OperatorKind::Print(Print { columns })
    }
}

impl Print {
    pub(crate) fn bind(&self, binder: &mut Binder) -> Rel {
        let mut list = Projection::default();
        for (i, e) in self.columns.iter().enumerate() {
            binder.add_columns(&mut list, &RowScope::default(), e, Style::Print, Some(format!("print_{i}")));
        }
        let one_row = Rel::new(Node::Values(vec![vec![]]), vec![], Order { keys: vec![], serialized: true });
        project(one_row, list.columns)
    }
}
