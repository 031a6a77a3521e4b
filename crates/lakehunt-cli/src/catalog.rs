//! The tables that are known without their data: schema files, and the documented tables of Microsoft Defender and
//! Sentinel.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kql2sql::{Catalog, Column, MemoryCatalog, StoredFunction, Table, Type};

use crate::args::SourceArgs;
use crate::failure::Failure;

/// Several catalogs: the first that knows a name wins.
pub struct Layers<'a>(pub Vec<&'a dyn Catalog>);

impl Catalog for Layers<'_> {
    fn table(&self, name: &str) -> Option<Arc<Table>> {
        self.0.iter().find_map(|catalog| catalog.table(name))
    }

    fn table_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.iter().flat_map(|catalog| catalog.table_names()).collect();
        names.sort();
        names.dedup();
        names
    }

    fn function(&self, name: &str) -> Option<StoredFunction> {
        self.0.iter().find_map(|catalog| catalog.function(name))
    }

    fn function_names(&self) -> Vec<String> {
        self.0.iter().flat_map(|catalog| catalog.function_names()).collect()
    }

    fn watchlist(&self, alias: &str) -> Option<Arc<Table>> {
        self.0.iter().find_map(|catalog| catalog.watchlist(alias))
    }

    fn watchlist_names(&self) -> Vec<String> {
        self.0.iter().flat_map(|catalog| catalog.watchlist_names()).collect()
    }
}

/// The tables that are known without data: those of the schema files, else, where there is no data either, those of
/// Microsoft Defender and Sentinel.
pub fn known(source: &SourceArgs) -> Result<MemoryCatalog, Failure> {
    if !source.schema.is_empty() || !source.data.is_empty() || !source.table.is_empty() {
        return from_files(&source.schema);
    }
    let mut catalog = MemoryCatalog::new();
    for table in lakehunt::schemas::builtin_names().filter_map(lakehunt::schemas::builtin_table) {
        catalog.insert(table);
    }
    Ok(catalog)
}

/// The tables of schema files of the form `{"Table": {"Column": "type"}}`, columns in the order of the file.
fn from_files(paths: &[PathBuf]) -> Result<MemoryCatalog, Failure> {
    let mut catalog = MemoryCatalog::new();
    for path in paths {
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
        add(&text, &mut catalog).map_err(|message| invalid(path, &message))?;
    }
    Ok(catalog)
}

fn invalid(path: &Path, message: &str) -> Failure {
    Failure::new(format_args!("{}: {message}", path.display()))
}

fn add(text: &str, catalog: &mut MemoryCatalog) -> Result<(), String> {
    let form = |found: &str| format!("expected {{\"Table\": {{\"Column\": \"type\"}}}}, found {found}");
    let tables: serde_json::Value =
        serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))?;
    for (name, columns) in tables.as_object().ok_or_else(|| form("no object"))? {
        let columns = columns.as_object().ok_or_else(|| form(&format!("no object at '{name}'")))?;
        let columns = columns
            .iter()
            .map(|(column, ty)| {
                let ty = ty.as_str().ok_or_else(|| form(&format!("no type at '{name}.{column}'")))?;
                let ty = Type::parse(ty)
                    .ok_or_else(|| format!("'{name}.{column}' has the unknown type '{ty}'"))?;
                Ok(Column::new(column, ty))
            })
            .collect::<Result<Vec<_>, String>>()?;
        catalog.insert(Table { name: name.clone(), columns });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_the_order_of_the_file() {
        let mut catalog = MemoryCatalog::new();
        add(r#"{"T": {"z": "datetime", "a": "dynamic", "m": "double"}}"#, &mut catalog).unwrap();
        let table = catalog.table("T").unwrap();
        let columns = &table.columns;
        assert_eq!(
            *columns,
            [Column::new("z", Type::DateTime), Column::new("a", Type::Dynamic), Column::new("m", Type::Real)]
        );
    }

    #[test]
    fn what_is_no_schema_is_named() {
        let mut catalog = MemoryCatalog::new();
        assert!(add("[]", &mut catalog).unwrap_err().starts_with("expected "));
        assert!(add("{", &mut catalog).unwrap_err().starts_with("no JSON"));
        assert_eq!(
            add(r#"{"T": {"a": "text"}}"#, &mut catalog).unwrap_err(),
            "'T.a' has the unknown type 'text'"
        );
    }

    #[test]
    fn the_first_layer_that_knows_a_table_wins() {
        let one = MemoryCatalog::new().with_table("T", [("a", Type::Int)]);
        let two =
            MemoryCatalog::new().with_table("T", [("b", Type::Int)]).with_table("U", [("c", Type::Int)]);
        let layers = Layers(vec![&one, &two]);
        assert_eq!(layers.table("T").unwrap().columns[0].name, "a");
        assert_eq!(layers.table_names(), ["T", "U"]);
    }
}
