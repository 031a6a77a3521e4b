//! SQL with `$1`, `$2` … for the arguments of a function.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Value, visit_expressions_mut};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use super::build::nested;

/// The template with the arguments in place of its placeholders. A template that does not parse gives
/// `NULL`: the tests parse every one.
pub(super) fn instantiate(template: &str, args: &[Expr]) -> Expr {
    let Ok(mut sql) = parse(template) else { return Expr::Value(Value::Null.into()) };
    let alone = matches!(&sql, Expr::Value(_));
    let _ = visit_expressions_mut(&mut sql, |e| {
        if let Expr::Value(v) = e
            && let Value::Placeholder(p) = &v.value
            && let Some(arg) = p[1..].parse::<usize>().ok().and_then(|n| args.get(n.checked_sub(1)?))
        {
            *e = if alone { arg.clone() } else { nested(arg.clone()) };
        }
        ControlFlow::<()>::Continue(())
    });
    sql
}

/// Parses a template.
pub(crate) fn parse(template: &str) -> Result<Expr, sqlparser::parser::ParserError> {
    Parser::new(&GenericDialect {}).try_with_sql(template)?.parse_expr()
}
