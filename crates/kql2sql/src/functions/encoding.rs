//! Encodings, compression and hashes.

use super::conversion::convert_sql;
use super::string::with_texts;
use super::to_dynamic::call as runtime;
use super::*;
use crate::types::Type;
use sqlparser::ast;

/// Encodings, compression and hashes.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "url_encode",
        doc: "The text for the query of a URL: other than letters and digits as `%xx`, a space as `+`.",
        page: "url-encode-function",
        overloads: &[overload(
            &[param("url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_url_encode"),
        )],
        examples: &[example(r#"print url_encode("a b/c?d=é")"#, r#"["a+b%2fc%3fd%3d%c3%a9"]"#)],
        ..Function::BASE
    },
    Function {
        name: "url_encode_component",
        doc: "The text for a URL: other than letters and digits as `%xx`, a space too.",
        page: "url-encode-component-function",
        overloads: &[overload(
            &[param("url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_url_encode_component"),
        )],
        examples: &[example(r#"print url_encode_component("a b/c")"#, r#"["a%20b%2fc"]"#)],
        ..Function::BASE
    },
    Function {
        name: "url_decode",
        doc: "The text that was encoded for a URL.",
        page: "url-decode-function",
        overloads: &[overload(
            &[param("encoded_url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_url_decode"),
        )],
        examples: &[example(r#"print url_decode("a%20b%2Fc+d")"#, r#"["a b/c d"]"#)],
        ..Function::BASE
    },
    BASE64_ENCODE_TOSTRING.obsolete("base64_encodestring"),
    BASE64_ENCODE_TOSTRING,
    Function {
        name: "base64_decode_toarray",
        doc: "The bytes that the base 64 stands for; null if it is not base 64.",
        page: "base64-decode-toarray-function",
        overloads: &[overload(
            &[param("base64_string", ParamKind::Types(&[Type::String]))],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_base64_decode_toarray"),
        )],
        examples: &[example(
            r#"print base64_decode_toarray("bGFrZQ=="), base64_decode_toarray("bGFrZQ")"#,
            "[[108, 97, 107, 101], null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_encode_fromarray",
        doc: "The array of bytes in base 64.",
        page: "base64-encode-fromarray-function",
        overloads: &[overload(
            &[param("base64_string_decoded_as_array", ParamKind::DynamicArray)],
            Returns::Type(Type::String),
            Lower::Udf("kql_base64_encode_fromarray"),
        )],
        examples: &[example(
            "print base64_encode_fromarray(dynamic([108, 97, 107, 101]))",
            r#"["bGFrZQ=="]"#,
        )],
        ..Function::BASE
    },
    BASE64_DECODE_TOSTRING.obsolete("base64_decodestring"),
    BASE64_DECODE_TOSTRING,
    Function {
        name: "base64_decode_toguid",
        doc: "The guid whose bytes the base 64 stands for; null if they are not 16.",
        page: "base64-decode-toguid-function",
        overloads: &[overload(
            &[param("base64_string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Guid),
            Lower::Udf("kql_base64_decode_toguid"),
        )],
        examples: &[example(
            r#"print base64_decode_toguid("AwIBAAUEBwYICQoLDA0ODw=="), base64_decode_toguid("bGFrZQ==")"#,
            r#"["00010203-0405-0607-0809-0a0b0c0d0e0f", null]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_encode_fromguid",
        doc: "The bytes of the guid in base 64.",
        page: "base64-encode-fromguid-function",
        overloads: &[overload(
            &[param("guid", ParamKind::Types(&[Type::Guid]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_base64_encode_fromguid"),
        )],
        examples: &[example(
            "print base64_encode_fromguid(guid(00010203-0405-0607-0809-0a0b0c0d0e0f))",
            r#"["AwIBAAUEBwYICQoLDA0ODw=="]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "zlib_decompress_from_base64_string",
        doc: "The text that zlib compressed to this base 64; empty if it is none.",
        page: "zlib-base64-decompress-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_zlib_decompress_from_base64_string"),
        )],
        examples: &[example(
            r#"print zlib_decompress_from_base64_string("eJzLScxOBQAEEgGe"), zlib_decompress_from_base64_string("lake")"#,
            r#"["lake", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "zlib_compress_to_base64_string",
        doc: "The text compressed by zlib, in base 64; another compressor may write the same text in other bytes.",
        page: "zlib-base64-compress-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_zlib_compress_to_base64_string"),
        )],
        examples: &[
            example(
                r#"print zlib_compress_to_base64_string("hunt 0123456789")"#,
                r#"["eAEBDwDw/2h1bnQgMDEyMzQ1Njc4OSPoA+0="]"#,
            ),
            example(
                r#"print t = strcat_array(repeat("lake ", 99), "") | project zlib_decompress_from_base64_string(zlib_compress_to_base64_string(t)) == t"#,
                "[true]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "gzip_decompress_from_base64_string",
        doc: "The text that gzip compressed to this base 64; empty if it is none.",
        page: "gzip-base64-decompress",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_gzip_decompress_from_base64_string"),
        )],
        examples: &[example(
            r#"print gzip_decompress_from_base64_string("H4sIAAAAAAACA8tJzE4FAAsRcKIEAAAA"), gzip_decompress_from_base64_string("lake")"#,
            r#"["lake", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "gzip_compress_to_base64_string",
        doc: "The text compressed by gzip, in base 64; another compressor may write the same text in other bytes.",
        page: "gzip-base64-compress",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_gzip_compress_to_base64_string"),
        )],
        examples: &[
            example(
                r#"print gzip_compress_to_base64_string("hunt 0123456789")"#,
                r#"["H4sIAAAAAAAA/wEPAPD/aHVudCAwMTIzNDU2Nzg5qRtjJA8AAAA="]"#,
            ),
            example(
                r#"print t = strcat_array(repeat("lake ", 99), "") | project gzip_decompress_from_base64_string(gzip_compress_to_base64_string(t)) == t"#,
                "[true]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "hash",
        doc: "The xxHash64 of the value; with a modulus the remainder.",
        page: "hash-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic), param("mod", ParamKind::Integer).optional()],
            Returns::Type(Type::Long),
            Lower::Build(hash),
        )],
        examples: &[example(
            r#"print hash("lake") == hash_xxhash64("lake"), hash("lake") == hash("Lake")"#,
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_sha256",
        doc: "The SHA-256 of the value as text, in hexadecimal.",
        page: "hash-sha256-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_hash_sha256", call, 1))),
        )],
        examples: &[example(
            r#"print hash_sha256("abc")"#,
            r#"["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_md5",
        doc: "The MD5 of the value as text, in hexadecimal.",
        page: "hash-md5-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_hash_md5", call, 1))),
        )],
        examples: &[example(
            r#"print hash_md5("abc"), hash_md5(1) == hash_md5("1")"#,
            r#"["900150983cd24fb0d6963f7d28e17f72", true]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_sha1",
        doc: "The SHA-1 of the value as text, in hexadecimal.",
        page: "hash-sha1-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic)],
            Returns::Type(Type::String),
            Lower::Build(|call| Ok(with_texts("kql_hash_sha1", call, 1))),
        )],
        examples: &[example(r#"print hash_sha1("abc")"#, r#"["a9993e364706816aba3e25717850c26c9cd0d89d"]"#)],
        ..Function::BASE
    },
    Function {
        name: "hash_xxhash64",
        doc: "The xxHash64 of the value; with a modulus the remainder.",
        page: "hash-xxhash64-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic), param("mod", ParamKind::Integer).optional()],
            Returns::Type(Type::Long),
            Lower::Build(hash),
        )],
        examples: &[example(
            r#"print hash_xxhash64(""), hash_xxhash64("", 100)"#,
            "[-1205034819632174695, 21]",
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_combine",
        doc: "One hash of several.",
        page: "hash-combine-function",
        overloads: &[overload(
            &[param("source", ParamKind::Scalar).times(2, 32767)],
            Returns::Type(Type::Long),
            COMBINATION,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_many",
        doc: "One hash of several values.",
        page: "hash-many-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic).times(1, 32767)],
            Returns::Type(Type::Long),
            COMBINATION,
        )],
        ..Function::BASE
    },
    Function {
        name: "punycode_to_string",
        doc: "The text that the Punycode, without `xn--`, stands for; empty if it is none.",
        page: "punycode-to-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_punycode_to_string"),
        )],
        examples: &[example(r#"print punycode_to_string("mnchen-3ya")"#, r#"["münchen"]"#)],
        ..Function::BASE
    },
    Function {
        name: "punycode_from_string",
        doc: "The text in Punycode, without `xn--`.",
        page: "punycode-from-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_punycode_from_string"),
        )],
        examples: &[example(r#"print punycode_from_string("münchen")"#, r#"["mnchen-3ya"]"#)],
        ..Function::BASE
    },
    Function {
        name: "punycode_domain_from_string",
        doc: "The domain name with its parts in Punycode decoded.",
        page: "punycode-domain-from-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_punycode_domain_from_string"),
        )],
        examples: &[example(
            r#"print punycode_domain_from_string("www.xn--mnchen-3ya.de")"#,
            r#"["www.münchen.de"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "punycode_domain_to_string",
        doc: "The domain name with its parts in other than ASCII in Punycode.",
        page: "punycode-domain-to-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_punycode_domain_to_string"),
        )],
        examples: &[example(
            r#"print punycode_domain_to_string("www.münchen.de")"#,
            r#"["www.xn--mnchen-3ya.de"]"#,
        )],
        ..Function::BASE
    },
];

const BASE64_ENCODE_TOSTRING: Function = Function {
    name: "base64_encode_tostring",
    doc: "The text, as UTF-8, in base 64.",
    page: "base64-encode-tostring-function",
    overloads: &[overload(
        &[param("string", ParamKind::Types(&[Type::String]))],
        Returns::Type(Type::String),
        Lower::Udf("kql_base64_encode_tostring"),
    )],
    examples: &[example(r#"print base64_encode_tostring("lake")"#, r#"["bGFrZQ=="]"#)],
    ..Function::BASE
};

const BASE64_DECODE_TOSTRING: Function = Function {
    name: "base64_decode_tostring",
    doc: "The text that the base 64 stands for; empty if it is not base 64 of UTF-8.",
    page: "base64-decode-tostring-function",
    overloads: &[overload(
        &[param("base64_string", ParamKind::Types(&[Type::String]))],
        Returns::Type(Type::String),
        Lower::Udf("kql_base64_decode_tostring"),
    )],
    examples: &[example(
        r#"print base64_decode_tostring("bGFrZQ=="), base64_decode_tostring("gA==")"#,
        r#"["lake", ""]"#,
    )],
    ..Function::BASE
};

const COMBINATION: Lower = Lower::Unsupported(
    "how Kusto combines hashes is not documented; use hash() or hash_sha256() of strcat_delim() of the values",
);

/// A text is hashed by its bytes, a `long`, `datetime` or `timespan` by its eight bytes.
fn hash(call: Call) -> Result<ast::Expr, Refusal> {
    let [source, modulo @ ..] = call.args.as_slice() else { return Err(Refusal("it takes a value".into())) };
    let hashed = match source.ty {
        Type::String | Type::Long | Type::Timespan | Type::Unknown => source.sql.clone(),
        Type::DateTime => convert_sql(source.clone(), Type::Long)
            .ok_or_else(|| Refusal("a datetime is hashed as a number, which it cannot be made".into()))?,
        other => {
            return Err(Refusal(format!(
                "which bytes of a {other} Kusto hashes is not documented; hash tostring() or tolong() of it"
            )));
        }
    };
    let mut args = vec![hashed];
    args.extend(modulo.iter().map(|arg| arg.sql.clone()));
    Ok(runtime("kql_hash", args))
}
