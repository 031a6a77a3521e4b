//! Completion: tables, columns in scope, operators, functions and commands.

use std::ops::Range;

use kql2sql::functions::{AGGREGATES, Function, SCALARS};
use kql2sql::operators::{OPERATORS, Place, evaluate};
use kql2sql::syntax::lexer::lex;
use kql2sql::syntax::token::{Token, TokenClass, TokenKind};
use kql2sql::{Catalog, Column, Options};
use reedline::{Completer, CompletionResult, Span, Suggestion};

use super::commands::COMMANDS;
use super::scope::{Context, Position};
use crate::help;

/// The completer of the line editor.
pub struct Kql<C> {
    /// The tables.
    pub catalog: C,
    pub options: Options,
}

impl<C: Catalog> Completer for Kql<C> {
    fn complete(&mut self, line: &str, position: usize) -> CompletionResult {
        let found = candidates(line, position, &self.catalog, &self.options);
        let suggestions: Vec<Suggestion> = found
            .items
            .into_iter()
            .map(|item| Suggestion {
                value: item.text,
                description: (!item.description.is_empty()).then_some(item.description),
                span: Span::new(found.place.start, found.place.end),
                append_whitespace: item.complete,
                ..Suggestion::default()
            })
            .collect();
        CompletionResult::fresh(suggestions)
    }
}

/// What may stand at a place.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The bytes that a candidate takes the place of.
    pub place: Range<usize>,
    pub items: Vec<Item>,
}

/// One candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is put in.
    pub text: String,
    /// What it is.
    pub description: String,
    /// Whether a blank may follow.
    complete: bool,
}

impl Item {
    fn new(text: impl Into<String>, description: impl Into<String>) -> Item {
        Item { text: text.into(), description: description.into(), complete: true }
    }

    /// A function: its arguments follow.
    fn function(function: &Function) -> Item {
        let description = match function.overloads.first() {
            Some(overload) => help::signature(function.name, overload),
            None => function.doc.to_string(),
        };
        Item { text: format!("{}(", function.name), description, complete: false }
    }
}

/// What may stand at `position` of `line`: first what begins with the word there, then what contains it.
pub fn candidates(line: &str, position: usize, catalog: &dyn Catalog, options: &Options) -> Candidates {
    let text = line.get(..position).unwrap_or(line);
    let (start, items) = if text.trim_start().starts_with('.') {
        command(text, catalog, options)
    } else {
        query(text, 0, catalog, options)
    };
    Candidates { place: start..text.len(), items: matching(items, &text[start..]) }
}

/// Those of `items` that fit what has been typed, best first; of the same kind those that come first stay first.
fn matching(items: Vec<Item>, typed: &str) -> Vec<Item> {
    let typed = typed.to_lowercase();
    let (mut first, mut then): (Vec<Item>, Vec<Item>) = (Vec::new(), Vec::new());
    for item in items {
        let text = item.text.to_lowercase();
        let plain = text.trim_start_matches("['");
        let group = if text.starts_with(&typed) || plain.starts_with(&typed) {
            &mut first
        } else if typed.len() > 1 && text.contains(&typed) {
            &mut then
        } else {
            continue;
        };
        if !group.iter().any(|i| i.text == item.text) {
            group.push(item);
        }
    }
    first.append(&mut then);
    first
}

/// The candidates in a command.
fn command(text: &str, catalog: &dyn Catalog, options: &Options) -> (usize, Vec<Item>) {
    let start = text.len() - text.trim_start().len();
    let typed = &text[start..];
    for command in COMMANDS {
        let Some(rest) =
            typed.strip_prefix(command.name).filter(|rest| rest.starts_with(char::is_whitespace))
        else {
            continue;
        };
        let word = text.rfind(char::is_whitespace).map_or(start, |i| i + 1);
        let is_first = !rest.trim_start().contains(char::is_whitespace);
        let items = match command.name {
            ".explain" | ".sql" => return query(text, text.len() - rest.len(), catalog, options),
            ".help" => help::names().map(|name| Item::new(name, "")).chain(commands()).collect(),
            ".show table" if is_first => tables(catalog),
            ".show table" => words(&["schema"]),
            ".output" if is_first => words(&["table", "csv", "json", "jsonl", "markdown", "parquet"]),
            ".timer" => words(&["on", "off"]),
            _ => Vec::new(),
        };
        return (word, items);
    }
    (start, commands().collect())
}

fn commands() -> impl Iterator<Item = Item> {
    COMMANDS.iter().map(|command| Item::new(command.name, command.doc))
}

fn tables(catalog: &dyn Catalog) -> Vec<Item> {
    catalog.table_names().into_iter().map(|name| Item::new(quoted(&name), "table")).collect()
}

/// The stored functions: their arguments follow.
fn stored(catalog: &dyn Catalog) -> impl Iterator<Item = Item> {
    catalog.function_names().into_iter().map(|name| Item {
        text: format!("{}(", quoted(&name)),
        description: "stored function".into(),
        complete: false,
    })
}

/// The plugins that work.
fn plugins() -> impl Iterator<Item = Item> {
    let plugins = evaluate::PLUGINS.iter().flat_map(|family| family.iter());
    plugins.filter(|plugin| plugin.refusal().is_none()).map(|plugin| Item {
        text: format!("{}(", plugin.name),
        description: plugin.doc.into(),
        complete: false,
    })
}

fn words(words: &[&str]) -> Vec<Item> {
    words.iter().map(|word| Item::new(*word, "")).collect()
}

/// The keywords of operators, but for those with this place.
fn operators(except: Place) -> impl Iterator<Item = Item> {
    OPERATORS
        .iter()
        .filter(move |def| def.place != except)
        .flat_map(|def| def.keywords().map(|keyword| Item::new(keyword, def.doc)))
}

/// A name as it is written: in brackets where it is no plain word.
fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && TokenKind::from_word(name).is_none_or(|kind| kind.is_name());
    if plain { name.to_string() } else { format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")) }
}

/// The candidates at the end of `text`, in the query that begins at `from`.
fn query(text: &str, from: usize, catalog: &dyn Catalog, options: &Options) -> (usize, Vec<Item>) {
    let query = &text[from..];
    let mut tokens: Vec<Token> = lex(query).into_iter().filter(|t| t.kind != TokenKind::End).collect();
    let mut start = text.len();
    if let Some(last) = tokens.last() {
        let word = last.span.text(query);
        // Nothing is suggested inside of a comment or an open string.
        if last.kind.class() == TokenClass::Comment || (last.kind == TokenKind::String && is_open(word)) {
            return (start, Vec::new());
        }
        if word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            start = from + last.span.start as usize;
            tokens.pop();
        }
    }
    tokens.retain(|token| !token.kind.is_trivia());
    if tokens.last().is_some_and(|token| token.kind == TokenKind::Evaluate) {
        return (start, plugins().collect());
    }
    let context = Context::of(query, &tokens);
    let names = || context.names(query).into_iter().map(|name| Item::new(name, "let"));
    let mut items = Vec::new();
    match context.position {
        Position::Member => {}
        Position::Operator => items.extend(operators(Place::First)),
        Position::Value(values) => items = words(values),
        Position::Head => {
            items.extend(names());
            items.extend(tables(catalog));
            items.extend(stored(catalog));
            items.extend(operators(Place::Piped));
            if context.depth == 0 {
                items.extend(["let", "set", "declare"].map(|word| Item::new(word, "statement")));
            }
        }
        Position::Expression => {
            let columns = columns(&context, query, catalog, options);
            items.extend(columns.into_iter().map(|column| Item::new(quoted(&column.name), column.ty.name())));
            items.extend(names());
            if context.table {
                items.extend(tables(catalog));
                items.extend(stored(catalog));
            }
            items.extend(words(&WORDS));
            if context.aggregates {
                items.extend(AGGREGATES.iter().flat_map(|f| f.iter()).map(Item::function));
            }
            items.extend(SCALARS.iter().flat_map(|f| f.iter()).map(Item::function));
        }
    }
    (start, items)
}

/// Words inside of operators and expressions.
const WORDS: [&str; 29] = [
    "and",
    "asc",
    "between",
    "by",
    "contains",
    "contains_cs",
    "desc",
    "endswith",
    "false",
    "from",
    "has",
    "has_all",
    "has_any",
    "has_cs",
    "hasprefix",
    "hassuffix",
    "in",
    "in~",
    "kind=",
    "matches regex",
    "nulls first",
    "nulls last",
    "on",
    "or",
    "startswith",
    "step",
    "to",
    "true",
    "typeof(",
];

/// The columns that the operators in front of the place give; inside of a sub-query without a table of its own those of
/// the query around it, too.
fn columns(context: &Context, query: &str, catalog: &dyn Catalog, options: &Options) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for pipe in &context.pipes {
        let source = query.get(pipe.clone()).unwrap_or("").trim();
        if source.is_empty() {
            continue;
        }
        let declarations = query.get(..context.statement.min(pipe.start)).unwrap_or("");
        let checked = kql2sql::check(&format!("{declarations}\n{source}"), catalog, options);
        for column in checked.results.into_iter().next_back().unwrap_or_default() {
            if !columns.iter().any(|c| c.name == column.name) {
                columns.push(column);
            }
        }
    }
    columns
}

/// Whether a string literal has no end yet.
fn is_open(text: &str) -> bool {
    let body = text.trim_start_matches(['h', 'H', '@']);
    match body.chars().next() {
        Some(quote @ ('"' | '\'')) => body.len() < 2 || !body.ends_with(quote),
        Some('`' | '~') => body.len() < 6 || !(body.ends_with("```") || body.ends_with("~~~")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::{MemoryCatalog, Type};

    /// The candidates at the `▮` in `line`.
    fn at(line: &str) -> Vec<String> {
        let catalog = MemoryCatalog::new()
            .with_table("CloudAppEvents", [("Timestamp", Type::DateTime), ("ActionType", Type::String)])
            .with_table("EmailEvents", [("Subject", Type::String), ("A b", Type::Long)]);
        let position = line.find('▮').unwrap();
        let line = line.replace('▮', "");
        let found = candidates(&line, position, &catalog, &Options::default());
        found.items.into_iter().map(|item| item.text).collect()
    }

    fn has(line: &str, wanted: &[&str]) {
        let found = at(line);
        for text in wanted {
            assert!(found.iter().any(|f| f == text), "{line}: no {text} in {found:?}");
        }
    }

    fn has_not(line: &str, unwanted: &[&str]) {
        let found = at(line);
        for text in unwanted {
            assert!(!found.iter().any(|f| f == text), "{line}: {text} in {found:?}");
        }
    }

    #[test]
    fn a_query_begins_with_a_table() {
        has("▮", &["CloudAppEvents", "EmailEvents", "union", "let"]);
        has("Cl▮", &["CloudAppEvents"]);
        has_not("▮", &["where", "ActionType"]);
        has("let x = 5; E▮", &["EmailEvents"]);
        has("let x = E▮", &["EmailEvents"]);
        has("let Mails = EmailEvents; M▮", &["Mails"]);
    }

    #[test]
    fn a_bar_is_followed_by_an_operator() {
        has("CloudAppEvents | ▮", &["where", "summarize", "mv-expand", "project-away"]);
        has_not("CloudAppEvents | ▮", &["CloudAppEvents", "ActionType", "print"]);
        assert_eq!(at("CloudAppEvents | summ▮"), ["summarize"]);
        assert_eq!(at("CloudAppEvents | evaluate bag▮"), ["bag_unpack("]);
        has_not("CloudAppEvents | evaluate ▮", &["ActionType", "python("]);
    }

    #[test]
    fn columns_in_scope_are_those_that_the_pipe_has_so_far() {
        has("CloudAppEvents | where ▮", &["ActionType", "Timestamp", "strlen("]);
        has_not("CloudAppEvents | where ▮", &["Subject"]);
        has("CloudAppEvents | summarize n = count() by ActionType | where ▮", &["n", "ActionType"]);
        has_not("CloudAppEvents | summarize n = count() by ActionType | where ▮", &["Timestamp"]);
        has("CloudAppEvents | extend x = strlen(Act▮", &["ActionType"]);
        has("let T = EmailEvents | project s = Subject; T | where ▮", &["s"]);
        has("let T = EmailEvents | where ▮", &["Subject"]);
        has("EmailEvents | where ▮", &["['A b']"]);
        has("EmailEvents | where A▮", &["['A b']"]);
    }

    #[test]
    fn aggregates_stand_where_they_may() {
        has("CloudAppEvents | summarize ▮", &["dcount(", "count("]);
        has_not("CloudAppEvents | where ▮", &["dcount("]);
    }

    #[test]
    fn a_join_takes_tables_kinds_and_columns_of_both_sides() {
        has("CloudAppEvents | join kind=▮", &["innerunique", "leftanti"]);
        has("CloudAppEvents | join (▮", &["EmailEvents"]);
        has("CloudAppEvents | join kind=inner (▮", &["EmailEvents"]);
        has("CloudAppEvents | join kind=inner (EmailEvents | where ▮", &["Subject"]);
        has("CloudAppEvents | join E▮", &["EmailEvents"]);
        has("CloudAppEvents | where ActionType in (▮", &["EmailEvents", "ActionType"]);
    }

    #[test]
    fn strings_comments_and_members_have_no_candidates() {
        for line in ["T | where a == 'Cl▮", "T // Cl▮", "CloudAppEvents | extend a.▮", "print \"▮"] {
            assert_eq!(at(line), [""; 0], "{line}");
        }
        has("CloudAppEvents | where ActionType == 'x' and ▮", &["Timestamp"]);
    }

    #[test]
    fn commands_complete_with_what_they_take() {
        has(".▮", &[".help", ".show tables"]);
        assert_eq!(at(".show tab▮"), [".show tables", ".show table"]);
        assert_eq!(at(".show table Em▮"), ["EmailEvents"]);
        assert_eq!(at(".show table EmailEvents ▮"), ["schema"]);
        assert_eq!(at(".output j▮"), ["json", "jsonl"]);
        has(".help summ▮", &["summarize"]);
        has(".sql EmailEvents | where ▮", &["Subject"]);
        has(".explain ▮", &["EmailEvents"]);
    }

    #[test]
    fn a_candidate_takes_the_place_of_the_word() {
        let catalog = MemoryCatalog::new();
        assert_eq!(candidates("T | whe", 7, &catalog, &Options::default()).place, 4..7);
        assert_eq!(candidates("T |  take 5", 4, &catalog, &Options::default()).place, 4..4);
    }
}
