//! The tables that are known without their data: schema files, and the documented tables of Microsoft Defender and
//! Sentinel.

use std::sync::Arc;

use kql2sql::{Catalog, MemoryCatalog, StoredFunction, Table};
use lakehunt::schemas;

use crate::args::SourceArgs;
use crate::engine;
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
    let mut catalog = MemoryCatalog::new();
    if !source.schema.is_empty() || !source.data.is_empty() || !source.table.is_empty() {
        for path in &source.schema {
            let tables = schemas::tables(path).map_err(|error| engine::fail(&error))?;
            tables.into_iter().for_each(|table| catalog.insert(table));
        }
        return Ok(catalog);
    }
    for table in schemas::builtin_names().filter_map(schemas::builtin_table) {
        catalog.insert(table);
    }
    Ok(catalog)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::Type;

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
