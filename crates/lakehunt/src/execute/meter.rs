//! Measuring a query: its memory, and how far its scans are.

use super::Progress;
use crate::operations::inputs_of;
use datafusion::common::Result;
use datafusion::datasource::physical_plan::FileScanConfig;
use datafusion::datasource::source::DataSourceExec;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryLimit, MemoryPool, MemoryReservation};
use datafusion::physical_plan::ExecutionPlan;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A memory pool that remembers the most that one query held, and leaves all decisions to the session's pool.
#[derive(Debug)]
pub(super) struct Meter {
    pool: Arc<dyn MemoryPool>,
    used: AtomicUsize,
    peak: AtomicUsize,
}

impl Meter {
    /// For one query.
    pub(super) fn new(pool: Arc<dyn MemoryPool>) -> Meter {
        Meter { pool, used: AtomicUsize::new(0), peak: AtomicUsize::new(0) }
    }

    /// The most bytes held at a time.
    pub(super) fn peak(&self) -> usize {
        self.peak.load(Ordering::Relaxed)
    }

    fn grown(&self, bytes: usize) {
        let used = self.used.fetch_add(bytes, Ordering::Relaxed) + bytes;
        self.peak.fetch_max(used, Ordering::Relaxed);
    }
}

impl fmt::Display for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.pool)
    }
}

impl MemoryPool for Meter {
    fn name(&self) -> &str {
        self.pool.name()
    }

    fn register(&self, consumer: &MemoryConsumer) {
        self.pool.register(consumer);
    }

    fn unregister(&self, consumer: &MemoryConsumer) {
        self.pool.unregister(consumer);
    }

    fn grow(&self, reservation: &MemoryReservation, additional: usize) {
        self.pool.grow(reservation, additional);
        self.grown(additional);
    }

    fn shrink(&self, reservation: &MemoryReservation, shrink: usize) {
        self.pool.shrink(reservation, shrink);
        self.used.fetch_sub(shrink, Ordering::Relaxed);
    }

    fn try_grow(&self, reservation: &MemoryReservation, additional: usize) -> Result<()> {
        self.pool.try_grow(reservation, additional)?;
        self.grown(additional);
        Ok(())
    }

    fn reserved(&self) -> usize {
        self.pool.reserved()
    }

    fn memory_limit(&self) -> MemoryLimit {
        self.pool.memory_limit()
    }
}

/// The configuration of a scan of files, if the plan node is one.
pub(super) fn scan_of(plan: &Arc<dyn ExecutionPlan>) -> Option<&FileScanConfig> {
    plan.downcast_ref::<DataSourceExec>()?.data_source().downcast_ref::<FileScanConfig>()
}

/// Adds up the scans of a plan.
pub(super) fn add_progress(plan: &Arc<dyn ExecutionPlan>, progress: &mut Progress) {
    if let Some(scan) = scan_of(plan) {
        let mut files: Vec<_> =
            scan.file_groups.iter().flat_map(|g| g.iter()).map(|f| &f.object_meta.location).collect();
        files.sort();
        files.dedup();
        progress.files += files.len();
        if let Some(metrics) = plan.metrics() {
            let sum = |name: &str| metrics.sum_by_name(name).map_or(0, |v| v.as_usize());
            progress.files_opened += sum("files_opened").min(files.len());
            progress.bytes_read += sum("bytes_scanned");
            progress.rows_read += metrics.output_rows().unwrap_or(0);
        }
    }
    for child in plan.children().into_iter().chain(inputs_of(plan)) {
        add_progress(child, progress);
    }
}
