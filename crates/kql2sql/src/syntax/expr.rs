//! Expressions: operators by precedence, calls, paths, and pipes of query operators.

use crate::diagnostics::messages;
use crate::operators::{self, OperatorKind, Place};
use crate::span::Span;
use crate::syntax::ast::{ColumnDecl, Expr, ExprKind, Literal, Name, Operator, Pipe, UnaryOp};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::{self, TokenKind};

/// How tightly the binary operators bind. Those marked do not chain: `a < b < c` is an error.
mod precedence {
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    /// `== != in between …`; does not chain.
    pub(super) const EQUALITY: u8 = 3;
    /// `< <= > >=`; does not chain.
    pub(super) const RELATION: u8 = 4;
    pub(super) const SUM: u8 = 5;
    pub(super) const PRODUCT: u8 = 6;
    /// `has`, `contains`, `=~`, `:` …; does not chain.
    pub(super) const TEXT: u8 = 7;
}

/// The binary operator that the token at that distance is, by precedence and canonical text.
fn binary_operator(p: &Parser, n: usize) -> Option<(u8, &'static str)> {
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
            self.expect_close(TokenKind::CloseParen);
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
        self.expect_close(TokenKind::CloseParen);
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

    /// Operators that bind at least as tightly as `min`.
    fn binary(&mut self, min: u8) -> Option<Expr> {
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
        if !self.expect(TokenKind::OpenParen) {
            // One value without parentheses is what was meant.
            return self.unary().into_iter().collect();
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
        self.expect_close(TokenKind::CloseParen);
        list
    }

    /// `(low .. high)` behind `between`.
    fn interval(&mut self) -> (Expr, Expr) {
        let parsed = self.nested(|p| {
            p.expect(TokenKind::OpenParen);
            let low = p.required_unnamed_expression();
            p.expect(TokenKind::DotDot);
            let high = p.required_unnamed_expression();
            p.expect_close(TokenKind::CloseParen);
            (low, high)
        });
        parsed.unwrap_or_else(|| (self.error_expression(), self.error_expression()))
    }

    /// `-x`, `+x`, or a path. All that nests in an expression comes through here.
    fn unary(&mut self) -> Option<Expr> {
        crate::stack::reserved(|| self.unary_or_path())
    }

    fn unary_or_path(&mut self) -> Option<Expr> {
        let op = match self.peek() {
            TokenKind::Minus => UnaryOp::Minus,
            TokenKind::Plus => UnaryOp::Plus,
            _ => return self.postfix(),
        };
        let start = self.bump();
        let operand = match self.postfix() {
            Some(expr) => expr,
            None => self.missing_expression(),
        };
        self.grow();
        Some(Expr { kind: ExprKind::Unary { op, operand: Box::new(operand) }, span: self.since(start) })
    }

    /// A name with what is looked up in it, but no calls: `a.b['c'][0]`.
    pub(crate) fn simple_path(&mut self) -> Option<Expr> {
        let start = self.start();
        let mut expr = self.path_element()?;
        loop {
            expr = match self.peek() {
                TokenKind::Dot if self.scan_name(1, NameUse::Reference) > 0 => {
                    self.bump();
                    let bracketed = self.at(TokenKind::OpenBracket);
                    let name = self.required_name(NameUse::Reference);
                    let kind = ExprKind::Path { base: Box::new(expr), name, bracketed };
                    Expr { kind, span: self.since(start) }
                }
                TokenKind::Dot => self.member(expr, start),
                TokenKind::OpenBracket => self.indexed(expr, start),
                _ => return Some(expr),
            };
            self.grow();
        }
    }

    /// A primary expression with what is looked up in it: `.name`, `[index]`, `.call()`.
    fn postfix(&mut self) -> Option<Expr> {
        let start = self.start();
        let expr = if self.at(TokenKind::OpenParen) {
            self.parenthesized()
        } else if self.at_call() && !self.at(TokenKind::TypeOf) {
            self.call(None, start)
        } else if self.at_any(&[TokenKind::ToScalar, TokenKind::ToTable]) {
            self.sub_query_call()
        } else {
            self.primary()?
        };
        if matches!(self.peek(), TokenKind::Dot | TokenKind::OpenBracket) {
            return Some(self.postfix_of(expr, start));
        }
        Some(expr)
    }

    /// What is looked up in an expression.
    fn postfix_of(&mut self, mut expr: Expr, start: Span) -> Expr {
        loop {
            expr = match self.peek() {
                TokenKind::Dot => self.member(expr, start),
                TokenKind::OpenBracket => self.indexed(expr, start),
                _ => return expr,
            };
            self.grow();
        }
    }

    /// `base[index]`
    fn indexed(&mut self, base: Expr, start: Span) -> Expr {
        let index = self.index();
        let kind = ExprKind::Index { base: Box::new(base), index: Box::new(index) };
        Expr { kind, span: self.since(start) }
    }

    /// `.name`, `.['name']`, `.[index]`, `.call()`
    pub(crate) fn member(&mut self, base: Expr, start: Span) -> Expr {
        self.bump();
        if self.at_call() {
            return self.call(Some(base), start);
        }
        let bracketed = self.at(TokenKind::OpenBracket);
        if bracketed && self.scan_bracketed_name(0) == 0 {
            return self.indexed(base, start);
        }
        let name = if self.at_special_name() {
            self.word_as_name()
        } else if let Some(name) = self.name(NameUse::Reference) {
            name
        } else if self.peek().is_word() && self.is_adjacent(0) {
            self.missing("A name");
            self.word_as_name()
        } else {
            self.missing_name()
        };
        Expr { kind: ExprKind::Path { base: Box::new(base), name, bracketed }, span: self.since(start) }
    }

    /// `[index]`
    fn index(&mut self) -> Expr {
        let Some(around) = self.enter() else {
            return self.error_expression();
        };
        self.bump();
        let index = match self.unnamed_expression() {
            Some(index) => index,
            None => {
                self.missing("A name");
                self.error_expression()
            }
        };
        self.expect_close(TokenKind::CloseBracket);
        self.leave(around);
        index
    }

    // Primary expressions.

    fn primary(&mut self) -> Option<Expr> {
        use TokenKind::*;
        let start = self.start();
        let kind = match self.peek() {
            String => ExprKind::Literal(Literal::String(self.string_text())),
            TypedLiteral if self.at_present() => {
                let span = self.bump();
                ExprKind::Call { receiver: None, name: Name { text: "now".into(), span }, args: vec![] }
            }
            Long | Real | Bool | Timespan | TypedLiteral | RawGuid => ExprKind::Literal(self.literal_token()),
            DynamicType => {
                if !self.at_dynamic() {
                    return self.keyword_as_name();
                }
                ExprKind::Literal(self.dynamic())
            }
            DataTable | ExternalData | ExternalData2 => {
                let operator = self.operator()?;
                ExprKind::Pipe(Pipe { source: None, operators: vec![operator] })
            }
            TypeOf if self.nth(1) == OpenParen => ExprKind::TypeOf(self.type_of()),
            MaterializedViewCombine => {
                let span = self.bump();
                self.report(messages::unsupported_syntax(span, "`materialized-view-combine`"));
                self.skip_to(&[]);
                ExprKind::Error
            }
            _ => return self.path_element(),
        };
        Some(Expr { kind, span: self.since(start) })
    }

    /// A name where a value is expected.
    fn path_element(&mut self) -> Option<Expr> {
        let start = self.start();
        if self.at(TokenKind::OpenBracket) && self.scan_bracketed_name(0) == 0 {
            if self.scan_wildcard(1) > 0 {
                self.bump();
                let wildcard = self.wildcard();
                self.expect_close(TokenKind::CloseBracket);
                return wildcard;
            }
            // An index of nothing: the binder says what is missing in front of it.
            let index = self.index();
            return Some(Expr {
                kind: ExprKind::Index {
                    base: Box::new(Expr { kind: ExprKind::Error, span: start }),
                    index: Box::new(index),
                },
                span: self.since(start),
            });
        }
        let name = if self.at_special_name() || self.at(TokenKind::At) {
            let name = self.word_as_name();
            Expr { kind: ExprKind::Name { name: name.text, bracketed: false }, span: name.span }
        } else {
            match self.name_reference(NameUse::Reference) {
                Some(name) => name,
                None => return self.keyword_as_name(),
            }
        };
        self.data_scope();
        Some(name)
    }

    /// `datascope = all` behind the name of a table. There is one scope here, so it is left out.
    pub(crate) fn data_scope(&mut self) {
        if self.eat(TokenKind::DataScope) {
            self.expect(TokenKind::Equal);
            self.expect_word(&["all", "hotcache"]);
        }
    }

    /// Words that are names in spite of their place in the grammar.
    pub(crate) fn at_special_name(&self) -> bool {
        self.at_any(&[TokenKind::Kind, TokenKind::WithSource, TokenKind::WithSource2])
    }

    /// Whether a word of the grammar comes next where only a name can be meant, because of what follows.
    pub(crate) fn at_keyword_as_name(&self) -> bool {
        use TokenKind::*;
        let follows = self.nth(1);
        self.peek().is_word()
            && follows != LessGreater
            && (binary_operator(self, 1).is_some_and(|(_, op)| !matches!(op, "+" | "-"))
                || matches!(follows, CloseParen | CloseBracket | CloseBrace | Dot | Comma | Bar))
    }

    /// A word of the grammar that is used as a name.
    fn keyword_as_name(&mut self) -> Option<Expr> {
        if !self.at_keyword_as_name() {
            return None;
        }
        let name = self.word_as_name();
        self.report(messages::name_needs_brackets(name.span, &name.text));
        Some(Expr { kind: ExprKind::Name { name: name.text, bracketed: false }, span: name.span })
    }

    /// `(expression)`
    pub(crate) fn parenthesized(&mut self) -> Expr {
        let start = self.bump();
        let inner = self.required_expression();
        self.expect_close(TokenKind::CloseParen);
        Expr { kind: ExprKind::Parenthesized(Box::new(inner)), span: self.since(start) }
    }

    /// Whether the call of a function comes next.
    pub(crate) fn at_call(&self) -> bool {
        let name = self.scan_name(0, NameUse::Reference);
        name > 0 && self.nth(name) == TokenKind::OpenParen
    }

    /// `name(argument, …)`
    pub(crate) fn call(&mut self, receiver: Option<Expr>, start: Span) -> Expr {
        let name = self.required_name(NameUse::Reference);
        let args = self.arguments();
        Expr {
            kind: ExprKind::Call { receiver: receiver.map(Box::new), name, args },
            span: self.since(start),
        }
    }

    /// `toscalar(query)`, `totable(query)` and, in a `let`, `materialize(query)`.
    pub(crate) fn sub_query_call(&mut self) -> Expr {
        let start = self.start();
        let name = self.word_as_name();
        if self.at(TokenKind::Kind) && self.nth(1) == TokenKind::Equal {
            self.bump();
            self.bump();
            self.expect_word(&["nooptimization"]);
        }
        self.expect(TokenKind::OpenParen);
        let query = self.required_expression();
        self.expect_close(TokenKind::CloseParen);
        Expr { kind: ExprKind::Call { receiver: None, name, args: vec![query] }, span: self.since(start) }
    }

    /// `typeof(type)`, `typeof(*, name:type)`. A lone type is a column without a name.
    fn type_of(&mut self) -> Vec<ColumnDecl> {
        self.bump();
        self.bump();
        let lone =
            (self.at(TokenKind::Identifier) || self.peek().is_word()) && self.nth(1) != TokenKind::Colon;
        let columns = if lone {
            let ty = self.word_as_name();
            let name = Name { text: String::new(), span: Span { start: ty.span.start, end: ty.span.start } };
            vec![ColumnDecl { name, ty }]
        } else {
            self.comma_list(
                List::ANY,
                |p| {
                    if p.at(TokenKind::Star) {
                        let name = p.word_as_name();
                        let ty = name.clone();
                        return Some(ColumnDecl { name, ty });
                    }
                    p.column_decl()
                },
                Self::missing_column_decl,
            )
        };
        self.expect_close(TokenKind::CloseParen);
        columns
    }

    /// `typeof(type)` behind `to`.
    pub(crate) fn type_name(&mut self) -> Option<Name> {
        if self.at(TokenKind::TypeOf) && self.nth(1) == TokenKind::OpenParen {
            return self.type_of().pop().map(|column| column.ty);
        }
        self.missing("`typeof(…)`");
        None
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
