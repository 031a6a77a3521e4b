//! Scripts of management commands: `.create-or-alter function …`. Other commands are passed over.

use super::{Found, Problem};
use kql2sql::syntax::lexer::lex;
use kql2sql::syntax::token::{Token, TokenKind};

/// The commands that make a function.
const COMMANDS: [&str; 3] = [".create-or-alter", ".create", ".alter"];

/// Whether the text has such a command.
pub(super) fn is_script(text: &str) -> bool {
    starts(text).next().is_some()
}

/// The functions of a script.
pub(super) fn functions(text: &str) -> Result<Vec<Found>, Problem> {
    starts(text).map(|start| function(text, start)).collect()
}

/// The offsets behind the words `.create-or-alter function` at the begin of a line.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut offset = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        let mut words = line.split_whitespace();
        let is_command = COMMANDS.contains(&words.next()?) && words.next()? == "function";
        // Cannot fail: the word stands in the line.
        is_command.then(|| start + line.find("function").unwrap_or_default() + "function".len())
    })
}

/// The function that is declared behind `start`: `ifnotexists with (…) Name(parameters) { body }`.
fn function(text: &str, start: usize) -> Result<Found, Problem> {
    let source = &text[start..];
    let tokens: Vec<Token> = lex(source).into_iter().filter(|t| !t.kind.is_trivia()).collect();
    let mut reader = Reader { text, start, source, tokens: &tokens, at: 0 };
    if reader.word() == "ifnotexists" {
        reader.at += 1;
    }
    if reader.word() == "with" {
        reader.at += 1;
        reader.group(TokenKind::OpenParen, TokenKind::CloseParen)?;
    }
    let name = reader.name()?;
    let from = reader.offset();
    reader.group(TokenKind::OpenParen, TokenKind::CloseParen)?;
    let to = reader.group(TokenKind::OpenBrace, TokenKind::CloseBrace)?;
    Ok(Found { name, text: source[from..to].to_owned(), line: reader.line(from) })
}

struct Reader<'a> {
    text: &'a str,
    start: usize,
    source: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn kind(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|t| t.kind)
    }

    fn word(&self) -> &str {
        self.tokens.get(self.at).map_or("", |t| t.span.text(self.source))
    }

    /// Where the next token begins.
    fn offset(&self) -> usize {
        self.tokens.get(self.at).map_or(self.source.len(), |t| t.span.start as usize)
    }

    /// The line of the file on which that offset lies.
    fn line(&self, offset: usize) -> usize {
        1 + self.text[..self.start + offset].bytes().filter(|b| *b == b'\n').count()
    }

    fn problem(&self, expected: &str) -> Problem {
        let found = if self.word().is_empty() { "the end of the file" } else { self.word() };
        (self.line(self.offset()), format!("{expected} is expected here, not '{found}'"))
    }

    /// `Name`, `['Name']`, `"Name"`
    fn name(&mut self) -> Result<String, Problem> {
        let bracketed = self.kind() == Some(TokenKind::OpenBracket);
        self.at += usize::from(bracketed);
        let word = self.word();
        let name = word.trim_matches(['"', '\'']).to_owned();
        if !self.kind().is_some_and(|k| k.is_name() || k == TokenKind::String) || name.is_empty() {
            return Err(self.problem("the name of the function"));
        }
        self.at += 1;
        if bracketed && self.kind() != Some(TokenKind::CloseBracket) {
            return Err(self.problem("']'"));
        }
        self.at += usize::from(bracketed);
        Ok(name)
    }

    /// Goes behind a group in brackets, which may nest; gives the offset behind it.
    fn group(&mut self, open: TokenKind, close: TokenKind) -> Result<usize, Problem> {
        if self.kind() != Some(open) {
            return Err(self.problem(&format!("'{}'", open.text())));
        }
        let mut depth = 0;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            if token.kind == open {
                depth += 1;
            } else if token.kind == close {
                depth -= 1;
                if depth == 0 {
                    return Ok(token.span.end as usize);
                }
            }
        }
        Err(self.problem(&format!("'{}'", close.text())))
    }
}
