//! Finding the networks of a table that have an address, for the plugins `ipv4_lookup` and `ipv6_lookup`.

use super::address::{V4, V6, mask128};
use super::{elements, kernel, push_array};
use crate::functions::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::collections::{BTreeMap, HashMap};

/// `kql_ipv4_networks(ip, keys, extra)`: those of the keys whose network has the address and whose extra text is
/// the same, as an array; an array of "" if there is none. A key is a network, perhaps with a line break
/// and an extra text behind it.
pub(super) const V4_NETWORKS: ScalarKernel = kernel("kql_ipv4_networks", ReturnType::Dynamic, ARGS, 1, |a| {
    static TABLES: Cache<Networks> = Cache::new(|keys| Networks::new(keys, v4));
    find(a, &TABLES, v4)
});

/// The same for IPv6 addresses, which IPv4 addresses are too.
pub(super) const V6_NETWORKS: ScalarKernel = kernel("kql_ipv6_networks", ReturnType::Dynamic, ARGS, 1, |a| {
    static TABLES: Cache<Networks> = Cache::new(|keys| Networks::new(keys, v6));
    find(a, &TABLES, v6)
});

const ARGS: &[ArgType] = &[ArgType::Text, ArgType::Text, ArgType::Text];

/// A network: its first address and the number of bits that count, of 128.
type Network = (u128, u32);

fn v4(text: &str) -> Option<Network> {
    V4::parse(text).map(|v| (u128::from(v.network()), v.prefix + 96))
}

fn v6(text: &str) -> Option<Network> {
    V6::parse(text).map(|v| (v.network(), v.prefix))
}

/// Keys by the length and the first address of their networks: an address is looked up once for each
/// length that occurs.
struct Networks {
    lengths: BTreeMap<u32, HashMap<u128, Vec<String>>>,
}

impl Networks {
    /// Of an array of keys; those that hold no network match nothing.
    fn new(keys: &str, parse: fn(&str) -> Option<Network>) -> Self {
        let mut lengths: BTreeMap<u32, HashMap<u128, Vec<String>>> = BTreeMap::new();
        for key in elements(keys) {
            if let Some((address, length)) = parse(parts(&key).0) {
                let keys = lengths.entry(length).or_default().entry(address).or_default();
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        Networks { lengths }
    }

    fn with_address(&self, address: u128) -> impl Iterator<Item = &String> {
        self.lengths
            .iter()
            .filter_map(move |(length, networks)| networks.get(&(address & mask128(*length))))
            .flatten()
    }
}

fn parts(key: &str) -> (&str, &str) {
    key.split_once('\n').unwrap_or((key, ""))
}

fn find(
    args: &Args<'_>,
    tables: &'static Cache<Networks>,
    parse: fn(&str) -> Option<Network>,
) -> Result<ArrayRef> {
    let (ip, mut tables) = (args.text(0)?, tables.prepare(args.text(1)?));
    let extra = if args.len() > 2 { Some(args.text(2)?) } else { None };
    args.collect_text(|row, out| {
        let extra = extra.map_or("", |e| e.get(row));
        let mut found: Vec<&str> = Vec::new();
        if let Some((address, _)) = parse(ip.get(row)) {
            let keys = tables.get(row).with_address(address).map(String::as_str);
            found.extend(keys.filter(|key| parts(key).1 == extra));
        }
        if found.is_empty() {
            found.push("");
        }
        push_array(out, found);
        true
    })
}
