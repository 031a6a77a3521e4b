//! `parse`: Cuts a string into columns by a pattern; `parse-where` keeps only the rows that match.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::projection::project;
use crate::diagnostics::{binding, messages};
use crate::json::quoted;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, ParameterDef, Place, form, parameter};
use crate::plan::{self, Node, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, Name};
use crate::syntax::ast::{ExprKind, Literal, Operator};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

const PARSE_KIND: ParameterDef = parameter("kind", &["simple", "regex", "relaxed"]);

/// The entry of `parse`.
pub(super) const PARSE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Parse],
    doc: "Cuts a string into columns by a pattern.",
    page: "parse-operator",
    place: Place::Piped,
    parameters: Some(&[PARSE_KIND, parameter("flags", &[])]),
    form: Some(form(
        "parse [kind = simple | regex | relaxed] [flags = Flags] Text with [*] 'text' Column [: type] 'text' …",
        "print s = 'user=ann id=7' | parse s with 'user=' user ' id=' id: long | project user, id",
        r#"["ann", 7]"#,
    )),
    refused: None,
    parse: Parse::parse,
};

/// The entry of `parse-where`.
pub(super) const PARSE_WHERE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ParseWhere],
    doc: "Cuts a string into columns and keeps the rows that fit the pattern.",
    page: "parse-where-operator",
    place: Place::Piped,
    parameters: Some(&[PARSE_KIND, parameter("flags", &[])]),
    form: Some(form(
        "parse-where [kind = simple | regex] [flags = Flags] Text with [*] 'text' Column [: type] 'text' …",
        "datatable(s: string)['nothing', 'user=ann'] | parse-where s with 'user=' user | project user",
        r#"["ann"]"#,
    )),
    refused: None,
    parse: Parse::parse_where,
};

/// Cuts a string into columns by a pattern; `parse-where` keeps only the rows that match.
#[derive(Debug, Clone)]
pub struct Parse {
    /// `parse-where`
    pub filter: bool,
    /// What is parsed.
    pub value: Box<Expr>,
    /// The pattern behind `with`.
    pub pattern: Vec<ParsePart>,
}

/// One part of a `parse` pattern.
#[derive(Debug, Clone)]
pub enum ParsePart {
    /// Text that must stand there (a regex with `kind=regex`).
    Text(Expr),
    /// `*`: anything
    Star(Span),
    /// A column with its type, `string` where none was given.
    Column(Name, Option<Name>),
}

impl Parse {
    /// `parse value with "text" * column:type …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        Self::parse_filtered(p, false)
    }

    /// `parse-where value with "text" * column:type …`
    pub(crate) fn parse_where(p: &mut Parser) -> OperatorKind {
        Self::parse_filtered(p, true)
    }

    fn parse_filtered(p: &mut Parser, filter: bool) -> OperatorKind {
        let value = Box::new(p.required_unnamed_expression());
        p.expect(TokenKind::With);
        let mut pattern = Vec::new();
        while let Some(part) = Self::part(p) {
            pattern.push(part);
        }
        OperatorKind::Parse(Parse { filter, value, pattern })
    }

    fn part(p: &mut Parser) -> Option<ParsePart> {
        match p.peek() {
            TokenKind::Star => Some(ParsePart::Star(p.bump())),
            TokenKind::String => p.literal().map(ParsePart::Text),
            TokenKind::Colon => {
                let name = p.missing_name();
                p.bump();
                Some(ParsePart::Column(name, Some(p.column_type())))
            }
            _ => {
                let name = p.name(NameUse::Declared)?;
                let ty = p.eat(TokenKind::Colon).then(|| p.column_type());
                Some(ParsePart::Column(name, ty))
            }
        }
    }
}

impl Parse {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let word = |name: &str| match op.parameter(name).map(|p| &p.value.kind) {
            Some(ExprKind::Name { name, .. } | ExprKind::Literal(Literal::String(name))) => name.clone(),
            _ => String::new(),
        };
        let kind = match word("kind") {
            kind if kind.is_empty() => "simple".to_owned(),
            kind => kind,
        };
        let text = binder.scalar_over(RowScope::of(&input), &self.value);
        let text = binder.conversion(text, Type::String);
        let mut parts: Vec<String> = Vec::new();
        let mut columns: Vec<(Name, Type)> = Vec::new();
        self.check_order(binder);
        for (i, part) in self.pattern.iter().enumerate() {
            match part {
                ParsePart::Text(e) => {
                    if let Some(Literal::String(text)) = binder.scalar(e).as_literal() {
                        parts.push(format!("={text}"));
                    }
                }
                ParsePart::Star(_) => parts.push("*".to_owned()),
                ParsePart::Column(name, ty) => {
                    let ty = ty.as_ref().map_or(Type::String, |t| binder.type_named(t));
                    if columns.iter().any(|(n, _)| n.text == name.text) {
                        binder.report(binding::duplicate_column(name.span, &name.text));
                        continue;
                    }
                    let before_star = matches!(self.pattern.get(i + 1), Some(ParsePart::Star(_)));
                    if before_star && kind != "regex" && !has_known_end(ty) {
                        binder.report(messages::unsupported(
                            name.span,
                            op.kind.name(),
                            &format!("where a {ty} in front of `*` ends is not defined; put the text behind it in between"),
                        ));
                    }
                    parts.push(":".to_owned());
                    columns.push((name.clone(), ty));
                }
            }
        }
        let mut pattern = vec![quoted(&kind), quoted(&word("flags"))];
        pattern.extend(parts.iter().map(|p| quoted(p)));
        let pattern = format!("[{}]", pattern.join(","));
        let of = columns.iter().map(|(_, ty)| ty.name().to_owned()).collect();
        let kind =
            plan::ExprKind::Parsed { base: Box::new(text), function: "kql_parse", pattern, columns: of };
        extracted(binder, input, op.span, kind, columns, self.filter)
    }
}

impl Parse {
    /// Texts must stand between the columns, and behind `*`.
    fn check_order(&self, binder: &mut Binder) {
        for pair in self.pattern.windows(2) {
            match pair {
                [ParsePart::Star(span), ParsePart::Star(_) | ParsePart::Column(..)] => {
                    binder.report(binding::parse_text_behind_star(*span));
                }
                [ParsePart::Column(..), ParsePart::Column(name, _)] => {
                    binder.report(binding::parse_text_before_column(name.span));
                }
                [ParsePart::Column(_, ty), ParsePart::Star(span)]
                    if ty.as_ref().is_none_or(|t| t.text == "string") =>
                {
                    binder.report(binding::parse_star_behind_string(*span));
                }
                _ => {}
            }
        }
    }
}

/// Whether it can be seen from the text alone where a value of the type ends.
fn has_known_end(ty: Type) -> bool {
    matches!(ty, Type::Int | Type::Long | Type::Real | Type::Unknown)
}

/// The input with the columns that a runtime function cuts out of a text, converted to their types;
/// with `filter` only the rows in which it found something.
pub(crate) fn extracted(
    binder: &mut Binder,
    input: Rel,
    span: Span,
    parsed: plan::ExprKind,
    columns: Vec<(Name, Type)>,
    filter: bool,
) -> Rel {
    let same = |c: &PlanColumn| (c.clone(), c.reference(span));
    let mut list: Vec<_> = input.visible().map(same).collect();
    let mut name = "parsed".to_owned();
    while input.column(&name).is_some() {
        name.push('_');
    }
    let column = PlanColumn::new(name, Type::Unknown, true);
    list.push((column.clone(), plan::Expr { kind: parsed, ty: Type::Unknown, span }));
    let mut rel = project(input, list);
    let field = |index: usize, ty: Type| {
        let base = Box::new(column.reference(span));
        plan::Expr { kind: plan::ExprKind::Field { base, index }, ty, span }
    };
    // Behind the columns' texts stands whether anything matched.
    let matched = columns.len();
    if filter {
        let predicate = field(matched, Type::Bool);
        rel = rel.within(|input| Node::Filter { input, predicate });
    }
    let mut list: Vec<_> = rel.visible().filter(|c| c.name != column.name).map(same).collect();
    for (i, (name, ty)) in columns.into_iter().enumerate() {
        let value = binder.conversion(field(i, Type::String), ty);
        let new = PlanColumn::new(name.text.clone(), ty, true);
        match list.iter_mut().find(|(c, _)| c.name == name.text) {
            Some(slot) => *slot = (new, value),
            None => list.push((new, value)),
        }
    }
    project(rel, list)
}
