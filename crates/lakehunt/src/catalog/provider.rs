//! A table as DataFusion scans it.

use super::adapt::{Columns, KustoAdapterFactory};
use super::compact::CompactExec;
use super::load::{LoadedTable, engine_schema};
use super::pruning::{self, Group, Pruning};
use super::reader::{KnownFile, LocalReaders};
use crate::settings;
use datafusion::arrow::array::{Array, AsArray, RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result, ScalarValue, Statistics};
use datafusion::datasource::TableType;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::DefaultParquetFileReaderFactory;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::object_store::ObjectMeta;
use datafusion::object_store::path::Path as StorePath;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::utils::reassign_expr_columns;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use datafusion::physical_plan::filter::FilterExecBuilder;
use kql2sql::Type;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
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

/// A file of a table.
#[derive(Debug)]
pub(super) struct ScanFile {
    path: PathBuf,
    pub meta: ObjectMeta,
    /// The columns in the types that the reader is to produce.
    pub schema: SchemaRef,
    partition_values: Vec<ScalarValue>,
    rows: usize,
    pub footer: Arc<datafusion::parquet::file::metadata::ParquetMetaData>,
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
                path: loaded.file.path.clone(),
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
        Ok(LakeTable {
            widths: widths(&files, &table.columns),
            schema: Arc::new(engine_schema(&table.columns)),
            adapter: Arc::new(Columns {
                types: table.columns.iter().map(|c| (c.name.clone(), c.ty)).collect(),
                far: table.far,
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

    /// The files that the filters on partition columns and constants leave.
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
        let rows = RecordBatchOptions::new().with_row_count(Some(self.files.len()));
        let batch = RecordBatch::try_new_with_options(schema, columns, &rows)?;
        let keep = filter.evaluate(&batch)?.into_array(batch.num_rows())?;
        // A null without a type keeps none.
        let keep = keep.as_boolean_opt();
        let kept = |i: usize| keep.is_some_and(|keep| keep.is_valid(i) && keep.value(i));
        Ok(self.files.iter().enumerate().filter(|(i, _)| kept(*i)).map(|(_, f)| f).collect())
    }
}

/// The filters of a scan that are on columns in the files.
struct Predicate {
    expr: Arc<dyn PhysicalExpr>,
    /// The columns that they read, as indexes of the table's.
    columns: Vec<usize>,
    /// How many bytes a row takes in the columns of the cheapest of them.
    cheapest: usize,
}

impl LakeTable {
    /// The filters, those on narrow columns first: what they leave out costs the others nothing.
    fn predicate(&self, state: &dyn Session, filters: &[Expr]) -> Result<Option<Predicate>> {
        let (inside, _) = self.split_schema();
        let mut chosen = Vec::new();
        let mut columns = Vec::new();
        for filter in filters {
            if !on_columns_of(&inside, filter)? {
                continue;
            }
            let of_filter = filter.column_refs().into_iter().map(|c| inside.index_of(&c.name));
            let of_filter = of_filter.collect::<Result<Vec<_>, _>>()?;
            if of_filter.is_empty() {
                // It has chosen the files, all or none.
                continue;
            }
            columns.extend_from_slice(&of_filter);
            chosen.push((self.width(&of_filter), filter.clone()));
        }
        chosen.sort_by_key(|(width, _)| *width);
        let Some(&(cheapest, _)) = chosen.first() else { return Ok(None) };
        let Some(predicate) = conjunction(chosen.into_iter().map(|(_, filter)| filter)) else {
            return Ok(None);
        };
        let schema = DFSchema::try_from(self.schema().as_ref().clone())?;
        let expr = state.create_physical_expr(predicate, &schema)?;
        columns.sort_unstable();
        columns.dedup();
        Ok(Some(Predicate { expr, columns, cheapest }))
    }

    /// How many bytes a row takes in these columns.
    fn width(&self, columns: &[usize]) -> usize {
        columns.iter().map(|i| self.widths[*i]).sum()
    }

    /// How a scan that gives the columns of `projection` in their order applies a predicate.
    fn filtering(&self, projection: &[usize], predicate: Option<&Predicate>) -> Filtering {
        let Some(predicate) = predicate else { return Filtering::None };
        let mut read = projection.to_vec();
        read.extend(predicate.columns.iter().filter(|c| !projection.contains(c)));
        // Not in the reader for nested columns: they become text only above it, and it drops a filter that it finds to be on
        // a nested column of the file.
        if !self.nested && self.width(&read) >= predicate.cheapest + settings::LATE_WIDTH {
            Filtering::InReader
        } else {
            Filtering::Above(read)
        }
    }
}

/// Where a scan's predicate is evaluated.
enum Filtering {
    /// There is none.
    None,
    /// In the reader, before it decodes the other columns, and for the rows that remain only.
    InReader,
    /// Above it, which is cheaper where the other columns cost little. These columns are read for it.
    Above(Vec<usize>),
}

/// How many bytes a row takes in each column, on average and as the files say: not decompressed further than to pages, so
/// that a text which a dictionary stands for counts little.
fn widths(files: &[ScanFile], columns: &[kql2sql::Column]) -> Vec<usize> {
    let mut rows = 0;
    let mut bytes: HashMap<&str, i64> = HashMap::new();
    for group in files.iter().flat_map(|file| file.footer.row_groups()) {
        rows += group.num_rows();
        for leaf in group.columns() {
            if let Some(column) = leaf.column_path().parts().first() {
                *bytes.entry(column).or_default() += leaf.uncompressed_size();
            }
        }
    }
    let width = |column: &kql2sql::Column| {
        let bytes = bytes.get(column.name.as_str()).copied().unwrap_or(0);
        usize::try_from(bytes / rows.max(1)).unwrap_or(0)
    };
    columns.iter().map(width).collect()
}

/// Whether the expression uses no other columns than those of `schema`, and may be computed at planning time. It may use
/// none: the engine simplifies a filter on after it has handed it over, `null < strlen(Cc)` to null.
fn on_columns_of(schema: &Schema, expr: &Expr) -> Result<bool> {
    let mut ok = true;
    expr.apply(|e| {
        ok = match e {
            Expr::Column(c) => schema.index_of(&c.name).is_ok(),
            Expr::ScalarSubquery(_)
            | Expr::InSubquery(_)
            | Expr::Exists(_)
            | Expr::OuterReferenceColumn(..) => false,
            _ => true,
        };
        Ok(if ok { TreeNodeRecursion::Continue } else { TreeNodeRecursion::Stop })
    })?;
    Ok(ok && !expr.is_volatile())
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
        // They come to `scan`. Those on folders choose the files, those on columns in the files choose the rows; others
        // stay in the plan.
        let (inside, outside) = self.split_schema();
        let support = |filter: &&Expr| {
            let whole = on_columns_of(&inside, filter)? || on_columns_of(&outside, filter)?;
            Ok(if whole { TableProviderFilterPushDown::Exact } else { TableProviderFilterPushDown::Inexact })
        };
        filters.iter().map(support).collect()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let projection = projection.cloned().unwrap_or_else(|| (0..self.columns.len()).collect());
        let files = self.prune(state, filters)?;
        let predicate = self.predicate(state, filters)?;
        let (inside, outside) = self.split_schema();
        let mut pruning = predicate.as_ref().map(|predicate| {
            Pruning::new(Arc::clone(&predicate.expr), &self.adapter, Arc::new(inside.clone()))
        });
        let mut rows = 0;
        let mut groups = Vec::with_capacity(files.len());
        for file in &files {
            let of_file = file.footer.row_groups();
            let chosen = match &mut pruning {
                Some(pruning) => pruning.groups(file)?,
                None => (0..of_file.len()).collect(),
            };
            let chosen: Vec<_> = chosen.into_iter().map(|i| Group::new(i, &of_file[i])).collect();
            rows += chosen.iter().map(|g| g.rows).sum::<usize>();
            groups.push(chosen);
        }
        let shares = pruning::shares(&groups, state.config().target_partitions());
        if shares.is_empty() {
            return Ok(Arc::new(EmptyExec::new(Arc::new(self.schema.project(&projection)?))));
        }

        let is_time = |column: &usize| self.columns[*column].ty == Type::DateTime;
        let times: Vec<usize> = projection.iter().copied().filter(is_time).collect();
        let scanned = |piece: &pruning::Piece| {
            let file = files[piece.file];
            let mut scanned = PartitionedFile::from(file.meta.clone());
            scanned.range = Some(piece.into());
            scanned.partition_values = file.partition_values.clone();
            scanned.arrow_schema = Some(Arc::clone(&file.schema));
            scanned.statistics = Some(Arc::new(pruning::bounds(piece, file, &self.schema, &times)));
            match piece.plan(file) {
                Some(plan) => scanned.with_extension(plan),
                None => scanned,
            }
        };
        let cut = shares.iter().flatten().filter(|piece| piece.rows.is_some());
        let cut: HashSet<usize> = cut.map(|piece| piece.file).collect();
        let shares = shares.iter().map(|share| FileGroup::new(share.iter().map(scanned).collect()));
        let shares = shares.collect();

        let url = ObjectStoreUrl::local_filesystem();
        let store = state.runtime_env().object_store(&url)?;
        let schema = TableSchema::builder(Arc::new(inside))
            .with_table_partition_cols(outside.fields().to_vec())
            .build();
        let filtering = self.filtering(&projection, predicate.as_ref());
        let late = matches!(filtering, Filtering::InReader);
        let mut options = state.default_table_options().parquet;
        options.global.pushdown_filters = late;
        let known = |(index, file): (usize, &&ScanFile)| {
            let known = KnownFile::new(file.path.clone(), Arc::clone(&file.footer), cut.contains(&index));
            (file.meta.location.clone(), Arc::new(known))
        };
        let readers = DefaultParquetFileReaderFactory::new(store);
        let readers = LocalReaders::new(readers, files.iter().enumerate().map(known).collect());
        let mut source = ParquetSource::new(schema)
            .with_table_parquet_options(options)
            .with_pushdown_filters(late)
            .with_parquet_file_reader_factory(Arc::new(readers));
        if let Some(predicate) = &predicate {
            source = source.with_predicate(Arc::clone(&predicate.expr));
        }
        // Rows only. The engine builds a join's hash table of the side with fewer bytes where it knows them, and it would count
        // those of documents that are read and left behind long before the join.
        let rows = match filtering {
            Filtering::None => Precision::Exact(rows),
            Filtering::InReader => Precision::Inexact(rows.div_ceil(settings::FILTERED)),
            Filtering::Above(_) => Precision::Inexact(rows),
        };
        let statistics = Statistics::new_unknown(&self.schema).with_num_rows(rows);
        let read = match &filtering {
            Filtering::Above(columns) => columns,
            _ => &projection,
        };
        // Rows that the reader chose hold on to the pages of the others.
        let width = self.width(read) * if late { settings::FILTERED } else { 1 };
        let rows_of_batch = settings::batch_rows(state.config().batch_size(), width);
        let config = FileScanConfigBuilder::new(url, Arc::new(source))
            .with_file_groups(shares)
            .with_statistics(statistics)
            .with_projection_indices(Some(read.clone()))?
            .with_limit(limit.filter(|_| !matches!(filtering, Filtering::Above(_))))
            .with_batch_size(Some(rows_of_batch))
            .with_expr_adapter(Some(Arc::new(KustoAdapterFactory(Arc::clone(&self.adapter)))))
            .build();
        let scan = DataSourceExec::from_data_source(config);
        if late && self.width(read) >= settings::LATE_WIDTH {
            return Ok(Arc::new(CompactExec::new(scan)));
        }
        let (Filtering::Above(_), Some(predicate)) = (&filtering, predicate) else { return Ok(scan) };
        let expr = reassign_expr_columns(predicate.expr, &scan.schema())?;
        let filter = FilterExecBuilder::new(expr, scan)
            .apply_projection(Some((0..projection.len()).collect()))?
            .with_batch_size(state.config().batch_size())
            .build()?;
        Ok(Arc::new(filter))
    }
}
