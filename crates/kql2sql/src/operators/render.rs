//! `render`: Says how the result should be drawn.

use crate::Render as RenderResult;
use crate::bind::Binder;
use crate::diagnostics::{messages, nearest};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name, OperatorParameter};
use crate::syntax::names::NameUse;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `render`.
pub(super) const RENDER: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Render],
    doc: "Says how the result should be drawn.",
    page: "render-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "render Chart [kind = …] [with (title = '…', xcolumn = Column, ycolumns = Column, series = Column, …)]",
        "print n = 1 | render table",
        "[1]",
    )),
    refused: None,
    parse: Render::parse,
};

/// Says how the result should be drawn.
#[derive(Debug, Clone)]
pub struct Render {
    /// The chart.
    pub chart: Name,
    /// `with (title=…, …)`
    pub properties: Vec<OperatorParameter>,
}

impl Render {
    /// `render chart with (name=value, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let chart = if CHARTS.contains(&p.nth_text(0)) {
            p.word_as_name()
        } else {
            let span = p.missing_token_span();
            let suggestion = nearest(p.nth_text(0), CHARTS.iter().copied());
            p.complain(messages::expected_one_of(span, CHARTS, suggestion));
            if p.at(TokenKind::Identifier) {
                p.word_as_name()
            } else {
                Name { text: String::new(), span: p.end() }
            }
        };
        let mut properties = Vec::new();
        while let Some(property) = Self::old_property(p) {
            properties.push(property);
        }
        if p.eat(TokenKind::With) {
            properties.extend(p.property_list());
        }
        OperatorKind::Render(Render { chart, properties })
    }

    /// The old form, without `with (…)`: `kind=stacked title="x" by a, b`.
    fn old_property(p: &mut Parser) -> Option<OperatorParameter> {
        let assigned =
            matches!(p.nth_text(0), "kind" | "title" | "accumulate") && p.nth(1) == TokenKind::Equal;
        let bare = p.at(TokenKind::With) && p.nth(1) != TokenKind::OpenParen;
        let start;
        let name = if assigned || bare {
            let name = p.word_as_name();
            p.eat(TokenKind::Equal);
            start = p.start();
            name
        } else if p.at(TokenKind::By) {
            let name = p.word_as_name();
            start = p.start();
            while p.name_reference(NameUse::Declared).is_some() && p.eat(TokenKind::Comma) {}
            let value =
                Expr { kind: ExprKind::Wildcard(p.text(p.since(start)).to_owned()), span: p.since(start) };
            return Some(OperatorParameter { name, value });
        } else {
            return None;
        };
        let kind = match p.literal_or_name() {
            Some(kind) => kind,
            None if p.peek().is_word() => ExprKind::Name { name: p.word_as_name().text, bracketed: false },
            None => p.missing_expression().kind,
        };
        let value = Expr { kind, span: p.since(start) };
        Some(OperatorParameter { name, value })
    }
}

/// The kinds of charts.
const CHARTS: &[&str] = &[
    "table",
    "list",
    "barchart",
    "piechart",
    "ladderchart",
    "timechart",
    "linechart",
    "anomalychart",
    "pivotchart",
    "areachart",
    "stackedareachart",
    "scatterchart",
    "timepivot",
    "columnchart",
    "timeline",
    "3Dchart",
    "card",
    "treemap",
    "plotly",
    "graph",
    "sankey",
];

impl Render {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let text = |e: &crate::syntax::ast::Expr| match &e.kind {
            ExprKind::Name { name, .. } => name.clone(),
            ExprKind::Literal(Literal::String(s)) => s.clone(),
            ExprKind::Literal(Literal::Long(n)) => n.to_string(),
            ExprKind::Literal(Literal::Real(n)) => n.to_string(),
            ExprKind::Literal(Literal::Bool(b)) => b.to_string(),
            _ => String::new(),
        };
        binder.render = Some(RenderResult {
            chart: self.chart.text.clone(),
            properties: self.properties.iter().map(|p| (p.name.text.clone(), text(&p.value))).collect(),
        });
        input
    }
}
