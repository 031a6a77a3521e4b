//! Expressions: pipes of query operators, names given to values, and lists of them. Below these stand the binary operators
//! ([`binary`]) and what they stand between ([`operand`]).

mod binary;
mod operand;

use self::binary::precedence;
use crate::diagnostics::messages;
use crate::operators::{self, OperatorKind, Place};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Name, Operator, Pipe};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

impl Parser<'_> {
    /// A scalar or tabular expression, with everything that is piped behind it.
    pub(crate) fn expression(&mut self) -> Option<Expr> {
        // Everything that nests goes through here: what is not needed on the way down has its own function,
        // to keep the stack small.
        let around = self.enter()?;
        let (start, reported) = (self.start(), self.has_error_here());
        let scalar = if self.at_operator() { None } else { self.unnamed_expression() };
        let expr = match scalar {
            Some(expr) if !self.at(TokenKind::Bar) => Some(expr),
            Some(expr) => Some(self.pipe_from(expr, start)),
            None => self.pipe_of_operators(start, reported),
        };
        self.leave(around);
        expr
    }

    pub(crate) fn required_expression(&mut self) -> Expr {
        match self.expression() {
            Some(expr) => expr,
            None => self.missing_expression(),
        }
    }

    /// `source | operator …`
    fn pipe_from(&mut self, source: Expr, start: Span) -> Expr {
        let mut pipe = match source.kind {
            ExprKind::Pipe(pipe) => pipe,
            _ => Pipe { source: Some(Box::new(source)), operators: Vec::new() },
        };
        self.piped(&mut pipe.operators);
        Expr { kind: ExprKind::Pipe(pipe), span: self.since(start) }
    }

    /// `operator | operator …`; a name, where the word that could begin an operator does not.
    fn pipe_of_operators(&mut self, start: Span, reported: bool) -> Option<Expr> {
        let before = self.findings();
        let Some(operator) = self.operator() else {
            return if self.at_operator() { self.unnamed_expression() } else { None };
        };
        let name = self.text(operator.keyword);
        let place = operators::of_keyword(name).map(|def| def.place);
        if place == Some(Place::Piped) && !reported {
            self.report_before(before, messages::operator_cannot_be_first(operator.keyword, name));
        }
        let mut pipe = Pipe { source: None, operators: vec![operator] };
        self.piped(&mut pipe.operators);
        Some(Expr { kind: ExprKind::Pipe(pipe), span: self.since(start) })
    }

    /// `| operator | operator …`
    pub(crate) fn piped(&mut self, operators: &mut Vec<Operator>) {
        while self.eat(TokenKind::Bar) {
            let operator = self.required_operator();
            if operators::of_keyword(self.text(operator.keyword)).is_some_and(|def| def.place == Place::First)
            {
                let name = self.text(operator.keyword);
                self.report(messages::operator_must_be_first(operator.keyword, name));
            }
            operators.push(operator);
        }
    }

    /// Operators without a source: the sub-query of `mv-apply`, `partition`, `fork` or `facet`.
    pub(crate) fn sub_query(&mut self) -> Expr {
        let parsed = self.nested(|p| {
            let start = p.start();
            let mut operators = vec![p.required_operator()];
            p.piped(&mut operators);
            Expr { kind: ExprKind::Pipe(Pipe { source: None, operators }), span: p.since(start) }
        });
        parsed.unwrap_or_else(|| self.error_expression())
    }

    /// Whether a word that begins an operator is meant as one, not as a name.
    fn at_operator(&self) -> bool {
        use TokenKind::*;
        match self.peek() {
            Evaluate => self.scan_name(1, NameUse::Reference) > 0 || self.at_parameter(1),
            Facet => self.nth(1) == By,
            Partition | Reduce => self.nth(1) == By || self.at_parameter(1),
            Range => {
                let name = self.scan_name(1, NameUse::Reference);
                name > 0 && self.nth(1 + name) == From
            }
            Render => self.nth(1) == Identifier || self.nth(1).is_word(),
            InlineExternalTable => matches!(self.nth(1), OpenParen | Kind),
            kind => !kind.is_name() && operators::of_kind(kind).is_some(),
        }
    }

    /// A query operator, if one begins here.
    pub(crate) fn operator(&mut self) -> Option<Operator> {
        let def = operators::of_kind(self.peek())?;
        // `count(…)` and `range(…)` are functions.
        if matches!(self.peek(), TokenKind::Count | TokenKind::Range) && self.nth(1) == TokenKind::OpenParen {
            return None;
        }
        let keyword = self.bump();
        self.nested(|p| {
            let parameters = p.operator_parameters(def.parameters);
            p.set_last_keyword(keyword);
            let kind = (def.parse)(p);
            Operator { kind, parameters, keyword, span: p.since(keyword) }
        })
    }

    /// A query operator, or an error up to the next `|`.
    fn required_operator(&mut self) -> Operator {
        if let Some(operator) = self.operator() {
            return operator;
        }
        let start = self.start();
        let mut keyword = self.end();
        if self.at(TokenKind::Identifier) {
            keyword = self.nth_span(0);
            let name = self.text(keyword);
            let suggestion = operators::suggest(name);
            self.complain(messages::operator_expected(keyword, Some(name), suggestion));
            self.bump();
        } else {
            self.complain(messages::operator_expected(keyword, None, None));
        }
        self.skip_to(&[]);
        Operator { kind: OperatorKind::Error, parameters: Vec::new(), keyword, span: self.since(start) }
    }

    // Named expressions and arguments.

    /// `name = value`, `(a, b) = value` or a value.
    pub(crate) fn named_expression(&mut self) -> Option<Expr> {
        let start = self.start();
        let names = self.assigned_names();
        if names.is_empty() {
            return self.unnamed_expression();
        }
        let value = Box::new(self.required_unnamed_expression());
        Some(Expr { kind: ExprKind::Named { names, value }, span: self.since(start) })
    }

    pub(crate) fn required_named_expression(&mut self) -> Expr {
        match self.named_expression() {
            Some(expr) => expr,
            None => self.missing_expression(),
        }
    }

    /// The names in front of `=`, which is taken, too.
    fn assigned_names(&mut self) -> Vec<Name> {
        let length = self.scan_name(0, NameUse::Declared);
        if length > 0 && self.nth(length) == TokenKind::Equal {
            let name = self.required_name(NameUse::Declared);
            self.bump();
            return vec![name];
        }
        let dashed = self.scan_dashed_name();
        if dashed > 0 && self.nth(dashed) == TokenKind::Equal {
            let start = self.start();
            (0..dashed).for_each(|_| {
                self.bump();
            });
            let span = self.since(start);
            let text = self.text(span).to_owned();
            self.report(messages::name_needs_brackets(span, &text));
            self.bump();
            return vec![Name { text, span }];
        }
        let list = self.scan_name_list();
        if list > 0 && self.nth(list) == TokenKind::Equal {
            self.bump();
            let mut names = Vec::new();
            while let Some(name) = self.name(NameUse::Declared) {
                names.push(name);
                self.eat(TokenKind::Comma);
            }
            if names.is_empty() {
                names.push(self.missing_name());
            }
            self.expect(TokenKind::CloseParen);
            self.bump();
            return names;
        }
        Vec::new()
    }

    /// `a-b-c`, which only brackets make a name.
    fn scan_dashed_name(&self) -> usize {
        let is_word = |n| self.nth(n) == TokenKind::Identifier || self.nth(n).is_word();
        if !is_word(0) {
            return 0;
        }
        let mut length = 1;
        while self.is_adjacent(length) && (is_word(length) || self.nth(length) == TokenKind::Minus) {
            length += 1;
        }
        length
    }

    /// `(a, b)`
    fn scan_name_list(&self) -> usize {
        if self.peek() != TokenKind::OpenParen {
            return 0;
        }
        let mut n = 1;
        loop {
            match self.scan_name(n, NameUse::Declared) {
                0 => break,
                length => n += length,
            }
            if self.nth(n) != TokenKind::Comma {
                break;
            }
            n += 1;
        }
        if self.nth(n) == TokenKind::CloseParen { n + 1 } else { 0 }
    }

    /// `(argument, …)` behind the name of a function.
    fn arguments(&mut self) -> Vec<Expr> {
        let Some(around) = self.enter() else {
            return Vec::new();
        };
        self.bump();
        let args = self.comma_list(List::ANY, Self::argument, Self::missing_expression);
        self.expect(TokenKind::CloseParen);
        self.leave(around);
        args
    }

    fn argument(&mut self) -> Option<Expr> {
        if self.at(TokenKind::Star) && matches!(self.nth(1), TokenKind::CloseParen | TokenKind::Comma) {
            return Some(self.star());
        }
        self.named_expression()
    }

    /// `*`
    pub(crate) fn star(&mut self) -> Expr {
        Expr { kind: ExprKind::Star, span: self.bump() }
    }

    // Operators by precedence.

    /// A scalar expression without a name; a table only where it is a name, a call or in parentheses.
    pub(crate) fn unnamed_expression(&mut self) -> Option<Expr> {
        let around = self.start_measuring();
        let expr = self.binary(precedence::OR);
        self.stop_measuring(around);
        expr
    }

    pub(crate) fn required_unnamed_expression(&mut self) -> Expr {
        match self.unnamed_expression() {
            Some(expr) => expr,
            None => self.missing_expression(),
        }
    }
}
