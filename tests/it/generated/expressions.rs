//! Expressions of a given type, made from the registry's overloads.

use kql2sql::functions::{
    AGGREGATES, ArgForm, Function, Lower, Overload, Param, ParamKind, Returns, SCALARS,
};
use kql2sql::{Column, Type};

use super::dice::Dice;

/// The types that columns have most often.
const COMMON: &[Type] =
    &[Type::String, Type::Long, Type::Bool, Type::DateTime, Type::Real, Type::Int, Type::Timespan];
const NUMBERS: &[Type] = &[Type::Long, Type::Int, Type::Real];

/// Functions that need more than arguments of the right types, and those of which the analyzer says other than the
/// engine does: `jaccard_index` is real, `make_timespan` takes parts of a second, and covariances have two names.
const LEFT_OUT: &[&str] = &[
    "bag_pack_columns",
    "case",
    "column_ifexists",
    "covariance",
    "covarianceif",
    "covariancep",
    "covariancepif",
    "jaccard_index",
    "make_timespan",
    "materialize",
    "pack_all",
    "table",
    "toscalar",
];

/// Makes expressions over columns.
pub struct Expressions<'a> {
    pub dice: &'a mut Dice,
    pub columns: &'a [Column],
}

impl Expressions<'_> {
    /// An expression of that type.
    pub fn of(&mut self, ty: Type, depth: usize) -> String {
        let chance = self.dice.below(100);
        if depth == 0 || chance < 40 {
            return self.leaf(ty);
        }
        if chance < 60
            && let Some(text) = self.operation(ty, depth - 1)
        {
            return text;
        }
        self.call(ty, depth - 1).unwrap_or_else(|| self.leaf(ty))
    }

    /// A column of that type, else a literal.
    pub fn leaf(&mut self, ty: Type) -> String {
        let fitting: Vec<&Column> = self.columns.iter().filter(|c| c.ty == ty).collect();
        if fitting.is_empty() || self.dice.percent(20) {
            return literal(self.dice, ty);
        }
        quoted(&self.dice.pick(&fitting).name)
    }

    fn operation(&mut self, ty: Type, depth: usize) -> Option<String> {
        let sign = |dice: &mut Dice, list: &[&'static str]| *dice.pick(list);
        Some(match ty {
            Type::Bool => match self.dice.below(6) {
                0 => {
                    let ty = *self.dice.pick(&[Type::Long, Type::Real, Type::DateTime, Type::Timespan]);
                    let op = sign(self.dice, &["==", "!=", "<", "<=", ">", ">="]);
                    format!("{} {op} {}", self.of(ty, depth), self.of(ty, depth))
                }
                1 => {
                    let ops = ["==", "!=", "has", "!has", "contains", "startswith", "endswith", "=~", "!~"];
                    let op = sign(self.dice, &ops);
                    format!("{} {op} {}", self.of(Type::String, depth), self.of(Type::String, depth))
                }
                2 => {
                    let op = sign(self.dice, &["in", "!in", "in~", "has_any", "has_all"]);
                    format!("{} {op} ('a', 'B', '')", self.of(Type::String, depth))
                }
                3 => format!("{} between (1 .. 10)", self.of(Type::Long, depth)),
                4 => {
                    let op = sign(self.dice, &["and", "or"]);
                    format!("({} {op} {})", self.of(Type::Bool, depth), self.of(Type::Bool, depth))
                }
                _ => format!("not({})", self.of(Type::Bool, depth)),
            },
            Type::Long | Type::Real => {
                let op = sign(self.dice, &["+", "-", "*", "/", "%"]);
                format!("({} {op} {})", self.of(ty, depth), self.of(ty, depth))
            }
            Type::DateTime => {
                format!("({} - {})", self.of(Type::DateTime, depth), self.of(Type::Timespan, depth))
            }
            Type::Timespan => {
                format!("({} - {})", self.of(Type::DateTime, depth), self.of(Type::DateTime, depth))
            }
            Type::Dynamic => format!("{}.a", self.column(Type::Dynamic)?),
            _ => return None,
        })
    }

    fn column(&mut self, ty: Type) -> Option<String> {
        let fitting: Vec<&Column> = self.columns.iter().filter(|c| c.ty == ty).collect();
        (!fitting.is_empty()).then(|| quoted(&self.dice.pick(&fitting).name))
    }

    /// A call of some function that returns the type.
    fn call(&mut self, ty: Type, depth: usize) -> Option<String> {
        let calls: Vec<(&Function, &Overload)> = SCALARS
            .iter()
            .flat_map(|family| family.iter())
            .filter(|f| f.obsolete.is_none() && f.is_supported() && !LEFT_OUT.contains(&f.name))
            .filter(|f| !kql2sql::functions::window::NAMES.contains(&f.name))
            .flat_map(|f| f.overloads.iter().map(move |o| (f, o)))
            .filter(|(_, o)| matches!(o.returns, Returns::Type(t) if t == ty))
            .filter(|(_, o)| !matches!(o.lower, Lower::Binder | Lower::Needs(_) | Lower::Unsupported(_)))
            .collect();
        if calls.is_empty() {
            return None;
        }
        let (function, overload) = *self.dice.pick(&calls);
        let arguments = self.arguments(overload, depth)?;
        Some(format!("{}({arguments})", function.name))
    }

    /// A call of an aggregate with its type, if the registry tells it.
    pub fn aggregate(&mut self, depth: usize) -> Option<String> {
        let calls: Vec<(&Function, &Overload)> = AGGREGATES
            .iter()
            .flat_map(|family| family.iter())
            .filter(|f| f.obsolete.is_none() && f.is_supported() && !LEFT_OUT.contains(&f.name))
            .flat_map(|f| f.overloads.iter().map(move |o| (f, o)))
            .filter(|(_, o)| {
                matches!(o.returns, Returns::Type(_))
                    && !matches!(o.lower, Lower::Needs(_) | Lower::Unsupported(_))
            })
            .collect();
        let (function, overload) = *self.dice.pick(&calls);
        let arguments = self.arguments(overload, depth)?;
        Some(format!("{}({arguments})", function.name))
    }

    fn arguments(&mut self, overload: &Overload, depth: usize) -> Option<String> {
        // What the arguments of a common type share.
        let common = *self.dice.pick(COMMON);
        let mut arguments = Vec::new();
        for param in overload.params {
            if param.min == 0 && self.dice.percent(60) {
                break;
            }
            for _ in 0..param.min.max(1) {
                arguments.push(self.argument(param, common, depth)?);
            }
        }
        Some(arguments.join(", "))
    }

    fn argument(&mut self, param: &Param, common: Type, depth: usize) -> Option<String> {
        if let Some(value) = param.values.first() {
            return Some(format!("'{value}'"));
        }
        let ty = match param.kind {
            ParamKind::Types(types) => *self.dice.pick(types),
            ParamKind::Scalar => *self.dice.pick(COMMON),
            ParamKind::Number | ParamKind::NumberOrBool | ParamKind::Summable => *self.dice.pick(NUMBERS),
            ParamKind::Integer | ParamKind::IntegerOrArray => Type::Long,
            ParamKind::StringOrDynamic | ParamKind::StringOrArray => Type::String,
            ParamKind::NotDynamic | ParamKind::NotRealOrBool | ParamKind::NotBool => Type::String,
            ParamKind::Orderable
            | ParamKind::CommonScalar
            | ParamKind::CommonScalarOrDynamic
            | ParamKind::CommonOrderable => common,
            ParamKind::DynamicArray => return Some("dynamic([1, 2, 3])".to_owned()),
            ParamKind::DynamicBag => return Some("dynamic({\"a\": 1})".to_owned()),
            ParamKind::Tabular => return None,
        };
        match param.form {
            ArgForm::Expression => Some(self.of(ty, depth)),
            ArgForm::Constant | ArgForm::Literal => Some(literal(self.dice, ty)),
            ArgForm::LiteralNotEmpty => Some("'d'".to_owned()),
            ArgForm::Column => self.column(ty),
            _ => None,
        }
    }
}

/// A literal of that type.
pub fn literal(dice: &mut Dice, ty: Type) -> String {
    let of = |dice: &mut Dice, list: &[&str]| (*dice.pick(list)).to_owned();
    match ty {
        Type::Bool => of(dice, &["true", "false"]),
        Type::Int => of(dice, &["int(1)", "int(7)", "int(null)"]),
        Type::Long => of(dice, &["0", "1", "2", "10", "long(null)"]),
        Type::Real => of(dice, &["0.5", "1.5", "1e3"]),
        Type::Decimal => of(dice, &["decimal(1.5)", "decimal(2)"]),
        Type::DateTime => of(dice, &["datetime(2026-10-01)", "datetime(2026-10-31T12:00:00Z)", "now()"]),
        Type::Timespan => of(dice, &["1h", "2d", "30s"]),
        Type::Guid => of(dice, &["guid(74be27de-1e4e-49d9-b579-fe0b331d3642)"]),
        Type::Dynamic => of(dice, &["dynamic([1, 2])", "dynamic({\"a\": 1})", "dynamic(\"x\")"]),
        _ => of(dice, &["'a'", "\"B\"", "'x y'", "''"]),
    }
}

/// The name as it must be written.
pub fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain && !name.is_empty() { name.to_owned() } else { format!("['{}']", name.replace('\'', "\\'")) }
}
