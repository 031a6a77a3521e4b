//! Dynamic values: arrays, bags, sets and JSON. How a scalar becomes one is told by [`to_dynamic_sql`].

pub mod arrays;
pub mod bags;
pub mod json;
pub mod sets;

pub use super::to_dynamic::{dynamic_from, to_dynamic_sql};

/// For what the overloads do not let through.
fn arguments() -> super::Refusal {
    super::Refusal("it is not called with these arguments".into())
}
