//! SQL as text.

use std::ops::ControlFlow;

use sqlparser::ast::{Query, Value, VisitMut, VisitorMut};

/// The query as text that parses to the same tree.
///
/// sqlparser prints the text of a string literal as it stands where it looks escaped already, so every
/// quote is doubled before.
///
/// ```
/// use kql2sql::{MemoryCatalog, Options, translate};
///
/// let translation = translate(r"print path = @'C:\Users\O''Neil'", &MemoryCatalog::new(), &Options::default());
/// assert_eq!(translation.results[0].text(), "SELECT\n  'C:\\Users\\O''Neil' AS \"path\"");
/// ```
pub fn text(query: &Query) -> String {
    let mut query = query.clone();
    let mut escape = Escape { lines: false };
    let _ = query.visit(&mut escape);
    // The printer that breaks lines would indent the lines within a text as well.
    if escape.lines { query.to_string() } else { format!("{query:#}") }
}

struct Escape {
    /// Whether a text has several lines.
    lines: bool,
}

impl VisitorMut for Escape {
    type Break = ();

    fn pre_visit_value(&mut self, value: &mut sqlparser::ast::ValueWithSpan) -> ControlFlow<()> {
        if let Value::SingleQuotedString(s) = &mut value.value {
            self.lines |= s.contains(['\n', '\r']);
            if s.contains('\'') {
                *s = s.replace('\'', "''");
            }
        }
        ControlFlow::Continue(())
    }
}
