//! `externaldata`: A table read from a file outside the lake.

mod mapping;

use mapping::Mapping;

use crate::bind::Binder;
use crate::bind::projection::project;
use crate::bind::table::refused;
use crate::diagnostics::binding;
use crate::operation::{Setting, Task};
use crate::operators::OperatorKind;
use crate::operators::def::{self, OperatorDef, Place};
use crate::operators::relations::{member, operation};
use crate::plan::{ColumnName, PlanColumn, Rel};
use crate::syntax::ast::{ColumnDecl, Expr, ExprKind, Literal, Operator, OperatorParameter};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `externaldata`.
pub(super) const EXTERNALDATA: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ExternalData, TokenKind::ExternalData2],
    doc: "A table read from files outside.",
    page: "externaldata-operator",
    place: Place::First,
    parameters: None,
    form: Some(def::Form {
        syntax: "externaldata(Column: type, …) [Url, …] [with (format = 'csv', ignoreFirstRecord = true, …)]",
        example: None,
    }),
    refused: None,
    parse: ExternalData::parse,
};

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
            p.expect(TokenKind::CloseBracket);
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
        let properties = match self.properties() {
            Ok(properties) => properties,
            Err(unknown) => {
                let why = format!(
                    "of its properties 'format', 'ignoreFirstRecord', 'ingestionMapping' and 'zipPattern' are read, not \
                     '{unknown}'"
                );
                return refused(op, columns, &why);
            }
        };
        let mut formats: Vec<&str> = Vec::new();
        let mut forms: Vec<Form> = Vec::new();
        for location in &locations {
            let wanted = properties.format.clone().unwrap_or_else(|| by_ending(location));
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
        let mapping =
            match properties.mapping.map(|text| Mapping::parse(&text, form == Form::Json)).transpose() {
                Ok(mapping) => mapping,
                Err(why) => return refused(op, columns, &why),
            };
        let texts = |list: &[&str]| Setting::List(list.iter().map(|t| Setting::text(*t)).collect());
        let mut task = Task::new("externaldata")
            .with("locations", texts(&locations.iter().map(String::as_str).collect::<Vec<_>>()))
            .with("formats", texts(&formats))
            .with("skip", Setting::flag(properties.skip));
        if let Some(pattern) = properties.zip_pattern {
            task = task.with("zip", Setting::text(pattern));
        }
        let text = |name: ColumnName| PlanColumn::new(name, Type::String, true);
        let read: Vec<PlanColumn> = match (form, &mapping) {
            (Form::Json, _) => vec![PlanColumn::new("record", Type::Dynamic, true)],
            (_, Some(mapping)) => (0..mapping.width()).map(|i| text(format!("value_{i}").into())).collect(),
            (_, None) => columns.iter().map(|c| text(c.name.clone())).collect(),
        };
        let records = operation(task, vec![], true, read.clone(), span);
        let mut list = Vec::new();
        for (i, column) in columns.into_iter().enumerate() {
            let value = match (&mapping, form) {
                (Some(mapping), _) => mapping.value(binder, &column, &read, span),
                (None, Form::Json) => member(read[0].reference(span), &column.name, span),
                (None, Form::Values | Form::Text) => read[i].reference(span),
            };
            let value = match (value.ty, column.ty) {
                (Type::String, Type::Dynamic) => binder.call_by_name("parse_json", vec![value], span),
                (_, ty) => binder.conversion(value, ty),
            };
            list.push((column, value));
        }
        project(records, list)
    }

    /// The properties, or the name of one that is not known.
    fn properties(&self) -> Result<Properties, &str> {
        let mut all = Properties::default();
        for property in &self.properties {
            let text = match &property.value.kind {
                ExprKind::Name { name, .. } => name.clone(),
                ExprKind::Literal(Literal::String(text)) => text.clone(),
                ExprKind::Literal(Literal::Bool(flag)) => flag.to_string(),
                _ => String::new(),
            };
            match property.name.text.to_lowercase().as_str() {
                "format" => all.format = Some(text.to_lowercase()),
                "ignorefirstrecord" => all.skip = text.eq_ignore_ascii_case("true"),
                "ingestionmapping" => all.mapping = Some(text),
                "zippattern" => all.zip_pattern = Some(text),
                _ => return Err(&property.name.text),
            }
        }
        Ok(all)
    }
}

/// What `with (…)` says.
#[derive(Debug, Default)]
struct Properties {
    /// In lower case.
    format: Option<String>,
    /// Whether the first record of each file is left out.
    skip: bool,
    mapping: Option<String>,
    zip_pattern: Option<String>,
}

/// The format that the ending of a file's name stands for; Kusto's default where it says nothing.
fn by_ending(location: &str) -> String {
    let path = location.split(['?', ';']).next().unwrap_or_default().to_lowercase();
    let path = [".gz", ".zip"].iter().find_map(|packed| path.strip_suffix(packed)).unwrap_or(&path);
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonl" | "ndjson") => "json".to_owned(),
        Some(ending @ ("parquet" | "avro" | "orc" | "xml")) => ending.to_owned(),
        Some(ending) if FORMATS.iter().any(|(name, _)| *name == ending) => ending.to_owned(),
        _ => "csv".to_owned(),
    }
}

/// The columns of a declared schema.
pub(crate) fn declared(binder: &mut Binder, columns: &[ColumnDecl]) -> Vec<PlanColumn> {
    columns.iter().map(|c| PlanColumn::new(c.name.text.clone(), binder.type_named(&c.ty), true)).collect()
}
