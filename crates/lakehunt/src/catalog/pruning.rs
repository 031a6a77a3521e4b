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
    ParquetAccessPlan, ParquetFileMetrics, RowGroupAccess, RowGroupAccessPlanFilter,
};
use datafusion::parquet::arrow::arrow_reader::RowSelection;
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

/// A row group to read.
#[derive(Debug)]
pub(super) struct Group {
    /// Its index in the file.
    pub index: usize,
    /// Where it begins.
    pub begin: i64,
    /// How many rows it has.
    pub rows: usize,
}

impl Group {
    /// The row group with this index.
    pub fn new(index: usize, group: &RowGroupMetaData) -> Group {
        Group { index, begin: begin(group), rows: usize::try_from(group.num_rows()).unwrap_or(0) }
    }
}

/// A piece of a file for one thread.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The index of the file.
    pub file: usize,
    /// The bytes in which its row groups begin.
    pub range: Range<i64>,
    /// Where it is less than a row group: its index, and which of its rows.
    pub rows: Option<(usize, Range<usize>)>,
}

impl Piece {
    /// What of `file` is to be read, where that is less than a row group.
    pub fn plan(&self, file: &ScanFile) -> Option<ParquetAccessPlan> {
        let (index, rows) = self.rows.as_ref()?;
        let groups = file.footer.row_groups();
        let all = usize::try_from(groups.get(*index)?.num_rows()).ok()?;
        let mut plan = ParquetAccessPlan::new_none(groups.len());
        let selection = RowSelection::from_consecutive_ranges(std::iter::once(rows.clone()), all);
        plan.set(*index, RowGroupAccess::Selection(selection));
        Some(plan)
    }
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
/// row groups to read of each file.
pub(super) fn shares(files: &[Vec<Group>], threads: usize) -> Vec<Vec<Piece>> {
    let rows: usize = files.iter().flatten().map(|g| g.rows).sum();
    let mut shares: Vec<Vec<Piece>> = (0..threads.max(1)).map(|_| Vec::new()).collect();
    let mut before = 0;
    for (file, groups) in files.iter().enumerate() {
        for group in groups {
            for part in parts(group, before, rows, shares.len()) {
                // The share in which the middle of the part lies.
                let share = (before + part.start.midpoint(part.end)) * shares.len() / rows.max(1);
                let last = shares.len() - 1;
                let share = &mut shares[share.min(last)];
                let rows = (part.len() < group.rows).then_some((group.index, part));
                match share.last_mut() {
                    Some(piece) if piece.file == file && piece.rows.is_none() && rows.is_none() => {
                        piece.range.end = group.begin + 1;
                    }
                    _ => share.push(Piece { file, range: group.begin..group.begin + 1, rows }),
                }
            }
            before += group.rows;
        }
    }
    shares.retain(|share| !share.is_empty());
    shares
}

/// The rows of a row group, cut where one of `threads` shares of all `rows` ends and another begins. `before` rows come before
/// the group. It is not cut for few rows: a page that is cut is decompressed twice.
fn parts(group: &Group, before: usize, rows: usize, threads: usize) -> Vec<Range<usize>> {
    let least = settings::LEAST_ROWS.max(rows / threads / 8);
    let mut parts = Vec::new();
    let mut begin = 0;
    for share in 1..threads {
        let cut = (share * rows / threads).saturating_sub(before);
        if cut >= begin + least && cut + least <= group.rows {
            parts.push(begin..cut);
            begin = cut;
        }
    }
    parts.push(begin..group.rows);
    parts
}

impl From<&Piece> for FileRange {
    fn from(piece: &Piece) -> FileRange {
        FileRange { start: piece.range.start, end: piece.range.end }
    }
}

/// Where a row group begins, as the reader sees it.
fn begin(group: &RowGroupMetaData) -> i64 {
    let first = group.columns().first();
    first.map_or(0, |column| column.dictionary_page_offset().unwrap_or_else(|| column.data_page_offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_about_the_same_number_of_rows() {
        let group = |(begin, rows)| Group { index: 0, begin, rows };
        let shares = |files: &[Vec<(i64, usize)>], threads| {
            let groups = files.iter().map(|file| file.iter().copied().map(group).collect());
            super::shares(&groups.collect::<Vec<_>>(), threads)
        };
        let files = [vec![(4, 100), (50, 100), (90, 100)], vec![], vec![(4, 100), (60, 10)]];
        let piece = |file, range| Piece { file, range, rows: None };
        assert_eq!(shares(&files, 2), [vec![piece(0, 4..51)], vec![piece(0, 90..91), piece(2, 4..61)]]);
        assert_eq!(shares(&files, 1), [[piece(0, 4..91), piece(2, 4..61)]]);
        // No thread without work, no row group lost.
        assert_eq!(shares(&[vec![(4, 7)]], 8), [[piece(0, 4..5)]]);
        assert_eq!(shares(&[vec![]], 2), Vec::<Vec<Piece>>::new());
        assert_eq!(shares(&[vec![(4, 0), (9, 0)]], 2), [[piece(0, 4..10)]]);
    }

    #[test]
    fn a_row_group_is_cut_where_a_share_ends() {
        const K: usize = settings::LEAST_ROWS;
        let shares = |rows: &[usize], threads| {
            let group = |(index, &rows)| Group { index, begin: 4 + 10 * index as i64, rows };
            let shares = super::shares(&[rows.iter().enumerate().map(group).collect()], threads);
            // (0, 0..0) is whole row groups.
            let rows = |piece: &Piece| piece.rows.clone().unwrap_or((0, 0..0));
            shares.iter().map(|share| share.iter().map(rows).collect()).collect::<Vec<Vec<_>>>()
        };
        let whole = || (0, 0..0);
        // One for three, three for two.
        assert_eq!(shares(&[3 * K], 3), [[(0, 0..K)], [(0, K..2 * K)], [(0, 2 * K..3 * K)]]);
        let expected = [[whole(), (1, 0..2 * K)], [(1, 2 * K..4 * K), whole()]];
        assert_eq!(shares(&[4 * K, 4 * K, 4 * K], 2), expected);
        // Not for few rows, nor where it makes little difference.
        assert_eq!(shares(&[2 * K - 2], 2), [[whole()]]);
        assert_eq!(shares(&[39 * K, 41 * K], 2), [[whole()], [whole()]]);
    }
}
