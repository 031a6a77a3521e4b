//! The last step of a result: batches of the engine in the form that users see.

use super::packed::Place;
use crate::catalog::types::{TYPE_KEY, contract_type};
use crate::dynamic::canonical::canonical;
use crate::error::Error;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, RecordBatch, RecordBatchOptions, StringViewBuilder,
};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};
use datafusion::common::Result;
use kql2sql::json::push_string;
use kql2sql::{Column, Type};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Turns the engine's batches into those of the result.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    schema: SchemaRef,
    types: Arc<[Type]>,
    /// Where the columns are in the engine's batches; all in their order where it is not said.
    places: Option<Arc<[Place]>>,
}

impl Shape {
    /// For a result with these columns, whose plan gives batches of `engine`.
    pub(super) fn new(
        columns: &[Column],
        engine: &Schema,
        places: Option<Vec<Place>>,
    ) -> Result<Shape, Error> {
        let given = places.as_deref().map(|places| given(engine, places));
        let engine = given.as_ref().unwrap_or_else(|| engine.fields());
        // SQL has no table without columns: where the result has none, that of the engine stands in.
        if columns.len() != engine.len() && !columns.is_empty() {
            let detail = format!("{} columns were planned for {}", engine.len(), columns.len());
            return Err(Error::internal(detail));
        }
        let fields = columns.iter().zip(engine).map(|(c, given)| {
            let metadata = HashMap::from([(TYPE_KEY.to_owned(), c.ty.name().to_owned())]);
            Field::new(&c.name, result_type(c.ty, given.data_type()), true).with_metadata(metadata)
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let types = columns.iter().map(|c| c.ty).collect();
        Ok(Shape { schema, types, places: places.map(Arc::from) })
    }

    /// The schema of the result.
    pub(super) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// A batch of the engine in that schema.
    pub(super) fn apply(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let unpacked = self.places.as_deref().map(|places| unpacked(batch, places));
        let columns = unpacked.as_deref().unwrap_or(batch.columns()).iter().zip(self.types.iter());
        let columns = columns.map(|(array, ty)| column(array, *ty)).collect::<Result<_>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        Ok(RecordBatch::try_new_with_options(self.schema(), columns, &options)?)
    }
}

/// The fields at those places; fewer where there are not all of them.
fn given(engine: &Schema, places: &[Place]) -> Fields {
    let members = match engine.fields().last().map(|f| f.data_type()) {
        Some(DataType::Struct(members)) => members.clone(),
        _ => Fields::empty(),
    };
    let field = |place: &Place| match place {
        Place::Column(i) => engine.fields().get(*i).cloned(),
        Place::Member(i) => members.get(*i).cloned(),
    };
    places.iter().filter_map(field).collect()
}

/// The columns at those places, which are there.
fn unpacked(batch: &RecordBatch, places: &[Place]) -> Vec<ArrayRef> {
    let members = batch.columns().last().and_then(|last| last.as_struct_opt());
    let column = |place: &Place| match place {
        Place::Column(i) => batch.columns().get(*i),
        Place::Member(i) => members.and_then(|members| members.columns().get(*i)),
    };
    places.iter().filter_map(column).map(Arc::clone).collect()
}

fn result_type(ty: Type, given: &DataType) -> DataType {
    match (ty, given) {
        (Type::DateTime, _) => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
        // Whole numbers of more digits than the contract leaves before the point: parse_version().
        (Type::Decimal, DataType::Decimal128(_, 0)) => given.clone(),
        (other, _) => contract_type(other),
    }
}

fn column(array: &ArrayRef, ty: Type) -> Result<ArrayRef> {
    let mut array = Arc::clone(array);
    let result = result_type(ty, array.data_type());
    let contract = if ty == Type::Decimal { result.clone() } else { contract_type(ty) };
    for target in [contract, result] {
        if ty == Type::DateTime && *array.data_type() == contract_type(ty) && target != contract_type(ty) {
            // The same instants, labelled: a cast would take them for local times of the zone.
            let nanos = array.as_primitive::<datafusion::arrow::datatypes::TimestampNanosecondType>();
            array = Arc::new(nanos.clone().with_timezone("UTC"));
        } else if *array.data_type() != target {
            array =
                cast_with_options(&array, &target, &CastOptions { safe: true, ..CastOptions::default() })?;
        }
    }
    Ok(if ty == Type::Dynamic { dynamic(array) } else { array })
}

/// A dynamic column as canonical JSON. What comes from a file is as its writer left it; what is no JSON at all is a string,
/// as when Kusto takes it in.
fn dynamic(array: ArrayRef) -> ArrayRef {
    let texts = array.as_string_view();
    let is_canonical = |text: &str| matches!(canonical(text), Some(Cow::Borrowed(_)));
    if texts.iter().flatten().all(is_canonical) {
        return array;
    }
    let mut builder = StringViewBuilder::with_capacity(texts.len());
    let mut quoted = String::new();
    for text in texts {
        match text {
            None => builder.append_null(),
            Some(text) => match canonical(text) {
                Some(text) => builder.append_value(text),
                None => {
                    quoted.clear();
                    push_string(&mut quoted, text);
                    builder.append_value(&quoted);
                }
            },
        }
    }
    Arc::new(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{Int64Array, StringViewArray, TimestampNanosecondArray, UInt64Array};

    #[test]
    fn results_have_kustos_names_and_types() {
        let engine = RecordBatch::try_from_iter([
            ("a", Arc::new(UInt64Array::from(vec![3])) as ArrayRef),
            ("b", Arc::new(TimestampNanosecondArray::from(vec![1_500])) as ArrayRef),
            ("c", Arc::new(StringViewArray::from(vec![r#"{"k": [1, 2]}"#])) as ArrayRef),
            ("d", Arc::new(Int64Array::from(vec![7])) as ArrayRef),
        ])
        .unwrap();
        let columns = [
            Column::new("count_", Type::Long),
            Column::new("Timestamp", Type::DateTime),
            Column::new("Raw", Type::Dynamic),
            Column::new("count_", Type::Timespan),
        ];
        let shape = Shape::new(&columns, &engine.schema(), None).unwrap();
        let batch = shape.apply(&engine).unwrap();
        let schema = batch.schema();
        let names: Vec<_> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        assert_eq!(names, ["count_", "Timestamp", "Raw", "count_"]);
        assert_eq!(schema.field(3).metadata()[TYPE_KEY], "timespan");
        assert_eq!(*schema.field(0).data_type(), DataType::Int64);
        let times = batch.column(1).as_primitive::<datafusion::arrow::datatypes::TimestampNanosecondType>();
        assert_eq!((times.value(0), times.timezone()), (1_500, Some("UTC")));
        assert_eq!(batch.column(2).as_string_view().value(0), r#"{"k":[1,2]}"#);
    }

    #[test]
    fn text_that_is_no_json_is_a_string() {
        let array = dynamic(Arc::new(StringViewArray::from(vec![Some("a \"b\""), None, Some("1")])));
        let texts: Vec<_> = array.as_string_view().iter().collect();
        assert_eq!(texts, [Some(r#""a \"b\"""#), None, Some("1")]);
    }

    #[test]
    fn a_plan_with_other_columns_is_a_defect() {
        let columns = [Column::new("a", Type::Long)];
        assert!(Shape::new(&columns, &Schema::empty(), None).unwrap_err().is_internal());
    }
}
