//! Rewriting expressions over the contract schema into expressions over the columns of one file.
//!
//! DataFusion hands every file's predicate and projection through an adapter. This one inserts the [`Conversion`]s. Its
//! second task is to keep Parquet's pruning: statistics and page indexes are those of the file's own type, and DataFusion
//! looks through a cast but not through a conversion of ours. So a comparison of a file's time column with a constant is
//! turned into the same comparison in the file's own unit, exactly: `Timestamp < 12:00:00.0000005` on a file of
//! microseconds is `Timestamp <= 12:00:00.000000`. (DataFusion's own rule, which moves a cast to the constant's side,
//! truncates the constant there and would lose the row.)

use super::convert::{Conversion, nanos_per};
use super::types::contract_type;
use crate::functions::time::{instant_from_nanos, nanos_from_ticks};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::compute::CastOptions;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema, SchemaRef, TimeUnit};
use datafusion::common::format::DEFAULT_CAST_OPTIONS;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{Result, ScalarValue, internal_err};
use datafusion::logical_expr::{ColumnarValue, Operator};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::{
    BinaryExpr, CastExpr, Column, InListExpr, Literal, in_list, lit,
};
use datafusion::physical_expr_adapter::{PhysicalExprAdapter, PhysicalExprAdapterFactory};
use kql2sql::Type;
use kql2sql::time::MAX_DATETIME;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What is known of a table's columns beyond the schema.
#[derive(Debug, Default)]
pub struct Columns {
    /// The Kusto types.
    pub types: HashMap<String, Type>,
    /// The `datetime` columns of which some file may hold values that are not nanoseconds in the engine
    /// (see [`functions::time`](crate::functions::time)).
    pub far: Vec<String>,
    /// The columns that are bytes in some file. Where the table has text the reader hands bytes over as text, unseen.
    pub bytes: Vec<String>,
}

/// Makes adapters for the files of a table.
#[derive(Debug)]
pub struct KustoAdapterFactory(pub Arc<Columns>);

impl PhysicalExprAdapterFactory for KustoAdapterFactory {
    fn create(
        &self,
        logical_file_schema: SchemaRef,
        physical_file_schema: SchemaRef,
    ) -> Result<Arc<dyn PhysicalExprAdapter>> {
        Ok(Arc::new(KustoAdapter {
            columns: Arc::clone(&self.0),
            table: logical_file_schema,
            file: physical_file_schema,
        }))
    }
}

#[derive(Debug)]
struct KustoAdapter {
    columns: Arc<Columns>,
    table: SchemaRef,
    file: SchemaRef,
}

impl PhysicalExprAdapter for KustoAdapter {
    fn rewrite(&self, expr: Arc<dyn PhysicalExpr>) -> Result<Arc<dyn PhysicalExpr>> {
        expr.transform_down(|expr| {
            let rewritten = if let Some(binary) = expr.downcast_ref::<BinaryExpr>() {
                self.comparison(binary)
            } else if let Some(list) = expr.downcast_ref::<InListExpr>() {
                self.in_list(list)?
            } else if let Some(column) = expr.downcast_ref::<Column>() {
                Some(self.column(column)?)
            } else {
                None
            };
            Ok(match rewritten {
                // Its columns are the file's already.
                Some(expr) => Transformed::new(expr, true, TreeNodeRecursion::Jump),
                None => Transformed::no(expr),
            })
        })
        .data()
    }
}

impl KustoAdapter {
    /// The column of the file, converted; null where the file has none.
    fn column(&self, column: &Column) -> Result<Arc<dyn PhysicalExpr>> {
        let name = column.name();
        let Ok(index) = self.file.index_of(name) else {
            let field = self.table.field_with_name(name)?;
            return Ok(lit(ScalarValue::try_from(field.data_type())?));
        };
        let raw: Arc<dyn PhysicalExpr> = Arc::new(Column::new(name, index));
        let Some(&ty) = self.columns.types.get(name) else { return Ok(raw) };
        let from = self.file.field(index).data_type();
        let target: FieldRef = Arc::new(Field::new(name, contract_type(ty), true));
        let conversion = match Conversion::of(from, ty).unwrap_or(Conversion::Refused) {
            Conversion::None if self.columns.bytes.iter().any(|c| c == name) => Conversion::Bytes,
            other => other,
        };
        Ok(match conversion {
            Conversion::None => raw,
            // A cast is what DataFusion's pruning looks through, also in filters that arise during execution
            // (`top 10 by Timestamp`).
            Conversion::Timestamp(_) if !self.is_far(name) => {
                if from == target.data_type() {
                    raw
                } else {
                    cast(raw, target)
                }
            }
            Conversion::Cast if widens(from, target.data_type()) => cast(raw, target),
            conversion => Arc::new(ConvertExpr { input: raw, conversion, ty, target }),
        })
    }

    fn is_far(&self, name: &str) -> bool {
        self.columns.far.iter().any(|c| c == name)
    }

    /// The unit of a time column, if `expr` is one that the file holds in another unit than nanoseconds, and the column.
    fn time_column(&self, expr: &Arc<dyn PhysicalExpr>) -> Option<TimeColumn> {
        let name = expr.downcast_ref::<Column>()?.name();
        if self.columns.types.get(name) != Some(&Type::DateTime) {
            return None;
        }
        let index = self.file.index_of(name).ok()?;
        match self.file.field(index).data_type() {
            // Far nanoseconds are compared as ticks.
            DataType::Timestamp(TimeUnit::Nanosecond, zone) if zone.is_none() || self.is_far(name) => None,
            DataType::Timestamp(unit, zone) => {
                Some((*unit, zone.clone(), Arc::new(Column::new(name, index))))
            }
            _ => None,
        }
    }

    /// A comparison of a time column with a constant, in the file's unit.
    fn comparison(&self, binary: &BinaryExpr) -> Option<Arc<dyn PhysicalExpr>> {
        let (left, right, op) = if binary.left().is::<Literal>() {
            (binary.right(), binary.left(), binary.op().swap()?)
        } else {
            (binary.left(), binary.right(), *binary.op())
        };
        let nanos = nanos_literal(right)?;
        let (unit, zone, column) = self.time_column(left)?;
        let (op, value) = in_unit(op, nanos, nanos_per(unit))?;
        Some(Arc::new(BinaryExpr::new(column, op, lit(timestamp(value, unit, zone)))))
    }

    /// `Timestamp in (…)` with constants, in the file's unit.
    fn in_list(&self, list: &InListExpr) -> Result<Option<Arc<dyn PhysicalExpr>>> {
        let Some((unit, zone, column)) = self.time_column(list.expr()) else { return Ok(None) };
        let factor = i128::from(nanos_per(unit));
        let mut values: Vec<Arc<dyn PhysicalExpr>> = Vec::new();
        for item in list.list() {
            let Some(nanos) = nanos_literal(item) else { return Ok(None) };
            if is_end(nanos) {
                return Ok(None);
            }
            // What is between two values of the unit equals none of them, nor does what it cannot hold.
            let instant = instant_from_nanos(nanos);
            if instant % factor == 0
                && let Ok(value) = i64::try_from(instant / factor)
            {
                values.push(lit(timestamp(value, unit, zone.clone())));
            }
        }
        if values.is_empty() {
            return Ok(None);
        }
        in_list(column, values, &list.negated(), &self.file).map(Some)
    }
}

fn nanos_literal(expr: &Arc<dyn PhysicalExpr>) -> Option<i64> {
    match expr.downcast_ref::<Literal>()?.value() {
        ScalarValue::TimestampNanosecond(value, _) => *value,
        _ => None,
    }
}

/// Whether the constant is Kusto's first or last datetime, which stands for all that files have before or after it.
fn is_end(nanos: i64) -> bool {
    nanos == nanos_from_ticks(0) || nanos == nanos_from_ticks(MAX_DATETIME)
}

/// `x op nanos` as `x' op' value`, where `x'` counts units of `factor` nanoseconds since 1970 and `x` is the value of a
/// `datetime` column for it: the same for every `x`, where such a comparison exists.
fn in_unit(op: Operator, nanos: i64, factor: i64) -> Option<(Operator, i64)> {
    use Operator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
    let instant = instant_from_nanos(nanos);
    let floor = i64::try_from(instant.div_euclid(factor.into())).ok()?;
    let exact = instant.rem_euclid(factor.into()) == 0;
    let (never, always) = ((Lt, i64::MIN), (GtEq, i64::MIN));
    let (first, last) = (nanos == nanos_from_ticks(0), nanos == nanos_from_ticks(MAX_DATETIME));
    Some(match op {
        // What files have beyond the ends equals the ends. The first is a whole number of units, the last is not.
        Eq if first => (LtEq, floor),
        NotEq if first => (Gt, floor),
        Lt if first => never,
        GtEq if first => always,
        Eq if last => (Gt, floor),
        NotEq if last => (LtEq, floor),
        Gt if last => never,
        LtEq if last => always,
        Lt | GtEq | Eq | NotEq if exact => (op, floor),
        Lt | LtEq => (LtEq, floor),
        Gt | GtEq => (Gt, floor),
        Eq => never,
        NotEq => always,
        _ => return None,
    })
}

fn timestamp(value: i64, unit: TimeUnit, zone: Option<Arc<str>>) -> ScalarValue {
    match unit {
        TimeUnit::Second => ScalarValue::TimestampSecond(Some(value), zone),
        TimeUnit::Millisecond => ScalarValue::TimestampMillisecond(Some(value), zone),
        TimeUnit::Microsecond => ScalarValue::TimestampMicrosecond(Some(value), zone),
        TimeUnit::Nanosecond => ScalarValue::TimestampNanosecond(Some(value), zone),
    }
}

fn cast(input: Arc<dyn PhysicalExpr>, target: FieldRef) -> Arc<dyn PhysicalExpr> {
    let options = CastOptions { safe: true, ..DEFAULT_CAST_OPTIONS };
    Arc::new(CastExpr::new_with_target_field(input, target, Some(options)))
}

/// Whether every value of `from` is one of `to`, and different ones stay different. Only then may DataFusion move a cast
/// to the other side of a comparison.
fn widens(from: &DataType, to: &DataType) -> bool {
    use DataType::{
        Float16, Float32, Float64, Int8, Int16, Int32, Int64, LargeUtf8, UInt8, UInt16, UInt32, Utf8,
        Utf8View,
    };
    match to {
        Int32 => matches!(from, Int8 | Int16 | UInt8 | UInt16),
        Int64 => matches!(from, Int8 | Int16 | Int32 | UInt8 | UInt16 | UInt32),
        Float64 => matches!(from, Int8 | Int16 | Int32 | UInt8 | UInt16 | UInt32 | Float16 | Float32),
        Utf8View => matches!(from, Utf8 | LargeUtf8 | Utf8View),
        _ => false,
    }
}

/// The unit of a time column, its zone, and the column.
type TimeColumn = (TimeUnit, Option<Arc<str>>, Arc<dyn PhysicalExpr>);

/// A [`Conversion`] as an expression.
#[derive(Debug, Eq)]
struct ConvertExpr {
    input: Arc<dyn PhysicalExpr>,
    conversion: Conversion,
    ty: Type,
    target: FieldRef,
}

impl Hash for ConvertExpr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.input.hash(state);
        self.conversion.hash(state);
        self.ty.hash(state);
        self.target.hash(state);
    }
}

// By hand, because a derived one would move the `dyn` expression.
impl PartialEq for ConvertExpr {
    fn eq(&self, other: &Self) -> bool {
        self.input.eq(&other.input)
            && self.conversion == other.conversion
            && self.ty == other.ty
            && self.target == other.target
    }
}

impl fmt::Display for ConvertExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "to_{}({})", self.ty, self.input)
    }
}

impl PhysicalExpr for ConvertExpr {
    fn evaluate(&self, batch: &RecordBatch) -> Result<ColumnarValue> {
        let rows = batch.num_rows();
        let convert = |array| match self.conversion.apply(&array, self.ty) {
            Err(e) if self.conversion == Conversion::Refused => Err(e.context(format!(
                "the column '{}' cannot be read, because its type in the file is none that Kusto has",
                self.target.name()
            ))),
            other => other,
        };
        Ok(match self.input.evaluate(batch)? {
            ColumnarValue::Array(array) => ColumnarValue::Array(convert(array)?),
            ColumnarValue::Scalar(value) => ColumnarValue::Array(convert(value.to_array_of_size(rows)?)?),
        })
    }

    fn return_field(&self, _input_schema: &Schema) -> Result<FieldRef> {
        Ok(Arc::clone(&self.target))
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        vec![&self.input]
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        let [input] = children.as_slice() else { return internal_err!("a conversion has one input") };
        Ok(Arc::new(ConvertExpr {
            input: Arc::clone(input),
            conversion: self.conversion.clone(),
            ty: self.ty,
            target: Arc::clone(&self.target),
        }))
    }

    fn fmt_sql(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the comparison says of the column's value must be what the rewritten one says of the value in the file, for
    /// values around the constant, at both ends and beyond.
    #[test]
    fn comparisons_in_the_files_unit_say_the_same() {
        use crate::functions::time::nanos_from_instant;
        use kql2sql::time::TIMESTAMPS;
        let holds = |op, a: i64, b: i64| match op {
            Operator::Eq => a == b,
            Operator::NotEq => a != b,
            Operator::Lt => a < b,
            Operator::LtEq => a <= b,
            Operator::Gt => a > b,
            _ => a >= b,
        };
        use Operator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
        let near = |ticks: i64| [ticks - 1, ticks, ticks + 1].map(nanos_from_ticks);
        let mut constants = vec![-2_000, -1_001, -1, 0, 1, 500, 1_000, 1_500, 2_000_000_000];
        let ticks = [0, 1, TIMESTAMPS.start, TIMESTAMPS.end, MAX_DATETIME - 1, MAX_DATETIME];
        constants.extend(ticks.into_iter().flat_map(near));
        // What a column of nanoseconds can be compared with: the others it never holds.
        for factor in [1_000, 1_000_000, 1_000_000_000] {
            for &nanos in &constants {
                let at = i64::try_from(instant_from_nanos(nanos).div_euclid(factor.into())).unwrap();
                let mut values = vec![i64::MIN, i64::MAX];
                values.extend(at - 3..=at + 3);
                for op in [Eq, NotEq, Lt, LtEq, Gt, GtEq] {
                    let (rewritten, constant) = in_unit(op, nanos, factor).unwrap();
                    for &value in &values {
                        let of_column = nanos_from_instant(i128::from(value) * i128::from(factor));
                        let expected = holds(op, of_column, nanos);
                        let actual = holds(rewritten, value, constant);
                        assert_eq!(
                            actual, expected,
                            "{value}·{factor} {op} {nanos} as {rewritten} {constant}"
                        );
                    }
                }
            }
        }
    }
}
