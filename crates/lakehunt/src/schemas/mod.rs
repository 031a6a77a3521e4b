//! The documented columns of well-known tables, with their Kusto types.
//!
//! A file cannot say all that Kusto knows: `RawEventData` is a string in Parquet and `dynamic` in the documentation of
//! CloudAppEvents. The types of `defender.json` are those that Microsoft documents for advanced hunting
//! (<https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables>), those of `azure_monitor.json` for the tables
//! of Sentinel and Azure Monitor that hunting queries use most
//! (<https://learn.microsoft.com/azure/azure-monitor/reference/tables-index>). Users add their own in the same form,
//! `{"Table": {"Column": "type"}}`.

use crate::error::Error;
use kql2sql::{Column, Table, Type};
use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

/// One table a line, so that one can be read without the others. No table is in both.
static DOCUMENTED: [&str; 2] = [include_str!("defender.json"), include_str!("azure_monitor.json")];

/// The tables by their names, each with its columns as the JSON text of its line.
static LINES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = DOCUMENTED.iter().flat_map(|text| text.lines());
    lines.filter_map(|line| line.trim_end_matches(',').strip_prefix('"')?.split_once("\": ")).collect()
});

/// The documented columns of a table, by name.
pub type Columns = HashMap<String, Type>;

/// The documented columns of a built-in table, or `None` if it is not a known one.
///
/// ```
/// let columns = lakehunt::schemas::builtin("CloudAppEvents").unwrap();
/// assert_eq!(columns["RawEventData"], kql2sql::Type::Dynamic);
/// assert_eq!(lakehunt::schemas::builtin("SigninLogs").unwrap()["DeviceDetail"], kql2sql::Type::Dynamic);
/// assert!(lakehunt::schemas::builtin("cloudappevents").is_none());
/// ```
pub fn builtin(table: &str) -> Option<Columns> {
    Some(builtin_table(table)?.columns.into_iter().map(|column| (column.name, column.ty)).collect())
}

/// A built-in table with its columns in their documented order, for checking queries without data.
pub fn builtin_table(table: &str) -> Option<Table> {
    // The map keeps the order of the text.
    let columns: serde_json::Map<String, serde_json::Value> = serde_json::from_str(LINES.get(table)?).ok()?;
    let columns =
        columns.into_iter().filter_map(|(name, ty)| Some(Column { name, ty: Type::parse(ty.as_str()?)? }));
    Some(Table { name: table.to_owned(), columns: columns.collect() })
}

/// The names of the built-in tables, in no order.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    LINES.keys().copied()
}

/// Reads a schema file of the form `{"Table": {"Column": "type"}}`.
pub fn read(path: &Path) -> Result<HashMap<String, Columns>, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::data(path, e.to_string()))?;
    let tables: HashMap<String, HashMap<String, String>> = serde_json::from_str(&text).map_err(|e| {
        Error::data(
            path,
            format!("it is not a schema of the form {{\"Table\": {{\"Column\": \"type\"}}}}: {e}"),
        )
    })?;
    let mut result = HashMap::new();
    for (table, columns) in tables {
        let mut typed = Columns::new();
        for (column, ty) in columns {
            let Some(parsed) = Type::parse(&ty) else {
                let types: Vec<_> = Type::ALL.iter().map(|t| t.name()).collect();
                return Err(Error::data(
                    path,
                    format!("{table}.{column} has the type '{ty}'; the types are {}", types.join(", ")),
                ));
            };
            typed.insert(column, parsed);
        }
        result.insert(table, typed);
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line is read, every type known: the reader by lines sees what a JSON parser sees.
    #[test]
    fn all_tables_are_well_formed() {
        let mut tables = 0;
        for text in DOCUMENTED {
            let all: HashMap<String, HashMap<String, String>> = serde_json::from_str(text).unwrap();
            tables += all.len();
            for (table, columns) in &all {
                let read = builtin(table).unwrap();
                assert_eq!(read.len(), columns.len(), "{table}");
                for (column, ty) in columns {
                    assert_eq!(read[column].name(), ty, "{table}.{column}");
                }
            }
        }
        assert_eq!(builtin_names().count(), tables, "a table is in both");
    }
}
