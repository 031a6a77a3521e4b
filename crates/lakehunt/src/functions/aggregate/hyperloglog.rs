//! HyperLogLog over 64-bit hashes: one register a byte, the number of registers a power of two.

/// Takes a value's hash in. There are `1 << precision` registers.
#[inline]
pub fn observe(registers: &mut [u8], precision: u32, hash: u64) {
    let register = (hash >> (64 - precision)) as usize;
    // The remaining bits: how many zeros lead, plus one. The set bit behind them bounds the count.
    let rank = ((hash << precision) | (1 << (precision - 1))).leading_zeros() as u8 + 1;
    registers[register] = registers[register].max(rank);
}

/// Takes another sketch with as many registers in.
pub fn merge_registers(registers: &mut [u8], others: &[u8]) {
    for (mine, other) in registers.iter_mut().zip(others) {
        *mine = (*mine).max(*other);
    }
}

/// The registers of the same values in a sketch with `bits` index bits less.
pub fn coarser(registers: &[u8], bits: u32) -> Box<[u8]> {
    let mut folded = vec![0; registers.len() >> bits].into_boxed_slice();
    for (index, &rank) in registers.iter().enumerate().filter(|(_, rank)| **rank > 0) {
        // The index bits that go belong to the rest of the hash, whose leading zeros are counted.
        let rest = index as u64 & ((1 << bits) - 1);
        let rank = if rest == 0 { rank + bits as u8 } else { (rest.leading_zeros() + bits - 64) as u8 + 1 };
        let register = &mut folded[index >> bits];
        *register = (*register).max(rank);
    }
    folded
}

/// How many distinct values were taken in: the improved raw estimator of O. Ertl, "New cardinality estimation
/// algorithms for HyperLogLog sketches" (2017), which needs no bias table.
pub fn estimate(registers: &[u8]) -> f64 {
    let m = registers.len() as f64;
    let q = 64 - registers.len().ilog2() as usize;
    let mut counts = vec![0_u32; q + 2];
    registers.iter().for_each(|&r| counts[usize::from(r).min(q + 1)] += 1);
    let mut z = m * tau(1.0 - f64::from(counts[q + 1]) / m);
    for &count in counts[1..=q].iter().rev() {
        z = 0.5 * (z + f64::from(count));
    }
    z += m * sigma(f64::from(counts[0]) / m);
    m * m / (2.0 * std::f64::consts::LN_2 * z)
}

fn sigma(mut x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if z == before {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x).powi(2) * y;
        if z == before {
            return z / 3.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The finalizer of splitmix64: well mixed, and not the hash that queries use.
    fn mix(n: u64) -> u64 {
        let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }

    #[test]
    fn estimates_are_within_four_deviations() {
        for (precision, count) in
            [(12, 100_u64), (14, 20_000), (14, 1_000_000), (16, 300_000), (18, 2_000_000)]
        {
            let mut registers = vec![0; 1 << precision];
            (1..=count)
                .for_each(|n| observe(&mut registers, precision, mix(n.wrapping_mul(0x9e37_79b9_7f4a_7c15))));
            let error = estimate(&registers) / count as f64 - 1.0;
            let deviation = 1.04 / f64::from(1 << precision).sqrt();
            assert!(error.abs() < 4.0 * deviation, "{precision} bits, {count} values: {error}");
        }
    }

    #[test]
    fn an_empty_sketch_counts_nothing_and_full_ranks_stay_in_range() {
        assert_eq!(estimate(&vec![0; 1 << 14]), 0.0);
        let mut registers = vec![0; 1 << 14];
        observe(&mut registers, 14, 0);
        assert_eq!(registers[0], 51);
        observe(&mut registers, 14, u64::MAX);
        assert_eq!(registers[(1 << 14) - 1], 1);
    }

    #[test]
    fn merged_sketches_are_those_of_all_values() {
        let sketch = |range: std::ops::Range<u64>| {
            let mut registers = vec![0; 1 << 12];
            range.for_each(|n| observe(&mut registers, 12, mix(n.wrapping_mul(0x9e37_79b9_7f4a_7c15))));
            registers
        };
        let (mut left, right) = (sketch(0..5000), sketch(3000..9000));
        merge_registers(&mut left, &right);
        assert_eq!(left, sketch(0..9000));
    }
}
