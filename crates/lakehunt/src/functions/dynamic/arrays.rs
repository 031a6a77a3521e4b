//! Arrays: putting together, taking apart, sorting. A dynamic value that is no array gives null.

use super::convert::{compact, to_bool};
use super::sets::Key;
use super::sorting::sort;
use crate::dynamic::number::{Number, push_real};
use crate::dynamic::scan::{Kind, elements, trim};
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel, Text, Values};
use crate::functions::time::ticks_from_nanos;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::common::Result;
use kql2sql::time::{write_datetime, write_timespan};

/// As many elements as Kusto makes at most, <https://learn.microsoft.com/kusto/query/range-function>.
const MOST: usize = 1 << 20;

/// Functions of arrays.
pub static SCALARS: &[ScalarKernel] = &[
    // (value, …)
    ScalarKernel {
        name: "kql_pack_array",
        variadic: Some(ArgType::Text),
        returns: ReturnType::Dynamic,
        eval: |a| {
            let values = texts(a)?;
            a.collect(|row| Some(array(values.iter().map(|v| value(v.get_opt(row))))))
        },
        ..ScalarKernel::BASE
    },
    // (array, …): what is no array is left out.
    kernel("kql_array_concat", &[ArgType::Text], Some(ArgType::Text), |a| {
        let arrays = texts(a)?;
        a.collect(|row| {
            let parts: Vec<_> = arrays.iter().filter_map(|v| items(v.get_opt(row)?)).collect();
            (!parts.is_empty()).then(|| array(parts.into_iter().flatten()))
        })
    }),
    // (array, first, last): both inclusive, negative ones from the end.
    kernel("kql_array_slice", &[ArgType::Text, ArgType::Long, ArgType::Long], None, |a| {
        let (text, first, last) = (a.text(0)?, a.long(1)?, a.long(2)?);
        a.collect(|row| {
            let items = items(text.get_opt(row)?)?;
            let length = items.len() as i64;
            let first = from_end(first.get(row)?, length).max(0);
            let last = from_end(last.get(row)?, length).min(length - 1);
            let part = if first <= last { &items[first as usize..=last as usize] } else { &[] };
            Some(array(part.iter().copied()))
        })
    }),
    // (array, indexes as an array or one number): where it is split.
    kernel("kql_array_split", &[ArgType::Text, ArgType::Text], None, |a| {
        let (text, places) = (a.text(0)?, a.text(1)?);
        a.collect(|row| {
            let items = items(text.get_opt(row)?)?;
            let places = trim(places.get_opt(row)?);
            let places =
                if Kind::of(places)? == Kind::Array { elements(places).collect() } else { vec![places] };
            let mut parts = Vec::with_capacity(places.len() + 1);
            let mut start = 0;
            for place in places {
                let Number::Long(place) = Number::parse(place)? else { return None };
                let end =
                    from_end(place, items.len() as i64).clamp(start as i64, items.len() as i64) as usize;
                parts.push(array(items[start..end].iter().copied()));
                start = end;
            }
            parts.push(array(items[start..].iter().copied()));
            Some(array(parts.iter().map(String::as_str)))
        })
    }),
    kernel("kql_array_reverse", &[ArgType::Text], None, |a| {
        let text = a.text(0)?;
        a.collect(|row| Some(array(items(text.get_opt(row)?)?.into_iter().rev())))
    }),
    kernel("kql_array_rotate_left", &[ArgType::Text, ArgType::Long], None, |a| rotate(a, 1)),
    kernel("kql_array_rotate_right", &[ArgType::Text, ArgType::Long], None, |a| rotate(a, -1)),
    // (array, count[, what comes in])
    kernel("kql_array_shift_left", &[ArgType::Text, ArgType::Long], Some(ArgType::Text), |a| shift(a, 1)),
    kernel("kql_array_shift_right", &[ArgType::Text, ArgType::Long], Some(ArgType::Text), |a| shift(a, -1)),
    // (array, value[, start[, length[, occurrence]]]): -1 if it is not there.
    ScalarKernel {
        name: "kql_array_index_of",
        args: &[ArgType::Text, ArgType::Text, ArgType::Long, ArgType::Long, ArgType::Long],
        optional: 3,
        returns: ReturnType::Long,
        eval: index_of,
        ..ScalarKernel::BASE
    },
    // (conditions, then, else): the latter two arrays, or one value for all.
    kernel("kql_array_iff", &[ArgType::Text, ArgType::Text, ArgType::Text], None, |a| {
        let (conditions, yes, no) = (a.text(0)?, a.text(1)?, a.text(2)?);
        a.collect(|row| {
            let conditions = items(conditions.get_opt(row)?)?;
            let (yes, no) = (Branch::of(yes.get_opt(row)), Branch::of(no.get_opt(row)));
            Some(array(conditions.iter().enumerate().map(|(i, condition)| match Kind::of(condition) {
                Some(Kind::Bool | Kind::Number) if to_bool(condition) == Some(true) => yes.get(i),
                Some(Kind::Bool | Kind::Number) => no.get(i),
                _ => "null",
            })))
        })
    }),
    // (nulls last, array, …): the first array sorted, the others in its order; several come as an array of arrays.
    kernel("kql_array_sort_asc", &[ArgType::Bool, ArgType::Text], Some(ArgType::Text), |a| sort(a, false)),
    kernel("kql_array_sort_desc", &[ArgType::Bool, ArgType::Text], Some(ArgType::Text), |a| sort(a, true)),
    // The sum of the numbers; null if there are none, or anything else but null.
    ScalarKernel {
        name: "kql_array_sum",
        args: &[ArgType::Text],
        returns: ReturnType::Real,
        eval: |a| {
            let text = a.text(0)?;
            a.collect(|row| {
                let mut sum = None;
                for item in items(text.get_opt(row)?)?.into_iter().filter(|item| *item != "null") {
                    sum = Some(sum.unwrap_or(0.0) + Number::parse(item)?.real());
                }
                sum
            })
        },
        ..ScalarKernel::BASE
    },
    // (array, array, …): arrays of their first, second … elements; a shorter one is filled up with nulls.
    kernel("kql_zip", &[ArgType::Text], Some(ArgType::Text), |a| {
        let arrays = texts(a)?;
        a.collect(|row| {
            let arrays = arrays.iter().map(|v| items(v.get_opt(row)?)).collect::<Option<Vec<_>>>()?;
            let longest = arrays.iter().map(Vec::len).max().unwrap_or(0);
            let tuples: Vec<_> = (0..longest)
                .map(|i| array(arrays.iter().map(|values| values.get(i).copied().unwrap_or("null"))))
                .collect();
            Some(array(tuples.iter().map(String::as_str)))
        })
    }),
    // (value, count)
    kernel("kql_repeat", &[ArgType::Text, ArgType::Long], None, |a| {
        let (text, count) = (a.text(0)?, a.long(1)?);
        a.collect(|row| {
            let count = usize::try_from(count.get(row)?).ok()?.min(MOST);
            Some(array(std::iter::repeat_n(value(text.get_opt(row)), count)))
        })
    }),
    // (first, last, step)
    kernel("kql_range_long", &[ArgType::Long, ArgType::Long, ArgType::Long], None, |a| {
        long_range(a, |value, json| json.push_str(&value.to_string()))
    }),
    kernel("kql_range_timespan", &[ArgType::Long, ArgType::Long, ArgType::Long], None, |a| {
        long_range(a, |ticks, json| quoted(json, |json| write_timespan(ticks, json)))
    }),
    kernel("kql_range_datetime", &[ArgType::DateTime, ArgType::DateTime, ArgType::Long], None, |a| {
        let (first, last, step) = (a.datetime(0)?, a.datetime(1)?, a.long(2)?);
        a.collect(|row| {
            let (first, last) = (ticks_from_nanos(first.get(row)?), ticks_from_nanos(last.get(row)?));
            series(first, last, step.get(row)?, |ticks, json| {
                quoted(json, |json| write_datetime(ticks, json));
            })
        })
    }),
    kernel("kql_range_real", &[ArgType::Real, ArgType::Real, ArgType::Real], None, |a| {
        let (first, last, step) = (a.real(0)?, a.real(1)?, a.real(2)?);
        a.collect(|row| {
            let (first, last, step) = (first.get(row)?, last.get(row)?, step.get(row)?);
            if step == 0.0 || !(first.is_finite() && last.is_finite() && step.is_finite()) {
                return None;
            }
            let mut json = String::from("[");
            for i in 0..MOST {
                let value = first + i as f64 * step;
                if (step > 0.0 && value > last) || (step < 0.0 && value < last) {
                    break;
                }
                if i > 0 {
                    json.push(',');
                }
                push_real(&mut json, value);
            }
            json.push(']');
            Some(json)
        })
    }),
];

/// A function that gives a dynamic value.
pub(super) const fn kernel(
    name: &'static str,
    args: &'static [ArgType],
    variadic: Option<ArgType>,
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, args, variadic, returns: ReturnType::Dynamic, eval, ..ScalarKernel::BASE }
}

/// All arguments as texts.
pub(super) fn texts<'a>(a: &Args<'a>) -> Result<Vec<Text<'a>>> {
    (0..a.len()).map(|i| a.text(i)).collect()
}

/// The JSON text of an argument: `null` for NULL.
pub(in crate::functions) fn value(text: Option<&str>) -> &str {
    text.map(trim).filter(|text| !text.is_empty()).unwrap_or("null")
}

/// The elements, if it is an array.
pub(in crate::functions) fn items(json: &str) -> Option<Vec<&str>> {
    let json = trim(json);
    (Kind::of(json)? == Kind::Array).then(|| elements(json).collect())
}

/// The array of the values.
pub(super) fn array<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut json = String::from("[");
    for (i, value) in values.into_iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        json.push_str(&compact(value));
    }
    json.push(']');
    json
}

/// An index that may count from the end.
fn from_end(index: i64, length: i64) -> i64 {
    if index < 0 { index.saturating_add(length) } else { index }
}

fn rotate(a: &Args<'_>, direction: i64) -> Result<ArrayRef> {
    let (text, count) = (a.text(0)?, a.long(1)?);
    a.collect(|row| {
        let mut items = items(text.get_opt(row)?)?;
        let count = count.get(row)?;
        if !items.is_empty() {
            let length = items.len() as i64;
            items.rotate_left(((count % length) * direction).rem_euclid(length) as usize);
        }
        Some(array(items))
    })
}

fn shift(a: &Args<'_>, direction: i64) -> Result<ArrayRef> {
    let (text, count) = (a.text(0)?, a.long(1)?);
    let default = if a.len() > 2 { Some(a.text(2)?) } else { None };
    a.collect(|row| {
        let items = items(text.get_opt(row)?)?;
        let count = count.get(row)?.saturating_mul(direction);
        // Without a default, strings give way to an empty string, as documented.
        let strings = !items.is_empty() && items.iter().all(|v| Kind::of(v) == Some(Kind::String));
        let missing = match default {
            Some(default) => value(default.get_opt(row)),
            None if strings => "\"\"",
            None => "null",
        };
        Some(array((0..items.len() as i64).map(|i| {
            let from = i.saturating_add(count);
            usize::try_from(from).ok().and_then(|from| items.get(from)).copied().unwrap_or(missing)
        })))
    })
}

fn index_of(a: &Args<'_>) -> Result<ArrayRef> {
    let (text, wanted) = (a.text(0)?, a.text(1)?);
    let number = |i: usize| if a.len() > i { a.long(i).map(Some) } else { Ok(None) };
    let (start, length, occurrence) = (number(2)?, number(3)?, number(4)?);
    a.collect(|row| {
        let items = items(text.get_opt(row)?)?;
        let wanted = Key::of(value(wanted.get_opt(row)))?;
        let get = |argument: &Option<Values<'_, Int64Type>>, default| match argument {
            Some(values) => values.get(row),
            None => Some(default),
        };
        let (start, length, occurrence) = (get(&start, 0)?, get(&length, -1)?, get(&occurrence, 1)?);
        if length < -1 || occurrence < 0 {
            return None;
        }
        let start = usize::try_from(from_end(start, items.len() as i64).max(0)).ok()?;
        let count = usize::try_from(length).unwrap_or(usize::MAX);
        let nth = usize::try_from(occurrence).ok()?.saturating_sub(1);
        let found = items
            .iter()
            .enumerate()
            .skip(start)
            .take(count)
            .filter(|(_, v)| Key::of(v).as_ref() == Some(&wanted))
            .nth(nth);
        Some(found.map_or(-1, |(i, _)| i as i64))
    })
}

/// What `array_iff` takes values from.
enum Branch<'a> {
    Each(Vec<&'a str>),
    One(&'a str),
}

impl<'a> Branch<'a> {
    fn of(text: Option<&'a str>) -> Self {
        let text = value(text);
        items(text).map_or(Branch::One(text), Branch::Each)
    }

    fn get(&self, index: usize) -> &'a str {
        match self {
            Branch::Each(values) => values.get(index).copied().unwrap_or("null"),
            Branch::One(value) => value,
        }
    }
}

fn quoted(json: &mut String, write: impl FnOnce(&mut String)) {
    json.push('"');
    write(json);
    json.push('"');
}

fn long_range(a: &Args<'_>, write: fn(i64, &mut String)) -> Result<ArrayRef> {
    let (first, last, step) = (a.long(0)?, a.long(1)?, a.long(2)?);
    a.collect(|row| series(first.get(row)?, last.get(row)?, step.get(row)?, write))
}

fn series(first: i64, last: i64, step: i64, write: impl Fn(i64, &mut String)) -> Option<String> {
    if step == 0 {
        return None;
    }
    let mut json = String::from("[");
    let mut next = Some(first);
    for i in 0..MOST {
        let Some(value) = next.filter(|v| if step > 0 { *v <= last } else { *v >= last }) else { break };
        if i > 0 {
            json.push(',');
        }
        write(value, &mut json);
        next = value.checked_add(step);
    }
    json.push(']');
    Some(json)
}
