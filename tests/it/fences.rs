//! What the crates may depend on, and what the files of the repository may hold.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::support::{files, read, report, root};

/// Each package of the workspace with those of its dependencies, at any depth, that are its own business: not the
/// ones for its tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let names: BTreeMap<String, String> =
        list(&metadata["packages"]).iter().map(|p| (text(&p["id"]), text(&p["name"]))).collect();
    let direct: BTreeMap<String, Vec<String>> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| {
            let needed = list(&node["deps"])
                .iter()
                .filter(|d| list(&d["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev"))
                .map(|d| text(&d["pkg"]))
                .collect();
            (text(&node["id"]), needed)
        })
        .collect();
    list(&metadata["workspace_members"])
        .iter()
        .map(|member| {
            let mut found = BTreeSet::new();
            let mut waiting = vec![text(member)];
            while let Some(package) = waiting.pop() {
                for needed in &direct[&package] {
                    if found.insert(names[needed].clone()) {
                        waiting.push(needed.clone());
                    }
                }
            }
            (names[&text(member)].clone(), found)
        })
        .collect()
}

#[test]
fn the_translator_needs_no_engine() {
    let dependencies = dependencies();
    let needed = &dependencies["kql2sql"];
    assert!(needed.contains("sqlparser"), "the list of dependencies is read wrongly: {needed:?}");
    let engine = ["datafusion", "arrow", "parquet", "tokio", "object_store"];
    let found: Vec<_> = needed
        .iter()
        .filter(|name| engine.iter().any(|e| *name == e || name.starts_with(&format!("{e}-"))))
        .collect();
    assert!(found.is_empty(), "kql2sql depends on {found:?}");
}

#[test]
fn dependencies_point_one_way() {
    let dependencies = dependencies();
    let ours = ["kql2sql", "lakehunt", "lakehunt-cli"];
    for (i, package) in ours.iter().enumerate() {
        let needed: BTreeSet<&str> =
            ours.into_iter().filter(|other| dependencies[*package].contains(*other)).collect();
        assert_eq!(needed, ours[..i].iter().copied().collect(), "what {package} depends on");
    }
}

/// The files of people: sources, pages, scripts.
fn texts() -> Vec<std::path::PathBuf> {
    let endings = [".rs", ".md", ".toml", ".py", ".sql", ".json", ".kql", ".sh", ".yml"];
    let mut all: Vec<_> = endings.iter().flat_map(|ending| files(&root(), ending)).collect();
    all.push(root().join(".ci/run"));
    all
}

/// The repository stands alone: only tests that skip themselves look at the suites beside it.
#[test]
fn only_tests_that_skip_without_it_look_outside() {
    let here = root().join("tests/it");
    let allowed = [
        here.join("support/mod.rs"),
        here.join("registry.rs"),
        here.join("suites.rs"),
        here.join("fences.rs"),
    ];
    let words = ["../shared", "/work/", "shared/conformance", "shared/corpus"];
    let mut failures = Vec::new();
    let paths = texts();
    for path in &paths {
        if allowed.contains(path) {
            continue;
        }
        for (number, line) in read(path).lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                failures.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    report("paths out of the repository", paths.len(), &failures);
}

/// A source file is read by people. Longer ones are split by sub-family; these have a reason to be long.
const LONG: &[(&str, &str)] = &[
    ("crates/kql2sql/src/functions/operator.rs", "a list: the operators of expressions with their overloads"),
    ("crates/lakehunt/src/functions/string/text.rs", "a list: one kernel a function"),
];

#[test]
fn source_files_are_short() {
    let mut failures = Vec::new();
    let paths = files(&root(), ".rs");
    for path in &paths {
        let lines = read(path).lines().count();
        let name = path.strip_prefix(root()).expect("the file is below").display().to_string();
        if lines > 600 && !LONG.iter().any(|(long, _)| *long == name) {
            failures.push(format!("{name} has {lines} lines"));
        }
    }
    for (long, _) in LONG {
        let path = root().join(long);
        if !path.exists() || read(&path).lines().count() <= 600 {
            failures.push(format!("{long} need not be among the long files"));
        }
    }
    report("long files", paths.len(), &failures);
}
