//! The documented columns of well-known tables, with their Kusto types.
//!
//! A file cannot say all that Kusto knows: `RawEventData` is a string in Parquet and `dynamic` in the documentation of
//! CloudAppEvents. The types of `defender.json` are those that Microsoft documents for advanced hunting
//! (<https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables>), those of `azure_monitor.json` for the tables
//! of Sentinel and Azure Monitor that hunting queries use most
//! (<https://learn.microsoft.com/azure/azure-monitor/reference/tables-index>). Users add their own in the same form,
//! `{"Table": {"Column": "type"}}`.

use crate::documents;
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

/// The types of a schema file (see [`tables`]), by table and column.
pub fn read(path: &Path) -> Result<HashMap<String, Columns>, Error> {
    let typed = |table: Table| {
        (table.name, table.columns.into_iter().map(|column| (column.name, column.ty)).collect::<Columns>())
    };
    Ok(tables(path)?.into_iter().map(typed).collect())
}

/// The tables of a schema file of the form `{"Table": {"Column": "type"}}`, columns in the order of the file. The file is
/// UTF-8, or UTF-16 with its mark. What is wrong with it is an error that names the file and the place in it.
pub fn tables(path: &Path) -> Result<Vec<Table>, Error> {
    let text = documents::read(path).map_err(|e| Error::data(path, e.to_string()))?;
    parse(&text).map_err(|message| Error::data(path, message))
}

fn parse(text: &str) -> Result<Vec<Table>, String> {
    const FORM: &str = "a schema has the form {\"Table\": {\"Column\": \"type\"}}";
    let tables: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let tables = tables.as_object().ok_or_else(|| format!("{FORM}, and this is no object"))?;
    let column = |table: &str, name: &String, ty: &serde_json::Value| {
        let ty = ty.as_str().ok_or_else(|| format!("{FORM}, and '{table}.{name}' has no type in quotes"))?;
        let ty = Type::parse(ty).ok_or_else(|| {
            let types: Vec<_> = Type::ALL.iter().map(|t| t.name()).collect();
            format!(
                "'{table}.{name}' has the type '{ty}', which Kusto does not know, only {}",
                types.join(", ")
            )
        })?;
        Ok(Column::new(name, ty))
    };
    let table = |(name, columns): (&String, &serde_json::Value)| {
        let columns =
            columns.as_object().ok_or_else(|| format!("{FORM}, and '{name}' holds no object of columns"))?;
        let columns = columns.iter().map(|(key, ty)| column(name, key, ty));
        Ok(Table { name: name.clone(), columns: columns.collect::<Result<_, String>>()? })
    };
    tables.iter().map(table).collect()
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

    #[test]
    fn columns_keep_the_order_of_the_file() {
        let tables = parse(r#"{"T": {"z": "datetime", "a": "dynamic", "m": "double"}}"#).unwrap();
        assert_eq!(
            tables[0].columns,
            [Column::new("z", Type::DateTime), Column::new("a", Type::Dynamic), Column::new("m", Type::Real)]
        );
    }

    #[test]
    fn what_is_no_schema_is_named() {
        let says = |text: &str, words: &str| {
            let message = parse(text).unwrap_err();
            assert!(message.contains(words), "{message}");
        };
        says("[]", "this is no object");
        says("{", "it is no JSON");
        says(r#"{"T": ["a"]}"#, "'T' holds no object");
        says(r#"{"T": {"a": 1}}"#, "'T.a' has no type");
        says(
            r#"{"T": {"a": "Int64"}}"#,
            "'T.a' has the type 'Int64', which Kusto does not know, only bool, ",
        );
    }

    #[test]
    fn a_file_may_begin_with_the_mark_of_its_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schema.json");
        let text = "\u{feff}{\"T\": {\"a\": \"long\"}}";
        std::fs::write(&path, text).unwrap();
        assert_eq!(read(&path).unwrap()["T"]["a"], Type::Long);
        std::fs::write(&path, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()).unwrap();
        assert_eq!(read(&path).unwrap()["T"]["a"], Type::Long);
    }
}
