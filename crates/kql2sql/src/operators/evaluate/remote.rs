//! Plugins that call services outside of the query, or run programs in it: refused.

use super::{Bind, Plugin, fixed};
use crate::functions::{ArgForm, Param, ParamKind, param};
use crate::types::Type;

/// Plugins of services outside of the query.
pub(super) static PLUGINS: &[Plugin] = &[
    outside(
        "ai_chat_completion",
        "ai-chat-completion-plugin",
        "Completes a chat by a language model.",
        AI_CHAT,
    ),
    outside(
        "ai_chat_completion_prompt",
        "ai-chat-completion-prompt-plugin",
        "Completes a prompt by a language model.",
        AI_TEXT,
    ),
    outside("ai_embed_text", "", "Embeds a text by a language model.", AI_TEXT),
    outside("ai_embeddings", "ai-embeddings-plugin", "Embeds a text by a language model.", AI_TEXT),
    outside(
        "azure_digital_twins_query_request",
        "azure-digital-twins-query-request-plugin",
        "Queries Azure Digital Twins.",
        &[&[text("endpoint"), text("sql_query")]],
    ),
    outside("cosmosdb_sql_request", "cosmosdb-plugin", "Queries Cosmos DB.", SQL),
    outside(
        "dax_request",
        "",
        "Queries a semantic model.",
        &[&[text("connection_string"), text("dax_query"), bag("dax_parameters"), bag("options")]],
    ),
    outside(
        "execute_query",
        "",
        "Runs a query on another cluster.",
        &[&[text("connection_string"), text("query")]],
    ),
    outside(
        "execute_show_command",
        "",
        "Runs a command on another cluster.",
        &[&[text("connection_string"), text("command")]],
    ),
    outside("external_datatable", "", "A table that the client sends.", &[&[]]),
    Plugin {
        bind: Bind::Refused { why: NO_SERVICE, columns: |_| fixed(&HTTP) },
        ..outside("http_request", "http-request-plugin", "Gets a document from the web.", &[HTTP_GET])
    },
    Plugin {
        bind: Bind::Refused { why: NO_SERVICE, columns: |_| fixed(&HTTP) },
        ..outside(
            "http_request_post",
            "http-request-post-plugin",
            "Posts a document to the web.",
            &[&[constant_uri(), bag("RequestHeaders"), bag("Options"), content()]],
        )
    },
    Plugin {
        bind: Bind::Refused {
            why: "put the files in the lake: a table has the schema of its files, and `getschema` shows it",
            columns: |_| fixed(&[("CslSchema", Type::String)]),
        },
        ..outside(
            "infer_storage_schema",
            "infer-storage-schema-plugin",
            "The schema of files in a storage account.",
            &[&[param("Options", ParamKind::DynamicBag)]],
        )
    },
    Plugin {
        bind: Bind::Refused {
            why: "put the files in the lake: a table has the schema of its files, and `getschema` shows it",
            columns: |_| fixed(&[("SuggestedTableSchema", Type::String)]),
        },
        ..outside(
            "infer_storage_schema_with_suggestions",
            "infer-storage-schema-with-suggestions-plugin",
            "A schema for files in a storage account.",
            &[&[param("Options", ParamKind::DynamicBag)]],
        )
    },
    outside("mysql_request", "mysql-request-plugin", "Queries a MySQL database.", SQL),
    outside("postgresql_request", "postgresql-request-plugin", "Queries a PostgreSQL database.", SQL),
    outside("sql_request", "sql-request-plugin", "Queries an SQL Server database.", SQL),
    program("csharp", "", "Runs a program in C#."),
    program("python", "python-plugin", "Runs a program in Python."),
    program("r", "r-plugin", "Runs a program in R."),
];

const NO_SERVICE: &str =
    "a query reads the lake and nothing else; save what it returns to a file of the lake, as a table";

/// A plugin that calls a service.
const fn outside(
    name: &'static str,
    page: &'static str,
    doc: &'static str,
    signatures: &'static [&'static [Param]],
) -> Plugin {
    Plugin { name, doc, page, signatures, bind: Bind::Unknown(NO_SERVICE), ..Plugin::BASE }
}

/// A plugin that runs a program.
const fn program(name: &'static str, page: &'static str, doc: &'static str) -> Plugin {
    Plugin {
        name,
        doc,
        page,
        signatures: PROGRAM,
        bind: Bind::Unknown("a query runs no programs; write its result to a file and go on from that"),
        ..Plugin::BASE
    }
}

const fn text(name: &'static str) -> Param {
    param(name, ParamKind::Types(&[Type::String]))
}

const fn bag(name: &'static str) -> Param {
    param(name, ParamKind::DynamicBag).optional()
}

const fn constant_uri() -> Param {
    text("Uri").form(ArgForm::Constant)
}

const fn content() -> Param {
    text("Content").form(ArgForm::Constant).optional()
}

const PROGRAM: &[&[Param]] =
    &[&[param("OutputSchema", ParamKind::Scalar), text("Script"), bag("Arguments"), bag("Artifacts")]];
const SQL: &[&[Param]] =
    &[&[text("connection_string"), text("sql_query"), bag("sql_parameters"), bag("options")]];
const HTTP_GET: &[Param] = &[constant_uri(), bag("RequestHeaders"), bag("Options")];
const HTTP: [(&str, Type); 2] = [("ResponseHeaders", Type::Dynamic), ("ResponseBody", Type::Dynamic)];
const AI_TEXT: &[&[Param]] = &[&[text("Text"), text("ConnectionString"), bag("Options"), ERRORS]];
const AI_CHAT: &[&[Param]] =
    &[&[param("Prompt", ParamKind::DynamicArray), text("ConnectionString"), bag("Options"), ERRORS]];
const ERRORS: Param = param("IncludeErrorMessages", ParamKind::Types(&[Type::Bool])).optional();
