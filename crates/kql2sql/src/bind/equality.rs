//! Equality of a text with a number or a bool, which Kusto's analyzer lets pass.
//!
//! Kusto does not say whether the number is read as a text or the text as a number. For a number as it is usually
//! written both readings agree, so the comparison is answered, with a warning; where they part, it is refused. With a bool a
//! text is read as one, since no bool is written `1` or `True`.

use super::Binder;
use crate::diagnostics::binding as messages;
use crate::plan::Expr;
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

impl Binder<'_> {
    /// `==` and `!=` of a text with a whole number or a bool, and of a constant text with a real; `None` for sides
    /// of other types.
    ///
    /// A text that is no number equals no number, not even null.
    pub(super) fn mixed_equality(
        &mut self,
        op: &str,
        args: &[Expr],
        op_span: Span,
        span: Span,
    ) -> Option<Expr> {
        let [left, right] = args else { return None };
        let (text, other) = match (left.ty, right.ty) {
            (Type::String, _) => (left, right),
            (_, Type::String) => (right, left),
            _ => return None,
        };
        let wide = if other.ty == Type::Int { Type::Long } else { other.ty };
        let read = match (text.as_literal(), wide) {
            (Some(Literal::String(s)), Type::Bool) => Expr::literal(bool_of(s)?, text.span),
            (Some(Literal::String(s)), Type::Long | Type::Real) => {
                match number_of(s, wide) {
                    Some(value) => Expr::literal(value, text.span),
                    None if wide == Type::Long => self.conversion(text.clone(), wide),
                    // `"5.0"`: the readings part.
                    None => return None,
                }
            }
            (None, Type::Long | Type::Bool) => self.conversion(text.clone(), wide),
            _ => return None,
        };
        self.report(messages::text_compared(op_span, wide));
        let sure = read.as_literal().is_some() || other.as_literal().is_some();
        let test = self.operator(op, vec![read, other.clone()], op_span, span);
        if sure {
            return Some(test);
        }
        let neither = Expr::literal(Literal::Bool(op == "!="), span);
        Some(self.call_by_name("coalesce", vec![test, neither], span))
    }
}

/// The bool that a text is, as `tobool` reads it. Hunting queries compare flags with `"1"`, `"0"` and `"True"`, and expect them
/// to be meant: read the other way round, these would equal no bool at all.
fn bool_of(text: &str) -> Option<Literal> {
    match text {
        "1" => Some(Literal::Bool(true)),
        "0" => Some(Literal::Bool(false)),
        _ => text.to_ascii_lowercase().parse().ok().map(Literal::Bool),
    }
}

/// The value of that type whose text this is, as Kusto writes it.
pub(super) fn number_of(text: &str, ty: Type) -> Option<Literal> {
    let value = match ty {
        Type::Int => Literal::Int(text.parse().ok()?),
        Type::Long => Literal::Long(text.parse().ok()?),
        Type::Real => Literal::Real(text.parse::<f64>().ok().filter(|n| n.is_finite())?),
        Type::Bool => Literal::Bool(text.parse().ok()?),
        _ => return None,
    };
    let written = match &value {
        Literal::Int(n) => n.to_string(),
        Literal::Long(n) => n.to_string(),
        Literal::Real(n) if n.abs() < 1e15 && (*n == 0.0 || n.abs() > 1e-4) => n.to_string(),
        Literal::Bool(b) => b.to_string(),
        _ => return None,
    };
    (written == text).then_some(value)
}
