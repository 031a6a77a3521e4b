//! The tables of a session: found by name, read when first used.

pub mod adapt;
mod compact;
pub mod convert;
pub mod discover;
pub mod json;
pub mod load;
pub mod provider;
mod pruning;
mod reader;
pub mod types;
mod watchlist;

use crate::error::Error;
use crate::schemas;
use datafusion::catalog::{SchemaProvider, TableProvider};
use discover::DataFile;
use load::LoadedFile;
use provider::LakeTable;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use watchlist::Watchlist;

/// The tables of a session.
///
/// Registration only remembers where a table is. Its files are listed, and the footers of new and changed ones read, at
/// the begin of each query that uses it: files that arrive while a REPL is open are seen by the next query.
#[derive(Debug, Default)]
pub struct Tables {
    entries: RwLock<BTreeMap<String, Arc<Entry>>>,
    /// Schemas given by the user, by table.
    documented: RwLock<HashMap<String, schemas::Columns>>,
    functions: RwLock<BTreeMap<String, kql2sql::StoredFunction>>,
    watchlists: RwLock<BTreeMap<String, Watchlist>>,
    /// The watchlists as they were last read, by the names of their tables.
    read_lists: RwLock<HashMap<String, watchlist::Read>>,
}

#[derive(Debug)]
struct Entry {
    location: PathBuf,
    loaded: Mutex<Option<Loaded>>,
}

#[derive(Debug)]
struct Loaded {
    files: Vec<DataFile>,
    /// To read only the footers of files that changed.
    footers: HashMap<PathBuf, LoadedFile>,
    table: Arc<LakeTable>,
}

impl Tables {
    /// Adds or replaces the table `name`: a Parquet file, a folder with such files at any depth, or a glob.
    pub fn register_table(&self, name: &str, location: &Path) -> Result<(), Error> {
        // A path that is not there is a slip to be told at once. What is in it can wait.
        if !location.exists() {
            discover::files(location)?;
        }
        self.insert(name.to_owned(), location.to_owned());
        Ok(())
    }

    /// Adds the tables of a lake; returns their names.
    pub fn register_lake(&self, folder: &Path) -> Result<Vec<String>, Error> {
        let tables = discover::lake(folder)?;
        let names = tables.iter().map(|t| t.0.clone()).collect();
        for (name, location) in tables {
            self.insert(name, location);
        }
        Ok(names)
    }

    /// Adds the documented types of a schema file (see [`schemas::read`]). They go before the built-in ones.
    pub fn register_schema(&self, path: &Path) -> Result<(), Error> {
        let tables = schemas::read(path)?;
        write(&self.documented).extend(tables);
        // What was read under other types is read again.
        for entry in read(&self.entries).values() {
            *lock(&entry.loaded) = None;
        }
        Ok(())
    }

    /// Adds the stored functions of a file or folder; returns their names.
    pub fn register_functions(&self, path: &Path) -> Result<Vec<String>, Error> {
        let functions = crate::stored::read(path)?;
        let names = functions.iter().map(|f| f.name.clone()).collect();
        write(&self.functions).extend(functions.into_iter().map(|f| (f.name.clone(), f)));
        Ok(names)
    }

    /// Adds or replaces a watchlist: `file.csv` or `file.csv#Column`.
    pub fn register_watchlist(&self, alias: &str, location: &str) -> Result<(), Error> {
        let list = Watchlist::new(location);
        list.check()?;
        write(&self.watchlists).insert(alias.to_owned(), list);
        Ok(())
    }

    /// Adds the CSV files of a folder as watchlists; returns their names.
    pub fn register_watchlists(&self, folder: &Path) -> Result<Vec<String>, Error> {
        let found = Watchlist::of_folder(folder)?;
        let names = found.iter().map(|(name, _)| name.clone()).collect();
        write(&self.watchlists).extend(found);
        Ok(names)
    }

    /// The watchlist as it is now, or `None` if there is none of that name.
    fn load_watchlist(&self, alias: &str) -> Result<Option<kql2sql::Table>, Error> {
        let Some(list) = read(&self.watchlists).get(alias).cloned() else { return Ok(None) };
        let found = list.read()?;
        let table = watchlist::table(alias, &found);
        write(&self.read_lists).insert(table.name.clone(), found);
        Ok(Some(table))
    }

    fn insert(&self, name: String, location: PathBuf) {
        write(&self.entries).insert(name, Arc::new(Entry { location, loaded: Mutex::new(None) }));
    }

    /// The names of all tables.
    pub fn names(&self) -> Vec<String> {
        read(&self.entries).keys().cloned().collect()
    }

    /// Where a table is.
    pub fn location(&self, name: &str) -> Option<PathBuf> {
        read(&self.entries).get(name).map(|e| e.location.clone())
    }

    /// The table of that name as it is now, or `None` if there is none.
    pub fn load(&self, name: &str) -> Result<Option<Arc<LakeTable>>, Error> {
        let Some(entry) = read(&self.entries).get(name).cloned() else { return Ok(None) };
        let files = discover::files(&entry.location)?;
        // Held while loading: a second query waits for the first instead of reading the same footers.
        let mut loaded = lock(&entry.loaded);
        let mut known = HashMap::new();
        if let Some(before) = loaded.take() {
            if before.files == files {
                let table = Arc::clone(&before.table);
                *loaded = Some(before);
                return Ok(Some(table));
            }
            known = before.footers;
        }
        let read_files = read_footers(&files, &known)?;
        let footers = read_files.iter().map(|f| (f.file.path.clone(), f.clone())).collect();
        let documented = match read(&self.documented).get(name) {
            Some(columns) => columns.clone(),
            None => schemas::builtin(name).unwrap_or_default(),
        };
        let table = Arc::new(LakeTable::new(load::merge(read_files, &documented)?)?);
        *loaded = Some(Loaded { files, footers, table: Arc::clone(&table) });
        Ok(Some(table))
    }

    /// The table as the last [`Tables::load`] left it: what a query was bound against.
    fn current(&self, name: &str) -> Option<Arc<LakeTable>> {
        let entry = read(&self.entries).get(name).cloned()?;
        let loaded = lock(&entry.loaded);
        loaded.as_ref().map(|l| Arc::clone(&l.table))
    }
}

/// Reads the footers of the files that are new or changed, on a few threads where there are many.
fn read_footers(files: &[DataFile], known: &HashMap<PathBuf, LoadedFile>) -> Result<Vec<LoadedFile>, Error> {
    let one = |file: &DataFile| match known.get(&file.path) {
        Some(before) if before.file == *file => Ok(before.clone()),
        _ => load::read_file(file.clone()),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = files.len().div_ceil(threads).max(8);
    if share >= files.len() {
        return files.iter().map(one).collect();
    }
    std::thread::scope(|scope| {
        let read = |chunk| move || -> Result<Vec<_>, Error> { <[DataFile]>::iter(chunk).map(one).collect() };
        let workers: Vec<_> = files.chunks(share).map(|chunk| scope.spawn(read(chunk))).collect();
        let mut all = Vec::with_capacity(files.len());
        for worker in workers {
            all.extend(worker.join().map_err(|_| Error::internal("reading a footer panicked"))??);
        }
        Ok(all)
    })
}

/// The tables as the translator sees them during one query. A table that cannot be read counts as missing; why, is kept for
/// the caller, who reports that instead of the translator's "no such table".
#[derive(Debug)]
pub struct QueryCatalog<'a> {
    tables: &'a Tables,
    seen: Mutex<HashMap<String, Option<Arc<kql2sql::Table>>>>,
    error: Mutex<Option<Error>>,
}

impl<'a> QueryCatalog<'a> {
    /// For one query.
    pub fn new(tables: &'a Tables) -> Self {
        QueryCatalog { tables, seen: Mutex::default(), error: Mutex::default() }
    }

    /// The first error that a table gave.
    pub fn into_error(self) -> Option<Error> {
        self.error.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl kql2sql::Catalog for QueryCatalog<'_> {
    fn table(&self, name: &str) -> Option<Arc<kql2sql::Table>> {
        let mut seen = lock(&self.seen);
        if !seen.contains_key(name) {
            let table = self.tables.load(name).unwrap_or_else(|e| {
                lock(&self.error).get_or_insert(e);
                None
            });
            let table = table.map(|t| kql2sql::Table { name: name.to_owned(), columns: t.columns.clone() });
            seen.insert(name.to_owned(), table.map(Arc::new));
        }
        seen.get(name)?.clone()
    }

    fn table_names(&self) -> Vec<String> {
        self.tables.names()
    }

    fn function(&self, name: &str) -> Option<kql2sql::StoredFunction> {
        read(&self.tables.functions).get(name).cloned()
    }

    fn function_names(&self) -> Vec<String> {
        read(&self.tables.functions).keys().cloned().collect()
    }

    fn watchlist(&self, alias: &str) -> Option<Arc<kql2sql::Table>> {
        let table = self.tables.load_watchlist(alias).unwrap_or_else(|e| {
            lock(&self.error).get_or_insert(e);
            None
        });
        table.map(Arc::new)
    }

    fn watchlist_names(&self) -> Vec<String> {
        read(&self.tables.watchlists).keys().cloned().collect()
    }
}

/// The tables as DataFusion's planner sees them.
#[derive(Debug)]
pub(crate) struct LakeSchema(pub Arc<Tables>);

#[async_trait::async_trait]
impl SchemaProvider for LakeSchema {
    fn table_names(&self) -> Vec<String> {
        self.0.names()
    }

    async fn table(&self, name: &str) -> datafusion::common::Result<Option<Arc<dyn TableProvider>>> {
        if let Some(table) = self.0.current(name) {
            return Ok(Some(table));
        }
        Ok(read(&self.0.read_lists).get(name).map(|list| Arc::clone(&list.rows) as Arc<dyn TableProvider>))
    }

    fn table_exist(&self, name: &str) -> bool {
        read(&self.0.entries).contains_key(name) || read(&self.0.read_lists).contains_key(name)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
