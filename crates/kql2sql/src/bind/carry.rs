//! Sub-queries that run for each row (`mv-apply`) or each group of rows (`partition`): they run over all of them at once, and
//! what tells them apart goes along with each row.

use std::rc::Rc;

use super::Binder;
use crate::functions::{self, Function};
use crate::operation::Setting;
use crate::plan::{self, ExpandOutput, Node, Order, PlanColumn, Rel, SortKey};
use crate::span::Span;
use crate::types::Type;

/// `row_number()` within the rows that belong together.
pub(crate) fn row_number(
    function: &'static Function,
    partition: Vec<plan::Expr>,
    order: Vec<SortKey>,
    span: Span,
) -> plan::Expr {
    let kind = plan::ExprKind::Window { function, overload: 0, args: vec![], partition, order };
    plan::Expr { kind, ty: Type::Long, span }
}

/// The first `count` rows of a relation in the order of the keys, or in that in which they come, of those that belong
/// together; with these of its columns.
pub(crate) fn first_rows(
    input: Rel,
    columns: &[PlanColumn],
    count: plan::Expr,
    partition: Vec<plan::Expr>,
    keys: Vec<SortKey>,
    span: Span,
) -> Option<Node> {
    let function = functions::find(functions::SCALARS, "row_number")?;
    let mut name = "rank".to_owned();
    while input.column(&name).is_some() {
        name.push('_');
    }
    let rank = PlanColumn { hidden: true, ..PlanColumn::new(name, Type::Long, false) };
    let mut columns = columns.to_vec();
    let mut values: Vec<plan::Expr> = columns.iter().map(|c| c.reference(span)).collect();
    columns.push(rank.clone());
    values.push(row_number(function, partition, keys, span));
    let ranked = Rel::new(Node::Project { input, values }, columns, Order::default());
    let at_most = functions::find(functions::OPERATORS, "<=")?;
    let args = vec![rank.reference(span), count];
    let overload = crate::bind::overload::choose(at_most, &args)?;
    let kind = plan::ExprKind::Call { function: at_most, overload, args };
    Some(Node::Filter { input: ranked, predicate: plan::Expr { kind, ty: Type::Bool, span } })
}

/// The relation with the carried columns in every node down to the shared relation `base`, the last of
/// them telling apart the rows that the nodes work on one by one. `None` where a node cannot do that.
pub(crate) fn carry(
    binder: &Binder,
    rel: Rel,
    base: usize,
    carried: &[PlanColumn],
    span: Span,
) -> Option<Rel> {
    let Rel { node, columns, order, .. } = rel;
    let row = carried.last()?.reference(span);
    let mut columns = columns.to_vec();
    // Those that a node has of its input, it has already.
    let missing: Vec<&PlanColumn> =
        carried.iter().filter(|c| columns.iter().all(|own| own.name != c.name)).collect();
    let keep = |columns: &mut Vec<PlanColumn>| columns.extend(missing.iter().map(|c| (*c).clone()));
    let node = match Rc::unwrap_or_clone(node) {
        Node::Shared(i) if i == base => Node::Shared(i),
        // What a sub-query within this one works on.
        Node::Shared(i) => return carry(binder, binder.shared.get(i)?.rel.clone(), base, carried, span),
        Node::Filter { input, mut predicate } => {
            within_row(&mut predicate, &row);
            keep(&mut columns);
            Node::Filter { input: carry(binder, input, base, carried, span)?, predicate }
        }
        Node::Project { input, mut values } => {
            for value in &mut values {
                within_row(value, &row);
            }
            keep(&mut columns);
            values.extend(missing.iter().map(|c| c.reference(span)));
            Node::Project { input: carry(binder, input, base, carried, span)?, values }
        }
        Node::Aggregate { input, mut keys, aggregates } => {
            let after_keys = columns.split_off(keys.len());
            keep(&mut columns);
            columns.extend(after_keys);
            keys.extend(missing.iter().map(|c| c.reference(span)));
            Node::Aggregate { input: carry(binder, input, base, carried, span)?, keys, aggregates }
        }
        Node::Expand(mut expand) => {
            keep(&mut columns);
            expand.output.extend(missing.iter().map(|c| ExpandOutput::Column(c.name.clone())));
            expand.input = carry(binder, expand.input, base, carried, span)?;
            Node::Expand(expand)
        }
        Node::Limit { input, count } => {
            // The first of each row: those with the lowest numbers in its order.
            let keys = input.order.keys.clone();
            let input = carry(binder, input, base, carried, span)?;
            keep(&mut columns);
            first_rows(input, &columns, count, vec![row], keys, span)?
        }
        Node::Operation(mut operation) if operation.task.name == "scan" => {
            // Each group has a state of its own.
            let input = operation.inputs.pop()?;
            operation.inputs.push(carry(binder, input, base, carried, span)?.exposed());
            operation.task.add_to_list("partition", Setting::Column(carried.last()?.name.to_string()));
            operation.reads.get_or_insert_default().push(carried.last()?.name.clone());
            keep(&mut columns);
            Node::Operation(operation)
        }
        _ => return None,
    };
    Some(Rel::new(node, columns, order))
}

/// Makes the window functions of an expression look at the elements of one row only.
fn within_row(e: &mut plan::Expr, row: &plan::Expr) {
    if let plan::ExprKind::Window { partition, .. } = &mut e.kind {
        partition.push(row.clone());
    }
    for child in e.children_mut() {
        within_row(child, row);
    }
}
