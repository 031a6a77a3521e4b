//! `parse-kv`: Columns from the key-value pairs in a string.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::diagnostics::{binding, messages};
use crate::json::quoted;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::parse::extracted;
use crate::plan::{self, Rel};
use crate::syntax::ast::{ColumnDecl, Expr, OperatorParameter};
use crate::syntax::ast::{ExprKind, Literal, Operator};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `parse-kv`.
pub(super) const PARSE_KV: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ParseKv],
    doc: "Columns from the key-value pairs in a string.",
    page: "parse-kv-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "parse-kv Text as (Key: type, …) [with (pair_delimiter = '…', kv_delimiter = '…', quote = '…', greedy = true)]",
        "print s = 'user=ann id=7' | parse-kv s as (user: string, id: long) with (pair_delimiter=' ', kv_delimiter='=') | project user, id",
        r#"["ann", 7]"#,
    )),
    refused: None,
    parse: ParseKv::parse,
};

/// Columns from the key-value pairs in a string.
#[derive(Debug, Clone)]
pub struct ParseKv {
    /// What is parsed.
    pub value: Box<Expr>,
    /// The keys to take, with types.
    pub columns: Vec<ColumnDecl>,
    /// `with (pair_delimiter=…, …)`
    pub properties: Vec<OperatorParameter>,
}

impl ParseKv {
    /// `parse-kv value as (name:type, …) with (name=value, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let value = Box::new(p.required_unnamed_expression());
        p.expect(TokenKind::As);
        let columns = p.row_schema();
        let properties = if p.eat(TokenKind::With) { p.property_list() } else { Vec::new() };
        OperatorKind::ParseKv(ParseKv { value, columns, properties })
    }
}

impl ParseKv {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let text = binder.scalar_over(RowScope::of(&input), &self.value);
        let text = binder.conversion(text, Type::String);
        let given = |name: &str| self.properties.iter().filter(|p| p.name.text == name).count();
        if given("pair_delimiter") != given("kv_delimiter") {
            let why = "what ends a value is not defined by one delimiter; name `pair_delimiter` and `kv_delimiter`, or none";
            binder.report(messages::unsupported(op.keyword, "parse-kv", why));
        }
        let mut pattern = Vec::new();
        for name in ["pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex"] {
            let given = self.properties.iter().filter(|p| p.name.text == name);
            let values = given.map(|p| match &p.value.kind {
                ExprKind::Name { name, .. } => name.clone(),
                _ => match binder.scalar(&p.value).as_literal() {
                    Some(Literal::String(s)) => s.clone(),
                    Some(Literal::Bool(b)) => b.to_string(),
                    _ => String::new(),
                },
            });
            let values: Vec<String> = values.collect();
            pattern.push(match name {
                // Of these there may be several.
                "quote" | "escape" => {
                    let values: Vec<String> = values.iter().map(|v| quoted(v)).collect();
                    quoted(&format!("[{}]", values.join(",")))
                }
                _ => quoted(values.first().map_or("", String::as_str)),
            });
        }
        let columns: Vec<_> =
            self.columns.iter().map(|c| (c.name.clone(), binder.type_named(&c.ty))).collect();
        for (i, (name, _)) in columns.iter().enumerate() {
            if columns[..i].iter().any(|(other, _)| other.text == name.text) {
                binder.report(binding::duplicate_column(name.span, &name.text));
            }
        }
        let pattern = format!("[{}]", pattern.join(","));
        let of = columns.iter().map(|(name, _)| name.text.clone()).collect();
        let kind =
            plan::ExprKind::Parsed { base: Box::new(text), function: "kql_parse_kv", pattern, columns: of };
        extracted(binder, input, op.span, kind, columns, false)
    }
}
