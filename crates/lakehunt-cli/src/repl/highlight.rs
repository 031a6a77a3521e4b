//! Colours for KQL while it is typed.

use kql2sql::functions::{self, AGGREGATES, SCALARS};
use kql2sql::syntax::lexer::lex;
use kql2sql::syntax::token::{TokenClass, TokenKind};
use nu_ansi_term::{Color, Style};
use reedline::{Highlighter, StyledText};

/// The highlighter of the line editor.
pub struct Kql {
    /// Whether colours are wanted.
    pub colour: bool,
}

impl Highlighter for Kql {
    fn highlight(&self, line: &str, _cursor: usize) -> StyledText {
        let mut text = StyledText::new();
        if !self.colour {
            text.push((Style::new(), line.to_string()));
            return text;
        }
        let mut rest = line;
        if line.trim_start().starts_with('.') {
            // A command: its word, and behind `.explain` and `.sql` a query.
            let start = line.len() - line.trim_start().len();
            let end = line[start..].find(char::is_whitespace).map_or(line.len(), |i| start + i);
            text.push((Style::new().fg(Color::Magenta).bold(), line[..end].to_string()));
            rest = &line[end..];
        }
        let tokens = lex(rest);
        for (i, token) in tokens.iter().enumerate() {
            let word = token.span.text(rest);
            if word.is_empty() {
                continue;
            }
            let called = || {
                let next = tokens[i + 1..].iter().find(|next| !next.kind.is_trivia());
                next.is_some_and(|next| next.kind == TokenKind::OpenParen)
            };
            let style = match token.kind.class() {
                TokenClass::Identifier if is_function(word) && called() => Style::new().fg(Color::Cyan),
                class => style(class),
            };
            text.push((style, word.to_string()));
        }
        text
    }
}

fn is_function(word: &str) -> bool {
    functions::find(SCALARS, word).or_else(|| functions::find(AGGREGATES, word)).is_some()
}

fn style(class: TokenClass) -> Style {
    match class {
        TokenClass::Whitespace | TokenClass::Identifier | TokenClass::Punctuation => Style::new(),
        TokenClass::Comment => Style::new().fg(Color::DarkGray),
        TokenClass::Keyword => Style::new().fg(Color::Blue).bold(),
        TokenClass::Type => Style::new().fg(Color::Blue),
        TokenClass::String => Style::new().fg(Color::Green),
        TokenClass::Number | TokenClass::Literal => Style::new().fg(Color::Yellow),
        TokenClass::Operator => Style::new().fg(Color::Magenta),
        TokenClass::Error => Style::new().fg(Color::Red).underline(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlighting_keeps_every_character() {
        for text in
            ["T | where a == 'x' // c", ".sql T | count", "", "\"open", "let ä = strlen('€');\n\n§", ".help"]
        {
            for colour in [true, false] {
                let styled = Kql { colour }.highlight(text, 0);
                assert_eq!(styled.buffer.iter().map(|(_, s)| s.as_str()).collect::<String>(), text);
            }
        }
    }

    #[test]
    fn words_of_the_grammar_and_called_functions_have_colours() {
        let styled = Kql { colour: true }.highlight("T | where strlen(a) has 'x'", 0);
        let colour = |word: &str| styled.buffer.iter().find(|(_, s)| s == word).unwrap().0.foreground;
        assert_eq!(colour("where"), Some(Color::Blue));
        assert_eq!(colour("strlen"), Some(Color::Cyan));
        assert_eq!(colour("'x'"), Some(Color::Green));
        assert_eq!(colour("a"), None);
    }
}
