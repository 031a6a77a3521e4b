//! Pieces of text that belong to groups, in one buffer for all groups.

use datafusion::arrow::array::{ArrayRef, StringViewBuilder};
use datafusion::arrow::buffer::Buffer;
use datafusion::common::{Result, resources_err};
use std::sync::Arc;

/// One piece: the text of `elements` JSON elements, commas between them.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// The group that it belongs to.
    pub group: u32,
    /// The length of the text.
    pub len: u32,
}

/// Pieces of text in the order in which they came.
#[derive(Debug, Default)]
pub struct Runs {
    text: Vec<u8>,
    runs: Vec<Run>,
}

impl Runs {
    /// Adds a piece, written by `write`. An empty one is not kept.
    #[inline]
    pub fn push(&mut self, group: usize, write: impl FnOnce(&mut Vec<u8>)) {
        let before = self.text.len();
        write(&mut self.text);
        let len = self.text.len() - before;
        if len > 0 {
            // A piece comes from one value, and Arrow's string views hold at most 2³² bytes.
            self.runs.push(Run { group: group as u32, len: len as u32 });
        }
    }

    /// Joins the pieces of each of the first `groups` groups with commas, between `open` and `close`.
    pub fn join(&self, groups: usize, open: &str, close: &str) -> Result<ArrayRef> {
        let mut joined = Joined::new(groups, open, close);
        for run in &self.runs {
            joined.count(run.group, run.len as usize);
        }
        joined.start()?;
        let mut rest = &self.text[..];
        for run in &self.runs {
            let (text, more) = rest.split_at(run.len as usize);
            rest = more;
            joined.write(run.group, text);
        }
        joined.finish()
    }

    /// Forgets the pieces of the first `groups` groups; the other groups move down.
    pub fn forget(&mut self, groups: usize) {
        let mut kept = Runs::default();
        let mut rest = &self.text[..];
        for run in &self.runs {
            let (text, more) = rest.split_at(run.len as usize);
            rest = more;
            if run.group as usize >= groups {
                kept.text.extend_from_slice(text);
                kept.runs.push(Run { group: run.group - groups as u32, len: run.len });
            }
        }
        *self = kept;
    }

    /// The length of all pieces.
    pub fn text_len(&self) -> usize {
        self.text.len()
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.text.capacity() + self.runs.capacity() * size_of::<Run>()
    }
}

/// Joins pieces by group in two passes over them: [`Joined::count`] each, [`Joined::start`],
/// [`Joined::write`] each in the same order, [`Joined::finish`].
#[derive(Debug)]
pub struct Joined<'a> {
    open: &'a str,
    close: &'a str,
    /// First the length of each group's text; from `start` on, where in `text` its next piece goes.
    places: Vec<usize>,
    /// Where the text of each group begins, and behind the last.
    begins: Vec<usize>,
    text: Vec<u8>,
}

/// One buffer of a string view array holds no more than this, so that offsets fit.
const BLOCK: usize = 1 << 30;

impl<'a> Joined<'a> {
    /// For groups `0..groups`; others are left out.
    pub fn new(groups: usize, open: &'a str, close: &'a str) -> Self {
        Joined { open, close, places: vec![0; groups], begins: vec![], text: vec![] }
    }

    /// A piece of `len` bytes will come.
    #[inline]
    pub fn count(&mut self, group: u32, len: usize) {
        if let Some(total) = self.places.get_mut(group as usize) {
            *total += len + usize::from(*total > 0);
        }
    }

    /// All were counted.
    pub fn start(&mut self) -> Result<()> {
        let around = self.open.len() + self.close.len();
        let mut end = 0;
        self.begins = Vec::with_capacity(self.places.len() + 1);
        for place in &mut self.places {
            let len = around + *place;
            if len >= u32::MAX as usize {
                return resources_err!("one value of an aggregate's result would be {len} bytes long");
            }
            self.begins.push(end);
            *place = end + self.open.len();
            end += len;
        }
        self.begins.push(end);
        self.text = vec![0; end];
        for group in self.begins.windows(2) {
            let (begin, end) = (group[0], group[1]);
            self.text[begin..begin + self.open.len()].copy_from_slice(self.open.as_bytes());
            self.text[end - self.close.len()..end].copy_from_slice(self.close.as_bytes());
        }
        Ok(())
    }

    /// The next piece.
    #[inline]
    pub fn write(&mut self, group: u32, piece: &[u8]) {
        let group = group as usize;
        let Some(place) = self.places.get_mut(group) else { return };
        if *place > self.begins[group] + self.open.len() {
            self.text[*place] = b',';
            *place += 1;
        }
        self.text[*place..*place + piece.len()].copy_from_slice(piece);
        *place += piece.len();
    }

    /// The texts: a string view array.
    pub fn finish(self) -> Result<ArrayRef> {
        let groups = self.places.len();
        let whole = Buffer::from_vec(self.text);
        let mut builder = StringViewBuilder::with_capacity(groups);
        let mut first = 0;
        while first < groups {
            // As many groups as fit into one block, one at least.
            let from = self.begins[first];
            let fit = self.begins[first + 1..].partition_point(|&end| end - from <= BLOCK).max(1);
            let block = builder.append_block(whole.slice_with_length(from, self.begins[first + fit] - from));
            for group in first..first + fit {
                let (begin, end) = (self.begins[group], self.begins[group + 1]);
                builder.try_append_view(block, (begin - from) as u32, (end - begin) as u32)?;
            }
            first += fit;
        }
        Ok(Arc::new(builder.finish()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::AsArray;

    fn texts(array: &ArrayRef) -> Vec<&str> {
        array.as_string_view().iter().map(|v| v.unwrap()).collect()
    }

    #[test]
    fn pieces_are_joined_by_group_in_their_order() {
        let mut runs = Runs::default();
        for (group, text) in [(1, "1"), (0, "\"a long text that no view holds inline\""), (1, ""), (1, "2,3")]
        {
            runs.push(group, |out| out.extend_from_slice(text.as_bytes()));
        }
        let all = runs.join(3, "[", "]").unwrap();
        assert_eq!(texts(&all), ["[\"a long text that no view holds inline\"]", "[1,2,3]", "[]"]);
        assert_eq!(texts(&runs.join(1, "", "").unwrap()), ["\"a long text that no view holds inline\""]);
        runs.forget(1);
        assert_eq!(texts(&runs.join(2, "[", "]").unwrap()), ["[1,2,3]", "[]"]);
        assert!(runs.heap() > 0);
    }
}
