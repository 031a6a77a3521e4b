//! What is wrong with a query, and where.
//!
//! Every message is made by a constructor in [`messages`], with Kusto's own `KS` number where Kusto has one.

pub mod binding;
mod habits;
pub mod messages;

pub(crate) use habits::advise;

use crate::span::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The query cannot be run.
    Error,
    /// The query runs, but probably does not do what its author thinks.
    Warning,
}

/// One finding about a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code: Kusto's `KS…` where the condition is Kusto's, `LH…` where it is ours.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, which names the thing as the user wrote it.
    pub message: String,
    /// Where in the KQL text.
    pub span: Span,
    /// What to write instead, where there is something.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { code, severity: Severity::Error, message: message.into(), span, help: None }
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it keeps the query from running.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether it tells no more than how the answer is computed: a warning of ours, for what Kusto lets pass.
    pub fn is_about_answer(&self) -> bool {
        self.severity == Severity::Warning && self.code.starts_with("LH")
    }
}

/// Adds to what the binder says what the parser says, by place. Of several at one place those about an expression come
/// first, then what is missing in the text, then those about what begins there, such as a name: as Kusto's analyzer
/// lists them.
pub(crate) fn merge(diagnostics: &mut Vec<Diagnostic>, syntax: Vec<Diagnostic>) {
    let is_of_part = |d: &Diagnostic| {
        matches!(d.code, "KS111" | "KS117" | "KS142" | "KS174" | "KS204" | "KS211" | "KS236")
    };
    let mut ranked: Vec<(u8, Diagnostic)> =
        diagnostics.drain(..).map(|d| (if is_of_part(&d) { 2 } else { 0 }, d)).collect();
    ranked.extend(syntax.into_iter().map(|d| (1, d)));
    ranked.sort_by_key(|(rank, d)| (d.span.start, *rank, std::cmp::Reverse(d.span.end)));
    diagnostics.extend(ranked.into_iter().map(|(_, d)| d));
}

/// The candidate that looks most like `name`, if one is near enough to be a slip of the keyboard.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 4);
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|c| c.len().abs_diff(name.len()) <= 4 * limit)
        .map(|c| (edit_distance(&lower, &c.to_lowercase()), c))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, c)| (*d, *c))
        .map(|(_, c)| c)
}

/// Damerau-Levenshtein distance (with transpositions of neighbours).
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let width = b.len() + 1;
    let mut d = vec![0usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            d[i * width + j] = if i == 0 {
                j
            } else if j == 0 {
                i
            } else {
                let cost = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (d[(i - 1) * width + j] + 1)
                    .min(d[i * width + j - 1] + 1)
                    .min(d[(i - 1) * width + j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(d[(i - 2) * width + j - 2] + 1);
                }
                best
            };
        }
    }
    d[a.len() * width + b.len()]
}
