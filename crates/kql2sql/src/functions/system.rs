//! The query itself, its columns and its cluster.

use super::*;
use crate::types::Type;

/// The query itself, its columns and its cluster.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "cluster",
        doc: "",
        page: "cluster-function",
        overloads: &[overload(&[param("name", ParamKind::Types(&[Type::String]))], Returns::Special, TODO)],
        ..Function::BASE
    },
    Function {
        name: "database",
        doc: "",
        page: "database-function",
        overloads: &[overload(
            &[param("name", ParamKind::Types(&[Type::String])).optional()],
            Returns::Special,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "table",
        doc: "",
        page: "table-function",
        overloads: &[overload(
            &[
                param("name", ParamKind::Types(&[Type::String])),
                param("query_data_scope", ParamKind::Types(&[Type::String])).optional(),
            ],
            Returns::Special,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "external_table",
        doc: "",
        page: "external-table-function",
        overloads: &[
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("mapping", ParamKind::Types(&[Type::String])).optional(),
                ],
                Returns::Special,
                TODO,
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("max_age", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Special,
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "materialized_view",
        doc: "",
        page: "materialized-view-function",
        overloads: &[overload(
            &[
                param("name", ParamKind::Types(&[Type::String])),
                param("max_age", ParamKind::Types(&[Type::Timespan])).optional(),
            ],
            Returns::Special,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "entity_group",
        doc: "",
        page: "",
        overloads: &[overload(&[param("name", ParamKind::Types(&[Type::String]))], Returns::Special, TODO)],
        ..Function::BASE
    },
    Function {
        name: "stored_query_result",
        doc: "",
        page: "stored-query-result-function",
        overloads: &[
            overload(&[param("name", ParamKind::Types(&[Type::String]))], Returns::Special, TODO),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("index", ParamKind::Types(&[Type::Long])),
                ],
                Returns::Special,
                TODO,
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("table_name", ParamKind::Types(&[Type::String])),
                ],
                Returns::Special,
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "graph",
        doc: "",
        page: "graph-function",
        overloads: &[
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("snapshot", ParamKind::Types(&[Type::String])).optional(),
                ],
                Returns::Special,
                TODO,
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("volatile", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Special,
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "assert",
        doc: "",
        page: "assert-function",
        overloads: &[overload(
            &[
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("message", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "iscolumnexists",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("column_name", ParamKind::Types(&[Type::String])).form(ArgForm::Constant)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "columnifexists",
        doc: "",
        page: "column-ifexists-function",
        overloads: &[overload(
            &[
                param("column_name", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("defaultValue", ParamKind::Scalar),
            ],
            Returns::Parameter1,
            TODO,
        )],
        result_name: ResultName::FirstArgumentValueIfColumn,
        obsolete: Some("column_ifexists"),
        ..Function::BASE
    },
    Function {
        name: "column_ifexists",
        doc: "",
        page: "column-ifexists-function",
        overloads: &[overload(
            &[
                param("column_name", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
                param("defaultValue", ParamKind::Scalar),
            ],
            Returns::Parameter1,
            TODO,
        )],
        result_name: ResultName::FirstArgumentValueIfColumn,
        ..Function::BASE
    },
    Function {
        name: "current_cluster_endpoint",
        doc: "",
        page: "current-cluster-endpoint-function",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "current_database",
        doc: "",
        page: "current-database-function",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "current_principal",
        doc: "",
        page: "current-principal-function",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "current_principal_details",
        doc: "",
        page: "current-principal-details-function",
        overloads: &[overload(&[], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "current_principal_is_member_of",
        doc: "",
        page: "current-principal-is-member-of-function",
        overloads: &[overload(
            &[param("group", ParamKind::StringOrArray).times(1, 64)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "extent_id",
        doc: "",
        page: "extent-id-function",
        overloads: &[overload(&[], Returns::Type(Type::Guid), TODO)],
        ..Function::BASE
    },
    Function {
        name: "extentid",
        doc: "",
        page: "extent-id-function",
        overloads: &[overload(&[], Returns::Type(Type::Guid), TODO)],
        obsolete: Some("extent_id"),
        ..Function::BASE
    },
    Function {
        name: "extent_tags",
        doc: "",
        page: "extent-tags-function",
        overloads: &[overload(&[], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "current_node_id",
        doc: "",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "ingestion_time",
        doc: "",
        page: "ingestion-time-function",
        overloads: &[overload(&[], Returns::Type(Type::DateTime), TODO)],
        result_name: ResultName::PrefixOnly("$IngestionTime"),
        ..Function::BASE
    },
    Function {
        name: "row_id",
        doc: "",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "cursor_after",
        doc: "",
        page: "cursor-after-function",
        overloads: &[overload(
            &[param("cursor", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "cursor_before_or_at",
        doc: "",
        page: "cursor-before-or-at-function",
        overloads: &[overload(
            &[param("cursor", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "cursor_current",
        doc: "",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        ..Function::BASE
    },
    Function {
        name: "current_cursor",
        doc: "",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::String), TODO)],
        obsolete: Some("cursor_current"),
        ..Function::BASE
    },
    Function {
        name: "rowstore_ordinal_range",
        doc: "",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "estimate_data_size",
        doc: "",
        page: "estimate-data-size-function",
        overloads: &[
            overload(
                &[param("column", ParamKind::Scalar).times(1, 32767).form(ArgForm::Column)],
                Returns::Type(Type::Long),
                TODO,
            ),
            overload(
                &[param("column", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Type(Type::Long),
                TODO,
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "new_guid",
        doc: "",
        page: "new-guid-function",
        overloads: &[overload(&[], Returns::Type(Type::Guid), TODO)],
        ..Function::BASE
    },
    Function {
        name: "geo_info_from_ip_address",
        doc: "",
        page: "geo-info-from-ip-address-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "column_names_of",
        doc: "",
        page: "column-names-of-function",
        overloads: &[overload(&[param("table", ParamKind::Tabular)], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
];
