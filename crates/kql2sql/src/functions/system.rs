//! The query itself, its columns and its cluster.

use super::*;
use crate::types::Type;

/// Who asks, and where.
const SERVICE: Lower = Lower::Unsupported("it tells of the service that runs a query, and here is none");

/// Where a row lies.
const EXTENT: Lower =
    Lower::Unsupported("it tells how a cluster stores the table, and files are stored otherwise");

/// When a row came.
const CURSOR: Lower =
    Lower::Unsupported("files keep no history of a table; filter by a column with the time");

/// The query itself, its columns and its cluster.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "cluster",
        doc: "Another cluster, whose databases the query reads.",
        page: "cluster-function",
        overloads: &[overload(
            &[param("name", ParamKind::Types(&[Type::String]))],
            Returns::Special,
            Lower::Unsupported("a lake has no other clusters; load the tables from their files"),
        )],
        ..Function::BASE
    },
    Function {
        name: "database",
        doc: "Another database, whose tables the query reads.",
        page: "database-function",
        overloads: &[overload(
            &[param("name", ParamKind::Types(&[Type::String])).optional()],
            Returns::Special,
            Lower::Unsupported("a lake is one database; load the tables from their files"),
        )],
        ..Function::BASE
    },
    Function {
        name: "table",
        doc: "The table of that name.",
        page: "table-function",
        overloads: &[overload(
            &[
                param("name", ParamKind::Types(&[Type::String])),
                param("query_data_scope", ParamKind::Types(&[Type::String])).optional(),
            ],
            Returns::Special,
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "external_table",
        doc: "A table of files that the cluster knows by name.",
        page: "external-table-function",
        overloads: &[
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("mapping", ParamKind::Types(&[Type::String])).optional(),
                ],
                Returns::Special,
                Lower::Unsupported(
                    "the cluster keeps the list of external tables; load the files as a table of the lake",
                ),
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("max_age", ParamKind::Types(&[Type::Timespan])),
                ],
                Returns::Special,
                Lower::Unsupported(
                    "the cluster keeps the list of external tables; load the files as a table of the lake",
                ),
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "materialized_view",
        doc: "A view whose results the cluster keeps up to date.",
        page: "materialized-view-function",
        overloads: &[overload(
            &[
                param("name", ParamKind::Types(&[Type::String])),
                param("max_age", ParamKind::Types(&[Type::Timespan])).optional(),
            ],
            Returns::Special,
            Lower::Unsupported("nothing keeps views up to date here; write the view's query as a function"),
        )],
        ..Function::BASE
    },
    Function {
        name: "entity_group",
        doc: "A named group of clusters, databases and tables.",
        page: "",
        overloads: &[overload(
            &[param("name", ParamKind::Types(&[Type::String]))],
            Returns::Special,
            Lower::Unsupported("a lake has no other databases; use union of its tables"),
        )],
        ..Function::BASE
    },
    Function {
        name: "stored_query_result",
        doc: "The result of a former query that the cluster keeps.",
        page: "stored-query-result-function",
        overloads: &[
            overload(
                &[param("name", ParamKind::Types(&[Type::String]))],
                Returns::Special,
                Lower::Unsupported("the service keeps the results; write the query out"),
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("index", ParamKind::Types(&[Type::Long])),
                ],
                Returns::Special,
                Lower::Unsupported("the service keeps the results; write the query out"),
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("table_name", ParamKind::Types(&[Type::String])),
                ],
                Returns::Special,
                Lower::Unsupported("the service keeps the results; write the query out"),
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "graph",
        doc: "A graph that the database keeps.",
        page: "graph-function",
        overloads: &[
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("snapshot", ParamKind::Types(&[Type::String])).optional(),
                ],
                Returns::Special,
                Lower::Unsupported("a lake keeps no graphs; make the graph with make-graph"),
            ),
            overload(
                &[
                    param("name", ParamKind::Types(&[Type::String])),
                    param("volatile", ParamKind::Types(&[Type::Bool])),
                ],
                Returns::Special,
                Lower::Unsupported("a lake keeps no graphs; make the graph with make-graph"),
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "assert",
        doc: "Stops the query with the message unless the condition, which must be a constant, is true.",
        page: "assert-function",
        overloads: &[overload(
            &[
                param("predicate", ParamKind::Types(&[Type::Bool])),
                param("message", ParamKind::Types(&[Type::String])),
            ],
            Returns::Type(Type::Bool),
            Lower::Binder,
        )],
        examples: &[example("print assert(1 < 2, 'never')", "[true]")],
        ..Function::BASE
    },
    Function {
        name: "iscolumnexists",
        doc: "Whether the table has a column of that name.",
        page: "column-ifexists-function",
        overloads: &[overload(
            &[param("column_name", ParamKind::Types(&[Type::String])).form(ArgForm::Constant)],
            Returns::Type(Type::Bool),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    COLUMN_IFEXISTS.obsolete("columnifexists"),
    COLUMN_IFEXISTS,
    Function {
        name: "current_cluster_endpoint",
        doc: "The address of the cluster that runs the query.",
        page: "current-cluster-endpoint-function",
        overloads: &[overload(&[], Returns::Type(Type::String), SERVICE)],
        ..Function::BASE
    },
    Function {
        name: "current_database",
        doc: "The name of the database that the query reads.",
        page: "current-database-function",
        overloads: &[overload(&[], Returns::Type(Type::String), SERVICE)],
        ..Function::BASE
    },
    Function {
        name: "current_principal",
        doc: "Who runs the query.",
        page: "current-principal-function",
        overloads: &[overload(&[], Returns::Type(Type::String), SERVICE)],
        ..Function::BASE
    },
    Function {
        name: "current_principal_details",
        doc: "What is known of who runs the query.",
        page: "current-principal-details-function",
        overloads: &[overload(&[], Returns::Dynamic(Shape::Bag), SERVICE)],
        ..Function::BASE
    },
    Function {
        name: "current_principal_is_member_of",
        doc: "Whether who runs the query belongs to one of the groups.",
        page: "current-principal-is-member-of-function",
        overloads: &[overload(
            &[param("group", ParamKind::StringOrArray).times(1, 64)],
            Returns::Type(Type::Bool),
            SERVICE,
        )],
        ..Function::BASE
    },
    EXTENT_ID,
    EXTENT_ID.obsolete("extentid"),
    Function {
        name: "extent_tags",
        doc: "The tags of the part of the table's storage that holds the row.",
        page: "extent-tags-function",
        overloads: &[overload(&[], Returns::Dynamic(Shape::STRINGS), EXTENT)],
        ..Function::BASE
    },
    Function {
        name: "current_node_id",
        doc: "Which machine of the cluster runs the query.",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::String), SERVICE)],
        ..Function::BASE
    },
    Function {
        name: "ingestion_time",
        doc: "When the row came into the table, by the column that `--ingestion-time` names.",
        page: "ingestion-time-function",
        overloads: &[overload(
            &[],
            Returns::Type(Type::DateTime),
            Lower::Needs(
                "files do not tell when a row came; name the column that does with --ingestion-time, such as TimeGenerated",
            ),
        )],
        result_name: ResultName::PrefixOnly("$IngestionTime"),
        ..Function::BASE
    },
    Function {
        name: "row_id",
        doc: "Which row of the cluster's storage this is.",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::String), EXTENT)],
        ..Function::BASE
    },
    Function {
        name: "cursor_after",
        doc: "Whether the row came after a point in the table's history.",
        page: "cursor-after-function",
        overloads: &[overload(
            &[param("cursor", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            CURSOR,
        )],
        ..Function::BASE
    },
    Function {
        name: "cursor_before_or_at",
        doc: "Whether the row came before a point in the table's history, or at it.",
        page: "cursor-before-or-at-function",
        overloads: &[overload(
            &[param("cursor", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Bool),
            CURSOR,
        )],
        ..Function::BASE
    },
    CURSOR_CURRENT,
    CURSOR_CURRENT.obsolete("current_cursor"),
    Function {
        name: "rowstore_ordinal_range",
        doc: "Which rows of the cluster's row store a part holds.",
        page: "",
        overloads: &[overload(&[], Returns::Type(Type::Dynamic), EXTENT)],
        ..Function::BASE
    },
    Function {
        name: "estimate_data_size",
        doc: "About how many bytes the columns of the row take.",
        page: "estimate-data-size-function",
        overloads: &[
            overload(
                &[param("column", ParamKind::Scalar).times(1, 32767).form(ArgForm::Column)],
                Returns::Type(Type::Long),
                Lower::Unsupported(
                    "it depends on how the cluster stores a value; strlen() gives the length of a text",
                ),
            ),
            overload(
                &[param("column", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Type(Type::Long),
                Lower::Unsupported(
                    "it depends on how the cluster stores a value; strlen() gives the length of a text",
                ),
            ),
        ],
        ..Function::BASE
    },
    Function {
        name: "new_guid",
        doc: "A new guid, another one in each row.",
        page: "new-guid-function",
        overloads: &[overload(&[], Returns::Type(Type::Guid), Lower::Sql("uuid()"))],
        volatile: true,
        examples: &[example("print strlen(tostring(new_guid())), new_guid() == new_guid()", "[36, false]")],
        ..Function::BASE
    },
    Function {
        name: "geo_info_from_ip_address",
        doc: "Where an address is, by the MaxMind database that `--geoip` names: country, state, city, latitude, longitude.",
        page: "geo-info-from-ip-address-function",
        overloads: &[overload(
            &[param("ip", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            Lower::Needs(
                "it needs a database of addresses; give one, such as MaxMind's GeoLite2-City, with --geoip FILE.mmdb",
            ),
        )],
        ..Function::BASE
    },
    Function {
        name: "column_names_of",
        doc: "The names of the columns of a table, as an array.",
        page: "column-names-of-function",
        overloads: &[overload(
            &[param("table", ParamKind::Tabular)],
            Returns::Dynamic(Shape::STRINGS),
            Lower::Binder,
        )],
        ..Function::BASE
    },
];

/// `ingestion_time` where no table with the column that tells it is left.
pub(crate) static INGESTION_TIME_LOST: Function = Function {
    name: "ingestion_time",
    overloads: &[overload(
        &[],
        Returns::Type(Type::DateTime),
        Lower::Unsupported(
            "the rows here are not those of one table that has the datetime column of --ingestion-time; \
             call it right behind the table",
        ),
    )],
    ..Function::BASE
};

/// `geo_info_from_ip_address` with its database: what the binder makes of a call.
pub(crate) static GEO_INFO: Function = Function {
    name: "geo_info_from_ip_address",
    overloads: &[overload(
        &[
            param("database", ParamKind::Types(&[Type::String])),
            param("ip", ParamKind::Types(&[Type::String])),
        ],
        Returns::Type(Type::Dynamic),
        Lower::Udf("kql_geo_info"),
    )],
    ..Function::BASE
};

const COLUMN_IFEXISTS: Function = Function {
    name: "column_ifexists",
    doc: "The column of that name, or the default where there is none.",
    page: "column-ifexists-function",
    overloads: &[overload(
        &[
            param("column_name", ParamKind::Types(&[Type::String])).form(ArgForm::Constant),
            param("defaultValue", ParamKind::Scalar),
        ],
        Returns::Parameter1,
        Lower::Binder,
    )],
    result_name: ResultName::FirstArgumentValueIfColumn,
    ..Function::BASE
};

const EXTENT_ID: Function = Function {
    name: "extent_id",
    doc: "Which part of the table's storage holds the row.",
    page: "extent-id-function",
    overloads: &[overload(&[], Returns::Type(Type::Guid), EXTENT)],
    ..Function::BASE
};

const CURSOR_CURRENT: Function = Function {
    name: "cursor_current",
    doc: "The present point in the history of the database's tables.",
    page: "",
    overloads: &[overload(&[], Returns::Type(Type::String), CURSOR)],
    ..Function::BASE
};
