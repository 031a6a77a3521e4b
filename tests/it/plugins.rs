//! Walks the list of plugins.

use std::collections::BTreeSet;

use kql2sql::operators::evaluate::{PLUGINS, Plugin};
use serde_json::Value;

use crate::registry::first_row_is;
use crate::support::{read, report, shared};

fn plugins() -> impl Iterator<Item = &'static Plugin> {
    PLUGINS.iter().flat_map(|family| family.iter())
}

#[test]
fn every_plugin_is_documented_and_those_that_work_have_examples() {
    let mut failures = Vec::new();
    let mut seen = BTreeSet::new();
    for plugin in plugins() {
        if !seen.insert(plugin.name) {
            failures.push(format!("{} has two entries", plugin.name));
        }
        if plugin.doc.is_empty() {
            failures.push(format!("{} has no doc", plugin.name));
        }
        match plugin.refusal() {
            None if plugin.examples.is_empty() => failures.push(format!("{} has no example", plugin.name)),
            Some("") => failures.push(format!("{} is refused without a reason", plugin.name)),
            _ => {}
        }
    }
    report("plugins", seen.len(), &failures);
}

#[test]
fn every_example_of_a_plugin_gives_its_result() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (plugin, example) in plugins().flat_map(|p| p.examples.iter().map(move |e| (p, e))) {
        checked += 1;
        if let Err(why) = first_row_is(example.query, example.result) {
            failures.push(format!("{}: {}\n  -> {why}", plugin.name, example.query));
        }
    }
    report("examples of plugins", checked, &failures);
}

/// The list of Kusto.Language lies beside the repository, if at all.
#[test]
fn no_plugin_is_missing() {
    let Some(shared) = shared() else {
        println!("skipped: the list of plugins is not here");
        return;
    };
    let official: Value =
        serde_json::from_str(&read(&shared.join("kusto/functions.json"))).expect("the list is JSON");
    let names = official["plugin"].as_array().expect("a list of plugins").iter();
    let missing: Vec<String> = names
        .filter_map(|p| p["name"].as_str())
        .filter(|name| kql2sql::operators::evaluate::find(name).is_none())
        .map(|name| format!("{name} is missing"))
        .collect();
    report("names of plugins", plugins().count(), &missing);
}
