//! Kusto's scalar types.

use std::fmt;

/// A Kusto scalar type, <https://learn.microsoft.com/kusto/query/scalar-data-types/>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `bool`
    Bool,
    /// `int`: 32 bits
    Int,
    /// `long`: 64 bits
    Long,
    /// `real`: IEEE double
    Real,
    /// `decimal`
    Decimal,
    /// `string`: never null; "" is its empty value
    String,
    /// `datetime`: UTC, in ticks of 100 ns
    DateTime,
    /// `timespan`: ticks of 100 ns
    Timespan,
    /// `guid`
    Guid,
    /// `dynamic`: JSON
    Dynamic,
    /// The type of an expression that did not bind. It is accepted everywhere, so that one error is
    /// reported once; it never reaches the plan of a query without errors.
    Unknown,
}

impl Type {
    /// All types that a column can have.
    pub const ALL: [Type; 10] = [
        Type::Bool,
        Type::Int,
        Type::Long,
        Type::Real,
        Type::Decimal,
        Type::String,
        Type::DateTime,
        Type::Timespan,
        Type::Guid,
        Type::Dynamic,
    ];

    /// Kusto's name of the type: `long`, `datetime` …
    pub fn name(self) -> &'static str {
        match self {
            Type::Bool => "bool",
            Type::Int => "int",
            Type::Long => "long",
            Type::Real => "real",
            Type::Decimal => "decimal",
            Type::String => "string",
            Type::DateTime => "datetime",
            Type::Timespan => "timespan",
            Type::Guid => "guid",
            Type::Dynamic => "dynamic",
            Type::Unknown => "unknown",
        }
    }

    /// The type of that name; Kusto's synonyms (`double`, `date`, `time`, `boolean`, `int64` …) too.
    pub fn parse(name: &str) -> Option<Type> {
        Some(match name {
            "bool" | "boolean" => Type::Bool,
            "int" | "int32" | "uint" | "uint32" | "int16" | "uint16" | "int8" | "uint8" => Type::Int,
            "long" | "int64" | "ulong" | "uint64" => Type::Long,
            "real" | "double" | "float" => Type::Real,
            "decimal" => Type::Decimal,
            "string" => Type::String,
            "datetime" | "date" => Type::DateTime,
            "timespan" | "time" => Type::Timespan,
            "guid" | "uuid" | "uniqueid" => Type::Guid,
            "dynamic" => Type::Dynamic,
            _ => return None,
        })
    }

    /// `int` and `long`.
    pub fn is_integer(self) -> bool {
        matches!(self, Type::Int | Type::Long | Type::Unknown)
    }

    /// `int`, `long`, `real`, `decimal`.
    pub fn is_number(self) -> bool {
        matches!(self, Type::Int | Type::Long | Type::Real | Type::Decimal | Type::Unknown)
    }

    /// Numbers, `datetime` and `timespan`: what can be added up or binned.
    pub fn is_summable(self) -> bool {
        self.is_number() || matches!(self, Type::DateTime | Type::Timespan)
    }

    /// The wider of two numeric types: int < long < real < decimal.
    pub fn widest(self, other: Type) -> Option<Type> {
        if !(self.is_number() && other.is_number()) {
            return None;
        }
        let rank = |t: Type| match t {
            Type::Int => 1,
            Type::Long => 2,
            Type::Real => 3,
            Type::Decimal => 4,
            _ => 0,
        };
        Some(if rank(self) >= rank(other) { self } else { other })
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
