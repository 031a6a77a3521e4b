//! The names of columns.

use std::fmt;
use std::rc::Rc;

/// The name of a column: a text that its copies share, for a query carries each name from stage to stage.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnName(Rc<str>);

impl ColumnName {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ColumnName {
    fn from(text: &str) -> Self {
        ColumnName(text.into())
    }
}

impl From<String> for ColumnName {
    fn from(text: String) -> Self {
        ColumnName(text.into())
    }
}

impl From<&String> for ColumnName {
    fn from(text: &String) -> Self {
        ColumnName(text.as_str().into())
    }
}

impl From<ColumnName> for String {
    fn from(name: ColumnName) -> Self {
        name.as_str().to_owned()
    }
}

impl std::ops::Deref for ColumnName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for ColumnName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for ColumnName {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for ColumnName {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl PartialEq<String> for ColumnName {
    fn eq(&self, other: &String) -> bool {
        *self.0 == **other
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
        ColumnName("".into())
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
