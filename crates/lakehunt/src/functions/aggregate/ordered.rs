//! Lists and sets whose elements come in the order of the call's ORDER BY.

use super::json::split;
use super::list::{Values, first};
use super::runs::Joined;
use crate::functions::adapter::{GroupState, Input};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BinaryBuilder, Int64Builder, ListBuilder, StringViewBuilder,
};
use datafusion::arrow::datatypes::{DataType, Field, Int64Type};
use datafusion::common::Result;
use std::collections::HashSet;
use std::sync::Arc;

/// The ordered lists (or sets) of all groups. Every piece keeps its sort key; sorting waits until the result
/// is asked for, so that rows may come in any order and partial results merge.
#[derive(Debug)]
pub struct Ordered {
    values: Values,
    max: u64,
    /// Whether only the first of equal elements counts.
    distinct: bool,
    pieces: Vec<Piece>,
    /// Keys and texts of the pieces.
    bytes: Vec<u8>,
    groups: usize,
    /// Whether the pieces stand in their final order: by group, then by key.
    sorted: bool,
    /// Sets are made smaller when they reach so many pieces.
    shrink_at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    group: u32,
    key: u32,
    text: u32,
    elements: u32,
    at: usize,
}

impl Piece {
    fn key(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.at..self.at + self.key as usize]
    }

    fn text(self, bytes: &[u8]) -> &str {
        let at = self.at + self.key as usize;
        // Only whole strings were put in.
        std::str::from_utf8(&bytes[at..at + self.text as usize]).unwrap_or_default()
    }
}

const SHRINK_AT_FIRST: usize = 1 << 16;

impl Ordered {
    /// Empty lists, or sets, of at most `max` elements.
    pub fn new(values: Values, max: u64, distinct: bool) -> Self {
        Ordered {
            values,
            max,
            distinct,
            pieces: vec![],
            bytes: vec![],
            groups: 0,
            sorted: true,
            shrink_at: SHRINK_AT_FIRST,
        }
    }

    /// The types of what it saves: texts, keys and numbers of elements of a group's pieces.
    pub fn saved() -> Vec<DataType> {
        let list = |t| DataType::List(Arc::new(Field::new_list_field(t, true)));
        vec![list(DataType::Utf8View), list(DataType::Binary), list(DataType::Int64)]
    }

    fn push(&mut self, group: usize, key: &[u8], text: &str, elements: u64) {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(key);
        self.bytes.extend_from_slice(text.as_bytes());
        // Lengths are those of values of one row; one array holds no more than 2³² elements.
        self.pieces.push(Piece {
            group: group as u32,
            key: key.len() as u32,
            text: text.len() as u32,
            elements: elements as u32,
            at,
        });
        self.sorted = false;
    }

    /// Adds a value's elements; to a set, one by one.
    fn add(&mut self, group: usize, key: &[u8], text: &str, elements: u64) {
        if self.distinct && elements != 1 {
            for element in split(text) {
                self.push(group, key, element, 1);
            }
        } else if elements > 0 {
            self.push(group, key, text, elements);
        }
        if self.distinct && self.pieces.len() >= self.shrink_at {
            self.settle();
            self.shrink_at = (2 * self.pieces.len()).max(SHRINK_AT_FIRST);
        }
    }

    /// Brings the pieces into their final order and drops what never comes out.
    fn settle(&mut self) {
        if self.sorted {
            return;
        }
        let bytes = &self.bytes;
        let order = |a: &Piece, b: &Piece| (a.group, a.key(bytes)).cmp(&(b.group, b.key(bytes)));
        if !self.pieces.is_sorted_by(|a, b| order(a, b).is_le()) {
            self.pieces.sort_by(order);
        }
        let mut kept = Vec::with_capacity(self.pieces.len());
        let mut kept_bytes = vec![];
        let (mut group, mut size) = (u32::MAX, 0);
        let mut seen = HashSet::new();
        for piece in &self.pieces {
            if piece.group != group {
                (group, size) = (piece.group, 0);
                seen.clear();
            }
            let room = self.max - size;
            if room == 0 || (self.distinct && !seen.insert(piece.text(bytes))) {
                continue;
            }
            let elements = u64::from(piece.elements).min(room);
            let text = if elements < piece.elements.into() {
                first(piece.text(bytes), elements)
            } else {
                piece.text(bytes)
            };
            size += elements;
            let at = kept_bytes.len();
            kept_bytes.extend_from_slice(piece.key(bytes));
            kept_bytes.extend_from_slice(text.as_bytes());
            kept.push(Piece { text: text.len() as u32, elements: elements as u32, at, ..*piece });
        }
        self.pieces = kept;
        self.bytes = kept_bytes;
        self.sorted = true;
    }

    /// The pieces of the first groups.
    fn of_groups(&self, groups: usize) -> &[Piece] {
        &self.pieces[..self.pieces.partition_point(|p| (p.group as usize) < groups)]
    }
}

impl GroupState for Ordered {
    fn grow(&mut self, groups: usize) {
        self.groups = groups;
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let Some(keys) = input.keys else {
            return datafusion::common::internal_err!("an ordered aggregate got rows without keys");
        };
        let values = self.values;
        values.for_each(input, |row, group, text, elements| {
            self.add(group, keys.row(row).data(), text, elements);
        })
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let [texts, keys, counts] = [0, 1, 2].map(|i| input.columns[i].as_list::<i32>());
        input.for_each(|row, group| {
            if texts.is_null(row) {
                return;
            }
            let (texts, keys, counts) = (texts.value(row), keys.value(row), counts.value(row));
            let (texts, keys) = (texts.as_string_view(), keys.as_binary::<i32>());
            let counts = counts.as_primitive::<Int64Type>();
            for i in 0..texts.len() {
                self.add(group, keys.value(i), texts.value(i), counts.value(i) as u64);
            }
        });
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        self.settle();
        let mut texts = ListBuilder::new(StringViewBuilder::new());
        let mut keys = ListBuilder::new(BinaryBuilder::new());
        let mut counts = ListBuilder::new(Int64Builder::new());
        let mut pieces = self.of_groups(groups).iter().peekable();
        for group in 0..groups {
            while let Some(piece) = pieces.next_if(|p| p.group as usize == group) {
                texts.values().append_value(piece.text(&self.bytes));
                keys.values().append_value(piece.key(&self.bytes));
                counts.values().append_value(piece.elements.into());
            }
            texts.append(true);
            keys.append(true);
            counts.append(true);
        }
        Ok(vec![Arc::new(texts.finish()), Arc::new(keys.finish()), Arc::new(counts.finish())])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        self.settle();
        let pieces = self.of_groups(groups);
        let mut joined = Joined::new(groups, "[", "]");
        pieces.iter().for_each(|p| joined.count(p.group, p.text as usize));
        joined.start()?;
        pieces.iter().for_each(|p| joined.write(p.group, p.text(&self.bytes).as_bytes()));
        joined.finish()
    }

    fn forget(&mut self, groups: usize) {
        self.settle();
        let forgotten = self.of_groups(groups).len();
        self.pieces.drain(..forgotten);
        self.pieces.iter_mut().for_each(|p| p.group -= groups as u32);
        self.groups -= groups;
        // Their bytes go with the next settling.
        self.sorted = false;
    }

    fn heap(&self) -> usize {
        self.pieces.capacity() * size_of::<Piece>() + self.bytes.capacity()
    }
}
