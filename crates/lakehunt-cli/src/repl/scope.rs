//! Where in a query a place is, told from the tokens in front of it.

use std::ops::Range;

use kql2sql::operators;
use kql2sql::syntax::lexer::lex;
use kql2sql::syntax::token::{Token, TokenKind};

/// What may stand at a place.
pub enum Position {
    /// The keyword of an operator, behind `|`.
    Operator,
    /// The head of a pipe.
    Head,
    /// The member of a dynamic value, of which nothing is known.
    Member,
    /// The value of an operator's parameter.
    Value(&'static [&'static str]),
    /// A part of an expression or of an operator.
    Expression,
}

/// Where a place is.
pub struct Context {
    pub position: Position,
    /// Where the statement begins.
    pub statement: usize,
    /// The pipes that the place stands in, the innermost first: from the head up to the last `|` in front of the place.
    pub pipes: Vec<Range<usize>>,
    /// How many brackets are open.
    pub depth: usize,
    /// Whether aggregates may stand here.
    pub aggregates: bool,
    /// Whether a table may stand here.
    pub table: bool,
}

/// An open bracket, or the statement itself.
struct Level {
    /// Where its content begins.
    start: usize,
    /// The last `|` in it.
    bar: Option<usize>,
    /// The word behind that `|`.
    operator: Option<TokenKind>,
}

impl Level {
    fn new(start: usize) -> Level {
        Level { start, bar: None, operator: None }
    }
}

impl Context {
    /// The place behind `tokens`, of which there are no blanks and comments.
    pub fn of(query: &str, tokens: &[Token]) -> Context {
        let mut statement = 0;
        let mut outer: Vec<Level> = Vec::new();
        let mut level = Level::new(0);
        let mut previous = None;
        for token in tokens {
            let (begin, end) = (token.span.start as usize, token.span.end as usize);
            match token.kind {
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => {
                    outer.push(std::mem::replace(&mut level, Level::new(end)));
                }
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    level = outer.pop().unwrap_or(level);
                }
                TokenKind::Semicolon => {
                    if outer.is_empty() {
                        statement = end;
                    }
                    level = Level::new(end);
                }
                // `let name = …`: what is named begins here.
                TokenKind::Equal if outer.is_empty() && level.bar.is_none() => level = Level::new(end),
                TokenKind::Bar => {
                    level.bar = Some(begin);
                    level.operator = None;
                }
                kind if previous == Some(TokenKind::Bar) => level.operator = Some(kind),
                _ => {}
            }
            previous = Some(token.kind);
        }
        let depth = outer.len();
        outer.push(level);
        // An argument list is no pipe: what counts there is the pipe around it.
        let pipes = || outer.iter().rev().filter_map(|l| Some((l, l.bar?)));
        let operator = pipes().next().and_then(|(level, _)| level.operator);
        let in_pipe = pipes().next().is_some();
        let table = takes_table(tokens);
        let position = match previous {
            Some(TokenKind::Bar) => Position::Operator,
            None | Some(TokenKind::Semicolon | TokenKind::OpenBrace) => Position::Head,
            Some(TokenKind::Dot) => Position::Member,
            Some(TokenKind::Equal) => match values(query, tokens) {
                Some(values) => Position::Value(values),
                None if !in_pipe && depth == 0 => Position::Head,
                None => Position::Expression,
            },
            Some(TokenKind::OpenParen) if opens_pipe(tokens) => Position::Head,
            Some(_) => Position::Expression,
        };
        Context {
            position,
            statement,
            pipes: pipes().map(|(level, bar)| level.start..bar).collect(),
            depth,
            aggregates: operator.is_some_and(|operator| {
                matches!(
                    operator,
                    TokenKind::Summarize
                        | TokenKind::MakeSeries
                        | TokenKind::TopNested
                        | TokenKind::Evaluate
                        | TokenKind::MvApply
                        | TokenKind::MvDashApply
                )
            }),
            table,
        }
    }

    /// The names that `let` statements in front of the place give.
    pub fn names<'q>(&self, query: &'q str) -> Vec<&'q str> {
        let declarations = &query[..self.statement];
        let tokens: Vec<Token> =
            lex(declarations).into_iter().filter(|token| !token.kind.is_trivia()).collect();
        tokens
            .windows(3)
            .filter(|w| w[0].kind == TokenKind::Let && w[2].kind == TokenKind::Equal)
            .map(|w| w[1].span.text(declarations))
            .collect()
    }
}

/// The words that the parameter may have whose `=` ends `tokens`: `join kind=`.
fn values(query: &str, tokens: &[Token]) -> Option<&'static [&'static str]> {
    let [.., before, _] = tokens else { return None };
    let name = before.span.text(query);
    let operator =
        tokens.iter().rev().skip(2).find_map(|token| operators::of_keyword(token.span.text(query)))?;
    let parameter = operator.parameters?.iter().find(|parameter| parameter.name == name)?;
    (!parameter.values.is_empty()).then_some(parameter.values)
}

/// Whether the operator or the list that `tokens` end in takes tables: `join …`, `union A, …`, `in (…`.
fn takes_table(tokens: &[Token]) -> bool {
    let takes = |kind: TokenKind| {
        matches!(
            kind,
            TokenKind::Join | TokenKind::Union | TokenKind::Lookup | TokenKind::In | TokenKind::SetOperator
        )
    };
    for token in tokens.iter().rev() {
        match token.kind {
            kind if takes(kind) => return true,
            TokenKind::Bar | TokenKind::Semicolon | TokenKind::CloseParen | TokenKind::On => return false,
            _ => {}
        }
    }
    false
}

/// Whether the `(` that ends `tokens` opens a pipe: `join (`, `join kind=inner (`, `materialize(`, `toscalar(`.
fn opens_pipe(tokens: &[Token]) -> bool {
    let mut before = tokens.iter().rev().skip(1).map(|token| token.kind);
    match before.next() {
        None | Some(TokenKind::Materialize | TokenKind::ToScalar | TokenKind::ToTable) => true,
        Some(
            TokenKind::Join | TokenKind::Union | TokenKind::Lookup | TokenKind::Equal | TokenKind::Semicolon,
        ) => true,
        // `join kind=inner (`, `join hint.strategy=shuffle (`
        Some(_) => {
            before.next() == Some(TokenKind::Equal) && {
                let mut rest = before.filter(|kind| !matches!(kind, TokenKind::Dot | TokenKind::Identifier));
                matches!(
                    rest.find(|kind| *kind != TokenKind::Kind && *kind != TokenKind::Equal),
                    Some(TokenKind::Join | TokenKind::Union | TokenKind::Lookup)
                )
            }
        }
    }
}
