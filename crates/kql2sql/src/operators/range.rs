//! `range`: A table of one column with values in equal steps.

use crate::bind::Binder;
use crate::bind::fold::cast;
use crate::bind::overload::common_type;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::plan::{Node, Order, PlanColumn, Rel};
use crate::syntax::ast::{Expr, Name};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// A table of one column with values in equal steps.
#[derive(Debug, Clone)]
pub struct Range {
    /// The column.
    pub column: Name,
    /// `from`
    pub from: Box<Expr>,
    /// `to`, included
    pub to: Box<Expr>,
    /// `step`
    pub step: Box<Expr>,
}

impl Range {
    /// `range column from a to b step c`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let column = p.required_name(NameUse::Reference);
        let mut clause = |keyword| {
            p.expect(keyword);
            Box::new(p.required_unnamed_expression())
        };
        OperatorKind::Range(Range {
            column,
            from: clause(TokenKind::From),
            to: clause(TokenKind::To),
            step: clause(TokenKind::Step),
        })
    }
}

impl Range {
    pub(crate) fn bind(&self, binder: &mut Binder) -> Rel {
        let from = binder.scalar(&self.from);
        let to = binder.scalar(&self.to);
        let step = binder.scalar(&self.step);
        for (value, e) in [(&from, &self.from), (&to, &self.to), (&step, &self.step)] {
            if !value.ty.is_summable() {
                binder.report(binding::summable_expected(e.span, value.ty));
            }
        }
        let ends = common_type(from.ty, to.ty).unwrap_or(Type::Unknown);
        let ty = match (ends, step.ty) {
            (Type::Int, Type::Int) => Type::Int,
            (Type::DateTime | Type::Timespan, _) => ends,
            (a, b) => a.widest(b).unwrap_or(Type::Unknown),
        };
        let step_type = if ty == Type::DateTime { Type::Timespan } else { ty };
        let node = Node::Range { from: cast(from, ty), to: cast(to, ty), step: cast(step, step_type) };
        let column = PlanColumn::new(self.column.text.clone(), ty, false);
        Rel::new(node, vec![column], Order { keys: vec![], serialized: true })
    }
}
