//! `range`: A table of one column with values in equal steps.

use crate::bind::Binder;
use crate::bind::fold::cast;
use crate::bind::overload::common_type;
use crate::bind::table::refused;
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::{Expr as Bound, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::{Expr, Literal, Name, Operator};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `range`.
pub(super) const RANGE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Range],
    doc: "A column of values in equal steps.",
    page: "range-operator",
    place: Place::First,
    parameters: None,
    form: Some(form("range Column from Start to Stop step Size", "range x from 2 to 6 step 2", "[2]")),
    refused: None,
    parse: Range::parse,
};

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
    pub(crate) fn bind(&self, binder: &mut Binder, op: &Operator) -> Rel {
        let from = binder.scalar(&self.from);
        let to = binder.scalar(&self.to);
        let step = binder.scalar(&self.step);
        let mut ok = true;
        for (value, e) in [(&from, &self.from), (&to, &self.to), (&step, &self.step)] {
            if !value.ty.is_summable() {
                ok = false;
                binder.report(binding::summable_expected(e.span, value.ty));
            }
        }
        if step.as_literal().is_some_and(is_zero) {
            binder.report(binding::value_not_allowed(self.step.span, "0"));
        }
        let ty = if ok { self.value_type(binder, &from, &to, &step) } else { Type::Unknown };
        let columns = vec![PlanColumn::new(self.column.text.clone(), ty, false)];
        let step_type = if ty == Type::DateTime { Type::Timespan } else { ty };
        if step.ty == Type::DateTime {
            return refused(op, columns, "its step is a datetime; give it as a timespan or number");
        }
        if ty == Type::Decimal {
            return refused(op, columns, "its values are decimals; give them as real numbers or whole ones");
        }
        let node = Node::Range { from: cast(from, ty), to: cast(to, ty), step: cast(step, step_type) };
        Rel::new(node, columns, Order { keys: vec![], serialized: true })
    }

    /// The type of the values: that of a step added to one of the ends.
    fn value_type(&self, binder: &mut Binder, from: &Bound, to: &Bound, step: &Bound) -> Type {
        let Some(ends) = common_type(from.ty, to.ty) else {
            binder.report(binding::no_common_type(self.to.span, "range"));
            return Type::Unknown;
        };
        match (ends, step.ty) {
            // Elsewhere the sum of two `int` is a `long`.
            (Type::Int, Type::Int) => Type::Int,
            _ => {
                let end = Bound { ty: ends, ..from.clone() };
                binder.operator("+", vec![end, step.clone()], self.step.span, self.step.span).ty
            }
        }
    }
}

/// Whether a number is zero, by which no end is reached.
fn is_zero(step: &Literal) -> bool {
    match step {
        Literal::Int(n) => *n == 0,
        Literal::Long(n) => *n == 0,
        Literal::Real(n) => *n == 0.0,
        _ => false,
    }
}
