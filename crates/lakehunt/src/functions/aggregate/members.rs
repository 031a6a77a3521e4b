//! Distinct members of groups: the elements of sets, the properties of bags.

use super::runs::Joined;
use datafusion::arrow::array::{ArrayRef, Int64Array};
use datafusion::common::Result;
use datafusion::common::hash_utils::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;
use std::sync::Arc;

/// The distinct members of all groups in the order in which they first came: one hash table for all groups.
#[derive(Debug)]
pub struct Members {
    max: u64,
    hasher: RandomState,
    /// Positions in `members`.
    table: HashTable<u32>,
    members: Vec<Member>,
    text: Vec<u8>,
    /// How many members each group has.
    sizes: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Member {
    hash: u64,
    at: usize,
    len: u32,
    /// The part of the text, from its beginning, that must differ.
    key: u32,
    group: u32,
}

impl Members {
    /// No members; every group will keep at most `max`.
    pub fn new(max: u64) -> Self {
        Members {
            max,
            hasher: RandomState::default(),
            table: HashTable::new(),
            members: vec![],
            text: vec![],
            sizes: vec![],
        }
    }

    /// There are so many groups.
    pub fn grow(&mut self, groups: usize) {
        self.sizes.resize(groups, 0);
    }

    /// Adds a member, unless the group is full or has one that begins with the same `key` bytes.
    #[inline]
    pub fn insert(&mut self, group: usize, text: &str, key: usize) {
        let Members { max, hasher, table, members, text: all, sizes } = self;
        if sizes[group] >= *max {
            return;
        }
        let wanted = &text.as_bytes()[..key];
        let hash = hasher.hash_one((group, wanted));
        let same = |&i: &u32| {
            let m = &members[i as usize];
            m.hash == hash && m.group as usize == group && all[m.at..m.at + m.key as usize] == *wanted
        };
        if let Entry::Vacant(place) = table.entry(hash, same, |&i| members[i as usize].hash) {
            place.insert(members.len() as u32);
            members.push(Member {
                hash,
                at: all.len(),
                len: text.len() as u32,
                key: key as u32,
                group: group as u32,
            });
            all.extend_from_slice(text.as_bytes());
            sizes[group] += 1;
        }
    }

    /// How many members the first `groups` groups have: `long`s.
    pub fn sizes(&self, groups: usize) -> ArrayRef {
        Arc::new(self.sizes[..groups].iter().map(|&n| Some(n as i64)).collect::<Int64Array>())
    }

    /// The members of each of the first `groups` groups with commas between, in `open` and `close`.
    pub fn join(&self, groups: usize, open: &str, close: &str) -> Result<ArrayRef> {
        let mut joined = Joined::new(groups, open, close);
        self.members.iter().for_each(|m| joined.count(m.group, m.len as usize));
        joined.start()?;
        self.members.iter().for_each(|m| joined.write(m.group, &self.text[m.at..m.at + m.len as usize]));
        joined.finish()
    }

    /// Forgets the first `groups` groups; the others move down.
    pub fn forget(&mut self, groups: usize) {
        let old = std::mem::replace(self, Members::new(self.max));
        self.grow(old.sizes.len() - groups);
        for m in old.members.iter().filter(|m| m.group as usize >= groups) {
            // Only whole strings were put in.
            let text = std::str::from_utf8(&old.text[m.at..m.at + m.len as usize]).unwrap_or_default();
            self.insert(m.group as usize - groups, text, m.key as usize);
        }
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.table.allocation_size()
            + self.members.capacity() * size_of::<Member>()
            + self.text.capacity()
            + self.sizes.capacity() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::AsArray;

    #[test]
    fn members_are_kept_once_a_group_up_to_the_limit() {
        let mut members = Members::new(2);
        members.grow(2);
        for (group, text) in [(0, "1"), (1, "1"), (0, "1"), (0, "2"), (0, "3")] {
            members.insert(group, text, text.len());
        }
        members.insert(1, "\"k\":1", 3);
        members.insert(1, "\"k\":2", 3);
        let texts = |m: &Members, n| {
            m.join(n, "", "")
                .unwrap()
                .as_string_view()
                .iter()
                .map(|v| v.unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&members, 2), ["1,2", "1,\"k\":1"]);
        members.forget(1);
        assert_eq!(texts(&members, 1), ["1,\"k\":1"]);
        members.insert(0, "1", 1);
        assert_eq!(texts(&members, 1), ["1,\"k\":1"]);
    }
}
