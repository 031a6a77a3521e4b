//! Tests of the lexer and the parser, as tables of texts.

mod accepted;
mod limits;
mod literals;
mod precedence;
mod rejected;

use crate::syntax::ast::{Expr, ExprKind, Literal, Script, StatementKind, UnaryOp};
use crate::syntax::parse;

/// The tree of a text without errors.
fn parsed(source: &str) -> Script {
    let parse = parse(source);
    assert!(parse.diagnostics.is_empty(), "{source}\n{:#?}", parse.diagnostics);
    parse.script
}

/// The expression of `print expression`.
fn printed(source: &str) -> Expr {
    let mut script = parsed(&format!("print {source}"));
    let Some(StatementKind::Query(Expr { kind: ExprKind::Pipe(mut pipe), .. })) =
        script.statements.pop().map(|s| s.kind)
    else {
        panic!("{source} is no query");
    };
    match pipe.operators.pop().map(|o| o.kind) {
        Some(crate::operators::OperatorKind::Print(mut print)) => print.columns.remove(0),
        other => panic!("{other:?}"),
    }
}

/// An expression with every operation in brackets of its own.
fn grouped(expr: &Expr) -> String {
    let list = |list: &[Expr]| list.iter().map(grouped).collect::<Vec<_>>().join(", ");
    match &expr.kind {
        ExprKind::Literal(Literal::Long(v)) => v.to_string(),
        ExprKind::Literal(Literal::String(v)) => format!("'{v}'"),
        ExprKind::Literal(other) => format!("{other:?}"),
        ExprKind::Name { name, .. } => name.clone(),
        ExprKind::Star => "*".to_owned(),
        ExprKind::Path { base, name, .. } => format!("{}.{}", grouped(base), name.text),
        ExprKind::Index { base, index } => format!("{}[{}]", grouped(base), grouped(index)),
        ExprKind::Call { receiver: None, name, args } => format!("{}({})", name.text, list(args)),
        ExprKind::Call { receiver: Some(r), name, args } => {
            format!("{}.{}({})", grouped(r), name.text, list(args))
        }
        ExprKind::Unary { op, operand } => {
            format!("[{}{}]", if *op == UnaryOp::Minus { "-" } else { "+" }, grouped(operand))
        }
        ExprKind::Binary { op, left, right, .. } => {
            format!("[{} {op} {}]", grouped(left), grouped(right))
        }
        ExprKind::In { op, left, list: l, .. } => format!("[{} {op} ({})]", grouped(left), list(l)),
        ExprKind::Between { negated, value, low, high, .. } => {
            let not = if *negated { "!" } else { "" };
            format!("[{} {not}between ({} .. {})]", grouped(value), grouped(low), grouped(high))
        }
        ExprKind::Parenthesized(inner) => format!("({})", grouped(inner)),
        ExprKind::Named { names, value } => {
            let names: Vec<_> = names.iter().map(|n| n.text.as_str()).collect();
            format!("{}={}", names.join(","), grouped(value))
        }
        other => format!("{other:?}"),
    }
}
