//! A table as DataFusion scans it.

use super::adapt::{Columns, KustoAdapterFactory};
use super::load::{LoadedTable, engine_schema};
use crate::settings;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result, ScalarValue, Statistics};
use datafusion::datasource::TableType;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::{CachedParquetFileReaderFactory, CachedParquetMetaData};
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::execution::cache::cache_manager::CachedFileMetadataEntry;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::object_store::ObjectMeta;
use datafusion::object_store::path::Path as StorePath;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use std::sync::Arc;

/// A table of Parquet files.
#[derive(Debug)]
pub struct LakeTable {
    /// Its columns as the translator sees them.
    pub columns: Vec<kql2sql::Column>,
    schema: SchemaRef,
    partition_columns: usize,
    nested: bool,
    adapter: Arc<Columns>,
    files: Vec<ScanFile>,
    /// How many bytes a row takes in each column.
    widths: Vec<usize>,
}

#[derive(Debug)]
struct ScanFile {
    meta: ObjectMeta,
    /// The columns in the types that the reader is to produce.
    schema: SchemaRef,
    partition_values: Vec<ScalarValue>,
    rows: usize,
    footer: Arc<datafusion::parquet::file::metadata::ParquetMetaData>,
}

impl LakeTable {
    /// The table of these files.
    pub fn new(table: LoadedTable) -> Result<LakeTable, crate::Error> {
        let mut files = Vec::with_capacity(table.files.len());
        for (loaded, partition_values) in table.files {
            let location = StorePath::from_absolute_path(&loaded.file.path).map_err(|e| {
                crate::Error::data(&loaded.file.path, format!("the path cannot be used: {e}"))
            })?;
            let groups = loaded.footer.row_groups();
            files.push(ScanFile {
                meta: ObjectMeta {
                    location,
                    last_modified: loaded.file.modified.into(),
                    size: loaded.file.size,
                    e_tag: None,
                    version: None,
                },
                schema: loaded.schema,
                partition_values,
                rows: groups.iter().map(|g| usize::try_from(g.num_rows()).unwrap_or(0)).sum(),
                footer: loaded.footer,
            });
        }
        let widths = table.columns.iter().map(|c| width(&files, &c.name)).collect();
        Ok(LakeTable {
            widths,
            schema: Arc::new(engine_schema(&table.columns)),
            adapter: Arc::new(Columns {
                types: table.columns.iter().map(|c| (c.name.clone(), c.ty)).collect(),
                saturating: table.saturating,
                bytes: table.bytes,
            }),
            columns: table.columns,
            partition_columns: table.partition_columns,
            nested: table.nested,
            files,
        })
    }

    /// How many files it has.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// How many rows it has.
    pub fn row_count(&self) -> usize {
        self.files.iter().map(|f| f.rows).sum()
    }

    /// The schema of the columns that stand in the files, and that of those in the names of the folders.
    fn split_schema(&self) -> (Schema, Schema) {
        let fields = self.schema.fields();
        let (inside, outside) = fields.split_at(fields.len() - self.partition_columns);
        (Schema::new(inside.to_vec()), Schema::new(outside.to_vec()))
    }

    /// The files that the filters on partition columns leave.
    fn prune(&self, state: &dyn Session, filters: &[Expr]) -> Result<Vec<&ScanFile>> {
        let all = || self.files.iter().collect();
        let (_, partitions) = self.split_schema();
        let mut usable = Vec::new();
        for filter in filters {
            if on_columns_of(&partitions, filter)? {
                usable.push(filter.clone());
            }
        }
        let Some(filter) = conjunction(usable) else { return Ok(all()) };
        if self.files.is_empty() {
            return Ok(all());
        }
        let columns = (0..self.partition_columns)
            .map(|i| ScalarValue::iter_to_array(self.files.iter().map(|f| f.partition_values[i].clone())))
            .collect::<Result<Vec<_>>>()?;
        let schema = Arc::new(partitions);
        let filter = state.create_physical_expr(filter, &DFSchema::try_from(Arc::clone(&schema))?)?;
        let batch = RecordBatch::try_new(schema, columns)?;
        let keep = filter.evaluate(&batch)?.into_array(batch.num_rows())?;
        let keep = keep.as_boolean();
        Ok(self
            .files
            .iter()
            .enumerate()
            .filter(|(i, _)| !keep.is_null(*i) && keep.value(*i))
            .map(|(_, f)| f)
            .collect())
    }
}

impl LakeTable {
    /// The filters that the Parquet reader evaluates while it reads, each on its own columns, before it decodes the
    /// other columns for the rows that remain. Volatile ones are not among them: they read documents, once.
    fn reader_predicate(
        &self,
        state: &dyn Session,
        filters: &[Expr],
    ) -> Result<Option<Arc<dyn PhysicalExpr>>> {
        let (inside, _) = self.split_schema();
        let mut chosen = Vec::new();
        for filter in filters {
            if on_columns_of(&inside, filter)? {
                chosen.push(filter.clone());
            }
        }
        let Some(predicate) = conjunction(chosen) else { return Ok(None) };
        let schema = DFSchema::try_from(self.schema().as_ref().clone())?;
        state.create_physical_expr(predicate, &schema).map(Some)
    }
}

/// How many bytes a row takes in a column, on average and as the files say: not decompressed further than to pages, so that
/// a text which a dictionary stands for counts little.
fn width(files: &[ScanFile], column: &str) -> usize {
    let groups = || files.iter().flat_map(|f| f.footer.row_groups());
    let rows: i64 = groups().map(|g| g.num_rows()).sum();
    let parts = groups().flat_map(|g| g.columns());
    let bytes: i64 = parts
        .filter(|c| c.column_path().parts().first().is_some_and(|name| name == column))
        .map(|c| c.uncompressed_size())
        .sum();
    usize::try_from(bytes / rows.max(1)).unwrap_or(0)
}

/// Whether the expression uses columns, no other ones than those of `schema`, and may be computed at planning time.
fn on_columns_of(schema: &Schema, expr: &Expr) -> Result<bool> {
    let (mut ok, mut columns) = (true, 0);
    expr.apply(|e| {
        ok = match e {
            Expr::Column(c) => {
                columns += 1;
                schema.index_of(&c.name).is_ok()
            }
            Expr::ScalarSubquery(_)
            | Expr::InSubquery(_)
            | Expr::Exists(_)
            | Expr::OuterReferenceColumn(..) => false,
            _ => true,
        };
        Ok(if ok { TreeNodeRecursion::Continue } else { TreeNodeRecursion::Stop })
    })?;
    Ok(ok && columns > 0 && !expr.is_volatile())
}

#[async_trait::async_trait]
impl TableProvider for LakeTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        // They come to `scan`, where those on folders choose the files and the others prune and filter in the Parquet
        // reader; and they stay in the plan, where they cost little on the rows that the reader leaves.
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let files = self.prune(state, filters)?;
        if files.is_empty() {
            let schema = match projection {
                Some(indices) => Arc::new(self.schema.project(indices)?),
                None => self.schema(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        let (inside, outside) = self.split_schema();
        let footers = state.runtime_env().cache_manager.get_file_metadata_cache();
        let mut rows = 0;
        let mut group = Vec::with_capacity(files.len());
        for file in files {
            rows += file.rows;
            // The footer was read for the schema; the scan need not read it again.
            if footers.get(&file.meta.location).is_none_or(|cached| !cached.is_valid_for(&file.meta)) {
                let footer = Arc::new(CachedParquetMetaData::new(Arc::clone(&file.footer)));
                footers.put(&file.meta.location, CachedFileMetadataEntry::new(file.meta.clone(), footer));
            }
            let mut scanned = PartitionedFile::from(file.meta.clone());
            scanned.partition_values = file.partition_values.clone();
            scanned.arrow_schema = Some(Arc::clone(&file.schema));
            // For the columns inside; those of the folders are added from their values.
            let statistics = Statistics::new_unknown(&inside).with_num_rows(Precision::Exact(file.rows));
            group.push(scanned.with_statistics(Arc::new(statistics)));
        }

        let url = ObjectStoreUrl::local_filesystem();
        let store = state.runtime_env().object_store(&url)?;
        let schema = TableSchema::builder(Arc::new(inside))
            .with_table_partition_cols(outside.fields().to_vec())
            .build();
        let mut options = state.default_table_options().parquet;
        options.global.pushdown_filters = !self.nested;
        let predicate = self.reader_predicate(state, filters)?;
        let mut source = ParquetSource::new(schema)
            .with_table_parquet_options(options)
            // Not for nested columns: they become text only above the reader, and the reader drops a filter that
            // it finds to be on a nested column of the file.
            .with_pushdown_filters(!self.nested)
            .with_parquet_file_reader_factory(Arc::new(CachedParquetFileReaderFactory::new(store, footers)));
        if let Some(predicate) = predicate {
            source = source.with_predicate(predicate);
        }
        // Rows only. The engine builds a join's hash table of the side with fewer bytes where it knows them, and it would count
        // those of documents that are read and left behind long before the join.
        let statistics = Statistics::new_unknown(&self.schema).with_num_rows(Precision::Exact(rows));
        let width = match projection {
            Some(indices) => indices.iter().map(|i| self.widths[*i]).sum(),
            None => self.widths.iter().sum::<usize>(),
        };
        let rows_of_batch = settings::batch_rows(state.config().batch_size(), width);
        let config = FileScanConfigBuilder::new(url, Arc::new(source))
            .with_file_groups(FileGroup::new(group).split_files(state.config().target_partitions()))
            .with_statistics(statistics)
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .with_batch_size(Some(rows_of_batch))
            .with_expr_adapter(Some(Arc::new(KustoAdapterFactory(Arc::clone(&self.adapter)))))
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}
