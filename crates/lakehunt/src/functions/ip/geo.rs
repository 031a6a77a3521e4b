//! Where an address is, by a MaxMind database of cities (`GeoLite2-City` and its like).
//!
//! <https://learn.microsoft.com/kusto/query/geo-info-from-ip-address-function>

use super::kernel;
use crate::dynamic::number::push_real;
use crate::functions::adapter::{ArgType, Cache, ReturnType, ScalarKernel};
use maxminddb::{Reader, geoip2};
use std::net::IpAddr;

/// `kql_geo_info(path of the database, ip)`: a bag of what the database says, in English; null for what is no address and
/// for one that it does not know.
pub(super) const GEO_INFO: ScalarKernel =
    kernel("kql_geo_info", ReturnType::Dynamic, &[ArgType::Text, ArgType::Text], 0, |a| {
        // A session opens the file before (`check`), so that a query finds it there.
        static DATABASES: Cache<Option<Reader<Vec<u8>>>> =
            Cache::new(|path| Reader::open_readfile(path).ok());
        let (mut databases, ip) = (DATABASES.prepare(a.text(0)?), a.text(1)?);
        a.collect(|row| look_up(databases.get(row).as_ref()?, ip.get(row)))
    });

/// What is wrong with a database, if anything: it must be readable and one of cities.
pub(crate) fn check(path: &str) -> Result<(), String> {
    let reader =
        Reader::open_readfile(path).map_err(|e| format!("it cannot be read as a MaxMind database: {e}"))?;
    let kind = &reader.metadata().database_type;
    match kind.contains("City") || kind.contains("Enterprise") {
        true => Ok(()),
        false => {
            Err(format!("it is a database of the type {kind}, and one of cities is needed (GeoLite2-City)"))
        }
    }
}

fn look_up(reader: &Reader<Vec<u8>>, ip: &str) -> Option<String> {
    let address: IpAddr = ip.trim().parse().ok()?;
    let found: geoip2::City<'_> = reader.lookup(address.to_canonical()).ok()?.decode().ok()??;
    let mut json = String::from("{");
    let key = |json: &mut String, name: &str| {
        if json.len() > 1 {
            json.push(',');
        }
        json.push('"');
        json.push_str(name);
        json.push_str("\":");
    };
    let state = found.subdivisions.first().and_then(|s| s.names.english);
    for (name, text) in
        [("country", found.country.names.english), ("state", state), ("city", found.city.names.english)]
    {
        if let Some(text) = text {
            key(&mut json, name);
            kql2sql::json::push_string(&mut json, text);
        }
    }
    for (name, number) in [("latitude", found.location.latitude), ("longitude", found.location.longitude)] {
        if let Some(number) = number {
            key(&mut json, name);
            push_real(&mut json, number);
        }
    }
    if json.len() == 1 {
        return None;
    }
    json.push('}');
    Some(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<u8> {
        [&[0x40 | text.len() as u8], text.as_bytes()].concat()
    }

    fn map(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = vec![0xe0 | members.len() as u8];
        for (key, value) in members {
            bytes.extend(text(key));
            bytes.extend(value);
        }
        bytes
    }

    fn named(name: &str) -> Vec<u8> {
        map(&[("names", map(&[("en", text(name))]))])
    }

    fn real(value: f64) -> Vec<u8> {
        [&[0x68][..], &value.to_be_bytes()].concat()
    }

    fn short(value: u8) -> Vec<u8> {
        vec![0xa1, value]
    }

    /// A database in which only `203.0.113.0/24` is known.
    fn database(kind: &str, record: Vec<u8>) -> Vec<u8> {
        let network = [203u8, 0, 113];
        let bits = network.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        let mut bytes = Vec::new();
        for (node, one) in bits.enumerate() {
            // 24 nodes: 24 stands for no data, 40 for the first data behind the tree and its 16 bytes of distance.
            let next = if node == 23 { 40u8 } else { node as u8 + 1 };
            let (left, right) = if one { (24, next) } else { (next, 24) };
            bytes.extend([0, 0, left, 0, 0, right]);
        }
        bytes.extend([0; 16]);
        bytes.extend(record);
        bytes.extend(b"\xab\xcd\xefMaxMind.com");
        bytes.extend(map(&[
            ("binary_format_major_version", short(2)),
            ("binary_format_minor_version", short(0)),
            ("build_epoch", vec![0x01, 0x02, 1]),
            ("database_type", text(kind)),
            ("description", map(&[])),
            ("ip_version", short(4)),
            ("languages", vec![0x00, 0x04]),
            ("node_count", vec![0xc1, 24]),
            ("record_size", short(24)),
        ]));
        bytes
    }

    #[test]
    fn addresses_are_looked_up() {
        let states = [&[0x01, 0x04][..], &named("Oslo County")].concat();
        let record = map(&[
            ("city", named("Oslo")),
            ("country", named("Norway")),
            ("location", map(&[("latitude", real(59.9127)), ("longitude", real(10.75))])),
            ("subdivisions", states),
        ]);
        let reader = Reader::from_source(database("GeoLite2-City", record)).expect("a database");
        let found = r#"{"country":"Norway","state":"Oslo County","city":"Oslo","latitude":59.9127,"longitude":10.75}"#;
        assert_eq!(look_up(&reader, "203.0.113.9").as_deref(), Some(found));
        assert_eq!(look_up(&reader, "::ffff:203.0.113.9").as_deref(), Some(found));
        for unknown in ["203.0.114.9", "2001:db8::1", "", "203.0.113.0/24", "host"] {
            assert_eq!(look_up(&reader, unknown), None, "{unknown}");
        }
        let country = database("GeoLite2-City", map(&[("country", named("Norway"))]));
        let reader = Reader::from_source(country).expect("a database");
        assert_eq!(look_up(&reader, "203.0.113.9").as_deref(), Some(r#"{"country":"Norway"}"#));
    }

    #[test]
    fn a_database_of_something_else_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("some.mmdb");
        let at = path.to_str().expect("a path");
        assert!(check(at).is_err_and(|why| why.contains("cannot be read")));
        std::fs::write(&path, database("GeoLite2-ASN", map(&[]))).expect("a file");
        assert!(check(at).is_err_and(|why| why.contains("GeoLite2-ASN")));
        std::fs::write(&path, database("GeoLite2-City", map(&[]))).expect("a file");
        assert_eq!(check(at), Ok(()));
    }
}
