//! `parse`: Cuts a string into columns by a pattern; `parse-where` keeps only the rows that match.

use crate::span::Span;
use crate::syntax::ast::{Expr, Name};

/// Cuts a string into columns by a pattern; `parse-where` keeps only the rows that match.
#[derive(Debug, Clone)]
pub struct Parse {
    /// `parse-where`
    pub filter: bool,
    /// What is parsed.
    pub value: Box<Expr>,
    /// The pattern behind `with`.
    pub pattern: Vec<ParsePart>,
}

/// One part of a `parse` pattern.
#[derive(Debug, Clone)]
pub enum ParsePart {
    /// Text that must stand there (a regex with `kind=regex`).
    Text(Expr),
    /// `*`: anything
    Star(Span),
    /// A column with its type, `string` where none was given.
    Column(Name, Option<Name>),
}
