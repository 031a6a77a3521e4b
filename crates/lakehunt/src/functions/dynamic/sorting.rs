//! Sorting arrays.

use super::arrays::{array, items};
use crate::dynamic::number::Number;
use crate::dynamic::scan::Kind;
use crate::dynamic::text::string_value;
use crate::functions::adapter::Args;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use kql2sql::time::{parse_timespan, write_timespan};
use std::borrow::Cow;
use std::cmp::Ordering;

/// `(nulls last, array, …)`: the first array sorted, the others in its order; several come as an array of arrays.
/// What is no array, or not as long as the first, is null.
pub(super) fn sort(a: &Args<'_>, descending: bool) -> Result<ArrayRef> {
    let nulls_last = a.bool(0)?;
    let arrays = (1..a.len()).map(|i| a.text(i)).collect::<Result<Vec<_>>>()?;
    a.collect(|row| {
        let first = items(arrays[0].get_opt(row)?)?;
        let order = sorted_order(&first, nulls_last.get(row).unwrap_or(true), descending);
        let sorted = |values: &[&str]| array(order.iter().map(|i| values[*i]));
        if arrays.len() == 1 {
            return Some(sorted(&first));
        }
        let all: Vec<_> = arrays
            .iter()
            .map(|v| match v.get_opt(row).and_then(items) {
                Some(values) if values.len() == first.len() => sorted(&values),
                _ => "null".to_owned(),
            })
            .collect();
        Some(array(all.iter().map(String::as_str)))
    })
}

/// What an element is sorted by. The kinds follow each other as they stand here, also when sorting downwards;
/// arrays and bags keep their order.
enum Key<'a> {
    Number(Number),
    Timespan(i64),
    Text(Cow<'a, str>),
    Bool(bool),
    Other,
    Null,
}

impl<'a> Key<'a> {
    fn of(json: &'a str) -> Key<'a> {
        match Kind::of(json) {
            None | Some(Kind::Null) => Key::Null,
            Some(Kind::Number) => Number::parse(json).map_or(Key::Other, Key::Number),
            Some(Kind::String) => string_value(json).map_or(Key::Other, Key::Text),
            Some(Kind::Bool) => Key::Bool(json == "true"),
            Some(Kind::Array | Kind::Object) => Key::Other,
        }
    }

    fn rank(&self, nulls_last: bool) -> u8 {
        match self {
            Key::Number(_) => 1,
            Key::Timespan(_) => 2,
            Key::Text(_) => 3,
            Key::Bool(_) => 4,
            Key::Other => 5,
            Key::Null => {
                if nulls_last {
                    6
                } else {
                    0
                }
            }
        }
    }

    /// How it stands to another one of its kind.
    fn compare(&self, other: &Key<'_>) -> Ordering {
        match (self, other) {
            (Key::Number(a), Key::Number(b)) => a.compare(*b).unwrap_or(Ordering::Equal),
            (Key::Timespan(a), Key::Timespan(b)) => a.cmp(b),
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (Key::Bool(a), Key::Bool(b)) => a.cmp(b),
            _ => Ordering::Equal,
        }
    }
}

/// The places of the elements in their new order.
fn sorted_order(elements: &[&str], nulls_last: bool, descending: bool) -> Vec<usize> {
    let mut keys: Vec<Key> = elements.iter().map(|json| Key::of(json)).collect();
    // A timespan is a string in a document. Where all strings read as Kusto writes timespans, they are some.
    let spans = |key: &Key| if let Key::Text(text) = key { timespan(text).map(Key::Timespan) } else { None };
    if keys.iter().all(|key| !matches!(key, Key::Text(_)) || spans(key).is_some()) {
        for key in &mut keys {
            if let Some(span) = spans(key) {
                *key = span;
            }
        }
    }
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&keys[*a], &keys[*b]);
        a.rank(nulls_last).cmp(&b.rank(nulls_last)).then_with(|| {
            let order = a.compare(b);
            if descending { order.reverse() } else { order }
        })
    });
    order
}

/// The ticks of a timespan in the form that Kusto writes.
fn timespan(text: &str) -> Option<i64> {
    // Few strings get past this.
    if text.len() < 8 || !text.contains(':') {
        return None;
    }
    let ticks = parse_timespan(text)?;
    let mut written = String::new();
    write_timespan(ticks, &mut written);
    (written == text).then_some(ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders() {
        for (elements, up, down) in [
            (vec!["3", "1", "2.5"], vec![1, 2, 0], vec![0, 2, 1]),
            (
                vec!["\"b\"", "2", "null", "\"a\"", "true", "[1]"],
                vec![1, 3, 0, 4, 5, 2],
                vec![1, 0, 3, 4, 5, 2],
            ),
            (vec!["\"10.00:00:00\"", "\"2.00:00:00\"", "\"-1.00:00:00\""], vec![2, 1, 0], vec![0, 1, 2]),
            (vec!["\"10.00:00:00\"", "\"2.00:00:00\"", "\"x\""], vec![0, 1, 2], vec![2, 1, 0]),
            (vec!["true", "{}", "false", "[]"], vec![2, 0, 1, 3], vec![0, 2, 1, 3]),
        ] {
            assert_eq!(sorted_order(&elements, true, false), up, "{elements:?}");
            assert_eq!(sorted_order(&elements, true, true), down, "{elements:?}");
        }
        assert_eq!(sorted_order(&["1", "null"], false, false), [1, 0]);
    }
}
