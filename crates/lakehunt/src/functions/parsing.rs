//! Parsers of URLs, paths, command lines, CSV, XML and versions: the functions of
//! `kql2sql::functions::parsing`.

mod command_line;
pub(crate) mod csv;
mod path;
mod url;
pub(crate) mod user_agent;
mod xml;

use super::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use super::string::array::push_array;
use datafusion::arrow::array::{ArrayRef, Decimal128Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use std::sync::Arc;

/// Parsers of text.
pub static SCALARS: &[ScalarKernel] = &[
    user_agent::USER_AGENT,
    parser("kql_parse_url", |a| write(a, url::parse_url)),
    parser("kql_parse_urlquery", |a| write(a, url::parse_urlquery)),
    parser("kql_parse_path", |a| write(a, path::parse_path)),
    parser("kql_parse_csv", |a| write(a, |text, out| push_array(out, csv::first_record(text)))),
    parser("kql_parse_command_line", |a| {
        write(a, |text, out| push_array(out, command_line::arguments(text)))
    }),
    parser("kql_parse_xml", |a| {
        parse(a, |text, out| {
            let json = xml::parse_xml(text);
            out.push_str(json.as_deref().unwrap_or_default());
            json.is_some()
        })
    }),
    ScalarKernel {
        name: "kql_parse_version",
        args: &[ArgType::Text],
        // Four parts of eight digits leave no room for digits after the point.
        returns: ReturnType::With(|_| VERSION),
        eval: |a| {
            let text = a.text(0)?;
            let versions: Decimal128Array = (0..a.rows()).map(|row| parse_version(text.get(row))).collect();
            Ok(Arc::new(versions.with_data_type(VERSION)))
        },
        ..ScalarKernel::BASE
    },
];

/// A decimal of whole numbers.
const VERSION: DataType = DataType::Decimal128(38, 0);

const fn parser(name: &'static str, eval: fn(&Args<'_>) -> Result<ArrayRef>) -> ScalarKernel {
    ScalarKernel { name, args: &[ArgType::Text], returns: ReturnType::Dynamic, eval, ..ScalarKernel::BASE }
}

/// A dynamic value for each text: `write` writes its JSON, or says that it is null.
fn parse(args: &Args<'_>, write: impl Fn(&str, &mut String) -> bool) -> Result<ArrayRef> {
    let text = args.text(0)?;
    args.collect_text(|row, out| write(text.get(row), out))
}

/// A dynamic value for each text, never null.
fn write(args: &Args<'_>, write: impl Fn(&str, &mut String)) -> Result<ArrayRef> {
    parse(args, |text, out| {
        write(text, out);
        true
    })
}

/// The number by which versions compare: the parts as the digits of a number to the base of 10⁸, missing
/// ones at the end being 0.
fn parse_version(version: &str) -> Option<i128> {
    let parts: Vec<&str> = version.split('.').collect();
    let is_part = |part: &&str| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() > 4 || !parts.iter().all(is_part) {
        return None;
    }
    let numbers = parts.iter().map(|part| part.parse::<i128>().ok()).chain(std::iter::repeat(Some(0)));
    numbers.take(4).try_fold(0, |sum, part| Some(sum * 100_000_000 + part?))
}

#[cfg(test)]
mod tests {
    use super::parse_version;

    #[test]
    fn versions() {
        assert_eq!(parse_version("0.0.0.5"), Some(5));
        assert_eq!(parse_version("0.2"), Some(20_000_000_000_000_000));
        assert_eq!(parse_version("1.2.3.4"), Some(1_000_000_020_000_000_300_000_004));
        assert_eq!(parse_version("1"), parse_version("1.0.0.0"));
        assert_eq!(parse_version("99999999.99999999.99999999.99999999"), Some(10_i128.pow(32) - 1));
        for wrong in ["", "1.", "1.2.3.4.5", "v1", "1.2-3", "123456789", "-1", "+1"] {
            assert_eq!(parse_version(wrong), None, "{wrong:?}");
        }
    }
}
