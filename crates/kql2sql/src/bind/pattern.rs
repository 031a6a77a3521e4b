//! Patterns: a query's own names for tables, told apart by literals.
//!
//! <https://learn.microsoft.com/kusto/query/pattern-statement>

use super::scope::Binding;
use super::{Binder, Value};
use crate::bind::table::unknown_table;
use crate::diagnostics::binding as messages;
use crate::plan::Rel;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name};

impl Binder<'_> {
    /// What `name("value", …)` or `name("value", …).path` stands for; `None` where the name is not that of a pattern.
    pub(super) fn pattern(&mut self, name: &Name, args: &[Expr], path: Option<&Name>) -> Option<Value> {
        let Some(Binding::Pattern(pattern, env)) = self.env.get(&name.text).cloned() else { return None };
        let unknown = Value::Table(Rel { open: true, ..unknown_table() });
        let mut values = Vec::new();
        for arg in args {
            match text(arg) {
                Some(value) => values.push(value),
                None => {
                    self.report(messages::literal_expected(arg.span));
                    return Some(unknown);
                }
            }
        }
        let path = path.map(|p| p.text.as_str());
        let case = pattern.cases.iter().find(|case| {
            case.values.iter().map(text).eq(values.iter().map(|v| Some(*v)))
                && case.path.as_ref().and_then(text) == path
        });
        Some(match case {
            Some(case) => self.expand_function(&name.text, &case.body, &env, &[], name.span),
            None => {
                self.report(messages::no_such_case(name.span, &name.text, &values, path));
                unknown
            }
        })
    }
}

/// The text that a literal holds.
fn text(e: &Expr) -> Option<&str> {
    match &e.kind {
        ExprKind::Literal(Literal::String(text)) => Some(text),
        _ => None,
    }
}
