//! `in`, `has_any` and their like: a value and a list, an array or a table.

use super::equality::number_of;
use super::fold::cast;
use super::json::json_elements;
use super::{Binder, Value};
use crate::diagnostics::{binding as messages, messages::unsupported};
use crate::operators::relations::computed;
use crate::plan::{Expr, ExprKind, Rel};
use crate::span::Span;
use crate::syntax::ast::{self, Literal};
use crate::types::Type;

impl Binder<'_> {
    /// `in`, `has_any`, `has_all` and their like.
    pub(super) fn in_list(
        &mut self,
        op: &str,
        op_span: Span,
        left: &ast::Expr,
        list: &[ast::Expr],
        span: Span,
    ) -> Expr {
        let value = self.scalar(left);
        let mut elements = Vec::new();
        for element in list {
            match self.value(element) {
                Value::Scalar(e) => elements.push(e),
                Value::Table(rel) if list.len() == 1 => {
                    if !matches!(op, "in" | "!in") {
                        self.report_unresolved(left, &value, &[Type::String, Type::Dynamic]);
                    }
                    return self.in_table(op, op_span, value, rel, span);
                }
                Value::Table(_) => {
                    self.report(messages::scalar_expected(element.span));
                    return Expr { ty: Type::Bool, ..Expr::error(span) };
                }
            }
        }
        if elements.iter().all(|e| e.ty != Type::Unknown) && !matches!(op, "in" | "!in") {
            self.report_unresolved(left, &value, &[Type::String, Type::Dynamic]);
        }
        if value.ty == Type::Unknown || elements.iter().any(|e| e.ty == Type::Unknown) {
            return Expr { ty: Type::Bool, ..Expr::error(span) };
        }
        if matches!(op, "has_any" | "has_all") {
            let array = self.array_of(elements, span);
            return self.operator(op, vec![value, array], op_span, span);
        }
        let negated = op.starts_with('!');
        let ignore_case = op.ends_with('~');
        if ignore_case && !matches!(value.ty, Type::String | Type::Dynamic) {
            self.report(messages::type_expected(left.span, &[Type::String, Type::Dynamic], value.ty));
            return Expr { ty: Type::Bool, ..Expr::error(span) };
        }
        // One dynamic array among the elements: its members, known here or at run time.
        let mut list = Vec::new();
        for element in elements {
            match element.as_literal() {
                Some(Literal::Dynamic(json)) => match json_elements(json, element.span) {
                    Some(members) => list.extend(members),
                    None => list.push(element),
                },
                _ => list.push(element),
            }
        }
        if list.iter().any(|e| e.ty == Type::Dynamic && e.as_literal().is_none()) {
            let array = self.array_of(list, span);
            let op = match (negated, ignore_case) {
                (false, false) => "in",
                (true, false) => "!in",
                (false, true) => "in~",
                (true, true) => "!in~",
            };
            return self.operator(op, vec![value, array], op_span, span);
        }
        let value = match value.ty {
            Type::Dynamic => self.comparable_to(value, &list),
            Type::String if list.iter().all(|e| e.ty.is_integer()) && !list.is_empty() => {
                self.report(messages::text_compared(op_span, Type::Long));
                self.conversion(value, Type::Long)
            }
            _ => value,
        };
        if list.is_empty() {
            return Expr::literal(Literal::Bool(negated), span);
        }
        let target = if value.ty.is_number() {
            list.iter().filter(|e| e.ty.is_number()).fold(value.ty, |t, e| t.widest(e.ty).unwrap_or(t))
        } else {
            value.ty
        };
        let mut converted = Vec::new();
        if (target.is_number() || target == Type::Bool) && list.iter().any(|e| e.ty == Type::String) {
            self.report(messages::text_compared(op_span, target));
        }
        for element in list {
            match element.ty {
                ty if ty == target || super::overload::promotable(ty, target) => {
                    converted.push(cast(element, target));
                }
                // A guid or a number is looked for among strings by its text, and the other way round;
                // elements of other types are equal to nothing.
                _ => match self.literal_as(&element, target) {
                    Some(e) => converted.push(e),
                    None if element.as_literal().is_some()
                        && !(element.ty == Type::String && target.is_integer()) => {}
                    None => converted.push(self.conversion(element, target)),
                },
            }
        }
        if converted.is_empty() {
            return Expr::literal(Literal::Bool(negated), span);
        }
        let kind =
            ExprKind::In { value: Box::new(cast(value, target)), list: converted, ignore_case, negated };
        Expr { kind, ty: Type::Bool, span }
    }

    fn in_table(&mut self, op: &str, op_span: Span, value: Expr, rel: Rel, span: Span) -> Expr {
        let Some(first) = rel.visible().next().cloned() else {
            if !self.diagnostics.iter().any(|d| d.is_error() && span.start <= d.span.start) {
                self.report(messages::table_expected(span));
            }
            return Expr { ty: Type::Bool, ..Expr::error(span) };
        };
        if value.ty == Type::Unknown || first.ty == Type::Unknown {
            return Expr { ty: Type::Bool, ..Expr::error(span) };
        }
        if matches!(op, "has_any" | "has_all") || first.ty == Type::Dynamic {
            let array = Expr { kind: ExprKind::SubqueryArray(Box::new(rel)), ty: Type::Dynamic, span };
            return self.operator(op, vec![value, array], op_span, span);
        }
        let (value, table) = match (value.ty, first.ty) {
            (Type::Dynamic, ty) => (self.conversion(value, ty), rel),
            (Type::String, ty) if ty.is_integer() => {
                self.report(messages::text_compared(op_span, Type::Long));
                (self.conversion(value, Type::Long), rel)
            }
            (ty, Type::String) if ty.is_integer() => {
                self.report(messages::text_compared(op_span, Type::Long));
                let number = self.conversion(first.reference(span), Type::Long);
                (value, computed(rel, vec![(&first.name, number)]))
            }
            (Type::Guid, Type::String) => {
                let guid = self.conversion(first.reference(span), Type::Guid);
                (value, computed(rel, vec![(&first.name, guid)]))
            }
            (a, b) if a == b || (a.is_number() && b.is_number()) || (a, b) == (Type::String, Type::Guid) => {
                (value, rel)
            }
            (a, b) => {
                let why = format!("a {a} is not looked for among values of type {b}; convert one of them");
                self.report(unsupported(op_span, op, &why));
                return Expr { ty: Type::Bool, ..Expr::error(span) };
            }
        };
        let kind = ExprKind::InTable {
            value: Box::new(value),
            table: Box::new(table),
            ignore_case: op.ends_with('~'),
            negated: op.starts_with('!'),
        };
        Expr { kind, ty: Type::Bool, span }
    }

    /// A dynamic array of the elements: one that is an array already, or the values packed into one.
    fn array_of(&mut self, mut elements: Vec<Expr>, span: Span) -> Expr {
        if elements.len() == 1 && elements[0].ty == Type::Dynamic {
            return elements.remove(0);
        }
        if let Some(texts) = elements
            .iter()
            .map(|e| match e.as_literal() {
                Some(Literal::String(s)) => Some(crate::json::quoted(s)),
                _ => None,
            })
            .collect::<Option<Vec<_>>>()
        {
            return Expr::literal(Literal::Dynamic(format!("[{}]", texts.join(","))), span);
        }
        // Arrays among the elements contribute their members.
        if elements.iter().any(|e| e.ty == Type::Dynamic) {
            let arrays =
                elements
                    .into_iter()
                    .map(|e| {
                        if e.ty == Type::Dynamic { e } else { self.call_by_name("pack_array", vec![e], span) }
                    })
                    .collect();
            return self.call_by_name("array_concat", arrays, span);
        }
        self.call_by_name("pack_array", elements, span)
    }

    /// A dynamic value converted so that it can be compared with the elements of a list.
    fn comparable_to(&mut self, value: Expr, list: &[Expr]) -> Expr {
        let target = match list.iter().find(|e| e.ty != Type::Dynamic).map(|e| e.ty) {
            Some(Type::Int) => Type::Long,
            Some(ty) => ty,
            None => return value,
        };
        self.conversion(value, target)
    }

    /// A literal as one of another type, where it has a value there.
    fn literal_as(&self, element: &Expr, target: Type) -> Option<Expr> {
        let literal = match (element.as_literal()?, target) {
            (Literal::Long(n), Type::String) => Literal::String(n.to_string()),
            (Literal::Int(n), Type::String) => Literal::String(n.to_string()),
            (Literal::Bool(b), Type::Long) => Literal::Long(i64::from(*b)),
            (Literal::Guid(g), Type::String) => Literal::String(g.clone()),
            (Literal::String(s), Type::Int | Type::Long | Type::Real | Type::Bool) => number_of(s, target)?,
            (Literal::String(s), Type::Guid) => Literal::Guid(s.to_lowercase()),
            _ => return None,
        };
        Some(Expr::literal(literal, element.span))
    }
}
