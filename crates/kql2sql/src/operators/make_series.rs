//! `make-series`: Arrays of aggregates over an axis.

use crate::operators::OperatorKind;
use crate::syntax::ast::Expr;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// Arrays of aggregates over an axis.
#[derive(Debug, Clone)]
pub struct MakeSeries {
    /// The aggregates with their `default=` values.
    pub aggregates: Vec<(Expr, Option<Expr>)>,
    /// `on column`
    pub on: Box<Expr>,
    /// `from … to … step …` or `in range(…)`
    pub range: SeriesRange,
    /// `by …`
    pub by: Vec<Expr>,
}

/// The axis of a series.
#[derive(Debug, Clone)]
pub enum SeriesRange {
    /// `from a to b step c`; `from` and `to` may be missing
    FromToStep {
        /// The first value, included.
        from: Option<Box<Expr>>,
        /// The end, not included.
        to: Option<Box<Expr>>,
        /// The distance of two points.
        step: Box<Expr>,
    },
    /// `in range(start, stop, step)`; stop is included
    InRange(Box<Expr>, Box<Expr>, Box<Expr>),
}

impl MakeSeries {
    /// `make-series aggregate default=value, … on column from a to b step c by …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let aggregates = p.comma_list(
            List::SOME.until(|p| p.at_any(&[TokenKind::On, TokenKind::From, TokenKind::In])),
            |p| {
                let aggregate = p.named_expression()?;
                let default = p.eat(TokenKind::Default).then(|| {
                    p.expect(TokenKind::Equal);
                    p.required_named_expression()
                });
                Some((aggregate, default))
            },
            |p| (p.missing_expression(), None),
        );
        p.expect(TokenKind::On);
        let on = Box::new(p.required_named_expression());
        let range = if p.at_any(&[TokenKind::From, TokenKind::To, TokenKind::Step]) {
            Self::from_to_step(p)
        } else {
            Self::in_range(p)
        };
        let by = if p.eat(TokenKind::By) {
            p.comma_list(List::OPEN, Parser::named_expression, Parser::missing_expression)
        } else {
            Vec::new()
        };
        OperatorKind::MakeSeries(MakeSeries { aggregates, on, range, by })
    }

    /// `from a to b step c`
    fn from_to_step(p: &mut Parser) -> SeriesRange {
        let mut clause = |keyword| p.eat(keyword).then(|| Box::new(p.required_unnamed_expression()));
        let (from, to) = (clause(TokenKind::From), clause(TokenKind::To));
        p.expect(TokenKind::Step);
        let step = Box::new(p.required_unnamed_expression());
        SeriesRange::FromToStep { from, to, step }
    }

    /// `in range(start, stop, step)`
    fn in_range(p: &mut Parser) -> SeriesRange {
        p.expect(TokenKind::In);
        p.expect(TokenKind::Range);
        let mut bounds = Vec::new();
        if p.expect(TokenKind::OpenParen) {
            bounds = p.comma_list(List::ANY, Parser::named_expression, Parser::missing_expression);
            p.expect_close(TokenKind::CloseParen);
        }
        let mut bounds = bounds.into_iter();
        let mut bound = || match bounds.next() {
            Some(bound) => Box::new(bound),
            None => Box::new(p.missing_expression()),
        };
        SeriesRange::InRange(bound(), bound(), bound())
    }
}
