//! Walks the list of plugins.

use std::collections::BTreeSet;

use kql2sql::operators::evaluate::{PLUGINS, Plugin};
use serde_json::Value;

use crate::registry::first_row_is;
use crate::support::lake::{run, sample};
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

/// What the documentation leaves open depends on the data; it is refused before there is an answer.
#[test]
fn what_the_data_leaves_open_is_refused() {
    let mut failures = Vec::new();
    let cases = [
        (
            "datatable(id:string, day:long)['a', 1, 'a', 3] | evaluate activity_metrics(id, day, 1, 3, 1)",
            "only 2 of its 3 windows have rows",
        ),
        (
            "datatable(id:string, day:long, d:string)['a', 1, 'x', 'a', 2, 'x', 'a', 2, 'y']
| evaluate activity_metrics(id, day, 1, 2, 1, d)",
            "only 1 of its 2 windows have rows",
        ),
        (
            "datatable(id:string, day:long)['a', 1, 'a', 2] | evaluate new_activity_metrics(id, day, 1, 2, 1)",
            "only 1 of its 2 windows have new values",
        ),
        (
            "datatable(id:string, day:long)['a', 1, 'a', 2] | evaluate new_activity_metrics(id, day, 1, 2, 1, 2)",
            "its cohort has no new values",
        ),
        (
            "datatable(id:string, day:long)['a', 0, 'b', 2] | evaluate new_activity_metrics(id, day, 0, 3, 2, 1)",
            "its cohort is not the begin of one of its windows",
        ),
        (
            "datatable(id:string, day:long)['z', 0, 'a', 1, 'a', 2] | evaluate activity_engagement(id, day, 1, 2, 1, 2)",
            "there are rows before Start",
        ),
        (
            "datatable(id:string, day:long)['a', 1, 'a', 2] | evaluate activity_engagement(id, day, 1, 2, 2, 3)",
            "its outer window is no multiple of the inner one",
        ),
        ("print d = dynamic({'a': null}) | summarize buildschema(d)", "a member that is null"),
        (
            "datatable(d:dynamic)[dynamic({'a': []}), dynamic({'a': []})] | summarize buildschema(d)",
            "an array that is always empty",
        ),
    ];
    for (query, why) in cases {
        match run(sample(), query) {
            Ok(_) => failures.push(format!("{query}\n  is answered")),
            Err(found) if !found.to_string().contains(why) => failures.push(format!("{query}\n  -> {found}")),
            Err(_) => {}
        }
    }
    report("what the data leaves open", cases.len(), &failures);
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
