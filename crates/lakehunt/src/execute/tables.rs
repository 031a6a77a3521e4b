//! The tables of one query beside those of the lake: rows that no file holds.

use crate::settings;
use datafusion::catalog::{
    CatalogProvider, CatalogProviderList, MemoryCatalogProvider, MemoryCatalogProviderList, SchemaProvider,
    TableProvider,
};
use datafusion::common::Result;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use std::collections::HashMap;
use std::sync::Arc;

/// The session with some more tables.
pub(crate) fn with_tables(
    state: &SessionState,
    tables: impl IntoIterator<Item = (String, Arc<dyn TableProvider>)>,
) -> Result<SessionState> {
    let below = state.catalog_list().catalog(settings::CATALOG).and_then(|c| c.schema(settings::SCHEMA));
    let schema = QuerySchema { own: tables.into_iter().collect(), below };
    let catalog = MemoryCatalogProvider::new();
    catalog.register_schema(settings::SCHEMA, Arc::new(schema))?;
    let catalogs = MemoryCatalogProviderList::new();
    catalogs.register_catalog(settings::CATALOG.to_owned(), Arc::new(catalog));
    Ok(SessionStateBuilder::new_from_existing(state.clone()).with_catalog_list(Arc::new(catalogs)).build())
}

#[derive(Debug)]
struct QuerySchema {
    own: HashMap<String, Arc<dyn TableProvider>>,
    below: Option<Arc<dyn SchemaProvider>>,
}

#[async_trait::async_trait]
impl SchemaProvider for QuerySchema {
    fn table_names(&self) -> Vec<String> {
        let below = self.below.iter().flat_map(|s| s.table_names());
        self.own.keys().cloned().chain(below).collect()
    }

    async fn table(&self, name: &str) -> Result<Option<Arc<dyn TableProvider>>> {
        match (self.own.get(name), &self.below) {
            (Some(table), _) => Ok(Some(Arc::clone(table))),
            (None, Some(below)) => below.table(name).await,
            (None, None) => Ok(None),
        }
    }

    fn table_exist(&self, name: &str) -> bool {
        self.own.contains_key(name) || self.below.as_ref().is_some_and(|s| s.table_exist(name))
    }
}
