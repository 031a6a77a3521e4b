//! `buildschema`: which types the values of a group have, member by member.
//!
//! <https://learn.microsoft.com/kusto/query/buildschema-aggregation-function>
//!
//! The documentation names the types of numbers, texts, truth values, arrays and bags. Where it leaves open what Kusto
//! answers (nulls, arrays without elements, texts that may have been times or guids), the query fails and says so.

use super::json::{array_inside, bag_inside, key_len, split};
use crate::error::Error;
use crate::functions::adapter::{AggregateKernel, ArgType, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DataFusionError, Result};
use std::sync::Arc;

/// `kql_buildschema(json)`: nulls are left out; null without any other value.
pub const BUILDSCHEMA: AggregateKernel = AggregateKernel {
    name: "kql_buildschema",
    args: &[ArgType::Text],
    optional: 0,
    variadic: None,
    returns: ReturnType::Dynamic,
    ordered: false,
    saved: |_| vec![DataType::Utf8View],
    state: |_| Ok(Box::new(Schemas::default())),
};

/// What an array's elements stand under.
const INDEXER: &str = "\"`indexer`\"";

/// The schemas of all groups.
#[derive(Debug, Default)]
struct Schemas {
    groups: Vec<Types>,
    /// The bytes of the names of all members.
    names: usize,
}

/// The types of one place, in the order in which they first came.
#[derive(Debug, Default, Clone)]
struct Types(Vec<Type>);

#[derive(Debug, Clone)]
enum Type {
    /// The name of the type.
    Plain(String),
    /// The members of a bag by their names as JSON, or the elements of an array by [`INDEXER`].
    Members(Vec<(String, Types)>),
}

impl Types {
    /// Takes a value in. What is left open is the reason for which the schema cannot be told.
    fn add(&mut self, json: &str, names: &mut usize) -> Result<(), &'static str> {
        if let Some(inside) = bag_inside(json) {
            let members = self.members(false)?;
            for member in split(inside) {
                let key = key_len(member.as_bytes());
                let value = member.get(key + 1..).unwrap_or_default();
                entry(members, &member[..key], names).add(value, names)?;
            }
        } else if let Some(inside) = array_inside(json) {
            let elements = entry(self.members(true)?, INDEXER, names);
            for element in split(inside) {
                elements.add(element, names)?;
            }
        } else {
            self.note(plain(json)?);
        }
        Ok(())
    }

    /// A value of the type was seen.
    fn note(&mut self, name: &str) {
        if !self.0.iter().any(|t| matches!(t, Type::Plain(known) if known == name)) {
            self.0.push(Type::Plain(name.to_owned()));
        }
    }

    /// The members of the bags, or the elements of the arrays, that were seen here.
    fn members(&mut self, array: bool) -> Result<&mut Vec<(String, Types)>, &'static str> {
        let at = match self.0.iter().position(|t| matches!(t, Type::Members(_))) {
            Some(at) => at,
            None => {
                self.0.push(Type::Members(if array {
                    vec![(INDEXER.to_owned(), Types::default())]
                } else {
                    vec![]
                }));
                self.0.len() - 1
            }
        };
        match &mut self.0[at] {
            Type::Members(members) if members.iter().any(|(name, _)| name == INDEXER) == array => Ok(members),
            _ => Err("an array and a bag in the same place"),
        }
    }

    /// Takes in the types of another place, as [`Types::write`] wrote them.
    fn merge(&mut self, schema: &str, names: &mut usize) -> Result<(), &'static str> {
        for part in array_inside(schema).map_or_else(|| vec![schema], |inside| split(inside).collect()) {
            match bag_inside(part) {
                Some(inside) => {
                    let members = self.members(inside.starts_with(INDEXER))?;
                    for member in split(inside) {
                        let key = key_len(member.as_bytes());
                        let types = member.get(key + 1..).unwrap_or_default();
                        entry(members, &member[..key], names).merge(types, names)?;
                    }
                }
                None => self.note(part.trim_matches('"')),
            }
        }
        Ok(())
    }

    /// As JSON: one type as it is, several (or none) as an array.
    fn write(&self, out: &mut String) {
        let one = self.0.len() == 1;
        out.push_str(if one { "" } else { "[" });
        for (i, part) in self.0.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { "," });
            match part {
                Type::Plain(name) => {
                    out.push('"');
                    out.push_str(name);
                    out.push('"');
                }
                Type::Members(members) => {
                    out.push('{');
                    for (i, (name, types)) in members.iter().enumerate() {
                        out.push_str(if i == 0 { "" } else { "," });
                        out.push_str(name);
                        out.push(':');
                        types.write(out);
                    }
                    out.push('}');
                }
            }
        }
        out.push_str(if one { "" } else { "]" });
    }

    /// Whether some place was never filled: the elements of arrays that are all empty.
    fn is_open(&self) -> bool {
        self.0.is_empty()
            || self.0.iter().any(|part| match part {
                Type::Plain(_) => false,
                Type::Members(members) => members.iter().any(|(_, types)| types.is_open()),
            })
    }
}

/// The types of the member of that name, which is JSON.
fn entry<'a>(members: &'a mut Vec<(String, Types)>, name: &str, names: &mut usize) -> &'a mut Types {
    let at = match members.iter().position(|(known, _)| known == name) {
        Some(at) => at,
        None => {
            *names += name.len() + size_of::<(String, Types)>();
            members.push((name.to_owned(), Types::default()));
            members.len() - 1
        }
    };
    &mut members[at].1
}

/// The type of a value that is no array and no bag.
fn plain(json: &str) -> Result<&'static str, &'static str> {
    match json.as_bytes() {
        [b't' | b'f', ..] => Ok("bool"),
        [b'n', ..] => Err("a member that is null"),
        [b'"', inside @ .., b'"'] if may_be_typed(inside) => {
            Err("a text that reads like a datetime, a timespan, a guid or a number, which it may have been")
        }
        [b'"', ..] => Ok("string"),
        number if number.iter().any(|b| matches!(b, b'.' | b'e' | b'E')) => Ok("double"),
        _ => Ok("long"),
    }
}

/// Whether a text is what a datetime, a timespan, a guid or a number without digits becomes in a dynamic value.
fn may_be_typed(text: &[u8]) -> bool {
    let like = |form: &[u8]| {
        text.len() >= form.len()
            && form.iter().zip(text).all(|(f, t)| match f {
                b'0' => t.is_ascii_digit(),
                b'x' => t.is_ascii_hexdigit(),
                _ => f == t,
            })
    };
    let guid = text.len() == 36 && like(b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    let span = text.len() <= 27 && {
        let days =
            text.iter().position(|b| *b == b':').map_or(text, |colon| &text[colon.saturating_sub(2)..]);
        days.len() >= 8 && days[2] == b':' && days[5] == b':' && days[..2].iter().all(u8::is_ascii_digit)
    };
    guid || span || like(b"0000-00-00T00:00:00") || matches!(text, b"NaN" | b"Infinity" | b"-Infinity")
}

/// The failure of a query whose answer is left open.
fn undetermined(what: &str) -> DataFusionError {
    let message = format!(
        "buildschema meets {what}, and what Kusto answers to that is not documented; take such members away before, \
         for example with bag_remove_keys()"
    );
    DataFusionError::External(Box::new(Error::Data { path: None, message, span: None }))
}

impl Schemas {
    fn each(
        &mut self,
        input: &Input<'_>,
        add: fn(&mut Types, &str, &mut usize) -> Result<(), &'static str>,
    ) -> Result<()> {
        let texts = input.columns[0].as_string_view();
        let mut open = None;
        input.for_each(|row, group| {
            if texts.is_valid(row)
                && let Err(what) = add(&mut self.groups[group], texts.value(row), &mut self.names)
            {
                open.get_or_insert(what);
            }
        });
        open.map_or(Ok(()), |what| Err(undetermined(what)))
    }

    fn written(&self, groups: usize) -> ArrayRef {
        let schemas = self.groups[..groups].iter().map(|types| {
            let mut text = String::new();
            types.write(&mut text);
            (!types.0.is_empty()).then_some(text)
        });
        Arc::new(schemas.collect::<StringViewArray>())
    }
}

impl GroupState for Schemas {
    fn grow(&mut self, groups: usize) {
        self.groups.resize_with(groups, Types::default);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        self.each(input, Types::add)
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        self.each(input, Types::merge)
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.written(groups)])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        match self.groups[..groups].iter().any(|types| !types.0.is_empty() && types.is_open()) {
            true => Err(undetermined("an array that is always empty")),
            false => Ok(self.written(groups)),
        }
    }

    fn forget(&mut self, groups: usize) {
        self.groups.drain(..groups);
    }

    fn heap(&self) -> usize {
        self.names + self.groups.capacity() * size_of::<Types>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(values: &[&str]) -> Result<String, &'static str> {
        let mut types = Types::default();
        for value in values {
            types.add(value, &mut 0)?;
        }
        let mut text = String::new();
        types.write(&mut text);
        let mut merged = Types::default();
        merged.merge(&text, &mut 0)?;
        let mut again = String::new();
        merged.write(&mut again);
        assert_eq!(text, again, "what is saved is read again");
        Ok(text)
    }

    #[test]
    fn types_come_in_the_order_of_the_values() {
        for (values, expected) in [
            (&["1", "2.5", "\"a\"", "true", "3"][..], r#"["long","double","string","bool"]"#),
            (&[r#"{"a":1}"#, r#"{"b":{"c":"x"},"a":"y"}"#], r#"{"a":["long","string"],"b":{"c":"string"}}"#),
            (&["[]", "[[1],[2.0]]"], r#"{"`indexer`":{"`indexer`":["long","double"]}}"#),
            (&["{}"], "{}"),
            (&[r#"{"a":1}"#, "\"x\""], r#"[{"a":"long"},"string"]"#),
        ] {
            assert_eq!(schema(values).as_deref(), Ok(expected), "{values:?}");
        }
    }

    #[test]
    fn what_is_left_open_is_told() {
        for values in [
            &["null"][..],
            &[r#"{"a":null}"#],
            &["[1]", r#"{"a":1}"#],
            &[r#""2024-01-01T00:00:00.0000000Z""#],
            &[r#""1.00:00:00""#],
            &[r#""00:00:01.5000000""#],
            &[r#""74be27de-1e4e-49d9-b579-fe0b331d3642""#],
            &[r#""NaN""#],
        ] {
            assert!(schema(values).is_err(), "{values:?}");
        }
        let mut types = Types::default();
        assert_eq!(types.add(r#"{"a":[]}"#, &mut 0), Ok(()));
        assert!(types.is_open());
    }
}
