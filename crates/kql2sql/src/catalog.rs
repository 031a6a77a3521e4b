//! What tables and stored functions there are.

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

/// Where the translator looks names up.
pub trait Catalog {
    /// The table of that name.
    fn table(&self, name: &str) -> Option<Table>;

    /// The names of all tables, for wildcards, `search *`, suggestions and completion.
    fn table_names(&self) -> Vec<String>;

    /// The KQL text of a stored function, `(parameters) { body }`, if there is one of that name.
    fn function(&self, _name: &str) -> Option<String> {
        None
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
    tables: std::collections::BTreeMap<String, Table>,
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
        self.tables.insert(table.name.clone(), table);
    }
}

impl Catalog for MemoryCatalog {
    fn table(&self, name: &str) -> Option<Table> {
        self.tables.get(name).cloned()
    }

    fn table_names(&self) -> Vec<String> {
        self.tables.keys().cloned().collect()
    }
}
