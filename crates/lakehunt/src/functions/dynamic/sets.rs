//! Arrays as sets: each value counts once, at its first place.

use super::arrays::{array, items};
use super::convert::compact;
use crate::dynamic::number::Number;
use crate::dynamic::scan::{Kind, trim};
use crate::dynamic::text::string_value;
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::collections::HashSet;

/// What two values that are the same have in common: `1` and `1.0` are the same, `1` and `"1"` are not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Null,
    Bool(bool),
    Long(i64),
    /// The bits of a real that is not a whole number within 64 bits.
    Real(u64),
    String(String),
    /// The text of an array or object.
    Other(String),
}

impl Key {
    /// That of a value's JSON text.
    pub(super) fn of(json: &str) -> Option<Key> {
        Some(match Kind::of(json)? {
            Kind::Null => Key::Null,
            Kind::Bool => Key::Bool(json == "true"),
            Kind::String => Key::String(string_value(json)?.into_owned()),
            Kind::Array | Kind::Object => Key::Other(compact(json).into_owned()),
            Kind::Number => match Number::parse(json)? {
                Number::Long(long) => Key::Long(long),
                real => {
                    let value = real.real();
                    let long = value as i64;
                    if real.compare(Number::Long(long)) == Some(std::cmp::Ordering::Equal) {
                        Key::Long(long)
                    } else {
                        Key::Real(value.to_bits())
                    }
                }
            },
        })
    }

    /// The same for strings that differ in case only.
    pub(super) fn fold(self) -> Key {
        match self {
            Key::String(text) => Key::String(text.to_lowercase()),
            other => other,
        }
    }
}

/// Functions of sets.
pub static SCALARS: &[ScalarKernel] = &[
    of_arrays("kql_set_union", |a| {
        combine(a, |sets| {
            let mut seen = HashSet::new();
            sets.iter().flatten().copied().filter(|v| Key::of(v).is_some_and(|k| seen.insert(k))).collect()
        })
    }),
    of_arrays("kql_set_intersect", |a| combine(a, intersection)),
    of_arrays("kql_set_difference", |a| combine(a, difference)),
    // (set, value): whether it is in the set.
    ScalarKernel {
        name: "kql_set_has_element",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Bool,
        eval: |a| {
            let (set, value) = (a.text(0)?, a.text(1)?);
            a.collect(|row| {
                let set = items(set.get_opt(row)?)?;
                let key = Key::of(trim(value.get_opt(row)?))?;
                Some(set.into_iter().any(|v| Key::of(v).as_ref() == Some(&key)))
            })
        },
        ..ScalarKernel::BASE
    },
    of_two("kql_set_equals", ReturnType::Bool, |a| {
        let (left, right) = (a.text(0)?, a.text(1)?);
        a.collect(|row| Some(keys(&items(left.get_opt(row)?)?) == keys(&items(right.get_opt(row)?)?)))
    }),
    // The size of the intersection over that of the union.
    of_two("kql_jaccard_index", ReturnType::Real, |a| {
        let (left, right) = (a.text(0)?, a.text(1)?);
        a.collect(|row| {
            let (left, right) = (keys(&items(left.get_opt(row)?)?), keys(&items(right.get_opt(row)?)?));
            Some(left.intersection(&right).count() as f64 / left.union(&right).count() as f64)
        })
    }),
];

const fn of_arrays(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel {
        name,
        args: &[ArgType::Text],
        variadic: Some(ArgType::Text),
        returns: ReturnType::Dynamic,
        eval,
        ..ScalarKernel::BASE
    }
}

const fn of_two(
    name: &'static str,
    returns: ReturnType,
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, args: &[ArgType::Text, ArgType::Text], returns, eval, ..ScalarKernel::BASE }
}

/// The set of each row's arrays; null if one of them is no array.
fn combine(a: &Args<'_>, set: for<'x> fn(&[Vec<&'x str>]) -> Vec<&'x str>) -> Result<ArrayRef> {
    let arrays = (0..a.len()).map(|i| a.text(i)).collect::<Result<Vec<_>>>()?;
    a.collect(|row| {
        let sets = arrays.iter().map(|s| items(s.get_opt(row)?)).collect::<Option<Vec<_>>>()?;
        Some(array(set(&sets)))
    })
}

fn intersection<'a>(sets: &[Vec<&'a str>]) -> Vec<&'a str> {
    let Some((first, others)) = sets.split_first() else { return Vec::new() };
    let others: Vec<HashSet<Key>> = others.iter().map(|set| keys(set)).collect();
    let mut seen = HashSet::new();
    let in_all =
        |v: &&str| Key::of(v).is_some_and(|k| others.iter().all(|set| set.contains(&k)) && seen.insert(k));
    first.iter().copied().filter(in_all).collect()
}

fn difference<'a>(sets: &[Vec<&'a str>]) -> Vec<&'a str> {
    let Some((first, others)) = sets.split_first() else { return Vec::new() };
    // What is in another set, or was taken before.
    let mut seen: HashSet<Key> = others.iter().flat_map(|set| keys(set)).collect();
    first.iter().copied().filter(|v| Key::of(v).is_some_and(|k| seen.insert(k))).collect()
}

fn keys(set: &[&str]) -> HashSet<Key> {
    set.iter().filter_map(|v| Key::of(v)).collect()
}
