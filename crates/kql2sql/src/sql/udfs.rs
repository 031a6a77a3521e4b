//! Which runtime functions a piece of SQL calls.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::OnceLock;

use sqlparser::ast::{Expr, visit_expressions};

use crate::types::Type;

/// Adds the names of the runtime's functions in `sql`.
pub(super) fn collect(sql: &Expr, into: &mut BTreeSet<&'static str>) {
    let _ = visit_expressions(sql, |e| {
        if let Expr::Function(f) = e {
            let name = f.name.to_string();
            if name.starts_with("kql_") {
                into.insert(interned(&name));
            }
        }
        ControlFlow::<()>::Continue(())
    });
}

/// The name as a static string. There are a few hundred such names in all, each kept once.
fn interned(name: &str) -> &'static str {
    static NAMES: OnceLock<std::sync::Mutex<BTreeSet<&'static str>>> = OnceLock::new();
    let names = NAMES.get_or_init(Default::default);
    let mut names = names.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let leaked: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(leaked);
    leaked
}

/// What reads one of several values of a call, by its type.
pub(super) fn part(ty: Type) -> &'static str {
    match ty {
        Type::Real => "kql_part_real",
        Type::Long => "kql_part_long",
        _ => "kql_part_dynamic",
    }
}
