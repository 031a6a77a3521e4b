//! Plugins of schemas, and such as only hand rows on.

use super::{Bind, MANY, Plugin, column, fixed};
use crate::functions::{ArgForm, ParamKind, example, param};
use crate::types::Type;

/// Plugins that change the shape of a table.
pub(super) static PLUGINS: &[Plugin] = &[
    Plugin {
        name: "bag_unpack",
        doc: "A column for each member of a bag.",
        page: "bag-unpack-plugin",
        signatures: &[&[
            column("column", ParamKind::Scalar),
            param("column_prefix", ParamKind::Types(&[Type::String]))
                .form(ArgForm::LiteralNotEmpty)
                .optional(),
            param("columnsConflict", ParamKind::Types(&[Type::String])).optional(),
            param("ignoredProperties", ParamKind::Scalar).optional(),
        ]],
        bind: Bind::RowsBySchema(super::bag_unpack::bind),
        examples: &[example("print d = dynamic({'a': 1}) | evaluate bag_unpack(d) : (a:long)", "[1]")],
    },
    Plugin {
        name: "pivot",
        doc: "A column for each value of a column, with an aggregate over its rows.",
        page: "pivot-plugin",
        signatures: &[&[
            column("pivotColumn", ParamKind::NotDynamic),
            param("aggregateFunction", ParamKind::Scalar).form(ArgForm::Aggregate).optional(),
            column("columnName", ParamKind::Scalar).times(0, MANY),
        ]],
        bind: Bind::RowsBySchema(super::pivot::bind),
        examples: &[example("print k = 'x', v = 3 | evaluate pivot(k, sum(v)) : (x:long)", "[3]")],
    },
    Plugin {
        name: "narrow",
        doc: "A row for each value, with its row and its column.",
        page: "narrow-plugin",
        bind: Bind::Rows(super::narrow::bind),
        examples: &[example("print a = 7 | evaluate narrow()", "[0, \"a\", \"7\"]")],
        ..Plugin::BASE
    },
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
        name: "preview",
        doc: "The first rows, and how many there are in all.",
        page: "preview-plugin",
        signatures: &[&[super::constant("NumberOfRows", ParamKind::Integer)]],
        bind: Bind::Rows(super::preview::bind),
        examples: &[example("print x = 7 | evaluate preview(1)", "[7]")],
    },
    Plugin {
        name: "schema_merge",
        doc: "One schema from several that `getschema` made.",
        page: "schema-merge-plugin",
        signatures: &[&[param("PreserveOrder", ParamKind::Types(&[Type::Bool])).optional()]],
        bind: Bind::Rows(super::schema_merge::bind),
        examples: &[example(
            "let a = datatable(x:long, y:string)[] | getschema; let b = datatable(x:long, z:bool, y:string)[] | getschema;
union a, b | evaluate schema_merge() | where ColumnOrdinal == -1",
            r#"["y", -1, "ERROR(unknown CSL type:ERROR(columns are out of order))", "ERROR(columns are out of order)"]"#,
        )],
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
