//! The YAML of Sentinel's parsers: those of solutions, with `FunctionName` and `FunctionQuery`, and those of ASIM, with
//! `ParserName`, `ParserParams` and `ParserQuery`, known by the name of the built-in parser, too.
//!
//! <https://learn.microsoft.com/azure/sentinel/normalization-develop-parsers>

use super::{Found, Problem, wrapped};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// So deeply a document may nest.
const DEEPEST: usize = 64;

/// A part of a document.
enum Node {
    Text { value: String, line: usize },
    List(Vec<Node>),
    Mapping(Vec<(String, Node)>),
    Other,
}

impl Node {
    fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Mapping(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Node::Text { value, .. } => Some(value.trim()).filter(|v| !v.is_empty()),
            _ => None,
        }
    }
}

/// The functions of a file; none where it is something else.
pub(super) fn functions(text: &str) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    let mut events = Events { parser: Parser::new_from_str(text), text };
    while let Some((event, line)) = events.next()? {
        if matches!(event, Event::MappingStart(..)) {
            let document = events.node(event, line, 0)?;
            found.extend(of_document(&document)?);
        }
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

struct Events<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    text: &'a str,
}

impl<'a> Events<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, usize)>, Problem> {
        match self.parser.next() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, span.start.line()))),
            Some(Err(error)) => {
                Err((error.marker().line(), format!("this is no valid YAML: {}", error.info())))
            }
        }
    }

    /// The part that begins with `event`.
    fn node(&mut self, event: Event<'a>, line: usize, depth: usize) -> Result<Node, Problem> {
        if depth > DEEPEST {
            return Err((line, "the document nests too deeply".to_owned()));
        }
        Ok(match event {
            Event::Scalar(value, style, ..) => {
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let line = if block { self.first_line(line) } else { line };
                Node::Text { value: value.into_owned(), line }
            }
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                while let Some((event, line)) = self.next()? {
                    if matches!(event, Event::SequenceEnd) {
                        break;
                    }
                    list.push(self.node(event, line, depth + 1)?);
                }
                Node::List(list)
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                while let Some((event, line)) = self.next()? {
                    if matches!(event, Event::MappingEnd) {
                        break;
                    }
                    let key = self.node(event, line, depth + 1)?;
                    let Some((event, line)) = self.next()? else { break };
                    let value = self.node(event, line, depth + 1)?;
                    if let Node::Text { value: key, .. } = key {
                        entries.push((key, value));
                    }
                }
                Node::Mapping(entries)
            }
            _ => Node::Other,
        })
    }

    /// The first line of a block's text: its event may begin on the line of the `|`.
    fn first_line(&self, line: usize) -> usize {
        let indicator = self.text.lines().nth(line.saturating_sub(1)).and_then(|l| l.split_once(':'));
        line + usize::from(indicator.is_some_and(|(_, rest)| rest.trim_start().starts_with(['|', '>'])))
    }
}
