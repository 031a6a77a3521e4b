//! Statements and functions.

use crate::diagnostics::messages;
use crate::syntax::ast::{
    Expr, ExprKind, Function, LetValue, Name, Parameter, ParameterType, Pattern, PatternCase, Script,
    Statement, StatementKind,
};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

impl Parser<'_> {
    /// The whole text.
    pub(crate) fn script(&mut self) -> Script {
        self.directives();
        let mut script = Script::default();
        loop {
            self.statements(&mut script);
            if self.at(TokenKind::End) {
                return script;
            }
            self.unexpected_text();
        }
    }

    /// `#name …` at the head of the text.
    fn directives(&mut self) {
        while self.at(TokenKind::Directive) {
            let span = self.bump();
            let name = self.text(span)[1..]
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
                .unwrap_or("");
            let start = span.start as usize + 1;
            let name_span = crate::span::Span::new(start, start + name.len());
            self.report(messages::unknown_directive(name_span, name));
        }
    }

    /// Statements up to something that begins none.
    fn statements(&mut self, script: &mut Script) {
        while let Some(statement) = self.statement() {
            script.statements.push(statement);
            if self.eat(TokenKind::Semicolon) {
                continue;
            }
            if !self.begins_statement() {
                return;
            }
            let (span, text) = (self.missing_token_span(), self.nth_text(0));
            self.complain(messages::expected_statement_end(span, text));
        }
    }

    /// Whether the next token begins an expression or a statement.
    fn begins_statement(&self) -> bool {
        use TokenKind::*;
        match self.peek() {
            String | Long | Real | Bool | Timespan | TypedLiteral | RawGuid | OpenParen | Plus | Minus
            | OpenBracket | DataTable | ExternalData | ExternalData2 | ToScalar | ToTable | At | Set => true,
            DynamicType => self.nth(1) == OpenParen,
            kind => {
                kind.is_name()
                    || self.at_client_parameter()
                    || self.at_special_name()
                    || self.at_keyword_as_name()
                    || crate::operators::of_kind(kind).is_some()
            }
        }
    }

    /// Text that begins no statement is left out up to the next `;` or `|`.
    fn unexpected_text(&mut self) {
        let span = self.nth_span(0);
        let text = self.text(span);
        match self.peek() {
            // The lexer says what is wrong with it.
            TokenKind::Error => {}
            TokenKind::Dot if self.position() == 0 => {
                self.complain(messages::control_command(span));
            }
            _ => self.complain(messages::unexpected_text(span, text)),
        }
        self.bump();
        self.skip_to(&[]);
        while self.at_any(&[TokenKind::CloseParen, TokenKind::CloseBracket, TokenKind::CloseBrace]) {
            self.bump();
            self.skip_to(&[]);
        }
        let mut left_out = Vec::new();
        self.piped(&mut left_out);
        self.eat(TokenKind::Semicolon);
    }

    fn statement(&mut self) -> Option<Statement> {
        let start = self.start();
        let kind = match (self.peek(), self.nth(1)) {
            (TokenKind::Alias, TokenKind::Database) => self.alias(),
            (TokenKind::Let, _) if self.scan_name(1, NameUse::Reference) > 0 => self.let_(),
            (TokenKind::Set, _) => self.set_option(),
            (TokenKind::Declare, TokenKind::Pattern) => self.pattern(),
            (TokenKind::Declare, TokenKind::QueryParameters) => self.query_parameters(),
            (TokenKind::Restrict, TokenKind::Access) => self.restrict(),
            _ => StatementKind::Query(self.expression()?),
        };
        Some(Statement { kind, span: self.since(start) })
    }

    /// `alias database name = cluster('…').database('…')`
    fn alias(&mut self) -> StatementKind {
        self.bump();
        self.bump();
        let name = self.required_name(NameUse::Reference);
        self.expect(TokenKind::Equal);
        let value = self.required_unnamed_expression();
        StatementKind::Alias { name, value }
    }

    /// `set name`, `set name = value`
    fn set_option(&mut self) -> StatementKind {
        self.bump();
        let name = self.required_name(NameUse::Reference);
        let value = self.eat(TokenKind::Equal).then(|| self.required_unnamed_expression());
        StatementKind::Set { name, value }
    }

    /// `declare query_parameters(name:type = default, …)`
    fn query_parameters(&mut self) -> StatementKind {
        self.bump();
        self.bump();
        self.expect(TokenKind::OpenParen);
        let parameters = self.comma_list(List::SOME, Self::parameter, Self::missing_parameter);
        self.expect(TokenKind::CloseParen);
        StatementKind::QueryParameters(parameters)
    }

    /// `declare pattern name`, `declare pattern name = (parameter:string, …)[path:string] { … }`
    fn pattern(&mut self) -> StatementKind {
        self.bump();
        self.bump();
        let name = self.required_name(NameUse::Reference);
        let mut cases = Vec::new();
        if self.eat(TokenKind::Equal) {
            self.expect(TokenKind::OpenParen);
            self.comma_list(List::SOME, Self::parameter, Self::missing_parameter);
            self.expect(TokenKind::CloseParen);
            if self.eat(TokenKind::OpenBracket) {
                if self.parameter().is_none() {
                    self.missing_parameter();
                }
                self.expect(TokenKind::CloseBracket);
            }
            if self.expect(TokenKind::OpenBrace) {
                while self.at(TokenKind::OpenParen) {
                    cases.push(self.pattern_case());
                }
                self.expect(TokenKind::CloseBrace);
            }
        }
        StatementKind::Pattern(Pattern { name, cases })
    }

    /// `("value", …).["path"] = { body };`
    fn pattern_case(&mut self) -> PatternCase {
        let start = self.start();
        self.expect(TokenKind::OpenParen);
        let values = self.comma_list(List::SOME, Self::literal, Self::missing_expression);
        self.expect(TokenKind::CloseParen);
        let path = self.eat(TokenKind::Dot).then(|| {
            self.expect(TokenKind::OpenBracket);
            let path = match self.literal() {
                Some(path) => path,
                None => self.missing_expression(),
            };
            self.expect(TokenKind::CloseBracket);
            path
        });
        self.expect(TokenKind::Equal);
        let mut body = Script::default();
        if self.expect(TokenKind::OpenBrace) {
            body = self.function_body();
            self.expect(TokenKind::CloseBrace);
        }
        self.eat(TokenKind::Semicolon);
        let body =
            Function { view: false, parameters: vec![], body: Box::new(body), span: self.since(start) };
        PatternCase { values, path, body: body.into() }
    }

    /// `restrict access to (a, b, database('x').*)`
    fn restrict(&mut self) -> StatementKind {
        self.bump();
        self.bump();
        self.expect(TokenKind::To);
        self.expect(TokenKind::OpenParen);
        let entities = self.comma_list(List::SOME, Self::entity, Self::missing_expression);
        self.expect(TokenKind::CloseParen);
        if self.eat(TokenKind::With) {
            self.property_list();
        }
        StatementKind::Restrict(entities)
    }

    /// A table by name, wildcard or path, as in `union` and `find in`.
    pub(crate) fn entity(&mut self) -> Option<Expr> {
        if self.scan_wildcard(0) > 0 {
            return self.wildcard();
        }
        let start = self.start();
        let mut expr = if self.at_call() {
            self.call(None, start)
        } else if self.at(TokenKind::OpenBracket) && self.scan_wildcard(1) > 0 {
            self.bump();
            let wildcard = self.wildcard();
            self.expect(TokenKind::CloseBracket);
            wildcard?
        } else if self.at_special_name() {
            let name = self.word_as_name();
            Expr { kind: ExprKind::Name { name: name.text, bracketed: false }, span: name.span }
        } else {
            self.name_reference(NameUse::Reference)?
        };
        while self.at(TokenKind::Dot) {
            if self.scan_wildcard(1) > 0 {
                self.bump();
                let wildcard_start = self.start();
                self.wildcard();
                let span = self.since(wildcard_start);
                expr = Expr {
                    kind: ExprKind::Path {
                        base: Box::new(expr),
                        name: Name { text: self.text(span).to_owned(), span },
                        bracketed: false,
                    },
                    span: self.since(start),
                };
                break;
            }
            expr = self.member(expr, start);
            self.grow();
        }
        self.data_scope();
        Some(expr)
    }

    // Let and functions.

    /// `let name = …`
    fn let_(&mut self) -> StatementKind {
        self.bump();
        let name = self.required_name(NameUse::Reference);
        self.expect(TokenKind::Equal);
        let value = match self.peek() {
            TokenKind::Materialize => LetValue::Expr(self.sub_query_call()),
            TokenKind::EntityGroup if self.nth(1) != TokenKind::OpenParen => {
                LetValue::Expr(self.entity_group())
            }
            _ if self.at_function() => LetValue::Function(self.function()),
            _ => LetValue::Expr(self.required_expression()),
        };
        StatementKind::Let { name, value }
    }

    /// `entity_group [a, b]`
    fn entity_group(&mut self) -> Expr {
        let start = self.start();
        let span = self.bump();
        self.report(messages::unsupported_syntax(span, "`entity_group`"));
        if self.expect(TokenKind::OpenBracket) {
            self.comma_list(List::SOME, Self::unnamed_expression, Self::missing_expression);
            self.expect(TokenKind::CloseBracket);
        }
        Expr { kind: ExprKind::Error, span: self.since(start) }
    }

    /// Whether a function follows: `view (…) {`, `() {`, `(name:type …`.
    fn at_function(&self) -> bool {
        let offset = usize::from(self.at(TokenKind::View));
        if self.nth(offset) != TokenKind::OpenParen {
            return false;
        }
        match self.nth(offset + 1) {
            TokenKind::CloseParen | TokenKind::Star => true,
            _ => {
                let name = self.scan_name(offset + 1, NameUse::Declared);
                name > 0 && self.nth(offset + 1 + name) == TokenKind::Colon
            }
        }
    }

    fn function(&mut self) -> Function {
        let start = self.start();
        let view = self.eat(TokenKind::View);
        self.expect(TokenKind::OpenParen);
        let parameters = self.comma_list(List::ANY, Self::parameter, Self::missing_parameter);
        self.expect(TokenKind::CloseParen);
        let mut body = Script::default();
        if self.expect(TokenKind::OpenBrace) {
            body = self.nested(Self::function_body).unwrap_or_default();
            self.expect(TokenKind::CloseBrace);
        }
        Function { view, parameters, body: Box::new(body), span: self.since(start) }
    }

    /// Statements, then an expression, up to the closing brace.
    fn function_body(&mut self) -> Script {
        let mut body = Script::default();
        loop {
            let start = self.start();
            let kind = match (self.peek(), self.nth(1)) {
                (TokenKind::Let, _) if self.scan_name(1, NameUse::Reference) > 0 => self.let_(),
                (TokenKind::Declare, TokenKind::QueryParameters) => self.query_parameters(),
                _ => break,
            };
            body.statements.push(Statement { kind, span: self.since(start) });
            self.expect(TokenKind::Semicolon);
        }
        let start = self.start();
        if let Some(expr) = self.expression() {
            body.statements.push(Statement { kind: StatementKind::Query(expr), span: self.since(start) });
        }
        self.eat(TokenKind::Semicolon);
        body
    }

    /// `name:type = default`, `name:(column:type, …)`
    pub(crate) fn parameter(&mut self) -> Option<Parameter> {
        let name =
            if self.at(TokenKind::Colon) { self.missing_name() } else { self.name(NameUse::Declared)? };
        self.expect(TokenKind::Colon);
        let ty = if self.at(TokenKind::OpenParen) {
            self.table_type()
        } else {
            ParameterType::Scalar(self.column_type())
        };
        let default = self.eat(TokenKind::Equal).then(|| self.default_value());
        Some(Parameter { name, ty, default })
    }

    /// `(*)`, `(a:string, b:long)`
    fn table_type(&mut self) -> ParameterType {
        if self.nth(1) == TokenKind::Star {
            self.bump();
            self.bump();
            self.expect(TokenKind::CloseParen);
            ParameterType::Table(None)
        } else {
            ParameterType::Table(Some(self.row_schema()))
        }
    }

    fn default_value(&mut self) -> Expr {
        let start = self.start();
        match self.literal_or_name() {
            Some(kind) => Expr { kind, span: self.since(start) },
            None => self.missing_expression(),
        }
    }

    pub(crate) fn missing_parameter(&mut self) -> Parameter {
        self.missing("A parameter `name:type`");
        let name = Name { text: String::new(), span: self.end() };
        Parameter { name: name.clone(), ty: ParameterType::Scalar(name), default: None }
    }
}
