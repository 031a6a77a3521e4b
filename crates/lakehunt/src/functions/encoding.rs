//! Encodings, compression and hashes: the functions of `kql2sql::functions::encoding`.

mod base64;
mod names;

use super::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use twox_hash::XxHash64;

/// Functions of encodings and hashes.
pub static SCALARS: &[ScalarKernel] = &[
    text("kql_url_encode", |a| write_text(a, |s, out| names::url_encode(s, "+", out))),
    text("kql_url_encode_component", |a| write_text(a, |s, out| names::url_encode(s, "%20", out))),
    text("kql_url_decode", |a| map(a, |s| Some(names::url_decode(s)))),
    text("kql_punycode_from_string", |a| map(a, names::to_punycode)),
    text("kql_punycode_to_string", |a| map(a, names::from_punycode)),
    text("kql_punycode_domain_to_string", |a| map(a, names::encode_domain)),
    text("kql_punycode_domain_from_string", |a| map(a, names::decode_domain)),
    text("kql_base64_encode_tostring", |a| map(a, |s| Some(base64::encode(s)))),
    text("kql_base64_encode_fromguid", |a| map(a, base64::encode_guid)),
    text("kql_base64_encode_fromarray", |a| map(a, base64::encode_array)),
    text("kql_base64_decode_tostring", |a| map(a, base64::decode_text)),
    nullable("kql_base64_decode_toguid", |a| map(a, base64::decode_guid)),
    nullable("kql_base64_decode_toarray", |a| {
        let text = a.text(0)?;
        a.collect_text(|row, out| {
            let Some(bytes) = base64::decode(text.get(row)) else { return false };
            out.push('[');
            for (at, byte) in bytes.iter().enumerate() {
                // Writing to a string cannot fail.
                let _ = write!(out, "{}{byte}", if at > 0 { "," } else { "" });
            }
            out.push(']');
            true
        })
    }),
    text("kql_zlib_decompress_from_base64_string", |a| map(a, base64::decompress_zlib)),
    text("kql_gzip_decompress_from_base64_string", |a| map(a, base64::decompress_gzip)),
    text("kql_zlib_compress_to_base64_string", |a| map(a, base64::compress_zlib)),
    text("kql_gzip_compress_to_base64_string", |a| map(a, base64::compress_gzip)),
    text("kql_hash_md5", |a| write_text(a, |s, out| hex(&Md5::digest(s), out))),
    text("kql_hash_sha1", |a| write_text(a, |s, out| hex(&Sha1::digest(s), out))),
    text("kql_hash_sha256", |a| write_text(a, |s, out| hex(&Sha256::digest(s), out))),
    ScalarKernel {
        name: "kql_hash",
        args: &[ArgType::Any, ArgType::Long],
        optional: 1,
        returns: ReturnType::Long,
        eval: hash,
        ..ScalarKernel::BASE
    },
];

/// A function of one text that gives a text.
const fn text(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel { name, args: &[ArgType::Text], returns: ReturnType::Text, eval, ..ScalarKernel::BASE }
}

/// A function of one text that gives a guid or a dynamic value, or null.
const fn nullable(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel { returns: ReturnType::Dynamic, ..text(name, eval) }
}

fn map(args: &Args<'_>, value: fn(&str) -> Option<String>) -> Result<ArrayRef> {
    let text = args.text(0)?;
    args.collect(|row| value(text.get(row)))
}

fn write_text(args: &Args<'_>, write: fn(&str, &mut String)) -> Result<ArrayRef> {
    let text = args.text(0)?;
    args.collect_text(|row, out| {
        write(text.get(row), out);
        true
    })
}

fn hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
}

/// xxHash64 of the text's UTF-8, or of a number's eight bytes, the lowest first; with a second argument
/// its remainder, the hash taken as unsigned.
fn hash(args: &Args<'_>) -> Result<ArrayRef> {
    let (text, number) = match args.data_type(0) {
        DataType::Int64 => (None, Some(args.long(0)?)),
        _ => (Some(args.text(0)?), None),
    };
    let modulo = if args.len() > 1 { Some(args.long(1)?) } else { None };
    args.collect(|row| {
        let hash = match (&number, text) {
            (Some(number), _) => XxHash64::oneshot(0, &number.get(row)?.to_le_bytes()),
            (None, text) => XxHash64::oneshot(0, text?.get(row).as_bytes()),
        };
        match &modulo {
            None => Some(hash as i64),
            Some(modulo) => {
                let modulo = u64::try_from(modulo.get(row)?).ok().filter(|&m| m > 0)?;
                Some((hash % modulo) as i64)
            }
        }
    })
}
