//! `externaldata`: A table read from a file outside the lake.

use crate::bind::Binder;
use crate::bind::projection::project;
use crate::bind::table::refused;
use crate::diagnostics::{binding, messages};
use crate::operation::{Setting, Task};
use crate::operators::OperatorKind;
use crate::plan::{PlanColumn, Rel};
use crate::plugins::{member, operation};
use crate::syntax::ast::{ColumnDecl, Expr, ExprKind, Literal, Operator, OperatorParameter};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// A table read from a file outside the lake.
#[derive(Debug, Clone)]
pub struct ExternalData {
    /// The declared columns.
    pub columns: Vec<ColumnDecl>,
    /// Where the data is, between `[` and `]`.
    pub uris: Vec<Expr>,
    /// `with (format=…, ignoreFirstRecord=…)`
    pub properties: Vec<OperatorParameter>,
}

impl ExternalData {
    /// `externaldata (name:type, …) [uri, …] with (name=value, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let columns = p.row_schema();
        let mut uris = Vec::new();
        if p.expect(TokenKind::OpenBracket) {
            uris =
                p.comma_list(List::ANY.with_trailing_comma(), Parser::expression, Parser::missing_expression);
            p.expect_close(TokenKind::CloseBracket);
        }
        let properties = if p.eat(TokenKind::With) { p.property_list() } else { Vec::new() };
        OperatorKind::ExternalData(ExternalData { columns, uris, properties })
    }
}

/// How a file holds its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Values between separators.
    Values,
    /// A record a line, or the whole file.
    Text,
    /// JSON objects.
    Json,
}

/// The formats that can be read.
const FORMATS: &[(&str, Form)] = &[
    ("csv", Form::Values),
    ("tsv", Form::Values),
    ("psv", Form::Values),
    ("scsv", Form::Values),
    ("txt", Form::Text),
    ("raw", Form::Text),
    ("json", Form::Json),
    ("multijson", Form::Json),
    ("singlejson", Form::Json),
];

impl ExternalData {
    /// The runtime reads texts, or JSON objects; what they mean as values of the declared types, SQL says.
    pub(crate) fn bind(&self, binder: &mut Binder, op: &Operator) -> Rel {
        let span = op.keyword;
        let columns = declared(binder, &self.columns);
        let mut locations: Vec<String> = Vec::new();
        for uri in &self.uris {
            let value = binder.scalar(uri);
            match value.as_literal() {
                Some(Literal::String(location)) => locations.push(location.clone()),
                _ if value.ty == Type::Unknown => {}
                _ => binder.report(binding::constant_expected(uri.span)),
            }
        }
        let (format, skip) = self.properties(binder);
        let mut formats: Vec<&str> = Vec::new();
        let mut forms: Vec<Form> = Vec::new();
        for location in &locations {
            let wanted = format.clone().unwrap_or_else(|| by_ending(location));
            match FORMATS.iter().find(|(name, _)| *name == wanted) {
                Some((name, form)) => {
                    formats.push(name);
                    forms.push(*form);
                }
                None => {
                    let why =
                        format!("the format '{wanted}' is not read here; make the file a table of the lake");
                    return refused(op, columns, &why);
                }
            }
        }
        let Some(form) = forms.first().copied() else { return refused(op, columns, "it names no file") };
        if forms.iter().any(|f| *f != form) {
            return refused(
                op,
                columns,
                "its files have records of several kinds; write one 'externaldata' for each",
            );
        }
        let texts = |list: &[&str]| Setting::List(list.iter().map(|t| Setting::text(*t)).collect());
        let task = Task::new("externaldata")
            .with("locations", texts(&locations.iter().map(String::as_str).collect::<Vec<_>>()))
            .with("formats", texts(&formats))
            .with("skip", Setting::flag(skip));
        let read: Vec<PlanColumn> = match form {
            Form::Json => vec![PlanColumn::new("record", Type::Dynamic, true)],
            Form::Values | Form::Text => {
                columns.iter().map(|c| PlanColumn::new(c.name.clone(), Type::String, true)).collect()
            }
        };
        let records = operation(task, vec![], true, read.clone(), span);
        let mut list = Vec::new();
        for (i, column) in columns.into_iter().enumerate() {
            let value = match form {
                Form::Json => member(read[0].reference(span), &column.name, span),
                Form::Values | Form::Text => read[i].reference(span),
            };
            let value = match (value.ty, column.ty) {
                (Type::String, Type::Dynamic) => binder.call_by_name("parse_json", vec![value], span),
                (_, ty) => binder.conversion(value, ty),
            };
            list.push((column, value));
        }
        project(records, list)
    }

    /// The format that is asked for, in lower case, and whether the first record of each file is left out.
    fn properties(&self, binder: &mut Binder) -> (Option<String>, bool) {
        let mut format = None;
        let mut skip = false;
        for property in &self.properties {
            let text = match &property.value.kind {
                ExprKind::Name { name, .. } => name.clone(),
                ExprKind::Literal(Literal::String(text)) => text.clone(),
                ExprKind::Literal(Literal::Bool(flag)) => flag.to_string(),
                _ => String::new(),
            };
            match property.name.text.to_lowercase().as_str() {
                "format" => format = Some(text.to_lowercase()),
                "ignorefirstrecord" => skip = text.eq_ignore_ascii_case("true"),
                _ => {
                    let name = format!("the property {}", property.name.text);
                    let why = "only 'format' and 'ignoreFirstRecord' are read";
                    binder.report(messages::unsupported(property.name.span, &name, why));
                }
            }
        }
        (format, skip)
    }
}

/// The format that the ending of a file's name stands for; Kusto's default where it says nothing.
fn by_ending(location: &str) -> String {
    let path = location.split(['?', ';']).next().unwrap_or_default().to_lowercase();
    let path = path.strip_suffix(".gz").unwrap_or(&path);
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonl" | "ndjson") => "json".to_owned(),
        Some(ending @ ("parquet" | "avro" | "orc" | "zip" | "xml")) => ending.to_owned(),
        Some(ending) if FORMATS.iter().any(|(name, _)| *name == ending) => ending.to_owned(),
        _ => "csv".to_owned(),
    }
}

/// The columns of a declared schema.
pub(crate) fn declared(binder: &mut Binder, columns: &[ColumnDecl]) -> Vec<PlanColumn> {
    columns.iter().map(|c| PlanColumn::new(c.name.text.clone(), binder.type_named(&c.ty), true)).collect()
}
