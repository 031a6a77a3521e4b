//! Strings: the operators, and the functions of `kql2sql::functions::string`.

pub(crate) mod array;
mod case;
mod document;
pub mod operators;
mod pairs;
pub mod parse;
pub mod pattern;
mod search;
mod terms;
pub mod text;
