//! Comparing dynamic values with each other and with scalars, which the SQL hands over as dynamic values too.

use super::convert::{compact, to_bool, to_real};
use super::sets::Key;
use crate::dynamic::date::is_canonical_date;
use crate::dynamic::number::Number;
use crate::dynamic::scan::{Kind, elements, trim};
use crate::dynamic::text::{inner, string_value};
use crate::functions::adapter::{Args, Cache, ScalarKernel};
use crate::functions::string::operators::predicate;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use kql2sql::time::parse_datetime;
use std::cmp::Ordering;
use std::collections::HashSet;

/// Comparisons. A null equals nothing (`==` gives false, `!=` true, null where both are null) and has no order.
pub static SCALARS: &[ScalarKernel] = &[
    predicate("kql_dynamic_equals", |a| equality_of(a, false)),
    predicate("kql_dynamic_not_equals", |a| equality_of(a, true)),
    predicate("kql_dynamic_less", |a| order_of(a, Ordering::is_lt)),
    predicate("kql_dynamic_less_equal", |a| order_of(a, Ordering::is_le)),
    predicate("kql_dynamic_greater", |a| order_of(a, Ordering::is_gt)),
    predicate("kql_dynamic_greater_equal", |a| order_of(a, Ordering::is_ge)),
    // (value, array): whether it is among the elements.
    predicate("kql_dynamic_in", |a| is_in(a, &ELEMENTS, false)),
    // The same, strings in any case.
    predicate("kql_dynamic_in_ci", |a| is_in(a, &FOLDED, true)),
];

fn not_null(json: &str) -> Option<&str> {
    Some(trim(json)).filter(|json| !matches!(Kind::of(json), None | Some(Kind::Null)))
}

fn equality_of(a: &Args<'_>, negated: bool) -> Result<ArrayRef> {
    let (left, right) = (a.text(0)?, a.text(1)?);
    a.collect(|row| {
        let left = left.get_opt(row).and_then(not_null);
        let right = right.get_opt(row).and_then(not_null);
        match (left, right) {
            (None, None) => None,
            (Some(left), Some(right)) => Some((compare(left, right) == Some(Ordering::Equal)) != negated),
            _ => Some(negated),
        }
    })
}

fn order_of(a: &Args<'_>, test: fn(Ordering) -> bool) -> Result<ArrayRef> {
    let (left, right) = (a.text(0)?, a.text(1)?);
    a.collect(|row| {
        let left = left.get_opt(row).and_then(not_null)?;
        let right = right.get_opt(row).and_then(not_null)?;
        compare(left, right).map(test)
    })
}

/// How two values that are not null stand to each other. A string stands to a number or bool as what it reads as, since
/// logs hold `"1"` and `1` for the same thing; arrays and objects are equal or have no order.
pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    use Kind::{Bool, Number as Num, String as Str};
    match (Kind::of(left)?, Kind::of(right)?) {
        (Str, Str) => {
            let (left, right) = (string_value(left)?, string_value(right)?);
            if left != right && (is_canonical_date(&left) || is_canonical_date(&right)) {
                // One is a datetime; the other may spell one in another way.
                if let (Some(left), Some(right)) = (parse_datetime(&left), parse_datetime(&right)) {
                    return Some(left.cmp(&right));
                }
            }
            Some(left.cmp(&right))
        }
        (Num, Num) => Number::parse(left)?.compare(Number::parse(right)?),
        (Bool, Bool | Str) | (Str, Bool) => Some(to_bool(left)?.cmp(&to_bool(right)?)),
        (Num | Bool, Num | Bool | Str) | (Str, Num) => number(left)?.compare(number(right)?),
        (Kind::Array, Kind::Array) | (Kind::Object, Kind::Object) => {
            (compact(left) == compact(right)).then_some(Ordering::Equal)
        }
        _ => None,
    }
}

/// A number, bool or the text of a number.
fn number(json: &str) -> Option<Number> {
    let text = inner(json).unwrap_or(json);
    Number::parse(text).or_else(|| to_real(json).map(Number::Real))
}

static ELEMENTS: Cache<HashSet<Key>> =
    Cache::new(|array| elements(trim(array)).filter_map(Key::of).collect());
static FOLDED: Cache<HashSet<Key>> =
    Cache::new(|array| elements(trim(array)).filter_map(Key::of).map(Key::fold).collect());

fn is_in(a: &Args<'_>, cache: &'static Cache<HashSet<Key>>, fold: bool) -> Result<ArrayRef> {
    let value = a.text(0)?;
    let mut arrays = cache.prepare(a.text(1)?);
    a.collect(|row| {
        let Some(key) = value.get_opt(row).and_then(|v| Key::of(trim(v))) else { return Some(false) };
        Some(arrays.get(row).contains(&if fold { key.fold() } else { key }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ordering::{Equal, Greater, Less};

    #[test]
    fn comparisons() {
        let table = [
            ("1", "1.0", Some(Equal)),
            ("9007199254740993", "9007199254740992.0", Some(Greater)),
            ("\"1\"", "1", Some(Equal)),
            ("2", "\"10\"", Some(Less)),
            ("\"x\"", "1", None),
            ("true", "1", Some(Equal)),
            ("\"True\"", "true", Some(Equal)),
            ("\"a\\u0062\"", "\"ab\"", Some(Equal)),
            ("\"a\"", "\"b\"", Some(Less)),
            ("\"A\"", "\"a\"", Some(Less)),
            ("\"2024-05-01T05:00:00Z\"", "\"2024-05-01T05:00:00.0000000Z\"", Some(Equal)),
            ("\"2024-05-01\"", "\"2024-05-01T05:00:00.0000000Z\"", Some(Less)),
            ("[1, 2]", "[1,2]", Some(Equal)),
            ("[1]", "[2]", None),
            ("[1]", "1", None),
        ];
        for (left, right, expected) in table {
            assert_eq!(compare(left, right), expected, "{left} {right}");
            assert_eq!(compare(right, left), expected.map(Ordering::reverse), "{right} {left}");
        }
    }
}
