//! `dynamic(…)`: JSON whose leaves may be Kusto literals, written out as canonical JSON.

use crate::diagnostics::messages;
use crate::json::push_string;
use crate::syntax::ast::Literal;
use crate::syntax::literal;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::time::{parse_timespan, write_datetime, write_timespan};
use crate::types::Type;

impl Parser<'_> {
    /// Whether `dynamic(` comes next.
    pub(crate) fn at_dynamic(&self) -> bool {
        self.at(TokenKind::DynamicType) && self.nth(1) == TokenKind::OpenParen
    }

    /// `dynamic(…)`
    pub(crate) fn dynamic(&mut self) -> Literal {
        let json = self.dynamic_json();
        if json == "null" { Literal::Null(Type::Dynamic) } else { Literal::Dynamic(json) }
    }

    fn dynamic_json(&mut self) -> String {
        self.bump();
        self.bump();
        let mut json = String::new();
        if self.json_value(&mut json).is_none() {
            self.missing("A JSON value");
            json.push_str("null");
        }
        self.expect(TokenKind::CloseParen);
        json
    }

    /// Adds a JSON value to `out`.
    fn json_value(&mut self, out: &mut String) -> Option<()> {
        match self.peek() {
            TokenKind::Minus => {
                if !matches!(self.nth(1), TokenKind::Long | TokenKind::Real) {
                    return None;
                }
                self.bump();
                out.push('-');
                self.json_number(out);
            }
            TokenKind::Long | TokenKind::Real => self.json_number(out),
            TokenKind::Bool => {
                let span = self.bump();
                out.push_str(&self.text(span).to_ascii_lowercase());
            }
            TokenKind::Null => {
                self.bump();
                out.push_str("null");
            }
            TokenKind::String => push_string(out, &self.string_text()),
            TokenKind::Timespan | TokenKind::TypedLiteral | TokenKind::RawGuid => {
                let value = self.literal_token();
                write_json_literal(&value, out);
            }
            TokenKind::DynamicType if self.nth(1) == TokenKind::OpenParen => {
                let inner = self.nested(Self::dynamic_json).unwrap_or_default();
                out.push_str(&inner);
            }
            TokenKind::OpenBracket => {
                self.nested(|p| p.json_array(out))?;
            }
            TokenKind::OpenBrace => {
                self.nested(|p| p.json_object(out))?;
            }
            _ => return None,
        }
        Some(())
    }

    fn json_number(&mut self, out: &mut String) {
        let span = self.bump();
        let text = self.text(span);
        let valid = text
            .bytes()
            .zip(text.bytes().skip(1).chain([b' ']))
            .all(|(a, b)| a != b'.' || b.is_ascii_digit())
            && !(text.starts_with('0') && text[1..].starts_with(|c: char| c.is_ascii_alphanumeric()));
        if valid {
            out.push_str(text);
        } else if let Some(value) = literal::long(text) {
            out.push_str(&value.to_string());
        } else {
            out.push_str(&format!("{:?}", literal::real(text).unwrap_or(0.0)));
        }
    }

    fn json_array(&mut self, out: &mut String) {
        self.bump();
        out.push('[');
        let mut first = true;
        self.comma_list(
            List::ANY,
            |p| {
                let before = out.len();
                if !first {
                    out.push(',');
                }
                let value = p.json_value(out);
                if value.is_none() {
                    out.truncate(before);
                }
                first &= value.is_none();
                value
            },
            |p| p.missing("A JSON value"),
        );
        self.expect(TokenKind::CloseBracket);
        out.push(']');
    }

    fn json_object(&mut self, out: &mut String) {
        self.bump();
        out.push('{');
        let mut first = true;
        self.comma_list(
            List::ANY,
            |p| {
                if !p.at(TokenKind::String) {
                    return None;
                }
                if !first {
                    out.push(',');
                }
                first = false;
                let span = p.bump();
                push_string(out, &literal::string(p.text(span)));
                p.expect(TokenKind::Colon);
                out.push(':');
                if p.json_value(out).is_none() {
                    p.missing("A JSON value");
                    out.push_str("null");
                }
                Some(())
            },
            |p| p.missing("A JSON property `\"name\": value`"),
        );
        self.expect(TokenKind::CloseBrace);
        out.push('}');
    }

    /// The joined text of the string literals that come next.
    pub(crate) fn string_text(&mut self) -> String {
        let mut text = String::new();
        while self.at(TokenKind::String) {
            let span = self.bump();
            let part = literal::string(self.text(span));
            if text.is_empty() {
                text = part;
            } else {
                text.push_str(&part);
            }
        }
        text
    }

    /// Whether `datetime()` or `datetime(now)` comes next: the time at which the query runs.
    pub(crate) fn at_present(&self) -> bool {
        let text = self.text(self.nth_span(0));
        let inner = text.split_once('(').filter(|(word, _)| Type::parse(word) == Some(Type::DateTime));
        let inner = inner.and_then(|(_, rest)| rest.strip_suffix(')')).map(str::trim);
        inner.is_some_and(|inner| inner.is_empty() || inner.eq_ignore_ascii_case("now"))
    }

    /// The value of the literal token that comes next, except strings and `dynamic`.
    pub(crate) fn literal_token(&mut self) -> Literal {
        let kind = self.peek();
        let span = self.bump();
        let text = self.text(span);
        let (ty, value) = match kind {
            TokenKind::Bool => return Literal::Bool(text.eq_ignore_ascii_case("true")),
            TokenKind::Long => (Type::Long, literal::long(text).map(Literal::Long)),
            TokenKind::Real => (Type::Real, literal::real(text).map(Literal::Real)),
            TokenKind::Timespan => (Type::Timespan, parse_timespan(text).map(Literal::Timespan)),
            TokenKind::RawGuid => {
                self.report(messages::raw_guid(span, text));
                return Literal::Guid(text.to_ascii_lowercase());
            }
            _ => {
                let (word, inner) = text.split_once('(').unwrap_or((text, ""));
                let inner = inner.strip_suffix(')').unwrap_or(inner);
                let ty = Type::parse(word).unwrap_or(Type::Unknown);
                let value = literal::typed(ty, inner);
                // An unclosed literal was reported already.
                if value.is_none() && text.ends_with(')') {
                    let is_name = inner.trim().starts_with(|c: char| c.is_ascii_alphabetic());
                    self.report(if is_name {
                        messages::literal_of_a_name(span, ty.name(), inner)
                    } else {
                        messages::malformed_literal(span, ty.name(), inner)
                    });
                }
                return value.unwrap_or(Literal::Null(ty));
            }
        };
        value.unwrap_or_else(|| {
            self.report(messages::malformed_literal(span, ty.name(), text));
            Literal::Null(ty)
        })
    }
}

/// Adds a literal as JSON. What JSON has no notion of becomes a string.
fn write_json_literal(value: &Literal, out: &mut String) {
    match value {
        Literal::Bool(v) => out.push_str(if *v { "true" } else { "false" }),
        Literal::Int(v) => out.push_str(&v.to_string()),
        Literal::Long(v) => out.push_str(&v.to_string()),
        Literal::Real(v) if v.is_finite() => out.push_str(&format!("{v:?}")),
        Literal::Real(v) if v.is_nan() => out.push_str("\"NaN\""),
        Literal::Real(v) => out.push_str(if *v > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" }),
        Literal::Decimal(v) => out.push_str(v),
        Literal::String(v) | Literal::Guid(v) => push_string(out, v),
        Literal::DateTime(v) => {
            out.push('"');
            write_datetime(*v, out);
            out.push('"');
        }
        Literal::Timespan(v) => {
            out.push('"');
            write_timespan(*v, out);
            out.push('"');
        }
        Literal::Dynamic(v) => out.push_str(v),
        Literal::Null(_) => out.push_str("null"),
    }
}
