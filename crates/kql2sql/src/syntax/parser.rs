//! The cursor over the tokens: looking ahead, reporting, recovering, and the guard against deep nesting.

use crate::diagnostics::{Diagnostic, messages};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::lexer::Lexer;
use crate::syntax::token::{Token, TokenKind};

/// How deep the parser descends: into parentheses, calls, sub-queries, and into the right sides of operators.
/// A debug build needs up to 2 MiB of stack for it.
const MAX_DEPTH: u32 = 370;

/// How high the tree of an expression may become. (A chain of `+` makes it higher with every operand, without
/// any descent.) What walks the tree needs stack in proportion to it.
const MAX_HEIGHT: u32 = 500;

/// The parser: a position in the tokens and what was found so far.
pub(crate) struct Parser<'a> {
    source: &'a str,
    /// The tokens without blanks and comments; the last one is [`TokenKind::End`].
    tokens: Vec<Token>,
    /// What the lexer found, by position in `tokens`, in order; reported when the token is taken.
    lexical: std::iter::Peekable<std::vec::IntoIter<(usize, Diagnostic)>>,
    pos: usize,
    diagnostics: Vec<Diagnostic>,
    /// The position of the last syntax error: one position gives one error.
    last_error: Option<usize>,
    depth: u32,
    /// The height of the tallest expression since this was last reset.
    height: u32,
    /// The keyword of the operator whose parsing began last.
    last_keyword: Span,
    /// Set where the nesting became too deep; the rest of the text is ignored.
    gave_up: bool,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let mut lexer = Lexer::new(source);
        // A word and the blank behind it take about eight bytes.
        let mut tokens = Vec::with_capacity(source.len() / 8 + 1);
        let mut lexical = Vec::new();
        while let Some(token) = lexer.next() {
            if lexer.has_problem() {
                lexical.extend(lexer.take_problem().map(|problem| (tokens.len(), problem)));
            }
            if !token.kind.is_trivia() {
                tokens.push(token);
            }
        }
        tokens.push(Token { kind: TokenKind::End, span: Span::new(source.len(), source.len()) });
        Parser {
            source,
            tokens,
            lexical: lexical.into_iter().peekable(),
            pos: 0,
            diagnostics: Vec::new(),
            last_error: None,
            depth: 0,
            height: 0,
            last_keyword: Span::default(),
            gave_up: false,
        }
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    // Looking ahead.

    /// The kind of the next token.
    pub(crate) fn peek(&self) -> TokenKind {
        self.nth(0)
    }

    /// The kind of the token at that distance.
    pub(crate) fn nth(&self, n: usize) -> TokenKind {
        self.token(n).kind
    }

    /// The text of the token at that distance.
    pub(crate) fn nth_text(&self, n: usize) -> &'a str {
        self.token(n).span.text(self.source)
    }

    pub(crate) fn nth_span(&self, n: usize) -> Span {
        self.token(n).span
    }

    fn token(&self, n: usize) -> Token {
        let last = self.tokens.len() - 1;
        self.tokens[(self.pos + n).min(last)]
    }

    pub(crate) fn at(&self, kind: TokenKind) -> bool {
        self.peek() == kind
    }

    pub(crate) fn at_any(&self, kinds: &[TokenKind]) -> bool {
        kinds.contains(&self.peek())
    }

    /// Whether the token at that distance follows the one in front of it without a blank.
    pub(crate) fn is_adjacent(&self, n: usize) -> bool {
        let index = self.pos + n;
        index > 0
            && index < self.tokens.len()
            && self.tokens[index - 1].span.end == self.tokens[index].span.start
    }

    pub(crate) fn position(&self) -> usize {
        self.pos
    }

    /// The start of the next token.
    pub(crate) fn start(&self) -> Span {
        let start = self.token(0).span.start;
        Span { start, end: start }
    }

    /// The end of the last token that was taken, as an empty span.
    pub(crate) fn end(&self) -> Span {
        let end = match self.pos.checked_sub(1) {
            Some(last) => self.tokens[last].span.end,
            None => 0,
        };
        Span { start: end, end }
    }

    /// The keyword of the operator whose parsing begins.
    pub(crate) fn last_keyword(&self) -> Span {
        self.last_keyword
    }

    pub(crate) fn set_last_keyword(&mut self, keyword: Span) {
        self.last_keyword = keyword;
    }

    /// From a start to the last token that was taken.
    pub(crate) fn since(&self, start: Span) -> Span {
        Span { start: start.start, end: self.end().end.max(start.start) }
    }

    pub(crate) fn text(&self, span: Span) -> &'a str {
        span.text(self.source)
    }

    /// What commonly ends a list: a closing bracket, `|`, `;` or the end of the text.
    pub(crate) fn at_list_end(&self) -> bool {
        matches!(
            self.peek(),
            TokenKind::CloseParen
                | TokenKind::CloseBracket
                | TokenKind::CloseBrace
                | TokenKind::Bar
                | TokenKind::Semicolon
                | TokenKind::End
        )
    }

    // Taking tokens.

    /// Takes the next token, and reports what the lexer found wrong with it.
    pub(crate) fn bump(&mut self) -> Span {
        let span = self.token(0).span;
        if self.pos + 1 < self.tokens.len() {
            while self.lexical.peek().is_some_and(|(at, _)| *at <= self.pos) {
                let problem = self.lexical.next().map(|(_, problem)| problem);
                self.diagnostics.extend(problem.filter(|_| !self.gave_up));
            }
            self.pos += 1;
        }
        span
    }

    /// Takes the next token if it is of that kind.
    pub(crate) fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    /// Takes the next token, which should be of that kind.
    pub(crate) fn expect(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        if !found {
            let span = self.missing_token_span();
            self.complain(messages::expected(span, kind.text()));
        }
        found
    }

    // Reporting and recovering.

    /// Reports a finding.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if !self.gave_up {
            self.diagnostics.push(diagnostic);
        }
    }

    /// How many findings there are: the place of the next one.
    pub(crate) fn findings(&self) -> usize {
        self.diagnostics.len()
    }

    /// Reports a finding in front of those that were made since: that of a whole before those of its parts.
    pub(crate) fn report_before(&mut self, since: usize, diagnostic: Diagnostic) {
        if !self.gave_up {
            self.diagnostics.insert(since.min(self.diagnostics.len()), diagnostic);
        }
    }

    /// Reports a syntax error at the next token, unless there is one already.
    pub(crate) fn complain(&mut self, diagnostic: Diagnostic) {
        if self.last_error != Some(self.pos) {
            self.last_error = Some(self.pos);
            self.report(diagnostic);
        }
    }

    /// Whether there is a syntax error at the next token already.
    pub(crate) fn has_error_here(&self) -> bool {
        self.last_error == Some(self.pos)
    }

    /// Where a missing token belongs: at the next token if that is near, else behind the last one.
    pub(crate) fn missing_token_span(&self) -> Span {
        let (end, next) = (self.end(), self.token(0).span);
        let between = Span { start: end.end, end: next.start };
        let near = next.start - end.end < 2 && !self.text(between).contains(['\r', '\n']);
        if near { next } else { end }
    }

    /// Reports that something is missing in front of the next token.
    pub(crate) fn missing(&mut self, what: &str) {
        let span = self.end();
        if self.has_error_here() && self.diagnostics.last().is_some_and(|d| d.span.start > span.start) {
            // What was missed in front of it was said of the next token.
            self.last_error = None;
        }
        let diagnostic = if self.peek().is_word() {
            messages::missing_before_word(span, what, self.nth_text(0))
        } else {
            messages::missing(span, what)
        };
        self.complain(diagnostic);
    }

    /// Reports a missing expression and stands in for it.
    pub(crate) fn missing_expression(&mut self) -> Expr {
        self.missing("An expression");
        self.error_expression()
    }

    pub(crate) fn error_expression(&self) -> Expr {
        Expr { kind: ExprKind::Error, span: self.end() }
    }

    /// Leaves out tokens up to one of these, or to `|`, `;`, a closing bracket or the end. Brackets inside
    /// are left out as a whole.
    pub(crate) fn skip_to(&mut self, kinds: &[TokenKind]) {
        let mut open = 0u32;
        while !self.at(TokenKind::End) {
            if open == 0 && (self.at_any(kinds) || self.at_list_end()) {
                return;
            }
            match self.peek() {
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => open += 1,
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    open -= 1;
                }
                TokenKind::Semicolon => return,
                _ => {}
            }
            self.bump();
        }
    }

    // The guard against deep nesting.

    /// Goes one level deeper and counts the height from 0 on; `None` where that is too deep. What it returns,
    /// the height around, is to be given to [`leave`](Self::leave).
    pub(crate) fn enter(&mut self) -> Option<u32> {
        if self.depth >= MAX_DEPTH {
            self.give_up();
            return None;
        }
        self.depth += 1;
        Some(self.start_measuring())
    }

    /// Comes back from one level deeper: what was parsed there is one level higher.
    pub(crate) fn leave(&mut self, around: u32) {
        self.depth -= 1;
        self.grow();
        self.stop_measuring(around);
    }

    /// Runs `parse` one level deeper. `None` where that is too deep.
    pub(crate) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let around = self.enter()?;
        let result = crate::stack::reserved(|| parse(self));
        self.leave(around);
        Some(result)
    }

    /// Counts the height from 0 on, so that [`grow`](Self::grow) adds to that of the next expression alone.
    /// Returns what [`stop_measuring`](Self::stop_measuring) takes.
    pub(crate) fn start_measuring(&mut self) -> u32 {
        std::mem::take(&mut self.height)
    }

    /// The height is that of the tallest expression, here and around.
    pub(crate) fn stop_measuring(&mut self, around: u32) {
        self.height = self.height.max(around);
    }

    /// The expression at hand became one level higher.
    pub(crate) fn grow(&mut self) {
        self.height += 1;
        if self.height > MAX_HEIGHT {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        if !self.gave_up {
            let span = self.token(0).span;
            self.report(messages::too_deep(span));
            self.gave_up = true;
        }
        self.pos = self.tokens.len() - 1;
    }

    // Lists.

    /// A list separated by commas, as Kusto recovers in it: where a comma is missing but another element
    /// follows, the list goes on.
    pub(crate) fn comma_list<T>(
        &mut self,
        list: List,
        mut element: impl FnMut(&mut Self) -> Option<T>,
        missing: impl Fn(&mut Self) -> T,
    ) -> Vec<T> {
        let at_end = |p: &Self| list.end.is_some_and(|end| p.at_list_end() || end(p));
        let mut items = Vec::new();
        let mut next = if at_end(self) { None } else { element(self) };
        if next.is_none() && self.at(TokenKind::Comma) {
            next = Some(missing(self));
        }
        while let Some(item) = next.take() {
            items.push(item);
            if self.at(TokenKind::End) || at_end(self) {
                break;
            }
            if self.eat(TokenKind::Comma) {
                next = if at_end(self) { None } else { element(self) };
                if next.is_none() && (self.at(TokenKind::Comma) || !list.trailing_comma) {
                    let stand_in = missing(self);
                    if self.at(TokenKind::Comma) {
                        next = Some(stand_in);
                    } else {
                        items.push(stand_in);
                    }
                }
            } else if list.end.is_some() {
                let (before, span) = (self.pos, self.missing_token_span());
                let errors = self.diagnostics.len();
                next = element(self);
                if next.is_some() && self.pos > before {
                    // The comma stands in front of the element, so that its error does, too.
                    if !self.gave_up {
                        self.diagnostics.insert(errors, messages::expected(span, ","));
                    }
                } else {
                    next = None;
                }
            }
        }
        if items.is_empty() && list.one_or_more {
            items.push(missing(self));
        }
        items
    }
}

/// What a list separated by commas may look like.
#[derive(Clone, Copy)]
pub(crate) struct List {
    /// Where the list ends, besides the [common ends](Parser::at_list_end). `None`: where no comma follows.
    pub(crate) end: Option<fn(&Parser) -> bool>,
    /// Whether an empty list is an error.
    pub(crate) one_or_more: bool,
    /// Whether a comma may stand behind the last element.
    pub(crate) trailing_comma: bool,
}

impl List {
    /// Any number of elements up to one of the common ends.
    pub(crate) const ANY: List = List { end: Some(|_| false), one_or_more: false, trailing_comma: false };

    /// At least one element, up to one of the common ends.
    pub(crate) const SOME: List = List { one_or_more: true, ..List::ANY };

    /// At least one element, as long as there are commas.
    pub(crate) const OPEN: List = List { end: None, ..List::SOME };

    /// The same, with a comma allowed behind the last element.
    pub(crate) const fn with_trailing_comma(self) -> List {
        List { trailing_comma: true, ..self }
    }

    /// The same, ended by more than the common ends.
    pub(crate) const fn until(self, end: fn(&Parser) -> bool) -> List {
        List { end: Some(end), ..self }
    }
}
