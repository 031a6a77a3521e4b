//! What the tests share.

pub mod analyzer;
pub mod json;
pub mod lake;
pub mod markdown;

use std::path::{Path, PathBuf};

use kql2sql::{MemoryCatalog, Type};
use serde_json::Value;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is a folder of the repository").to_owned()
}

/// The tables of the sample lake by their schemas.
pub fn sample_catalog() -> MemoryCatalog {
    let tables: Value =
        serde_json::from_str(&read(&root().join("data/schemas.json"))).expect("the schemas are JSON");
    let mut catalog = MemoryCatalog::new();
    for (table, columns) in tables.as_object().expect("tables") {
        let columns = columns.as_object().expect("columns").iter().map(|(name, ty)| {
            (name.clone(), Type::parse(ty.as_str().expect("a type")).expect("a Kusto type"))
        });
        catalog = catalog.with_table(table.clone(), columns);
    }
    catalog
}

/// The folder with the test suites that are not part of the repository, if it lies beside it.
pub fn shared() -> Option<PathBuf> {
    let folder = root().parent()?.join("shared");
    folder.join("conformance/cases.jsonl").exists().then_some(folder)
}

/// The text of a file, which must be there.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below `folder` whose names end in `ending`, sorted.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !name.starts_with('.') && name != "target" {
                    folders.push(path);
                }
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Fails with all that was found wrong, or not at all.
#[track_caller]
pub fn report(what: &str, checked: usize, failures: &[String]) {
    assert!(checked > 0, "there was nothing to check: {what}");
    assert!(
        failures.is_empty(),
        "{what}: {} of {checked} failed\n\n{}\n",
        failures.len(),
        failures.join("\n\n")
    );
}
