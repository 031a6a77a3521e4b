//! Base 64, as text, bytes and guids, and what is compressed in it.

use crate::functions::string::array::elements;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use std::io::Read;

/// Padding must be there; the bits that the last character has left over may be anything.
const ENGINE: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// The most that is decompressed: a few bytes can stand for terabytes.
const MOST_BYTES: u64 = 64 << 20;

/// Bytes in base 64.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    ENGINE.encode(bytes)
}

/// The bytes that a text stands for.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    ENGINE.decode(text).ok()
}

/// The text that a text stands for, if it is UTF-8.
pub fn decode_text(text: &str) -> Option<String> {
    String::from_utf8(decode(text)?).ok()
}

/// The bytes of a dynamic array in base 64; none if an element is no byte.
pub fn encode_array(json: &str) -> Option<String> {
    let bytes = elements(json).iter().map(|e| e.parse::<u8>().ok()).collect::<Option<Vec<u8>>>()?;
    Some(encode(bytes))
}

/// The first three parts of a guid stand in little-endian order in its bytes.
const GUID_ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/// The guid of 16 bytes.
pub fn decode_guid(text: &str) -> Option<String> {
    let bytes: [u8; 16] = decode(text)?.try_into().ok()?;
    let mut guid = String::with_capacity(36);
    for (at, from) in GUID_ORDER.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            guid.push('-');
        }
        guid.push_str(&format!("{:02x}", bytes[from]));
    }
    Some(guid)
}

/// The 16 bytes of a guid.
pub fn encode_guid(guid: &str) -> Option<String> {
    let digits: Vec<u8> = guid.bytes().filter(|&b| b != b'-').collect();
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (at, pair) in digits.chunks_exact(2).enumerate() {
        let value = |digit: u8| char::from(digit).to_digit(16);
        bytes[GUID_ORDER[at]] = (value(pair[0])? * 16 + value(pair[1])?) as u8;
    }
    Some(encode(bytes))
}

/// Compresses as zlib does.
pub fn compress_zlib(text: &str) -> Option<String> {
    let mut bytes = vec![0x78, 0x01];
    bytes.extend(deflate(text.as_bytes())?);
    bytes.extend(adler32(text.as_bytes()).to_be_bytes());
    Some(encode(bytes))
}

/// Compresses as gzip does: a header that names nothing but the method, the data, its checksum and its length.
pub fn compress_gzip(text: &str) -> Option<String> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend(deflate(text.as_bytes())?);
    let mut checksum = flate2::Crc::new();
    checksum.update(text.as_bytes());
    bytes.extend(checksum.sum().to_le_bytes());
    bytes.extend(checksum.amount().to_le_bytes());
    Some(encode(bytes))
}

/// The data of both. What does not become shorter stands as it is, which is all that Kusto's documentation shows.
fn deflate(text: &[u8]) -> Option<Vec<u8>> {
    let mut deflated = Vec::new();
    flate2::read::DeflateEncoder::new(text, flate2::Compression::default())
        .read_to_end(&mut deflated)
        .ok()?;
    match u16::try_from(text.len()) {
        Ok(length) if deflated.len() + 1 >= text.len() => {
            let [a, b] = length.to_le_bytes();
            Some([&[1, a, b, !a, !b], text].concat())
        }
        _ => Some(deflated),
    }
}

fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    b << 16 | a
}

/// Decompresses what zlib compressed.
pub fn decompress_zlib(text: &str) -> Option<String> {
    read(flate2::read::ZlibDecoder::new(&decode(text)?[..]))
}

/// Decompresses what gzip compressed; optional fields of its header are not supported, as in Kusto.
pub fn decompress_gzip(text: &str) -> Option<String> {
    let bytes = decode(text)?;
    if *bytes.get(3)? != 0 {
        return None;
    }
    read(flate2::read::GzDecoder::new(&bytes[..]))
}

fn read(decoder: impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    decoder.take(MOST_BYTES + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > MOST_BYTES {
        return None;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        assert_eq!(encode("Kusto"), "S3VzdG8=");
        assert_eq!(decode_text("S3VzdG8=").unwrap(), "Kusto");
        assert_eq!(decode_text("S3VzdG9=").unwrap(), "Kusto");
        assert_eq!(decode_text("S3VzdG8"), None);
        assert_eq!(decode_text("//79"), None);
        assert_eq!(decode_text("").unwrap(), "");
        assert_eq!(encode_array("[75,117,115,116,111]").unwrap(), "S3VzdG8=");
        assert_eq!(encode_array("[75,256]"), None);
    }

    #[test]
    fn guids() {
        let guid = "ae3133f2-6e22-49ae-b06a-16e6a9b212eb";
        assert_eq!(encode_guid(guid).unwrap(), "8jMxriJurkmwahbmqbIS6w==");
        assert_eq!(decode_guid("8jMxriJurkmwahbmqbIS6w==").unwrap(), guid);
        assert_eq!(decode_guid("abcd1231"), None);
        assert_eq!(encode_guid(""), None);
    }

    #[test]
    fn compressed() {
        assert_eq!(decompress_zlib("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=").unwrap(), "Test string 123");
        assert_eq!(decompress_zlib("x0x0x0"), None);
        let gzip = "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==";
        assert_eq!(decompress_gzip(gzip).unwrap(), "1234567890qwertyuiop");
        assert_eq!(compress_gzip("1234567890qwertyuiop").unwrap(), gzip);
        assert_eq!(
            compress_zlib("1234567890qwertyuiop").unwrap(),
            "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="
        );
        // Cut short, and with a header field.
        assert_eq!(decompress_gzip(&encode(&decode(gzip).unwrap()[..20])), None);
        let mut named = decode(gzip).unwrap();
        named[3] = 8;
        assert_eq!(decompress_gzip(&encode(named)), None);
    }
}
