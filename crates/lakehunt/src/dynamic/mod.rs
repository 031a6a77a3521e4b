//! Dynamic values: JSON text, read and written in place, without a tree.
//!
//! A Kusto `dynamic` is JSON text in a string column; null is SQL NULL. Reading a member is a scan that skips
//! what is not asked for and hands back a piece of the same text.
//!
//! Two states of text are told apart:
//! - *raw*: what a file or a string column holds. It may have blanks, any spelling of strings, or be no JSON.
//!   [`canonical`](canonical::canonical) checks it and makes it canonical, as `parse_json` does.
//! - *canonical*: what every function gives: no blanks, strings with no more escapes than needed, numbers with
//!   the digits they came with, dates as Kusto prints them.
//!
//! The scanners ([`scan`], [`extract`]) trust their text to be JSON: on anything else they find less or
//! nothing, but never panic. None of them recurses over the nesting of the text, so its depth does not matter.
//!
//! Of two members of the same name the first counts, as in Kusto's `bag_merge`.
//!
//! <https://learn.microsoft.com/kusto/query/scalar-data-types/dynamic>

pub mod canonical;
pub mod date;
pub mod extract;
pub mod number;
pub mod path;
pub mod scan;
pub mod text;
