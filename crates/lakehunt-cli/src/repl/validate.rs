//! When what has been typed is a whole input: at a blank line, or at a `;`.

use kql2sql::syntax::lexer::lex;
use kql2sql::syntax::token::{Token, TokenKind};
use reedline::{ValidationResult, Validator};

/// The validator of the line editor.
pub struct Whole;

impl Validator for Whole {
    fn validate(&self, text: &str) -> ValidationResult {
        if is_whole(text) { ValidationResult::Complete } else { ValidationResult::Incomplete }
    }
}

/// Whether Enter at the end of `text` runs it.
///
/// A command (`.help`) is whole on its line. A query is whole when its last line is blank or its last sign is `;`.
/// Scripts have blank lines and `;` behind their `let` statements, too: while there is no query yet, it goes on, until
/// a second blank line says that it is meant so.
pub fn is_whole(text: &str) -> bool {
    let trimmed = text.trim();
    if trimmed.is_empty() || trimmed.starts_with('.') {
        return true;
    }
    let blank_lines = text.rsplit('\n').take_while(|line| line.trim().is_empty()).count();
    let tokens: Vec<Token> = lex(text)
        .into_iter()
        .filter(|token| !token.kind.is_trivia() && token.kind != TokenKind::End)
        .collect();
    if !has_query(&tokens) {
        return blank_lines >= 2;
    }
    blank_lines >= 1 || tokens.last().is_some_and(|token| token.kind == TokenKind::Semicolon)
}

/// Whether one of the statements is something else than a declaration.
fn has_query(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    let mut at_start = true;
    for token in tokens {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if depth == 0 && token.kind == TokenKind::Semicolon {
            at_start = true;
            continue;
        }
        let declares = matches!(
            token.kind,
            TokenKind::Let | TokenKind::Set | TokenKind::Declare | TokenKind::Alias | TokenKind::Restrict
        );
        if at_start && !declares {
            return true;
        }
        at_start = false;
    }
    false
}

/// The inputs of a script, in order: commands, and queries between blank lines. A blank line inside a query, in front
/// of a `|` or behind a `let`, does not end it.
pub fn split(script: &str) -> Vec<String> {
    let mut inputs = Vec::new();
    let mut current = String::new();
    let lines: Vec<&str> = script.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let is_blank = line.trim().is_empty();
        if current.is_empty() && is_blank {
            continue;
        }
        current.push_str(line);
        let goes_on = || {
            let next = lines[i + 1..].iter().find(|line| !line.trim().is_empty());
            next.is_some_and(|line| line.trim_start().starts_with('|'))
        };
        let whole = is_whole(&current) && !(is_blank && goes_on());
        current.push('\n');
        if whole {
            inputs.push(std::mem::take(&mut current));
        }
    }
    if !current.trim().is_empty() {
        inputs.push(current);
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_or_a_semicolon_ends_a_query() {
        assert!(!is_whole("T | take 5"));
        assert!(!is_whole("T\n| take 5"));
        assert!(is_whole("T | take 5;"));
        assert!(is_whole("T | take 5 ; // done"));
        assert!(is_whole("T | take 5\n"));
        assert!(is_whole("T\n| take 5\n   "));
        assert!(is_whole(""));
        assert!(is_whole(".help take"));
    }

    #[test]
    fn a_semicolon_in_a_string_or_comment_ends_nothing() {
        assert!(!is_whole("T | where a == ';'"));
        assert!(!is_whole("T // ;"));
        assert!(!is_whole("print \"a;"));
    }

    #[test]
    fn declarations_wait_for_their_query() {
        assert!(!is_whole("let a = 1;"));
        assert!(!is_whole("let a = 1;\n"));
        assert!(!is_whole("let f = (x:long) { T | take x; };\n"));
        assert!(!is_whole("let a = 1;\n\nT | take a"));
        assert!(is_whole("let a = 1;\n\nT | take a\n"));
        assert!(is_whole("let a = 1;\n\n"));
    }

    #[test]
    fn a_script_is_cut_between_its_inputs() {
        let script = "\n.show tables\nlet a = 1;\n\nT\n\n| take a\n\n// two\nU | count;\nprint 1\n";
        assert_eq!(
            split(script),
            [".show tables\n", "let a = 1;\n\nT\n\n| take a\n\n", "// two\nU | count;\n", "print 1\n"]
        );
        assert_eq!(split(" \n\n"), [""; 0]);
    }
}
