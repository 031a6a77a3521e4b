//! Queries: a table and a few operators, each over the columns that the ones before it leave.

use kql2sql::{Catalog, Column, MemoryCatalog, Options, Type, check};

use super::dice::Dice;
use super::expressions::{Expressions, literal, quoted};

/// How deep expressions nest.
const DEPTH: usize = 3;

/// A query on the tables of the catalog, the same for the same seed.
pub fn query(seed: u64, catalog: &MemoryCatalog) -> String {
    let dice = &mut Dice::new(seed);
    let tables = catalog.table_names();
    let mut text = dice.pick(&tables).clone();
    for _ in 0..1 + dice.below(5) {
        let Some(columns) = columns_of(&text, catalog) else { break };
        let stage = stage(dice, &columns, &tables);
        text = format!("{text}\n| {stage}");
    }
    text
}

fn columns_of(text: &str, catalog: &MemoryCatalog) -> Option<Vec<Column>> {
    let checked = check(text, catalog, &Options::default());
    let failed = checked.diagnostics.iter().any(kql2sql::Diagnostic::is_error);
    checked.results.into_iter().next().filter(|c| !failed && !c.is_empty())
}

fn stage(dice: &mut Dice, columns: &[Column], tables: &[String]) -> String {
    const TYPES: &[Type] = &[
        Type::String,
        Type::Long,
        Type::Bool,
        Type::Real,
        Type::DateTime,
        Type::Timespan,
        Type::Int,
        Type::Dynamic,
    ];
    let any = |dice: &mut Dice| quoted(&dice.pick(columns).name);
    let value = |dice: &mut Dice| {
        let ty = *dice.pick(TYPES);
        Expressions { dice, columns }.of(ty, DEPTH)
    };
    let keys: Vec<&Column> =
        columns.iter().filter(|c| !matches!(c.ty, Type::Dynamic | Type::Unknown)).collect();
    let sortable: Vec<&Column> = keys.iter().copied().filter(|c| c.ty != Type::Guid).collect();
    let key = |dice: &mut Dice| (!keys.is_empty()).then(|| quoted(&dice.pick(&keys).name));
    let sort = |dice: &mut Dice| (!sortable.is_empty()).then(|| quoted(&dice.pick(&sortable).name));
    match dice.below(17) {
        0..=3 => format!("where {}", Expressions { dice, columns }.of(Type::Bool, DEPTH)),
        4..=6 => format!("extend {} = {}, {} = {}", fresh("x", columns), value(dice), any(dice), value(dice)),
        7 => format!("project {}, {} = {}", any(dice), fresh("y", columns), value(dice)),
        8 | 9 => {
            let aggregate =
                Expressions { dice, columns }.aggregate(1).unwrap_or_else(|| "count()".to_owned());
            let by = key(dice).map(|k| format!(" by {k}")).unwrap_or_default();
            format!("summarize {aggregate}, {} = count(){by}", fresh("n", columns))
        }
        10 => match sort(dice) {
            Some(key) if dice.percent(50) => format!("top 3 by {key} asc"),
            Some(key) => format!("sort by {key}"),
            None => "take 5".to_owned(),
        },
        11 => format!("distinct {}", key(dice).unwrap_or_else(|| "*".to_owned())),
        12 => {
            let kinds = ["inner", "innerunique", "leftouter", "leftanti", "leftsemi", "fullouter"];
            let kind = *dice.pick(&kinds);
            match key(dice) {
                Some(key) => {
                    let ty = columns.iter().find(|c| quoted(&c.name) == key).map_or(Type::Long, |c| c.ty);
                    format!(
                        "join kind={kind} (print {key} = {}, {} = 1) on {key}",
                        literal(dice, ty),
                        fresh("z", columns)
                    )
                }
                None => "take 5".to_owned(),
            }
        }
        13 => {
            let (name, ty) = (any(dice), *dice.pick(TYPES));
            format!("union (print {name} = {})", Expressions { dice, columns: &[] }.of(ty, DEPTH))
        }
        14 => match columns.iter().find(|c| c.ty == Type::Dynamic) {
            Some(column) => format!("mv-expand {} to typeof(string)", quoted(&column.name)),
            None if columns.len() > 1 => format!("project-away {}", any(dice)),
            None => "take 5".to_owned(),
        },
        15 => match columns.iter().find(|c| c.ty == Type::String) {
            Some(column) => {
                format!("parse {} with * 'a' p{}:long 'b' *", quoted(&column.name), dice.below(3))
            }
            None => "count".to_owned(),
        },
        _ => match dice.below(3) {
            0 => format!("project-rename {} = {}", fresh("r", columns), any(dice)),
            1 => format!("project-reorder {}", any(dice)),
            _ => format!("union (print a = 1), {}", dice.pick(tables)),
        },
    }
}

/// A name that no column has.
fn fresh(base: &str, columns: &[Column]) -> String {
    let mut name = base.to_owned();
    while columns.iter().any(|c| c.name == name) {
        name.push_str(base);
    }
    name
}
