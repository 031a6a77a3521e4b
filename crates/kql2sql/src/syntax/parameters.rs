//! `name=value` behind the keyword of an operator, and lists of properties.

use crate::diagnostics::{messages, nearest};
use crate::operators::ParameterDef;
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name, OperatorParameter, UnaryOp};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;

/// Parameters that Kusto accepts behind every operator that takes parameters at all.
const KNOWN: &[&str] = &[
    "__crossCluster",
    "__crossDB",
    "__id",
    "__isFuzzy",
    "__noWithSource",
    "__packedColumn",
    "__sourceColumnIndex",
    "bagexpansion",
    "bin_legacy",
    "cycles",
    "decodeblocks",
    "expandoutput",
    "force_remote",
    "isfuzzy",
    "kind",
    "with_itemindex",
    "with_match_id",
    "with_source",
    "with_step_name",
    "withsource",
];

impl Parser<'_> {
    /// The parameters behind an operator's keyword. `None`: the operator takes none.
    pub(crate) fn operator_parameters(
        &mut self,
        defs: Option<&'static [ParameterDef]>,
    ) -> Vec<OperatorParameter> {
        let mut parameters = Vec::new();
        let Some(defs) = defs else {
            return parameters;
        };
        loop {
            let length = self.scan_parameter_name(0, defs);
            if length == 0 || self.nth(length) != TokenKind::Equal {
                return parameters;
            }
            let name = self.parameter_name(length);
            self.bump();
            let def = defs.iter().find(|def| def.name == name.text);
            let value = self.parameter_value(def);
            parameters.push(OperatorParameter { name, value });
        }
    }

    /// Whether a parameter that all operators know comes at that distance.
    pub(crate) fn at_parameter(&self, n: usize) -> bool {
        let length = self.scan_parameter_name(n, &[]);
        length > 0 && self.nth(n + length) == TokenKind::Equal
    }

    /// How many tokens the name of a parameter has: three for `hint.strategy`. 0 where no value can come behind it.
    fn scan_parameter_name(&self, n: usize, defs: &[ParameterDef]) -> usize {
        if !matches!(self.nth(n + 1), TokenKind::Equal | TokenKind::Dot) {
            return 0;
        }
        let text = self.nth_text(n);
        let is_word = |n| self.nth(n) == TokenKind::Identifier || self.nth(n).is_word();
        if text == "hint"
            && self.nth(n + 1) == TokenKind::Dot
            && self.is_adjacent(n + 1)
            && is_word(n + 2)
            && self.is_adjacent(n + 2)
        {
            return 3;
        }
        let known = KNOWN.contains(&text) || defs.iter().any(|def| def.name == text);
        usize::from(is_word(n) && known)
    }

    fn parameter_name(&mut self, length: usize) -> Name {
        let start = self.start();
        for _ in 0..length {
            self.bump();
        }
        let span = self.since(start);
        Name { text: self.text(span).to_owned(), span }
    }

    /// A literal or a name. Where only certain words are allowed, others are an error.
    fn parameter_value(&mut self, def: Option<&ParameterDef>) -> Expr {
        let allowed = def.map_or(&[] as &[_], |def| def.values);
        let start = self.start();
        let value = if allowed.contains(&self.nth_text(0)) {
            let name = self.word_as_name();
            Some(ExprKind::Name { name: name.text, bracketed: false })
        } else {
            self.literal_or_name()
        };
        let Some(kind) = value else {
            if allowed.is_empty() {
                self.missing("A value");
            } else {
                let span = self.missing_token_span();
                self.complain(messages::expected_one_of(span, allowed, None));
            }
            return self.error_expression();
        };
        let span = self.since(start);
        if let ExprKind::Name { name, .. } = &kind
            && !allowed.is_empty()
            && !allowed.iter().any(|word| word.eq_ignore_ascii_case(name))
        {
            let suggestion = nearest(name, allowed.iter().copied());
            self.report(messages::expected_one_of(span, allowed, suggestion));
        }
        Expr { kind, span }
    }

    /// A literal, perhaps with a sign, or a word.
    pub(crate) fn literal_or_name(&mut self) -> Option<ExprKind> {
        if let Some(literal) = self.literal() {
            return Some(literal.kind);
        }
        self.name_reference(NameUse::Reference).map(|name| name.kind)
    }

    /// A literal, perhaps with a sign.
    pub(crate) fn literal(&mut self) -> Option<Expr> {
        use TokenKind::*;
        let start = self.start();
        let kind = match self.peek() {
            String => ExprKind::Literal(Literal::String(self.string_text())),
            Long | Real | Bool | Timespan | TypedLiteral | RawGuid => ExprKind::Literal(self.literal_token()),
            DynamicType if self.at_dynamic() => ExprKind::Literal(self.dynamic()),
            Plus | Minus if self.is_adjacent(1) && matches!(self.nth(1), Long | Real | Timespan) => {
                let op = if self.at(Minus) { UnaryOp::Minus } else { UnaryOp::Plus };
                self.bump();
                if let Some(literal) = self.smallest_long(op, start) {
                    return Some(literal);
                }
                let start = self.start();
                let operand =
                    Box::new(Expr { kind: ExprKind::Literal(self.literal_token()), span: self.since(start) });
                ExprKind::Unary { op, operand }
            }
            OpenBrace => return self.name_reference(NameUse::Reference),
            _ => return None,
        };
        Some(Expr { kind, span: self.since(start) })
    }

    /// The smallest long, behind its sign: without it, the digits are no long. (In an expression the sign is
    /// an operator, and Kusto rejects the digits.)
    fn smallest_long(&mut self, sign: UnaryOp, start: Span) -> Option<Expr> {
        if sign != UnaryOp::Minus || !self.at(TokenKind::Long) || self.nth_text(0) != "9223372036854775808" {
            return None;
        }
        self.bump();
        Some(Expr { kind: ExprKind::Literal(Literal::Long(i64::MIN)), span: self.since(start) })
    }

    /// One of these words.
    pub(crate) fn expect_word(&mut self, words: &[&str]) -> Option<Name> {
        if words.contains(&self.nth_text(0)) {
            return Some(self.word_as_name());
        }
        let span = self.missing_token_span();
        let suggestion = nearest(self.nth_text(0), words.iter().copied());
        self.complain(messages::expected_one_of(span, words, suggestion));
        None
    }

    /// `(name = value, …)` behind `with`. A property with several values (`ycolumns = a, b`) stands in the
    /// list once for each.
    pub(crate) fn property_list(&mut self) -> Vec<OperatorParameter> {
        self.expect(TokenKind::OpenParen);
        self.eat(TokenKind::Comma);
        let mut last: Option<Name> = None;
        let properties = self.comma_list(
            List::ANY,
            |p| {
                let length = p.scan_name(0, NameUse::Declared).max(usize::from(p.peek().is_word()));
                let named = length > 0 && p.nth(length) == TokenKind::Equal;
                let name = match &last {
                    Some(name) if !named => name.clone(),
                    _ => {
                        let name =
                            if p.peek().is_word() { p.word_as_name() } else { p.name(NameUse::Declared)? };
                        p.expect(TokenKind::Equal);
                        name
                    }
                };
                let value = p.property_value(named || last.is_none())?;
                last = Some(name.clone());
                Some(OperatorParameter { name, value })
            },
            |p| {
                p.missing("A property `name = value`");
                OperatorParameter {
                    name: Name { text: String::new(), span: p.end() },
                    value: p.error_expression(),
                }
            },
        );
        self.expect(TokenKind::CloseParen);
        properties
    }

    fn property_value(&mut self, required: bool) -> Option<Expr> {
        let start = self.start();
        if let Some(literal) = self.literal() {
            return Some(literal);
        }
        if let Some(value) = self.unnamed_expression() {
            return Some(value);
        }
        if self.peek().is_word() {
            let name = self.word_as_name();
            return Some(Expr {
                kind: ExprKind::Name { name: name.text, bracketed: false },
                span: self.since(start),
            });
        }
        if required {
            self.missing("A value");
            return Some(self.error_expression());
        }
        None
    }
}
