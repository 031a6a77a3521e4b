//! What `dcount` and `hll` count with: the hashes of the values while they are few, then a HyperLogLog sketch.

use super::hyperloglog::{coarser, estimate, merge_registers, observe};
use super::sketch::Sketch;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use serde_json::Value;

/// What is known of some values.
#[derive(Debug, Clone)]
pub enum Count {
    /// Their hashes.
    Exact(HashTable<u64>),
    /// The registers of a sketch.
    Sketch(Box<[u8]>),
}

impl Default for Count {
    fn default() -> Self {
        Count::Exact(HashTable::new())
    }
}

impl Count {
    /// Of these hashes.
    pub fn exact(hashes: &[u64]) -> Count {
        let mut table = HashTable::with_capacity(hashes.len());
        for &hash in hashes {
            table.entry(hash, |&h| h == hash, |&h| h).or_insert(hash);
        }
        Count::Exact(table)
    }

    /// Takes the hash of a value in. `heap` is kept up to date with the bytes that the count holds.
    pub fn insert(&mut self, hash: u64, precision: u32, heap: &mut usize) {
        match self {
            Count::Exact(hashes) => {
                let before = hashes.allocation_size();
                if let Entry::Vacant(place) = hashes.entry(hash, |&h| h == hash, |&h| h) {
                    place.insert(hash);
                }
                *heap = *heap + hashes.allocation_size() - before;
                if hashes.len() > exact_limit(precision) {
                    self.to_sketch(precision, heap);
                }
            }
            Count::Sketch(registers) => observe(registers, precision, hash),
        }
    }

    /// Makes a sketch of it, if it is none yet.
    pub fn to_sketch(&mut self, precision: u32, heap: &mut usize) {
        if let Count::Exact(hashes) = self {
            let mut registers = vec![0; 1 << precision].into_boxed_slice();
            hashes.iter().for_each(|&h| observe(&mut registers, precision, h));
            *heap = *heap + registers.len() - hashes.allocation_size();
            *self = Count::Sketch(registers);
        }
    }

    /// How many values there were.
    pub fn count(&self) -> i64 {
        match self {
            Count::Exact(hashes) => hashes.len() as i64,
            Count::Sketch(registers) => estimate(registers).round() as i64,
        }
    }

    /// The bytes that it holds on the heap.
    pub fn heap(&self) -> usize {
        match self {
            Count::Exact(hashes) => hashes.allocation_size(),
            Count::Sketch(registers) => registers.len(),
        }
    }

    /// Appends it as bytes, the hashes in any order.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Count::Exact(hashes) => {
                bytes.push(EXACT);
                bytes.reserve(hashes.len() * size_of::<u64>());
                hashes.iter().for_each(|hash| bytes.extend_from_slice(&hash.to_le_bytes()));
            }
            Count::Sketch(registers) => {
                bytes.push(SKETCH);
                bytes.extend_from_slice(registers);
            }
        }
    }

    /// Takes in what [`Count::write`] wrote for the same precision.
    pub fn absorb(&mut self, bytes: &[u8], precision: u32, heap: &mut usize) {
        match bytes {
            [EXACT, hashes @ ..] => {
                let hashes = hashes.as_chunks().0;
                if let Count::Exact(mine) = self
                    && mine.is_empty()
                {
                    // Most groups come from one place; those that are in several share little, or are small.
                    *mine = HashTable::with_capacity(hashes.len());
                    *heap += mine.allocation_size();
                }
                for hash in hashes {
                    self.insert(u64::from_le_bytes(*hash), precision, heap);
                }
            }
            [SKETCH, registers @ ..] => {
                self.to_sketch(precision, heap);
                if let Count::Sketch(mine) = self {
                    merge_registers(mine, registers);
                }
            }
            _ => {}
        }
    }
}

/// What the bytes of a count begin with: the hashes of its values follow.
pub(super) const EXACT: u8 = 0;
/// The registers of a sketch follow.
pub(super) const SKETCH: u8 = 1;

/// How many values a group may have to be counted exactly.
pub(super) fn exact_limit(precision: u32) -> usize {
    4 << precision
}

/// A count as a value of its own: `["hll",14,"…"]`, the number of index bits and the bytes of the count. Kusto's
/// sketches have another form, which it does not document; nothing but the functions of sketches reads either.
#[derive(Debug, Clone)]
pub struct Hll {
    precision: u32,
    count: Count,
}

impl Hll {
    /// A sketch from a count of that precision. It does not keep more hashes than registers would take.
    pub fn new(precision: u32, mut count: Count) -> Hll {
        if let Count::Exact(hashes) = &count
            && hashes.len() * size_of::<u64>() > 1 << precision
        {
            let mut heap = count.heap();
            count.to_sketch(precision, &mut heap);
        }
        Hll { precision, count }
    }

    /// How many distinct values there were.
    pub fn count(&self) -> i64 {
        self.count.count()
    }
}

impl Sketch for Hll {
    const MERGE: &str = "kql_hll_merge";

    fn parse(json: &str) -> Option<Hll> {
        let value: Value = serde_json::from_str(json).ok()?;
        let [name, precision, bytes] = value.as_array()?.as_slice() else { return None };
        let precision = u32::try_from(precision.as_u64()?).ok().filter(|p| (12..=18).contains(p))?;
        let bytes = STANDARD.decode(bytes.as_str()?).ok().filter(|_| name == "hll")?;
        if bytes.first() == Some(&SKETCH) && bytes.len() != 1 + (1 << precision) {
            return None;
        }
        let mut count = Count::default();
        count.absorb(&bytes, precision, &mut 0);
        Some(Hll { precision, count })
    }

    fn to_json(&self) -> String {
        let mut bytes = Vec::new();
        self.count.write(&mut bytes);
        if let [EXACT, hashes @ ..] = bytes.as_mut_slice() {
            // The same values give the same text.
            hashes
                .as_chunks_mut::<{ size_of::<u64>() }>()
                .0
                .sort_unstable_by_key(|hash| u64::from_le_bytes(*hash));
        }
        format!("[\"hll\",{},\"{}\"]", self.precision, STANDARD.encode(bytes))
    }

    // The result is as coarse as the coarser of both.
    fn merge(&mut self, mut other: Hll) {
        let precision = self.precision.min(other.precision);
        for sketch in [&mut *self, &mut other] {
            if let Count::Sketch(registers) = &mut sketch.count {
                *registers = coarser(registers, sketch.precision - precision);
            }
            sketch.precision = precision;
        }
        let mut bytes = Vec::new();
        other.count.write(&mut bytes);
        let mut heap = self.count.heap();
        self.count.absorb(&bytes, precision, &mut heap);
        *self = Hll::new(precision, std::mem::take(&mut self.count));
    }

    fn heap(&self) -> usize {
        self.count.heap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(precision: u32, values: std::ops::Range<u64>) -> Hll {
        let (mut count, mut heap) = (Count::default(), 0);
        for value in values {
            // The finalizer of splitmix64.
            let z = (value + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            count.insert(z ^ (z >> 31), precision, &mut heap);
        }
        Hll::new(precision, count)
    }

    #[test]
    fn sketches_are_written_read_and_merged() {
        for (left, right) in [(14, 14), (14, 16), (18, 12)] {
            for (end, total) in [(10, 15), (40_000, 60_000)] {
                let mut sketch = of(left, 0..end);
                sketch.merge(of(right, end / 2..end * 3 / 2));
                let read = Hll::parse(&sketch.to_json()).map(|hll| hll.count());
                assert_eq!(read, Some(sketch.count()));
                let off = (sketch.count() - total).abs() as f64 / total as f64;
                assert!(off < 0.05, "{left} {right} {end}: {} for {total}", sketch.count());
            }
        }
    }

    #[test]
    fn what_is_no_sketch() {
        for json in [
            "",
            "[]",
            "[\"hll\",14]",
            "[\"hll\",99,\"AA==\"]",
            "[\"hll\",14,\"AQA=\"]",
            "[\"x\",14,\"AA==\"]",
        ] {
            assert!(Hll::parse(json).is_none(), "{json}");
        }
    }
}
