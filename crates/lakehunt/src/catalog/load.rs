//! From files to a table: reading footers, agreeing on columns and types.

use super::convert::{Conversion, instant, is_binary};
use super::discover::DataFile;
use super::types::{TYPE_KEY, common_type, contract_type, natural_type, read_type};
use crate::error::Error;
use crate::functions::time::is_instant;
use crate::schemas;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::common::ScalarValue;
use datafusion::parquet::arrow::parquet_to_arrow_schema;
use datafusion::parquet::basic::Type as ParquetType;
use datafusion::parquet::file::metadata::{
    ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
    ParquetStatisticsPolicy, RowGroupMetaData,
};
use datafusion::parquet::file::statistics::Statistics;
use kql2sql::Type;
use std::collections::HashMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// The folder name that Hive writes for null.
const HIVE_NULL: &str = "__HIVE_DEFAULT_PARTITION__";

/// What is known of one file.
#[derive(Debug, Clone)]
pub struct LoadedFile {
    /// The file.
    pub file: DataFile,
    /// Its footer.
    pub footer: Arc<ParquetMetaData>,
    /// Its columns, in the types that the reader is asked to produce.
    pub schema: SchemaRef,
    /// The Kusto types that it says itself (see [`TYPE_KEY`]), by column.
    pub told: HashMap<String, Type>,
    /// The time columns that may hold values which are not nanoseconds in the engine.
    pub far: Vec<String>,
}

/// A table whose files agree.
#[derive(Debug)]
pub struct LoadedTable {
    /// The columns with their Kusto types: those of the files, then those of the folders.
    pub columns: Vec<kql2sql::Column>,
    /// How many of them, from the end, are in the names of the folders.
    pub partition_columns: usize,
    /// The `datetime` columns that may hold values which are not nanoseconds in the engine.
    pub far: Vec<String>,
    /// The columns that are bytes in some file, not marked as text.
    pub bytes: Vec<String>,
    /// Whether a column is a struct, list or map in some file.
    pub nested: bool,
    /// The files, and the values of the partition columns in each.
    pub files: Vec<(LoadedFile, Vec<ScalarValue>)>,
}

/// Reads the footer of a file.
pub fn read_file(file: DataFile) -> Result<LoadedFile, Error> {
    if file.size == 0 {
        return Err(Error::data(
            &file.path,
            "the file is empty (0 bytes), so its writer did not finish; write it again or delete it",
        ));
    }
    // That somebody may not read it says nothing about what is in it.
    let opened = File::open(&file.path).map_err(|error| Error::data(&file.path, error.to_string()))?;
    let open = || {
        let footer = ParquetMetaDataReader::new()
            .with_metadata_options(Some(unread_statistics()))
            .parse_and_finish(&opened)?;
        let schema = parquet_to_arrow_schema(
            footer.file_metadata().schema_descr(),
            footer.file_metadata().key_value_metadata(),
        )?;
        Ok::<_, datafusion::parquet::errors::ParquetError>((footer, schema))
    };
    // The reader panics where the schema that a writer left beside Parquet's own has a type that it does not know.
    let (footer, schema) = catch_unwind(AssertUnwindSafe(open))
        .map_err(|_| Error::data(&file.path, "the file has a column of a type that only its writer knows"))?
        .map_err(|e| Error::data(&file.path, unreadable(&e.to_string())))?;
    let told = schema.fields().iter().filter_map(|f| {
        let ty = Type::parse(f.metadata().get(TYPE_KEY)?)?;
        Some((f.name().clone(), ty))
    });
    let told = told.collect();
    let leaves = footer.file_metadata().schema_descr();
    let is_int96 = |name: &str| {
        leaves.columns().iter().any(|c| c.physical_type() == ParquetType::INT96 && c.path().parts() == [name])
    };
    let fields = schema.fields().iter().map(|f| {
        // The old 12-byte times reach further than nanoseconds do; microseconds hold them.
        let ty = if is_int96(f.name()) {
            DataType::Timestamp(TimeUnit::Microsecond, None)
        } else {
            read_type(f.data_type())
        };
        // The reader wants to see a required column as required.
        Field::new(f.name(), ty, f.is_nullable())
    });
    let fields: Vec<_> = fields.collect();
    // The engine leaves out the adapter where a file's schema is the table's: bytes are text by then, and far times what near
    // ones are.
    let far: Vec<String> =
        fields.iter().filter(|f| may_be_far(&footer, f)).map(|f| f.name().clone()).collect();
    let is_unlike = |f: &Field| {
        is_binary(f.data_type()) || *f.data_type() == contract_type(Type::DateTime) && far.contains(f.name())
    };
    let unlike_the_tables = if fields.iter().any(is_unlike) {
        HashMap::from([("lakehunt.converted".to_owned(), String::new())])
    } else {
        HashMap::new()
    };
    let schema = Arc::new(Schema::new_with_metadata(fields, unlike_the_tables));
    let mut names: Vec<_> = schema.fields().iter().map(|f| f.name()).collect();
    names.sort();
    if let Some(twice) = names.windows(2).find(|w| w[0] == w[1]) {
        return Err(Error::data(
            &file.path,
            format!("the file has two columns called '{}'; rename one", twice[0]),
        ));
    }
    Ok(LoadedFile { footer: Arc::new(footer), schema, told, far, file })
}

/// Leaves out of a footer what no scan asks for: a lake may have thousands of files, whose footers stay in memory.
fn unread_statistics() -> ParquetMetaDataOptions {
    ParquetMetaDataOptions::new()
        .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll)
}

/// The message for a file that the Parquet reader does not understand.
pub fn unreadable(detail: &str) -> String {
    // The reader's own prefixes say nothing more.
    let mut detail = detail;
    for prefix in ["Parquet argument error: ", "Parquet error: ", "External: ", "EOF: "] {
        detail = detail.trim_start_matches(prefix);
    }
    format!(
        "this is no Parquet file, or a damaged one ({detail}); write it again, or take it out of the table's folder"
    )
}

/// The Kusto type that all files which have the column say of it.
fn told_type(files: &[LoadedFile], column: &str) -> Option<Type> {
    let mut told = files
        .iter()
        .filter(|file| file.schema.column_with_name(column).is_some())
        .map(|file| file.told.get(column).copied());
    let first = told.next()?;
    first.filter(|_| told.all(|other| other == first))
}

/// Makes a table of files. `documented` are the types that its schema says; it comes before what the files say themselves.
pub fn merge(mut files: Vec<LoadedFile>, documented: &schemas::Columns) -> Result<LoadedTable, Error> {
    // Files of one writer share one schema.
    for i in 1..files.len() {
        if files[i].schema == files[i - 1].schema {
            files[i].schema = Arc::clone(&files[i - 1].schema);
        }
    }
    // The types that a column has in the files, with the first file of each.
    let mut found: HashMap<&str, Vec<(&DataType, &Path)>> = HashMap::new();
    let mut order: Vec<&str> = Vec::new();
    for file in &files {
        for field in file.schema.fields() {
            let types = found.entry(field.name()).or_insert_with(|| {
                order.push(field.name());
                Vec::new()
            });
            if !types.iter().any(|(t, _)| *t == field.data_type()) {
                types.push((field.data_type(), &file.file.path));
            }
        }
    }
    let mut columns = Vec::with_capacity(order.len());
    for name in &order {
        columns.push(kql2sql::Column::new(
            *name,
            column_type(
                name,
                &found[name],
                documented.get(*name).copied().or_else(|| told_type(&files, name)),
            )?,
        ));
    }
    let nested = found.values().flatten().any(|(t, _)| t.is_nested());
    let is_bytes = |name: &&str| found[*name].iter().any(|(t, _)| is_binary(t));
    let bytes = order.iter().copied().filter(is_bytes).map(str::to_owned).collect();
    let far = columns
        .iter()
        .filter(|c| c.ty == Type::DateTime && files.iter().any(|f| f.far.contains(&c.name)))
        .map(|c| c.name.clone())
        .collect();

    let mut keys: Vec<String> = Vec::new();
    for (key, _) in files.iter().flat_map(|f| &f.file.partitions) {
        // A column that the files hold themselves is taken from there.
        if !keys.contains(key) && !found.contains_key(key.as_str()) {
            keys.push(key.clone());
        }
    }
    drop(found);
    let mut values: Vec<Vec<ScalarValue>> = vec![Vec::with_capacity(keys.len()); files.len()];
    for key in &keys {
        let texts: Vec<Option<&str>> = files
            .iter()
            .map(|f| {
                f.file
                    .partitions
                    .iter()
                    .find(|p| p.0 == *key)
                    .map(|p| p.1.as_str())
                    .filter(|v| *v != HIVE_NULL)
            })
            .collect();
        let (ty, column) = partition_values(key, &texts, documented.get(key).copied())?;
        columns.push(kql2sql::Column::new(key.as_str(), ty));
        for (row, value) in values.iter_mut().zip(column) {
            row.push(value);
        }
    }
    Ok(LoadedTable {
        columns,
        partition_columns: keys.len(),
        far,
        bytes,
        nested,
        files: files.into_iter().zip(values).collect(),
    })
}

/// The Kusto type of a column that has these types in the files.
fn column_type(name: &str, types: &[(&DataType, &Path)], documented: Option<Type>) -> Result<Type, Error> {
    let converts = |ty: Type| {
        types.iter().all(|(t, _)| !matches!(Conversion::of(t, ty), None | Some(Conversion::Refused)))
    };
    if let Some(ty) = documented.filter(|ty| converts(*ty)) {
        return Ok(ty);
    }
    let mut known = types.iter().filter(|(t, _)| **t != DataType::Null);
    let Some((first, first_path)) = known.next() else { return Ok(Type::String) };
    let mut common = natural_type(first);
    for (ty, path) in known {
        let ty = natural_type(ty);
        common = common_type(common, ty).ok_or_else(|| {
            let other = first_path.file_name().unwrap_or_default().to_string_lossy();
            Error::data(
                path,
                format!(
                    "the column '{name}' is {ty} here but {common} in '{other}', and neither holds all values of the \
                     other; write the files with one type, or give the column's type in a schema file"
                ),
            )
        })?;
    }
    Ok(common)
}

/// The type of a partition column, and its value for each file.
fn partition_values(
    key: &str,
    texts: &[Option<&str>],
    documented: Option<Type>,
) -> Result<(Type, Vec<ScalarValue>), Error> {
    let is_date = |t: &str| {
        let digits = t
            .bytes()
            .enumerate()
            .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        t.len() == 10 && digits
    };
    let ty = documented.unwrap_or_else(|| {
        let all = |test: &dyn Fn(&str) -> bool| {
            texts.iter().any(Option::is_some) && texts.iter().flatten().all(|t| test(t))
        };
        if all(&|t| t.parse::<i64>().is_ok()) {
            Type::Long
        } else if all(&is_date) {
            Type::DateTime
        } else {
            Type::String
        }
    });
    let array: datafusion::arrow::array::ArrayRef =
        Arc::new(texts.iter().copied().collect::<datafusion::arrow::array::StringViewArray>());
    let convert = || {
        let conversion = Conversion::of(array.data_type(), ty).unwrap_or(Conversion::Refused);
        let converted = conversion.apply(&array, ty)?;
        (0..converted.len()).map(|row| ScalarValue::try_from_array(&converted, row)).collect()
    };
    let values: Result<Vec<_>, datafusion::error::DataFusionError> = convert();
    match values {
        Ok(values) => Ok((ty, values)),
        Err(e) => Err(Error::internal(format!("partition column {key}: {e}"))),
    }
}

/// Whether a time column of the file may hold values that are not nanoseconds in the engine. The footer's statistics tell;
/// without them anything is possible.
fn may_be_far(footer: &ParquetMetaData, column: &Field) -> bool {
    let unit = match column.data_type() {
        DataType::Timestamp(unit, _) => *unit,
        // Rare enough not to look at what its statistics say.
        DataType::Dictionary(_, value) => return matches!(**value, DataType::Timestamp(..)),
        _ => return false,
    };
    footer.row_groups().iter().any(|group| match time_bounds(group, column.name(), unit) {
        Some((min, max)) => !(is_instant(min) && is_instant(max)),
        None => {
            let nulls = leaf(group, column.name()).and_then(|leaf| leaf.statistics()?.null_count_opt());
            nulls != Some(group.num_rows() as u64)
        }
    })
}

/// The least and greatest value of a time column in a row group, as the engine holds them, where the file says them.
pub fn time_bounds(group: &RowGroupMetaData, column: &str, unit: TimeUnit) -> Option<(i64, i64)> {
    match leaf(group, column)?.statistics()? {
        Statistics::Int64(values) => {
            Some((instant(*values.min_opt()?, unit), instant(*values.max_opt()?, unit)))
        }
        _ => None,
    }
}

fn leaf<'g>(group: &'g RowGroupMetaData, column: &str) -> Option<&'g ColumnChunkMetaData> {
    group.columns().iter().find(|leaf| leaf.column_path().parts() == [column])
}

/// The schema that the engine sees of these columns.
pub fn engine_schema(columns: &[kql2sql::Column]) -> Schema {
    let fields = columns.iter().map(|c| Field::new(&c.name, contract_type(c.ty), true));
    Schema::new(fields.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_of_a_column_is_common_to_the_files() {
        let (a, b) = (Path::new("a.parquet"), Path::new("b.parquet"));
        let of = |types: &[(&DataType, &Path)], documented| column_type("C", types, documented);
        assert_eq!(of(&[(&DataType::Int32, a), (&DataType::Int64, b)], None).unwrap(), Type::Long);
        assert_eq!(of(&[(&DataType::Null, a), (&DataType::Boolean, b)], None).unwrap(), Type::Bool);
        assert_eq!(of(&[(&DataType::Int64, a)], Some(Type::Bool)).unwrap(), Type::Bool);
        assert_eq!(
            of(&[(&DataType::Int64, a)], Some(Type::DateTime)).unwrap(),
            Type::Long,
            "not a time by itself"
        );
        assert_eq!(of(&[(&DataType::Utf8View, a)], Some(Type::Dynamic)).unwrap(), Type::Dynamic);
        let error = of(&[(&DataType::Int64, a), (&DataType::Utf8View, b)], None).unwrap_err().to_string();
        assert!(
            error.contains("b.parquet") && error.contains("'C'") && error.contains("a.parquet"),
            "{error}"
        );
    }

    #[test]
    fn partition_values_have_a_type() {
        let types = |texts: &[&str]| {
            let texts: Vec<_> = texts.iter().map(|t| Some(*t).filter(|t| *t != HIVE_NULL)).collect();
            partition_values("k", &texts, None).unwrap()
        };
        let (ty, values) = types(&["07", HIVE_NULL]);
        assert_eq!((ty, values), (Type::Long, vec![ScalarValue::Int64(Some(7)), ScalarValue::Int64(None)]));
        let (ty, values) = types(&["1970-01-02"]);
        assert_eq!(
            (ty, &values[0]),
            (Type::DateTime, &ScalarValue::TimestampNanosecond(Some(86_400_000_000_000), None))
        );
        assert_eq!(types(&["1970-01-02", "x"]).0, Type::String);
    }
}
