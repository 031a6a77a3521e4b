//! Runs the pages under `tests/spec`: how they are written is told in `tests/spec/README.md`.
//!
//! `SPEC=summarize cargo test …` runs the pages and headings with that word in their name. `UPDATE=1` rewrites
//! the `sql` blocks; results are worked out by hand and never rewritten.

use std::sync::Arc;

use kql2sql::{Column, Diagnostic, MemoryCatalog, Options, Table, Type};
use serde_json::Value;

use crate::support::lake::{self, Refused};
use crate::support::markdown::{self, Block};
use crate::support::{files, json, read, report, root};

#[test]
fn operators() {
    run("operators");
}

#[test]
fn functions() {
    run("functions");
}

#[test]
fn types() {
    run("types");
}

#[test]
fn names() {
    run("names");
}

#[test]
fn diagnostics() {
    run("diagnostics");
}

#[test]
fn plugins() {
    run("plugins");
}

#[test]
fn lowering() {
    run("lowering");
}

#[test]
fn every_page_is_run() {
    let spec = root().join("tests/spec");
    let folders = ["operators", "plugins", "functions", "types", "names", "diagnostics", "lowering"];
    let strays: Vec<_> = files(&spec, ".md")
        .into_iter()
        .filter(|page| !folders.iter().any(|folder| page.starts_with(spec.join(folder))))
        .filter(|page| *page != spec.join("README.md"))
        .collect();
    assert!(strays.is_empty(), "no test runs these pages: {strays:?}");
}

/// A query of a page with what is said about it.
#[derive(Debug)]
pub struct Case {
    /// Page, line and heading, for messages.
    pub place: String,
    pub kql: String,
    /// The tables that the page declares.
    pub tables: MemoryCatalog,
    expectations: Vec<Block>,
}

impl Case {
    /// What the query answers, where the page says so.
    pub fn result(&self) -> Option<&str> {
        self.expectation("result")
    }

    /// What the page says about the query in a block of that kind.
    pub fn expectation(&self, kind: &str) -> Option<&str> {
        self.expectations.iter().find(|block| block.kind == kind).map(|block| block.text.as_str())
    }
}

/// The queries of a page.
pub fn cases(name: &str, page: &str) -> Vec<Case> {
    let mut tables = MemoryCatalog::new();
    let mut cases: Vec<Case> = Vec::new();
    for block in markdown::blocks(page) {
        match block.kind.as_str() {
            "tables" => block.text.lines().for_each(|line| tables.insert(table(line))),
            "kql" => cases.push(Case {
                place: format!("{name}:{} ({})", block.line, block.heading),
                kql: block.text,
                tables: tables.clone(),
                expectations: Vec::new(),
            }),
            "result" | "error" | "sql" | "verdict" => {
                let case =
                    cases.last_mut().unwrap_or_else(|| panic!("{name}: no query before line {}", block.line));
                case.expectations.push(block);
            }
            other => panic!("{name}:{}: there are no blocks of the kind {other:?}", block.line),
        }
    }
    for case in &cases {
        assert!(!case.expectations.is_empty(), "{}: nothing is said about this query", case.place);
    }
    cases
}

/// `Name(column:type, …)`
fn table(line: &str) -> Table {
    let wrong = || panic!("a table is declared as Name(column:type, …), not {line:?}");
    let (name, columns) = line.split_once('(').unwrap_or_else(wrong);
    let columns = columns.trim_end().strip_suffix(')').unwrap_or_else(|| panic!("no `)` in {line:?}"));
    let columns = columns.split(", ").map(|column| {
        let (name, ty) = column.split_once(':').unwrap_or_else(wrong);
        Column::new(name, Type::parse(ty).unwrap_or_else(|| panic!("no type {ty:?}")))
    });
    Table { name: name.to_owned(), columns: columns.collect() }
}

fn run(folder: &str) {
    let wanted = std::env::var("SPEC").unwrap_or_default();
    let update = std::env::var_os("UPDATE").is_some();
    let spec = root().join("tests/spec");
    let (mut checked, mut failures) = (0, Vec::new());
    for path in files(&spec.join(folder), ".md") {
        let name = path.strip_prefix(&spec).expect("the page is below").display().to_string();
        let mut page = read(&path);
        let mut rewritten: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for case in cases(&name, &page) {
            if !case.place.contains(&wanted) {
                continue;
            }
            for block in &case.expectations {
                checked += 1;
                let outcome = match block.kind.as_str() {
                    "result" => check_result(&case, &block.text),
                    "error" => check_error(&case, &block.text),
                    _ => match sql(&case) {
                        Ok(sql) if sql.trim_end() == block.text => Ok(()),
                        Ok(sql) if update => {
                            rewritten.push((block.range.clone(), sql));
                            Ok(())
                        }
                        Ok(sql) => Err(format!("the SQL is\n{sql}\nnot\n{}", block.text)),
                        Err(why) => Err(why),
                    },
                };
                if let Err(why) = outcome {
                    failures.push(format!("{}\n{}\n  -> {why}", case.place, case.kql));
                }
            }
        }
        if !rewritten.is_empty() {
            for (range, sql) in rewritten.into_iter().rev() {
                page.replace_range(range, &sql);
            }
            std::fs::write(&path, page).expect("the page can be written");
        }
    }
    if checked > 0 || wanted.is_empty() {
        report(folder, checked, &failures);
    }
}

/// A header `name:type …`, then a row a line: its values as JSON with blanks between. Rows are compared in order
/// if the query sorts.
pub fn check_result(case: &Case, expected: &str) -> Result<(), String> {
    let answers = lake::run(lake::sample(), &case.kql).map_err(|why| why.to_string())?;
    // Several results stand below each other, with an empty line between.
    let expected: Vec<&str> = expected.split("\n\n").collect();
    if answers.len() != expected.len() {
        return Err(format!("{} results, not {}", answers.len(), expected.len()));
    }
    for (answer, expected) in answers.iter().zip(expected) {
        let mut lines = expected.lines();
        let header = lines.next().unwrap_or_default();
        let columns: Vec<String> = answer
            .columns
            .iter()
            .map(|c| {
                let plain = !c.name.is_empty() && !c.name.contains([' ', '"']);
                let name = if plain { c.name.clone() } else { Value::from(c.name.as_str()).to_string() };
                format!("{name}:{}", c.ty)
            })
            .collect();
        if columns.join(" ") != header.split_whitespace().collect::<Vec<_>>().join(" ") {
            return Err(format!("the columns are\n{}\nnot\n{header}", columns.join(" ")));
        }
        let rows: Vec<Vec<Value>> = lines
            .map(|line| {
                serde_json::Deserializer::from_str(line).into_iter().collect::<Result<_, _>>().unwrap_or_else(
                    |error| panic!("{}: {line:?} is no row of JSON values: {error}", case.place),
                )
            })
            .collect();
        if !json::same_rows(&answer.rows, &rows, sorts(&case.kql)) {
            let text = |rows: &[Vec<Value>]| {
                rows.iter()
                    .map(|row| {
                        format!("{}\n", row.iter().map(Value::to_string).collect::<Vec<_>>().join(" "))
                    })
                    .collect::<String>()
            };
            return Err(format!("the rows are\n{}not\n{}", text(&answer.rows), text(&rows)));
        }
    }
    Ok(())
}

/// Whether the order of the rows is part of the answer.
fn sorts(kql: &str) -> bool {
    ["sort by", "order by", "top "].iter().any(|word| kql.contains(word))
}

/// The errors in order: for each the line of the query, carets below the place, behind them the code and a part of
/// the message; on a line of its own `help:` with a part of the advice.
fn check_error(case: &Case, expected: &str) -> Result<(), String> {
    // Nothing is read: the tables of the page are known by their columns only.
    let found = match translate(case) {
        Ok(_) => return Err("it is accepted".into()),
        Err(diagnostics) => diagnostics,
    };
    let shown = || {
        found
            .iter()
            .map(|d| {
                let (start, length) = d.span.char_range(&case.kql);
                format!("{} {start}+{length} {} [{}]", d.code, d.message, d.help.as_deref().unwrap_or(""))
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut errors = found.iter().filter(|d| d.is_error());
    let mut current: Option<&Diagnostic> = None;
    let mut line_start = None;
    for line in expected.lines() {
        if let Some(help) = line.trim_start().strip_prefix("help: ") {
            if !current.and_then(|d| d.help.as_deref()).is_some_and(|found| found.contains(help)) {
                return Err(format!("no such help: {help}\nfound:\n{}", shown()));
            }
        } else if let Some((place, rest)) = caret(line) {
            let start = line_start.ok_or("a caret needs the line of the query above it")? + place.0;
            let (code, message) = rest.split_once(' ').unwrap_or((rest, ""));
            let Some(d) = errors.next() else {
                return Err(format!("no such error: {line}\nfound:\n{}", shown()));
            };
            let (found_start, found_length) = d.span.char_range(&case.kql);
            if d.code != code
                || found_start != start
                || found_length.max(1) != place.1
                || !d.message.contains(message)
            {
                return Err(format!("expected {code} {start}+{} {message}\nfound:\n{}", place.1, shown()));
            }
            current = Some(d);
        } else {
            // Where the query has a line twice, the errors below it are those of the first.
            line_start = case.kql.find(line).map(|at| case.kql[..at].chars().count());
            if line_start.is_none() {
                return Err(format!("this is no line of the query: {line}"));
            }
        }
    }
    match errors.next() {
        Some(more) => Err(format!("also {} {}", more.code, more.message)),
        None if current.is_none() => Err("the block names no error".into()),
        None => Ok(()),
    }
}

/// Column and length of the carets on a line, and what stands behind them.
fn caret(line: &str) -> Option<((usize, usize), &str)> {
    let start = line.find('^')?;
    let carets = line[start..].chars().take_while(|c| *c == '^').count();
    line[..start].trim().is_empty().then(|| ((start, carets), line[start + carets..].trim_start()))
}

fn sql(case: &Case) -> Result<String, String> {
    let translation = translate(case).map_err(|found| Refused::Query(found).to_string())?;
    let texts: Vec<String> = translation.results.iter().map(|r| r.text()).collect();
    Ok(texts.join(";\n"))
}

fn translate(case: &Case) -> Result<kql2sql::Translation, Vec<Diagnostic>> {
    let options = Options { now: kql2sql::time::parse_datetime(lake::NOW), ..Options::default() };
    let catalog = Both { page: &case.tables, lake: &lake::sample().catalog() };
    let translation = kql2sql::translate(&case.kql, &catalog, &options);
    if translation.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(translation.diagnostics);
    }
    Ok(translation)
}

/// The tables of a page and those of the sample lake.
struct Both<'a> {
    page: &'a dyn kql2sql::Catalog,
    lake: &'a dyn kql2sql::Catalog,
}

impl kql2sql::Catalog for Both<'_> {
    fn table(&self, name: &str) -> Option<Arc<Table>> {
        self.page.table(name).or_else(|| self.lake.table(name))
    }

    fn table_names(&self) -> Vec<String> {
        let mut names = self.page.table_names();
        names.extend(self.lake.table_names());
        names
    }
}
