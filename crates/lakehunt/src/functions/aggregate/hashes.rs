//! Hashes that belong to groups, in one buffer for all groups.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Hashes of values with their groups.
///
/// What comes is only appended. Now and then, and before anything is asked for, the groups are settled one after the other:
/// a table for each group would be a piece of memory for each, and every value would miss the processor's cache.
#[derive(Debug, Default)]
pub struct Hashes {
    groups: Vec<u32>,
    hashes: Vec<u64>,
    order: Order,
}

/// What is known of the order in which hashes stand.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// As they came.
    #[default]
    Any,
    /// Those of a group stand together, the groups in their order.
    Grouped,
    /// Besides, each is different from the others of its group.
    Settled,
}

impl Hashes {
    /// Adds the hash of a value of a group.
    #[inline]
    pub fn push(&mut self, group: usize, hash: u64) {
        self.groups.push(group as u32);
        self.hashes.push(hash);
        self.order = Order::Any;
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Brings those of a group together. There are `groups` groups.
    pub fn arrange(&mut self, groups: usize) {
        if self.order != Order::Any {
            return;
        }
        // Where the next hash of each group goes: first where the group begins, at last where it ends.
        let mut places = vec![0; groups];
        self.groups.iter().for_each(|&group| places[group as usize] += 1);
        let mut begin = 0;
        for place in &mut places {
            begin += std::mem::replace(place, begin);
        }
        let mut hashes = vec![0; self.hashes.len()];
        for (&group, &hash) in self.groups.iter().zip(&self.hashes) {
            let place = &mut places[group as usize];
            hashes[*place] = hash;
            *place += 1;
        }
        self.hashes = hashes;
        let mut begin = 0;
        for (group, &end) in places.iter().enumerate() {
            self.groups[begin..end].fill(group as u32);
            begin = end;
        }
        self.order = Order::Grouped;
    }

    /// Drops what a group has twice, and all hashes of a group for which `keep(group, its hashes)` is false.
    pub fn settle(&mut self, groups: usize, mut keep: impl FnMut(usize, &[u64]) -> bool) {
        if self.order == Order::Settled {
            return;
        }
        self.arrange(groups);
        let mut seen = HashTable::new();
        let (mut begin, mut kept) = (0, 0);
        while let Some(&group) = self.groups.get(begin) {
            let len = self.groups[begin..].iter().take_while(|g| **g == group).count();
            // Clearing costs as much as the table is large.
            if seen.capacity() > 1024.max(4 * len) {
                seen = HashTable::new();
            }
            seen.clear();
            let first = kept;
            for at in begin..begin + len {
                let hash = self.hashes[at];
                if let Entry::Vacant(place) = seen.entry(hash, |h| *h == hash, |h| *h) {
                    place.insert(hash);
                    self.hashes[kept] = hash;
                    kept += 1;
                }
            }
            begin += len;
            if keep(group as usize, &self.hashes[first..kept]) {
                self.groups[first..kept].fill(group);
            } else {
                kept = first;
            }
        }
        self.groups.truncate(kept);
        self.hashes.truncate(kept);
        self.order = Order::Settled;
    }

    /// The groups that have hashes, in their order, with those. To be called when they are arranged or settled.
    pub fn by_group(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let mut begin = 0;
        self.groups.chunk_by(|a, b| a == b).map(move |run| {
            let hashes = &self.hashes[begin..begin + run.len()];
            begin += run.len();
            (run[0] as usize, hashes)
        })
    }

    /// Forgets the first `forgotten` of `groups` groups; the others move down.
    pub fn forget(&mut self, forgotten: usize, groups: usize) {
        if forgotten == groups {
            *self = Hashes::default();
            return;
        }
        self.arrange(groups);
        let end = self.groups.partition_point(|group| (*group as usize) < forgotten);
        self.groups.drain(..end);
        self.hashes.drain(..end);
        self.groups.iter_mut().for_each(|group| *group -= forgotten as u32);
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.groups.capacity() * size_of::<u32>() + self.hashes.capacity() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(hashes: &Hashes) -> Vec<(usize, Vec<u64>)> {
        hashes.by_group().map(|(group, hashes)| (group, hashes.to_vec())).collect()
    }

    #[test]
    fn hashes_are_kept_once_a_group() {
        let mut hashes = Hashes::default();
        for (group, hash) in [(2, 7), (0, 0), (2, 7), (1, 7), (0, 5), (0, 0), (2, 1)] {
            hashes.push(group, hash);
        }
        hashes.arrange(4);
        assert_eq!(all(&hashes), [(0, vec![0, 5, 0]), (1, vec![7]), (2, vec![7, 7, 1])]);
        hashes.settle(4, |group, hashes| {
            assert_eq!(hashes.len(), [2, 1, 2][group]);
            group != 1
        });
        assert_eq!(all(&hashes), [(0, vec![0, 5]), (2, vec![7, 1])]);
        hashes.forget(1, 4);
        assert_eq!(all(&hashes), [(1, vec![7, 1])]);
        hashes.push(0, 3);
        hashes.push(1, 1);
        hashes.settle(3, |_, _| true);
        assert_eq!((all(&hashes), hashes.len()), (vec![(0, vec![3]), (1, vec![7, 1])], 3));
        hashes.forget(3, 3);
        assert_eq!((all(&hashes), hashes.heap()), (vec![], 0));
    }
}
