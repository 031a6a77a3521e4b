//! The YAML of Sentinel's analytics and hunting rules.
//!
//! The parser's events are read without building a tree: a rule is one mapping of texts and lists of texts, whatever
//! else a document holds is passed over, and aliases that multiply themselves cost nothing.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::document::{Found, Problem, Rule};

/// The rules of all documents in `text`, or the place where it is no YAML. A mapping without `query` is no rule.
pub fn parse(text: &str) -> Result<Vec<Found>, Problem> {
    let mut found = Vec::new();
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Problem {
            path: Default::default(),
            line: Some(error.marker().line()),
            message: format!("this is no valid YAML: {}", error.info()),
        })?;
        if let Some(rule) = reader.take(event, span.start.line(), text) {
            found.push(Ok(rule));
        }
    }
    Ok(found)
}

/// What has been read of a document.
#[derive(Default)]
struct Reader {
    rule: Rule,
    /// How many mappings and lists are open.
    depth: usize,
    /// Whether the outermost is a mapping.
    is_mapping: bool,
    /// The key of the outermost mapping whose value comes next.
    key: Option<String>,
    /// Whether a value of `key` is read that is a mapping or a list.
    inside: bool,
}

impl Reader {
    /// Takes one event, which begins on `line`; gives the rule at the end of a document.
    fn take(&mut self, event: Event<'_>, line: usize, text: &str) -> Option<Rule> {
        match event {
            Event::DocumentStart(_) => *self = Reader::default(),
            Event::DocumentEnd => {
                let rule = std::mem::take(&mut self.rule);
                return (self.is_mapping && !rule.query.trim().is_empty()).then_some(rule);
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if self.depth == 0 {
                    self.is_mapping = matches!(event, Event::MappingStart(..));
                } else if self.depth == 1 {
                    self.inside = true;
                }
                self.depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.depth -= 1;
                if self.depth == 1 {
                    self.inside = false;
                    self.key = None;
                }
            }
            Event::Alias(_) if self.depth == 1 => self.key = None,
            Event::Scalar(value, style, ..) if self.is_mapping && self.depth == 1 => match self.key.take() {
                None => self.key = Some(value.into_owned()),
                Some(key) => self.set(&key, value.into_owned(), style, line, text),
            },
            Event::Scalar(value, ..) if self.is_mapping && self.depth == 2 && self.inside => {
                match self.key.as_deref() {
                    Some("tactics") => self.rule.tactics.push(value.into_owned()),
                    Some("relevantTechniques") => self.rule.techniques.push(value.into_owned()),
                    _ => {}
                }
            }
            _ => {}
        }
        None
    }

    fn set(&mut self, key: &str, value: String, style: ScalarStyle, line: usize, text: &str) {
        let value_or_none = |value: String| Some(value.trim().to_string()).filter(|v| !v.is_empty());
        match key {
            "id" => self.rule.id = value_or_none(value),
            "name" => self.rule.name = value.trim().to_string(),
            "description" => self.rule.description = value_or_none(value),
            "severity" => self.rule.severity = value_or_none(value),
            "tactics" => self.rule.tactics.extend(value_or_none(value)),
            "relevantTechniques" => self.rule.techniques.extend(value_or_none(value)),
            "query" => {
                self.rule.line = match style {
                    // The text of a block begins below its `|`.
                    ScalarStyle::Literal | ScalarStyle::Folded => first_line(text, line),
                    _ => line,
                };
                self.rule.query = value;
            }
            _ => {}
        }
    }
}

/// The first line of a block's text: the event may begin on the line of the `|`.
fn first_line(text: &str, line: usize) -> usize {
    let indicator = text.lines().nth(line.saturating_sub(1)).is_some_and(|l| {
        l.split_once(':').is_some_and(|(key, rest)| {
            key.trim().trim_matches(['"', '\'']) == "query" && rest.trim_start().starts_with(['|', '>'])
        })
    });
    if indicator { line + 1 } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "\
id: 0001
name: \"A: name\"
description: |
  'Two
  lines'
severity: Medium
requiredDataConnectors:
  - connectorId: X
    dataTypes:
      - T
tactics:
  - InitialAccess
  - Exfiltration
relevantTechniques: [T1566, T1048.001]
query: |
  let a = 1;

  T
  | where x == \"a: b\"
    and y
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: Name
        columnName: query
version: 1.0.0
";

    #[test]
    fn a_rule_of_sentinel_is_read_with_its_metadata() {
        let found = parse(RULE).unwrap();
        assert_eq!(
            found,
            [Ok(Rule {
                line: 16,
                id: Some("0001".into()),
                name: "A: name".into(),
                description: Some("'Two\nlines'".into()),
                severity: Some("Medium".into()),
                tactics: vec!["InitialAccess".into(), "Exfiltration".into()],
                techniques: vec!["T1566".into(), "T1048.001".into()],
                query: "let a = 1;\n\nT\n| where x == \"a: b\"\n  and y\n".into(),
                ..Rule::default()
            })]
        );
        assert_eq!(RULE.lines().nth(15), Some("  let a = 1;"));
    }

    #[test]
    fn all_documents_of_a_file_are_read_and_those_without_a_query_passed_over() {
        let found =
            parse("name: a\nquery: A\n---\nname: b\n---\n- query\n- C\n---\nquery: 'D | take 1'\n").unwrap();
        let queries: Vec<_> = found.iter().map(|f| f.as_ref().unwrap().query.as_str()).collect();
        assert_eq!(queries, ["A", "D | take 1"]);
    }

    #[test]
    fn what_is_no_yaml_is_named_with_its_line() {
        let problem = parse("name: a\nquery: \"open\n").unwrap_err();
        assert!(problem.line.is_some());
        assert!(problem.message.starts_with("this is no valid YAML: "), "{}", problem.message);
    }

    #[test]
    fn aliases_are_not_followed() {
        let mut bomb = String::from("a0: &a0 [x, x]\n");
        for i in 1..40 {
            bomb.push_str(&format!("a{i}: &a{i} [*a{}, *a{}]\n", i - 1, i - 1));
        }
        bomb.push_str("query: T\n");
        assert_eq!(parse(&bomb).unwrap().len(), 1);
    }
}
