//! What a plan has, found out in one walk: a rewrite that has nothing to do is not begun.

use super::{exprs, inputs};
use crate::plan::{Expr, ExprKind, Node, Plan, Rel};

/// What there is somewhere in a plan, sub-queries included.
#[derive(Debug, Default)]
pub(super) struct Traits {
    /// Joins.
    pub(super) joins: bool,
    /// Unions.
    pub(super) unions: bool,
    /// Rows whose order a column says.
    pub(super) sorts: bool,
    /// Only the first rows of a relation.
    pub(super) limits: bool,
    /// Members of dynamic values.
    pub(super) members: bool,
    /// What may not stand everywhere: windows, calls with several values, volatile ones.
    pub(super) bound_to_columns: bool,
    /// Relations within expressions.
    pub(super) sub_queries: bool,
}

impl Traits {
    /// Those of a plan.
    pub(super) fn of(plan: &Plan) -> Traits {
        let mut traits = Traits::default();
        for shared in &plan.shared {
            traits.rel(&shared.rel);
        }
        traits.rel(&plan.root);
        traits
    }

    fn rel(&mut self, rel: &Rel) {
        self.sorts |= !rel.order.keys.is_empty();
        match &*rel.node {
            Node::Join(_) => self.joins = true,
            Node::Union(_) => self.unions = true,
            Node::Limit { .. } => self.limits = true,
            _ => {}
        }
        exprs(rel).for_each(|e| self.expr(e));
        inputs(rel).for_each(|input| self.rel(input));
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            _ if e.is_leaf() => return,
            ExprKind::Path { .. } => self.members = true,
            ExprKind::Window { .. } | ExprKind::Part { .. } => self.bound_to_columns = true,
            ExprKind::Call { function, .. } => self.bound_to_columns |= function.volatile,
            ExprKind::Subquery(rel) | ExprKind::SubqueryArray(rel) => self.sub_query(rel),
            ExprKind::InTable { table, .. } => self.sub_query(table),
            _ => {}
        }
        e.children().for_each(|child| self.expr(child));
    }

    fn sub_query(&mut self, rel: &Rel) {
        self.sub_queries = true;
        self.rel(rel);
    }
}
