//! Binary operators by precedence.

use crate::diagnostics::messages;
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::{self, TokenKind};

/// How tightly the binary operators bind. Those marked do not chain: `a < b < c` is an error.
pub(super) mod precedence {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    /// `== != in between …`; does not chain.
    pub const EQUALITY: u8 = 3;
    /// `< <= > >=`; does not chain.
    pub const RELATION: u8 = 4;
    pub const SUM: u8 = 5;
    pub const PRODUCT: u8 = 6;
    /// `has`, `contains`, `=~`, `:` …; does not chain.
    pub const TEXT: u8 = 7;
}

/// The binary operator that the token at that distance is, by precedence and canonical text.
pub(super) fn binary_operator(p: &Parser, n: usize) -> Option<(u8, &'static str)> {
    use TokenKind::*;
    Some(match p.nth(n) {
        Or => (precedence::OR, "or"),
        And => (precedence::AND, "and"),
        EqualEqual => (precedence::EQUALITY, "=="),
        BangEqual | LessGreater => (precedence::EQUALITY, "!="),
        In | SetOperator => (precedence::EQUALITY, token::set_operator(p.nth_text(n))?),
        Between => (precedence::EQUALITY, "between"),
        NotBetween => (precedence::EQUALITY, "!between"),
        Less => (precedence::RELATION, "<"),
        LessEqual => (precedence::RELATION, "<="),
        Greater => (precedence::RELATION, ">"),
        GreaterEqual => (precedence::RELATION, ">="),
        Plus => (precedence::SUM, "+"),
        Minus => (precedence::SUM, "-"),
        Star => (precedence::PRODUCT, "*"),
        Slash => (precedence::PRODUCT, "/"),
        Percent => (precedence::PRODUCT, "%"),
        EqualTilde => (precedence::TEXT, "=~"),
        BangTilde => (precedence::TEXT, "!~"),
        Colon => (precedence::TEXT, ":"),
        StringOperator => (precedence::TEXT, token::string_operator(p.nth_text(n))?),
        _ => return None,
    })
}

/// Chains of `and` and `or` longer than this become a balanced tree. Both are associative, and a list of
/// thousands of conditions would else be a tree that high.
const LONG_CHAIN: usize = 32;

impl Parser<'_> {
    /// Operators that bind at least as tightly as `min`.
    pub(super) fn binary(&mut self, min: u8) -> Option<Expr> {
        let start = self.start();
        let star = self.at(TokenKind::Star)
            && match binary_operator(self, 1) {
                Some((level, op)) => level == precedence::TEXT || op == "==",
                None => false,
            };
        let mut left = if star { self.star() } else { self.unary()? };
        // An operator that binds more tightly than the last one is left to nobody: it was refused on the
        // right side of the last one, because its level does not chain.
        let mut below = u8::MAX;
        while let Some((level, op)) = binary_operator(self, 0) {
            if level < min || level >= below {
                break;
            }
            if self.at(TokenKind::In) && self.nth(1) == TokenKind::Range {
                break;
            }
            below = match level {
                precedence::EQUALITY | precedence::RELATION | precedence::TEXT => level,
                _ => level + 1,
            };
            left = match op {
                "and" | "or" => self.chain(left, level, op),
                _ => self.binary_right(left, level, op, start),
            };
            self.grow();
        }
        Some(left)
    }

    /// The operator that comes next and its right side.
    fn binary_right(&mut self, left: Expr, level: u8, op: &'static str, start: Span) -> Expr {
        let op_span = self.bump();
        let left = Box::new(left);
        let kind = match op {
            "in" | "!in" | "in~" | "!in~" | "has_any" | "has_all" => {
                ExprKind::In { op, op_span, left, list: self.set() }
            }
            "between" | "!between" => {
                let (low, high) = self.interval();
                ExprKind::Between {
                    negated: op == "!between",
                    op_span,
                    value: left,
                    low: Box::new(low),
                    high: Box::new(high),
                }
            }
            _ => ExprKind::Binary { op, op_span, left, right: Box::new(self.right_operand(level, op)) },
        };
        Expr { kind, span: self.since(start) }
    }

    fn right_operand(&mut self, level: u8, op: &'static str) -> Expr {
        let expr = match self.enter() {
            Some(around) => {
                let expr = self.binary(level + 1);
                self.leave(around);
                expr
            }
            None => None,
        };
        match expr {
            Some(expr) => expr,
            None if op == "!=" => {
                self.complain(messages::missing_after_not_equal(self.end()));
                self.error_expression()
            }
            None => self.missing_expression(),
        }
    }

    /// `a and b and c …`
    fn chain(&mut self, first: Expr, level: u8, op: &'static str) -> Expr {
        let kind = self.peek();
        let mut operands = vec![first];
        let mut spans = Vec::new();
        while self.at(kind) {
            spans.push(self.bump());
            operands.push(self.right_operand(level, op));
            if spans.len() <= LONG_CHAIN {
                self.grow();
            }
        }
        let expr = if operands.len() <= LONG_CHAIN {
            left_deep(op, operands, spans)
        } else {
            balanced(op, operands, spans)
        };
        expr.unwrap_or_else(|| self.error_expression())
    }

    /// `(a, b)` or `(table | …)` behind `in`.
    fn set(&mut self) -> Vec<Expr> {
        if !self.eat(TokenKind::OpenParen) {
            let missing = messages::expected(self.missing_token_span(), "(");
            self.complain(missing.with_help("the values stand in parentheses: `in (\"a\", \"b\")`"));
            // One value without parentheses is what was meant.
            let value = self.unary().unwrap_or_else(|| self.missing_expression());
            return vec![value];
        }
        let mut first = true;
        let list = self.comma_list(
            List::SOME,
            |p| {
                // Only a lone element can be a table with operators piped behind it.
                let may_be_table = std::mem::take(&mut first) && p.nth(1) != TokenKind::Comma;
                if may_be_table { p.expression() } else { p.unnamed_expression() }
            },
            Self::missing_expression,
        );
        self.expect(TokenKind::CloseParen);
        list
    }

    /// `(low .. high)` behind `between`.
    fn interval(&mut self) -> (Expr, Expr) {
        let parsed = self.nested(|p| {
            p.expect(TokenKind::OpenParen);
            let low = p.required_unnamed_expression();
            p.expect(TokenKind::DotDot);
            let high = p.required_unnamed_expression();
            p.expect(TokenKind::CloseParen);
            (low, high)
        });
        parsed.unwrap_or_else(|| (self.error_expression(), self.error_expression()))
    }
}

fn join(op: &'static str, left: Expr, op_span: Span, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let kind = ExprKind::Binary { op, op_span, left: Box::new(left), right: Box::new(right) };
    Expr { kind, span }
}

/// `[[a op b] op c]`
fn left_deep(op: &'static str, operands: Vec<Expr>, spans: Vec<Span>) -> Option<Expr> {
    let mut operands = operands.into_iter();
    let first = operands.next()?;
    Some(operands.zip(spans).fold(first, |left, (right, span)| join(op, left, span, right)))
}

/// `[[a op b] op [c op d]]`: neighbours are joined until one is left.
fn balanced(op: &'static str, mut operands: Vec<Expr>, mut spans: Vec<Span>) -> Option<Expr> {
    while operands.len() > 1 {
        let mut joined = Vec::with_capacity(operands.len().div_ceil(2));
        let (mut rest, mut rest_spans) = (operands.into_iter(), spans.into_iter());
        spans = Vec::new();
        while let Some(left) = rest.next() {
            joined.push(match (rest.next(), rest_spans.next()) {
                (Some(right), Some(span)) => join(op, left, span, right),
                _ => left,
            });
            spans.extend(rest_spans.next());
        }
        operands = joined;
    }
    operands.pop()
}
