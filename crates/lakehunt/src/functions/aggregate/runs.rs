//! Pieces of text that belong to groups, in one buffer for all groups.

use super::grouped::by_owner;
use datafusion::arrow::array::{ArrayRef, StringViewBuilder};
use datafusion::arrow::buffer::Buffer;
use datafusion::common::{Result, resources_err};
use std::sync::Arc;

/// Pieces of text with their groups, each the text of JSON elements with commas between.
///
/// What comes is only appended. Each time that so much has come it is put aside, the pieces of a group joined to one: one vector
/// for all would be moved, and twice as large as need be, while it grows.
#[derive(Debug, Default)]
pub struct Runs {
    /// The last pieces: their groups, where their texts end, and these.
    owners: Vec<u32>,
    ends: Vec<usize>,
    text: Vec<u8>,
    aside: Vec<Segment>,
    /// The bytes that those put aside hold, and their text alone.
    heap: usize,
    text_aside: usize,
}

/// Pieces that were put aside, in the order of their groups.
#[derive(Debug, Default)]
struct Segment {
    runs: Vec<Run>,
    text: Vec<u8>,
}

/// The text of a group in a segment.
#[derive(Debug, Clone, Copy)]
struct Run {
    group: u32,
    len: u32,
}

/// So much text, or so many pieces, are put aside at once.
const SEGMENT: usize = 2 << 20;
const PIECES: usize = 1 << 17;

impl Segment {
    /// The groups with their texts.
    fn pieces(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let mut rest = &self.text[..];
        self.runs.iter().map(move |run| {
            let (text, more) = rest.split_at(run.len as usize);
            rest = more;
            (run.group, text)
        })
    }

    fn heap(&self) -> usize {
        self.text.capacity() + self.runs.capacity() * size_of::<Run>()
    }
}

impl Runs {
    /// Adds a piece, written by `write`. An empty one is not kept.
    #[inline]
    pub fn push(&mut self, group: usize, write: impl FnOnce(&mut Vec<u8>)) {
        let before = self.text.len();
        write(&mut self.text);
        if self.text.len() > before {
            self.owners.push(group as u32);
            self.ends.push(self.text.len());
        }
    }

    /// Whether the last pieces are so many that they are to be put aside.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.text.len() >= SEGMENT || self.owners.len() >= PIECES
    }

    /// Puts the last pieces aside, joined by group. `settle` is as for [`Joined::shorten`].
    pub fn put_aside(&mut self, settle: impl FnMut(bool, &mut [u8]) -> usize) -> Result<()> {
        if self.owners.is_empty() {
            return Ok(());
        }
        // The groups that have pieces, in their order, and which of them each piece belongs to.
        let mut groups = vec![];
        let mut of_piece = vec![0; self.owners.len()];
        for place in by_owner(&self.owners) {
            let group = self.owners[place as usize];
            if groups.last() != Some(&group) {
                groups.push(group);
            }
            of_piece[place as usize] = groups.len() as u32 - 1;
        }
        let mut joined = Joined::new(groups.len(), "", "");
        for (&group, (_, text)) in of_piece.iter().zip(self.last()) {
            joined.count(group, text.len());
        }
        joined.start()?;
        of_piece.iter().zip(self.last()).for_each(|(&group, (_, text))| joined.write(group, text));
        joined.shorten(settle);
        self.keep(joined.segment(groups));
        self.owners.clear();
        self.ends.clear();
        self.text.clear();
        self.text.shrink_to(2 * SEGMENT);
        Ok(())
    }

    fn keep(&mut self, segment: Segment) {
        self.heap += segment.heap();
        self.text_aside += segment.text.len();
        self.aside.push(segment);
    }

    /// The last pieces with their groups.
    fn last(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let mut begin = 0;
        self.owners.iter().zip(&self.ends).map(move |(&group, &end)| {
            let begin = std::mem::replace(&mut begin, end);
            (group, &self.text[begin..end])
        })
    }

    /// All pieces in their order, but those of a group that were put aside together as one.
    fn pieces(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.aside.iter().flat_map(Segment::pieces).chain(self.last())
    }

    /// Joins the pieces of each of the first `groups` groups with commas.
    pub fn join<'a>(&self, groups: usize, open: &'a str, close: &'a str) -> Result<Joined<'a>> {
        let mut joined = Joined::new(groups, open, close);
        self.pieces().for_each(|(group, text)| joined.count(group, text.len()));
        joined.start()?;
        self.pieces().for_each(|(group, text)| joined.write(group, text));
        Ok(joined)
    }

    /// How much text those of the `groups` groups have that have several pieces.
    pub fn several(&self, groups: usize) -> usize {
        let mut lens = vec![(0, false); groups];
        for (group, text) in self.pieces() {
            let (len, several) = &mut lens[group as usize];
            *several = *len > 0;
            *len += text.len();
        }
        lens.iter().filter(|(_, several)| *several).map(|(len, _)| len).sum()
    }

    /// Has these pieces instead of its own: one a group, joined without anything around them.
    pub fn replace(&mut self, joined: Joined<'_>) {
        *self = Runs::default();
        let groups = 0..joined.places.len() as u32;
        self.keep(joined.segment(groups));
    }

    /// Forgets the pieces of the first `groups` groups; the other groups move down.
    pub fn forget(&mut self, groups: usize) {
        let mut kept = Runs::default();
        for segment in &mut std::mem::take(&mut self.aside) {
            let gone = segment.runs.partition_point(|run| (run.group as usize) < groups);
            let text: usize = segment.runs.drain(..gone).map(|run| run.len as usize).sum();
            segment.text.drain(..text);
            segment.runs.iter_mut().for_each(|run| run.group -= groups as u32);
            if !segment.runs.is_empty() {
                kept.keep(std::mem::take(segment));
            }
        }
        for (group, text) in self.pieces() {
            if let Some(group) = (group as usize).checked_sub(groups) {
                kept.push(group, |out| out.extend_from_slice(text));
            }
        }
        *self = kept;
    }

    /// The length of all pieces.
    pub fn text_len(&self) -> usize {
        self.text_aside + self.text.len()
    }

    /// In how many places the pieces of a group may stand.
    pub fn segments(&self) -> usize {
        self.aside.len()
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        self.heap
            + self.text.capacity()
            + self.owners.capacity() * size_of::<u32>()
            + self.ends.capacity() * size_of::<usize>()
            + self.aside.capacity() * size_of::<Segment>()
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
    /// Which groups have several pieces.
    several: Vec<bool>,
    /// Where the text of each group begins, and behind the last.
    begins: Vec<usize>,
    text: Vec<u8>,
}

/// One buffer of a string view array holds no more than this, so that offsets fit.
const BLOCK: usize = 1 << 30;

impl<'a> Joined<'a> {
    /// For groups `0..groups`; others are left out.
    pub fn new(groups: usize, open: &'a str, close: &'a str) -> Self {
        let (places, several) = (vec![0; groups], vec![false; groups]);
        Joined { open, close, places, several, begins: vec![], text: vec![] }
    }

    /// A piece of `len` bytes will come.
    #[inline]
    pub fn count(&mut self, group: u32, len: usize) {
        if let Some(total) = self.places.get_mut(group as usize) {
            self.several[group as usize] = *total > 0;
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

    /// Shortens texts: `settle` is given each group's and whether it has several pieces, may rearrange it, and gives the length
    /// of what is to be kept of it.
    pub fn shorten(&mut self, mut settle: impl FnMut(bool, &mut [u8]) -> usize) {
        let (open, close) = (self.open.len(), self.close.len());
        let mut end = 0;
        for group in 0..self.places.len() {
            let begin = self.begins[group];
            let inside = begin + open..self.begins[group + 1] - close;
            let len = settle(self.several[group], &mut self.text[inside.clone()]);
            let close = inside.start + len..inside.start + len + close;
            self.text[close.clone()].copy_from_slice(self.close.as_bytes());
            if begin > end {
                self.text.copy_within(begin..close.end, end);
            }
            self.begins[group] = end;
            end += close.end - begin;
        }
        if let Some(last) = self.begins.last_mut() {
            *last = end;
        }
        self.text.truncate(end);
        if end < self.text.capacity() / 4 * 3 {
            self.text.shrink_to_fit();
        }
    }

    /// The texts to be kept, as those of `groups`. There is nothing around them.
    fn segment(self, groups: impl IntoIterator<Item = u32>) -> Segment {
        let lens = self.begins.windows(2).map(|group| group[1] - group[0]);
        let runs = groups.into_iter().zip(lens).filter(|(_, len)| *len > 0);
        // `start` has seen to it that the text of a group is not too long.
        let runs = runs.map(|(group, len)| Run { group, len: len as u32 }).collect();
        let mut text = self.text;
        text.shrink_to_fit();
        Segment { runs, text }
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

    fn joined(runs: &Runs, groups: usize, open: &str, close: &str) -> Vec<String> {
        let all = runs.join(groups, open, close).unwrap().finish().unwrap();
        texts(&all).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn pieces_are_joined_by_group_in_their_order() {
        let mut runs = Runs::default();
        let pieces =
            [(1, "1"), (0, "\"a long text that no view holds inline\""), (1, ""), (1, "2,3"), (1, "4")];
        for aside in 0..pieces.len() {
            runs = Runs::default();
            for (at, (group, text)) in pieces.into_iter().enumerate() {
                runs.push(group, |out| out.extend_from_slice(text.as_bytes()));
                if at == aside {
                    runs.put_aside(|_, text| text.len()).unwrap();
                }
            }
            let all = joined(&runs, 3, "[", "]");
            assert_eq!(all, ["[\"a long text that no view holds inline\"]", "[1,2,3,4]", "[]"]);
            assert_eq!(joined(&runs, 1, "", ""), ["\"a long text that no view holds inline\""]);
        }
        runs.put_aside(|_, text| text.len()).unwrap();
        assert_eq!(runs.several(2), 0);
        runs.push(1, |out| out.extend_from_slice(b"5"));
        assert_eq!(runs.several(2), 8);
        runs.forget(1);
        assert_eq!(joined(&runs, 2, "[", "]"), ["[1,2,3,4,5]", "[]"]);
        assert_eq!(runs.text_len(), 8);
        let mut shorter = runs.join(2, "[", "]").unwrap();
        shorter.shorten(|_, text| text.len().min(3));
        assert_eq!(texts(&shorter.finish().unwrap()), ["[1,2]", "[]"]);
        runs.replace(runs.join(2, "", "").unwrap());
        assert_eq!((joined(&runs, 2, "", ""), runs.text_len()), (vec!["1,2,3,4,5".into(), "".into()], 9));
        runs.forget(2);
        assert_eq!((runs.text_len(), runs.heap()), (0, 0));
    }

    #[test]
    fn of_many_pieces_none_is_lost() {
        // Groups that come in turn, and one after the other.
        for group in [|n: usize| n % 1000, |n: usize| n / 600] {
            let mut runs = Runs::default();
            let mut expected = vec![String::new(); 1000];
            for n in 0..600_000 {
                let of_group = &mut expected[group(n)];
                if !of_group.is_empty() {
                    of_group.push(',');
                }
                of_group.push_str(&n.to_string());
                runs.push(group(n), |out| out.extend_from_slice(n.to_string().as_bytes()));
                if runs.is_full() {
                    runs.put_aside(|_, text| text.len()).unwrap();
                }
            }
            assert!(joined(&runs, 1000, "", "") == expected);
            runs.forget(500);
            assert!(joined(&runs, 500, "", "") == expected[500..]);
        }
    }
}
