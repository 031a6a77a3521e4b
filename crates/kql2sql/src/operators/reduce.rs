//! `reduce`: Groups strings by similarity.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::table::refused;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, parameter};
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::Operator;
use crate::syntax::ast::{Expr, OperatorParameter};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `reduce`.
pub(super) const REDUCE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Reduce],
    doc: "Groups strings by similarity.",
    page: "reduce-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("kind", &["source"])]),
    form: None,
    refused: Some(Reduce::WHY),
    parse: Reduce::parse,
};

/// Groups strings by similarity.
#[derive(Debug, Clone)]
pub struct Reduce {
    /// `by column`
    pub by: Box<Expr>,
    /// `with threshold=…, characters=…`
    pub with: Vec<OperatorParameter>,
}

impl Reduce {
    /// Why it is refused.
    pub(super) const WHY: &str =
        "its patterns are found by an algorithm that is not public; group by a pattern of your own";

    /// `reduce by column with threshold=…, characters=…`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        p.expect(TokenKind::By);
        let by = Box::new(p.required_named_expression());
        let mut with = Vec::new();
        if p.eat(TokenKind::With) {
            while let Some(parameter) = Self::parameter(p) {
                with.push(parameter);
                p.eat(TokenKind::Comma);
            }
        }
        OperatorKind::Reduce(Reduce { by, with })
    }

    /// `name = value`
    fn parameter(p: &mut Parser) -> Option<OperatorParameter> {
        if !p.peek().is_name() || p.nth(1) != TokenKind::Equal {
            return None;
        }
        let name = p.word_as_name();
        p.bump();
        let start = p.start();
        let value = match p.literal_or_name() {
            Some(kind) => Expr { kind, span: p.since(start) },
            None => p.missing_expression(),
        };
        Some(OperatorParameter { name, value })
    }
}

impl Reduce {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let by = binder.scalar_over(RowScope::of(&input), &self.by);
        if !matches!(by.ty, Type::String | Type::Unknown) {
            binder.report(binding::must_have_type(self.by.span, &[Type::String], by.ty));
        }
        let columns = vec![
            PlanColumn::new("Pattern", Type::String, false),
            PlanColumn::new("Count", Type::Long, false),
            PlanColumn::new("Representative", Type::String, false),
        ];
        refused(op, columns, Self::WHY)
    }
}
