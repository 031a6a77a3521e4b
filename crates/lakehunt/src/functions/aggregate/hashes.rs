//! Hashes that belong to groups, packed.

use super::grouped::by_owner;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Hashes of values with their groups, each mostly once a group.
///
/// What comes is only appended. Each time that so much has come it is put aside, those of a group together and each once: a table
/// for each group would be a piece of memory for each, and every value would miss the processor's cache; one vector for all would
/// be moved, and twice as large as need be, while it grows.
#[derive(Debug, Default)]
pub struct Hashes {
    /// The groups of the last hashes, and these.
    owners: Vec<u32>,
    last: Vec<u64>,
    aside: Vec<Segment>,
    /// The bytes that those put aside hold, and how many there are.
    heap: usize,
    count: usize,
    seen: Seen,
}

/// Hashes that were put aside: those of a group stand together, the groups in their order.
#[derive(Debug, Default)]
struct Segment {
    /// Each group, and where its hashes end.
    runs: Vec<(u32, usize)>,
    hashes: Vec<u64>,
}

/// So many are put aside at once.
const SEGMENT: usize = 1 << 17;

/// For so many hashes the table is kept at most.
const MANY: usize = 1 << 18;

impl Segment {
    /// The groups with their hashes.
    fn groups(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let mut begin = 0;
        self.runs.iter().map(move |&(group, end)| {
            let begin = std::mem::replace(&mut begin, end);
            (group as usize, &self.hashes[begin..end])
        })
    }

    fn heap(&self) -> usize {
        self.runs.capacity() * size_of::<(u32, usize)>() + self.hashes.capacity() * size_of::<u64>()
    }

    /// Ends a group: its hashes stand behind those before, each once. `keep` says whether they stay.
    fn end(&mut self, group: u32, mut keep: impl FnMut(usize, &[u64]) -> bool) {
        let begin = self.runs.last().map_or(0, |run| run.1);
        if begin == self.hashes.len() {
            return;
        }
        if keep(group as usize, &self.hashes[begin..]) {
            self.runs.push((group, self.hashes.len()));
        } else {
            self.hashes.truncate(begin);
        }
    }
}

impl Hashes {
    /// Adds the hash of a value of a group.
    #[inline]
    pub fn push(&mut self, group: usize, hash: u64) {
        self.owners.push(group as u32);
        self.last.push(hash);
    }

    /// Whether the last hashes are so many that they are to be put aside.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.last.len() >= SEGMENT
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count + self.last.len()
    }

    /// Puts the last hashes aside, but for those of a group for which `keep(group, its hashes)` is false.
    pub fn put_aside(&mut self, mut keep: impl FnMut(usize, &[u64]) -> bool) {
        if self.last.is_empty() {
            return;
        }
        let order = by_owner(&self.owners);
        let owner = |place: u32| self.owners[place as usize];
        let mut segment = Segment { runs: vec![], hashes: Vec::with_capacity(order.len()) };
        for places in order.chunk_by(|a, b| owner(*a) == owner(*b)) {
            let begin = segment.hashes.len();
            segment.hashes.extend(places.iter().map(|&place| self.last[place as usize]));
            self.seen.settle(begin, &mut segment.hashes);
            segment.end(owner(places[0]), &mut keep);
        }
        self.owners.clear();
        self.last.clear();
        self.keep(segment);
        self.seen.shrink();
    }

    fn keep(&mut self, mut segment: Segment) {
        segment.runs.shrink_to_fit();
        segment.hashes.shrink_to_fit();
        self.heap += segment.heap();
        self.count += segment.hashes.len();
        self.aside.push(segment);
    }

    /// How many hashes were put aside of those of the `groups` groups that were so more than once.
    pub fn several(&self, groups: usize) -> usize {
        let mut counts = vec![(0, false); groups];
        for (group, hashes) in self.aside.iter().flat_map(Segment::groups) {
            let (count, several) = &mut counts[group];
            *several = *count > 0;
            *count += hashes.len();
        }
        counts.iter().filter(|(_, several)| *several).map(|(count, _)| count).sum()
    }

    /// Calls `f` with each of the first `groups` groups and the hashes that were put aside of it, each once.
    pub fn for_each(&mut self, groups: usize, mut f: impl FnMut(usize, &[u64])) {
        let mut next: Vec<_> = self.aside.iter().map(|segment| segment.groups().peekable()).collect();
        let mut several = vec![];
        for group in 0..groups {
            let mut found = next.iter_mut().filter_map(|next| next.next_if(|run| run.0 == group));
            let first = found.next().map_or(&[][..], |run| run.1);
            several.clear();
            for (_, hashes) in found {
                if several.is_empty() {
                    several.extend_from_slice(first);
                }
                several.extend_from_slice(hashes);
            }
            if several.is_empty() {
                f(group, first);
            } else {
                self.seen.settle(0, &mut several);
                f(group, &several);
            }
        }
        self.seen.shrink();
    }

    /// Drops what a group has twice of what was put aside, and all hashes of a group for which `keep(group, its hashes)` is false.
    /// There are `groups` groups.
    pub fn settle(&mut self, groups: usize, mut keep: impl FnMut(usize, &[u64]) -> bool) {
        let mut settled = Segment::default();
        self.for_each(groups, |group, hashes| {
            settled.hashes.extend_from_slice(hashes);
            settled.end(group as u32, &mut keep);
        });
        self.aside.clear();
        (self.heap, self.count) = (0, 0);
        self.keep(settled);
    }

    /// Forgets the first `groups` groups; the others move down.
    pub fn forget(&mut self, groups: usize) {
        let mut kept = Hashes::default();
        for mut segment in std::mem::take(&mut self.aside) {
            let gone = segment.runs.partition_point(|run| (run.0 as usize) < groups);
            let before = segment.runs.drain(..gone).last().map_or(0, |run| run.1);
            segment.hashes.drain(..before);
            segment.runs.iter_mut().for_each(|run| *run = (run.0 - groups as u32, run.1 - before));
            if !segment.runs.is_empty() {
                kept.keep(segment);
            }
        }
        for (&owner, &hash) in self.owners.iter().zip(&self.last) {
            if let Some(group) = (owner as usize).checked_sub(groups) {
                kept.push(group, hash);
            }
        }
        *self = kept;
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.heap
            + self.owners.capacity() * size_of::<u32>()
            + self.last.capacity() * size_of::<u64>()
            + self.aside.capacity() * size_of::<Segment>()
            + self.seen.0.allocation_size()
    }
}

/// Finds what stands twice.
#[derive(Debug, Default)]
struct Seen(HashTable<u64>);

impl Seen {
    /// Drops what stands twice behind `begin`.
    fn settle(&mut self, begin: usize, hashes: &mut Vec<u64>) {
        let seen = &mut self.0;
        let len = hashes.len() - begin;
        if len < 2 {
            return;
        }
        // Clearing costs as much as the table is large.
        if seen.capacity() > 1024.max(4 * len) {
            *seen = HashTable::new();
        }
        seen.clear();
        let mut kept = begin;
        for at in begin..hashes.len() {
            let hash = hashes[at];
            if let Entry::Vacant(place) = seen.entry(hash, |h| *h == hash, |h| *h) {
                place.insert(hash);
                hashes[kept] = hash;
                kept += 1;
            }
        }
        hashes.truncate(kept);
    }

    /// Gives memory back that a large group took.
    fn shrink(&mut self) {
        if self.0.capacity() > MANY {
            self.0 = HashTable::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(hashes: &mut Hashes, groups: usize) -> Vec<Vec<u64>> {
        let mut all = vec![];
        hashes.for_each(groups, |_, hashes| all.push(hashes.to_vec()));
        all
    }

    #[test]
    fn hashes_are_kept_once_a_group() {
        let pieces = [(2, 7), (0, 0), (2, 7), (1, 7), (0, 5), (0, 0), (2, 1)];
        for aside in 0..pieces.len() {
            let mut hashes = Hashes::default();
            for (at, (group, hash)) in pieces.into_iter().enumerate() {
                hashes.push(group, hash);
                if at == aside {
                    hashes.put_aside(|_, _| true);
                }
            }
            hashes.put_aside(|_, _| true);
            assert_eq!(all(&mut hashes, 3), [vec![0, 5], vec![7], vec![7, 1]]);
            hashes.settle(4, |group, hashes| {
                assert_eq!(hashes.len(), [2, 1, 2][group]);
                group != 1
            });
            assert_eq!((all(&mut hashes, 3), hashes.len()), (vec![vec![0, 5], vec![], vec![7, 1]], 4));
            assert_eq!(hashes.several(3), 0);
            hashes.forget(1);
            hashes.push(1, 3);
            hashes.put_aside(|_, _| true);
            assert_eq!((all(&mut hashes, 2), hashes.several(2)), (vec![vec![], vec![7, 1, 3]], 3));
            hashes.push(0, 3);
            hashes.push(1, 1);
            hashes.forget(1);
            hashes.put_aside(|_, hashes| hashes != [1]);
            assert_eq!((all(&mut hashes, 1), hashes.len()), (vec![vec![7, 1, 3]], 3));
            hashes.forget(1);
            assert_eq!((all(&mut hashes, 1), hashes.heap()), (vec![vec![]], 0));
        }
    }
}
