//! Keeping what was compiled from a constant argument: regular expressions, needles, formats.

use super::args::Text;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What was compiled from texts, kept across batches and threads.
///
/// ```
/// use lakehunt::functions::adapter::Cache;
///
/// static LENGTHS: Cache<usize> = Cache::new(|text| text.len());
/// assert_eq!(*LENGTHS.get("abc"), 3);
/// ```
pub struct Cache<T> {
    compile: fn(&str) -> T,
    entries: Mutex<BTreeMap<Box<str>, Arc<T>>>,
}

/// A query has a handful of patterns; a column of patterns must not fill the memory.
const LIMIT: usize = 1_000;

impl<T> Cache<T> {
    /// An empty cache of what `compile` makes.
    pub const fn new(compile: fn(&str) -> T) -> Self {
        Cache { compile, entries: Mutex::new(BTreeMap::new()) }
    }

    /// What `compile` makes of `text`.
    pub fn get(&self, text: &str) -> Arc<T> {
        let lock = || self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = lock().get(text) {
            return Arc::clone(found);
        }
        // Compiled outside the lock: a slow pattern does not hold up the other threads.
        let made = Arc::new((self.compile)(text));
        let mut entries = lock();
        if entries.len() >= LIMIT {
            entries.clear();
        }
        entries.insert(text.into(), Arc::clone(&made));
        made
    }

    /// The compiled form of a string argument, row by row: looked up once if the argument is constant.
    pub fn prepare<'a>(&'a self, text: Text<'a>) -> Prepared<'a, T> {
        let last = self.get(text.constant().unwrap_or(""));
        Prepared { cache: self, text, key: "", last }
    }
}

impl<T> std::fmt::Debug for Cache<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cache")
    }
}

/// The compiled form of a string argument; see [`Cache::prepare`].
#[derive(Debug)]
pub struct Prepared<'a, T> {
    cache: &'a Cache<T>,
    text: Text<'a>,
    key: &'a str,
    last: Arc<T>,
}

impl<T> Prepared<'_, T> {
    /// That of this row.
    #[inline]
    pub fn get(&mut self, row: usize) -> &T {
        if let Text::Column(_) = self.text {
            let key = self.text.get(row);
            // A list from a sub-query is one long text, the same in all rows: do not compare it each time.
            if !std::ptr::eq(key, self.key) && key != self.key {
                self.last = self.cache.get(key);
                self.key = key;
            }
        }
        &self.last
    }
}
