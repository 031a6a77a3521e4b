//! Encodings, compression and hashes.

use super::*;
use crate::types::Type;

/// Encodings, compression and hashes.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "url_encode",
        doc: "",
        page: "url-encode-function",
        overloads: &[overload(
            &[param("url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "url_encode_component",
        doc: "",
        page: "url-encode-component-function",
        overloads: &[overload(
            &[param("url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "url_decode",
        doc: "",
        page: "url-decode-function",
        overloads: &[overload(
            &[param("encoded_url", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_encodestring",
        doc: "",
        page: "base64-encode-tostring-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        obsolete: Some("base64_encode_tostring"),
        ..Function::BASE
    },
    Function {
        name: "base64_encode_tostring",
        doc: "",
        page: "base64-encode-tostring-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_decode_toarray",
        doc: "",
        page: "base64-decode-toarray-function",
        overloads: &[overload(
            &[param("base64_string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_encode_fromarray",
        doc: "",
        page: "base64-encode-fromarray-function",
        overloads: &[overload(
            &[param("base64_string_decoded_as_array", ParamKind::DynamicArray)],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_decodestring",
        doc: "",
        page: "base64-decode-tostring-function",
        overloads: &[overload(
            &[param("base64_string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        obsolete: Some("base64_decode_tostring"),
        ..Function::BASE
    },
    Function {
        name: "base64_decode_tostring",
        doc: "",
        page: "base64-decode-tostring-function",
        overloads: &[overload(
            &[param("base64_string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_decode_toguid",
        doc: "",
        page: "base64-decode-toguid-function",
        overloads: &[overload(
            &[param("base64_string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Guid),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "base64_encode_fromguid",
        doc: "",
        page: "base64-encode-fromguid-function",
        overloads: &[overload(
            &[param("guid", ParamKind::Types(&[Type::Guid]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "zlib_decompress_from_base64_string",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "zlib_compress_to_base64_string",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "gzip_decompress_from_base64_string",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "gzip_compress_to_base64_string",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash",
        doc: "",
        page: "hash-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic), param("mod", ParamKind::Integer).optional()],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_sha256",
        doc: "",
        page: "hash-sha256-function",
        overloads: &[overload(&[param("source", ParamKind::NotDynamic)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "hash_md5",
        doc: "",
        page: "hash-md5-function",
        overloads: &[overload(&[param("source", ParamKind::NotDynamic)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "hash_sha1",
        doc: "",
        page: "hash-sha1-function",
        overloads: &[overload(&[param("source", ParamKind::NotDynamic)], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "hash_xxhash64",
        doc: "",
        page: "hash-xxhash64-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic), param("mod", ParamKind::Integer).optional()],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_combine",
        doc: "",
        page: "hash-combine-function",
        overloads: &[overload(
            &[param("source", ParamKind::Scalar).times(2, 32767)],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "hash_many",
        doc: "",
        page: "hash-many-function",
        overloads: &[overload(
            &[param("source", ParamKind::NotDynamic).times(1, 32767)],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "punycode_to_string",
        doc: "",
        page: "punycode-to-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "punycode_from_string",
        doc: "",
        page: "punycode-from-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "punycode_domain_from_string",
        doc: "",
        page: "punycode-domain-from-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "punycode_domain_to_string",
        doc: "",
        page: "punycode-domain-to-string-function",
        overloads: &[overload(
            &[param("string", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
];
