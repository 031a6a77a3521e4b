//! Aggregates, a file for each family. How they become SQL is in `lower.rs`.

pub mod bits;
pub mod collections;
pub mod counts;
mod lower;
pub mod percentiles;
pub mod rows;
pub mod sketches;
pub mod sums;
