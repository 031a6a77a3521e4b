//! Ingestion mappings: which part of a record each column is.
//!
//! <https://learn.microsoft.com/kusto/management/mappings>

use crate::bind::Binder;
use crate::bind::json::Json;
use crate::plan::{Expr, ExprKind, PlanColumn};
use crate::span::Span;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// What is read into a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mapped {
    column: String,
    from: Source,
    /// The function that makes a datetime of a number, where one is asked for.
    transform: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq)]
enum Source {
    /// The part of a JSON record that these steps lead to.
    Path(Vec<Literal>),
    /// The value at that place of a record, from 0.
    Ordinal(usize),
    /// The same in each record.
    Constant(String),
}

/// The transformations that are functions as well.
const TRANSFORMS: &[(&str, &str)] = &[
    ("DateTimeFromUnixSeconds", "unixtime_seconds_todatetime"),
    ("DateTimeFromUnixMilliseconds", "unixtime_milliseconds_todatetime"),
    ("DateTimeFromUnixMicroseconds", "unixtime_microseconds_todatetime"),
    ("DateTimeFromUnixNanoseconds", "unixtime_nanoseconds_todatetime"),
];

/// How the columns of an operator are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Mapping(Vec<Mapped>);

impl Mapping {
    /// Reads a mapping for JSON records, or for those of values; or says why it cannot be followed.
    pub(super) fn parse(text: &str, json: bool) -> Result<Mapping, String> {
        let Some(Json::Array(elements)) = Json::parse(text) else {
            return Err("its ingestionMapping is no JSON array".to_owned());
        };
        let mut mapping = Vec::<Mapped>::new();
        for element in &elements {
            let Some(column) =
                element.member("Column").or_else(|| element.member("Name")).and_then(Json::as_text)
            else {
                return Err("an element of its ingestionMapping names no column".to_owned());
            };
            // In older mappings the properties stand beside the name.
            let properties = element.member("Properties").unwrap_or(element);
            let property = |name: &str| properties.member(name).and_then(Json::as_text);
            let wrong =
                |what: &str| Err(format!("of its ingestionMapping, {what} of '{column}' is not read here"));
            let from = match (property("ConstValue"), property("Path"), property("Ordinal")) {
                (Some(constant), ..) => Source::Constant(constant.to_owned()),
                (None, Some(path), _) if json && path.starts_with('$') => match steps(path) {
                    Some(steps) => Source::Path(steps),
                    None => return wrong(&format!("the path '{path}'")),
                },
                (None, Some(constant), _) if json => Source::Constant(constant.to_owned()),
                (None, None, Some(ordinal)) if !json => match ordinal.parse() {
                    Ok(ordinal) if ordinal < MOST_VALUES => Source::Ordinal(ordinal),
                    _ => return wrong(&format!("the ordinal '{ordinal}'")),
                },
                _ => return wrong("the source"),
            };
            let transform = match property("Transform").filter(|t| !t.eq_ignore_ascii_case("None")) {
                None => None,
                Some(wanted) => match TRANSFORMS.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) {
                    Some((_, function)) => Some(*function),
                    None => return wrong(&format!("the transformation '{wanted}'")),
                },
            };
            if mapping.iter().any(|m| m.column == column) {
                return Err(format!("its ingestionMapping gives '{column}' two sources"));
            }
            mapping.push(Mapped { column: column.to_owned(), from, transform });
        }
        Ok(Mapping(mapping))
    }

    /// How many values of a record are read.
    pub(super) fn width(&self) -> usize {
        let ordinals = self.0.iter().filter_map(|m| match m.from {
            Source::Ordinal(i) => Some(i + 1),
            _ => None,
        });
        ordinals.max().unwrap_or(1)
    }

    /// The value of a column, of a record that is one JSON document or a list of texts; null where nothing is mapped to it.
    pub(super) fn value(
        &self,
        binder: &mut Binder,
        column: &PlanColumn,
        record: &[PlanColumn],
        span: Span,
    ) -> Expr {
        let Some(mapped) = self.0.iter().find(|m| column.name == *m.column) else {
            let nothing = match column.ty {
                Type::String => Literal::String(String::new()),
                ty => Literal::Null(ty),
            };
            return Expr::literal(nothing, span);
        };
        let value = match &mapped.from {
            Source::Path(steps) => {
                let base = Box::new(record[0].reference(span));
                let path: Vec<Expr> = steps.iter().map(|step| Expr::literal(step.clone(), span)).collect();
                match path.is_empty() {
                    true => *base,
                    false => Expr { kind: ExprKind::Path { base, path }, ty: Type::Dynamic, span },
                }
            }
            Source::Ordinal(i) => record[*i].reference(span),
            Source::Constant(text) => Expr::literal(Literal::String(text.clone()), span),
        };
        match mapped.transform {
            Some(function) => {
                let number = binder.conversion(value, Type::Long);
                binder.call_by_name(function, vec![number], span)
            }
            None => value,
        }
    }
}

/// Nobody has as many values in a record.
const MOST_VALUES: usize = 10_000;

/// The steps of a JSON path of members and elements: `$.a['b c'][0]`.
fn steps(path: &str) -> Option<Vec<Literal>> {
    let mut steps = Vec::new();
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        // `$.['a b']` is written, too.
        let inner = rest.strip_prefix('.').unwrap_or(rest);
        if let Some(bracket) = inner.strip_prefix('[') {
            let (step, behind) = match bracket.chars().next()? {
                quote @ ('\'' | '"') => {
                    let (name, behind) = bracket[1..].split_once(quote)?;
                    (Literal::String(name.to_owned()), behind)
                }
                _ => {
                    let end = bracket.find(']')?;
                    (Literal::Long(bracket[..end].trim().parse().ok()?), &bracket[end..])
                }
            };
            steps.push(step);
            rest = behind.strip_prefix(']')?;
        } else {
            let inner = rest.strip_prefix('.')?;
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            // `*` and `..` stand for several parts.
            if end == 0 || inner[..end].contains('*') {
                return None;
            }
            steps.push(Literal::String(inner[..end].to_owned()));
            rest = &inner[end..];
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_list_of_steps() {
        let text = |t: &str| Literal::String(t.to_owned());
        assert_eq!(steps("$"), Some(vec![]));
        assert_eq!(steps("$.a.b"), Some(vec![text("a"), text("b")]));
        assert_eq!(steps("$.a['b c'][0].d"), Some(vec![text("a"), text("b c"), Literal::Long(0), text("d")]));
        assert_eq!(steps("$.['b c']"), Some(vec![text("b c")]));
        for wrong in ["a", "$a", "$..a", "$.a[*]", "$.*", "$.a[", "$.a.", "$['a"] {
            assert_eq!(steps(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        let error = |text: &str, json| Mapping::parse(text, json).expect_err(text);
        assert!(error("{}", true).contains("no JSON array"));
        assert!(error(r#"[{"Properties": {"Path": "$.a"}}]"#, true).contains("names no column"));
        assert!(
            error(r#"[{"Column": "a", "Properties": {"Path": "$..a"}}]"#, true).contains("'$..a' of 'a'")
        );
        let twice = r#"[{"Column": "a", "Path": "$.a"}, {"Column": "a", "Path": "$.b"}]"#;
        assert!(error(twice, true).contains("'a' two sources"));
        let line = r#"[{"Column": "a", "Properties": {"Ordinal": "0", "Transform": "SourceLocation"}}]"#;
        assert!(error(line, false).contains("'SourceLocation' of 'a'"));
    }
}
