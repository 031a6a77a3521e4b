//! What names are visible.

use std::rc::Rc;

use crate::plan::{ColumnName, Expr, Order, PlanColumn, Rel};
use crate::syntax::ast;

/// The names that `let`, parameters and `as` give: a list that functions capture where they are defined.
#[derive(Debug, Clone, Default)]
pub(crate) struct Env(Option<Rc<Entry>>);

#[derive(Debug)]
struct Entry {
    name: String,
    binding: Binding,
    outer: Env,
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(crate) enum Binding {
    /// A value.
    Scalar(Expr),
    /// A table.
    Table(Rel),
    /// A function, with the names that were visible at its definition.
    Function(Rc<ast::Function>, Env),
    /// A pattern, with the names that were visible at its declaration.
    Pattern(Rc<ast::Pattern>, Env),
}

impl Env {
    /// The same with one more name.
    pub(crate) fn with(&self, name: impl Into<String>, binding: Binding) -> Env {
        Env(Some(Rc::new(Entry { name: name.into(), binding, outer: self.clone() })))
    }

    /// What the name stands for, innermost first.
    pub(crate) fn get(&self, name: &str) -> Option<&Binding> {
        let mut env = self;
        while let Some(entry) = &env.0 {
            if entry.name == name {
                return Some(&entry.binding);
            }
            env = &entry.outer;
        }
        None
    }

    /// All names.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut env = self;
        while let Some(entry) = &env.0 {
            names.push(entry.name.as_str());
            env = &entry.outer;
        }
        names
    }
}

/// The name of a step, and the names of columns with the columns that hold them in its state.
pub(crate) type State = (String, Vec<(ColumnName, PlanColumn)>);

/// The rows that an expression sees. Copies share what is known of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowScope(Rc<Rows>);

/// What is known of rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The columns.
    pub(crate) columns: Rc<Vec<PlanColumn>>,
    /// In a join condition: the columns of the right side.
    pub(crate) right: Option<Rc<Vec<PlanColumn>>>,
    /// In a step of `scan`: for each step its name and the columns that hold its state, under the names that they
    /// are read by.
    pub(crate) states: Vec<State>,
    /// The order of the rows.
    pub(crate) order: Order,
    /// Whether there may be more columns than these.
    pub(crate) open: bool,
    /// In a graph operator: what the names of its pattern stand for.
    pub(crate) elements: crate::operators::graph::Elements,
}

impl From<Rows> for RowScope {
    fn from(rows: Rows) -> Self {
        RowScope(Rc::new(rows))
    }
}

impl std::ops::Deref for RowScope {
    type Target = Rows;

    fn deref(&self) -> &Rows {
        &self.0
    }
}

impl RowScope {
    /// The rows of a relation.
    pub(crate) fn of(rel: &Rel) -> RowScope {
        RowScope::from(Rows {
            columns: rel.columns.clone(),
            order: rel.order.clone(),
            open: rel.open,
            right: None,
            states: Vec::new(),
            elements: Default::default(),
        })
    }

    /// The visible column of that name.
    pub(crate) fn column(&self, name: &str) -> Option<&PlanColumn> {
        self.columns.iter().find(|c| c.name == name && !c.hidden)
    }
}
