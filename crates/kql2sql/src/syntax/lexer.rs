//! From text to tokens. Nothing is lost: the tokens, in order, are the text.

use crate::diagnostics::{Diagnostic, messages};
use crate::span::Span;
use crate::syntax::token::{Token, TokenKind};
use crate::time::timespan_unit;

/// Cuts the text into tokens. Every byte of the text is in exactly one of them.
pub fn lex(source: &str) -> Vec<Token> {
    Lexer::new(source).collect()
}

/// Words with a dash inside. They are one token each where their first part is followed by a dash.
const DASHED: &[&str] = &[
    "assert-schema",
    "granny-asc",
    "granny-desc",
    "graph-mark-components",
    "graph-match",
    "graph-shortest-paths",
    "graph-to-table",
    "graph-where-edges",
    "graph-where-nodes",
    "macro-expand",
    "make-graph",
    "make-series",
    "materialized-view-combine",
    "mv-apply",
    "mv-expand",
    "parse-kv",
    "parse-where",
    "partitioned-by",
    "project-away",
    "project-by-names",
    "project-keep",
    "project-rename",
    "project-reorder",
    "project-smart",
    "sample-distinct",
    "top-hitters",
    "top-nested",
];

/// The tokens of a text, one after the other.
pub(crate) struct Lexer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    pos: usize,
    /// What is wrong with the token that was read last.
    problem: Option<Diagnostic>,
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.pos;
        if start == self.bytes.len() {
            return None;
        }
        let kind = self.token();
        debug_assert!(self.pos > start, "every token has text");
        Some(Token { kind, span: Span::new(start, self.pos) })
    }
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(source: &'a str) -> Lexer<'a> {
        Lexer { source, bytes: source.as_bytes(), pos: 0, problem: None }
    }

    /// Whether something is wrong with the token that was read last.
    pub(crate) fn has_problem(&self) -> bool {
        self.problem.is_some()
    }

    /// What is wrong with the token that was read last.
    pub(crate) fn take_problem(&mut self) -> Option<Diagnostic> {
        self.problem.take()
    }

    /// Reads one token.
    fn token(&mut self) -> TokenKind {
        match self.byte(0) {
            b' ' | b'\n' | b'\r' | b'\t' => self.whitespace(),
            b'/' if self.byte(1) == b'/' => {
                self.skip_line();
                TokenKind::Comment
            }
            b'#' => {
                self.skip_line();
                TokenKind::Directive
            }
            b'\'' | b'"' => self.string(0),
            b'@' if matches!(self.byte(1), b'\'' | b'"') || self.is_fence(1) => self.string(0),
            b'h' | b'H' if self.is_hidden_string() => self.string(1),
            b'`' | b'~' if self.is_fence(0) => self.string(0),
            b'0'..=b'9' => self.number(),
            b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'$' => self.word(),
            _ if is_whitespace(self.char()) => self.whitespace(),
            _ => self.sign(),
        }
    }

    fn whitespace(&mut self) -> TokenKind {
        loop {
            match self.byte(0) {
                b' ' | b'\n' | b'\r' | b'\t' => self.pos += 1,
                _ if self.pos < self.bytes.len() && is_whitespace(self.char()) => {
                    self.pos += self.char().len_utf8();
                }
                _ => return TokenKind::Whitespace,
            }
        }
    }

    fn char(&self) -> char {
        self.source[self.pos..].chars().next().unwrap_or('\0')
    }

    /// The byte at that distance; 0 behind the end.
    fn byte(&self, offset: usize) -> u8 {
        self.bytes.get(self.pos + offset).copied().unwrap_or(0)
    }

    fn skip_line(&mut self) {
        while self.pos < self.bytes.len() && !matches!(self.bytes[self.pos], b'\r' | b'\n') {
            self.pos += 1;
        }
    }

    fn is_fence(&self, offset: usize) -> bool {
        let rest = &self.bytes[(self.pos + offset).min(self.bytes.len())..];
        rest.starts_with(b"```") || rest.starts_with(b"~~~")
    }

    fn is_hidden_string(&self) -> bool {
        let offset = if self.byte(1) == b'@' { 2 } else { 1 };
        matches!(self.byte(offset), b'\'' | b'"') || self.is_fence(offset)
    }

    /// A string; `prefix` bytes of `h` stand in front of it.
    fn string(&mut self, prefix: usize) -> TokenKind {
        self.pos += prefix;
        let verbatim = self.byte(0) == b'@';
        self.pos += usize::from(verbatim);
        if self.is_fence(0) {
            let fence = &self.source[self.pos..self.pos + 3];
            self.pos += 3;
            match self.source[self.pos..].find(fence) {
                Some(length) => self.pos += length + 3,
                None => {
                    self.pos = self.bytes.len();
                    self.problem = Some(messages::unclosed_string(self.pos, fence));
                }
            }
        } else {
            self.quoted(verbatim);
        }
        TokenKind::String
    }

    /// A string in `'` or `"`. A backslash that begins no escape is reported, and the string goes on.
    fn quoted(&mut self, verbatim: bool) {
        let quote = self.byte(0);
        self.pos += 1;
        loop {
            match self.byte(0) {
                c if c == quote && verbatim && self.byte(1) == quote => self.pos += 2,
                c if c == quote => {
                    self.pos += 1;
                    return;
                }
                b'\\' if !verbatim => match escape_length(&self.bytes[self.pos..]) {
                    Some(length) => self.pos += length,
                    None => {
                        if self.problem.is_none() {
                            let next = self.source[self.pos + 1..].chars().next();
                            self.problem = Some(messages::bad_escape(self.pos, quote, next));
                        }
                        self.pos += 1;
                    }
                },
                0 | b'\r' | b'\n' if self.pos >= self.bytes.len() || self.byte(0) != 0 => {
                    let text = if quote == b'"' { "\"" } else { "'" };
                    self.problem.get_or_insert_with(|| messages::unclosed_string(self.pos, text));
                    return;
                }
                _ => self.pos += 1,
            }
        }
    }

    /// A number, a timespan, a guid or a name that begins with digits.
    fn number(&mut self) -> TokenKind {
        let rest = &self.bytes[self.pos..];
        let (length, kind) = if let Some(n) = raw_guid_length(rest) {
            (n, TokenKind::RawGuid)
        } else if let Some(n) = real_length(rest) {
            (n, TokenKind::Real)
        } else if let Some(n) = timespan_length(rest) {
            (n, TokenKind::Timespan)
        } else if let Some(n) = long_length(rest) {
            (n, TokenKind::Long)
        } else {
            let n = word_length(rest);
            (n, TokenKind::of_word(&self.source[self.pos..self.pos + n]))
        };
        self.pos += length;
        kind
    }

    /// A name, a word of the grammar, or a literal that begins like one.
    fn word(&mut self) -> TokenKind {
        let rest = &self.bytes[self.pos..];
        let mut length = 1 + word_length(&rest[1..]);
        let text = &self.source[self.pos..self.pos + length];
        match rest.get(length).copied().unwrap_or(0) {
            b'-' => {
                let longest = DASHED
                    .iter()
                    .filter(|w| rest.starts_with(w.as_bytes()) && w.len() > length)
                    .filter(|w| !is_word_byte(rest.get(w.len()).copied().unwrap_or(0)))
                    .map(|w| w.len())
                    .max();
                length = longest.unwrap_or(length);
            }
            b'~' if text == "in" && !is_word_byte(rest.get(3).copied().unwrap_or(0)) => length = 3,
            b' ' if text == "matches"
                && rest.starts_with(b"matches regex")
                && !is_word_byte(rest.get(13).copied().unwrap_or(0)) =>
            {
                length = 13;
            }
            _ => {}
        }
        let mut kind = TokenKind::of_word(&self.source[self.pos..self.pos + length]);
        if kind == TokenKind::Identifier {
            if let Some(guid) = raw_guid_length(rest) {
                length = guid;
                kind = TokenKind::RawGuid;
            }
        } else if kind.literal_type().is_some() && rest.get(length) == Some(&b'(') {
            return self.typed_literal(length);
        }
        self.pos += length;
        kind
    }

    /// `datetime(…)` and its like, up to the parenthesis on the same line.
    fn typed_literal(&mut self, word: usize) -> TokenKind {
        self.pos += word;
        loop {
            if self.pos >= self.bytes.len() || is_line_break(self.char()) {
                self.problem = Some(messages::unclosed_literal(self.pos));
                break;
            }
            let c = self.char();
            self.pos += c.len_utf8();
            if c == ')' {
                break;
            }
        }
        TokenKind::TypedLiteral
    }

    /// A sign, a word behind `!`, or a character without meaning.
    fn sign(&mut self) -> TokenKind {
        use TokenKind::*;
        let c = self.char();
        let (kind, length) = match (c, self.byte(1)) {
            ('(', _) => (OpenParen, 1),
            (')', _) => (CloseParen, 1),
            ('[', _) => (OpenBracket, 1),
            (']', _) => (CloseBracket, 1),
            ('{', _) => (OpenBrace, 1),
            ('}', _) => (CloseBrace, 1),
            ('|', _) => (Bar, 1),
            ('.', b'.') => (DotDot, 2),
            ('.', _) => (Dot, 1),
            ('+', _) => (Plus, 1),
            ('-', _) => (Minus, 1),
            ('*', _) => (Star, 1),
            ('/', _) => (Slash, 1),
            ('%', _) => (Percent, 1),
            ('<', b'=') => (LessEqual, 2),
            ('<', b'|') => (LessBar, 2),
            ('<', b'>') => (LessGreater, 2),
            ('<', _) => (Less, 1),
            ('>', b'=') => (GreaterEqual, 2),
            ('>', _) => (Greater, 1),
            ('=', b'=') => (EqualEqual, 2),
            ('=', b'>') => (FatArrow, 2),
            ('=', b'~') => (EqualTilde, 2),
            ('=', _) => (Equal, 1),
            ('!', b'=') => (BangEqual, 2),
            ('!', b'~') => (BangTilde, 2),
            ('!', _) => self.bang(),
            (':', _) => (Colon, 1),
            (';', _) => (Semicolon, 1),
            (',', _) => (Comma, 1),
            ('@', _) => (At, 1),
            ('?', _) => (Question, 1),
            _ => (Error, c.len_utf8()),
        };
        if kind == Error {
            let span = Span::new(self.pos, self.pos + length);
            self.problem = Some(messages::unexpected_character(span, c));
        }
        self.pos += length;
        kind
    }

    /// `!has`, `!in~`, … or `!` alone.
    fn bang(&self) -> (TokenKind, usize) {
        let rest = &self.bytes[self.pos..];
        let mut length = 1 + word_length(&rest[1..]);
        if length == 1 {
            return (TokenKind::Bang, 1);
        }
        if &rest[..length] == b"!in" && rest.get(3) == Some(&b'~') {
            length = 4;
        }
        match TokenKind::of_word(&self.source[self.pos..self.pos + length]) {
            TokenKind::Identifier => (TokenKind::Error, 1),
            kind => (kind, length),
        }
    }
}

/// What Kusto takes for a blank or a line end.
fn is_whitespace(c: char) -> bool {
    matches!(
        c,
        '\t' | ' ' | '\r' | '\n' | '\u{c}' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'
            ..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{2028}' | '\u{2029}')
}

/// Whether a byte may stand in a word, by its value.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < table.len() {
        table[b] = (b as u8).is_ascii_alphanumeric() || b as u8 == b'_';
        b += 1;
    }
    table
};

fn is_word_byte(b: u8) -> bool {
    IN_WORD[usize::from(b)]
}

fn word_length(text: &[u8]) -> usize {
    text.iter().position(|b| !is_word_byte(*b)).unwrap_or(text.len())
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_digit()).count()
}

fn at(text: &[u8], index: usize) -> u8 {
    text.get(index).copied().unwrap_or(0)
}

/// The length of the escape that begins with this backslash.
pub(crate) fn escape_length(text: &[u8]) -> Option<usize> {
    let hex = |from: usize, count: usize| {
        let digits = text.get(from..from + count)?;
        digits.iter().all(u8::is_ascii_hexdigit).then_some(from + count)
    };
    match at(text, 1) {
        b'\\' | b'\'' | b'"' | b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' => Some(2),
        b'u' => hex(2, 4),
        b'U' => hex(2, 8),
        b'x' => hex(2, 2),
        first @ b'0'..=b'7' => {
            let octal = |i| matches!(at(text, i), b'0'..=b'7');
            Some(match (octal(2), octal(3) && first <= b'3') {
                (true, true) => 4,
                (true, false) => 3,
                (false, _) => 2,
            })
        }
        _ => None,
    }
}

fn raw_guid_length(text: &[u8]) -> Option<usize> {
    let guid = text.get(..36).filter(|guid| guid[8] == b'-')?;
    guid.iter()
        .enumerate()
        .all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
        .then_some(36)
}

fn exponent_length(text: &[u8]) -> usize {
    if !matches!(at(text, 0), b'e' | b'E') {
        return 0;
    }
    let sign = usize::from(matches!(at(text, 1), b'+' | b'-'));
    match digits(text.get(1 + sign..).unwrap_or(&[])) {
        0 => 0,
        n => 1 + sign + n,
    }
}

fn real_length(text: &[u8]) -> Option<usize> {
    let mut n = digits(text);
    if at(text, n) == b'.' && (at(text, n + 1) != b'.' || at(text, n + 2) == b'.') {
        n += 1;
        n += digits(&text[n..]);
        n += exponent_length(&text[n..]);
    } else {
        match exponent_length(&text[n..]) {
            0 => return None,
            e => n += e,
        }
    }
    (!is_word_byte(at(text, n))).then_some(n)
}

fn timespan_length(text: &[u8]) -> Option<usize> {
    let mut n = digits(text);
    if at(text, n) == b'.' {
        match digits(&text[n + 1..]) {
            0 => {}
            fraction => n += 1 + fraction,
        }
    }
    let unit = std::str::from_utf8(&text[n..n + word_length(&text[n..])]).ok()?;
    timespan_unit(unit).map(|_| n + unit.len())
}

fn long_length(text: &[u8]) -> Option<usize> {
    let n = if at(text, 0) == b'0' && matches!(at(text, 1), b'x' | b'X') {
        let hex = text[2..].iter().take_while(|b| b.is_ascii_hexdigit()).count();
        if hex == 0 {
            return None;
        }
        2 + hex
    } else {
        digits(text)
    };
    (!is_word_byte(at(text, n))).then_some(n)
}
