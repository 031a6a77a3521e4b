//! The constructor of every diagnostic.

use super::Diagnostic;
use crate::span::Span;

/// Something that Kusto has and we know, but do not translate.
pub fn unsupported(span: Span, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("LH001", span, format!("'{name}' is not supported: {why}"))
}
