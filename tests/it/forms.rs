//! Walks the forms of operators and statements, which the help shows.

use std::collections::BTreeSet;

use kql2sql::operators::OPERATORS;
use kql2sql::operators::forms::{Form, TOPICS};

use crate::registry::first_row_is;
use crate::support::report;

fn forms() -> impl Iterator<Item = &'static Form> {
    OPERATORS.iter().filter_map(|def| def.form()).chain(TOPICS.iter().map(|topic| &topic.form))
}

#[test]
fn every_operator_that_works_has_a_form() {
    let missing: Vec<_> = OPERATORS
        .iter()
        .filter(|def| def.form().is_none() && def.refused.is_none())
        .map(|def| def.name())
        .collect();
    assert_eq!(missing, [""; 0]);
    let mut names = BTreeSet::new();
    for form in forms() {
        assert!(names.insert(form.name), "{} has two forms", form.name);
        assert!(
            form.syntax.contains(form.name) || TOPICS.iter().any(|topic| topic.kind == "type"),
            "{}",
            form.name
        );
    }
}

#[test]
fn every_example_of_a_form_gives_its_result() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (form, example) in forms().filter_map(|form| Some((form, form.example?))) {
        checked += 1;
        if let Err(why) = first_row_is(example.query, example.result) {
            failures.push(format!("{}: {}\n  -> {why}", form.name, example.query));
        }
    }
    report("examples of forms", checked, &failures);
}
