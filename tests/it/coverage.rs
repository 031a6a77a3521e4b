//! `docs/coverage.md`: what of the language there is, written from the registry. `UPDATE=1` rewrites the page.

use std::fmt::Write as _;

use kql2sql::functions::{AGGREGATES, Function, Lower, OPERATORS as EXPRESSION_OPERATORS, SCALARS};
use kql2sql::operators::evaluate::{self, Plugin};
use kql2sql::operators::{OPERATORS, OperatorDef};
use kql2sql::topics::{TOPICS, Topic};

use crate::support::root;

const PAGES: &str = "https://learn.microsoft.com/kusto/query/";

#[test]
fn the_coverage_page_is_current() {
    let path = root().join("docs/coverage.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(root().join("docs")).expect("the folder can be made");
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    if there == page {
        return;
    }
    let line = there.lines().zip(page.lines()).take_while(|(a, b)| a == b).count();
    panic!(
        "docs/coverage.md is not what the registry says; UPDATE=1 rewrites it. Line {}: {:?} instead of {:?}",
        line + 1,
        there.lines().nth(line).unwrap_or_default(),
        page.lines().nth(line).unwrap_or_default()
    );
}

/// Something of the language.
struct Item {
    name: String,
    doc: &'static str,
    page: &'static str,
    /// Why it is refused.
    refused: Option<&'static str>,
    examples: Vec<(String, String)>,
}

fn page() -> String {
    let mut page = String::from(
        "# Coverage\n\n\
         What of KQL Lakehunt answers, and what it refuses and why. Written from the registry by a test \
         (`tests/it/coverage.rs`); do not edit. An arrow leads from an example to the \
         values of its first row.\n\n",
    );
    let chapters = [
        ("Statements", topics("statement")),
        ("Types", topics("type")),
        ("Operators", operators()),
        ("Scalar functions", functions(SCALARS)),
        ("Aggregates", functions(AGGREGATES)),
        ("Operators of expressions", functions(EXPRESSION_OPERATORS)),
        ("Plugins", plugins()),
    ];
    page.push_str("| | supported | refused |\n|---|---:|---:|\n");
    for (title, items) in &chapters {
        let refused = items.iter().filter(|item| item.refused.is_some()).count();
        let _ = writeln!(page, "| {title} | {} | {refused} |", items.len() - refused);
    }
    for (title, items) in &chapters {
        let _ = write!(page, "\n## {title}\n\n");
        for item in items.iter().filter(|item| item.refused.is_none()) {
            write_item(&mut page, item);
        }
        let mut refused = items.iter().filter(|item| item.refused.is_some()).peekable();
        if refused.peek().is_some() {
            let _ = write!(page, "\n### Refused\n\n");
        }
        for item in refused {
            write_item(&mut page, item);
        }
    }
    page
}

fn write_item(page: &mut String, item: &Item) {
    let name = code(&item.name);
    match item.page {
        "" => page.push_str(&format!("- {name}")),
        link => page.push_str(&format!("- [{name}]({PAGES}{link})")),
    }
    if !item.doc.is_empty() {
        let _ = write!(page, ": {}", item.doc);
    }
    if let Some(why) = item.refused {
        let _ = write!(page, " Refused: {why}.");
    }
    page.push('\n');
    for (query, result) in &item.examples {
        let query = query.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(page, "  - {} → {}", code(&query), code(result));
    }
}

/// As code, whatever is in it.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    [fence, pad, text, pad, fence].concat()
}

fn functions(families: &'static [&'static [Function]]) -> Vec<Item> {
    let mut items: Vec<Item> = families.iter().copied().flatten().map(function).collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    items
}

fn function(f: &'static Function) -> Item {
    let why = f.overloads.iter().find_map(|o| match o.lower {
        Lower::Unsupported(why) => Some(why),
        _ => None,
    });
    let mut item = Item {
        name: f.name.to_owned(),
        doc: f.doc,
        page: f.page,
        refused: why.filter(|_| !f.is_supported()),
        examples: Vec::new(),
    };
    // A second name says what its first is; its examples are the same.
    match f.alias_of {
        Some(first) => item.name = format!("{} = {first}", f.name),
        None => {
            item.examples = f.worked_examples().map(|(query, result)| (query, result.to_owned())).collect()
        }
    }
    item
}

fn plugins() -> Vec<Item> {
    let item = |plugin: &Plugin| Item {
        name: plugin.name.to_owned(),
        doc: plugin.doc,
        page: plugin.page,
        refused: plugin.refusal(),
        examples: plugin.examples.iter().map(|e| (e.query.to_owned(), e.result.to_owned())).collect(),
    };
    let mut items: Vec<Item> = evaluate::PLUGINS.iter().copied().flatten().map(item).collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    items
}

fn operators() -> Vec<Item> {
    let item = |def: &OperatorDef| {
        let example = def.form.and_then(|form| form.example);
        Item {
            name: def.keywords().collect::<Vec<_>>().join(", "),
            doc: def.doc,
            page: def.page,
            refused: def.refused,
            examples: example.map(|e| (e.query.to_owned(), e.result.to_owned())).into_iter().collect(),
        }
    };
    OPERATORS.iter().map(item).collect()
}

/// The statements, or the types.
fn topics(kind: &str) -> Vec<Item> {
    let item = |topic: &Topic| Item {
        name: topic.name.to_owned(),
        doc: topic.doc,
        page: topic.page,
        refused: topic.refused,
        examples: topic.form.example.map(|e| (e.query.to_owned(), e.result.to_owned())).into_iter().collect(),
    };
    TOPICS.iter().filter(|topic| topic.kind == kind).map(item).collect()
}
