//! `schema_merge`: one schema from several.
//!
//! Schemas are small and their merging has cases that are not documented, so they are asked for: what comes out is known
//! before the query runs, and where the documentation does not say it, the query is refused.

use super::{Call, fixed};
use crate::bind::table::refused_as;
use crate::operators::relations::{computed, distinct};
use crate::plan::{Expr, Node, Order, PlanColumn, Rel};
use crate::syntax::ast::Literal;
use crate::types::Type;

/// What stands in place of a type that cannot be told.
const OUT_OF_ORDER: &str = "ERROR(columns are out of order)";

/// The columns of a schema. The engine gives ordinals as `long`, though its analyzer says `int`.
pub(super) fn columns() -> Vec<PlanColumn> {
    fixed(&[
        ("ColumnName", Type::String),
        ("ColumnOrdinal", Type::Long),
        ("DataType", Type::String),
        ("ColumnType", Type::String),
    ])
}

/// A column of the merged schema, as its inputs say it.
struct Merged {
    name: String,
    /// All its ordinals.
    ordinals: Vec<i32>,
    data_type: String,
    ty: String,
}

pub(super) fn bind(call: &mut Call) -> Rel {
    let span = call.name.span;
    let refused = |why: &str| refused_as("schema_merge", span, columns(), why);
    let mut values = Vec::new();
    for column in columns() {
        let Some(there) = call.input.visible().find(|c| c.name == column.name).cloned() else {
            return refused("its input must be what getschema gives");
        };
        let text = call.binder.conversion(there.reference(span), Type::String);
        values.push((there.name, text));
    }
    let Some(rows) = call.binder.answer() else {
        let values = values.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        call.binder.ask(distinct(computed(call.input.clone(), values), span));
        return refused("its input is not read yet");
    };
    let in_order = !matches!(call.literal("PreserveOrder"), Some(Literal::Bool(false)));
    match merged(rows) {
        Ok(merged) => table(&merged, in_order, call),
        Err(why) => refused(&why),
    }
}

/// The columns in the order of their last ordinals.
fn merged(rows: Vec<Vec<String>>) -> Result<Vec<Merged>, String> {
    let mut merged: Vec<Merged> = Vec::new();
    for row in rows {
        let [name, ordinal, data_type, ty] =
            row.try_into().map_err(|_| "its input is no schema".to_owned())?;
        let ordinal = ordinal.parse().map_err(|_| format!("the ordinal of '{name}' is no number"))?;
        match merged.iter_mut().find(|m| m.name == name) {
            Some(known) if known.ty != ty || known.data_type != data_type => {
                return Err(format!(
                    "'{name}' is {} and {ty}, and which type they have in common is not documented; \
                     convert one of them",
                    known.ty
                ));
            }
            Some(known) => known.ordinals.push(ordinal),
            None => merged.push(Merged { name, ordinals: vec![ordinal], data_type, ty }),
        }
    }
    let last = |m: &Merged| m.ordinals.iter().max().copied().unwrap_or_default();
    merged.sort_by_key(last);
    match merged.iter().enumerate().find(|(i, m)| usize::try_from(last(m)) != Ok(*i)) {
        Some((_, m)) => Err(format!(
            "'{}' shares its place with another column or follows on a gap, and which place it gets is not documented",
            m.name
        )),
        None => Ok(merged),
    }
}

fn table(merged: &[Merged], in_order: bool, call: &Call) -> Rel {
    let literal = |value| Expr::literal(value, call.name.span);
    let text = |text: &str| literal(Literal::String(text.to_owned()));
    let rows = merged.iter().enumerate().map(|(i, m)| {
        if in_order && m.ordinals.iter().any(|o| *o != m.ordinals[0]) {
            let data_type = format!("ERROR(unknown CSL type:{OUT_OF_ORDER})");
            return vec![text(&m.name), literal(Literal::Long(-1)), text(&data_type), text(OUT_OF_ORDER)];
        }
        vec![text(&m.name), literal(Literal::Long(i as i64)), text(&m.data_type), text(&m.ty)]
    });
    Rel::new(Node::Values(rows.collect()), columns(), Order::default())
}
