//! `top-hitters`: The most frequent values, about.

use crate::bind::names::result_name;
use crate::bind::projection::find;
use crate::bind::stored::quoted;
use crate::bind::table::unknown_table;
use crate::bind::{Binder, Binding, RowScope};
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::syntax::ast::{Expr, Name, Operator};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `top-hitters`.
pub(super) const TOP_HITTERS: OperatorDef = OperatorDef {
    kinds: &[TokenKind::TopHitters],
    doc: "The most frequent values.",
    page: "top-hitters-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "top-hitters Values of Column [by Weight]",
        "datatable(k: string)['a', 'b', 'a'] | top-hitters 1 of k",
        r#"["a", 2]"#,
    )),
    refused: None,
    parse: TopHitters::parse,
};

/// The most frequent values, about.
#[derive(Debug, Clone)]
pub struct TopHitters {
    /// How many.
    pub count: Box<Expr>,
    /// `of value`
    pub of: Box<Expr>,
    /// `by weight`
    pub by: Option<Box<Expr>>,
}

impl TopHitters {
    /// `top-hitters n of value by weight`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let count = Box::new(p.required_named_expression());
        p.expect(TokenKind::Of);
        let of = Box::new(p.required_named_expression());
        let by = p.eat(TokenKind::By).then(|| Box::new(p.required_named_expression()));
        OperatorKind::TopHitters(TopHitters { count, of, by })
    }
}

impl TopHitters {
    /// Kusto's sums are estimates of those of a `summarize` and a `top`; these are the sums themselves.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let before = binder.diagnostics.len();
        let count = binder.count(&self.count);
        let scope = RowScope::of(&input);
        let of = binder.scalar_over(scope.clone(), &self.of);
        let Some(value) = of.as_column().map(|name| quoted(name)) else {
            if of.ty != Type::Unknown {
                binder.report(binding::column_expected(self.of.span));
            }
            return unknown_table();
        };
        let name = |e: &Expr| result_name(e, &find).unwrap_or_default();
        let mut names =
            vec![("(rows)".to_owned(), Binding::Table(input)), ("(n)".into(), Binding::Scalar(count))];
        let (weight, measure) = match &self.by {
            Some(by) => {
                let weight = binder.scalar_over(scope, by);
                if !weight.ty.is_number() {
                    binder.report(binding::number_expected(by.span, weight.ty));
                }
                names.push(("(weight)".into(), Binding::Scalar(weight)));
                ("sum(['(weight)'])", quoted(&format!("approximate_sum_{}", name(by))))
            }
            None => ("count()", quoted(&format!("approximate_count_{}", name(&self.of)))),
        };
        if binder.diagnostics[before..].iter().any(|d| d.is_error()) {
            return unknown_table();
        }
        let text =
            format!("['(rows)'] | summarize {measure} = {weight} by {value} | top ['(n)'] by {measure} desc");
        let keyword = Name { text: "top-hitters".to_owned(), span: op.keyword };
        binder.composed(&keyword, &text, names)
    }
}
