//! IP addresses: the functions of `kql2sql::functions::ip`.
//!
//! Networks are written with a prefix, `10.0.0.0/8`; text that is no address gives null, or "".

mod address;
pub(crate) mod geo;
mod lookup;

use super::adapter::{ArgType, Args, Cache, ReturnType, ScalarKernel, Text};
use super::string::array::{elements, push_array};
use address::{V4, V6, has_address, networks};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use std::net::Ipv4Addr;

/// Functions of IP addresses.
pub static SCALARS: &[ScalarKernel] = &[
    geo::GEO_INFO,
    kernel("kql_parse_ipv4", ReturnType::Long, &[ArgType::Text], 0, |a| {
        let ip = a.text(0)?;
        a.collect(|row| Some(i64::from(V4::parse(ip.get(row))?.network())))
    }),
    kernel("kql_parse_ipv4_mask", ReturnType::Long, &[ArgType::Text, ArgType::Long], 0, |a| {
        let (ip, prefix) = (a.text(0)?, a.long(1)?);
        a.collect(|row| Some(i64::from(V4::parse(ip.get(row))?.limit(prefix.get(row)?)?.network())))
    }),
    kernel("kql_ipv4_netmask_suffix", ReturnType::Long, &[ArgType::Text], 0, |a| {
        let ip = a.text(0)?;
        a.collect(|row| Some(i64::from(V4::parse(ip.get(row))?.prefix)))
    }),
    kernel("kql_ipv4_is_private", ReturnType::Bool, &[ArgType::Text], 0, |a| {
        let ip = a.text(0)?;
        a.collect(|row| Some(V4::parse(ip.get(row))?.is_private()))
    }),
    kernel("kql_ipv4_compare", ReturnType::Long, PAIR, 1, |a| {
        let pair = pair(a, V4::parse, V4::limit)?;
        a.collect(|row| pair(row).map(|(left, right)| left.compare(right) as i64))
    }),
    kernel("kql_ipv4_is_match", ReturnType::Bool, PAIR, 1, |a| {
        let pair = pair(a, V4::parse, V4::limit)?;
        a.collect(|row| pair(row).map(|(left, right)| left.compare(right).is_eq()))
    }),
    kernel("kql_ipv6_compare", ReturnType::Long, PAIR, 1, |a| {
        let pair = pair(a, V6::parse, V6::limit)?;
        a.collect(|row| pair(row).map(|(left, right)| left.compare(right) as i64))
    }),
    kernel("kql_ipv6_is_match", ReturnType::Bool, PAIR, 1, |a| {
        let pair = pair(a, V6::parse, V6::limit)?;
        a.collect(|row| pair(row).map(|(left, right)| left.compare(right).is_eq()))
    }),
    kernel("kql_parse_ipv6", ReturnType::Text, &[ArgType::Text], 0, |a| {
        let ip = a.text(0)?;
        a.collect(|row| Some(V6::parse(ip.get(row))?.canonical()))
    }),
    kernel("kql_parse_ipv6_mask", ReturnType::Text, &[ArgType::Text, ArgType::Long], 0, |a| {
        let (ip, prefix) = (a.text(0)?, a.long(1)?);
        a.collect(|row| Some(V6::parse(ip.get(row))?.limit(prefix.get(row)?)?.canonical()))
    }),
    kernel("kql_ipv4_is_in_range", ReturnType::Bool, TEXTS, 0, |a| {
        static RANGES: Cache<Vec<Option<V4>>> = Cache::new(|range| vec![V4::parse(range)]);
        in_any_range(a, &RANGES, V4::parse, V4::contains)
    }),
    kernel("kql_ipv4_is_in_any_range_array", ReturnType::Bool, TEXTS, 0, |a| {
        static RANGES: Cache<Vec<Option<V4>>> =
            Cache::new(|json| elements(json).iter().map(|r| V4::parse(r)).collect());
        in_any_range(a, &RANGES, V4::parse, V4::contains)
    }),
    kernel("kql_ipv6_is_in_range", ReturnType::Bool, TEXTS, 0, |a| {
        static RANGES: Cache<Vec<Option<V6>>> = Cache::new(|range| vec![V6::parse(range)]);
        in_any_range(a, &RANGES, V6::parse, V6::contains)
    }),
    kernel("kql_ipv6_is_in_any_range_array", ReturnType::Bool, TEXTS, 0, |a| {
        static RANGES: Cache<Vec<Option<V6>>> =
            Cache::new(|json| elements(json).iter().map(|r| V6::parse(r)).collect());
        in_any_range(a, &RANGES, V6::parse, V6::contains)
    }),
    ScalarKernel {
        variadic: Some(ArgType::Text),
        ..kernel("kql_ipv4_is_in_any_range", ReturnType::Bool, TEXTS, 0, |a| {
            in_listed_range(a, V4::parse, V4::contains)
        })
    },
    ScalarKernel {
        variadic: Some(ArgType::Text),
        ..kernel("kql_ipv6_is_in_any_range", ReturnType::Bool, TEXTS, 0, |a| {
            in_listed_range(a, V6::parse, V6::contains)
        })
    },
    kernel("kql_format_ipv4", ReturnType::Text, &[ArgType::Any, ArgType::Long], 1, |a| {
        let network = formatted(a)?;
        a.collect(|row| network(row).map(|n| Ipv4Addr::from(n.network()).to_string()))
    }),
    kernel("kql_format_ipv4_mask", ReturnType::Text, &[ArgType::Any, ArgType::Long], 1, |a| {
        let network = formatted(a)?;
        a.collect(|row| network(row).map(|n| format!("{}/{}", Ipv4Addr::from(n.network()), n.prefix)))
    }),
    ScalarKernel {
        variadic: Some(ArgType::Text),
        ..kernel("kql_has_any_ipv4", ReturnType::Bool, TEXTS, 0, |a| has_listed(a, false))
    },
    ScalarKernel {
        variadic: Some(ArgType::Text),
        ..kernel("kql_has_any_ipv4_prefix", ReturnType::Bool, TEXTS, 0, |a| has_listed(a, true))
    },
    kernel("kql_has_any_ipv4_array", ReturnType::Bool, TEXTS, 0, |a| has_any(a, false)),
    kernel("kql_has_any_ipv4_prefix_array", ReturnType::Bool, TEXTS, 0, |a| has_any(a, true)),
    lookup::V4_NETWORKS,
    lookup::V6_NETWORKS,
    kernel("kql_ipv4_range_to_cidr_list", ReturnType::Dynamic, TEXTS, 0, |a| {
        let (start, end) = (a.text(0)?, a.text(1)?);
        a.collect_text(|row, out| {
            let address = |text: Text<'_>| text.get(row).parse::<Ipv4Addr>().ok().map(u32::from);
            let (Some(start), Some(end)) = (address(start), address(end)) else { return false };
            let networks = networks(start, end);
            push_array(out, networks.iter().map(|n| format!("{}/{}", Ipv4Addr::from(n.address), n.prefix)));
            !networks.is_empty()
        })
    }),
];

const TEXTS: &[ArgType] = &[ArgType::Text, ArgType::Text];
const PAIR: &[ArgType] = &[ArgType::Text, ArgType::Text, ArgType::Long];

const fn kernel(
    name: &'static str,
    returns: ReturnType,
    args: &'static [ArgType],
    optional: usize,
    eval: fn(&Args<'_>) -> Result<ArrayRef>,
) -> ScalarKernel {
    ScalarKernel { name, returns, args, optional, eval, ..ScalarKernel::BASE }
}

/// Two networks, limited by the optional third argument.
fn pair<'a, N: Copy>(
    args: &Args<'a>,
    parse: fn(&str) -> Option<N>,
    limit: fn(N, i64) -> Option<N>,
) -> Result<impl Fn(usize) -> Option<(N, N)> + use<'a, N>> {
    let (left, right) = (args.text(0)?, args.text(1)?);
    let prefix = if args.len() > 2 { Some(args.long(2)?) } else { None };
    Ok(move |row| {
        let (left, right) = (parse(left.get(row))?, parse(right.get(row))?);
        match &prefix {
            Some(prefix) => Some((limit(left, prefix.get(row)?)?, limit(right, prefix.get(row)?)?)),
            None => Some((left, right)),
        }
    })
}

/// Whether the first argument is in one of the ranges. Null if it is no address, or if it is in no range
/// and one of them is no range.
fn any_range<N: Copy>(
    ip: Option<N>,
    ranges: impl Iterator<Item = Option<N>>,
    contains: fn(N, N) -> bool,
) -> Option<bool> {
    let ip = ip?;
    let mut answer = Some(false);
    for range in ranges {
        match range {
            Some(range) if contains(range, ip) => return Some(true),
            Some(_) => {}
            None => answer = None,
        }
    }
    answer
}

fn in_any_range<N: Copy + 'static>(
    args: &Args<'_>,
    cache: &'static Cache<Vec<Option<N>>>,
    parse: fn(&str) -> Option<N>,
    contains: fn(N, N) -> bool,
) -> Result<ArrayRef> {
    let (ip, mut ranges) = (args.text(0)?, cache.prepare(args.text(1)?));
    args.collect(|row| any_range(parse(ip.get(row)), ranges.get(row).iter().copied(), contains))
}

fn in_listed_range<N: Copy>(
    args: &Args<'_>,
    parse: fn(&str) -> Option<N>,
    contains: fn(N, N) -> bool,
) -> Result<ArrayRef> {
    let texts = (0..args.len()).map(|index| args.text(index)).collect::<Result<Vec<_>>>()?;
    args.collect(|row| {
        let mut networks = texts.iter().map(|text| parse(text.get(row)));
        any_range(networks.next()?, networks, contains)
    })
}

/// The network to format: from a text or a number, limited by the optional second argument.
fn formatted<'a>(args: &Args<'a>) -> Result<impl Fn(usize) -> Option<V4> + use<'a>> {
    let (text, number) = match args.data_type(0) {
        DataType::Int64 => (None, Some(args.long(0)?)),
        _ => (Some(args.text(0)?), None),
    };
    let prefix = if args.len() > 1 { Some(args.long(1)?) } else { None };
    Ok(move |row| {
        let network = match (&number, text) {
            (Some(number), _) => V4 { address: u32::try_from(number.get(row)?).ok()?, prefix: 32 },
            (None, text) => V4::parse(text?.get(row))?,
        };
        match &prefix {
            Some(prefix) => network.limit(prefix.get(row)?),
            None => Some(network),
        }
    })
}

fn has_listed(args: &Args<'_>, prefix: bool) -> Result<ArrayRef> {
    let text = args.text(0)?;
    let wanted = (1..args.len()).map(|index| args.text(index)).collect::<Result<Vec<_>>>()?;
    args.collect(|row| Some(wanted.iter().any(|w| has_address(text.get(row), w.get(row), prefix))))
}

fn has_any(args: &Args<'_>, prefix: bool) -> Result<ArrayRef> {
    static LISTS: Cache<Vec<String>> = Cache::new(elements);
    let (text, mut wanted) = (args.text(0)?, LISTS.prepare(args.text(1)?));
    args.collect(|row| Some(wanted.get(row).iter().any(|w| has_address(text.get(row), w, prefix))))
}
