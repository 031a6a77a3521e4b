//! Rule documents: what people publish hunting queries in, and the rules that are in them.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lakehunt::documents;

use super::{markdown, prose, split, yaml};
use crate::{failure, text};

/// One rule: a query and what its document says about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// The document.
    pub path: PathBuf,
    /// The line of the document on which the query begins, from 1.
    pub line: usize,
    /// The identifier that the document gives it.
    pub id: Option<String>,
    /// The document's name for it, else one made from its title or file name.
    pub name: String,
    pub description: Option<String>,
    pub severity: Option<String>,
    /// MITRE ATT&CK tactics: `InitialAccess`
    pub tactics: Vec<String>,
    /// MITRE ATT&CK techniques: `T1566`
    pub techniques: Vec<String>,
    /// The KQL.
    pub query: String,
}

/// A document that cannot be read, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The document.
    pub path: PathBuf,
    /// The line, where there is one to name.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A rule, or what stands in its place.
pub type Found = Result<Rule, Problem>;

/// The endings of files that are looked at in folders.
const EXTENSIONS: [&str; 8] = ["kql", "csl", "kusto", "md", "markdown", "yaml", "yml", "txt"];

/// The rules of documents, of folders of documents and of what patterns match, in the order of the paths, folders and matches
/// sorted by name. A file that was named or matched must hold a rule; one that was come across in a folder need not.
pub fn read(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        // A shell gives the matches; quoted, and where no shell stands between, the pattern itself comes here.
        if documents::is_pattern(path) {
            match documents::matching(path) {
                Ok(matches) if matches.is_empty() => {
                    found.push(Err(problem(path, "no file matches the pattern")));
                }
                Ok(matches) => found.extend(read(&matches)),
                Err((path, error)) => found.push(Err(problem(&path, error))),
            }
            continue;
        }
        if path == Path::new("-") {
            found.extend(match text::stdin() {
                Ok(text) => named(path, parse(Path::new("stdin.kql"), &text)),
                Err(failure) => vec![Err(problem(path, failure.message.unwrap_or_default()))],
            });
        } else if path.is_dir() {
            let before = found.len();
            let mut files = Vec::new();
            if let Err((folder, error)) = documents::find(path, &EXTENSIONS, &mut files) {
                found.push(Err(problem(&folder, error)));
            }
            for file in files {
                found.extend(read_file(&file));
            }
            if found.len() == before {
                found.push(Err(problem(path, "there is no rule in this folder")));
            }
        } else {
            found.extend(named(path, read_file(path)));
        }
    }
    found
}

/// A document that was named and holds no rule is a problem.
fn named(path: &Path, found: Vec<Found>) -> Vec<Found> {
    if found.is_empty() {
        return vec![Err(problem(
            path,
            "there is no query in it: expected KQL, a fenced block of KQL, `query:` of YAML, or a `KQL Query` section",
        ))];
    }
    found
}

/// The largest document that is read, in bytes.
const LARGEST: u64 = 16 << 20;

fn read_file(path: &Path) -> Vec<Found> {
    let text = fs::metadata(path).and_then(|found| {
        if found.len() > LARGEST {
            Err(io::Error::other("it is larger than 16 MiB"))
        } else {
            documents::read(path)
        }
    });
    match text {
        Ok(text) => parse(path, &text),
        Err(error) => vec![Err(problem(path, error))],
    }
}

/// The rules in `text`, a document of the kind that the ending of `path` and the text itself tell.
pub fn parse(path: &Path, text: &str) -> Vec<Found> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut found = match documents::ending(path).as_str() {
        "md" | "markdown" => markdown::parse(&text),
        "yaml" | "yml" => yaml::parse(&text).unwrap_or_else(|wrong| match prose::parse(&text) {
            Some(rules) => {
                let Problem { line, message, .. } = &wrong;
                let message = format!("{message}; its query is read all the same");
                failure::warning(Problem { line: *line, ..problem(path, message) });
                found_all(rules)
            }
            None => vec![Err(wrong)],
        }),
        "kql" | "csl" | "kusto" => kql(&text),
        _ if prose::has_section(&text) => prose::parse(&text).map_or_else(Vec::new, found_all),
        _ => yaml::parse(&text)
            .ok()
            .filter(|found| !found.is_empty())
            .or_else(|| prose::parse(&text).map(found_all))
            .unwrap_or_else(|| kql(&text)),
    };
    let stem = path.file_stem().map_or_else(|| "query".into(), |s| s.to_string_lossy().into_owned());
    let mut names: Vec<String> = Vec::new();
    for item in &mut found {
        match item {
            Ok(rule) => {
                rule.path = path.to_path_buf();
                if rule.name.is_empty() {
                    rule.name.clone_from(&stem);
                }
                let same = names.iter().filter(|n| **n == rule.name).count();
                names.push(rule.name.clone());
                if same > 0 {
                    rule.name = format!("{} ({})", rule.name, same + 1);
                }
            }
            Err(problem) => problem.path = path.to_path_buf(),
        }
    }
    found
}

fn found_all(rules: Vec<Rule>) -> Vec<Found> {
    rules.into_iter().map(Ok).collect()
}

/// The file is a query, or several; the leading comment of each describes it.
fn kql(text: &str) -> Vec<Found> {
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    if text.lines().all(|line| line.trim().is_empty() || is_comment(&line)) {
        return Vec::new();
    }
    let rule = |(before, query): (usize, Cow<'_, str>)| {
        let comment: Vec<&str> = query
            .lines()
            .skip_while(|line| line.trim().is_empty())
            .take_while(is_comment)
            .map(|line| line.trim().trim_start_matches('/').trim())
            .collect();
        let description = comment.join("\n").trim().to_string();
        Ok(Rule {
            line: before + 1,
            description: (!description.is_empty()).then_some(description),
            query: query.into_owned(),
            ..Rule::default()
        })
    };
    split::queries(text).into_iter().map(rule).collect()
}

fn problem(path: &Path, message: impl ToString) -> Problem {
    Problem { path: path.to_path_buf(), line: None, message: message.to_string() }
}

/// The identifiers of MITRE techniques in `text`: `T1566`, `T1566.001`.
pub fn techniques(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')) {
        let word = word.trim_matches('.');
        let digits = |s: &str, n| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        let is_technique = word.strip_prefix('T').is_some_and(|rest| match rest.split_once('.') {
            Some((technique, sub)) => digits(technique, 4) && digits(sub, 3),
            None => digits(rest, 4),
        });
        if is_technique && !found.iter().any(|f| f == word) {
            found.push(word.to_string());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(name: &str, text: &str) -> Vec<Rule> {
        parse(Path::new(name), text).into_iter().map(|f| f.unwrap()).collect()
    }

    #[test]
    fn a_kql_file_is_one_rule_named_after_the_file() {
        let text = "\u{feff}// Finds things.\r\n// By looking.\r\n\r\nlet a = 1;\r\n\r\nT | where x == a\r\n";
        let found = rules("dir/find.kql", text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "find");
        assert_eq!(found[0].description.as_deref(), Some("Finds things.\nBy looking."));
        assert_eq!(found[0].query, "// Finds things.\n// By looking.\n\nlet a = 1;\n\nT | where x == a\n");
        assert_eq!(found[0].line, 1);
    }

    #[test]
    fn a_kql_file_may_hold_several_queries() {
        let found = rules("find.kql", "// In one\nA\n| take 1\n\n// In the other\nB\n| take 1\n");
        let found: Vec<_> = found.iter().map(|r| (&*r.name, r.line, r.description.as_deref())).collect();
        assert_eq!(found, [("find", 1, Some("In one")), ("find (2)", 5, Some("In the other"))]);
    }

    #[test]
    fn comments_alone_are_no_query() {
        assert_eq!(parse(Path::new("a.kql"), "// nothing\n\n"), []);
        assert_eq!(parse(Path::new("a.txt"), ""), []);
    }

    #[test]
    fn a_text_may_be_a_query_or_yaml() {
        assert_eq!(rules("a.txt", "T | take 1")[0].query, "T | take 1");
        assert_eq!(rules("a.txt", "id: 1\nquery: |\n  T\n  | take 1\n")[0].query, "T\n| take 1\n");
    }

    #[test]
    fn folders_are_read_in_the_order_of_names_and_need_a_rule() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("b")).unwrap();
        fs::create_dir(path(".git")).unwrap();
        fs::create_dir(path("empty")).unwrap();
        fs::write(path("c.kql"), "C").unwrap();
        fs::write(path("a.md"), "# Title\n\n```kusto\nA\n```\n").unwrap();
        fs::write(path("b/b.yaml"), "name: B\nquery: B\n").unwrap();
        fs::write(path("README.md"), "# About\n").unwrap();
        fs::write(path(".git/x.kql"), "X").unwrap();
        fs::write(path("image.png"), "X").unwrap();
        let names: Vec<String> =
            read(&[folder.path().to_path_buf()]).into_iter().map(|f| f.unwrap().name).collect();
        assert_eq!(names, ["Title", "B", "c"]);
        assert!(read(&[path("empty")])[0].is_err());
        assert!(read(&[path("README.md")])[0].is_err());
        assert!(read(&[path("missing.kql")])[0].is_err());
        fs::write(path("latin.kql"), b"T // \xe4").unwrap();
        assert!(read(&[path("latin.kql")])[0].as_ref().unwrap_err().message.contains("UTF-8"));
        let wide: Vec<u8> = "\u{feff}T | take 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(path("wide.kql"), wide).unwrap();
        assert_eq!(read(&[path("wide.kql")])[0].as_ref().unwrap().query, "T | take 1");
    }

    #[test]
    fn techniques_are_found_in_any_text() {
        assert_eq!(
            techniques("| T1566.001 | [T1059](https://attack/T1059/) T15 XT1566"),
            ["T1566.001", "T1059"]
        );
    }
}
