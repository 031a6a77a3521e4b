//! SQL with `$1`, `$2` … for the arguments of a function.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use foldhash::fast::RandomState;
use sqlparser::ast::{Expr, Value, visit_expressions_mut};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use super::build::nested;

/// The templates that were used, parsed: there are a few hundred in all.
static PARSED: LazyLock<RwLock<HashMap<&'static str, Arc<Expr>, RandomState>>> =
    LazyLock::new(Default::default);

/// The template with the arguments in place of its placeholders. A template that does not parse gives
/// `NULL`: the tests parse every one.
pub(super) fn instantiate(template: &'static str, args: &[Expr]) -> Expr {
    let known = PARSED.read().unwrap_or_else(PoisonError::into_inner).get(template).cloned();
    let parsed = known.unwrap_or_else(|| {
        let parsed = Arc::new(parse(template).unwrap_or_else(|_| Expr::Value(Value::Null.into())));
        PARSED.write().unwrap_or_else(PoisonError::into_inner).insert(template, parsed.clone());
        parsed
    });
    let mut sql = Expr::clone(&parsed);
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
