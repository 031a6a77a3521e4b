//! `make-series`: Arrays of aggregates over an axis.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::Projection;
use crate::bind::projection::Style;
use crate::bind::table::refused;
use crate::operators::OperatorKind;
use crate::operators::summarize::add_aggregate;
use crate::plan::{PlanColumn, Rel};
use crate::syntax::ast::Expr;
use crate::syntax::ast::Operator;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

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

impl MakeSeries {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = Projection::default();
        for e in &self.by {
            binder.add_columns(&mut list, &scope, e, Style::Default, None);
        }
        let keys = list.columns.len();
        for (e, default) in &self.aggregates {
            add_aggregate(binder, &mut list, &scope, &[], e);
            if let Some(default) = default {
                binder.scalar(default);
            }
        }
        binder.add_columns(&mut list, &scope, &self.on, Style::Default, None);
        match &self.range {
            SeriesRange::FromToStep { from, to, step } => {
                for e in from.iter().chain(to) {
                    binder.scalar(e);
                }
                binder.scalar(step);
            }
            SeriesRange::InRange(start, stop, step) => {
                for e in [start, stop, step] {
                    binder.scalar(e);
                }
            }
        }
        let columns: Vec<PlanColumn> = list
            .columns
            .into_iter()
            .enumerate()
            .map(|(i, (c, _))| if i < keys { c } else { PlanColumn { ty: Type::Dynamic, ..c } })
            .collect();
        refused(op, columns, "it is not translated yet; `summarize … by bin(…)` has the same values as rows")
    }
}
