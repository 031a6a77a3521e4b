//! Walks the registry of functions: every example of every entry, in every form in which it can be written.

use std::collections::{BTreeMap, BTreeSet};

use kql2sql::functions::{AGGREGATES, ArgForm, Function, Lower, OPERATORS, ParamKind, Returns, SCALARS};
use kql2sql::{Type, syntax};
use serde_json::Value;
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use crate::support::lake::{self, Refused};
use crate::support::{json, read, report, shared};

/// Every entry with the kind of thing that it is.
fn entries() -> impl Iterator<Item = (&'static str, &'static Function)> {
    let kinds = [("function", SCALARS), ("aggregate", AGGREGATES), ("operator", OPERATORS)];
    kinds
        .into_iter()
        .flat_map(|(kind, families)| families.iter().flat_map(move |f| f.iter().map(move |f| (kind, f))))
}

/// The queries of all examples with their results.
fn examples() -> impl Iterator<Item = (&'static Function, String, &'static str)> {
    entries().flat_map(|(_, f)| f.worked_examples().map(move |(query, result)| (f, query, result)))
}

#[test]
fn names_are_unique() {
    let mut seen = BTreeSet::new();
    for (kind, f) in entries() {
        assert!(seen.insert((kind, f.name)), "the {kind} {} has two entries", f.name);
    }
}

#[test]
fn what_is_supported_is_documented_and_has_an_example() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (kind, f) in entries().filter(|(_, f)| f.is_supported()) {
        checked += 1;
        let mut missing = Vec::new();
        if f.doc.is_empty() {
            missing.push("a doc");
        }
        if f.page.is_empty() {
            missing.push("a page");
        }
        // What the binder expands (`toscalar`, `table` …) is shown by the pages under `tests/spec`.
        let by_binder = f.overloads.iter().all(|o| matches!(o.lower, Lower::Binder | Lower::Needs(_)));
        if f.examples.is_empty() && !by_binder {
            missing.push("an example");
        }
        if !missing.is_empty() {
            failures.push(format!("{kind} {} has not {}", f.name, missing.join(", ")));
        }
    }
    report("supported entries", checked, &failures);
}

#[test]
fn every_example_gives_its_result() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (f, query, result) in examples() {
        checked += 1;
        if let Err(why) = first_row_is(&query, result) {
            failures.push(format!("{}: {query}\n  -> {why}", f.name));
        }
    }
    report("examples", checked, &failures);
}

/// Whether the first row of the answer is this one.
pub(crate) fn first_row_is(query: &str, expected: &str) -> Result<(), String> {
    let expected = parse_row(expected)?;
    let answers = lake::run(lake::sample(), query).map_err(|why| why.to_string())?;
    let row = answers.first().and_then(|first| first.rows.first()).ok_or("no row")?;
    if json::same_row(row, &expected) { Ok(()) } else { Err(different(row, &expected)) }
}

fn parse_row(text: &str) -> Result<Vec<Value>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Array(row)) => Ok(row),
        _ => Err(format!("its result is no array of JSON values: {text}")),
    }
}

fn different(found: &[Value], expected: &[Value]) -> String {
    format!("{} instead of {}", Value::from(found.to_vec()), Value::from(expected.to_vec()))
}

/// With its literals as columns, between two rows of nulls: the rows are computed from arrays then and not while
/// planning, and no null may disturb them.
#[test]
fn every_example_gives_its_result_on_columns() {
    let mut failures = Vec::new();
    let mut refused = Vec::new();
    let mut checked = 0;
    for (f, query, result) in examples().filter(|(f, ..)| !f.volatile) {
        let Some(query) = on_columns(&query) else { continue };
        checked += 1;
        let outcome = parse_row(result).and_then(|expected| {
            match lake::run_one(lake::sample(), &query) {
                Ok(answer) => match answer.rows.as_slice() {
                    [_, row, _] if json::same_row(row, &expected) => Ok(()),
                    [_, row, _] => Err(different(row, &expected)),
                    rows => Err(format!("{} rows", rows.len())),
                },
                // Some functions want constants where Kusto takes columns: said so, and counted.
                Err(Refused::Query(found)) if found.iter().all(|d| d.code == "LH001" || !d.is_error()) => {
                    refused.push(format!("{}: {}", f.name, found[0].message));
                    Ok(())
                }
                Err(why) => Err(why.to_string()),
            }
        });
        if let Err(why) = outcome {
            failures.push(format!("{}: {query}\n  -> {why}", f.name));
        }
    }
    println!("{checked} examples on columns; refused there: {refused:#?}");
    report("examples on columns", checked, &failures);
}

/// `print f(1, 'a')` as `datatable(c0:long, c1:string)[null, …, 1, 'a', null, …] | project f(c0, c1)`; none for
/// queries of another form, and for those without a literal that may be a column.
fn on_columns(query: &str) -> Option<String> {
    let parse = syntax::parse(query);
    let [statement] = parse.script.statements.as_slice() else { return None };
    let list = statement.span.text(query).trim_start().strip_prefix("print ")?;
    let tokens = syntax::lexer::lex(list);
    if tokens.iter().any(|t| matches!(t.span.text(list), "|" | "toscalar" | "range")) {
        return None;
    }
    let syntax::ast::StatementKind::Query(expr) = &statement.kind else { return None };
    let mut literals = Vec::new();
    collect(expr, &mut literals);
    if literals.is_empty() {
        return None;
    }
    literals.sort_by_key(|l: &(kql2sql::Span, Type)| l.0.start);
    let columns: Vec<String> = literals.iter().enumerate().map(|(i, (_, ty))| format!("c{i}:{ty}")).collect();
    let values: Vec<&str> = literals.iter().map(|(span, _)| span.text(query)).collect();
    let nulls: Vec<String> = literals
        .iter()
        .map(|(_, ty)| if *ty == Type::String { "''".to_owned() } else { format!("{ty}(null)") })
        .collect();
    let offset = query.len() - list.len();
    let mut rewritten = list.to_owned();
    for (i, (span, _)) in literals.iter().enumerate().rev() {
        rewritten.replace_range(span.start as usize - offset..span.end as usize - offset, &format!("c{i}"));
    }
    let nulls = nulls.join(", ");
    Some(format!(
        "datatable({})[{nulls}, {}, {nulls}] | project {rewritten}",
        columns.join(", "),
        values.join(", ")
    ))
}

/// The literals below `expr` that may as well be columns.
fn collect(expr: &syntax::ast::Expr, found: &mut Vec<(kql2sql::Span, Type)>) {
    use syntax::ast::ExprKind;
    match &expr.kind {
        ExprKind::Literal(literal) => found.push((expr.span, literal.ty())),
        ExprKind::Call { receiver: None, name, args } => {
            let Some(f) = kql2sql::functions::find(SCALARS, &name.text) else { return };
            for (i, arg) in args.iter().enumerate() {
                // Some overload must take anything there; a parameter that repeats is the last one.
                let free = f.overloads.iter().any(|o| {
                    o.params
                        .get(i)
                        .or(o.params.last())
                        .is_some_and(|p| p.form == ArgForm::Expression && p.values.is_empty())
                });
                if free {
                    collect(arg, found);
                }
            }
        }
        ExprKind::Unary { operand, .. } => collect(operand, found),
        ExprKind::Binary { left, right, .. } => {
            collect(left, found);
            collect(right, found);
        }
        ExprKind::In { left, .. } => collect(left, found),
        ExprKind::Between { value, low, high, .. } => {
            collect(value, found);
            collect(low, found);
            collect(high, found);
        }
        ExprKind::Parenthesized(inner) => collect(inner, found),
        ExprKind::Named { value, .. } => collect(value, found),
        ExprKind::Index { base, .. } | ExprKind::Path { base, .. } => collect(base, found),
        ExprKind::Pipe(pipe) => {
            if let [only] = pipe.operators.as_slice()
                && let kql2sql::operators::OperatorKind::Print(print) = &only.kind
            {
                print.columns.iter().for_each(|column| collect(column, found));
            }
        }
        _ => {}
    }
}

#[test]
fn every_template_is_sql() {
    let mut failures = Vec::new();
    let mut checked = 0;
    for (kind, f) in entries() {
        for overload in f.overloads {
            let Lower::Sql(template) = overload.lower else { continue };
            checked += 1;
            let parsed =
                Parser::new(&GenericDialect {}).try_with_sql(template).and_then(|mut p| p.parse_expr());
            if let Err(error) = parsed {
                failures.push(format!("{kind} {}: {template}: {error}", f.name));
            }
            let most = overload.params.iter().map(|p| usize::from(p.max)).sum::<usize>();
            for number in template.split('$').skip(1) {
                let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
                if !digits.parse().is_ok_and(|n: usize| (1..=most).contains(&n)) {
                    failures.push(format!("{kind} {}: {template}: there is no argument ${digits}", f.name));
                }
            }
        }
    }
    report("templates", checked, &failures);
}

#[test]
fn the_runtime_has_every_function_that_the_registry_names() {
    let there: BTreeSet<&str> = lakehunt::functions::names().into_iter().collect();
    let mut failures = Vec::new();
    let mut checked = 0;
    for (kind, f) in entries() {
        for overload in f.overloads {
            if let Lower::Udf(name) = overload.lower {
                checked += 1;
                if !there.contains(name) {
                    failures.push(format!("{kind} {}: the runtime has no {name}", f.name));
                }
            }
        }
    }
    // What code builds is seen when it is used.
    for (f, query, _) in examples() {
        let translation = kql2sql::translate(&query, &kql2sql::MemoryCatalog::new(), &Default::default());
        for udf in translation.results.iter().flat_map(|r| r.udfs()) {
            checked += 1;
            if !there.contains(udf.as_str()) {
                failures.push(format!("{}: {query}: the runtime has no {udf}", f.name));
            }
        }
    }
    report("functions of the runtime", checked, &failures);
}

/// The signatures are facts of Kusto.Language; its list lies beside the repository, if at all.
#[test]
fn signatures_are_those_of_the_official_analyzer() {
    let Some(shared) = shared() else {
        println!("skipped: the list of signatures is not here");
        return;
    };
    let official: Value =
        serde_json::from_str(&read(&shared.join("kusto/functions.json"))).expect("the list is JSON");
    let mut failures = Vec::new();
    let mut checked = 0;
    for (list, families) in [("scalar", SCALARS), ("aggregate", AGGREGATES)] {
        let ours: BTreeMap<&str, &Function> =
            families.iter().flat_map(|f| f.iter()).map(|f| (f.name, f)).collect();
        for entry in official[list].as_array().unwrap_or_else(|| panic!("no {list} in the list")) {
            let name = entry["name"].as_str().expect("an entry has a name");
            checked += 1;
            match ours.get(name) {
                None => failures.push(format!("{list}: {name} is missing")),
                Some(f) => compare(f, entry, &mut failures),
            }
        }
    }
    report("signatures", checked, &failures);
}

/// Signatures that differ on purpose: the recorded answers of the engine say other than the analyzer.
const DIFFERENT: &[&str] = &[
    "ceiling",
    "count",
    "datetime_diff",
    "estimate_data_size",
    "jaccard_index",
    "make_timespan",
    "series_fit_poly",
    "tohex",
];

fn compare(f: &Function, entry: &Value, failures: &mut Vec<String>) {
    if DIFFERENT.contains(&f.name) {
        return;
    }
    let official: Vec<(String, String)> = entry["signatures"]
        .as_array()
        .expect("an entry has signatures")
        .iter()
        .map(|s| {
            let parameters = s["params"].as_array().expect("a signature has parameters").iter();
            (parameters.map(official_parameter).collect::<Vec<_>>().join(", "), official_return(s))
        })
        .collect();
    let ours: Vec<(String, String)> = f
        .overloads
        .iter()
        .map(|o| (o.params.iter().map(parameter).collect::<Vec<_>>().join(", "), returns(o.returns)))
        .collect();
    // An entry may split a signature in order to lower its types in different ways, so that several of ours have
    // the same text; what is computed (`Custom`) and dynamic elements is compared by the corpus.
    for (parameters, result) in &ours {
        match official.iter().filter(|o| o.0 == *parameters).collect::<Vec<_>>().as_slice() {
            [] => failures.push(format!("{}({parameters}) is not official; those are {official:?}", f.name)),
            same if same.iter().any(|o| o.1 == *result || o.1 == "Custom" || result == "Custom") => {}
            same => failures.push(format!("{}({parameters}) returns {result}, not {}", f.name, same[0].1)),
        }
    }
    for (parameters, _) in &official {
        if !ours.iter().any(|o| o.0 == *parameters) {
            failures.push(format!("{}({parameters}) is missing", f.name));
        }
    }
}

fn official_parameter(p: &Value) -> String {
    let kind = match p["type"].as_str().expect("a kind") {
        "Declared" => {
            let types = p["types"].as_array().expect("types").iter();
            types.map(|t| t.as_str().expect("a type")).collect::<Vec<_>>().join("|")
        }
        kind => kind.to_owned(),
    };
    // `typeof(…)`: what kind of thing that is, is said by its form.
    let (kind, arg) = match kind.as_str() {
        "type" => ("Scalar".to_owned(), "Type"),
        _ => (kind, p["arg"].as_str().expect("a form")),
    };
    let form = match arg {
        "Expression" => "",
        form => form,
    };
    let count = |name: &str| p[name].as_u64().expect("a count");
    text(p["name"].as_str().expect("a name"), &kind, form, count("min"), count("max"))
}

fn parameter(p: &kql2sql::functions::Param) -> String {
    let kind = match p.kind {
        ParamKind::Types(types) => types.iter().map(|t| t.name()).collect::<Vec<_>>().join("|"),
        kind => format!("{kind:?}"),
    };
    let form = match p.form {
        ArgForm::Expression => String::new(),
        ArgForm::Parameter0Element => "Expression_Parameter0_Element".to_owned(),
        form => format!("{form:?}"),
    };
    text(p.name, &kind, &form, u64::from(p.min), u64::from(p.max))
}

fn text(name: &str, kind: &str, form: &str, min: u64, max: u64) -> String {
    let count = match (min, max) {
        (1, 1) => String::new(),
        (0, 1) => "?".to_owned(),
        (min, 100..) => format!("{{{min},}}"),
        (min, max) => format!("{{{min},{max}}}"),
    };
    [name, ":", kind, form, &count].concat()
}

fn official_return(signature: &Value) -> String {
    match signature["returns"].as_str().expect("a kind of result") {
        "Declared" => signature["return_type"].as_str().expect("a type").to_owned(),
        kind => kind.to_owned(),
    }
}

fn returns(kind: Returns) -> String {
    match kind {
        Returns::Type(ty) => ty.name().to_owned(),
        Returns::Dynamic(_) => "dynamic".to_owned(),
        Returns::Custom(_) | Returns::Several(_) | Returns::Special => "Custom".to_owned(),
        Returns::ParameterNLiteral(_) => "ParameterNLiteral".to_owned(),
        kind => format!("{kind:?}"),
    }
}
