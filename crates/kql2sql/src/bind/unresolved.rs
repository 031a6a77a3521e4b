//! Arguments that are missing, or whose name or operator means nothing: beside that, Kusto's analyzer reports the place
//! where a value of a certain type had to stand.

use super::Binder;
use super::names::underlying;
use crate::diagnostics::binding as messages;
use crate::plan::{Expr, ExprKind};
use crate::span::Span;
use crate::syntax::ast;
use crate::types::Type;

impl Binder<'_> {
    /// Reports an expression whose name, or the name of whose function, is unknown, where one of these types had to stand.
    pub(super) fn report_unresolved(&mut self, arg: &ast::Expr, value: &Expr, expected: &[Type]) {
        let arg = underlying(arg);
        if self.is_unresolved(arg, value) {
            self.report(messages::type_of_unknown(arg.span, expected));
        }
    }

    /// The bounds of `value between (low .. high)` are a datetime and a timespan where what is known of them fits that.
    pub(super) fn report_unresolved_bounds(&mut self, args: [&ast::Expr; 3], bound: &[Expr]) {
        const TYPES: [Type; 3] = [Type::DateTime, Type::DateTime, Type::Timespan];
        let unknown: Vec<bool> =
            args.iter().zip(bound).map(|(arg, value)| self.is_unresolved(underlying(arg), value)).collect();
        let fits = (0..3).all(|i| unknown[i] || bound[i].ty == TYPES[i]);
        if fits && unknown.contains(&false) {
            for ((arg, value), ty) in args.into_iter().zip(bound).zip(TYPES) {
                self.report_unresolved(arg, value, &[ty]);
            }
        }
    }

    /// Whether the expression is missing, or it was reported that its name or operator means nothing here.
    fn is_unresolved(&self, arg: &ast::Expr, value: &Expr) -> bool {
        let is_about_it = |code| matches!(code, "KS106" | "KS117" | "KS142" | "KS144" | "KS211");
        matches!(value.kind, ExprKind::Error)
            && value.ty == Type::Unknown
            && (is_missing(arg)
                || place(arg).is_some_and(|place| {
                    let mut reported = self.diagnostics.iter().rev();
                    reported.any(|d| d.is_error() && d.span == place && is_about_it(d.code))
                }))
    }
}

fn is_missing(e: &ast::Expr) -> bool {
    match &e.kind {
        ast::ExprKind::Error => true,
        ast::ExprKind::Parenthesized(e) => is_missing(e),
        _ => false,
    }
}

/// The place of the name or operator that everything else in the expression hangs on.
fn place(e: &ast::Expr) -> Option<Span> {
    match &e.kind {
        ast::ExprKind::Name { .. } => Some(e.span),
        ast::ExprKind::Call { receiver: None, name, .. } => Some(name.span),
        ast::ExprKind::Binary { op_span, .. } => Some(*op_span),
        ast::ExprKind::Unary { .. } => Some(Span { end: e.span.start + 1, ..e.span }),
        ast::ExprKind::Parenthesized(e) => place(e),
        ast::ExprKind::Path { base, .. } | ast::ExprKind::Index { base, .. } => place(base),
        _ => None,
    }
}
