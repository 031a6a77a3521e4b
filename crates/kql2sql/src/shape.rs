//! What is known of the values of a `dynamic`: the kinds that Kusto.Language tells apart.
//!
//! To a user there is one type `dynamic`. But a value that is known to be an array is not taken where a text is
//! wanted, and that of a column of which nothing is known is.

use crate::plan::{Expr, ExprKind};
use crate::syntax::ast::Literal;
use crate::types::Type;

/// What is known of the values of an expression or column whose type is `dynamic`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// Nothing.
    #[default]
    Any,
    /// Arrays of such elements.
    Array(Element),
    /// Bags of properties.
    Bag,
    /// Values of that type: `bool`, `long`, `real`, `string`, `datetime`, `timespan` or `guid`.
    Value(Type),
}

/// What is known of the elements of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// Nothing.
    Any,
    /// They are arrays.
    Array,
    /// They are bags of properties.
    Bag,
    /// They are values of that type.
    Value(Type),
}

impl Shape {
    /// An array of anything.
    pub const ARRAY: Shape = Shape::Array(Element::Any);
    /// An array of strings.
    pub const STRINGS: Shape = Shape::Array(Element::Value(Type::String));

    /// That of a value of the type, as part of a dynamic value.
    pub fn of_type(ty: Type) -> Shape {
        match ty {
            Type::Int | Type::Long => Shape::Value(Type::Long),
            Type::Bool | Type::Real | Type::String | Type::DateTime | Type::Timespan | Type::Guid => {
                Shape::Value(ty)
            }
            Type::Decimal | Type::Dynamic | Type::Unknown => Shape::Any,
        }
    }

    /// That of an array of values of this shape.
    pub fn array_of(self) -> Shape {
        Shape::Array(match self {
            Shape::Any => Element::Any,
            Shape::Array(_) => Element::Array,
            Shape::Bag => Element::Bag,
            Shape::Value(ty) => Element::Value(ty),
        })
    }

    /// That of the elements of an array, or of the members of what is no array.
    pub fn element(self) -> Shape {
        match self {
            Shape::Array(Element::Array) => Shape::ARRAY,
            Shape::Array(Element::Bag) => Shape::Bag,
            Shape::Array(Element::Value(ty)) => Shape::Value(ty),
            Shape::Array(Element::Any) | Shape::Any | Shape::Bag | Shape::Value(_) => Shape::Any,
        }
    }

    /// What is known of a value that has one of two shapes.
    pub fn common(self, other: Shape) -> Shape {
        match (self, other) {
            (a, b) if a == b => a,
            (Shape::Array(_), Shape::Array(_)) => Shape::ARRAY,
            _ => Shape::Any,
        }
    }

    /// Whether it may be a value of the type, or an array of such.
    pub fn may_be_array_of(self, ty: Type) -> bool {
        self == Shape::Any
            || self == Shape::ARRAY
            || self.element() == Shape::Value(ty)
            || self == Shape::Value(ty)
    }

    /// That of a dynamic literal, given as JSON.
    pub fn of_json(json: &str) -> Shape {
        let json = json.trim_start();
        match json.as_bytes().first() {
            Some(b'[') => elements(&json[1..]).map_or(Shape::ARRAY, Shape::array_of),
            Some(b'{') => Shape::Bag,
            Some(b'"') => Shape::Value(Type::String),
            Some(b't' | b'f') => Shape::Value(Type::Bool),
            Some(b'0'..=b'9' | b'-') => number(json),
            _ => Shape::Any,
        }
    }
}

impl Expr {
    /// The same, of which no more is known than that it is dynamic: what a parameter `x:dynamic` stands for.
    #[must_use]
    pub fn of_any_shape(self) -> Expr {
        match self {
            e if e.shape() == Shape::Any => e,
            Expr { kind: ExprKind::Column(name, _), ty, span } => {
                Expr { kind: ExprKind::Column(name, Shape::Any), ty, span }
            }
            e => Expr { ty: e.ty, span: e.span, kind: ExprKind::Cast(Box::new(e)) },
        }
    }

    /// What is known of its values, where they are dynamic.
    pub fn shape(&self) -> Shape {
        if self.ty != Type::Dynamic {
            return Shape::Any;
        }
        match &self.kind {
            ExprKind::Column(_, shape) => *shape,
            ExprKind::Literal(Literal::Dynamic(json)) => Shape::of_json(json),
            ExprKind::Call { function, overload, args }
            | ExprKind::Aggregate { function, overload, args, .. }
            | ExprKind::Window { function, overload, args, .. } => {
                crate::bind::overload::return_shape(&function.overloads[*overload], args)
            }
            ExprKind::Path { base, path } => path.iter().fold(base.shape(), |shape, _| shape.element()),
            ExprKind::Subquery(rel) => rel.visible().next().map_or(Shape::Any, |c| c.shape),
            _ => Shape::Any,
        }
    }
}

fn number(json: &str) -> Shape {
    let end = json.find([',', ']', '}', ' ']).unwrap_or(json.len());
    Shape::Value(if json[..end].contains(['.', 'e', 'E']) { Type::Real } else { Type::Long })
}

/// What the elements of an array have in common, from the text behind its bracket; `None` where that is nothing.
fn elements(mut rest: &str) -> Option<Shape> {
    let mut common = None;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with(']') {
            return common;
        }
        let shape = Shape::of_first(rest);
        if shape == Shape::Any || common.is_some_and(|c| c != shape) {
            return None;
        }
        common = Some(shape);
        rest = rest[value_end(rest)..].trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest);
    }
}

impl Shape {
    /// That of the value with which the text begins; of an array only that it is one.
    fn of_first(json: &str) -> Shape {
        if json.starts_with('[') { Shape::ARRAY } else { Shape::of_json(json) }
    }
}

/// Where the value ends with which the text begins.
fn value_end(json: &str) -> usize {
    let (mut depth, mut text, mut escaped) = (0_usize, false, false);
    for (i, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => {
                text = !text;
                if !text && depth == 0 {
                    return i + 1;
                }
            }
            _ if text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 0 => return i,
            b']' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            b',' if depth == 0 => return i,
            _ => {}
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_tells_its_shape() {
        for (json, shape) in [
            ("[1,2]", Shape::Array(Element::Value(Type::Long))),
            ("[1,2.5]", Shape::ARRAY),
            ("[]", Shape::ARRAY),
            ("[\"a,]\\\"\",\"b\"]", Shape::STRINGS),
            ("[[1],[\"x\"]]", Shape::Array(Element::Array)),
            ("[{\"a\":[1]},{}]", Shape::Array(Element::Bag)),
            ("[1,null]", Shape::ARRAY),
            ("{\"a\":1}", Shape::Bag),
            ("\"x\"", Shape::Value(Type::String)),
            ("-1.5", Shape::Value(Type::Real)),
            ("true", Shape::Value(Type::Bool)),
            ("null", Shape::Any),
        ] {
            assert_eq!(Shape::of_json(json), shape, "{json}");
        }
    }
}
