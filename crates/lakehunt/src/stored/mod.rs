//! Stored functions from files: management scripts, the YAML of Sentinel's parsers, and plain queries.
//!
//! | file | holds |
//! |---|---|
//! | a script | `.create-or-alter function with (…) Name(parameters) { body }`, as often as it likes |
//! | YAML | `FunctionName` and `FunctionQuery`, or `ParserName`, `ParserParams` and `ParserQuery` |
//! | any other | one query: a function without parameters, named as the file |
//!
//! <https://learn.microsoft.com/kusto/management/create-alter-function>

mod script;
mod yaml;

use crate::yaml::Problem;
use crate::{Error, documents};
use kql2sql::{Place, StoredFunction};
use std::fs;
use std::path::Path;

/// The endings of files that are looked at in folders.
const EXTENSIONS: [&str; 6] = ["kql", "csl", "kusto", "txt", "yaml", "yml"];

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// The functions of a file, or of the files below a folder. A file that was named must hold one.
pub fn read(path: &Path) -> Result<Vec<StoredFunction>, Error> {
    let mut functions = Vec::new();
    if !path.is_dir() {
        functions = read_file(path)?;
    } else {
        let mut files = Vec::new();
        documents::find(path, &EXTENSIONS, &mut files)
            .map_err(|(folder, e)| Error::data(&folder, e.to_string()))?;
        for file in files {
            functions.extend(read_file(&file)?);
        }
    }
    if functions.is_empty() {
        return Err(Error::data(
            path,
            "there is no function in it: expected a script with '.create-or-alter function', the YAML of a parser, or a query",
        ));
    }
    Ok(functions)
}

fn read_file(path: &Path) -> Result<Vec<StoredFunction>, Error> {
    let size = fs::metadata(path).map_err(|e| Error::data(path, e.to_string()))?.len();
    if size > LARGEST {
        return Err(Error::data(path, "it is too large for a file of functions"));
    }
    let text = documents::read(path).map_err(|e| Error::data(path, e.to_string()))?;
    let text = text.as_str();
    let found = match documents::ending(path).as_str() {
        "yaml" | "yml" => yaml::functions(text),
        _ if script::is_script(text) => script::functions(text),
        _ => Ok(plain(path, text).into_iter().collect()),
    };
    let found = found.map_err(|(line, message)| Error::data(path, format!("line {line}: {message}")))?;
    let file = path.display().to_string();
    Ok(found.into_iter().map(|f| f.stored(&file)).collect())
}

/// A query alone: a function by the name of its file.
fn plain(path: &Path, text: &str) -> Option<Found> {
    let name = path.file_stem()?.to_string_lossy().into_owned();
    let is_empty = kql2sql::syntax::parse(text).script.statements.is_empty();
    (!is_empty).then(|| Found { name, text: wrapped("", text), line: 0 })
}

/// A query as a function's text: one line more stands before it.
fn wrapped(parameters: &str, query: &str) -> String {
    format!("({parameters}) {{\n{query}\n}}")
}

/// A function in a file.
struct Found {
    name: String,
    /// `(parameters) { body }`
    text: String,
    /// The line on which the text begins; 0 for that before the first.
    line: usize,
}

impl Found {
    fn stored(self, file: &str) -> StoredFunction {
        let place = Place { file: file.to_owned(), line: self.line };
        StoredFunction { name: self.name, text: self.text, place: Some(place) }
    }
}

#[cfg(test)]
mod tests;
