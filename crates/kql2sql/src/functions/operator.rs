//! The operators of expressions.

use super::*;

/// The operators of expressions.
pub static FUNCTIONS: &[Function] = &[];
