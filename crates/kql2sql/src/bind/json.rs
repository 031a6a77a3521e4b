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
