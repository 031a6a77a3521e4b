//! Reading the bytes of local files into memory that is used again.
//!
//! A column of documents has 40 MB in each row group. Memory of that size goes back to the system when it is freed, and the
//! system clears it, page by page, before it gives it out again: that took longer than to copy the file's bytes into it.

use bytes::Bytes;
use datafusion::common::Result;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::ParquetFileReaderFactory;
use datafusion::datasource::physical_plan::parquet::{DefaultParquetFileReaderFactory, ParquetFileMetrics};
use datafusion::object_store::path::Path as StorePath;
use datafusion::parquet::arrow::arrow_reader::ArrowReaderOptions;
use datafusion::parquet::arrow::async_reader::AsyncFileReader;
use datafusion::parquet::errors::Result as ParquetResult;
use datafusion::parquet::file::metadata::ParquetMetaData;
use datafusion::physical_plan::metrics::ExecutionPlanMetricsSet;
use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Makes readers of local files.
#[derive(Debug)]
pub(super) struct LocalReaders {
    /// The engine's readers: they know what to say where a file cannot be read.
    others: DefaultParquetFileReaderFactory,
    files: HashMap<StorePath, Arc<KnownFile>>,
    memory: Arc<Memory>,
}

/// What is known of a file before it is read.
#[derive(Debug)]
pub(super) struct KnownFile {
    path: PathBuf,
    /// The catalog has read it. The engine's cache of footers would forget the first of thousands before they are scanned.
    footer: Arc<ParquetMetaData>,
    /// Whether several threads read the same row groups, each some of the rows.
    cut: bool,
    /// What is read of it at the moment, where several want the same bytes.
    shared: Mutex<Vec<(Range<u64>, Weak<Lent>)>>,
}

impl KnownFile {
    /// A file with its footer. `cut`: several threads are to read the same row groups, each some of the rows.
    pub fn new(path: PathBuf, footer: Arc<ParquetMetaData>, cut: bool) -> KnownFile {
        KnownFile { path, footer, cut, shared: Mutex::default() }
    }
}

impl LocalReaders {
    /// For the files that the store knows by these names.
    pub fn new(
        others: DefaultParquetFileReaderFactory,
        files: HashMap<StorePath, Arc<KnownFile>>,
    ) -> LocalReaders {
        LocalReaders { others, files, memory: Arc::default() }
    }
}

impl ParquetFileReaderFactory for LocalReaders {
    fn create_reader(
        &self,
        partition: usize,
        file: PartitionedFile,
        hint: Option<usize>,
        metrics: &ExecutionPlanMetricsSet,
    ) -> Result<Box<dyn AsyncFileReader + Send>> {
        let location = file.object_meta.location.clone();
        let other = self.others.create_reader(partition, file, hint, metrics)?;
        let Some(known) = self.files.get(&location) else { return Ok(other) };
        let Ok(file) = File::open(&known.path) else { return Ok(other) };
        let metrics = ParquetFileMetrics::new(partition, location.as_ref(), metrics);
        let (known, memory) = (Arc::clone(known), Arc::clone(&self.memory));
        Ok(Box::new(LocalReader { file, known, other, memory, metrics }))
    }
}

struct LocalReader {
    file: File,
    known: Arc<KnownFile>,
    other: Box<dyn AsyncFileReader + Send>,
    memory: Arc<Memory>,
    metrics: ParquetFileMetrics,
}

impl LocalReader {
    fn read(&mut self, range: &Range<u64>) -> std::io::Result<Bytes> {
        if !self.known.cut {
            return Ok(Bytes::from_owner(self.fetch(range)?));
        }
        // The file may not tell where its pages are: then all of a column is read for some of its rows. Who comes second
        // waits for the first.
        let known = Arc::clone(&self.known);
        let mut shared = locked(&known.shared);
        shared.retain(|(_, lent)| lent.strong_count() > 0);
        let same = shared.iter().find(|(of, _)| of == range);
        let lent = match same.and_then(|(_, lent)| lent.upgrade()) {
            Some(lent) => lent,
            None => {
                let lent = Arc::new(self.fetch(range)?);
                shared.push((range.clone(), Arc::downgrade(&lent)));
                lent
            }
        };
        Ok(Bytes::from_owner(Held(lent)))
    }

    fn fetch(&mut self, range: &Range<u64>) -> std::io::Result<Lent> {
        let length = usize::try_from(range.end.saturating_sub(range.start)).map_err(std::io::Error::other)?;
        self.file.seek(SeekFrom::Start(range.start))?;
        let mut lent = Memory::lend(&self.memory, length);
        self.file.read_exact(&mut lent.bytes[..length])?;
        self.metrics.bytes_scanned.add(length);
        Ok(lent)
    }
}

/// Each of the ranges. Those without a gap between them are read as one: the pages of a column that are all wanted, although
/// each is asked for, are large together and small one by one.
fn read_all(
    ranges: &[Range<u64>],
    mut read: impl FnMut(&Range<u64>) -> std::io::Result<Bytes>,
) -> std::io::Result<Vec<Bytes>> {
    let mut all = Vec::with_capacity(ranges.len());
    for run in ranges.chunk_by(|before, next| before.end == next.start) {
        let ([first, ..], [.., last]) = (run, run) else { continue };
        let mut rest = read(&(first.start..last.end))?;
        // The lengths add up to what was read, but in a broken file.
        let length = |range: &Range<u64>| usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(0);
        all.extend(run.iter().map(|range| rest.split_to(length(range).min(rest.len()))));
    }
    Ok(all)
}

impl AsyncFileReader for LocalReader {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, ParquetResult<Bytes>> {
        match self.read(&range) {
            Ok(bytes) => ready(Ok(bytes)).boxed(),
            Err(_) => self.other.get_bytes(range),
        }
    }

    fn get_byte_ranges(&mut self, ranges: Vec<Range<u64>>) -> BoxFuture<'_, ParquetResult<Vec<Bytes>>> {
        match read_all(&ranges, |range| self.read(range)) {
            Ok(all) => ready(Ok(all)).boxed(),
            Err(_) => self.other.get_byte_ranges(ranges),
        }
    }

    fn get_metadata<'a>(
        &'a mut self,
        _options: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, ParquetResult<Arc<ParquetMetaData>>> {
        // Without the page index: the engine asks for it where it can leave pages out by it.
        ready(Ok(Arc::clone(&self.known.footer))).boxed()
    }
}

/// Memory of a scan that nobody reads from at the moment.
#[derive(Debug, Default)]
struct Memory(Mutex<Vec<Vec<u8>>>);

/// Memory of at least this size is kept; less is cheap to get.
const LARGE: usize = 1 << 20;

/// So many pieces are kept at most.
const KEPT: usize = 4;

/// What a mutex guards: always whole, also where a thread has panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    /// Memory with room for `length` bytes, which it holds until it is dropped.
    fn lend(memory: &Arc<Memory>, length: usize) -> Lent {
        let mut free = locked(&memory.0);
        let fits = |bytes: &Vec<u8>| bytes.len() >= length && bytes.len() / 2 <= length;
        let bytes = match free.iter().position(fits) {
            Some(at) if length >= LARGE => free.swap_remove(at),
            _ if length >= LARGE => {
                // What is too small is not kept beside what is new. What is too large is: the last row group of a file is
                // small, the first of the next is not.
                if let Some(small) = free.iter().position(|bytes| bytes.len() < length) {
                    free.swap_remove(small);
                }
                vec![0; length + length / 8]
            }
            _ => vec![0; length],
        };
        Lent { bytes, length, home: Arc::clone(memory) }
    }
}

/// Memory that goes back where it came from.
#[derive(Debug)]
struct Lent {
    bytes: Vec<u8>,
    length: usize,
    home: Arc<Memory>,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Memory that several read from.
struct Held(Arc<Lent>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref().as_ref()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let mut free = locked(&self.home.0);
        if bytes.len() >= LARGE && free.len() < KEPT {
            free.push(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again() {
        let memory = Arc::new(Memory::default());
        let first = Memory::lend(&memory, 3 * LARGE);
        let place = first.as_ref().as_ptr();
        assert_eq!(first.as_ref().len(), 3 * LARGE);
        drop(first);
        let again = Memory::lend(&memory, 2 * LARGE);
        assert_eq!((again.as_ref().as_ptr(), again.as_ref().len()), (place, 2 * LARGE));
        let other = Memory::lend(&memory, 2 * LARGE);
        drop((again, other));
        assert_eq!(locked(&memory.0).len(), 2);
        // Small pieces are not kept, and what does not fit makes room.
        drop(Memory::lend(&memory, 10));
        assert_eq!(locked(&memory.0).len(), 2);
        drop(Memory::lend(&memory, 9 * LARGE));
        assert_eq!(locked(&memory.0).len(), 2);
        // What is too large waits for what needs it.
        let place = Memory::lend(&memory, 9 * LARGE).as_ref().as_ptr();
        drop(Memory::lend(&memory, LARGE));
        assert_eq!(Memory::lend(&memory, 9 * LARGE).as_ref().as_ptr(), place);
    }

    #[test]
    fn ranges_without_a_gap_are_read_together() {
        let content: Vec<u8> = (0..=255).collect();
        let ranges = [3..10, 10..10, 10..30, 31..40, 5..7];
        let read = read_all(&ranges, |range| {
            assert!([3..30, 31..40, 5..7].contains(range));
            Ok(Bytes::copy_from_slice(&content[range.start as usize..range.end as usize]))
        });
        let expected = ranges.map(|r| content[r.start as usize..r.end as usize].to_vec());
        assert_eq!(read.unwrap(), expected);
    }
}
