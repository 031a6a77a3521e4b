//! Plugins of schemas, and such as only hand rows on.

use super::{Bind, Plugin, fixed};
use crate::functions::{ParamKind, example, param};
use crate::types::Type;

/// Plugins of schemas.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "identity",
        doc: "Hands the rows on as they are.",
        bind: Bind::Rows(|call| call.input.clone()),
        examples: &[example("print x = 7 | evaluate identity()", "[7]")],
        ..Plugin::BASE
    },
    Plugin {
        name: "identity_v3",
        doc: "Hands the rows on as they are; made to test plugins.",
        signatures: &[&[
            super::constant("mode", ParamKind::Types(&[Type::String])),
            super::constant("exceptionText", ParamKind::Types(&[Type::String])),
        ]],
        bind: Bind::Refused {
            why: "leave it out: it only tests Kusto itself",
            columns: |c| c.input_columns(),
        },
        ..Plugin::BASE
    },
    Plugin {
        name: "schema_merge",
        doc: "One schema from several that `getschema` made.",
        page: "schema-merge-plugin",
        signatures: &[&[param("PreserveOrder", ParamKind::Types(&[Type::Bool])).optional()]],
        bind: Bind::Refused {
            why: "the documentation does not say what becomes of a column that has several types",
            columns: |_| {
                fixed(&[
                    ("ColumnName", Type::String),
                    ("ColumnOrdinal", Type::Int),
                    ("DataType", Type::String),
                    ("ColumnType", Type::String),
                ])
            },
        },
        ..Plugin::BASE
    },
    Plugin {
        name: "estimate_rows_count",
        doc: "About how many rows there are.",
        bind: Bind::Refused {
            why: "it is an estimate of Kusto's; write `count`",
            columns: |_| fixed(&[("EstimatedRowsCount", Type::Long)]),
        },
        ..Plugin::BASE
    },
];
