//! From text to syntax tree.
//!
//! [`lexer`] cuts the text into tokens, [`parse`] makes a tree of them. Neither can fail: what is wrong
//! becomes a diagnostic, and the tree holds an `Error` node in its place.

pub mod ast;
pub(crate) mod dynamic;
mod expr;
pub mod lexer;
pub(crate) mod literal;
pub(crate) mod names;
mod parameters;
pub(crate) mod parser;
mod statement;
#[cfg(test)]
mod tests;
pub mod token;

use crate::diagnostics::Diagnostic;

/// The result of parsing.
#[derive(Debug, Clone)]
pub struct Parse {
    /// The tree.
    pub script: ast::Script,
    /// What is wrong with the text, in the order in which it was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a query text. Every text gives a tree; errors are in the diagnostics.
///
/// ```
/// let parse = kql2sql::syntax::parse("Events | where Level == 'error' | count");
/// assert!(parse.diagnostics.is_empty());
/// ```
pub fn parse(source: &str) -> Parse {
    let mut parser = parser::Parser::new(source);
    let script = parser.script();
    Parse { script, diagnostics: parser.into_diagnostics() }
}
