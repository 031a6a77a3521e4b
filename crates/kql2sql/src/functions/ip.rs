//! IP addresses.

use super::conversion::{convert_sql, tostring_sql};
use super::string::with_texts;
use super::to_dynamic::call as runtime;
use super::*;
use crate::types::Type;
use sqlparser::ast;

/// IP addresses.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "parse_ipv4",
        doc: "The IPv4 address (of a network its first) as a number; null if it is none.",
        page: "parse-ipv4-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Long),
            Lower::Udf("kql_parse_ipv4"),
        )],
        examples: &[example(
            r#"print parse_ipv4("10.0.0.255"), parse_ipv4("10.0.0.255/24"), parse_ipv4("10.0.0.256")"#,
            "[167772415, 167772160, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_ipv4_mask",
        doc: "The first address of the network of so many bits, as a number; null if it is none.",
        page: "parse-ipv4-mask-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])),
            ],
            Returns::Type(Type::Long),
            Lower::Udf("kql_parse_ipv4_mask"),
        )],
        examples: &[example(
            r#"print parse_ipv4_mask("10.0.0.255", 24), parse_ipv4_mask("10.0.0.255", 33)"#,
            "[167772160, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_ipv6",
        doc: "The IPv6 or IPv4 address with all its digits; empty if it is none.",
        page: "parse-ipv6-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            Lower::Udf("kql_parse_ipv6"),
        )],
        examples: &[example(
            r#"print parse_ipv6("fe80::1"), parse_ipv6("10.0.0.1"), parse_ipv6("none")"#,
            r#"["fe80:0000:0000:0000:0000:0000:0000:0001", "0000:0000:0000:0000:0000:ffff:0a00:0001", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_ipv6_mask",
        doc: "The first address of the network of so many bits, with all its digits; empty if it is none.",
        page: "parse-ipv6-mask-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])),
            ],
            Returns::Type(Type::String),
            Lower::Udf("kql_parse_ipv6_mask"),
        )],
        examples: &[example(
            r#"print parse_ipv6_mask("fe80::1:ff", 120)"#,
            r#"["fe80:0000:0000:0000:0000:0000:0001:0000"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_compare",
        doc: "-1, 0 or 1, as the first network comes before, is, or comes after the second; null if one is none.",
        page: "ipv4-compare-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Long),
            Lower::Udf("kql_ipv4_compare"),
        )],
        examples: &[example(
            r#"print ipv4_compare("10.0.0.1", "10.0.0.2"), ipv4_compare("10.0.0.1/24", "10.0.0.2"), ipv4_compare("10.0.0.9", "10.0.0.2", 28), ipv4_compare("10.0.0.1", "x")"#,
            "[-1, 0, 0, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_match",
        doc: "Whether two networks are the same by the bits that count in both; null if one is none.",
        page: "ipv4-is-match-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_ipv4_is_match"),
        )],
        examples: &[example(
            r#"print ipv4_is_match("10.0.0.1/24", "10.0.0.200"), ipv4_is_match("10.0.0.1", "10.0.0.2"), ipv4_is_match("10.0.0.1", "10.0.0.2", 24), ipv4_is_match("", "10.0.0.2")"#,
            "[true, false, true, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_compare",
        doc: "-1, 0 or 1, as the first network comes before, is, or comes after the second; null if one is none.",
        page: "ipv6-compare-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Long),
            Lower::Udf("kql_ipv6_compare"),
        )],
        examples: &[example(
            r#"print ipv6_compare("fe80::1", "fe80::2"), ipv6_compare("fe80::1", "fe80::2", 120), ipv6_compare("10.0.0.1", "::ffff:10.0.0.1")"#,
            "[-1, 0, 0]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_private",
        doc: "Whether the IPv4 address belongs to a private network; null if it is none.",
        page: "ipv4-is-private-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_ipv4_is_private"),
        )],
        examples: &[example(
            r#"print ipv4_is_private("172.20.1.1"), ipv4_is_private("172.32.1.1"), ipv4_is_private("host")"#,
            "[true, false, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_is_match",
        doc: "Whether two networks are the same by the bits that count in both; null if one is none.",
        page: "ipv6-is-match-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_ipv6_is_match"),
        )],
        examples: &[example(
            r#"print ipv6_is_match("fe80::1/64", "fe80::2"), ipv6_is_match("fe80::1", "fe80::2"), ipv6_is_match("fe80::1", "fe80::2", 64)"#,
            "[true, false, true]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_is_in_range",
        doc: "Whether the address is in the network; null if one is none.",
        page: "ipv6-is-in-range-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("ip_range", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_ipv6_is_in_range"),
        )],
        examples: &[example(
            r#"print ipv6_is_in_range("fe80::1", "fe80::/64"), ipv6_is_in_range("fe81::1", "fe80::/64")"#,
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_is_in_any_range",
        doc: "Whether the address is in one of the networks; null if it is none.",
        page: "ipv6-is-in-any-range-function",
        overloads: &[
            overload(
                &[
                    param("ip", ParamKind::StringOrDynamic),
                    param("ranges", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_ipv6_is_in_any_range", call, 1))),
            ),
            overload(
                &[param("ip", ParamKind::StringOrDynamic), param("ranges", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_ipv6_is_in_any_range_array", call, 1))),
            ),
        ],
        examples: &[
            example(r#"print ipv6_is_in_any_range("fe80::1", "2001::/16", "fe80::/64")"#, "[true]"),
            example(r#"print ipv6_is_in_any_range("fe80::1", dynamic(["2001::/16"]))"#, "[false]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_in_range",
        doc: "Whether the address is in the network; null if one is none.",
        page: "ipv4-is-in-range-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("ip_range", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            Lower::Udf("kql_ipv4_is_in_range"),
        )],
        examples: &[example(
            r#"print ipv4_is_in_range("10.1.2.3", "10.0.0.0/8"), ipv4_is_in_range("11.1.2.3", "10.0.0.0/8"), ipv4_is_in_range("10.1.2.3", "")"#,
            "[true, false, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_in_any_range",
        doc: "Whether the address is in one of the networks; null if it is none.",
        page: "ipv4-is-in-any-range-function",
        overloads: &[
            overload(
                &[
                    param("ip", ParamKind::StringOrDynamic),
                    param("ranges", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_ipv4_is_in_any_range", call, 1))),
            ),
            overload(
                &[param("ip", ParamKind::StringOrDynamic), param("ranges", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_ipv4_is_in_any_range_array", call, 1))),
            ),
        ],
        examples: &[
            example(r#"print ipv4_is_in_any_range("10.1.2.3", "192.168.0.0/16", "10.0.0.0/8")"#, "[true]"),
            example(
                r#"print ipv4_is_in_any_range("10.1.2.3", dynamic(["192.168.0.0/16"])), ipv4_is_in_any_range("", dynamic(["192.168.0.0/16"]))"#,
                "[false, null]",
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "ipv4_netmask_suffix",
        doc: "How many bits of the network count, 32 where none is written; null if it is none.",
        page: "ipv4-netmask-suffix-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Long),
            Lower::Udf("kql_ipv4_netmask_suffix"),
        )],
        examples: &[example(
            r#"print ipv4_netmask_suffix("10.1.2.3/12"), ipv4_netmask_suffix("10.1.2.3"), ipv4_netmask_suffix("10.1")"#,
            "[12, 32, null]",
        )],
        ..Function::BASE
    },
    Function {
        name: "format_ipv4",
        doc: "The first address of the network of so many bits; empty if it is none.",
        page: "format-ipv4-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Scalar), param("prefix", ParamKind::Types(&[Type::Long])).optional()],
            Returns::Type(Type::String),
            Lower::Build(|call| format_ipv4("kql_format_ipv4", call)),
        )],
        examples: &[example(
            r#"print format_ipv4("10.1.2.3", 16), format_ipv4(167772415), format_ipv4("10.1.2.3/24"), format_ipv4("10.1.2.3", 40)"#,
            r#"["10.1.0.0", "10.0.0.255", "10.1.2.0", ""]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "format_ipv4_mask",
        doc: "The network of so many bits, with its prefix; empty if it is none.",
        page: "format-ipv4-mask-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Scalar), param("prefix", ParamKind::Types(&[Type::Long]))],
            Returns::Type(Type::String),
            Lower::Build(|call| format_ipv4("kql_format_ipv4_mask", call)),
        )],
        examples: &[example(
            r#"print format_ipv4_mask("10.1.2.3", 16), format_ipv4_mask("10.1.2.3/12", 16)"#,
            r#"["10.1.0.0/16", "10.0.0.0/12"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "has_ipv4",
        doc: "Whether the text has the IPv4 address between characters other than letters and digits.",
        page: "has-ipv4-function",
        overloads: &[overload(
            &[param("source", ParamKind::StringOrDynamic), param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            Lower::Build(|call| Ok(with_texts("kql_has_any_ipv4", call, 1))),
        )],
        examples: &[example(
            r#"print has_ipv4("from 10.1.2.3:80", "10.1.2.3"), has_ipv4("from 10.1.2.34", "10.1.2.3")"#,
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "has_ipv4_prefix",
        doc: "Whether the text has an IPv4 address that begins so, or is it: `10.1.`.",
        page: "has-ipv4-prefix-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::StringOrDynamic),
                param("ip_prefix", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            Lower::Build(|call| Ok(with_texts("kql_has_any_ipv4_prefix", call, 1))),
        )],
        examples: &[example(
            r#"print has_ipv4_prefix("from 10.1.2.3:80", "10.1."), has_ipv4_prefix("from 10.1.2.3:80", "10.1")"#,
            "[true, false]",
        )],
        ..Function::BASE
    },
    Function {
        name: "has_any_ipv4",
        doc: "Whether the text has one of the IPv4 addresses.",
        page: "has-any-ipv4-function",
        overloads: &[
            overload(
                &[
                    param("source", ParamKind::StringOrDynamic),
                    param("ips", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_has_any_ipv4", call, 1))),
            ),
            overload(
                &[param("source", ParamKind::StringOrDynamic), param("ips", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_has_any_ipv4_array", call, 1))),
            ),
        ],
        examples: &[
            example(r#"print has_any_ipv4("from 10.1.2.3:80", "1.1.1.1", "10.1.2.3")"#, "[true]"),
            example(r#"print has_any_ipv4("from 10.1.2.3:80", dynamic(["1.1.1.1"]))"#, "[false]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "has_any_ipv4_prefix",
        doc: "Whether the text has an IPv4 address that begins in one of these ways.",
        page: "has-any-ipv4-prefix-function",
        overloads: &[
            overload(
                &[
                    param("source", ParamKind::StringOrDynamic),
                    param("ip_prefixes", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_has_any_ipv4_prefix", call, 1))),
            ),
            overload(
                &[param("source", ParamKind::StringOrDynamic), param("ip_prefixes", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                Lower::Build(|call| Ok(with_texts("kql_has_any_ipv4_prefix_array", call, 1))),
            ),
        ],
        examples: &[
            example(r#"print has_any_ipv4_prefix("from 10.1.2.3:80", "1.", "10.")"#, "[true]"),
            example(r#"print has_any_ipv4_prefix("from 10.1.2.3:80", dynamic(["11."]))"#, "[false]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "ipv4_range_to_cidr_list",
        doc: "The networks that make up all addresses from the first to the last; null if one is none.",
        page: "ipv4-range-to-cidr-list-function",
        overloads: &[overload(
            &[
                param("start_ip", ParamKind::Types(&[Type::String])),
                param("end_ip", ParamKind::Types(&[Type::String])),
            ],
            Returns::Dynamic(Shape::ARRAY),
            Lower::Udf("kql_ipv4_range_to_cidr_list"),
        )],
        examples: &[example(
            r#"print ipv4_range_to_cidr_list("10.0.0.0", "10.0.0.4")"#,
            r#"[["10.0.0.0/30", "10.0.0.4/32"]]"#,
        )],
        ..Function::BASE
    },
];

/// The address is a text or a number.
fn format_ipv4(name: &str, call: Call) -> Result<ast::Expr, Refusal> {
    let [ip, prefix @ ..] = call.args.as_slice() else { return Err(Refusal("it takes an address".into())) };
    let address = match ip.ty {
        Type::String | Type::Dynamic | Type::Unknown => tostring_sql(ip.clone()),
        Type::Int => convert_sql(ip.clone(), Type::Long).unwrap_or_else(|| ip.sql.clone()),
        Type::Long => ip.sql.clone(),
        other => return Err(Refusal(format!("a {other} is no address; use a string or a long"))),
    };
    let mut args = vec![address];
    args.extend(prefix.iter().map(|arg| arg.sql.clone()));
    Ok(runtime(name, args))
}
