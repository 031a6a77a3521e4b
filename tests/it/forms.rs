//! Walks the forms of operators, statements and types, which the help shows.

use std::collections::BTreeSet;

use kql2sql::operators::{Form, OPERATORS};
use kql2sql::topics::TOPICS;

use crate::registry::first_row_is;
use crate::support::report;

fn forms() -> impl Iterator<Item = (&'static str, Form)> {
    let operators = OPERATORS.iter().filter_map(|def| Some((def.name(), def.form?)));
    operators.chain(TOPICS.iter().map(|topic| (topic.name, topic.form)))
}

#[test]
fn every_operator_that_works_has_a_form() {
    for def in OPERATORS {
        assert_eq!(def.form.is_some(), def.refused.is_none(), "{}", def.name());
        if let Some(form) = def.form {
            assert!(form.syntax.contains(def.name()), "{}: {}", def.name(), form.syntax);
        }
    }
    let mut names = BTreeSet::new();
    for (name, _) in forms() {
        assert!(names.insert(name), "{name} has two forms");
    }
}

#[test]
fn every_example_of_a_form_gives_its_result() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (name, example) in forms().filter_map(|(name, form)| Some((name, form.example?))) {
        checked += 1;
        if let Err(why) = first_row_is(example.query, example.result) {
            failures.push(format!("{name}: {}\n  -> {why}", example.query));
        }
    }
    report("examples of forms", checked, &failures);
}
