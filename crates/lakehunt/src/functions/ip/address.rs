//! Addresses and networks, as text and as numbers.

use std::net::{Ipv4Addr, Ipv6Addr};

/// An IPv4 address with a prefix: `10.1.2.3/8`, or 32 bits where none is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct V4 {
    /// The address as written.
    pub address: u32,
    /// How many of its first bits count.
    pub prefix: u32,
}

impl V4 {
    /// Reads an address with or without a prefix.
    pub fn parse(text: &str) -> Option<V4> {
        let (address, prefix) = split_prefix(text, 32)?;
        Some(V4 { address: address.parse::<Ipv4Addr>().ok()?.into(), prefix })
    }

    /// The same with at most so many bits; none if that is not 0 to 32.
    pub fn limit(self, prefix: i64) -> Option<V4> {
        let prefix = u32::try_from(prefix).ok().filter(|&p| p <= 32)?;
        Some(V4 { prefix: self.prefix.min(prefix), ..self })
    }

    /// The address with only the bits of the prefix.
    pub fn network(self) -> u32 {
        self.address & mask(self.prefix)
    }

    /// Whether a network has all of another one (or of one address).
    pub fn contains(self, other: V4) -> bool {
        other.network() & mask(self.prefix) == self.network()
    }

    /// The networks' order by the bits that count in both.
    pub fn compare(self, other: V4) -> std::cmp::Ordering {
        let mask = mask(self.prefix.min(other.prefix));
        (self.address & mask).cmp(&(other.address & mask))
    }

    /// Whether it is in one of the ranges of RFC 1918.
    pub fn is_private(self) -> bool {
        [(0x0a00_0000, 8), (0xac10_0000, 12), (0xc0a8_0000, 16)]
            .iter()
            .any(|&(address, prefix)| V4 { address, prefix }.contains(self))
    }
}

fn mask(prefix: u32) -> u32 {
    u32::MAX.checked_shl(32 - prefix).unwrap_or(0)
}

/// An IPv6 address with a prefix. IPv4 is mapped: `10.1.2.3/8` is `::ffff:10.1.2.3/104`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct V6 {
    /// The address as written.
    pub address: u128,
    /// How many of its first bits count.
    pub prefix: u32,
    /// Whether it ends in the dotted form of IPv4 without being mapped: `::10.1.2.3`.
    compatible: bool,
}

impl V6 {
    /// Reads an IPv6 or IPv4 address with or without a prefix. With the dotted form a prefix counts
    /// the bits of IPv4.
    pub fn parse(text: &str) -> Option<V6> {
        if let Some(v4) = V4::parse(text) {
            let address = Ipv4Addr::from(v4.address).to_ipv6_mapped().into();
            return Some(V6 { address, prefix: v4.prefix + 96, compatible: false });
        }
        let dotted = text.contains('.');
        let (address, prefix) = split_prefix(text, if dotted { 32 } else { 128 })?;
        let address = u128::from(address.parse::<Ipv6Addr>().ok()?);
        let prefix = if dotted { prefix + 96 } else { prefix };
        Some(V6 { address, prefix, compatible: dotted && address >> 32 == 0 })
    }

    /// The same with at most so many bits; none if that is not 0 to 128.
    pub fn limit(self, prefix: i64) -> Option<V6> {
        let prefix = u32::try_from(prefix).ok().filter(|&p| p <= 128)?;
        Some(V6 { prefix: self.prefix.min(prefix), ..self })
    }

    /// All eight groups of four digits, of the bits of the prefix.
    pub fn canonical(self) -> String {
        let network = self.address & mask128(self.prefix);
        let groups: Vec<String> =
            (0..8).rev().map(|i| format!("{:04x}", (network >> (16 * i)) as u16)).collect();
        groups.join(":")
    }

    /// Whether a network has all of another one (or of one address).
    pub fn contains(self, other: V6) -> bool {
        let mask = mask128(self.prefix);
        other.network() & mask == self.network()
    }

    /// The networks' order by the bits that count in both.
    pub fn compare(self, other: V6) -> std::cmp::Ordering {
        let mask = mask128(self.prefix.min(other.prefix));
        (self.number() & mask).cmp(&(other.number() & mask))
    }

    /// The number that is compared, with only the bits of the prefix.
    pub fn network(self) -> u128 {
        self.number() & mask128(self.prefix)
    }

    /// What is compared: `::10.1.2.3` is the same address as `10.1.2.3`.
    fn number(self) -> u128 {
        if self.compatible { self.address | 0xffff << 32 } else { self.address }
    }
}

/// The first bits of 128.
pub fn mask128(prefix: u32) -> u128 {
    u128::MAX.checked_shl(128 - prefix).unwrap_or(0)
}

/// The parts before and after a slash; `bits` where there is none. A prefix beyond `bits` is none.
fn split_prefix(text: &str, bits: u32) -> Option<(&str, u32)> {
    let Some((address, prefix)) = text.split_once('/') else { return Some((text, bits)) };
    let digits = !prefix.is_empty() && prefix.len() <= 3 && prefix.bytes().all(|b| b.is_ascii_digit());
    let prefix = prefix.parse().ok().filter(|&p| digits && p <= bits)?;
    Some((address, prefix))
}

/// The networks that make up the addresses from `start` to `end`, the fewest that do; none if the end
/// is before the start.
pub fn networks(start: u32, end: u32) -> Vec<V4> {
    let (mut next, end) = (u64::from(start), u64::from(end));
    let mut networks = Vec::new();
    while next <= end {
        // As large as the alignment of the start and the rest of the range allow.
        let aligned = if next == 0 { 32 } else { next.trailing_zeros().min(32) };
        let fitting = (end - next + 1).ilog2();
        let bits = aligned.min(fitting);
        networks.push(V4 { address: next as u32, prefix: 32 - bits });
        next += 1 << bits;
    }
    networks
}

/// Whether `text` has the IPv4 address, or one that begins with the prefix `10.1.`, between characters
/// that are neither letters nor digits. What is neither a whole address nor a prefix that ends in a dot
/// is found nowhere.
pub fn has_address(text: &str, wanted: &str, prefix: bool) -> bool {
    let is_address = wanted.parse::<Ipv4Addr>().is_ok();
    if !(is_address || prefix && is_prefix(wanted)) {
        return false;
    }
    let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(wanted).any(|(at, _)| {
        let rest = &text[at..];
        let length = if is_address { wanted.len() } else { address_length(rest) };
        edge(text[..at].chars().next_back())
            && rest[..length].parse::<Ipv4Addr>().is_ok()
            && edge(rest[length..].chars().next())
    })
}

/// `10.`, `10.1.`, `10.1.2.`
fn is_prefix(text: &str) -> bool {
    let Some(octets) = text.strip_suffix('.') else { return false };
    let octets: Vec<&str> = octets.split('.').collect();
    octets.len() <= 3 && octets.iter().all(|o| o.len() <= 3 && o.parse::<u8>().is_ok())
}

/// How far the digits and dots of four octets reach at the start of the text.
fn address_length(text: &str) -> usize {
    let mut dots = 0;
    text.bytes()
        .position(|b| {
            dots += usize::from(b == b'.');
            !(b.is_ascii_digit() || b == b'.' && dots <= 3)
        })
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4(text: &str) -> V4 {
        V4::parse(text).unwrap()
    }

    fn v6(text: &str) -> V6 {
        V6::parse(text).unwrap()
    }

    #[test]
    fn what_is_an_address() {
        assert_eq!(v4("192.168.1.1/24").network(), 3_232_235_776);
        assert_eq!(v4("255.255.255.255/31").network(), 4_294_967_294);
        assert_eq!(v4("1.2.3.4/0").network(), 0);
        for wrong in
            ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/+8", " 1.2.3.4"]
        {
            assert_eq!(V4::parse(wrong), None, "{wrong:?}");
        }
        for wrong in ["", ":::", "fe80::1/129", "g::", "::1.2.3.4/33"] {
            assert_eq!(V6::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn networks_are_compared_by_the_shorter_prefix() {
        assert!(v4("192.168.1.1/24").compare(v4("192.168.1.255")).is_eq());
        assert!(v4("10.0.0.1").compare(v4("10.0.0.2")).is_lt());
        assert!(v4("10.0.0.1").limit(31).unwrap().compare(v4("10.0.0.0")).is_eq());
        assert_eq!(v4("10.0.0.1").limit(33), None);
        assert!(v4("10.0.0.0/8").contains(v4("10.1.0.0/16")));
        assert!(!v4("10.1.0.0/16").contains(v4("10.0.0.0/8")));
        assert!(v6("fe80::85d:e82c:9446:7994/120").compare(v6("fe80::85d:e82c:9446:7998")).is_eq());
        assert!(v6("192.168.1.1/24").compare(v6("::ffff:c0a8:1ff")).is_eq());
        assert!(v6("::192.168.1.1/30").compare(v6("192.168.1.255/24")).is_eq());
        assert!(v6("::1").compare(v6("::2")).is_lt());
    }

    #[test]
    fn canonical_ipv6() {
        assert_eq!(v6("127.0.0.1").canonical(), "0000:0000:0000:0000:0000:ffff:7f00:0001");
        assert_eq!(v6("::192.168.255.255/24").canonical(), "0000:0000:0000:0000:0000:0000:c0a8:ff00");
        assert_eq!(
            v6("fe80::85d:e82c:9446:7994/120").limit(124).unwrap().canonical(),
            "fe80:0000:0000:0000:085d:e82c:9446:7900"
        );
    }

    #[test]
    fn private_ranges() {
        for (text, private) in [
            ("10.255.0.1", true),
            ("172.31.9.9", true),
            ("172.32.0.0", false),
            ("192.168.1.1/24", true),
            ("127.0.0.1", false),
        ] {
            assert_eq!(v4(text).is_private(), private, "{text}");
        }
    }

    #[test]
    fn a_range_as_networks() {
        let list = |start: &str, end: &str| -> Vec<String> {
            networks(v4(start).address, v4(end).address)
                .iter()
                .map(|n| format!("{}/{}", Ipv4Addr::from(n.address), n.prefix))
                .collect()
        };
        assert_eq!(list("1.1.128.0", "1.1.140.255"), ["1.1.128.0/21", "1.1.136.0/22", "1.1.140.0/24"]);
        assert_eq!(list("0.0.0.0", "255.255.255.255"), ["0.0.0.0/0"]);
        assert_eq!(list("10.0.0.1", "10.0.0.2"), ["10.0.0.1/32", "10.0.0.2/32"]);
        assert_eq!(list("255.255.255.255", "255.255.255.255"), ["255.255.255.255/32"]);
        assert!(list("10.0.0.2", "10.0.0.1").is_empty());
    }

    #[test]
    fn addresses_in_a_text() {
        let text = "05:04:54 127.0.0.1 GET http://10.0.0.256/ 1.2.3.4x (5.6.7.8)";
        assert!(has_address(text, "127.0.0.1", false));
        assert!(!has_address(text, "127.0.0", false));
        assert!(!has_address(text, "10.0.0.256", false));
        assert!(!has_address(text, "1.2.3.4", false));
        assert!(has_address(text, "5.6.7.8", true));
        assert!(has_address(text, "127.0.", true));
        assert!(has_address(text, "5.", true));
        assert!(!has_address(text, "127.0", true));
        assert!(!has_address(text, "10.0.0.", true));
        assert!(!has_address("x127.0.0.1", "127.0.", true));
        assert!(!has_address(text, "1.", true));
    }
}
