//! Diagnostics for people: the message with its code, the line of the KQL, and a caret below the place.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use kql2sql::Diagnostic;
use kql2sql::diagnostics::Severity;

/// The codes of what goes wrong outside of the text of a query. Those of the text are kql2sql's.
pub mod code {
    /// Data cannot be read or written.
    pub const DATA: &str = "LH101";
    /// Memory or disk ran out.
    pub const RESOURCES: &str = "LH102";
    /// The query was cancelled.
    pub const CANCELLED: &str = "LH103";
    /// The query took too long.
    pub const TIMEOUT: &str = "LH104";
    /// A defect of Lakehunt.
    pub const INTERNAL: &str = "LH105";
    /// A rule document cannot be read.
    pub const DOCUMENT: &str = "LH111";
    /// A line of a batch cannot be read.
    pub const LINE: &str = "LH112";
    /// A query of a batch took its worker down.
    pub const LOST: &str = "LH113";
}

/// An error without a place in a query, in the form of [`json`].
pub fn plain(code: &str, message: &str) -> serde_json::Value {
    serde_json::json!({"code": code, "severity": "error", "message": message, "start": 0, "length": 0})
}

/// The text that diagnostics point into.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The KQL.
    pub text: &'a str,
    /// The file that it comes from, if it comes from one.
    pub name: Option<&'a str>,
    /// The line of that file on which it begins, from 1.
    pub line: usize,
}

impl<'a> Source<'a> {
    /// A text that was typed.
    pub fn typed(text: &'a str) -> Source<'a> {
        Source { text, name: None, line: 1 }
    }
}

/// How many diagnostics of a query are shown. What is no KQL at all has one at every word.
const MOST: usize = 20;

/// Whether what is written to standard error may have colours: only for a terminal, and not where
/// <https://no-color.org> asks for none.
pub fn coloured_errors() -> bool {
    may_colour(io::stderr().is_terminal())
}

/// The same for standard output.
pub fn coloured_output() -> bool {
    may_colour(io::stdout().is_terminal())
}

fn may_colour(is_terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Writes diagnostics to standard error.
pub fn report(source: Source<'_>, diagnostics: &[Diagnostic]) {
    let text = render(source, diagnostics, coloured_errors());
    // There is nobody left to tell if standard error is closed.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// The diagnostics as text, one below the other.
pub fn render(source: Source<'_>, diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MOST) {
        text.push_str(&renderer.render(&[group(source, diagnostic)]));
        text.push('\n');
    }
    if let Some(more @ 1..) = diagnostics.len().checked_sub(MOST) {
        text.push_str(&format!("… and {more} more\n"));
    }
    text
}

fn group<'a>(source: Source<'a>, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let snippet = Snippet::source(source.text)
        .line_start(source.line)
        .path(source.name)
        .annotation(AnnotationKind::Primary.span(place(source.text, diagnostic)));
    let mut elements: Vec<Element<'a>> = vec![snippet.into()];
    if let Some(help) = &diagnostic.help {
        elements.push(Level::HELP.message(help.as_str()).into());
    }
    level.primary_title(diagnostic.message.as_str()).id(diagnostic.code).elements(elements)
}

/// The bytes to point at: inside the text, at whole characters.
fn place(text: &str, diagnostic: &Diagnostic) -> std::ops::Range<usize> {
    let inside = |offset: u32| {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = inside(diagnostic.span.start);
    start..inside(diagnostic.span.end).max(start)
}

/// One diagnostic as `lakehunt batch` and `check` print it: positions are characters from 0.
pub fn json(text: &str, diagnostic: &Diagnostic) -> serde_json::Value {
    let (start, length) = diagnostic.span.char_range(text);
    let mut object = serde_json::json!({
        "code": diagnostic.code,
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": diagnostic.message,
        "start": start,
        "length": length,
    });
    if let Some(help) = &diagnostic.help {
        object["help"] = help.as_str().into();
    }
    object
}

/// The same for a query of a document: `line` and `column` besides, from 1, say where it is there; the column is that in
/// the line of the query, without what the document sets before it.
pub fn json_in(source: Source<'_>, diagnostic: &Diagnostic) -> serde_json::Value {
    let mut object = json(source.text, diagnostic);
    let before = &source.text[..place(source.text, diagnostic).start];
    let line = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
    object["line"] = (source.line + before.matches('\n').count()).into();
    object["column"] = (line.chars().count() + 1).into();
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::Span;

    #[test]
    fn a_diagnostic_names_its_code_and_place_and_shows_the_line() {
        let text = "T\n| where ünknown == 1";
        let diagnostic = Diagnostic::error("KS142", Span::new(10, 18), "There is no column 'ünknown'.")
            .with_help("Did you mean 'known'?");
        let source = Source { text, name: Some("rules/a.md"), line: 7 };
        assert_eq!(
            render(source, &[diagnostic], false),
            "\
error[KS142]: There is no column 'ünknown'.
 --> rules/a.md:8:9
  |
8 | | where ünknown == 1
  |         ^^^^^^^
  |
  = help: Did you mean 'known'?
"
        );
    }

    #[test]
    fn places_outside_the_text_do_no_harm() {
        for (start, end) in [(0, 0), (3, 3), (2, 90), (90, 95), (3, 1)] {
            let diagnostic = Diagnostic::warning("LH1", Span { start, end }, "odd");
            let text = render(Source::typed("aäb"), &[diagnostic], false);
            assert!(text.starts_with("warning[LH1]: odd\n"), "{text}");
        }
        let empty = Diagnostic::error("LH1", Span::new(0, 0), "empty");
        assert!(render(Source::typed(""), &[empty], false).starts_with("error[LH1]: empty"));
    }

    #[test]
    fn what_is_no_kql_at_all_does_not_fill_the_screen() {
        let many = vec![Diagnostic::error("LH1", Span::new(0, 1), "odd"); MOST + 2];
        let text = render(Source::typed("T"), &many, false);
        assert_eq!(text.matches("error[LH1]").count(), MOST);
        assert!(text.ends_with("… and 2 more\n"), "{text}");
        assert!(!render(Source::typed("T"), &many[..MOST], false).contains("more"));
    }

    #[test]
    fn positions_in_json_count_characters() {
        let diagnostic = Diagnostic::error("KS1", Span::new(3, 5), "x");
        assert_eq!(
            json("äa€b", &diagnostic).to_string(),
            r#"{"code":"KS1","severity":"error","message":"x","start":2,"length":0}"#
        );
        let diagnostic = Diagnostic::error("KS1", Span::new(3, 6), "x");
        assert_eq!(json("äa€b", &diagnostic)["length"], 1);
        let diagnostic = Diagnostic::error("KS1", Span::new(6, 7), "x");
        let found = json_in(Source { line: 7, ..Source::typed("ä\nüb\n") }, &diagnostic);
        assert_eq!((&found["line"], &found["column"], &found["start"]), (&8.into(), &3.into(), &4.into()));
    }
}
