//! Results with very many columns: `search` over a lake of hundreds of tables.
//!
//! The engine's planner compares each column of a SELECT with all others, which takes it minutes for ten thousand. Where these
//! are the columns of an operation, and the SQL does nothing with most of them but hand them on, they go through it as one
//! struct, and are taken out of it at the end.

use crate::operations::{OperationTable, REST};
use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, Ident, ObjectName, Query, SelectItem, SetExpr, TableFactor, visit_expressions,
};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

/// So many columns are planned in no time.
const MOST_COLUMNS: usize = 500;

/// Where a column of the result is in the rows of its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A column.
    Column(usize),
    /// A member of the struct, which is the last column.
    Member(usize),
}

/// The operations of a query, by the names of their tables.
pub(super) type Operations = HashMap<String, Arc<OperationTable>>;

/// Rewrites such a query: it reads the table that is given back, under the name of the operation's. Gives also the places of
/// its columns.
pub(super) fn pack(
    query: &mut Query,
    operations: &Operations,
) -> Option<(String, OperationTable, Vec<Place>)> {
    let Query { with: None, body, .. } = query else { return None };
    let SetExpr::Select(select) = &mut **body else { return None };
    let is_plain = select.distinct.is_none()
        && select.having.is_none()
        && matches!(&select.group_by, GroupByExpr::Expressions(by, _) if by.is_empty());
    if !is_plain || select.projection.len() <= MOST_COLUMNS {
        return None;
    }
    let [source] = select.from.as_slice() else { return None };
    let TableFactor::Table { name: ObjectName(parts), args: None, .. } = &source.relation else {
        return None;
    };
    let ([part], []) = (parts.as_slice(), source.joins.as_slice()) else { return None };
    let table = part.as_ident()?.value.clone();
    let operation = operations.get(&table)?;
    let listed = select.projection.iter().map(|item| match item {
        SelectItem::UnnamedExpr(Expr::Identifier(name)) => Some(name.value.clone()),
        _ => None,
    });
    let listed = listed.collect::<Option<Vec<String>>>()?;

    // What filters and sorts read stays a column.
    let projection = std::mem::take(&mut select.projection);
    let mut read = HashSet::new();
    let _ = visit_expressions(&*query, |e| {
        if let Expr::Identifier(name) = e {
            read.insert(name.value.clone());
        }
        ControlFlow::<()>::Continue(())
    });
    let rest: Vec<&String> = listed.iter().filter(|name| !read.contains(*name)).collect();
    let Some(packed) = operation.packed(&rest) else {
        if let SetExpr::Select(select) = &mut *query.body {
            select.projection = projection;
        }
        return None;
    };
    let (mut columns, mut members) = (Vec::new(), 0);
    let places = listed.iter().map(|name| match read.contains(name) {
        true => {
            columns.push(name.clone());
            Place::Column(columns.len() - 1)
        }
        false => {
            members += 1;
            Place::Member(members - 1)
        }
    });
    let places = places.collect();
    columns.push(REST.to_owned());
    if let SetExpr::Select(select) = &mut *query.body {
        let item = |name| SelectItem::UnnamedExpr(Expr::Identifier(Ident::with_quote('"', name)));
        select.projection = columns.into_iter().map(item).collect();
    }
    Some((table, packed, places))
}
