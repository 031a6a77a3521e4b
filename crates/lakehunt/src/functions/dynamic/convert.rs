//! Between dynamic values and scalars.
//!
//! The string in a dynamic value is read by the same rules as a string column, [`crate::functions::conversion`].

use super::views::Views;
use crate::dynamic::canonical::canonical;
use crate::dynamic::date::is_canonical_date;
use crate::dynamic::number::{Number, push_real};
use crate::dynamic::scan::{Kind, elements, trim};
use crate::dynamic::text::{inner, string_value, unescape};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use crate::functions::conversion::{decimal, number};
use crate::functions::time::{datetime_from_ticks, ticks_from_nanos};
use kql2sql::json::push_string;
use kql2sql::time::{parse_datetime, parse_timespan, write_datetime, write_timespan};
use std::borrow::Cow;

/// From a dynamic value; `null` and what does not convert give null.
macro_rules! from_dynamic {
    ($name:literal, $returns:ident, $convert:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Text],
            returns: ReturnType::$returns,
            eval: |a| {
                let value = a.text(0)?;
                a.collect(|row| $convert(trim(value.get_opt(row)?)))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// To a dynamic value; null gives null.
macro_rules! to_dynamic {
    ($name:literal, $arg:ident, $take:ident, $get:ident, $write:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::$arg],
            returns: ReturnType::Dynamic,
            eval: |a| {
                let value = a.$take(0)?;
                a.collect_text(|row, json| match value.$get(row) {
                    Some(value) => {
                        $write(value, json);
                        true
                    }
                    None => false,
                })
            },
            ..ScalarKernel::BASE
        }
    };
}

/// Conversions from and to dynamic values.
pub static SCALARS: &[ScalarKernel] = &[
    // A string is its text, anything else its JSON text, null "".
    ScalarKernel {
        name: "kql_tostring_dynamic",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let value = a.text(0)?;
            let mut views = Views::new(value, a.rows());
            for row in 0..a.rows() {
                views.push(row, Some(value.get_opt(row).map_or(Cow::Borrowed(""), to_text)));
            }
            Ok(views.finish())
        },
        ..ScalarKernel::BASE
    },
    from_dynamic!("kql_tolong_dynamic", Long, to_long),
    from_dynamic!("kql_toint_dynamic", Int, to_int),
    from_dynamic!("kql_toreal_dynamic", Real, to_real),
    from_dynamic!("kql_todecimal_dynamic", Decimal, to_decimal),
    from_dynamic!("kql_tobool_dynamic", Bool, to_bool),
    ScalarKernel {
        name: "kql_todatetime_dynamic",
        args: &[ArgType::Text],
        returns: ReturnType::DateTime,
        eval: |a| {
            let value = a.text(0)?;
            a.collect_datetime(|row| {
                let text = string_value(trim(value.get_opt(row)?))?;
                parse_datetime(&text).and_then(datetime_from_ticks)
            })
        },
        ..ScalarKernel::BASE
    },
    from_dynamic!("kql_totimespan_dynamic", Long, to_timespan),
    from_dynamic!("kql_toguid_dynamic", Dynamic, |json| number::parse_guid(&string_value(json)?)),
    // JSON text to a dynamic value: what is no JSON becomes a string, "" null.
    ScalarKernel {
        name: "kql_parse_json",
        args: &[ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let text = a.text(0)?;
            let mut views = Views::new(text, a.rows());
            for row in 0..a.rows() {
                views.push(row, parse_json(text.get(row)));
            }
            Ok(views.finish())
        },
        ..ScalarKernel::BASE
    },
    to_dynamic!("kql_dynamic_from_bool", Bool, bool, get, |value: bool, json: &mut String| {
        json.push_str(if value { "true" } else { "false" });
    }),
    to_dynamic!("kql_dynamic_from_int", Int, int, get, |value: i32, json: &mut String| {
        json.push_str(&value.to_string());
    }),
    to_dynamic!("kql_dynamic_from_long", Long, long, get, |value: i64, json: &mut String| {
        json.push_str(&value.to_string());
    }),
    to_dynamic!("kql_dynamic_from_real", Real, real, get, |value, json: &mut String| push_real(json, value)),
    // A decimal has more digits than JSON readers keep: Kusto packs it as a string.
    ScalarKernel {
        name: "kql_dynamic_from_decimal",
        args: &[ArgType::Digits],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let write = decimal::writer(a)?;
            a.collect_text(|row, json| {
                json.push('"');
                let there = write(row, json);
                json.push('"');
                there
            })
        },
        ..ScalarKernel::BASE
    },
    to_dynamic!("kql_dynamic_from_datetime", DateTime, datetime, get, |value, json: &mut String| {
        json.push('"');
        write_datetime(ticks_from_nanos(value), json);
        json.push('"');
    }),
    to_dynamic!("kql_dynamic_from_timespan", Long, long, get, |value, json: &mut String| {
        json.push('"');
        write_timespan(value, json);
        json.push('"');
    }),
    to_dynamic!("kql_dynamic_from_guid", Text, text, get_opt, |value, json: &mut String| push_string(
        json, value
    )),
    // A NULL string is "".
    ScalarKernel {
        name: "kql_dynamic_from_string",
        args: &[ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let text = a.text(0)?;
            a.collect_text(|row, json| {
                push_string(json, text.get(row));
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_gettype",
        args: &[ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            let value = a.text(0)?;
            a.collect(|row| Some(value.get_opt(row).map_or("null", type_name)))
        },
        ..ScalarKernel::BASE
    },
    // The number of elements; null for what is no array.
    from_dynamic!("kql_array_length", Long, |json| {
        (Kind::of(json) == Some(Kind::Array)).then(|| elements(json).count() as i64)
    }),
];

/// What `tostring` gives.
pub(in crate::functions) fn to_text(json: &str) -> Cow<'_, str> {
    let json = trim(json);
    match Kind::of(json) {
        Some(Kind::String) => unescape(inner(json).unwrap_or(json)),
        Some(Kind::Null) => Cow::Borrowed(""),
        Some(Kind::Array | Kind::Object) => compact(json),
        _ => Cow::Borrowed(json),
    }
}

/// The same value without blanks between its parts. Only a column of a file can have them.
pub(super) fn compact(json: &str) -> Cow<'_, str> {
    if memchr::memchr3(b' ', b'\n', b'\t', json.as_bytes()).is_none() {
        return Cow::Borrowed(json);
    }
    canonical(json).unwrap_or(Cow::Borrowed(json))
}

/// What `parse_json` gives of a text.
fn parse_json(text: &str) -> Option<Cow<'_, str>> {
    if text.is_empty() {
        return None;
    }
    match canonical(text) {
        Some(json) => (json != "null").then_some(json),
        None => {
            let mut json = String::with_capacity(text.len() + 2);
            push_string(&mut json, text);
            Some(Cow::Owned(json))
        }
    }
}

pub(super) fn to_long(json: &str) -> Option<i64> {
    match Kind::of(json)? {
        Kind::Number => Some(match Number::parse(json)? {
            Number::Long(long) => long,
            Number::Real(real) => real as i64, // cut off, and held at the ends
        }),
        Kind::Bool => Some((json == "true").into()),
        Kind::String => number::parse_long(&string_value(json)?),
        _ => None,
    }
}

fn to_int(json: &str) -> Option<i32> {
    match Kind::of(json)? {
        Kind::Number => Some(match Number::parse(json)? {
            Number::Long(long) => long as i32, // the lower 32 bits, as recorded
            Number::Real(real) => real as i32,
        }),
        Kind::Bool => Some((json == "true").into()),
        Kind::String => number::parse_int(&string_value(json)?),
        _ => None,
    }
}

pub(super) fn to_real(json: &str) -> Option<f64> {
    match Kind::of(json)? {
        Kind::Number => Some(Number::parse(json)?.real()),
        Kind::Bool => Some(if json == "true" { 1.0 } else { 0.0 }),
        Kind::String => number::parse_real(&string_value(json)?),
        _ => None,
    }
}

fn to_decimal(json: &str) -> Option<i128> {
    match Kind::of(json)? {
        Kind::Number => decimal::parse(json),
        Kind::Bool => decimal::parse(if json == "true" { "1" } else { "0" }),
        Kind::String => decimal::parse(&string_value(json)?),
        _ => None,
    }
}

pub(super) fn to_bool(json: &str) -> Option<bool> {
    match Kind::of(json)? {
        Kind::Number => Some(match Number::parse(json)? {
            Number::Long(long) => long != 0,
            Number::Real(real) => real != 0.0,
        }),
        Kind::Bool => Some(json == "true"),
        Kind::String => number::parse_bool(&string_value(json)?),
        _ => None,
    }
}

fn to_timespan(json: &str) -> Option<i64> {
    match Kind::of(json)? {
        Kind::Number => match Number::parse(json)? {
            Number::Long(ticks) => Some(ticks),
            Number::Real(_) => None,
        },
        Kind::String => parse_timespan(&string_value(json)?),
        _ => None,
    }
}

fn type_name(json: &str) -> &'static str {
    let json = trim(json);
    match Kind::of(json) {
        None | Some(Kind::Null) => "null",
        Some(Kind::Bool) => "bool",
        Some(Kind::Number) if json.parse::<i64>().is_ok() => "long",
        Some(Kind::Number) => "double",
        Some(Kind::String) if inner(json).is_some_and(is_canonical_date) => "datetime",
        Some(Kind::String) => "string",
        Some(Kind::Array) => "array",
        Some(Kind::Object) => "dictionary",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded on the real engine.
    #[test]
    fn numbers_are_read_as_recorded() {
        // value, toint, tolong, toreal, tobool
        let table = [
            ("2147483648", Some(-2_147_483_648), Some(2_147_483_648), Some(2_147_483_648.0), Some(true)),
            ("1.9", Some(1), Some(1), Some(1.9), Some(true)),
            ("\"42\"", Some(42), Some(42), Some(42.0), Some(true)),
            ("\"3.25\"", None, None, Some(3.25), None),
            ("\"0x10\"", Some(16), Some(16), None, Some(true)),
            ("true", Some(1), Some(1), Some(1.0), Some(true)),
            ("null", None, None, None, None),
            ("[1]", None, None, None, None),
        ];
        for (json, int, long, real, bool) in table {
            assert_eq!(to_int(json), int, "{json}");
            assert_eq!(to_long(json), long, "{json}");
            assert_eq!(to_real(json), real, "{json}");
            assert_eq!(to_bool(json), bool, "{json}");
        }
        assert_eq!(to_int("9223372036854775807"), Some(-1));
        assert_eq!(to_int("1.7976931348623157e308"), Some(i32::MAX));
        assert_eq!(to_long("1.7976931348623157e308"), Some(i64::MAX));
        assert_eq!(to_long("5e-324"), Some(0));
    }

    #[test]
    fn texts() {
        for (json, text) in [
            ("\"a\\nb\"", "a\nb"),
            ("true", "true"),
            ("1.50", "1.50"),
            ("null", ""),
            ("{\"a\": [1, \" \"]}", "{\"a\":[1,\" \"]}"),
        ] {
            assert_eq!(to_text(json), text);
        }
        assert_eq!(parse_json("not \"json\"").as_deref(), Some(r#""not \"json\"""#));
        assert_eq!(parse_json(""), None);
        assert_eq!(parse_json(" null "), None);
        assert_eq!(type_name(&parse_json(r#""2024-01-01T00:00:00Z""#).unwrap()), "datetime");
    }
}
