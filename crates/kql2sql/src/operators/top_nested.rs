//! `top-nested`: The top values, within each the top values of the next level.

use crate::operators::OperatorKind;
use crate::operators::sort;
use crate::syntax::ast::{Expr, Ordered};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// The top values, within each the top values of the next level.
#[derive(Debug, Clone)]
pub struct TopNested {
    /// The levels, outermost first.
    pub levels: Vec<TopNestedLevel>,
}

/// One level: `top-nested 3 of column with others = "rest" by count() desc`
#[derive(Debug, Clone)]
pub struct TopNestedLevel {
    /// How many; all where it is missing.
    pub count: Option<Expr>,
    /// `of value`
    pub of: Expr,
    /// `with others = value`
    pub others: Option<Expr>,
    /// `by aggregate asc|desc`
    pub by: Ordered,
}

impl TopNested {
    /// `top-nested n of value by aggregate, top-nested …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let mut first = true;
        let levels = p.comma_list(
            List::SOME,
            |p| {
                // The driver took the first keyword.
                if !std::mem::take(&mut first) && !p.eat(TokenKind::TopNested) {
                    return None;
                }
                Some(Self::level(p))
            },
            |p| {
                p.missing("A level `top-nested …`");
                TopNestedLevel {
                    count: None,
                    of: p.error_expression(),
                    others: None,
                    by: sort::required_key(p),
                }
            },
        );
        OperatorKind::TopNested(TopNested { levels })
    }

    /// `3 of column with others = "rest" by count() desc`
    fn level(p: &mut Parser) -> TopNestedLevel {
        let count = if p.at(TokenKind::Of) { None } else { p.named_expression() };
        p.expect(TokenKind::Of);
        let of = p.required_named_expression();
        let others = p.eat(TokenKind::With).then(|| {
            p.expect(TokenKind::Others);
            p.expect(TokenKind::Equal);
            p.required_unnamed_expression()
        });
        p.expect(TokenKind::By);
        let by = sort::required_key(p);
        TopNestedLevel { count, of, others, by }
    }
}
