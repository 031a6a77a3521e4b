//! What is computed has the type that was bound, for the values that the functions of the registry return.

use kql2sql::functions::{Example, SCALARS};
use kql2sql::syntax::lexer;
use kql2sql::{Options, Type, translate};

use crate::support::{lake, report, sample_catalog};

/// What is done with a value of any type.
const ANY: &[&str] = &["iff(true, $, $)", "case(false, $, true, $, $)", "coalesce($, $)", "pack_array($)"];
/// What is done with a number beside that.
const NUMBER: &[&str] = &[
    "-$",
    "+$",
    "-(-$)",
    "$ + $",
    "$ - 1",
    "2 * $",
    "$ * int(2)",
    "$ / $",
    "$ / int(2)",
    "$ % $",
    "$ % int(2)",
    "$ + 1.5",
    "bin($, 2)",
    "bin($, int(2))",
    "max_of($, $)",
    "min_of($, 1)",
    "abs($)",
    "sign($)",
    "iff(true, $, 1.5)",
    "coalesce($, 1)",
    "$ == 1",
    "$ in (1, 2)",
    "$ between (1 .. 2)",
    "binary_and(toint($), 1)",
];
/// What a number, and what any value with an order is aggregated by.
const SUMS: &[&str] = &["sum($)", "avg($)", "sumif($, true)", "stdev($)", "percentile($, 50)"];
const AGGREGATES: &[&str] =
    &["max($)", "min($)", "take_any($)", "maxif($, true)", "dcount($)", "make_list($)"];
/// What the rows before and behind give.
const WINDOWS: &[&str] = &["prev($)", "next($)"];

fn applied(templates: &[&str], value: &str) -> Vec<String> {
    templates.iter().map(|template| template.replace('$', value)).collect()
}

/// The expressions of `print a, b`.
fn printed(query: &str) -> Option<Vec<String>> {
    let list = query.strip_prefix("print ")?;
    let (mut depth, mut all) = (0, vec![String::new()]);
    for token in lexer::lex(list) {
        let text = token.span.text(list);
        match text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "," if depth == 0 => {
                all.push(String::new());
                continue;
            }
            "|" | ";" | "=" if depth == 0 => return None,
            _ => {}
        }
        all.last_mut()?.push_str(text);
    }
    Some(all.iter().map(|e| e.trim().to_owned()).collect())
}

/// The queries on the values of an example.
fn queries(example: &Example) -> Vec<String> {
    let bound = translate(example.query, &sample_catalog(), &Options::default());
    let Some(columns) = bound.results.first().map(|r| r.columns.clone()) else { return Vec::new() };
    let expressions = printed(example.query).filter(|all| all.len() == columns.len());
    let mut queries = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let name = format!("['{}']", column.name);
        let number = matches!(column.ty, Type::Int | Type::Long | Type::Real | Type::Decimal);
        let scalars = |value: &str| {
            let mut all = applied(ANY, value);
            all.extend(if number { applied(NUMBER, value) } else { Vec::new() });
            all.join(", ")
        };
        queries.push(format!("{} | project {}", example.query, scalars(&name)));
        if let Some(all) = &expressions {
            queries.push(format!("print {}", scalars(&all[i])));
        }
        if !matches!(column.ty, Type::Dynamic | Type::Guid) {
            let mut all = applied(AGGREGATES, &name);
            all.extend(if number { applied(SUMS, &name) } else { Vec::new() });
            queries.push(format!("{} | summarize {}", example.query, all.join(", ")));
            queries.push(format!(
                "{} | serialize | project {}",
                example.query,
                applied(WINDOWS, &name).join(", ")
            ));
        }
    }
    queries
}

#[test]
fn what_functions_return_keeps_its_type() {
    let examples = SCALARS.iter().copied().flatten().flat_map(|f| f.examples);
    let queries: Vec<String> = examples.flat_map(queries).collect();
    let mut failures = Vec::new();
    for query in &queries {
        if let Err(why) = lake::run(lake::sample(), query) {
            failures.push(format!("{query}\n  -> {why}"));
        }
    }
    report("queries", queries.len(), &failures);
}
