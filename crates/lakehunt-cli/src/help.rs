//! `lakehunt help TOPIC` and `.help TOPIC`: what the registry knows of an operator or a function.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::CommandFactory;
use kql2sql::Type;
use kql2sql::diagnostics::nearest;
use kql2sql::functions::{
    self, AGGREGATES, Function, Lower, OPERATORS as EXPRESSION_OPERATORS, Overload, Param, ParamKind,
    Returns, SCALARS,
};
use kql2sql::operators::evaluate::{self, Plugin};
use kql2sql::operators::{self, Form, OPERATORS, OperatorDef, Place};
use kql2sql::topics::{self, TOPICS, Topic};

use crate::args::{Cli, HelpArgs};
use crate::failure::{Failure, exit};

/// Where the pages of the language are.
const PAGES: &str = "https://learn.microsoft.com/kusto/query/";

/// `lakehunt help [TOPIC]`
pub fn run(args: &HelpArgs) -> Result<(), Failure> {
    let topic = args.topic.join(" ");
    let mut out = std::io::stdout();
    let mut command = Cli::command();
    command.build();
    if topic.is_empty() {
        write!(out, "{}", command.render_long_help())?;
        writeln!(
            out,
            "\n`lakehunt help TOPIC` explains a command, an operator or a function of the language."
        )?;
    } else if let Some(command) = command.find_subcommand_mut(&topic) {
        write!(out, "{}", command.render_long_help())?;
        // `count`, `range` … are no commands, but a command and an operator may share a name one day.
        if let Some(entry) = entry(&topic) {
            write!(out, "\n{entry}")?;
        }
    } else if let Some(entry) = entry(&topic) {
        write!(out, "{entry}")?;
    } else {
        crate::failure::error(unknown(&topic));
        return Err(Failure::reported(exit::FAILED));
    }
    Ok(())
}

/// What to say about a topic that does not exist.
pub fn unknown(topic: &str) -> String {
    let mut text = format!("there is no operator, function, statement or type '{topic}'");
    if let Some(near) = nearest(topic, names()) {
        let _ = write!(text, "; did you mean '{near}'?");
    }
    text
}

/// The names of all topics.
pub fn names() -> impl Iterator<Item = &'static str> {
    let functions = [SCALARS, AGGREGATES, EXPRESSION_OPERATORS];
    OPERATORS
        .iter()
        .flat_map(OperatorDef::keywords)
        .chain(
            functions.into_iter().flat_map(|families| families.iter().flat_map(|f| f.iter())).map(|f| f.name),
        )
        .chain(evaluate::PLUGINS.iter().flat_map(|family| family.iter()).map(|p| p.name))
        .chain(TOPICS.iter().map(|topic| topic.name))
}

/// All that is known under a name: an operator, a function, an aggregate, a plugin.
pub fn entry(topic: &str) -> Option<String> {
    let topic = topic.trim().trim_end_matches("()");
    let lower = topic.to_lowercase();
    let mut text = String::new();
    let mut add = |part: String| {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&part);
    };
    if let Some(def) = operators::of_keyword(topic).or_else(|| operators::of_keyword(&lower)) {
        add(operator(def));
    }
    for (families, kind) in
        [(SCALARS, "function"), (AGGREGATES, "aggregate"), (EXPRESSION_OPERATORS, "operator of expressions")]
    {
        if let Some(found) = functions::find(families, topic).or_else(|| functions::find(families, &lower)) {
            add(function(found, kind));
        }
    }
    if let Some(found) = evaluate::find(topic).or_else(|| evaluate::find(&lower)) {
        add(plugin(found));
    }
    if let Some(found) = topics::topic(&lower) {
        add(self::topic(found));
    }
    if text.is_empty()
        && let Some((first, _)) = topic.split_once(char::is_whitespace)
    {
        // `order by`, `matches regex`, `join kind=inner`: the first word leads.
        return entry(first);
    }
    (!text.is_empty()).then_some(text)
}

fn plugin(plugin: &Plugin) -> String {
    let mut text = format!("{} (plugin)\n  {}\n", plugin.name, plugin.doc);
    for signature in plugin.signatures {
        let parameters: Vec<&str> = signature.iter().map(|p| p.name).collect();
        let _ = writeln!(text, "\n  evaluate {}({})", plugin.name, parameters.join(", "));
    }
    if let Some(why) = plugin.refusal() {
        let _ = writeln!(text, "\nNot supported: {why}");
    }
    for example in plugin.examples {
        let _ = writeln!(text, "\n{}\n  {}", example.query, example.result);
    }
    if !plugin.page.is_empty() {
        let _ = writeln!(text, "\n{PAGES}{}", plugin.page);
    }
    text
}

fn operator(def: &OperatorDef) -> String {
    let mut text = format!("{} (operator)\n", def.keywords().collect::<Vec<_>>().join(", "));
    if !def.doc.is_empty() {
        let _ = writeln!(text, "  {}", def.doc);
    }
    if let Some(form) = def.form {
        let _ = match def.place {
            Place::First => writeln!(text, "\n  {}", form.syntax),
            Place::Piped => writeln!(text, "\n  … | {}", form.syntax),
            Place::Anywhere => writeln!(text, "\n  [… |] {}", form.syntax),
        };
    }
    if let Some(why) = def.refused {
        let _ = writeln!(text, "\nLakehunt cannot run it: {why}.");
    }
    if let Some(parameters) = def.parameters.filter(|p| !p.is_empty()) {
        text.push_str("\nParameters\n");
        for parameter in parameters {
            let values =
                if parameter.values.is_empty() { "…".to_string() } else { parameter.values.join(" | ") };
            let _ = writeln!(text, "  {}={values}", parameter.name);
        }
    }
    text.push_str(&example_of(def.form));
    if !def.page.is_empty() {
        let _ = writeln!(text, "\n{PAGES}{}", def.page);
    }
    text
}

/// A statement or a type.
fn topic(topic: &Topic) -> String {
    let mut text = format!("{} ({})\n  {}\n\n  {}\n", topic.name, topic.kind, topic.doc, topic.form.syntax);
    if let Some(why) = topic.refused {
        let _ = writeln!(text, "\nLakehunt cannot run it: {why}.");
    }
    text.push_str(&example_of(Some(topic.form)));
    let _ = writeln!(text, "\n{PAGES}{}", topic.page);
    text
}

fn example_of(form: Option<Form>) -> String {
    match form.and_then(|form| form.example) {
        Some(example) => format!("\nExample\n  {}\n    {}\n", example.query, example.result),
        None => String::new(),
    }
}

fn function(function: &Function, kind: &str) -> String {
    let mut text = format!("{} ({kind})\n", function.name);
    if !function.doc.is_empty() {
        let _ = writeln!(text, "  {}", function.doc);
    }
    match (function.alias_of, function.obsolete) {
        (_, Some(instead)) => {
            let _ = writeln!(text, "  It is obsolete: use {instead}.");
        }
        (Some(first), None) => {
            let _ = writeln!(text, "  It is another name of {first}.");
        }
        (None, None) => {}
    }
    text.push('\n');
    for overload in function.overloads {
        let _ = writeln!(text, "  {}", signature(function.name, overload));
    }
    if !function.is_supported() {
        let why = function.overloads.iter().find_map(|o| match o.lower {
            Lower::Unsupported(why) => Some(why),
            _ => None,
        });
        let _ = writeln!(text, "\nLakehunt cannot run it: {}.", why.unwrap_or("it is not translated yet"));
    }
    if let Some(needs) = function.overloads.iter().find_map(|o| match o.lower {
        Lower::Needs(needs) => Some(needs),
        _ => None,
    }) {
        let _ = writeln!(text, "\nOf itself {needs}.");
    }
    if !function.examples.is_empty() {
        text.push_str("\nExamples\n");
        for (query, result) in function.worked_examples() {
            let _ = writeln!(text, "  {query}\n    {result}");
        }
    }
    if !function.page.is_empty() {
        let _ = writeln!(text, "\n{PAGES}{}", function.page);
    }
    text
}

/// `substring(source: string, start: int or long, [length: int or long]) -> string`
pub fn signature(name: &str, overload: &Overload) -> String {
    let is_word = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let parameters: Vec<String> = overload.params.iter().map(parameter).collect();
    let returns = returns(overload.returns);
    match &parameters[..] {
        [left, right] if !is_word || is_infix(name) => format!("{left} {name} {right} -> {returns}"),
        _ => format!("{name}({}) -> {returns}", parameters.join(", ")),
    }
}

/// Whether a word stands between its operands.
fn is_infix(name: &str) -> bool {
    functions::find(EXPRESSION_OPERATORS, name).is_some()
}

fn parameter(parameter: &Param) -> String {
    let mut text = match parameter.values {
        [] => format!("{}: {}", parameter.name, kind(parameter.kind)),
        values => format!("{}: {}", parameter.name, values.join(" | ")),
    };
    if parameter.max > 1 {
        text.push_str(", …");
    }
    if parameter.min == 0 { format!("[{text}]") } else { text }
}

fn kind(kind: ParamKind) -> String {
    match kind {
        ParamKind::Scalar => "scalar".into(),
        ParamKind::Types(types) => types.iter().map(|t| t.name()).collect::<Vec<_>>().join(" or "),
        ParamKind::Number => "number".into(),
        ParamKind::Integer => "int or long".into(),
        ParamKind::NumberOrBool => "number or bool".into(),
        ParamKind::Summable => "number, datetime or timespan".into(),
        ParamKind::Orderable => "ordered scalar".into(),
        ParamKind::StringOrDynamic => "string or dynamic".into(),
        ParamKind::StringOrArray => "string or array".into(),
        ParamKind::IntegerOrArray => "int, long or array".into(),
        ParamKind::DynamicArray => "array".into(),
        ParamKind::DynamicBag => "bag".into(),
        ParamKind::NotBool => "scalar but not bool".into(),
        ParamKind::NotDynamic => "scalar but not dynamic".into(),
        ParamKind::NotRealOrBool => "scalar but not real or bool".into(),
        ParamKind::CommonScalar | ParamKind::CommonOrderable => "scalar of a common type".into(),
        ParamKind::CommonScalarOrDynamic => "scalar of a common type, or dynamic".into(),
        ParamKind::Tabular => "table".into(),
    }
}

fn returns(returns: Returns) -> String {
    match returns {
        Returns::Type(ty) => ty.name().into(),
        Returns::Parameter0
        | Returns::Parameter0Promoted
        | Returns::Parameter0Percentile
        | Returns::Parameter0Signed => "the first argument's type".into(),
        Returns::Parameter1 => "the second argument's type".into(),
        Returns::Parameter0Array | Returns::Dynamic(_) => Type::Dynamic.name().into(),
        Returns::ParameterNLiteral(_) => "the type that is named".into(),
        Returns::Widest => "the widest type".into(),
        Returns::Common | Returns::CommonNonDynamic => "the common type".into(),
        Returns::Custom(_) => "scalar".into(),
        Returns::Several(columns) => {
            let columns: Vec<String> = columns.iter().map(|(name, ty)| format!("{name}:{ty}")).collect();
            format!("({})", columns.join(", "))
        }
        Returns::Special => "special".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_an_entry_that_names_it() {
        for name in names() {
            let entry = entry(name).unwrap_or_default();
            assert!(entry.contains(name), "{name}: {entry}");
        }
    }

    #[test]
    fn an_operator_and_an_aggregate_of_one_name_are_both_shown() {
        let text = entry("count").unwrap();
        assert!(text.contains("count (operator)") && text.contains("count (aggregate)"), "{text}");
        assert!(text.contains("https://learn.microsoft.com/kusto/query/"), "{text}");
    }

    #[test]
    fn a_slip_of_the_keyboard_is_noticed() {
        assert_eq!(
            unknown("sumarize"),
            "there is no operator, function, statement or type 'sumarize'; did you mean 'summarize'?"
        );
        assert!(entry("no such thing").is_none());
        assert!(entry("strlen()").unwrap().contains("strlen("));
    }
}
