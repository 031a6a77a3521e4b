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
    let no_keys = Vec::new();
    let keys = match &select.group_by {
        ast::GroupByExpr::Expressions(keys, _) => keys,
        ast::GroupByExpr::All(_) => &no_keys,
    };
    if !columns(select).chain(keys).any(has_cast) {
        return;
    }
    // Only a call of a function that has a cast in another of its calls can have the name of that.
    let mut casting = Vec::new();
    for_each_named(select, grouped, |e, f| {
        if !casting.contains(&f.name) && has_cast(e) {
            casting.push(f.name.clone());
        }
    });
    if casting.is_empty() && !keys.iter().any(has_cast) {
        return;
    }
    let mut named: HashMap<String, String> = HashMap::new();
    let mut clash = false;
    let mut note = |e: &Expr| {
        if !clash {
            let text = e.to_string();
            let name = if text.contains("CAST(") { name(e) } else { text.clone() };
            clash = named.insert(name, text.clone()).is_some_and(|other| other != text);
        }
    };
    for_each_named(select, grouped, |e, f| {
        if casting.contains(&f.name) {
            note(e);
        }
    });
    keys.iter().for_each(note);
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

/// The columns of the SELECT.
fn columns(select: &ast::Select) -> impl Iterator<Item = &Expr> {
    select.projection.iter().filter_map(|item| match item {
        ast::SelectItem::UnnamedExpr(e) | ast::SelectItem::ExprWithAlias { expr: e, .. } => Some(e),
        _ => None,
    })
}

/// Calls `f` for what the engine gives names to among the columns: in groups all calls, else windows.
fn for_each_named(select: &ast::Select, grouped: bool, mut f: impl FnMut(&Expr, &ast::Function)) {
    for column in columns(select) {
        let _ = visit(column, &mut |e| {
            if let Expr::Function(function) = e
                && (grouped || function.over.is_some())
            {
                f(e, function);
            }
            ControlFlow::<()>::Continue(())
        });
    }
}

fn has_cast(e: &Expr) -> bool {
    let found = visit(e, &mut |e| match e {
        Expr::Cast { .. } => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    found.is_break()
}

/// Calls `f` for the expression and for all within, until it breaks off. sqlparser's visitor does the same, but goes to
/// every name and token, and looks at the stack each time: it gets what SQL has seldom here.
pub(super) fn visit(e: &Expr, f: &mut dyn FnMut(&Expr) -> ControlFlow<()>) -> ControlFlow<()> {
    match e {
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_) | Expr::TypedString(_) => f(e),
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } | Expr::Cast { expr: inner, .. } => {
            f(e)?;
            visit(inner, f)
        }
        Expr::BinaryOp { left, right, .. } => {
            f(e)?;
            visit(left, f)?;
            visit(right, f)
        }
        Expr::Function(ast::Function { args: ast::FunctionArguments::List(list), filter, over, .. }) => {
            f(e)?;
            for arg in &list.args {
                match arg {
                    ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(arg)) => visit(arg, f)?,
                    arg => visit_expressions(arg, &mut *f)?,
                }
            }
            filter.iter().try_for_each(|filter| visit(filter, f))?;
            list.clauses.iter().try_for_each(|clause| visit_expressions(clause, &mut *f))?;
            over.iter().try_for_each(|over| visit_expressions(over, &mut *f))
        }
        _ => visit_expressions(e, f),
    }
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
