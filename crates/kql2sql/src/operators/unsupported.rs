//! Operators that Kusto knows and Lakehunt refuses by name, without a look at what stands behind them.

use crate::diagnostics::messages;
use crate::operators::def::{OperatorDef, Place};
use crate::operators::{OperatorKind, of_keyword};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// An operator that Kusto knows and that is not supported: an error here, and nothing of it is parsed.
fn unsupported(p: &mut Parser) -> OperatorKind {
    let keyword = p.last_keyword();
    let text = p.text(keyword);
    let why = of_keyword(text).and_then(|def| def.refused).unwrap_or_default();
    let refusal = messages::unsupported(keyword, text, why);
    p.report(refusal);
    p.skip_to(&[]);
    OperatorKind::Error
}

/// The entry of `assert-schema`.
pub(super) const ASSERT_SCHEMA: OperatorDef = OperatorDef {
    kinds: &[TokenKind::AssertSchema],
    doc: "Demands a schema of its input.",
    page: "",
    place: Place::Piped,
    parameters: None,
    form: None,
    refused: Some("Kusto does not document what it compares and how; getschema shows the schema"),
    parse: unsupported,
};

/// The entry of `__executeAndCache`.
pub(super) const EXECUTE_AND_CACHE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::ExecuteAndCache],
    doc: "Internal to Kusto.",
    page: "consume-operator",
    place: Place::Piped,
    parameters: None,
    form: None,
    refused: Some("it is internal to Kusto; use materialize()"),
    parse: unsupported,
};

/// The entry of `inline_external_table`.
pub(super) const INLINE_EXTERNAL_TABLE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::InlineExternalTable],
    doc: "An external table declared in the query.",
    page: "inline-external-table",
    place: Place::First,
    parameters: None,
    form: None,
    refused: Some(
        "external tables are not declared in queries; use externaldata, or load the files as a table of the lake",
    ),
    parse: unsupported,
};

/// The entry of `macro-expand`.
pub(super) const MACRO_EXPAND: OperatorDef = OperatorDef {
    kinds: &[TokenKind::MacroExpand],
    doc: "Runs a sub-query for each member of an entity group.",
    page: "macro-expand-operator",
    place: Place::Anywhere,
    parameters: None,
    form: None,
    refused: Some("a lake has no groups of databases; use union of its tables"),
    parse: unsupported,
};

/// The entry of `__partitionby`.
pub(super) const PARTITION_BY: OperatorDef = OperatorDef {
    kinds: &[TokenKind::PartitionBy],
    doc: "Internal to Kusto.",
    page: "partition-operator",
    place: Place::Piped,
    parameters: None,
    form: None,
    refused: Some("it is internal to Kusto; use partition"),
    parse: unsupported,
};
