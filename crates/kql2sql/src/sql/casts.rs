//! Casts that the engine cannot tell from what is cast.
//!
//! It names what a SELECT groups by, its aggregates and its windows after their arguments, and leaves casts out of the
//! names: `MAX(x)` and `MAX(CAST(x AS BIGINT))` are two columns of one name, which it refuses. Where that happens the
//! casts of the SELECT are written as the engine's function `arrow_cast`, whose arguments stay in the name.

use std::collections::HashMap;
use std::ops::ControlFlow;

use sqlparser::ast::{self, DataType, Expr, visit_expressions, visit_expressions_mut};

use super::build::{call, string};

/// Rewrites the casts of a SELECT if two of its columns would have one name.
pub(super) fn tell_apart(select: &mut ast::Select, grouped: bool) {
    let mut named: HashMap<String, String> = HashMap::new();
    let mut clash = false;
    let mut note = |e: &Expr| {
        if !clash {
            let text = e.to_string();
            let name = if text.contains("CAST(") { name(e) } else { text.clone() };
            clash = named.insert(name, text.clone()).is_some_and(|other| other != text);
        }
    };
    if !any_cast(select, grouped) {
        return;
    }
    for_each(select, |e| {
        let _ = visit_expressions(e, |e| {
            if matches!(e, Expr::Function(_)) && (grouped || is_window(e)) {
                note(e);
            }
            ControlFlow::<()>::Continue(())
        });
    });
    if let ast::GroupByExpr::Expressions(keys, _) = &select.group_by {
        keys.iter().for_each(note);
    }
    if !clash {
        return;
    }
    for item in &mut select.projection {
        if let ast::SelectItem::UnnamedExpr(e) | ast::SelectItem::ExprWithAlias { expr: e, .. } = item {
            write_as_calls(e);
        }
    }
    if let ast::GroupByExpr::Expressions(keys, _) = &mut select.group_by {
        keys.iter_mut().for_each(write_as_calls);
    }
}

fn for_each(select: &ast::Select, mut f: impl FnMut(&Expr)) {
    for item in &select.projection {
        if let ast::SelectItem::UnnamedExpr(e) | ast::SelectItem::ExprWithAlias { expr: e, .. } = item {
            f(e);
        }
    }
}

/// Whether a cast stands in the SELECT, where it has groups or windows.
fn any_cast(select: &ast::Select, grouped: bool) -> bool {
    let (mut casts, mut counts) = (false, grouped);
    for_each(select, |e| {
        let _ = visit_expressions(e, |e| {
            casts |= matches!(e, Expr::Cast { .. });
            counts |= is_window(e);
            if casts && counts { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    });
    casts && counts
}

/// What the engine calls the expression, as far as casts are concerned.
fn name(e: &Expr) -> String {
    let mut e = e.clone();
    let _ = visit_expressions_mut(&mut e, |e| {
        while let Expr::Cast { expr, .. } = e {
            *e = (**expr).clone();
        }
        ControlFlow::<()>::Continue(())
    });
    e.to_string()
}

/// Writes the casts as calls.
fn write_as_calls(e: &mut Expr) {
    let _ = visit_expressions_mut(e, |e| {
        if let Expr::Cast { kind, expr, data_type, .. } = e
            && let Some(ty) = arrow_type(data_type)
            && !is_window(expr)
        {
            let function = match kind {
                ast::CastKind::TryCast | ast::CastKind::SafeCast => "arrow_try_cast",
                ast::CastKind::Cast | ast::CastKind::DoubleColon => "arrow_cast",
            };
            *e = call(function, vec![(**expr).clone(), string(ty)]);
        }
        ControlFlow::<()>::Continue(())
    });
}

/// Whether it is the call of a window function: the cast of its result is in nobody's name.
fn is_window(e: &Expr) -> bool {
    matches!(e, Expr::Function(f) if f.over.is_some())
}

/// The engine's name for a type that [`super::build::data_type`] gives.
fn arrow_type(ty: &DataType) -> Option<&'static str> {
    Some(match ty {
        DataType::Boolean => "Boolean",
        DataType::Int(_) => "Int32",
        DataType::BigInt(_) => "Int64",
        DataType::Double(_) => "Float64",
        DataType::Decimal(_) => "Decimal128(38, 18)",
        DataType::Varchar(_) => "Utf8View",
        DataType::Timestamp(..) => "Timestamp(Nanosecond, None)",
        _ => return None,
    })
}
