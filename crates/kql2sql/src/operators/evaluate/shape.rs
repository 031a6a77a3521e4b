//! Plugins that turn rows into columns or columns into rows, and such as only hand rows on.

use super::{Bind, Call, MANY, Plugin, column, fixed};
use crate::functions::{ArgForm, ParamKind, example, param};
use crate::plan::PlanColumn;
use crate::types::Type;

const COLUMNS_OF_DATA: &str =
    "the columns of a result must be known before it runs; project the members that you need";

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
        bind: Bind::Refused { why: COLUMNS_OF_DATA, columns: unpacked },
        ..Plugin::BASE
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
        bind: Bind::Refused { why: COLUMNS_OF_DATA, columns: pivoted },
        ..Plugin::BASE
    },
    Plugin {
        name: "narrow",
        doc: "A row for each value, with its row and its column.",
        page: "narrow-plugin",
        bind: Bind::Refused {
            why: "it is not translated yet; pack_all() and mv-expand do the same",
            columns: |_| fixed(&[("Row", Type::Long), ("Column", Type::String), ("Value", Type::String)]),
        },
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
        signatures: &[&[param("NumberOfRows", ParamKind::Integer)]],
        bind: Bind::Refused {
            why: "it has two results; write `take` and `count`, with `fork` to have both",
            columns: |call| call.input_columns(),
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

/// The input without the bag; its members are not known.
fn unpacked(call: &mut Call) -> Vec<PlanColumn> {
    call.binder.open = true;
    let bag = call.columns("column");
    call.input_columns().into_iter().filter(|c| !bag.contains(c)).collect()
}

/// The columns by which `pivot` groups: those that are named, or all that it does not use otherwise.
fn pivoted(call: &mut Call) -> Vec<PlanColumn> {
    call.binder.open = true;
    let named = call.columns("columnName");
    if !named.is_empty() {
        return named;
    }
    let mut used: Vec<String> = call.columns("pivotColumn").into_iter().map(|c| c.name).collect();
    for (_, aggregate) in call.scalars("aggregateFunction") {
        aggregate.for_each_column(&mut |name| used.push(name.to_owned()));
    }
    call.input_columns().into_iter().filter(|c| !used.contains(&c.name)).collect()
}
