//! From rows to points: which column is the x-axis, which are values, which tell the series apart.

use kql2sql::time::parse_datetime;
use kql2sql::{Column, Type};
use serde_json::Value;

use super::{Properties, Style};

/// How the numbers of the x-axis are meant.
#[derive(Debug, Clone, PartialEq)]
pub enum X {
    /// Ticks of 100 ns since the year 1
    Time,
    Number,
    /// Indexes into these names
    Names(Vec<String>),
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    /// x and y; in the order of x, if x is a scale
    pub points: Vec<(f64, f64)>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub x: X,
    pub x_name: String,
    pub series: Vec<Series>,
}

/// The parts that columns play, by their indexes.
struct Roles {
    x: usize,
    ys: Vec<usize>,
    series: Vec<usize>,
}

impl Points {
    /// The points of a result; `None` if its columns make no chart of this style.
    pub fn read(
        columns: &[Column],
        rows: &[Vec<Value>],
        style: Style,
        properties: &Properties,
    ) -> Option<Points> {
        let roles = Roles::of(columns, rows, style, properties)?;
        let mut x = match columns[roles.x].ty {
            _ if !style.has_scale() => X::Names(Vec::new()),
            Type::DateTime => X::Time,
            Type::Dynamic if is_array_of(rows, roles.x, |v| ticks(v).is_some()) => X::Time,
            _ => X::Number,
        };
        let mut series: Vec<Series> = Vec::new();
        for row in rows {
            for y in &roles.ys {
                let name = roles.name(columns, row, *y);
                let at = series.iter().position(|s| s.name == name).unwrap_or_else(|| {
                    series.push(Series { name, points: Vec::new() });
                    series.len() - 1
                });
                let points = &mut series[at].points;
                match (&row[roles.x], &row[*y]) {
                    (Value::Array(xs), Value::Array(ys)) => {
                        points.extend(xs.iter().zip(ys).filter_map(|(a, b)| Some((x.place(a)?, number(b)?))));
                    }
                    (a, b) => points.extend(x.place(a).zip(number(b))),
                }
            }
        }
        if style.has_scale() {
            for s in &mut series {
                s.points.sort_by(|a, b| a.0.total_cmp(&b.0));
                if properties.get("accumulate") == Some("true") {
                    let mut sum = 0.0;
                    for point in &mut s.points {
                        sum += point.1;
                        point.1 = sum;
                    }
                }
            }
        }
        series.retain(|s| !s.points.is_empty());
        (!series.is_empty()).then(|| Points { x, x_name: columns[roles.x].name.clone(), series })
    }
}

impl X {
    /// Where a value stands; `None` for null and for what is no value of this axis.
    fn place(&mut self, value: &Value) -> Option<f64> {
        match self {
            // A date has less ticks than the numbers that a real holds exactly, but for fractions of a microsecond.
            X::Time => ticks(value).map(|t| t as f64),
            X::Number => number(value),
            X::Names(names) => {
                let name = name(value);
                let at = names.iter().position(|n| *n == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                });
                Some(at as f64)
            }
        }
    }
}

impl Roles {
    fn of(columns: &[Column], rows: &[Vec<Value>], style: Style, properties: &Properties) -> Option<Roles> {
        let named = |name: &str| columns.iter().position(|c| c.name == name);
        let dates = |i: usize| is_array_of(rows, i, |v| ticks(v).is_some());
        let numbers = |i: usize| is_array_of(rows, i, |v| number(v).is_some());
        let first = |test: &dyn Fn(usize) -> bool| (0..columns.len()).find(|i| test(*i));
        let x = match properties.get("xcolumn") {
            Some(name) => named(name)?,
            None if style.has_scale() => first(&|i| columns[i].ty == Type::DateTime)
                .or_else(|| first(&dates))
                .or_else(|| first(&|i| columns[i].ty.is_number()))
                .or_else(|| first(&numbers))?,
            None => 0,
        };
        let arrays = columns[x].ty == Type::Dynamic;
        let ys: Vec<usize> = match properties.list("ycolumns") {
            Some(names) => names.into_iter().map(named).collect::<Option<_>>()?,
            None => (0..columns.len())
                .filter(|i| *i != x && if arrays { numbers(*i) } else { columns[*i].ty.is_number() })
                .collect(),
        };
        let series = match properties.list("series") {
            Some(names) => names.into_iter().map(named).collect::<Option<_>>()?,
            None => (0..columns.len())
                .filter(|i| {
                    *i != x
                        && !ys.contains(i)
                        && (matches!(columns[*i].ty, Type::String | Type::Guid | Type::Bool)
                            || arrays && columns[*i].ty.is_number())
                })
                .collect(),
        };
        (!ys.is_empty()).then_some(Roles { x, ys, series })
    }

    /// The name of the series to which a value belongs.
    fn name(&self, columns: &[Column], row: &[Value], y: usize) -> String {
        let mut parts: Vec<String> = self.series.iter().map(|i| name(&row[*i])).collect();
        if self.ys.len() > 1 || parts.is_empty() {
            parts.push(columns[y].name.clone());
        }
        parts.join(", ")
    }
}

/// Whether the first value of a column that is no null is an array with such elements.
fn is_array_of(rows: &[Vec<Value>], column: usize, test: impl Fn(&Value) -> bool) -> bool {
    let first = rows.iter().map(|row| &row[column]).find(|value| !value.is_null());
    let elements = first.and_then(Value::as_array);
    elements.and_then(|elements| elements.iter().find(|v| !v.is_null())).is_some_and(test)
}

fn ticks(value: &Value) -> Option<i64> {
    // Of the forms of a date only that of a result counts: `3` is a number.
    value.as_str().filter(|text| text.ends_with('Z')).and_then(parse_datetime)
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().filter(|n| n.is_finite())
}

/// A value as the name of a place or of a series.
fn name(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "(empty)".to_owned(),
        Value::String(text) => {
            super::super::visible(text.strip_suffix("T00:00:00.0000000Z").unwrap_or(text)).into_owned()
        }
        Value::Null => "(null)".to_owned(),
        other => other.to_string(),
    }
}
