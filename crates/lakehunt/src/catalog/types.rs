//! Kusto types of Arrow columns.

use crate::functions::adapter::{DATETIME, DECIMAL};
use datafusion::arrow::datatypes::DataType;
use kql2sql::Type;

/// The entry of an Arrow field's metadata that holds the Kusto type: in the batches of a result, and in the Parquet files that
/// are made of them. Read again, such a file has its types back.
pub const TYPE_KEY: &str = "kusto.type";

/// The Arrow type in which a column of this Kusto type is handed to the engine (see [`crate::functions`]).
pub fn contract_type(ty: Type) -> DataType {
    match ty {
        Type::Bool => DataType::Boolean,
        Type::Int => DataType::Int32,
        Type::Long | Type::Timespan => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Decimal => DECIMAL,
        Type::DateTime => DATETIME,
        Type::String | Type::Guid | Type::Dynamic | Type::Unknown => DataType::Utf8View,
    }
}

/// The Kusto type that a Parquet column of this Arrow type has by itself.
///
/// Every type has one. Those without a counterpart (intervals, unions, bytes that are not text) count as strings, and
/// reading them is refused when a query uses the column.
///
/// ```
/// use datafusion::arrow::datatypes::DataType;
/// use kql2sql::Type;
/// use lakehunt::catalog::types::natural_type;
///
/// assert_eq!(natural_type(&DataType::LargeUtf8), Type::String);
/// assert_eq!(natural_type(&DataType::UInt32), Type::Long);
/// ```
pub fn natural_type(arrow: &DataType) -> Type {
    match arrow {
        DataType::Boolean => Type::Bool,
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::UInt8 | DataType::UInt16 => Type::Int,
        DataType::Int64 | DataType::UInt32 | DataType::UInt64 => Type::Long,
        DataType::Float16 | DataType::Float32 | DataType::Float64 => Type::Real,
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Type::Decimal,
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64 => Type::DateTime,
        DataType::Duration(_) | DataType::Time32(_) | DataType::Time64(_) => Type::Timespan,
        DataType::FixedSizeBinary(16) => Type::Guid,
        DataType::Struct(_)
        | DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..)
        | DataType::Map(..) => Type::Dynamic,
        DataType::Dictionary(_, value) => natural_type(value),
        DataType::RunEndEncoded(_, values) => natural_type(values.data_type()),
        _ => Type::String,
    }
}

/// The type of a column that is `a` in one file and `b` in another, if both convert to it exactly.
pub fn common_type(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        _ if a == b => Some(a),
        (Type::Int, Type::Long) | (Type::Long, Type::Int) => Some(Type::Long),
        (Type::Int, Type::Real) | (Type::Real, Type::Int) => Some(Type::Real),
        (Type::Guid, Type::String) | (Type::String, Type::Guid) => Some(Type::String),
        _ => None,
    }
}

/// Whether the column is made of other columns: struct, list, map.
pub fn is_nested(arrow: &DataType) -> bool {
    matches!(natural_type(arrow), Type::Dynamic)
}

/// The type that the Parquet reader is asked to produce for a column that the file declares as `arrow`: strings of every
/// encoding come as views without a copy of the dictionary.
pub fn read_type(arrow: &DataType) -> DataType {
    match arrow {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        // Not as text: the reader would take any bytes for UTF-8.
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, value) => match read_type(value) {
            DataType::Utf8View => DataType::Utf8View,
            _ => arrow.clone(),
        },
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::datatypes::{Field, TimeUnit};
    use std::sync::Arc;

    #[test]
    fn physical_forms_of_a_string_read_alike() {
        let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::LargeUtf8));
        for t in [DataType::Utf8, DataType::LargeUtf8, DataType::Utf8View, dictionary] {
            assert_eq!((natural_type(&t), read_type(&t)), (Type::String, DataType::Utf8View), "{t}");
        }
    }

    #[test]
    fn times_of_every_unit_are_datetimes() {
        for unit in [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond] {
            for tz in [None, Some("UTC".into()), Some("+02:00".into())] {
                assert_eq!(natural_type(&DataType::Timestamp(unit, tz)), Type::DateTime);
            }
        }
    }

    #[test]
    fn widening_is_exact() {
        assert_eq!(common_type(Type::Int, Type::Long), Some(Type::Long));
        assert_eq!(common_type(Type::Long, Type::Real), None, "a long does not fit into a real");
        assert_eq!(common_type(Type::String, Type::Long), None);
    }

    #[test]
    fn nested_types_are_dynamic() {
        let list = DataType::List(Arc::new(Field::new("item", DataType::Utf8, true)));
        assert!(is_nested(&list) && natural_type(&list) == Type::Dynamic);
    }
}
