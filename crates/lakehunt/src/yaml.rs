//! YAML, as far as files need it that the runtime reads: mappings, lists and texts.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// What is wrong with a document: on which line, from 1, and why.
pub(crate) type Problem = (usize, String);

/// So deeply a document may nest.
const DEEPEST: usize = 64;

/// A part of a document.
pub(crate) enum Node {
    /// A text, and the line on which it begins.
    Text { value: String, line: usize },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order of the document.
    Mapping(Vec<(String, Node)>),
    /// What else there is.
    Other,
}

impl Node {
    /// What a mapping has under `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Mapping(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text that a mapping has under `key`, without blanks around it; none where it is empty.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Node::Text { value, .. } => Some(value.trim()).filter(|v| !v.is_empty()),
            _ => None,
        }
    }
}

/// The documents of a text that are mappings.
pub(crate) fn mappings(text: &str) -> Result<Vec<Node>, Problem> {
    let mut found = Vec::new();
    let mut events = Events { parser: Parser::new_from_str(text), text };
    while let Some((event, line)) = events.next()? {
        if matches!(event, Event::MappingStart(..)) {
            found.push(events.node(event, line, 0)?);
        }
    }
    Ok(found)
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
