//! Distinct members of groups: the elements of sets, the properties of bags.

use super::json::{key_len, split};
use super::runs::Runs;
use crate::functions::adapter::{GroupState, Input};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::common::Result;
use datafusion::common::hash_utils::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::{BuildHasher, Hasher};

/// The distinct members of all groups in the order in which they first came.
///
/// What comes is only appended. Now and then, and before anything is asked for, the groups are settled one
/// after the other: the small table of one group stays in the processor's cache, where one table for millions
/// of members of all groups would miss it with every look.
#[derive(Debug)]
pub struct Members {
    max: u64,
    kind: Kind,
    runs: Runs,
    groups: usize,
    /// Whether nothing came since the groups were settled.
    settled: bool,
    /// At so many bytes of text the groups are settled.
    settle_at: usize,
}

/// What is gathered: says what makes a member different from the others of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Elements of a set, each different from the others as a whole.
    Set,
    /// Properties of a bag, different by the `"key"` that they begin with.
    Bag,
}

/// The least text that is worth settling.
const LITTLE: usize = 4 << 20;
/// The most that gathers between two settlements, where settling showed to help little.
const MUCH: usize = 256 << 20;

impl Members {
    /// No members; every group will have at most `max`.
    pub fn new(max: u64, kind: Kind) -> Self {
        Members { max, kind, runs: Runs::default(), groups: 0, settled: true, settle_at: LITTLE }
    }

    /// There are so many groups.
    pub fn grow(&mut self, groups: usize) {
        self.groups = groups;
    }

    /// Adds members, written by `write` with commas between, unless the group has them.
    #[inline]
    pub fn add(&mut self, group: usize, write: impl FnOnce(&mut Vec<u8>)) {
        self.runs.push(group, write);
        self.settled = false;
    }

    /// To be called after every batch: settles if too much has gathered.
    pub fn tidy(&mut self) -> Result<()> {
        if self.runs.text_len() < self.settle_at {
            return Ok(());
        }
        let before = self.runs.text_len();
        self.settle()?;
        let after = self.runs.text_len();
        let more = if after > before / 10 * 9 { (15 * after).min(MUCH) } else { after };
        self.settle_at = after + more.max(LITTLE);
        Ok(())
    }

    /// Drops what a group has twice, and what is too much.
    fn settle(&mut self) -> Result<()> {
        if self.settled {
            return Ok(());
        }
        // What was joined is not needed any more.
        let joined = std::mem::take(&mut self.runs).join(self.groups, "", "")?;
        let mut seen = Seen::default();
        let mut runs = Runs::default();
        for (group, text) in joined.as_string_view().iter().enumerate() {
            let text = text.unwrap_or_default();
            seen.start(text);
            let mut left = self.max;
            let mut first = true;
            runs.push(group, |out| {
                for member in split(text) {
                    let key = match self.kind {
                        Kind::Set => member,
                        Kind::Bag => &member[..key_len(member.as_bytes())],
                    };
                    if left > 0 && seen.is_new(key) {
                        left -= 1;
                        if !std::mem::take(&mut first) {
                            out.push(b',');
                        }
                        out.extend_from_slice(member.as_bytes());
                    }
                }
            });
        }
        self.runs = runs;
        self.settled = true;
        Ok(())
    }

    /// The members of each of the first `groups` groups with commas between, for [`Members::add`] elsewhere.
    pub fn save(&mut self, groups: usize) -> Result<ArrayRef> {
        // Where settling helps little it waits until all is together.
        if self.settle_at < MUCH / 8 {
            self.settle()?;
        }
        self.runs.join(groups, "", "")
    }

    /// What [`Members::save`] gave elsewhere.
    pub fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let texts = input.columns[0].as_string_view();
        input.for_each(|row, group| {
            if texts.is_valid(row) {
                self.add(group, |out| out.extend_from_slice(texts.value(row).as_bytes()));
            }
        });
        self.tidy()
    }

    /// The first `groups` groups as arrays or bags.
    pub fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        self.settle()?;
        match self.kind {
            Kind::Set => self.runs.join(groups, "[", "]"),
            Kind::Bag => self.runs.join(groups, "{", "}"),
        }
    }

    /// Forgets the first `groups` groups; the others move down.
    pub fn forget(&mut self, groups: usize) {
        self.runs.forget(groups);
        self.groups -= groups;
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.runs.heap()
    }
}

/// Members with what adds a batch to them: the state of an aggregate.
#[derive(Debug)]
pub struct Gathered {
    /// Of all groups.
    pub members: Members,
    /// Adds the rows of a batch.
    pub add: fn(&mut Members, &Input<'_>) -> Result<()>,
}

impl GroupState for Gathered {
    fn grow(&mut self, groups: usize) {
        self.members.grow(groups);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        (self.add)(&mut self.members, input)?;
        self.members.tidy()
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        self.members.merge(input)
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.members.save(groups)?])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        self.members.finish(groups)
    }

    fn forget(&mut self, groups: usize) {
        self.members.forget(groups);
    }

    fn heap(&self) -> usize {
        self.members.heap()
    }
}

/// The keys seen in one group.
#[derive(Debug, Default)]
struct Seen<'a> {
    hasher: RandomState,
    /// All keys, as long as they are few.
    few: Vec<&'a str>,
    many: HashTable<(u64, &'a str)>,
}

const FEW: usize = 8;

impl<'a> Seen<'a> {
    /// Begins a group whose members have this text.
    fn start(&mut self, text: &str) {
        self.few.clear();
        // Clearing costs as much as the table is large.
        if self.many.capacity() > 1024.max(text.len()) {
            self.many = HashTable::new();
        } else {
            self.many.clear();
        }
    }

    fn is_new(&mut self, key: &'a str) -> bool {
        if self.many.is_empty() {
            if self.few.contains(&key) {
                return false;
            }
            if self.few.len() < FEW {
                self.few.push(key);
                return true;
            }
            for known in self.few.drain(..) {
                let hash = hash(&self.hasher, known);
                self.many.insert_unique(hash, (hash, known), |(h, _)| *h);
            }
        }
        let hash = hash(&self.hasher, key);
        match self.many.entry(hash, |(h, k)| *h == hash && *k == key, |(h, _)| *h) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert((hash, key));
                true
            }
        }
    }
}

fn hash(hasher: &RandomState, key: &str) -> u64 {
    let mut state = hasher.build_hasher();
    state.write(key.as_bytes());
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(members: &mut Members, groups: usize) -> Vec<String> {
        members.settle().unwrap();
        let joined = members.runs.join(groups, "", "").unwrap();
        joined.as_string_view().iter().map(|v| v.unwrap().to_owned()).collect()
    }

    fn add(members: &mut Members, group: usize, text: &str) {
        members.add(group, |out| out.extend_from_slice(text.as_bytes()));
    }

    #[test]
    fn members_are_kept_once_a_group_up_to_the_limit() {
        let mut members = Members::new(2, Kind::Set);
        members.grow(2);
        for (group, text) in [(0, "1"), (1, "1"), (0, "1,2"), (0, "2"), (0, "3"), (1, "1"), (1, "11")] {
            add(&mut members, group, text);
        }
        assert_eq!(texts(&mut members, 2), ["1,2", "1,11"]);
        members.forget(1);
        assert_eq!(texts(&mut members, 1), ["1,11"]);
        add(&mut members, 0, "1");
        assert_eq!(texts(&mut members, 1), ["1,11"]);
    }

    #[test]
    fn of_properties_the_first_with_a_key_stays() {
        let mut members = Members::new(9, Kind::Bag);
        members.grow(1);
        for text in [r#""k":1,"kk":3"#, r#""k":2"#, r#""l":4"#] {
            add(&mut members, 0, text);
        }
        assert_eq!(texts(&mut members, 1), [r#""k":1,"kk":3,"l":4"#]);
    }

    #[test]
    fn settling_in_between_changes_nothing() {
        let mut members = Members::new(u64::MAX, Kind::Set);
        members.grow(7);
        for round in 0..40 {
            for n in 0..70_000_usize {
                add(&mut members, n % 7, &(if round < 2 { n * 2 } else { n }).to_string());
            }
            members.tidy().unwrap();
            assert!(members.heap() < 64 << 20);
        }
        let all = texts(&mut members, 7);
        for (group, text) in all.iter().enumerate() {
            // First what the first rounds brought, then what only the later ones did.
            let mut expected: Vec<usize> = (group..70_000).step_by(7).map(|n| n * 2).collect();
            let known: std::collections::HashSet<_> = expected.iter().copied().collect();
            expected.extend((group..70_000).step_by(7).filter(|n| !known.contains(n)));
            assert!(split(text).eq(expected.iter().map(|n| n.to_string())), "group {group}");
        }
    }
}
