//! Names, wildcards, types and declared columns.

use crate::diagnostics::{messages, nearest};
use crate::syntax::ast::{ColumnDecl, Expr, ExprKind, Name};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// Where a name stands decides which words of the grammar it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameUse {
    /// A name that is used.
    Reference,
    /// A name that is declared: more words are allowed.
    Declared,
}

impl Parser<'_> {
    /// How many tokens the name at that distance has; 0 where there is none.
    pub(crate) fn scan_name(&self, n: usize, usage: NameUse) -> usize {
        match self.nth(n) {
            TokenKind::OpenBracket => self.scan_bracketed_name(n),
            kind => usize::from(match usage {
                NameUse::Reference => kind.is_name(),
                NameUse::Declared => kind.is_declared_name(self.nth_text(n)),
            }),
        }
    }

    /// `['a b']`
    pub(crate) fn scan_bracketed_name(&self, n: usize) -> usize {
        let mut length = 1;
        while self.nth(n + length) == TokenKind::String {
            length += 1;
        }
        if self.nth(n) == TokenKind::OpenBracket
            && length > 1
            && self.nth(n + length) == TokenKind::CloseBracket
        {
            length + 1
        } else {
            0
        }
    }

    /// A name, bracketed or not.
    pub(crate) fn name(&mut self, usage: NameUse) -> Option<Name> {
        let start = self.start();
        match self.scan_name(0, usage) {
            0 => self.client_parameter(),
            1 => {
                let span = self.bump();
                Some(Name { text: self.text(span).to_owned(), span })
            }
            _ => {
                self.bump();
                let text = self.string_text();
                self.bump();
                Some(Name { text, span: self.since(start) })
            }
        }
    }

    /// `{name}`, the placeholder of a client.
    pub(crate) fn at_client_parameter(&self) -> bool {
        self.at(TokenKind::OpenBrace)
            && (self.nth(1) == TokenKind::Identifier || self.nth(1).is_word())
            && self.nth(2) == TokenKind::CloseBrace
            && self.is_adjacent(1)
            && self.is_adjacent(2)
    }

    /// The placeholder of a client is reported and taken for a name.
    fn client_parameter(&mut self) -> Option<Name> {
        if !self.at_client_parameter() {
            return None;
        }
        let start = self.start();
        self.bump();
        let text = self.nth_text(0).to_owned();
        self.bump();
        self.bump();
        let span = self.since(start);
        self.report(messages::client_parameter(span, &text));
        Some(Name { text, span })
    }

    /// A name, or an error and an empty name.
    pub(crate) fn required_name(&mut self, usage: NameUse) -> Name {
        self.name(usage).unwrap_or_else(|| self.missing_name())
    }

    pub(crate) fn missing_name(&mut self) -> Name {
        self.missing("A name");
        Name { text: String::new(), span: self.end() }
    }

    /// A name as an expression.
    pub(crate) fn name_reference(&mut self, usage: NameUse) -> Option<Expr> {
        let bracketed = self.at(TokenKind::OpenBracket);
        self.name(usage)
            .map(|name| Expr { kind: ExprKind::Name { name: name.text, bracketed }, span: name.span })
    }

    /// How many tokens the wildcard at that distance has: `*`, `a*`, `a*b*`; 0 where there is none.
    pub(crate) fn scan_wildcard(&self, n: usize) -> usize {
        let mut length = match self.nth(n) {
            TokenKind::Star => 1,
            kind if (kind.is_declared_name(self.nth_text(n)))
                && self.nth(n + 1) == TokenKind::Star
                && self.is_adjacent(n + 1) =>
            {
                2
            }
            _ => return 0,
        };
        while self.is_adjacent(n + length)
            && match self.nth(n + length) {
                TokenKind::Star | TokenKind::Long => true,
                kind => kind.is_declared_name(self.nth_text(n + length)),
            }
        {
            length += 1;
        }
        length
    }

    /// `*`, `a*`, `a*b*`
    pub(crate) fn wildcard(&mut self) -> Option<Expr> {
        let length = self.scan_wildcard(0);
        if length == 0 {
            return None;
        }
        let start = self.start();
        for _ in 0..length {
            self.bump();
        }
        let span = self.since(start);
        let kind = match self.text(span) {
            "*" => ExprKind::Star,
            text => ExprKind::Wildcard(text.to_owned()),
        };
        Some(Expr { kind, span })
    }

    /// A name or a wildcard.
    pub(crate) fn name_or_wildcard(&mut self) -> Option<Expr> {
        self.wildcard().or_else(|| self.name_reference(NameUse::Reference))
    }

    /// A type of columns and parameters.
    pub(crate) fn column_type(&mut self) -> Name {
        let kind = self.peek();
        if kind.is_column_type() {
            return self.word_as_name();
        }
        if kind == TokenKind::Identifier
            || kind.is_word() && Type::parse(self.nth_text(0)).is_some()
            || kind.is_name()
        {
            let name = self.word_as_name();
            let types = Type::ALL.iter().map(|t| t.name());
            let suggestion = Type::parse(&name.text).map(Type::name).or_else(|| nearest(&name.text, types));
            self.report(messages::invalid_type(name.span, &name.text, suggestion));
            return name;
        }
        self.missing("The name of a type");
        Name { text: String::new(), span: self.end() }
    }

    /// Takes the next token as a name, whatever it is.
    pub(crate) fn word_as_name(&mut self) -> Name {
        let span = self.bump();
        Name { text: self.text(span).to_owned(), span }
    }

    /// `name:type`
    pub(crate) fn column_decl(&mut self) -> Option<ColumnDecl> {
        let name =
            if self.at(TokenKind::Colon) { self.missing_name() } else { self.name(NameUse::Declared)? };
        self.expect(TokenKind::Colon);
        Some(ColumnDecl { name, ty: self.column_type() })
    }

    pub(crate) fn missing_column_decl(&mut self) -> ColumnDecl {
        self.missing("A declaration `name:type`");
        let name = Name { text: String::new(), span: self.end() };
        ColumnDecl { name: name.clone(), ty: name }
    }

    /// `(a:string, b:long)`
    pub(crate) fn row_schema(&mut self) -> Vec<ColumnDecl> {
        if !self.at(TokenKind::OpenParen) {
            self.missing("The declaration of the columns, `(name:type, …)`,");
            return Vec::new();
        }
        self.bump();
        self.eat(TokenKind::Comma);
        let columns =
            self.comma_list(List::ANY.with_trailing_comma(), Self::column_decl, Self::missing_column_decl);
        self.expect(TokenKind::CloseParen);
        columns
    }
}
