//! Random numbers that belong to a row.
//!
//! Every row has its own generator, seeded by the lake's seed, a purpose and the row's number. So any row can
//! be made at any time by any thread, and a row of one table can name a row of the other without a list of
//! either in memory. The algorithm (SplitMix64) is written out here because the committed sample must come
//! out the same for ever.

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// A random number generator.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// The dice of row `row` for one purpose, such as the content of a table.
    pub fn new(seed: u64, purpose: u64, row: u64) -> Dice {
        Dice { state: mix(mix(mix(seed).wrapping_add(purpose)).wrapping_add(row.wrapping_mul(GAMMA))) }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number from 0 to `limit - 1`, each as likely.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(limit)) >> 64) as u64
    }

    /// A number from 0 to `limit - 1`, the low ones more likely: the first tenth has about a third of the
    /// weight.
    pub fn skewed(&mut self, limit: u64) -> u64 {
        let place = self.bits() >> 32;
        ((u128::from(place * place) * u128::from(limit)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }

    /// True in `in_thousand` of a thousand throws.
    pub fn chance(&mut self, in_thousand: u64) -> bool {
        self.below(1_000) < in_thousand
    }

    /// One of `choices`.
    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len() as u64) as usize]
    }

    /// One of `choices`, as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, choices: &[(u64, T)]) -> T {
        let mut place = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            if place < *weight {
                return *choice;
            }
            place -= weight;
        }
        unreachable!("the place is below the sum of the weights")
    }

    /// Appends a random GUID.
    pub fn push_guid(&mut self, out: &mut String) {
        push_guid(out, [self.bits(), self.bits()]);
    }

    /// A random GUID.
    pub fn guid(&mut self) -> String {
        let mut out = String::with_capacity(36);
        self.push_guid(&mut out);
        out
    }

    /// Appends `length` random characters out of `alphabet`.
    pub fn push_word(&mut self, out: &mut String, alphabet: Alphabet, length: usize) {
        let characters = alphabet.characters();
        let mut bits = 0;
        for place in 0..length {
            if place % 10 == 0 {
                bits = self.bits();
            }
            // 64 characters at most, so six bits choose one; the slight bias of the shorter alphabets does no
            // harm.
            out.push(char::from(characters[(bits & 63) as usize % characters.len()]));
            bits >>= 6;
        }
    }
}

/// The characters of a random word.
#[derive(Clone, Copy, Debug)]
pub enum Alphabet {
    /// Capital hexadecimal digits.
    Hex,
    /// Capital letters and digits.
    Capitals,
    /// Base64, with `+` and `/`.
    Base64,
}

impl Alphabet {
    fn characters(self) -> &'static [u8] {
        match self {
            Alphabet::Hex => b"0123456789ABCDEF",
            Alphabet::Capitals => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            Alphabet::Base64 => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        }
    }
}

/// Appends the GUID of these 128 bits.
pub fn push_guid(out: &mut String, bits: [u64; 2]) {
    for (index, byte) in bits.iter().flat_map(|half| half.to_be_bytes()).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_always_the_same() {
        assert_eq!(Dice::new(1, 2, 3).guid(), Dice::new(1, 2, 3).guid());
        assert_ne!(Dice::new(1, 2, 3).guid(), Dice::new(1, 2, 4).guid());
        assert_ne!(Dice::new(1, 2, 3).guid(), Dice::new(2, 2, 3).guid());
    }

    #[test]
    fn numbers_stay_in_range() {
        let mut dice = Dice::new(0, 0, 0);
        for _ in 0..1_000 {
            assert!(dice.below(7) < 7);
            assert!(dice.skewed(7) < 7);
            assert!((-3..=3).contains(&dice.between(-3, 3)));
        }
    }
}
