//! Which runtime functions a piece of SQL calls.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Query, visit_expressions};

use super::expr::function_name;
use crate::types::Type;

/// Adds the names of the runtime's functions that a query calls.
pub(crate) fn collect(sql: &Query, into: &mut BTreeSet<String>) {
    let _ = visit_expressions(sql, |e| {
        if let Expr::Function(f) = e
            && let name = function_name(f)
            && name.starts_with("kql_")
        {
            into.insert(name.to_owned());
        }
        ControlFlow::<()>::Continue(())
    });
}

/// What reads one of several values of a call, by its type.
pub(super) fn part(ty: Type) -> &'static str {
    match ty {
        Type::Real => "kql_part_real",
        Type::Long => "kql_part_long",
        _ => "kql_part_dynamic",
    }
}
