//! What tables and stored functions there are.

use std::sync::Arc;

use crate::types::Type;

/// A column with its Kusto type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name; case counts.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, ty: Type) -> Self {
        Column { name: name.into(), ty }
    }
}

/// A table as the translator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name; case counts.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
}

/// A stored function: KQL under a name, to be called in queries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFunction {
    /// Its name; case counts.
    pub name: String,
    /// Its text: `(parameters) { body }`.
    pub text: String,
    /// Where the text stands, for messages.
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user knows it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// Where the translator looks names up.
pub trait Catalog {
    /// The table of that name.
    fn table(&self, name: &str) -> Option<Arc<Table>>;

    /// The names of all tables, for wildcards, `search *`, suggestions and completion.
    fn table_names(&self) -> Vec<String>;

    /// The stored function of that name.
    fn function(&self, _name: &str) -> Option<StoredFunction> {
        None
    }

    /// The names of all stored functions, for suggestions and completion.
    fn function_names(&self) -> Vec<String> {
        Vec::new()
    }

    /// The table that `_GetWatchlist('alias')` reads: under its name the SQL refers to it.
    fn watchlist(&self, _alias: &str) -> Option<Arc<Table>> {
        None
    }

    /// The aliases of all watchlists.
    fn watchlist_names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A catalog in memory.
///
/// ```
/// use kql2sql::{Catalog, MemoryCatalog, Type};
///
/// let catalog = MemoryCatalog::new().with_table("Logs", [("Timestamp", Type::DateTime), ("Text", Type::String)]);
/// assert_eq!(catalog.table("Logs").unwrap().columns.len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct MemoryCatalog {
    tables: std::collections::BTreeMap<String, Arc<Table>>,
    functions: std::collections::BTreeMap<String, StoredFunction>,
}

impl MemoryCatalog {
    /// An empty catalog.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with one more table.
    #[must_use]
    pub fn with_table<N: Into<String>>(
        mut self,
        name: impl Into<String>,
        columns: impl IntoIterator<Item = (N, Type)>,
    ) -> Self {
        self.insert(Table {
            name: name.into(),
            columns: columns.into_iter().map(|(n, t)| Column::new(n, t)).collect(),
        });
        self
    }

    /// Adds or replaces a table.
    pub fn insert(&mut self, table: Table) {
        self.tables.insert(table.name.clone(), Arc::new(table));
    }

    /// Adds or replaces a stored function.
    pub fn insert_function(&mut self, function: StoredFunction) {
        self.functions.insert(function.name.clone(), function);
    }
}

impl Catalog for MemoryCatalog {
    fn table(&self, name: &str) -> Option<Arc<Table>> {
        self.tables.get(name).cloned()
    }

    fn table_names(&self) -> Vec<String> {
        self.tables.keys().cloned().collect()
    }

    fn function(&self, name: &str) -> Option<StoredFunction> {
        self.functions.get(name).cloned()
    }

    fn function_names(&self) -> Vec<String> {
        self.functions.keys().cloned().collect()
    }
}
