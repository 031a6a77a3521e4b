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
static PARSED: LazyLock<RwLock<HashMap<&'static str, Arc<Template>, RandomState>>> =
    LazyLock::new(Default::default);

/// A parsed template.
struct Template {
    sql: Expr,
    /// The number of the argument of each placeholder, from 0, in the order in which they are visited.
    places: Vec<usize>,
}

/// The template with the arguments in place of its placeholders. A template that does not parse gives
/// `NULL`: the tests parse every one.
pub(super) fn instantiate(template: &'static str, mut args: Vec<Expr>) -> Expr {
    let known = PARSED.read().unwrap_or_else(PoisonError::into_inner).get(template).cloned();
    let parsed = known.unwrap_or_else(|| {
        let mut sql = parse(template).unwrap_or_else(|_| Expr::Value(Value::Null.into()));
        let mut places = Vec::new();
        for_each_placeholder(&mut sql, |n, _| places.push(n));
        let parsed = Arc::new(Template { sql, places });
        PARSED.write().unwrap_or_else(PoisonError::into_inner).insert(template, parsed.clone());
        parsed
    });
    let mut sql = parsed.sql.clone();
    let alone = matches!(&sql, Expr::Value(_));
    let mut at = 0;
    for_each_placeholder(&mut sql, |n, e| {
        at += 1;
        let Some(arg) = args.get_mut(n) else { return };
        let arg = match parsed.places[at..].contains(&n) {
            true => arg.clone(),
            false => std::mem::replace(arg, Expr::Value(Value::Null.into())),
        };
        *e = if alone { arg } else { nested(arg) };
    });
    sql
}

/// Calls `f` for every placeholder with the number of its argument, from 0.
fn for_each_placeholder(sql: &mut Expr, mut f: impl FnMut(usize, &mut Expr)) {
    let _ = visit_expressions_mut(sql, |e| {
        if let Expr::Value(v) = e
            && let Value::Placeholder(p) = &v.value
            && let Some(n) = p[1..].parse::<usize>().ok().and_then(|n| n.checked_sub(1))
        {
            f(n, e);
        }
        ControlFlow::<()>::Continue(())
    });
}

/// Parses a template.
pub(crate) fn parse(template: &str) -> Result<Expr, sqlparser::parser::ParserError> {
    Parser::new(&GenericDialect {}).try_with_sql(template)?.parse_expr()
}
