//! Parquet: datetime as a timestamp of nanoseconds in UTC, which is refused beyond 1677–2262, timespan as ticks of 100 ns,
//! dynamic as JSON text. The Kusto type of each column stands in the metadata of its field, under `kusto.type`.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, StringViewArray};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit, TimestampNanosecondType};
use arrow::util::display::FormatOptions;
use kql2sql::time::write_datetime;
use kql2sql::{Column, Type};
use lakehunt::catalog::types::TYPE_KEY;
use lakehunt::functions::time::{instant_from_nanos, is_instant, ticks_from_nanos};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::ResultWriter;

/// A value that does not fit (a decimal with too many digits) is an error, not a null.
const EXACT: CastOptions<'static> = CastOptions { safe: false, format_options: FormatOptions::new() };

pub struct Parquet<'a> {
    schema: SchemaRef,
    types: Vec<Type>,
    out: Option<ArrowWriter<&'a mut (dyn Write + Send)>>,
}

impl<'a> Parquet<'a> {
    pub fn new(columns: &[Column], out: &'a mut (dyn Write + Send)) -> io::Result<Self> {
        let fields: Vec<Field> = columns
            .iter()
            .map(|column| {
                Field::new(&column.name, data_type(column.ty), column.ty != Type::String)
                    .with_metadata(HashMap::from([(TYPE_KEY.to_string(), column.ty.name().to_string())]))
            })
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let out = ArrowWriter::try_new(out, schema.clone(), Some(properties))?;
        Ok(Parquet { schema, types: columns.iter().map(|c| c.ty).collect(), out: Some(out) })
    }
}

impl ResultWriter for Parquet<'_> {
    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        let arrays = batch
            .columns()
            .iter()
            .zip(self.schema.fields())
            .zip(&self.types)
            .map(|((array, field), ty)| {
                let array = cast_with_options(array, field.data_type(), &EXACT).map_err(io::Error::other)?;
                match ty {
                    Type::String => Ok(without_nulls(array)),
                    Type::DateTime => instants(array, field.name()),
                    _ => Ok(array),
                }
            })
            .collect::<io::Result<Vec<_>>>()?;
        let batch = RecordBatch::try_new(self.schema.clone(), arrays).map_err(io::Error::other)?;
        if let Some(out) = &mut self.out {
            out.write(&batch)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            out.into_inner()?.flush()?;
        }
        Ok(())
    }
}

fn data_type(ty: Type) -> DataType {
    match ty {
        Type::Bool => DataType::Boolean,
        Type::Int => DataType::Int32,
        Type::Long | Type::Timespan => DataType::Int64,
        Type::Real => DataType::Float64,
        Type::Decimal => DataType::Decimal128(38, 18),
        Type::DateTime => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
        Type::String | Type::Guid | Type::Dynamic | Type::Unknown => DataType::Utf8View,
    }
}

/// The column's values as the nanoseconds since 1970 that a file holds.
fn instants(array: ArrayRef, column: &str) -> io::Result<ArrayRef> {
    let values = array.as_primitive::<TimestampNanosecondType>();
    if values.values().iter().all(|value| is_instant(*value)) {
        return Ok(array);
    }
    let instant = |value: i64| {
        i64::try_from(instant_from_nanos(value)).map_err(|_| {
            let mut text = String::new();
            write_datetime(ticks_from_nanos(value), &mut text);
            io::Error::other(format!(
                "the column '{column}' has {text}, and a Parquet file of nanoseconds holds datetimes from 1677 to 2262 \
                 only; write the column as text, with tostring({column}), or choose another format"
            ))
        })
    };
    let instants = values.try_unary::<_, TimestampNanosecondType, _>(instant)?;
    Ok(Arc::new(instants.with_timezone("UTC")))
}

/// A string is never null in Kusto.
fn without_nulls(array: ArrayRef) -> ArrayRef {
    if array.null_count() == 0 {
        return array;
    }
    let strings = array.as_string_view();
    Arc::new(strings.iter().map(|s| Some(s.unwrap_or(""))).collect::<StringViewArray>())
}
