//! Dynamic literals: JSON texts that the binder looks into.

use crate::plan::Expr;
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// The members of a JSON array of plain values, as literals; `None` for anything else.
pub(crate) fn json_elements(json: &str, span: Span) -> Option<Vec<Expr>> {
    let body = json.strip_prefix('[')?.strip_suffix(']')?;
    let mut elements = Vec::new();
    let mut rest = body.trim();
    while !rest.is_empty() {
        let (literal, tail) = if let Some(text) = rest.strip_prefix('"') {
            let (s, tail) = unescape_json(text)?;
            (Literal::String(s), tail)
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            let literal = match rest[..end].trim() {
                "true" => Literal::Bool(true),
                "false" => Literal::Bool(false),
                "null" => Literal::Null(Type::Dynamic),
                number => match number.parse::<i64>() {
                    Ok(n) => Literal::Long(n),
                    Err(_) => Literal::Real(number.parse().ok()?),
                },
            };
            (literal, &rest[end..])
        };
        elements.push(Expr::literal(literal, span));
        rest = match tail.trim_start() {
            "" => "",
            t => t.strip_prefix(',')?.trim_start(),
        };
    }
    Some(elements)
}

/// The text up to the closing quote, and what is behind it.
fn unescape_json(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            '"' => return Some((out, &text[i + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'b' => out.push('\u{8}'),
                'f' => out.push('\u{c}'),
                'u' => {
                    let mut unit = || -> Option<u32> {
                        let mut n = 0;
                        for _ in 0..4 {
                            n = n * 16 + chars.next()?.1.to_digit(16)?;
                        }
                        Some(n)
                    };
                    let first = unit()?;
                    let code = if (0xd800..0xdc00).contains(&first) {
                        if chars.next()?.1 != '\\' || chars.next()?.1 != 'u' {
                            return None;
                        }
                        let mut low = 0;
                        for _ in 0..4 {
                            low = low * 16 + chars.next()?.1.to_digit(16)?;
                        }
                        0x10000 + ((first - 0xd800) << 10) + low.checked_sub(0xdc00)?
                    } else {
                        first
                    };
                    out.push(char::from_u32(code)?);
                }
                other => out.push(other),
            },
            c => out.push(c),
        }
    }
    None
}

/// A JSON document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    /// A text.
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written.
    Plain(String),
    /// An array.
    Array(Vec<Json>),
    /// An object: its members in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The document that the text is; `None` where it is no JSON. A comma behind the last element is let pass, as Kusto does
    /// in mappings.
    pub(crate) fn parse(text: &str) -> Option<Json> {
        let (value, rest) = Json::read(text.trim_start(), 0)?;
        rest.trim().is_empty().then_some(value)
    }

    /// The member of that name, in whatever case.
    pub(crate) fn member(&self, name: &str) -> Option<&Json> {
        let Json::Object(members) = self else { return None };
        members.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The text, or what is written in place of one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) | Json::Plain(text) => Some(text),
            _ => None,
        }
    }

    fn read(text: &str, depth: usize) -> Option<(Json, &str)> {
        const DEEPEST: usize = 64;
        if depth > DEEPEST {
            return None;
        }
        match text.chars().next()? {
            '"' => unescape_json(&text[1..]).map(|(text, rest)| (Json::Text(text), rest)),
            '[' => {
                let (mut elements, mut rest) = (Vec::new(), text[1..].trim_start());
                while !rest.starts_with(']') {
                    let (element, behind) = Json::read(rest, depth + 1)?;
                    elements.push(element);
                    rest = next_element(behind, ']')?;
                }
                Some((Json::Array(elements), &rest[1..]))
            }
            '{' => {
                let (mut members, mut rest) = (Vec::new(), text[1..].trim_start());
                while !rest.starts_with('}') {
                    let (name, behind) = unescape_json(rest.strip_prefix('"')?)?;
                    let behind = behind.trim_start().strip_prefix(':')?.trim_start();
                    let (value, behind) = Json::read(behind, depth + 1)?;
                    members.push((name, value));
                    rest = next_element(behind, '}')?;
                }
                Some((Json::Object(members), &rest[1..]))
            }
            _ => {
                let end =
                    text.find(|c: char| !c.is_alphanumeric() && !"+-.".contains(c)).unwrap_or(text.len());
                (end > 0).then(|| (Json::Plain(text[..end].to_owned()), &text[end..]))
            }
        }
    }
}

/// What stands behind an element: the next one, or the bracket that closes the list.
fn next_element(text: &str, close: char) -> Option<&str> {
    let text = text.trim_start();
    if text.starts_with(close) { Some(text) } else { Some(text.strip_prefix(',')?.trim_start()) }
}
