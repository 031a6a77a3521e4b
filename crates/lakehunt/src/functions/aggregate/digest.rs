//! t-digests: values with weights, few enough to be stored, from which percentiles are told.

use super::percentile::{nearest_weighted, turn};
use super::sketch::Sketch;
use crate::dynamic::number::push_real;
use serde_json::Value;

/// What the values are; they are kept as whole numbers that sort as they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `long`
    Long,
    /// `real`
    Real,
    /// `datetime`: nanoseconds
    DateTime,
    /// `timespan`: ticks
    Timespan,
}

impl Kind {
    const ALL: [(&str, Kind); 4] = [
        ("long", Kind::Long),
        ("real", Kind::Real),
        ("datetime", Kind::DateTime),
        ("timespan", Kind::Timespan),
    ];

    /// By Kusto's name of the type.
    pub fn of(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|(n, _)| *n == name).map(|(_, kind)| kind)
    }

    fn name(self) -> &'static str {
        Kind::ALL.into_iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// Up to so many values are kept as they are; more are put together where they are dense.
const MOST: usize = 2_000;

/// A digest. As a dynamic value it is `["tdigest","long",[values],[weights]]`.
#[derive(Debug, Clone)]
pub struct Digest {
    kind: Kind,
    /// Values and weights, sorted.
    values: Vec<(i64, i64)>,
}

impl Digest {
    /// A digest of values with weights, in any order.
    pub fn new(kind: Kind, mut values: Vec<(i64, i64)>) -> Digest {
        values.sort_unstable();
        values.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        let mut digest = Digest { kind, values };
        if digest.values.len() > MOST {
            digest.compress();
        }
        digest
    }

    /// What the values are.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    fn total(&self) -> i128 {
        self.values.iter().map(|v| i128::from(v.1)).sum()
    }

    /// The smallest value such that so many percent of the weight are not above it.
    pub fn percentile(&self, percentile: f64) -> Option<i64> {
        let valid = (0.0..=100.0).contains(&percentile);
        if valid { nearest_weighted(&self.values, &[percentile]).pop().flatten() } else { None }
    }

    /// How much of the weight is at the value or below it, and all of it.
    pub fn rank(&self, value: i64) -> (i128, i128) {
        let below = self.values.iter().take_while(|v| v.0 <= value);
        (below.map(|v| i128::from(v.1)).sum(), self.total())
    }

    /// Puts neighbors together, fewer towards both ends, where the smallest and the largest value stay as they are:
    /// T. Dunning's t-digest by merging, with the scale function k₁.
    fn compress(&mut self) {
        let total = self.total() as f64;
        let scale = |weight: f64| {
            MOST as f64 / std::f64::consts::TAU * (2.0 * weight / total - 1.0).clamp(-1.0, 1.0).asin()
        };
        let mut kept: Vec<(i64, i64)> = Vec::with_capacity(MOST);
        let (mut before, mut weight) = (0.0, 0.0);
        let largest = self.values.len() - 1;
        for (index, &(value, own)) in self.values.iter().enumerate() {
            let after = weight + own as f64;
            match kept.last_mut() {
                Some(last) if (2..largest).contains(&index) && scale(after) - scale(before) <= 1.0 => {
                    last.0 = self.kind.mean(*last, (value, own));
                    last.1 = last.1.saturating_add(own);
                }
                _ => {
                    before = weight;
                    kept.push((value, own));
                }
            }
            weight = after;
        }
        self.values = kept;
    }
}

impl Kind {
    fn mean(self, (a, a_weight): (i64, i64), (b, b_weight): (i64, i64)) -> i64 {
        let part = b_weight as f64 / (a_weight as f64 + b_weight as f64);
        if self == Kind::Real {
            let [a, b] = [a, b].map(|code| f64::from_bits(turn(code) as u64));
            return turn((a + (b - a) * part).to_bits() as i64);
        }
        a.saturating_add(((i128::from(b) - i128::from(a)) as f64 * part).round() as i64)
    }
}

impl Sketch for Digest {
    const MERGE: &str = "kql_tdigest_merge";

    fn parse(json: &str) -> Option<Digest> {
        let value: Value = serde_json::from_str(json).ok()?;
        let [name, kind, values, weights] = value.as_array()?.as_slice() else { return None };
        let kind = Kind::of(kind.as_str()?).filter(|_| name == "tdigest")?;
        let (values, weights) = (values.as_array()?, weights.as_array()?);
        if values.len() != weights.len() {
            return None;
        }
        let code = |value: &Value| match (kind, value) {
            (Kind::Real, Value::String(special)) => {
                special.parse::<f64>().ok().map(|real| turn(real.to_bits() as i64))
            }
            (Kind::Real, value) => value.as_f64().map(|real| turn(real.to_bits() as i64)),
            (_, value) => value.as_i64(),
        };
        let pairs = values.iter().zip(weights).map(|(value, weight)| Some((code(value)?, weight.as_i64()?)));
        Some(Digest::new(kind, pairs.collect::<Option<_>>()?))
    }

    fn to_json(&self) -> String {
        let mut json = format!("[\"tdigest\",\"{}\",[", self.kind.name());
        for (index, (value, _)) in self.values.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            match self.kind {
                Kind::Real => push_real(&mut json, f64::from_bits(turn(*value) as u64)),
                _ => json.push_str(itoa::Buffer::new().format(*value)),
            }
        }
        json.push_str("],[");
        for (index, (_, weight)) in self.values.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            json.push_str(itoa::Buffer::new().format(*weight));
        }
        json.push_str("]]");
        json
    }

    // Values of different kinds do not mix: the first kind stays.
    fn merge(&mut self, other: Digest) {
        if self.kind == other.kind {
            let mut values = std::mem::take(&mut self.values);
            values.extend(other.values);
            *self = Digest::new(self.kind, values);
        }
    }

    fn heap(&self) -> usize {
        self.values.capacity() * size_of::<(i64, i64)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_values_become_few_and_percentiles_stay_near() {
        let digest = Digest::new(Kind::Long, (1..=1_000_000).map(|n| (n, 1)).collect());
        assert!(digest.values.len() <= MOST, "{}", digest.values.len());
        assert_eq!(digest.total(), 1_000_000);
        for (percentile, value) in
            [(0.0, 1), (0.1, 1_000), (50.0, 500_000), (99.9, 999_000), (100.0, 1_000_000)]
        {
            let found = digest.percentile(percentile).unwrap_or_default();
            assert!((found - value).abs() <= 1_000, "{percentile}: {found}");
        }
        assert_eq!([0.0, 100.0].map(|p| digest.percentile(p)), [Some(1), Some(1_000_000)]);
    }

    #[test]
    fn digests_are_written_read_and_merged() {
        let real = |r: f64| (turn(r.to_bits() as i64), 2);
        let mut digest = Digest::new(Kind::Real, vec![real(2.5), real(-1.0), real(2.5)]);
        assert_eq!(digest.to_json(), r#"["tdigest","real",[-1.0,2.5],[2,4]]"#);
        digest.merge(Digest::parse(&digest.to_json()).unwrap());
        assert_eq!(digest.to_json(), r#"["tdigest","real",[-1.0,2.5],[4,8]]"#);
        assert_eq!(digest.rank(real(0.0).0), (4, 12));
        for json in ["", "[]", r#"["tdigest","long",[1],[]]"#, r#"["tdigest","long",["a"],[1]]"#] {
            assert!(Digest::parse(json).is_none(), "{json}");
        }
    }
}
