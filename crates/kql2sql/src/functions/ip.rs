//! IP addresses.

use super::*;
use crate::types::Type;

/// IP addresses.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "parse_ipv4",
        doc: "",
        page: "parse-ipv4-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_ipv4_mask",
        doc: "",
        page: "parse-ipv4-mask-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_ipv6",
        doc: "",
        page: "parse-ipv6-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "parse_ipv6_mask",
        doc: "",
        page: "parse-ipv6-mask-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_compare",
        doc: "",
        page: "ipv4-compare-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_match",
        doc: "",
        page: "ipv4-is-match-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_compare",
        doc: "",
        page: "ipv6-compare-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_private",
        doc: "",
        page: "ipv4-is-private-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_is_match",
        doc: "",
        page: "ipv6-is-match-function",
        overloads: &[overload(
            &[
                param("ip1", ParamKind::Types(&[Type::String])),
                param("ip2", ParamKind::Types(&[Type::String])),
                param("prefix", ParamKind::Types(&[Type::Long])).optional(),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_is_in_range",
        doc: "",
        page: "ipv6-is-in-range-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("ip_range", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv6_is_in_any_range",
        doc: "",
        page: "ipv6-is-in-any-range-function",
        overloads: &[
            overload(
                &[
                    param("ip", ParamKind::StringOrDynamic),
                    param("ranges", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                TODO,
            ),
            overload(
                &[param("ip", ParamKind::StringOrDynamic), param("ranges", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_in_range",
        doc: "",
        page: "ipv4-is-in-range-function",
        overloads: &[overload(
            &[
                param("ip", ParamKind::Types(&[Type::String])),
                param("ip_range", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "ipv4_is_in_any_range",
        doc: "",
        page: "ipv4-is-in-any-range-function",
        overloads: &[
            overload(
                &[
                    param("ip", ParamKind::StringOrDynamic),
                    param("ranges", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                TODO,
            ),
            overload(
                &[param("ip", ParamKind::StringOrDynamic), param("ranges", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "ipv4_netmask_suffix",
        doc: "",
        page: "ipv4-netmask-suffix-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "format_ipv4",
        doc: "",
        page: "format-ipv4-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Scalar), param("prefix", ParamKind::Types(&[Type::Long])).optional()],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "format_ipv4_mask",
        doc: "",
        page: "format-ipv4-mask-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Scalar), param("prefix", ParamKind::Types(&[Type::Long]))],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "has_ipv4",
        doc: "",
        page: "has-ipv4-function",
        overloads: &[overload(
            &[param("source", ParamKind::StringOrDynamic), param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "has_ipv4_prefix",
        doc: "",
        page: "has-ipv4-prefix-function",
        overloads: &[overload(
            &[
                param("source", ParamKind::StringOrDynamic),
                param("ip_prefix", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "has_any_ipv4",
        doc: "",
        page: "has-any-ipv4-function",
        overloads: &[
            overload(
                &[
                    param("source", ParamKind::StringOrDynamic),
                    param("ips", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                TODO,
            ),
            overload(
                &[param("source", ParamKind::StringOrDynamic), param("ips", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "has_any_ipv4_prefix",
        doc: "",
        page: "has-any-ipv4-prefix-function",
        overloads: &[
            overload(
                &[
                    param("source", ParamKind::StringOrDynamic),
                    param("ip_prefixes", ParamKind::Types(&[Type::String])).times(1, 32767),
                ],
                Returns::Type(Type::Bool),
                TODO,
            ),
            overload(
                &[param("source", ParamKind::StringOrDynamic), param("ip_prefixes", ParamKind::DynamicArray)],
                Returns::Type(Type::Bool),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "ipv4_range_to_cidr_list",
        doc: "",
        page: "ipv4-range-to-cidr-list-function",
        overloads: &[overload(
            &[
                param("start_ip", ParamKind::Types(&[Type::String])),
                param("end_ip", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
];
