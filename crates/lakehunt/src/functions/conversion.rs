//! Conversions between types. Each is total: what cannot be converted becomes null.
//!
//! Conversions of dynamic values (`kql_toint_dynamic` …) are in [`super::dynamic`]'s care; they read text by the
//! same rules as here.

pub mod decimal;
pub mod number;

use super::adapter::{ArgType, ReturnType, ScalarKernel};
use super::time::{datetime_from_ticks, ticks_from_nanos};
use kql2sql::time::{parse_datetime, parse_timespan, write_datetime, write_timespan};

/// From a text.
macro_rules! from_text {
    ($name:literal, $returns:ident, $parse:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Text],
            returns: ReturnType::$returns,
            eval: |a| {
                let text = a.text(0)?;
                a.collect(|row| $parse(text.get(row)))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// From a number to a number; `$take` names the method that fetches the argument.
macro_rules! from_number {
    ($name:literal, $arg:ident, $take:ident, $returns:ident, $convert:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::$arg],
            returns: ReturnType::$returns,
            eval: |a| {
                let number = a.$take(0)?;
                a.collect(|row| $convert(number.get(row)?))
            },
            ..ScalarKernel::BASE
        }
    };
}

/// To a text; null gives "".
macro_rules! to_text {
    ($name:literal, $arg:ident, $take:ident, $write:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::$arg],
            returns: ReturnType::Text,
            eval: |a| {
                let value = a.$take(0)?;
                a.collect_text(|row, out| {
                    if let Some(value) = value.get(row) {
                        $write(value, out);
                    }
                    true
                })
            },
            ..ScalarKernel::BASE
        }
    };
}

/// The functions of this family.
pub static SCALARS: &[ScalarKernel] = &[
    to_text!("kql_tostring_bool", Bool, bool, |b, out: &mut String| out.push_str(if b {
        "True"
    } else {
        "False"
    })),
    to_text!("kql_tostring_real", Real, real, number::write_real),
    ScalarKernel {
        name: "kql_tostring_decimal",
        args: &[ArgType::Digits],
        returns: ReturnType::Text,
        eval: |a| {
            let write = decimal::writer(a)?;
            a.collect_text(|row, out| {
                write(row, out);
                true
            })
        },
        ..ScalarKernel::BASE
    },
    to_text!("kql_tostring_datetime", DateTime, datetime, |nanos, out: &mut String| {
        write_datetime(ticks_from_nanos(nanos), out)
    }),
    to_text!("kql_tostring_timespan", Long, long, write_timespan),
    from_text!("kql_tobool_string", Bool, number::parse_bool),
    from_text!("kql_toint_string", Int, number::parse_int),
    // Kusto keeps the low 32 bits.
    from_number!("kql_toint_long", Long, long, Int, |n: i64| Some(n as i32)),
    from_number!("kql_toint_real", Real, real, Int, |n: f64| n.is_finite().then_some(n as i32)),
    from_number!("kql_toint_decimal", Decimal, decimal, Int, |n| i32::try_from(decimal::whole(n)).ok()),
    from_text!("kql_tolong_string", Long, number::parse_long),
    // What is too large for a long is held at its ends, in columns; of constants Kusto makes the least long.
    from_number!("kql_tolong_real", Real, real, Long, |n: f64| n.is_finite().then_some(n as i64)),
    from_number!("kql_tolong_decimal", Decimal, decimal, Long, |n| i64::try_from(decimal::whole(n)).ok()),
    from_number!("kql_tolong_datetime", DateTime, datetime, Long, |nanos| Some(ticks_from_nanos(nanos))),
    from_text!("kql_toreal_string", Real, number::parse_real),
    from_text!("kql_todecimal_string", Decimal, decimal::parse),
    from_number!("kql_todecimal_real", Real, real, Decimal, decimal::from_real),
    ScalarKernel {
        name: "kql_todatetime_string",
        args: &[ArgType::Text],
        returns: ReturnType::DateTime,
        eval: |a| {
            let text = a.text(0)?;
            a.collect_datetime(|row| datetime_from_ticks(parse_datetime(text.get(row))?))
        },
        ..ScalarKernel::BASE
    },
    from_text!("kql_totimespan_string", Long, parse_timespan),
    ScalarKernel {
        name: "kql_toguid_string",
        args: &[ArgType::Text],
        returns: ReturnType::Dynamic,
        eval: |a| {
            let text = a.text(0)?;
            a.collect(|row| number::parse_guid(text.get(row)))
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_tohex_int",
        args: &[ArgType::Int, ArgType::Long],
        optional: 1,
        returns: ReturnType::Text,
        eval: |a| {
            let value = a.int(0)?;
            let width = if a.len() > 1 { Some(a.long(1)?) } else { None };
            a.collect(|row| {
                let width = width.as_ref().and_then(|w| w.get(row)).unwrap_or(1).clamp(1, 16) as usize;
                value.get(row).map(|n| format!("{n:0width$x}"))
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_tohex_long",
        args: &[ArgType::Long, ArgType::Long],
        optional: 1,
        returns: ReturnType::Text,
        eval: |a| {
            let value = a.long(0)?;
            let width = if a.len() > 1 { Some(a.long(1)?) } else { None };
            a.collect(|row| {
                let width = width.as_ref().and_then(|w| w.get(row)).unwrap_or(1).clamp(1, 16) as usize;
                value.get(row).map(|n| format!("{n:0width$x}"))
            })
        },
        ..ScalarKernel::BASE
    },
];
