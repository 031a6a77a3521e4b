//! What stands between binary operators: signs, paths, names, literals, calls, parentheses.

use super::binary::binary_operator;
use crate::diagnostics::messages;
use crate::span::Span;
use crate::syntax::ast::{ColumnDecl, Expr, ExprKind, Literal, Name, Pipe, UnaryOp};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

impl Parser<'_> {
    /// `-x`, `+x`, or a path. All that nests in an expression comes through here.
    pub(super) fn unary(&mut self) -> Option<Expr> {
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
        self.expect(TokenKind::CloseBracket);
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
                self.expect(TokenKind::CloseBracket);
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
        self.expect(TokenKind::CloseParen);
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
        self.expect(TokenKind::CloseParen);
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
        self.expect(TokenKind::CloseParen);
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
