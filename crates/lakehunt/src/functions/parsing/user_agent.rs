//! Browser, operating system and device of a user agent, by the patterns of uap-core (`regexes.yaml`).
//!
//! <https://learn.microsoft.com/kusto/query/parse-user-agent-function>,
//! <https://github.com/ua-parser/uap-core/blob/master/docs/specification.md>

use crate::functions::adapter::{ArgType, Cache, ReturnType, ScalarKernel};
use crate::yaml::{Node, mappings};
use kql2sql::json::push_string;
use regex::{Captures, Regex, RegexSet, RegexSetBuilder};
use std::borrow::Cow;
use std::sync::LazyLock;

/// `kql_parse_user_agent(path of the patterns, user agent, what is wanted)`: a bag for each of `"browser"`, `"os"` and
/// `"device"` that the third argument names. What no pattern knows has the family `Other`.
pub(super) const USER_AGENT: ScalarKernel = ScalarKernel {
    name: "kql_parse_user_agent",
    args: &[ArgType::Text, ArgType::Text, ArgType::Text],
    returns: ReturnType::Dynamic,
    eval: |a| {
        // A session reads the file before (`check`), so that a query finds it good.
        static PATTERNS: Cache<Option<Vec<Patterns>>> = Cache::new(|path| load(path).ok());
        let (mut patterns, agent, wanted) = (PATTERNS.prepare(a.text(0)?), a.text(1)?, a.text(2)?);
        a.collect_text(|row, out| {
            let Some(patterns) = patterns.get(row) else { return false };
            describe(patterns, agent.get(row), wanted.get(row), out);
            true
        })
    },
    ..ScalarKernel::BASE
};

/// A bag of what is wanted of a user agent.
fn describe(patterns: &[Patterns], agent: &str, wanted: &str, json: &mut String) {
    let parts = PARTS.iter().zip(patterns).filter(|(part, _)| wanted.contains(part.wanted));
    for (i, (part, patterns)) in parts.enumerate() {
        json.push(if i == 0 { '{' } else { ',' });
        push_string(json, part.name);
        json.push(':');
        patterns.describe(part, agent, json);
    }
    json.push('}');
}

/// What is told of a user agent: by what it is asked for, its name, its patterns in the file, and its members, each with
/// the key of a pattern that says it and the group of the pattern that says it otherwise (0 for none).
struct Part {
    wanted: &'static str,
    name: &'static str,
    list: &'static str,
    members: &'static [(&'static str, &'static str, usize)],
}

static PARTS: [Part; 3] = [
    Part {
        wanted: "\"browser\"",
        name: "Browser",
        list: "user_agent_parsers",
        members: &[
            ("Family", "family_replacement", 1),
            ("MajorVersion", "v1_replacement", 2),
            ("MinorVersion", "v2_replacement", 3),
            ("Patch", "v3_replacement", 4),
        ],
    },
    Part {
        wanted: "\"os\"",
        name: "OperatingSystem",
        list: "os_parsers",
        members: &[
            ("Family", "os_replacement", 1),
            ("MajorVersion", "os_v1_replacement", 2),
            ("MinorVersion", "os_v2_replacement", 3),
            ("Patch", "os_v3_replacement", 4),
            ("PatchMinor", "os_v4_replacement", 5),
        ],
    },
    Part {
        wanted: "\"device\"",
        name: "Device",
        list: "device_parsers",
        members: &[
            ("Family", "device_replacement", 1),
            ("Brand", "brand_replacement", 0),
            ("Model", "model_replacement", 1),
        ],
    },
];

/// The patterns of a [`Part`]: the first that matches says the values of its members, each by its template.
struct Patterns {
    /// All of them, to find the first that matches in one pass.
    set: RegexSet,
    each: Vec<(Regex, Vec<String>)>,
}

/// What is wrong with a file of patterns, if anything.
pub(crate) fn check(path: &str) -> Result<(), String> {
    load(path).map(|_| ())
}

fn load(path: &str) -> Result<Vec<Patterns>, String> {
    patterns(&std::fs::read_to_string(path).map_err(|e| format!("it cannot be read: {e}"))?)
}

/// The patterns of each of [`PARTS`] in a text of uap-core's form.
fn patterns(text: &str) -> Result<Vec<Patterns>, String> {
    let documents = mappings(text).map_err(|(line, why)| format!("line {line}: {why}"))?;
    let of = |part: &Part| match documents.first().and_then(|d| d.get(part.list)) {
        Some(Node::List(list)) => Patterns::new(part, list),
        _ => Err(format!("it has no list '{}'; uap-core's regexes.yaml is wanted", part.list)),
    };
    PARTS.iter().map(of).collect()
}

impl Patterns {
    fn new(part: &Part, list: &[Node]) -> Result<Patterns, String> {
        let mut sources = Vec::new();
        let mut each = Vec::new();
        for node in list {
            let value = |key: &str| match node.get(key) {
                Some(Node::Text { value, .. }) => Some(value.as_str()),
                _ => None,
            };
            let regex =
                value("regex").ok_or_else(|| format!("a pattern in '{}' has no 'regex'", part.list))?;
            let source = match value("regex_flag") {
                Some("i") => format!("(?i){}", small(regex)),
                _ => small(regex).into_owned(),
            };
            let wrong =
                |e: regex::Error| format!("the pattern {regex} in '{}' cannot be used: {e}", part.list);
            let regex = Regex::new(&source).map_err(wrong)?;
            let template = |&(_, key, group): &(&str, &str, usize)| match value(key) {
                Some(template) if !template.trim().is_empty() => template.to_owned(),
                _ if (1..regex.captures_len()).contains(&group) => format!("${group}"),
                _ => String::new(),
            };
            let templates = part.members.iter().map(template).collect();
            each.push((regex, templates));
            sources.push(source);
        }
        let set = RegexSetBuilder::new(&sources).size_limit(SET).dfa_size_limit(STATES).build();
        let set = set.map_err(|e| format!("the patterns in '{}' cannot be used: {e}", part.list))?;
        Ok(Patterns { set, each })
    }

    /// What is known of a user agent, as JSON.
    fn describe(&self, part: &Part, agent: &str, json: &mut String) {
        let first = self.set.matches(agent).iter().next().map(|i| &self.each[i]);
        let found = first.and_then(|(regex, templates)| Some((regex.captures(agent)?, templates)));
        for (i, (name, ..)) in part.members.iter().enumerate() {
            json.push(if i == 0 { '{' } else { ',' });
            push_string(json, name);
            json.push(':');
            match &found {
                Some((groups, templates)) => push_string(json, filled(&templates[i], groups).trim()),
                None => push_string(json, if i == 0 { "Other" } else { "" }),
            }
        }
        json.push('}');
    }
}

/// So large may all patterns of a part be together, in bytes; uap-core's take a tenth of that.
const SET: usize = 1 << 28;

/// So much memory may a thread take to match them at once, in bytes: of the default they use up the most in each text.
const STATES: usize = 1 << 24;

/// The pattern without its limits: uap-core writes `.{0,100}` for `.*`, to save engines that go back and try again, and
/// for one that does not each step costs states.
fn small(regex: &str) -> Cow<'_, str> {
    static LIMITS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?<escape>\\.)|\{(?<least>[01]),\d{3,}\}").ok());
    let Some(limits) = LIMITS.as_ref() else { return regex.into() };
    limits.replace_all(regex, |found: &Captures<'_>| match found.name("least").map(|m| m.as_str()) {
        Some("0") => "*".to_owned(),
        Some(_) => "+".to_owned(),
        None => found[0].to_owned(),
    })
}

/// A template with the groups `$1` to `$9` in their places.
fn filled(template: &str, groups: &Captures<'_>) -> String {
    let mut text = String::new();
    let mut parts = template.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.chars().next().and_then(|c| c.to_digit(10)) {
            Some(group @ 1..) => {
                text.push_str(groups.get(group as usize).map_or("", |m| m.as_str()));
                text.push_str(&part[1..]);
            }
            _ => {
                text.push('$');
                text.push_str(part);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATTERNS: &str = r#"
user_agent_parsers:
  - regex: '(Walker)/(\d+)\.(\d+)'
  - regex: 'Runner (\d+)'
    family_replacement: 'Runner "Pro"'
    v1_replacement: '7'
os_parsers:
  - regex: 'Toaster OS[ /](\d+)\.(\d+)\.(\d+)\.(\d+)'
    os_replacement: 'Toaster'
    os_v1_replacement: '$1'
    os_v2_replacement: '$2'
    os_v3_replacement: '$3'
    os_v4_replacement: '$4'
device_parsers:
  - regex: 'kettle-(\w+)'
    regex_flag: 'i'
    device_replacement: 'Kettle $1'
    brand_replacement: 'Acme'
"#;

    fn described(known: &[Patterns], agent: &str, wanted: &str) -> String {
        let mut json = String::new();
        describe(known, agent, wanted, &mut json);
        json
    }

    #[test]
    fn what_the_patterns_know_is_told() {
        let known = patterns(PATTERNS).expect("patterns");
        let all = r#"["browser","os","device"]"#;
        assert_eq!(
            described(&known, "Walker/5.1 (Toaster OS 1.2.3.4; KETTLE-X9)", all),
            concat!(
                r#"{"Browser":{"Family":"Walker","MajorVersion":"5","MinorVersion":"1","Patch":""},"#,
                r#""OperatingSystem":{"Family":"Toaster","MajorVersion":"1","MinorVersion":"2","Patch":"3","PatchMinor":"4"},"#,
                r#""Device":{"Family":"Kettle X9","Brand":"Acme","Model":"X9"}}"#
            )
        );
        assert_eq!(
            described(&known, "Runner 3", r#"["browser"]"#),
            r#"{"Browser":{"Family":"Runner \"Pro\"","MajorVersion":"7","MinorVersion":"","Patch":""}}"#
        );
        for unknown in ["", "curl"] {
            assert_eq!(
                described(&known, unknown, r#"["device"]"#),
                r#"{"Device":{"Family":"Other","Brand":"","Model":""}}"#
            );
        }
    }

    #[test]
    fn a_file_of_something_else_is_told() {
        let wrong = |text: &str| patterns(text).map(|_| ()).expect_err("no patterns");
        assert!(wrong("a: b").contains("user_agent_parsers"));
        assert!(wrong("a: [").contains("line"));
        assert!(wrong("- x").contains("regexes.yaml"));
        assert!(wrong(&PATTERNS.replace("(Walker)", "(Walker")).contains("cannot be used"));
        assert!(wrong(&PATTERNS.replace("- regex: 'kettle", "- pattern: 'kettle")).contains("no 'regex'"));
        assert!(check("no such file").is_err_and(|why| why.contains("cannot be read")));
    }
}
