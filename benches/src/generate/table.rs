//! Columns of a table: Kusto's types, how Parquet stores them, and buffers that collect their rows.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Int32Builder, Int64Builder, RecordBatch, StringBuilder,
    TimestampNanosecondBuilder,
};
use arrow::datatypes::{DataType, Schema, SchemaRef, TimeUnit};

use super::clock::Ticks;

/// A table of the lake: a name, columns with Kusto types, and the rows collected since the last
/// [`Table::take`].
pub trait Table: Default {
    /// The table's name, which is also the name of its folder.
    const NAME: &'static str;

    /// Names and Kusto types of the columns.
    const COLUMNS: &'static [(&'static str, &'static str)];

    /// Columns whose values hardly ever repeat, for which a dictionary would be wasted work.
    const UNIQUE: &'static [&'static str];

    /// The schema of the table's files.
    fn schema() -> SchemaRef;

    /// The collected rows; the table starts anew.
    fn take(&mut self) -> RecordBatch;
}

/// Defines a table: one field for each column.
macro_rules! table {
    ($(#[$doc:meta])* $table:ident, unique: [$($unique:literal),* $(,)?], { $($field:ident = $name:literal: $kind:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Default)]
        pub struct $table { $(#[doc = concat!("The column `", $name, "`.")] pub $field: $kind),* }

        impl $crate::generate::table::Table for $table {
            const NAME: &'static str = stringify!($table);
            const COLUMNS: &'static [(&'static str, &'static str)] = &[$(($name, $kind::KUSTO)),*];
            const UNIQUE: &'static [&'static str] = &[$($unique),*];

            fn schema() -> arrow::datatypes::SchemaRef {
                $crate::generate::table::schema(vec![$(arrow::datatypes::Field::new($name, $kind::data_type(), true)),*])
            }

            fn take(&mut self) -> arrow::array::RecordBatch {
                $crate::generate::table::batch(Self::schema(), vec![$(self.$field.take()),*])
            }
        }
    };
}
pub(crate) use table;

pub(crate) fn schema(fields: Vec<arrow::datatypes::Field>) -> SchemaRef {
    Arc::new(Schema::new(fields))
}

pub(crate) fn batch(schema: SchemaRef, columns: Vec<ArrayRef>) -> RecordBatch {
    RecordBatch::try_new(schema, columns).expect("every row has a value or a null in every column")
}

/// A column of `string`.
#[derive(Default)]
pub struct Text {
    builder: StringBuilder,
    buffer: String,
}

impl Text {
    pub(crate) const KUSTO: &'static str = "string";

    pub(crate) fn data_type() -> DataType {
        DataType::Utf8
    }

    /// Adds a text.
    pub fn put(&mut self, text: &str) {
        self.builder.append_value(text);
    }

    /// Adds a text that `fill` writes.
    pub fn write(&mut self, fill: impl FnOnce(&mut String)) {
        self.buffer.clear();
        fill(&mut self.buffer);
        self.builder.append_value(&self.buffer);
    }

    /// Adds a text or a null.
    pub fn option(&mut self, text: Option<&str>) {
        self.builder.append_option(text);
    }

    /// Adds a null.
    pub fn null(&mut self) {
        self.builder.append_null();
    }

    pub(crate) fn take(&mut self) -> ArrayRef {
        Arc::new(self.builder.finish())
    }
}

/// A column of `dynamic`: JSON text.
#[derive(Default)]
pub struct Json(Text);

impl Json {
    pub(crate) const KUSTO: &'static str = "dynamic";

    pub(crate) fn data_type() -> DataType {
        Text::data_type()
    }

    /// Adds a document.
    pub fn put(&mut self, json: &str) {
        self.0.put(json);
    }

    /// Adds a document that `fill` writes.
    pub fn write(&mut self, fill: impl FnOnce(&mut String)) {
        self.0.write(fill);
    }

    /// Adds a null.
    pub fn null(&mut self) {
        self.0.null();
    }

    pub(crate) fn take(&mut self) -> ArrayRef {
        self.0.take()
    }
}

/// A column of `datetime`.
#[derive(Default)]
pub struct Datetime(TimestampNanosecondBuilder);

impl Datetime {
    pub(crate) const KUSTO: &'static str = "datetime";

    pub(crate) fn data_type() -> DataType {
        DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into()))
    }

    /// Adds a time.
    pub fn put(&mut self, time: Ticks) {
        self.0.append_value(time.nanoseconds());
    }

    pub(crate) fn take(&mut self) -> ArrayRef {
        Arc::new(self.0.finish().with_timezone("UTC"))
    }
}

/// Defines a column type whose values are copied into an Arrow builder.
macro_rules! fixed_width {
    ($kind:ident, $kusto:literal, $native:ty, $builder:ident, $data_type:ident) => {
        #[doc = concat!("A column of `", $kusto, "`.")]
        #[derive(Default)]
        pub struct $kind($builder);

        impl $kind {
            pub(crate) const KUSTO: &'static str = $kusto;

            pub(crate) fn data_type() -> DataType {
                DataType::$data_type
            }

            /// Adds a value.
            pub fn put(&mut self, value: $native) {
                self.0.append_value(value);
            }

            /// Adds a value or a null.
            pub fn option(&mut self, value: Option<$native>) {
                self.0.append_option(value);
            }

            pub(crate) fn take(&mut self) -> ArrayRef {
                Arc::new(self.0.finish())
            }
        }
    };
}

fixed_width!(Bool, "bool", bool, BooleanBuilder, Boolean);
fixed_width!(Int, "int", i32, Int32Builder, Int32);
fixed_width!(Long, "long", i64, Int64Builder, Int64);
