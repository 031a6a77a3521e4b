//! The YAML of Sentinel's parsers: those of solutions, with `FunctionName` and `FunctionQuery`, and those of ASIM, with
//! `ParserName`, `ParserParams` and `ParserQuery`, known by the name of the built-in parser, too.
//!
//! <https://learn.microsoft.com/azure/sentinel/normalization-develop-parsers>

use super::{Found, Problem, wrapped};
use crate::yaml::{Node, mappings};

/// The functions of a file; none where it is something else.
pub(super) fn functions(text: &str) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    for document in mappings(text)? {
        found.extend(of_document(&document)?);
    }
    Ok(found)
}

fn of_document(document: &Node) -> Result<Vec<Found>, Problem> {
    let query = ["FunctionQuery", "ParserQuery"].iter().find_map(|key| document.get(key));
    let Some(Node::Text { value: query, line }) = query else { return Ok(Vec::new()) };
    let keys = ["FunctionName", "FunctionAlias", "ParserName", "EquivalentBuiltInParser"];
    let mut names: Vec<&str> = keys.iter().filter_map(|key| document.text(key)).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Err((*line, "the query has no name: expected 'FunctionName' or 'ParserName'".to_owned()));
    }
    let parameters = match document.get("ParserParams").or_else(|| document.get("FunctionParams")) {
        Some(Node::List(list)) => list.iter().map(|p| parameter(p, *line)).collect::<Result<Vec<_>, _>>()?,
        _ => Vec::new(),
    };
    let text = wrapped(&parameters.join(", "), query);
    let one = |name: &str| Found { name: name.to_owned(), text: text.clone(), line: line.saturating_sub(1) };
    Ok(names.into_iter().map(one).collect())
}

/// A parameter as KQL declares it.
fn parameter(node: &Node, line: usize) -> Result<String, Problem> {
    let (Some(name), Some(ty)) = (node.text("Name"), node.text("Type")) else {
        return Err((line, "a parameter needs a 'Name' and a 'Type'".to_owned()));
    };
    let ty = ty.strip_prefix("table:").unwrap_or(ty);
    Ok(match node.get("Default") {
        Some(Node::Text { value, .. }) if ty == "string" && !is_quoted(value) => {
            format!("{name}:{ty}='{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
        }
        Some(Node::Text { value, .. }) if ty == "bool" => format!("{name}:{ty}={}", value.to_lowercase()),
        Some(Node::Text { value, .. }) if !value.trim().is_empty() => format!("{name}:{ty}={value}"),
        _ => format!("{name}:{ty}"),
    })
}

/// Whether it is a KQL string already.
fn is_quoted(value: &str) -> bool {
    value.len() >= 2 && ['"', '\''].iter().any(|q| value.starts_with(*q) && value.ends_with(*q))
}
