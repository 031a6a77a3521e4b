//! The names of columns.

use std::fmt;
use std::rc::Rc;

/// The name of a column: a piece of a text that its copies share, for a query carries each name from stage to stage.
#[derive(Clone)]
pub struct ColumnName {
    text: Rc<str>,
    start: usize,
    end: usize,
}

impl ColumnName {
    /// Its text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.text[self.start..self.end]
    }

    /// Several names, as pieces of one text: those of the columns of a table.
    pub fn all<'n, I>(names: I) -> impl Iterator<Item = ColumnName>
    where
        I: Iterator<Item = &'n str> + Clone,
    {
        let mut text = String::with_capacity(names.clone().map(str::len).sum());
        text.extend(names.clone());
        let text: Rc<str> = text.into();
        let mut end = 0;
        names.map(move |name| {
            let start = end;
            end += name.len();
            ColumnName { text: text.clone(), start, end }
        })
    }
}

impl From<&str> for ColumnName {
    fn from(text: &str) -> Self {
        ColumnName { text: text.into(), start: 0, end: text.len() }
    }
}

impl From<String> for ColumnName {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for ColumnName {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl PartialEq for ColumnName {
    #[inline]
    fn eq(&self, other: &ColumnName) -> bool {
        let same = self.start == other.start && Rc::ptr_eq(&self.text, &other.text);
        self.end - self.start == other.end - other.start && (same || self.as_str() == other.as_str())
    }
}

impl Eq for ColumnName {}

impl std::hash::Hash for ColumnName {
    #[inline]
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for ColumnName {
    fn partial_cmp(&self, other: &ColumnName) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ColumnName {
    fn cmp(&self, other: &ColumnName) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl From<ColumnName> for String {
    fn from(name: ColumnName) -> Self {
        name.as_str().to_owned()
    }
}

impl std::ops::Deref for ColumnName {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl std::borrow::Borrow<str> for ColumnName {
    #[inline]
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<str> for ColumnName {
    fn eq(&self, other: &str) -> bool {
        *self.as_str() == *other
    }
}

impl PartialEq<&str> for ColumnName {
    fn eq(&self, other: &&str) -> bool {
        *self.as_str() == **other
    }
}

impl PartialEq<String> for ColumnName {
    fn eq(&self, other: &String) -> bool {
        *self.as_str() == **other
    }
}

impl fmt::Display for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Default for ColumnName {
    fn default() -> Self {
        "".into()
    }
}

impl PartialEq<ColumnName> for str {
    fn eq(&self, other: &ColumnName) -> bool {
        *other == *self
    }
}

impl PartialEq<ColumnName> for String {
    fn eq(&self, other: &ColumnName) -> bool {
        *other == **self
    }
}

impl From<&ColumnName> for ColumnName {
    fn from(name: &ColumnName) -> Self {
        name.clone()
    }
}

impl From<&ColumnName> for String {
    fn from(name: &ColumnName) -> Self {
        name.as_str().to_owned()
    }
}

/// The position of the element that passes the test. Columns are mostly asked for in the order that they have: the
/// search begins at `next`, which is put behind what was found.
pub(crate) fn find_from<T>(next: &mut usize, list: &[T], test: impl Fn(&T) -> bool) -> Option<usize> {
    let (before, behind) = list.split_at((*next).min(list.len()));
    let found = match behind.iter().position(&test) {
        Some(i) => before.len() + i,
        None => before.iter().position(&test)?,
    };
    *next = found + 1;
    Some(found)
}
