//! Which row groups a scan has to read, found from the statistics in the footers while the query is planned.
//!
//! The reader finds it out once more, file by file. Knowing it beforehand lets a scan give every thread the same share
//! of what is left (`Timestamp > ago(1d)` may leave two row groups of the last file), and tells the planner of joins
//! which side is small.

use super::adapt::{Columns, KustoAdapterFactory};
use super::load::time_bounds;
use super::provider::ScanFile;
use crate::settings;
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::stats::Precision;
use datafusion::common::{Result, ScalarValue, Statistics};
use datafusion::datasource::listing::FileRange;
use datafusion::datasource::physical_plan::parquet::{
    ParquetAccessPlan, ParquetFileMetrics, RowGroupAccessPlanFilter,
};
use datafusion::parquet::file::metadata::RowGroupMetaData;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr_adapter::PhysicalExprAdapterFactory;
use datafusion::physical_optimizer::pruning::{PruningPredicate, PruningPredicateBuilder};
use datafusion::physical_plan::metrics::ExecutionPlanMetricsSet;
use std::ops::Range;
use std::sync::Arc;

/// Finds the row groups in which a predicate may be true.
pub(super) struct Pruning {
    predicate: Arc<dyn PhysicalExpr>,
    adapters: KustoAdapterFactory,
    table: SchemaRef,
    /// The predicate on the columns of a file, for the schema that the last file had: most files of a table have the same.
    adapted: Option<(SchemaRef, Option<Arc<PruningPredicate>>)>,
    metrics: ExecutionPlanMetricsSet,
}

impl Pruning {
    /// For a predicate on the columns of `table`.
    pub fn new(predicate: Arc<dyn PhysicalExpr>, columns: &Arc<Columns>, table: SchemaRef) -> Pruning {
        let adapters = KustoAdapterFactory(Arc::clone(columns));
        Pruning { predicate, adapters, table, adapted: None, metrics: ExecutionPlanMetricsSet::new() }
    }

    /// The indexes of the row groups of a file that must be read.
    pub fn groups(&mut self, file: &ScanFile) -> Result<Vec<usize>> {
        let groups = file.footer.row_groups();
        let mut filter = RowGroupAccessPlanFilter::new(ParquetAccessPlan::new_all(groups.len()));
        let same = |known: &SchemaRef| Arc::ptr_eq(known, &file.schema) || *known == file.schema;
        if !self.adapted.as_ref().is_some_and(|(schema, _)| same(schema)) {
            let adapter = self.adapters.create(Arc::clone(&self.table), Arc::clone(&file.schema))?;
            let predicate = adapter.rewrite(Arc::clone(&self.predicate))?;
            let pruning = PruningPredicateBuilder::new()
                .with_file_schema(Arc::clone(&file.schema))
                .with_max_in_list_size(settings::PRUNED_LIST)
                .build(predicate);
            self.adapted = Some((Arc::clone(&file.schema), pruning));
        }
        if let Some((schema, Some(predicate))) = &self.adapted {
            let metrics = ParquetFileMetrics::new(0, file.meta.location.as_ref(), &self.metrics);
            let parquet = file.footer.file_metadata().schema_descr();
            filter.prune_by_statistics(schema, parquet, groups, predicate, &metrics);
        }
        Ok(filter.build().row_group_indexes())
    }
}

/// A piece of a file for one thread.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The index of the file.
    pub file: usize,
    /// The bytes in which its row groups begin.
    pub range: Range<i64>,
}

/// Between which values a piece has its time columns: the engine reads that piece first which `top` wants, and leaves
/// a piece in the middle once `top` has found enough elsewhere.
///
/// `columns` are the indexes of the time columns in the table.
pub(super) fn bounds(piece: &Piece, file: &ScanFile, table: &SchemaRef, columns: &[usize]) -> Statistics {
    let mut statistics = Statistics::new_unknown(table);
    for &column in columns {
        if let Some((min, max)) = bounds_of(piece, file, table.field(column).name()) {
            let exact = |nanos| Precision::Exact(ScalarValue::TimestampNanosecond(Some(nanos), None));
            let of_column = &mut statistics.column_statistics[column];
            (of_column.min_value, of_column.max_value) = (exact(min), exact(max));
        }
    }
    statistics
}

/// The bounds of a time column. None where a row group does not tell them.
fn bounds_of(piece: &Piece, file: &ScanFile, name: &str) -> Option<(i64, i64)> {
    let DataType::Timestamp(unit, _) = file.schema.field_with_name(name).ok()?.data_type() else {
        return None;
    };
    let groups = file.footer.row_groups().iter().filter(|group| piece.range.contains(&begin(group)));
    let bounds: Vec<(i64, i64)> =
        groups.map(|group| time_bounds(group, name, *unit)).collect::<Option<_>>()?;
    Some((bounds.iter().map(|b| b.0).min()?, bounds.iter().map(|b| b.1).max()?))
}

/// Shares row groups out to `threads` lists, each a run of the whole with about the same number of rows. `files` gives the
/// row groups to read of each file: where each begins, and how many rows it has.
pub(super) fn shares(files: &[Vec<(i64, usize)>], threads: usize) -> Vec<Vec<Piece>> {
    let rows: usize = files.iter().flatten().map(|g| g.1).sum();
    let mut shares: Vec<Vec<Piece>> = (0..threads.max(1)).map(|_| Vec::new()).collect();
    let mut before = 0;
    for (file, groups) in files.iter().enumerate() {
        for &(begin, of_group) in groups {
            // The share in which the middle of the group lies.
            let share = (before + of_group / 2) * shares.len() / rows.max(1);
            let last = shares.len() - 1;
            let share = &mut shares[share.min(last)];
            match share.last_mut() {
                Some(piece) if piece.file == file => piece.range.end = begin + 1,
                _ => share.push(Piece { file, range: begin..begin + 1 }),
            }
            before += of_group;
        }
    }
    shares.retain(|share| !share.is_empty());
    shares
}

impl From<&Piece> for FileRange {
    fn from(piece: &Piece) -> FileRange {
        FileRange { start: piece.range.start, end: piece.range.end }
    }
}

/// Where a row group begins, as the reader sees it.
pub(super) fn begin(group: &RowGroupMetaData) -> i64 {
    let first = group.columns().first();
    first.map_or(0, |column| column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_about_the_same_number_of_rows() {
        let files = [vec![(4, 100), (50, 100), (90, 100)], vec![], vec![(4, 100), (60, 10)]];
        let piece = |file, range| Piece { file, range };
        assert_eq!(shares(&files, 2), [vec![piece(0, 4..51)], vec![piece(0, 90..91), piece(2, 4..61)]]);
        assert_eq!(shares(&files, 1), [[piece(0, 4..91), piece(2, 4..61)]]);
        // No thread without work, no row group lost.
        assert_eq!(shares(&[vec![(4, 7)]], 8), [[piece(0, 4..5)]]);
        assert_eq!(shares(&[vec![]], 2), Vec::<Vec<Piece>>::new());
        assert_eq!(shares(&[vec![(4, 0), (9, 0)]], 2), [[piece(0, 4..10)]]);
    }
}
