//! `parse`: Cuts a string into columns by a pattern; `parse-where` keeps only the rows that match.

use crate::operators::OperatorKind;
use crate::span::Span;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Cuts a string into columns by a pattern; `parse-where` keeps only the rows that match.
#[derive(Debug, Clone)]
pub struct Parse {
    /// `parse-where`
    pub filter: bool,
    /// What is parsed.
    pub value: Box<Expr>,
    /// The pattern behind `with`.
    pub pattern: Vec<ParsePart>,
}

/// One part of a `parse` pattern.
#[derive(Debug, Clone)]
pub enum ParsePart {
    /// Text that must stand there (a regex with `kind=regex`).
    Text(Expr),
    /// `*`: anything
    Star(Span),
    /// A column with its type, `string` where none was given.
    Column(Name, Option<Name>),
}

impl Parse {
    /// `parse value with "text" * column:type …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        Self::parse_filtered(p, false)
    }

    /// `parse-where value with "text" * column:type …`
    pub(crate) fn parse_where(p: &mut Parser) -> OperatorKind {
        Self::parse_filtered(p, true)
    }

    fn parse_filtered(p: &mut Parser, filter: bool) -> OperatorKind {
        let value = Box::new(p.required_unnamed_expression());
        p.expect(TokenKind::With);
        let mut pattern = Vec::new();
        while let Some(part) = Self::part(p) {
            pattern.push(part);
        }
        OperatorKind::Parse(Parse { filter, value, pattern })
    }

    fn part(p: &mut Parser) -> Option<ParsePart> {
        match p.peek() {
            TokenKind::Star => Some(ParsePart::Star(p.bump())),
            TokenKind::String => p.literal().map(ParsePart::Text),
            TokenKind::Colon => {
                let name = p.missing_name();
                p.bump();
                Some(ParsePart::Column(name, Some(p.column_type())))
            }
            _ => {
                let name = p.name(NameUse::Declared)?;
                let ty = p.eat(TokenKind::Colon).then(|| p.column_type());
                Some(ParsePart::Column(name, ty))
            }
        }
    }
}
