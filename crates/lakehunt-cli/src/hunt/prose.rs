//! Text documents that were made from YAML rules: prose, a line `KQL Query`, the query, and then the YAML of the rule
//! with its indentation gone, which no YAML parser accepts. The query stands in them twice.

use super::document::{Rule, techniques};

/// The keys of Sentinel's rules. A line that begins with one ends a text that began above it: after the indentation
/// is gone there is no other sign.
const KEYS: [&str; 30] = [
    "alertDetailsOverride",
    "alertRuleTemplateName",
    "author",
    "customDetails",
    "description",
    "description-detailed",
    "entityMappings",
    "eventGroupingSettings",
    "id",
    "incidentConfiguration",
    "kind",
    "metadata",
    "name",
    "query",
    "queryFrequency",
    "queryPeriod",
    "relevantTechniques",
    "requiredDataConnectors",
    "sentinelEntitiesMappings",
    "severity",
    "status",
    "suppressionDuration",
    "suppressionEnabled",
    "tactics",
    "tags",
    "techniques",
    "templateVersion",
    "triggerOperator",
    "triggerThreshold",
    "version",
];

/// Whether the text has a line `KQL Query`, which nothing else has.
pub fn has_section(text: &str) -> bool {
    text.lines().any(is_section)
}

/// The rules of such a document: one, or two if the query in the YAML is another one than that above it.
/// `None` if the text is no such document.
pub fn parse(text: &str) -> Option<Vec<Rule>> {
    let lines: Vec<&str> = text.lines().collect();
    let section = lines.iter().position(|line| is_section(line));
    let has_keys =
        |key: &str| lines.iter().any(|line| key_of(line) == Some((key, "")) || block_key(line) == Some(key));
    if section.is_none() && !has_keys("query") {
        return None;
    }
    let mut rule = Rule::default();
    let mut queries: Vec<(usize, String)> = Vec::new();
    if let Some(section) = section {
        let end = (section + 1..lines.len()).find(|i| key_of(lines[*i]).is_some()).unwrap_or(lines.len());
        queries.extend(query(&lines, section + 1, end));
        let preamble = lines[..section].join("\n").trim().to_string();
        rule.description = (!preamble.is_empty()).then_some(preamble);
    }
    let mut at = section.map_or(0, |s| s + 1);
    while at < lines.len() {
        let Some((key, value)) = key_of(lines[at]) else {
            at += 1;
            continue;
        };
        let end = (at + 1..lines.len()).find(|i| key_of(lines[*i]).is_some()).unwrap_or(lines.len());
        let text_of = || {
            if matches!(value, "|" | ">" | "|-" | ">-" | "") {
                lines[at + 1..end].join("\n")
            } else {
                value.to_string()
            }
            .trim()
            .to_string()
        };
        let items = || {
            lines[at + 1..end]
                .iter()
                .map_while(|line| line.trim().strip_prefix("- "))
                .map(|s| s.trim().to_string())
        };
        match key {
            "id" => rule.id = rule.id.or(Some(value.to_string())),
            "name" if rule.name.is_empty() => rule.name = value.to_string(),
            "severity" => rule.severity = Some(value.to_string()),
            "description" => rule.description = Some(text_of()),
            "tactics" => rule.tactics.extend(items()),
            "relevantTechniques" => rule.techniques.extend(items().flat_map(|item| techniques(&item))),
            "query" => {
                // Behind the rule there may be tables and prose; the rule itself ends with its version.
                let end = if value.is_empty() || value.starts_with(['|', '>']) { end } else { at + 1 };
                queries.extend(query(&lines, at + 1, end));
            }
            _ => {}
        }
        at = end;
    }
    let words = |text: &str| text.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    queries.dedup_by(|a, b| words(&a.1) == words(&b.1));
    (!queries.is_empty()).then(|| {
        queries.into_iter().map(|(line, query)| Rule { line: line + 1, query, ..rule.clone() }).collect()
    })
}

/// The query on lines `from..to`, with the index of its first line.
fn query(lines: &[&str], from: usize, to: usize) -> Option<(usize, String)> {
    let from = (from..to).find(|i| !lines[*i].trim().is_empty())?;
    let text = lines[from..to].join("\n");
    Some((from, text.trim_end().to_string()))
}

/// The heading of the query: `KQL Query`, perhaps with `#` or a colon.
fn is_section(line: &str) -> bool {
    line.trim_matches(|c: char| c == '#' || c == ':' || c == '*' || c.is_whitespace())
        .eq_ignore_ascii_case("kql query")
}

/// The key of a rule and its value, at the beginning of a line: `id: …`.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    (KEYS.contains(&key) && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim()))
}

/// The key of a text below it: `query: |`.
fn block_key(line: &str) -> Option<&str> {
    key_of(line).filter(|(_, value)| value.starts_with(['|', '>'])).map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "\
Somebody may list things. Look for it.
KQL Query
T
| where Kind in (\"a\", \"b\")
| summarize n = count() by User,
Name
| order by n desc
id: 0000-1
name: Things: listed
description: |
Lists things
requiredDataConnectors:
- connectorId: X
dataTypes:
- T
tactics:
- InitialAccess
relevantTechniques:
- T1566
query: |
T
| where Kind in (\"a\", \"b\")
| summarize n = count() by User,
  Name
| order by n desc
version: 1.0.0
| Sentinel Table | Notes |
|---|---|
T | Ensure this data connector is enabled |
Scenario: A backup runs.
Filter/Exclusion: Exclude it.";

    #[test]
    fn the_query_runs_once_though_it_stands_there_twice() {
        let found = parse(DOCUMENT).unwrap();
        assert_eq!(
            found,
            [Rule {
                line: 3,
                id: Some("0000-1".into()),
                name: "Things: listed".into(),
                description: Some("Lists things".into()),
                tactics: vec!["InitialAccess".into()],
                techniques: vec!["T1566".into()],
                query: "T\n| where Kind in (\"a\", \"b\")\n| summarize n = count() by User,\nName\n| order by n desc".into(),
                ..Rule::default()
            }]
        );
    }

    #[test]
    fn another_query_in_the_yaml_is_another_rule() {
        let found = parse(&DOCUMENT.replace("query: |\nT\n", "query: |\nU\n")).unwrap();
        let queries: Vec<_> = found.iter().map(|r| (r.line, &r.query[..1])).collect();
        assert_eq!(queries, [(3, "T"), (21, "U")]);
    }

    #[test]
    fn yaml_without_indentation_needs_no_section_above_it() {
        let found = parse("id: 1\nquery: |\nT\n| take 1\nversion: 1\n").unwrap();
        assert_eq!((found.len(), found[0].query.as_str()), (1, "T\n| take 1"));
    }

    #[test]
    fn a_section_may_stand_alone() {
        let found = parse("## KQL Query:\n\nT | take 1\n").unwrap();
        assert_eq!((found[0].line, found[0].query.as_str()), (3, "T | take 1"));
    }

    #[test]
    fn other_texts_are_not_taken_for_it() {
        assert_eq!(parse("T | extend name = 1 | where x == 'id: 1'"), None);
        assert_eq!(parse("Just prose.\nname: x\n"), None);
    }
}
