//! What SQL cannot say: operations on whole tables, which the runtime carries out between two queries.
//!
//! The SQL of a result reads the rows of an operation under a table name of their own. The runtime carries the
//! operations out in their order, each on the rows of its input queries.

use sqlparser::ast;

use crate::catalog::Column;
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// An operation that the SQL of a result reads.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The name under which the SQL, and later operations, read its rows. No table of the catalog has it.
    pub table: String,
    /// What is to be done.
    pub task: Task,
    /// The queries that give its inputs, each with its rows in the order that the operation must see them in.
    pub inputs: Vec<Input>,
    /// Whether the order of the rows of its inputs counts.
    pub in_order: bool,
    /// Its columns. Which an operation has is fixed when it is bound; those that nothing reads may be missing.
    pub columns: Vec<Column>,
    /// Expressions that it computes itself, row by row.
    pub formulas: Option<Formulas>,
    /// Where it stands in the KQL.
    pub span: Span,
}

/// An input of an operation.
#[derive(Debug, Clone)]
pub struct Input {
    /// The query.
    pub sql: ast::Query,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// Expressions over rows that an operation makes up as it goes.
#[derive(Debug, Clone)]
pub struct Formulas {
    /// The columns of those rows.
    pub columns: Vec<Column>,
    /// `SELECT … FROM table`, an expression for each formula.
    pub sql: ast::Query,
    /// The name by which the query calls the rows.
    pub table: String,
    /// The names and types of the formulas.
    pub results: Vec<Column>,
}

/// What an operation does: a name that the runtime knows, and what it must be told.
#[derive(Debug, Clone)]
pub struct Task {
    /// The name of the operator or plugin.
    pub name: &'static str,
    /// What it must be told.
    pub settings: Vec<(&'static str, Setting)>,
}

/// A setting of an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// A constant.
    Literal(Literal),
    /// The name of a column of an input or of the result.
    Column(String),
    /// A type.
    Type(Type),
    /// Several settings.
    List(Vec<Setting>),
}

impl Task {
    /// A task without settings.
    pub fn new(name: &'static str) -> Task {
        Task { name, settings: Vec::new() }
    }

    /// The same with one more setting.
    #[must_use]
    pub fn with(mut self, name: &'static str, setting: Setting) -> Task {
        self.settings.push((name, setting));
        self
    }

    /// Adds to a setting that is a list.
    pub(crate) fn add_to_list(&mut self, name: &'static str, setting: Setting) {
        match self.settings.iter_mut().find(|(n, _)| *n == name) {
            Some((_, Setting::List(list))) => list.push(setting),
            _ => self.settings.push((name, Setting::List(vec![setting]))),
        }
    }

    /// The setting of that name.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|(n, _)| *n == name).map(|(_, s)| s)
    }

    /// The column that a setting names.
    pub fn column(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_column()
    }

    /// The columns that a setting lists; none where there is no such setting.
    pub fn columns(&self, name: &str) -> Vec<&str> {
        self.list(name).iter().filter_map(Setting::as_column).collect()
    }

    /// The elements of a setting that is a list; none where there is no such setting.
    pub fn list(&self, name: &str) -> &[Setting] {
        match self.get(name) {
            Some(Setting::List(list)) => list,
            _ => &[],
        }
    }

    /// The text of a setting.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Setting::Literal(Literal::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The integer of a setting: a `long`, an `int`, or the ticks of a `timespan` or `datetime`.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Setting::Literal(Literal::Long(n) | Literal::Timespan(n) | Literal::DateTime(n)) => Some(*n),
            Setting::Literal(Literal::Int(n)) => Some(i64::from(*n)),
            _ => None,
        }
    }

    /// The number of a setting.
    pub fn real(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Setting::Literal(Literal::Real(n)) => Some(*n),
            _ => self.integer(name).map(|n| n as f64),
        }
    }

    /// The truth of a setting; false where there is no such setting.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Setting::Literal(Literal::Bool(true))))
    }
}

impl Setting {
    /// A text.
    pub fn text(text: impl Into<String>) -> Setting {
        Setting::Literal(Literal::String(text.into()))
    }

    /// A flag.
    pub fn flag(flag: bool) -> Setting {
        Setting::Literal(Literal::Bool(flag))
    }

    /// Names of columns.
    pub fn columns<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Setting {
        Setting::List(names.into_iter().map(|n| Setting::Column(n.into())).collect())
    }

    /// The column that it names.
    pub fn as_column(&self) -> Option<&str> {
        match self {
            Setting::Column(name) => Some(name),
            _ => None,
        }
    }
}
