//! Relations that operators and plugins are made of.

use crate::operation::Task;
use crate::plan::{self, Expr, Node, Operation, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast;
use crate::types::Type;

/// The relation that an operation of the runtime makes of all columns of its inputs. `in_order` says whether the order
/// of their rows counts.
pub(crate) fn operation(
    task: Task,
    inputs: Vec<Rel>,
    in_order: bool,
    columns: Vec<PlanColumn>,
    span: Span,
) -> Rel {
    let inputs = inputs.into_iter().map(Rel::exposed).collect();
    let operation = Operation { task, inputs, in_order, reads: None, formulas: None, span };
    Rel::new(Node::Operation(Box::new(operation)), columns, Order { keys: vec![], serialized: true })
}

/// The rows of a relation, computed once however often they are read.
pub(crate) fn materialized(input: Rel, span: Span) -> Rel {
    let (columns, order, open) = (input.columns.clone(), input.order.clone(), input.open);
    let operation = Operation {
        task: Task::new("materialize"),
        in_order: order.serialized || !order.keys.is_empty(),
        inputs: vec![input.exposed()],
        reads: Some(Vec::new()),
        formulas: None,
        span,
    };
    Rel { node: Box::new(Node::Operation(Box::new(operation))), columns, order, open }
}

/// A relation with other columns, in no order: what a question to the data is built of.
pub(crate) fn computed(input: Rel, values: Vec<(&str, Expr)>) -> Rel {
    let columns = values.iter().map(|(n, v)| PlanColumn::new(*n, v.ty, true)).collect();
    let values = values.into_iter().map(|(_, v)| v).collect();
    Rel::new(Node::Project { input, values }, columns, Order::default())
}

/// The distinct rows of a relation.
pub(crate) fn distinct(input: Rel, span: Span) -> Rel {
    let columns: Vec<PlanColumn> = input.visible().cloned().collect();
    let keys = columns.iter().map(|c| c.reference(span)).collect();
    Rel::new(Node::Aggregate { input, keys, aggregates: vec![] }, columns, Order::default())
}

/// The member of a bag.
pub(crate) fn member(bag: Expr, key: &str, span: Span) -> Expr {
    let step = Expr::literal(ast::Literal::String(key.to_owned()), span);
    element(bag, step, span)
}

/// An element of a dynamic value.
pub(crate) fn element(base: Expr, step: Expr, span: Span) -> Expr {
    Expr { kind: plan::ExprKind::Path { base: Box::new(base), path: vec![step] }, ty: Type::Dynamic, span }
}
