//! Distinct members of groups: the elements of sets, the properties of bags.

use super::json::{element_end, key_len};
use super::runs::{Joined, Runs};
use crate::functions::adapter::{GroupState, Input};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::common::Result;
use datafusion::common::hash_utils::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

/// The distinct members of all groups in the order in which they first came.
///
/// What comes is only appended, and settled when so much has come that it is put aside: the small table of one group stays in the
/// processor's cache, where one table for millions of members of all groups would miss it with every look. What a group has in
/// several places is settled when all is together, and now and then before.
#[derive(Debug)]
pub struct Members {
    max: u64,
    kind: Kind,
    runs: Runs,
    groups: usize,
    /// Whether each of the last pieces was settled elsewhere.
    merged: bool,
    seen: Seen,
    /// At so many bytes of text all is settled.
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
/// So many places are searched for the text of a group at most, where they hold little.
const PLACES: usize = 64;

impl Members {
    /// No members; every group will have at most `max`.
    pub fn new(max: u64, kind: Kind) -> Self {
        let (runs, seen) = (Runs::default(), Seen::default());
        Members { max, kind, runs, groups: 0, merged: false, seen, settle_at: LITTLE }
    }

    /// There are so many groups.
    pub fn grow(&mut self, groups: usize) {
        self.groups = groups;
    }

    /// Adds members, written by `write` with commas between, unless the group has them.
    #[inline]
    pub fn add(&mut self, group: usize, write: impl FnOnce(&mut Vec<u8>)) {
        self.runs.push(group, write);
    }

    /// Puts the last pieces aside, each settled.
    fn put_aside(&mut self) -> Result<()> {
        let Members { max, kind, runs, merged, seen, .. } = self;
        runs.put_aside(|several, text| match several || !*merged {
            true => seen.settle(*kind, *max, text),
            false => text.len(),
        })
    }

    /// To be called after every batch: settles if too much has gathered.
    pub fn tidy(&mut self) -> Result<()> {
        if self.runs.is_full() {
            self.put_aside()?;
        }
        let before = self.runs.text_len();
        if before < self.settle_at {
            return Ok(());
        }
        // No more can go than what stands in several places.
        if self.runs.several(self.groups) > before / 10 {
            self.settle()?;
        }
        let after = self.runs.text_len();
        let more = if after > before / 10 * 9 { (15 * after).min(MUCH) } else { after };
        self.settle_at = after + more.max(LITTLE);
        Ok(())
    }

    /// Drops what a group has twice, and what is too much.
    fn settle(&mut self) -> Result<()> {
        let joined = self.join(self.groups, "", "")?;
        self.runs.replace(joined);
        Ok(())
    }

    /// The settled members of each group with commas between.
    fn join<'a>(&mut self, groups: usize, open: &'a str, close: &'a str) -> Result<Joined<'a>> {
        self.put_aside()?;
        let mut joined = self.runs.join(groups, open, close)?;
        let Members { max, kind, seen, .. } = self;
        joined.shorten(|several, text| match several {
            true => seen.settle(*kind, *max, text),
            false => text.len(),
        });
        seen.shrink();
        Ok(joined)
    }

    /// The members of each of the first `groups` groups with commas between, for [`Members::merge`] elsewhere.
    pub fn save(&mut self, groups: usize) -> Result<ArrayRef> {
        self.join(groups, "", "")?.finish()
    }

    /// What [`Members::save`] gave elsewhere.
    pub fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        if !self.merged {
            self.put_aside()?;
            self.merged = true;
        }
        let texts = input.columns[0].as_string_view();
        let mut done = Ok(());
        input.for_each(|row, group| {
            if done.is_ok() && texts.is_valid(row) {
                self.add(group, |out| out.extend_from_slice(texts.value(row).as_bytes()));
                // A row has all members of a group.
                if self.runs.is_full() {
                    done = self.put_aside();
                }
            }
        });
        done?;
        self.tidy()
    }

    /// The rows of a batch come.
    fn update(&mut self) -> Result<()> {
        if self.merged {
            self.put_aside()?;
            self.merged = false;
        }
        Ok(())
    }

    /// The first `groups` groups as arrays or bags.
    pub fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        // A window asks after each row.
        if self.runs.segments() > PLACES + self.runs.text_len() / LITTLE * 4 {
            self.settle()?;
        }
        let (open, close) = match self.kind {
            Kind::Set => ("[", "]"),
            Kind::Bag => ("{", "}"),
        };
        self.join(groups, open, close)?.finish()
    }

    /// Forgets the first `groups` groups; the others move down.
    pub fn forget(&mut self, groups: usize) {
        self.runs.forget(groups);
        self.groups -= groups;
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.runs.heap() + self.seen.heap()
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
        self.members.update()?;
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

/// Finds what stands twice in the members of a group.
#[derive(Debug, Default)]
struct Seen {
    hasher: RandomState,
    /// Where the keys seen stand in the text, as long as they are few.
    few: Vec<Range<usize>>,
    /// Their hashes, and where they begin and end.
    many: HashTable<(u64, usize, usize)>,
}

const FEW: usize = 8;
/// For so many keys the table is kept at most.
const MANY: usize = 1 << 17;

impl Seen {
    /// Moves the members of a group that are different from those before them to the front of its text, `max` at most; gives the
    /// length that they have there with commas between.
    fn settle(&mut self, kind: Kind, max: u64, text: &mut [u8]) -> usize {
        self.few.clear();
        // Clearing costs as much as the table is large.
        if self.many.capacity() > 1024.max(text.len()) {
            self.many = HashTable::new();
        } else {
            self.many.clear();
        }
        let mut left = max;
        let (mut begin, mut kept) = (0, 0);
        while begin < text.len() && left > 0 {
            let end = begin + element_end(&text[begin..]);
            let key = match kind {
                Kind::Set => end - begin,
                Kind::Bag => key_len(&text[begin..end]),
            };
            // Behind a member and its comma.
            let place = if left == max { 0 } else { kept + 1 };
            if self.is_new(text, begin..begin + key, place) {
                left -= 1;
                if place > 0 {
                    text[kept] = b',';
                }
                if begin > place {
                    text.copy_within(begin..end, place);
                }
                kept = place + (end - begin);
            }
            begin = end + 1;
        }
        kept
    }

    /// Whether no key is like that in this range of the text. If so it is remembered as standing at `place`, to where it is
    /// moved.
    fn is_new(&mut self, text: &[u8], range: Range<usize>, place: usize) -> bool {
        let key = &text[range.clone()];
        let new = place..place + range.len();
        if self.many.is_empty() {
            if self.few.iter().any(|known| &text[known.clone()] == key) {
                return false;
            }
            if self.few.len() < FEW {
                self.few.push(new);
                return true;
            }
            for known in self.few.drain(..) {
                let hash = hash(&self.hasher, &text[known.clone()]);
                self.many.insert_unique(hash, (hash, known.start, known.end), |(h, ..)| *h);
            }
        }
        let hash = hash(&self.hasher, key);
        let same = |(h, begin, end): &(u64, usize, usize)| *h == hash && &text[*begin..*end] == key;
        match self.many.entry(hash, same, |(h, ..)| *h) {
            Entry::Occupied(_) => false,
            Entry::Vacant(vacant) => {
                vacant.insert((hash, new.start, new.end));
                true
            }
        }
    }

    /// Gives memory back that a large group took.
    fn shrink(&mut self) {
        if self.many.capacity() > MANY {
            self.many = HashTable::new();
        }
    }

    fn heap(&self) -> usize {
        self.many.allocation_size() + self.few.capacity() * size_of::<Range<usize>>()
    }
}

fn hash(hasher: &RandomState, key: &[u8]) -> u64 {
    let mut state = hasher.build_hasher();
    state.write(key);
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::super::json::split;
    use super::*;

    fn texts(members: &mut Members, groups: usize) -> Vec<String> {
        let joined = members.join(groups, "", "").unwrap().finish().unwrap();
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
