//! The tests of the whole: `cargo test --release -p lakehunt-tests`.
//!
//! | module | holds |
//! |---|---|
//! | `spec` | every example of the pages under `tests/spec` |
//! | `registry` | every function's entry: its examples on constants, on columns and with nulls |
//! | `coverage` | that `docs/coverage.md` is what the registry says |
//! | `plugins` | every plugin's entry and its examples |
//! | `dynamic` | reading dynamic values in place against reading them as a tree |
//! | `differences` | that `docs/differences.md` is what Lakehunt says, and the analyzer |
//! | `hunts` | the three hunts on the sample lake and on what other writers make of it |
//! | `generated` | queries made from the registry by a generator that knows types, and with slips |
//! | `properties` | what must hold for any text, and for every query of the other modules |
//! | `fences` | which crate may depend on what, and what the files may name |
//! | `types` | what functions return keeps its type in operators, choices and aggregates |
//! | `suites` | the recorded answers and the real hunting queries, where they lie beside the repository |
//!
//! The tests of the program `lakehunt` are in its own package, `crates/lakehunt-cli/tests`: cargo builds a
//! program for the tests of its own package only.

mod coverage;
mod differences;
mod dynamic;
mod fences;
mod forms;
mod generated;
mod hunts;
mod plugins;
mod properties;
mod registry;
mod spec;
mod suites;
mod support;
mod types;
