//! Which runtime functions a piece of SQL calls.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Query, visit_expressions};

use crate::types::Type;

/// Adds the names of the runtime's functions that a query calls.
pub(crate) fn collect(sql: &Query, into: &mut BTreeSet<String>) {
    let _ = visit_expressions(sql, |e| {
        if let Expr::Function(f) = e
            && let Some(name) = f.name.0.last().and_then(|part| part.as_ident())
            && name.value.starts_with("kql_")
        {
            into.insert(name.value.clone());
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
