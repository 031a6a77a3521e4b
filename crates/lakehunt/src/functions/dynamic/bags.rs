//! Property bags: making, merging and changing them. A dynamic value that is no bag gives null.

use super::arrays::{array, items, kernel, texts, value};
use super::convert::compact;
use crate::dynamic::extract::get;
use crate::dynamic::path::{Path, Step};
use crate::dynamic::scan::{Kind, Member, elements, members, trim};
use crate::dynamic::text::{means, string_value, unescape};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use kql2sql::json::{push_string, quoted};
use std::collections::HashSet;

/// Functions of bags.
pub static SCALARS: &[ScalarKernel] = &[
    // (name, value, …)
    ScalarKernel {
        name: "kql_bag_pack",
        variadic: Some(ArgType::Text),
        returns: ReturnType::Dynamic,
        eval: |a| {
            let pairs = texts(a)?;
            a.collect(|row| {
                let mut writer = Writer::new();
                for pair in pairs.chunks_exact(2) {
                    writer.member(pair[0].get(row), value(pair[1].get_opt(row)));
                }
                Some(writer.finish())
            })
        },
        ..ScalarKernel::BASE
    },
    // The bag without members that are null or an empty string.
    kernel("kql_bag_not_empty", &[ArgType::Text], None, |a| {
        let bag = a.text(0)?;
        a.collect(|row| {
            let mut writer = Writer::new();
            for member in bag_members(bag.get_opt(row)?)?.filter(|m| !matches!(m.value, "null" | "\"\"")) {
                writer.spelt(member);
            }
            Some(writer.finish())
        })
    }),
    kernel("kql_bag_keys", &[ArgType::Text], None, |a| {
        let bag = a.text(0)?;
        a.collect(|row| {
            let mut seen = HashSet::new();
            let names: Vec<_> = bag_members(bag.get_opt(row)?)?
                .map(|m| unescape(m.name))
                .filter(|name| seen.insert(name.clone()))
                .map(|name| quoted(&name))
                .collect();
            Some(array(names.iter().map(String::as_str)))
        })
    }),
    // (bag, bag, …): of several members of a name the first stays; what is no bag is left out.
    kernel("kql_bag_merge", &[ArgType::Text], Some(ArgType::Text), |a| {
        let bags = texts(a)?;
        a.collect(|row| {
            let mut writer = Writer::new();
            let mut any = false;
            for bag in &bags {
                for member in
                    bag.get_opt(row).and_then(bag_members).inspect(|_| any = true).into_iter().flatten()
                {
                    writer.spelt(member);
                }
            }
            any.then(|| writer.finish())
        })
    }),
    // (bag, name or JSONPath)
    ScalarKernel {
        name: "kql_bag_has_key",
        args: &[ArgType::Text, ArgType::Text],
        returns: ReturnType::Bool,
        eval: |a| {
            let (bag, key) = (a.text(0)?, a.text(1)?);
            a.collect(|row| {
                let bag = bag.get_opt(row)?;
                let mut members = bag_members(bag)?;
                let key = key.get(row);
                // A member that holds null is there, too.
                let steps = key_steps(key);
                let (last, outer) = steps.split_last()?;
                if outer.is_empty() {
                    return Some(members.any(|m| means(m.name, last)));
                }
                let outer = Path { steps: outer.iter().map(|s| Step::Name(s.clone())).collect() };
                Some(get(bag, &outer).is_some_and(|inner| members_of(inner).any(|m| means(m.name, last))))
            })
        },
        ..ScalarKernel::BASE
    },
    // (bag, array of names or JSONPaths)
    kernel("kql_bag_remove_keys", &[ArgType::Text, ArgType::Text], None, |a| {
        let (bag, keys) = (a.text(0)?, a.text(1)?);
        a.collect(|row| {
            let bag = bag.get_opt(row)?;
            bag_members(bag)?;
            let keys = items(keys.get_opt(row)?)?;
            let keys: Vec<_> = keys.into_iter().filter_map(|k| Some(key_steps(&string_value(k)?))).collect();
            let keys: Vec<&[Box<str>]> = keys.iter().map(Vec::as_slice).collect();
            Some(without(bag, &keys))
        })
    }),
    // (bag, name or JSONPath, value)
    kernel("kql_bag_set_key", &[ArgType::Text, ArgType::Text, ArgType::Text], None, |a| {
        let (bag, key, new) = (a.text(0)?, a.text(1)?, a.text(2)?);
        a.collect(|row| {
            let bag = bag.get_opt(row)?;
            bag_members(bag)?;
            with(bag, &key_steps(key.get(row)), value(new.get_opt(row)))
        })
    }),
    // (names, values): names without a value get null; what is no string among the names is left out.
    kernel("kql_bag_zip", &[ArgType::Text, ArgType::Text], None, |a| {
        let (names, values) = (a.text(0)?, a.text(1)?);
        a.collect(|row| {
            let names = items(names.get_opt(row)?)?;
            let values = values.get_opt(row).and_then(items).unwrap_or_default();
            let mut writer = Writer::new();
            for (i, name) in names.into_iter().enumerate() {
                if let Some(name) = string_value(name) {
                    writer.member(&name, values.get(i).copied().unwrap_or("null"));
                }
            }
            Some(writer.finish())
        })
    }),
    // A text that is the same for all bags with the same members: they are sorted by name.
    ScalarKernel {
        name: "kql_dynamic_to_json",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let json = a.text(0)?;
            a.collect(|row| {
                let mut out = String::new();
                sorted(trim(json.get_opt(row)?), 0, &mut out);
                Some(out)
            })
        },
        ..ScalarKernel::BASE
    },
    // The paths to all members: `['a']`, `['a'][0]['b']`; those in arrays once.
    kernel("kql_treepath", &[ArgType::Text], None, |a| {
        let json = a.text(0)?;
        a.collect(|row| {
            let json = trim(json.get_opt(row)?);
            matches!(Kind::of(json)?, Kind::Object | Kind::Array).then(|| tree_paths(json))
        })
    }),
];

/// The members, if it is a bag.
fn bag_members(json: &str) -> Option<crate::dynamic::scan::Members<'_>> {
    let json = trim(json);
    (Kind::of(json)? == Kind::Object).then(|| members(json))
}

fn members_of(json: &str) -> crate::dynamic::scan::Members<'_> {
    members(trim(json))
}

/// Writes a bag; the first member of a name stays.
struct Writer {
    json: String,
    names: HashSet<String>,
}

impl Writer {
    fn new() -> Self {
        Writer { json: String::from("{"), names: HashSet::new() }
    }

    /// A member of another bag.
    fn spelt(&mut self, member: Member<'_>) {
        self.member(&unescape(member.name), member.value);
    }

    fn member(&mut self, name: &str, value: &str) {
        if !self.names.insert(name.to_owned()) {
            return;
        }
        if self.json.len() > 1 {
            self.json.push(',');
        }
        push_string(&mut self.json, name);
        self.json.push(':');
        self.json.push_str(&compact(value));
    }

    fn finish(mut self) -> String {
        self.json.push('}');
        self.json
    }
}

/// The names that a key leads through: itself, or those of a JSONPath (`$.a.b`), which has no indexes here.
fn key_steps(key: &str) -> Vec<Box<str>> {
    let path = if key.starts_with("$.") || key.starts_with("$[") { Path::from_jsonpath(key) } else { None };
    let names = path.and_then(|path| {
        path.steps
            .into_iter()
            .map(|step| match step {
                Step::Name(name) => Some(name),
                Step::Index(_) => None,
            })
            .collect::<Option<Vec<_>>>()
    });
    names.filter(|names| !names.is_empty()).unwrap_or_else(|| vec![key.into()])
}

/// The bag without the members that `keys` lead to. Recurses over the steps of the keys only.
fn without(bag: &str, keys: &[&[Box<str>]]) -> String {
    let mut writer = Writer::new();
    for member in members_of(bag) {
        let mut inner = Vec::new();
        let mut gone = false;
        for key in keys {
            match key {
                [name] if means(member.name, name) => gone = true,
                [name, rest @ ..] if !rest.is_empty() && means(member.name, name) => inner.push(rest),
                _ => {}
            }
        }
        if gone {
            continue;
        }
        if !inner.is_empty() && Kind::of(member.value) == Some(Kind::Object) {
            writer.member(&unescape(member.name), &without(member.value, &inner));
        } else {
            writer.spelt(member);
        }
    }
    writer.finish()
}

/// The bag with the member at `key` set; bags on the way that are missing are made. `None` if what is on the way is no
/// bag.
fn with(bag: &str, key: &[Box<str>], new: &str) -> Option<String> {
    let (name, rest) = key.split_first()?;
    let mut writer = Writer::new();
    let mut done = false;
    for member in members_of(bag) {
        if done || !means(member.name, name) {
            writer.spelt(member);
            continue;
        }
        done = true;
        if rest.is_empty() {
            writer.member(name, new);
        } else if Kind::of(member.value) == Some(Kind::Object) {
            writer.member(name, &with(member.value, rest, new)?);
        } else {
            return None;
        }
    }
    if !done {
        let value = if rest.is_empty() { new.to_owned() } else { with("{}", rest, new)? };
        writer.member(name, &value);
    }
    Some(writer.finish())
}

/// Deeper than this, members stay as they stand: the depth of the text must not exhaust the stack.
const DEEPEST: usize = 256;

fn sorted(json: &str, depth: usize, out: &mut String) {
    match Kind::of(json) {
        Some(Kind::Array) if depth < DEEPEST => {
            out.push('[');
            for (i, element) in elements(json).enumerate() {
                if i > 0 {
                    out.push(',');
                }
                sorted(element, depth + 1, out);
            }
            out.push(']');
        }
        Some(Kind::Object) if depth < DEEPEST => {
            let mut all: Vec<_> = members(json).map(|m| (unescape(m.name), m.value)).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all.dedup_by(|later, first| later.0 == first.0);
            out.push('{');
            for (i, (name, value)) in all.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                push_string(out, &name);
                out.push(':');
                sorted(value, depth + 1, out);
            }
            out.push('}');
        }
        Some(Kind::Null) | None => out.push_str("null"),
        _ => out.push_str(&compact(json)),
    }
}

fn tree_paths(json: &str) -> String {
    let mut paths: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    // What is still to be walked, the next on top: a value and its path.
    let mut left = vec![(json, String::new())];
    while let Some((value, path)) = left.pop() {
        if !path.is_empty() && seen.insert(path.clone()) {
            paths.push(path.clone());
        }
        let inside: Vec<_> = match Kind::of(value) {
            Some(Kind::Object) => {
                members(value).map(|m| (m.value, format!("{path}['{}']", unescape(m.name)))).collect()
            }
            Some(Kind::Array) => elements(value).map(|v| (v, format!("{path}[0]"))).collect(),
            _ => continue,
        };
        left.extend(inside.into_iter().rev());
    }
    let paths: Vec<_> = paths.iter().map(|path| quoted(path)).collect();
    array(paths.iter().map(String::as_str))
}
