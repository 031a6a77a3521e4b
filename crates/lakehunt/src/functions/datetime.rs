//! Dates, times and spans.

mod calendar;
mod zone;

use super::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use super::math::bin::datetime_range;
use super::time::{datetime_from_ticks, ticks_from_nanos};
use calendar::{Part, Unit};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Result, ScalarValue};
use kql2sql::time::format::{DatetimeFormat, TimespanFormat};
use kql2sql::time::{DAY, Date, HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND, UNIX_EPOCH};
use std::ops::Range;

/// A function of a datetime alone that gives an `int`.
macro_rules! int_of_datetime {
    ($name:literal, $of_ticks:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::DateTime],
            returns: ReturnType::Int,
            eval: |a| {
                let at = a.datetime(0)?;
                a.collect(|row| {
                    let number: i64 = $of_ticks(ticks_from_nanos(at.get(row)?));
                    // Parts of a date fit: years have four digits.
                    Some(number as i32)
                })
            },
            ..ScalarKernel::BASE
        }
    };
}

/// `startof…` or `endof…` of a datetime and an optional offset.
macro_rules! edge_of_unit {
    ($name:literal, $unit:expr, $edge:path) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::DateTime, ArgType::Long],
            optional: 1,
            returns: ReturnType::DateTime,
            increasing: true,
            preimage: Some(|edge, offset| preimage_of_edge(edge, offset, $unit, $edge)),
            eval: |a| edges(a, $unit, $edge),
            ..ScalarKernel::BASE
        }
    };
}

/// The datetime so many units after 1970, from a long or from a real.
macro_rules! since_epoch {
    ($name:literal, $ticks:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Long],
            returns: ReturnType::DateTime,
            increasing: true,
            eval: |a| {
                let count = a.long(0)?;
                a.collect_datetime(|row| {
                    let ticks: i128 = $ticks(i128::from(count.get(row)?));
                    datetime_from_ticks(i64::try_from(ticks + i128::from(UNIX_EPOCH)).ok()?)
                })
            },
            ..ScalarKernel::BASE
        }
    };
    ($name:literal, real $ticks:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Real],
            returns: ReturnType::DateTime,
            increasing: true,
            eval: |a| {
                let count = a.real(0)?;
                a.collect_datetime(|row| {
                    let ticks = (count.get(row)? * $ticks).round();
                    // Leaves out NaN and what the sum could not hold.
                    let fits = ticks.abs() <= kql2sql::time::MAX_DATETIME as f64;
                    fits.then(|| datetime_from_ticks(ticks as i64 + UNIX_EPOCH)).flatten()
                })
            },
            ..ScalarKernel::BASE
        }
    };
}

/// The functions of this family.
pub static SCALARS: &[ScalarKernel] = &[
    int_of_datetime!("kql_dayofmonth", |t| Date::of(t).day),
    int_of_datetime!("kql_dayofyear", |t| Date::of(t).day_of_year()),
    int_of_datetime!("kql_hourofday", |t: i64| t % DAY / HOUR),
    int_of_datetime!("kql_monthofyear", |t| Date::of(t).month),
    int_of_datetime!("kql_week_of_year", |t| Date::of(t).iso_week()),
    ScalarKernel {
        preimage: Some(|year, _| match year {
            ScalarValue::Int32(Some(year)) => {
                let first = Date::new(i64::from(*year), 1, 1)?.ticks();
                datetime_range(first, calendar::start_of(Unit::Year, first, 1)?)
            }
            _ => None,
        }),
        increasing: true,
        ..int_of_datetime!("kql_getyear", |t| Date::of(t).year)
    },
    ScalarKernel {
        name: "kql_dayofweek",
        args: &[ArgType::DateTime],
        returns: ReturnType::Long,
        eval: |a| {
            let at = a.datetime(0)?;
            a.collect(|row| {
                let ticks = ticks_from_nanos(at.get(row)?);
                // The engine answers null in the last week, whose end is no datetime.
                datetime_from_ticks(calendar::end_of(Unit::Week, ticks, 0)?)?;
                Some(Date::of(ticks).weekday() * DAY)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_datetime_part",
        args: &[ArgType::Text, ArgType::DateTime],
        returns: ReturnType::Int,
        eval: |a| {
            let (part, at) = (a.text(0)?, a.datetime(1)?);
            let fixed = part.constant().map(Part::parse);
            a.collect(|row| {
                let part = fixed.unwrap_or_else(|| Part::parse(part.get(row)))?;
                // The greatest part, nanoseconds within a second, fits.
                Some(part.of(ticks_from_nanos(at.get(row)?)) as i32)
            })
        },
        ..ScalarKernel::BASE
    },
    edge_of_unit!("kql_startofday", Unit::Day, calendar::start_of),
    edge_of_unit!("kql_startofweek", Unit::Week, calendar::start_of),
    edge_of_unit!("kql_startofmonth", Unit::Month, calendar::start_of),
    edge_of_unit!("kql_startofyear", Unit::Year, calendar::start_of),
    edge_of_unit!("kql_endofday", Unit::Day, calendar::end_of),
    edge_of_unit!("kql_endofweek", Unit::Week, calendar::end_of),
    edge_of_unit!("kql_endofmonth", Unit::Month, calendar::end_of),
    edge_of_unit!("kql_endofyear", Unit::Year, calendar::end_of),
    ScalarKernel {
        name: "kql_datetime_add",
        args: &[ArgType::Text, ArgType::Long, ArgType::DateTime],
        returns: ReturnType::DateTime,
        eval: |a| {
            let (unit, count, at) = (a.text(0)?, a.long(1)?, a.datetime(2)?);
            let fixed = unit.constant().map(Unit::parse);
            a.collect_datetime(|row| {
                let unit = fixed.unwrap_or_else(|| Unit::parse(unit.get(row)))?;
                let ticks = ticks_from_nanos(at.get(row)?);
                datetime_from_ticks(calendar::add(unit, count.get(row)?, ticks)?)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_datetime_diff",
        args: &[ArgType::Text, ArgType::DateTime, ArgType::DateTime],
        returns: ReturnType::Long,
        eval: |a| {
            let (unit, left, right) = (a.text(0)?, a.datetime(1)?, a.datetime(2)?);
            let fixed = unit.constant().map(Unit::parse);
            a.collect(|row| {
                let unit = fixed.unwrap_or_else(|| Unit::parse(unit.get(row)))?;
                let number = |nanos| calendar::number(unit, ticks_from_nanos(nanos));
                Some(number(left.get(row)?).wrapping_sub(number(right.get(row)?)))
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_format_datetime",
        args: &[ArgType::DateTime, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            static FORMATS: Cache<Option<DatetimeFormat>> = Cache::new(|f| DatetimeFormat::parse(f).ok());
            let at = a.datetime(0)?;
            let mut formats = FORMATS.prepare(a.text(1)?);
            a.collect_text(|row, out| {
                if let (Some(nanos), Some(format)) = (at.get(row), formats.get(row)) {
                    format.write(ticks_from_nanos(nanos), out);
                }
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_format_timespan",
        args: &[ArgType::Long, ArgType::Text],
        returns: ReturnType::Text,
        eval: |a| {
            static FORMATS: Cache<Option<TimespanFormat>> = Cache::new(|f| TimespanFormat::parse(f).ok());
            let span = a.long(0)?;
            let mut formats = FORMATS.prepare(a.text(1)?);
            a.collect_text(|row, out| {
                if let (Some(ticks), Some(format)) = (span.get(row), formats.get(row)) {
                    format.write(ticks, out);
                }
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_make_datetime",
        // Numbers of any type; a cast to Real cannot fail.
        args: &[ArgType::Real; 6],
        optional: 3,
        returns: ReturnType::DateTime,
        eval: |a| {
            let parts = (0..a.len()).map(|i| a.real(i)).collect::<Result<Vec<_>>>()?;
            a.collect_datetime(|row| {
                let mut values = [0.0; 6];
                for (value, part) in values.iter_mut().zip(&parts) {
                    *value = part.get(row)?;
                }
                let [year, month, day, hour, minute, second] = values;
                let date = Date::new(whole(year)?, whole(month)?, whole(day)?)?;
                datetime_from_ticks(date.ticks() + time_of_day(whole(hour)?, whole(minute)?, second)?)
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_make_timespan",
        args: &[ArgType::Long, ArgType::Long, ArgType::Long, ArgType::Real],
        returns: ReturnType::Long,
        eval: |a| {
            let (days, hours, minutes, seconds) = (a.long(0)?, a.long(1)?, a.long(2)?, a.real(3)?);
            a.collect(|row| {
                let days = days.get(row)?;
                let time = time_of_day(hours.get(row)?, minutes.get(row)?, seconds.get(row)?)?;
                if days < 0 { None } else { days.checked_mul(DAY)?.checked_add(time) }
            })
        },
        ..ScalarKernel::BASE
    },
    since_epoch!("kql_unixtime_seconds_todatetime", |n| n * i128::from(SECOND)),
    since_epoch!("kql_unixtime_milliseconds_todatetime", |n| n * i128::from(MILLISECOND)),
    since_epoch!("kql_unixtime_microseconds_todatetime", |n| n * i128::from(MICROSECOND)),
    since_epoch!("kql_unixtime_nanoseconds_todatetime", |n: i128| n.div_euclid(100)),
    since_epoch!("kql_unixtime_seconds_todatetime_real", real SECOND as f64),
    since_epoch!("kql_unixtime_milliseconds_todatetime_real", real MILLISECOND as f64),
    since_epoch!("kql_unixtime_microseconds_todatetime_real", real MICROSECOND as f64),
    since_epoch!("kql_unixtime_nanoseconds_todatetime_real", real 0.01),
    ScalarKernel {
        name: "kql_timezones",
        returns: ReturnType::Dynamic,
        eval: |a| {
            let names = zone::names();
            a.collect_text(|_, out| {
                out.push_str(&names);
                true
            })
        },
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_datetime_utc_to_local",
        args: &[ArgType::DateTime, ArgType::Text],
        returns: ReturnType::DateTime,
        eval: |a| zone::convert(a, zone::to_local),
        ..ScalarKernel::BASE
    },
    ScalarKernel {
        name: "kql_datetime_local_to_utc",
        args: &[ArgType::DateTime, ArgType::Text],
        returns: ReturnType::DateTime,
        eval: |a| zone::convert(a, zone::to_utc),
        ..ScalarKernel::BASE
    },
];

/// [`calendar::start_of`] or [`calendar::end_of`].
type Edge = fn(Unit, i64, i64) -> Option<i64>;

fn edges(a: &Args<'_>, unit: Unit, edge: Edge) -> Result<ArrayRef> {
    let at = a.datetime(0)?;
    let offset = if a.len() > 1 { Some(a.long(1)?) } else { None };
    a.collect_datetime(|row| {
        let offset = match &offset {
            Some(offset) => offset.get(row)?,
            None => 0,
        };
        datetime_from_ticks(edge(unit, ticks_from_nanos(at.get(row)?), offset)?)
    })
}

/// The datetimes whose edge is `result`: the unit that lies `offset` before it.
fn preimage_of_edge(
    result: &ScalarValue,
    others: &[ScalarValue],
    unit: Unit,
    edge: Edge,
) -> Option<Range<ScalarValue>> {
    let ScalarValue::TimestampNanosecond(Some(nanos), None) = result else { return None };
    let offset = match others {
        [] => 0,
        [ScalarValue::Int64(Some(offset))] => *offset,
        _ => return None,
    };
    let result = ticks_from_nanos(*nanos);
    let low = calendar::start_of(unit, result, offset.checked_neg()?)?;
    let high = calendar::start_of(unit, low, 1)?;
    if edge(unit, low, offset)? == result { datetime_range(low, high) } else { None }
}

/// A number cut off to an integer; null for NaN and for what no part of a date can be.
fn whole(number: f64) -> Option<i64> {
    (number.abs() < 1e6).then_some(number as i64)
}

/// Ticks since midnight; null where a part is out of its range.
fn time_of_day(hour: i64, minute: i64, second: f64) -> Option<i64> {
    let valid = (0..24).contains(&hour) && (0..60).contains(&minute) && (0.0..60.0).contains(&second);
    let ticks = (second * SECOND as f64).round() as i64;
    valid.then(|| hour * HOUR + minute * MINUTE + ticks.min(MINUTE - 1))
}
