//! The plugins of `evaluate`: one file each, with what it takes and how it is bound.
//!
//! A plugin binds to plain relations where SQL can say what it does, and to an [`Operation`] where it cannot.

mod bag_unpack;
mod narrow;
mod pivot;
mod preview;

use crate::bind::{Binder, RowScope};
use crate::diagnostics::binding as messages;
use crate::operation::Task;
use crate::plan::{self, Expr, Node, Operation, Order, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{self, ColumnDecl, ExprKind, Name};
use crate::types::Type;

/// What is known of a plugin.
pub struct Plugin {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// The name of its page in the documentation of Kusto.
    pub page: &'static str,
    /// Binds a call.
    pub(crate) bind: fn(&mut Binder, Call<'_>) -> Rel,
}

/// All plugins that can be run.
pub static PLUGINS: &[Plugin] = &[bag_unpack::PLUGIN, narrow::PLUGIN, pivot::PLUGIN, preview::PLUGIN];

/// The plugin of that name.
pub fn find(name: &str) -> Option<&'static Plugin> {
    PLUGINS.iter().find(|p| p.name == name)
}

/// A call of a plugin.
pub(crate) struct Call<'a> {
    /// The plugin's name, as it stands in the query.
    pub(crate) name: &'a Name,
    /// The arguments.
    pub(crate) args: &'a [ast::Expr],
    /// The declared result columns, and whether `*` was among them.
    pub(crate) schema: Option<&'a (Vec<ColumnDecl>, bool)>,
    /// The rows; those of no table where `evaluate` begins a query.
    pub(crate) input: Rel,
}

impl<'a> Call<'a> {
    /// The argument at that position, or the one that is given by that name.
    pub(crate) fn argument(&self, position: usize, name: &str) -> Option<&'a ast::Expr> {
        let named = |e: &'a ast::Expr| match &e.kind {
            ExprKind::Named { names, value } if names.first().is_some_and(|n| n.text == name) => {
                Some(&**value)
            }
            _ => None,
        };
        let at = self.args.get(position).filter(|e| !matches!(e.kind, ExprKind::Named { .. }));
        at.or_else(|| self.args.iter().find_map(named))
    }

    /// The argument bound over the rows of the input.
    pub(crate) fn scalar(&self, binder: &mut Binder, position: usize, name: &str) -> Option<Expr> {
        let e = self.argument(position, name)?;
        Some(binder.scalar_over(RowScope::of(&self.input), e))
    }

    /// The input's column that the argument names; anything else is reported.
    pub(crate) fn column(&self, binder: &mut Binder, position: usize, name: &str) -> Option<PlanColumn> {
        let e = self.argument(position, name)?;
        let value = binder.scalar_over(RowScope::of(&self.input), e);
        match value.as_column().and_then(|c| self.input.column(c)) {
            Some(column) => Some(column.clone()),
            None => {
                if value.ty != Type::Unknown {
                    binder.report(messages::column_expected(e.span));
                }
                None
            }
        }
    }

    /// The constant that the argument is; anything else is reported.
    pub(crate) fn literal(
        &self,
        binder: &mut Binder,
        position: usize,
        name: &str,
    ) -> Option<crate::syntax::ast::Literal> {
        let value = self.scalar(binder, position, name)?;
        let literal = value.as_literal().cloned();
        if literal.is_none() && value.ty != Type::Unknown {
            binder.report(messages::constant_expected(value.span));
        }
        literal
    }
}

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
