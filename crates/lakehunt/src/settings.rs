//! The settings of the engine, each with its reason. There is no other place that sets one.

use crate::execute::Existence;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use datafusion::prelude::SessionConfig;
use std::sync::Arc;

/// Rows in a batch: DataFusion's own default, a good fit for the caches of a core.
pub const BATCH_SIZE: usize = 8_192;

/// Bytes in a batch of a scan. A batch of long texts keeps the pages that they stand in: with a filter that leaves one row in a
/// hundred, 8,192 rows of 1.4 kB documents hold on to a gigabyte.
const SCAN_BATCH_BYTES: usize = 1024 * 1024;

/// The fewest rows in a batch of a scan.
const SCAN_BATCH_ROWS: usize = 256;

/// How many rows a scan reads at a time where a row is of `width` bytes and the rest of a query has batches of `rows`.
pub fn batch_rows(rows: usize, width: usize) -> usize {
    // A power of two, and no more rows than asked for.
    let fitting = 1 << (SCAN_BATCH_BYTES / width.max(1)).max(SCAN_BATCH_ROWS).ilog2();
    rows.min(fitting)
}

/// Filters are evaluated in the Parquet reader where what it may then leave undecoded takes at least so many bytes a row.
/// For less it is cheaper to decode everything and to filter it: the reader keeps a selection, reads page by page, and
/// holds on to what the filters have decoded.
pub const LATE_WIDTH: usize = 64;

/// A row group is cut into pieces for several threads where each gets at least so many rows.
pub const LEAST_ROWS: usize = 32_768;

/// `Id in (…)` of a watch list of this length still skips row groups by statistics and Bloom filters.
pub const PRUNED_LIST: usize = 200;

/// One row in so many is expected to pass a filter: the engine's own guess, for scans that filter themselves.
pub const FILTERED: usize = 5;

/// A join's smaller side goes into one hash table if it is expected to have fewer rows. One thread fills the table, at some
/// ten million rows a second.
const ONE_TABLE: usize = 2 << 20;

/// What a row of a join takes, for the engine's other measure of the same.
const ROW_BYTES: usize = 64;

/// The stack of the threads that translate, plan and run queries. Trees of expressions are walked
/// recursively; a query of 500 nested parentheses must not end the process. It is address space, not memory:
/// only what is used gets backed.
pub const STACK_SIZE: usize = 64 * 1024 * 1024;

/// Batches that wait between a query and its reader. Two keep both busy and bound what a slow reader holds.
pub const BATCHES_IN_FLIGHT: usize = 2;

/// The configuration of a session with `threads`, batches of `batch_size` rows and `memory` bytes for all queries.
pub fn config(threads: usize, batch_size: usize, memory: Option<usize>) -> SessionConfig {
    let mut config = SessionConfig::new()
        .with_target_partitions(threads)
        .with_batch_size(batch_size)
        // Tables are found by our own catalog; the schema of information tables only costs start-up time.
        .with_information_schema(false)
        .with_create_default_catalog_and_schema(false)
        .with_default_catalog_and_schema(CATALOG, SCHEMA);
    let options = config.options_mut();
    // The places of KQL travel in the identifiers of the SQL; with this an error of the engine gives them back.
    options.sql_parser.collect_spans = true;
    // Kusto's names differ by case.
    options.sql_parser.enable_ident_normalization = false;
    // `x <op> decimal` must not turn into floating point, nor `1.5` into decimal: the binder types literals.
    options.sql_parser.parse_float_as_decimal = false;
    // `row_number() … <= n` per group becomes a heap of n rows a group and not a sort of everything: `top-nested`,
    // `arg_max`, the free choice of `innerunique`.
    options.optimizer.enable_window_topn = true;
    // Each scan decides for itself (see `catalog::provider`); the global switch would overrule it.
    options.execution.parquet.pushdown_filters = false;
    options.execution.parquet.max_in_list_size = PRUNED_LIST;
    // Scans come with a share of the row groups for each thread, and of the rows where there are few row groups.
    options.optimizer.repartition_file_scans = false;
    // Nor are the rows of other sources dealt out to the threads: those of `range`, `mv-expand` and the runtime's operations
    // have an order that Kusto keeps and that no key of the SQL says.
    options.optimizer.enable_round_robin_repartition = false;
    // Statistics come with the footers that the catalog reads anyhow; the engine need not collect its own.
    options.execution.collect_statistics = false;
    // Each sorter of a plan sets this aside for merging what it spilled. The engine's 10 MB would leave nothing to sort
    // in under a small limit.
    if let Some(memory) = memory {
        let share = memory / (4 * threads.max(1));
        options.execution.sort_spill_reservation_bytes =
            options.execution.sort_spill_reservation_bytes.min(share);
    }
    // Both sides of a join are shared out by its keys only where the smaller one is large: that copies all rows of the
    // larger one. A join of 5 million texts with 800 thousand takes a quarter less in one table.
    options.optimizer.hash_join_single_partition_threshold_rows = ONE_TABLE;
    options.optimizer.hash_join_single_partition_threshold = ONE_TABLE * ROW_BYTES;
    // Moving members of structs towards the scan is of no use where structs are rows that aggregates choose, and fails
    // where the groups around them have one column under two names.
    options.optimizer.enable_leaf_expression_pushdown = false;
    // The engine's check of itself takes a column for never null in one place and not in the other, and gives up.
    options.execution.skip_physical_aggregate_schema_check = true;
    // `EXPLAIN` is read by people.
    options.explain.format = datafusion::common::format::ExplainFormat::Indent;
    config
}

/// The name of the only catalog.
pub const CATALOG: &str = "lake";

/// The name of the only schema.
pub const SCHEMA: &str = "kql";

/// The engine's physical optimizer with a rule of ours, `Existence`, and without two rules that copy expressions from one node into another and would
/// read every document twice: in the filter and for the columns behind it. What they do for plain columns, the logical
/// optimizer has done before, and [`provider`](crate::catalog) hands filters to the Parquet reader itself.
pub fn physical_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    let mut rules = PhysicalOptimizer::new().rules;
    rules.retain(|r| !matches!(r.name(), "FilterPushdown" | "ProjectionPushdown"));
    // The sides of joins are chosen, the exchanges around them are not yet there.
    let chosen = rules.iter().position(|r| r.name() == "join_selection").map_or(0, |at| at + 1);
    rules.insert(chosen, Arc::new(Existence));
    rules
}
