//! Numbers that belong to groups, packed.

/// Numbers with their groups, in one or more columns: a value, or a value and its weight.
///
/// What comes is only appended. Each time that so much has come it is put aside, the numbers of a group together, each in no
/// more bytes than the widest needs: a vector for each group would be a piece of memory for each, and one vector for all
/// would be moved, and twice as large as need be, while it grows.
#[derive(Debug)]
pub struct Grouped {
    /// The groups of the last numbers, and these, column by column.
    owners: Vec<u32>,
    last: Vec<Vec<i64>>,
    aside: Vec<Segment>,
    /// The bytes that those put aside hold.
    heap: usize,
}

/// So many numbers are put aside at once.
const SEGMENT: usize = 1 << 16;

/// So many numbers, or those of one group, are unpacked at once.
const BLOCK: usize = 1 << 18;

/// Numbers that were put aside: those of a group stand together, the groups in their order.
#[derive(Debug)]
struct Segment {
    /// Each group, and where its numbers end.
    runs: Vec<(u32, u32)>,
    columns: Vec<Packed>,
}

/// Numbers of `width` bytes each.
#[derive(Debug)]
struct Packed {
    width: usize,
    bytes: Vec<u8>,
}

/// The bytes that a number needs which is at least `min` and at most `max`.
fn width(min: i64, max: i64) -> usize {
    // Without the bits at the front that are like the sign, but for the sign.
    let bits = |n: i64| 65 - (n ^ (n >> 63)).leading_zeros() as usize;
    bits(min).max(bits(max)).div_ceil(8)
}

/// Appends the numbers, each in `width` bytes.
fn pack(width: usize, numbers: impl Iterator<Item = i64>, bytes: &mut Vec<u8>) {
    fn fixed<const W: usize>(numbers: impl Iterator<Item = i64>, bytes: &mut Vec<u8>) {
        numbers.for_each(|n| bytes.extend_from_slice(&n.to_le_bytes()[..W]));
    }
    match width {
        1 => fixed::<1>(numbers, bytes),
        2 => fixed::<2>(numbers, bytes),
        3 => fixed::<3>(numbers, bytes),
        4 => fixed::<4>(numbers, bytes),
        5 => fixed::<5>(numbers, bytes),
        6 => fixed::<6>(numbers, bytes),
        7 => fixed::<7>(numbers, bytes),
        _ => fixed::<8>(numbers, bytes),
    }
}

/// Appends the numbers that stand in `bytes`, each in `width` of them.
fn unpack(width: usize, bytes: &[u8], numbers: &mut Vec<i64>) {
    fn fixed<const W: usize>(bytes: &[u8], numbers: &mut Vec<i64>) {
        numbers.extend(bytes.as_chunks::<W>().0.iter().map(|number| {
            let mut whole = [0; 8];
            whole[8 - W..].copy_from_slice(number);
            // The shift brings the sign along.
            i64::from_le_bytes(whole) >> (64 - 8 * W)
        }));
    }
    match width {
        1 => fixed::<1>(bytes, numbers),
        2 => fixed::<2>(bytes, numbers),
        3 => fixed::<3>(bytes, numbers),
        4 => fixed::<4>(bytes, numbers),
        5 => fixed::<5>(bytes, numbers),
        6 => fixed::<6>(bytes, numbers),
        7 => fixed::<7>(bytes, numbers),
        _ => fixed::<8>(bytes, numbers),
    }
}

/// Appends the numbers in a form of its own: how many bytes each takes, and these.
pub fn write(numbers: &[i64], bytes: &mut Vec<u8>) {
    let (min, max) = numbers.iter().fold((0, 0), |(min, max), &n| (n.min(min), n.max(max)));
    let width = width(min, max);
    bytes.reserve(1 + width * numbers.len());
    bytes.push(width as u8);
    pack(width, numbers.iter().copied(), bytes);
}

/// Appends the numbers that [`write`] wrote.
pub fn read(bytes: &[u8], numbers: &mut Vec<i64>) {
    if let [width, bytes @ ..] = bytes {
        unpack(usize::from(*width), bytes, numbers);
    }
}

impl Segment {
    fn new(owners: &[u32], columns: &[Vec<i64>]) -> Segment {
        let order = by_owner(owners);
        let mut runs: Vec<(u32, u32)> = vec![];
        for (end, &place) in (1..).zip(&order) {
            let owner = owners[place as usize];
            match runs.last_mut() {
                Some(run) if run.0 == owner => run.1 = end,
                _ => runs.push((owner, end)),
            }
        }
        runs.shrink_to_fit();
        let packed = columns.iter().map(|column| {
            let (min, max) = column.iter().fold((0, 0), |(min, max), &n| (n.min(min), n.max(max)));
            let width = width(min, max);
            let mut bytes = Vec::with_capacity(width * column.len());
            pack(width, order.iter().map(|&place| column[place as usize]), &mut bytes);
            Packed { width, bytes }
        });
        Segment { runs, columns: packed.collect() }
    }

    fn heap(&self) -> usize {
        self.runs.capacity() * size_of::<(u32, u32)>()
            + self.columns.iter().map(|c| c.bytes.capacity()).sum::<usize>()
    }

    /// Forgets the first `groups` groups; the others move down.
    fn forget(&mut self, groups: u32) {
        let runs = self.runs.partition_point(|run| run.0 < groups);
        let Some(last) = runs.checked_sub(1) else {
            self.runs.iter_mut().for_each(|run| run.0 -= groups);
            return;
        };
        let gone = self.runs[last].1;
        self.runs.drain(..runs);
        self.runs.iter_mut().for_each(|run| *run = (run.0 - groups, run.1 - gone));
        for column in &mut self.columns {
            column.bytes.drain(..gone as usize * column.width);
        }
    }
}

/// The places of the owners, those of the least first, and those of one as they stand.
pub(super) fn by_owner(owners: &[u32]) -> Vec<u32> {
    let min = owners.iter().min().copied().unwrap_or(0);
    let count = owners.iter().max().map_or(0, |max| (max - min) as usize + 1);
    let mut order: Vec<u32> = (0..owners.len() as u32).collect();
    if count <= 1 {
        return order;
    }
    if count > SEGMENT {
        order.sort_by_key(|&place| owners[place as usize]);
        return order;
    }
    let mut places = vec![0; count];
    owners.iter().for_each(|&owner| places[(owner - min) as usize] += 1);
    let mut begin = 0;
    for place in &mut places {
        begin += std::mem::replace(place, begin);
    }
    for (at, &owner) in (0..).zip(owners) {
        let place = &mut places[(owner - min) as usize];
        order[*place] = at;
        *place += 1;
    }
    order
}

impl Grouped {
    /// No numbers of so many columns.
    pub fn new(columns: usize) -> Grouped {
        Grouped { owners: vec![], last: vec![vec![]; columns], aside: vec![], heap: 0 }
    }

    /// Adds a row: a number in each column. Those beyond the columns do not count.
    #[inline]
    pub fn push(&mut self, group: usize, numbers: [i64; 2]) {
        self.owners.push(group as u32);
        self.last.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
        if self.owners.len() == SEGMENT {
            self.put_aside();
        }
    }

    fn put_aside(&mut self) {
        let segment = Segment::new(&self.owners, &self.last);
        self.heap += segment.heap();
        self.aside.push(segment);
        self.owners.clear();
        self.last.iter_mut().for_each(Vec::clear);
    }

    /// The bytes that all numbers of one column take at most, packed.
    pub fn packed(&self) -> usize {
        let packed = self.aside.iter().flat_map(|segment| segment.columns.iter().map(|c| c.bytes.len()));
        packed.sum::<usize>() + self.owners.len() * size_of::<i64>()
    }

    /// How many rows there are.
    #[cfg(test)]
    fn len(&self) -> usize {
        let of = |segment: &Segment| segment.runs.last().map_or(0, |run| run.1 as usize);
        self.owners.len() + self.aside.iter().map(of).sum::<usize>()
    }

    /// Calls `f` with the numbers of each of the first `groups` groups, those of the first column and those of the second, if
    /// there is one. The groups come in their order, and so do the rows of each.
    pub fn for_each(&self, groups: usize, mut f: impl FnMut(&mut [i64], &[i64])) {
        let last = Segment::new(&self.owners, &self.last);
        // Where each group begins.
        let mut begins = vec![0; groups + 1];
        for segment in self.aside.iter().chain([&last]) {
            let mut before = 0;
            for &(group, end) in &segment.runs {
                if let Some(count) = begins.get_mut(group as usize + 1) {
                    *count += (end - before) as usize;
                }
                before = end;
            }
        }
        for group in 0..groups {
            begins[group + 1] += begins[group];
        }
        // The runs that come next, and where their numbers begin.
        let segments = self.aside.iter().chain([&last]);
        let mut next: Vec<_> = segments.map(|segment| (segment, &segment.runs[..], 0)).collect();
        let mut block = [vec![], vec![]];
        let mut numbers = vec![];
        let mut first = 0;
        while first < groups {
            // As many groups as fit into one block, one at least.
            let from = begins[first];
            let fit = begins[first + 1..].partition_point(|&end| end - from <= BLOCK).max(1);
            let mut places = begins[first..first + fit].to_vec();
            let columns = block.iter_mut().take(self.last.len());
            columns.for_each(|column| column.resize(begins[first + fit] - from, 0));
            for (segment, runs, begin) in &mut next {
                while let [(group, end), rest @ ..] = runs
                    && (*group as usize) < first + fit
                {
                    let place = &mut places[*group as usize - first];
                    let count = (*end - *begin) as usize;
                    for (column, into) in segment.columns.iter().zip(&mut block) {
                        let bytes = *begin as usize * column.width..*end as usize * column.width;
                        numbers.clear();
                        unpack(column.width, &column.bytes[bytes], &mut numbers);
                        into[*place - from..*place - from + count].copy_from_slice(&numbers);
                    }
                    *place += count;
                    (*begin, *runs) = (*end, rest);
                }
            }
            for group in begins[first..first + fit + 1].windows(2) {
                let of_group = group[0] - from..group[1] - from;
                let [values, weights] = &mut block;
                f(&mut values[of_group.clone()], weights.get(of_group).unwrap_or_default());
            }
            first += fit;
        }
    }

    /// Forgets the first `groups` groups; the others move down.
    pub fn forget(&mut self, groups: usize) {
        let groups = groups as u32;
        let mut kept = Grouped::new(self.last.len());
        for (row, &owner) in self.owners.iter().enumerate().filter(|(_, owner)| **owner >= groups) {
            kept.owners.push(owner - groups);
            kept.last.iter_mut().zip(&self.last).for_each(|(column, from)| column.push(from[row]));
        }
        kept.aside = std::mem::take(&mut self.aside);
        kept.aside.iter_mut().for_each(|segment| segment.forget(groups));
        kept.aside.retain(|segment| !segment.runs.is_empty());
        kept.heap = kept.aside.iter().map(Segment::heap).sum();
        *self = kept;
    }

    /// The bytes held.
    pub fn heap(&self) -> usize {
        let last = self.last.iter().map(|column| column.capacity() * size_of::<i64>()).sum::<usize>();
        self.heap + last + self.owners.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(grouped: &Grouped, groups: usize) -> Vec<Vec<Vec<i64>>> {
        let mut all = vec![];
        grouped.for_each(groups, |values, weights| all.push(vec![values.to_vec(), weights.to_vec()]));
        all
    }

    #[test]
    fn numbers_of_any_width_come_back() {
        let edges = (0..63).flat_map(|bits| [1_i64 << bits, (1 << bits) - 1, -(1 << bits), -(1 << bits) - 1]);
        let edges: Vec<i64> = edges.chain([0, i64::MIN, i64::MAX]).collect();
        for &n in &edges {
            for numbers in [vec![n], vec![0, n, -1], edges.clone(), vec![]] {
                let (mut bytes, mut read_back) = (vec![], vec![]);
                write(&numbers, &mut bytes);
                read(&bytes, &mut read_back);
                assert_eq!(read_back, numbers);
            }
        }
        let bytes = |n: i64| width(n.min(0), n.max(0));
        assert_eq!([0, 127, 128, -128, -129, 8_388_607, 8_388_608].map(bytes), [1, 1, 2, 1, 2, 3, 4]);
        assert_eq!([i64::MIN, i64::MAX].map(bytes), [8, 8]);
    }

    #[test]
    fn numbers_stay_with_their_group_and_in_their_order() {
        // Few groups and more than a segment has rows; the first has more than a block.
        for groups in [7, SEGMENT * 2] {
            let owner = |row: usize| if row.is_multiple_of(2) { 0 } else { row * 31 % groups };
            let rows = 2 * BLOCK + SEGMENT / 2;
            let mut grouped = Grouped::new(2);
            let mut expected = vec![vec![vec![], vec![]]; groups];
            for row in 0..rows {
                let numbers = [row as i64 * 1_000_003 - 5, row as i64 % 100];
                grouped.push(owner(row), numbers);
                for (column, number) in expected[owner(row)].iter_mut().zip(numbers) {
                    column.push(number);
                }
            }
            assert_eq!(grouped.len(), rows);
            assert!(all(&grouped, groups) == expected);
            assert!(all(&grouped, 3) == expected[..3]);
            // Less than one vector takes for the numbers and their groups.
            assert!(grouped.heap() < rows * 20, "{}", grouped.heap());
            grouped.forget(3);
            assert!(all(&grouped, groups - 3) == expected[3..]);
            grouped.push(1, [-1, -2]);
            assert_eq!(all(&grouped, 2)[1].iter().map(|c| *c.last().unwrap()).collect::<Vec<_>>(), [-1, -2]);
            grouped.forget(groups - 3);
            assert_eq!((grouped.len(), grouped.heap), (0, 0));
        }
        let mut one = Grouped::new(1);
        one.push(1, [5, 0]);
        assert_eq!(all(&one, 2), [[vec![], vec![]], [vec![5], vec![]]]);
    }
}
