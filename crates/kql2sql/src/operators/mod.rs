//! The tabular operators: one file each, with what the operator holds, how it is parsed and how it is bound.

pub mod as_;
pub mod consume;
pub mod count;
pub mod datatable;
pub mod distinct;
pub mod evaluate;
pub mod extend;
pub mod externaldata;
pub mod facet;
pub mod find;
pub mod fork;
pub mod forms;
pub mod getschema;
pub mod graph;
pub mod invoke;
pub mod join;
pub mod lookup;
pub mod make_series;
pub mod mv_apply;
pub mod mv_expand;
pub mod parse;
pub mod parse_kv;
pub mod partition;
pub mod print;
pub mod project;
pub mod project_away;
pub mod project_by_names;
pub mod project_keep;
pub mod project_rename;
pub mod project_reorder;
pub mod range;
pub mod reduce;
pub(crate) mod relations;
pub mod render;
pub mod sample;
pub mod sample_distinct;
pub mod scan;
pub mod search;
pub mod serialize;
pub mod sort;
pub mod summarize;
pub mod take;
pub mod top;
pub mod top_hitters;
pub mod top_nested;
pub mod union;
pub mod where_;

use std::sync::LazyLock;

use crate::diagnostics::{messages, nearest};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

impl OperatorKind {
    /// Whether it gives more than one result.
    pub(crate) fn has_several_results(&self) -> bool {
        match self {
            OperatorKind::Fork(_) | OperatorKind::Facet(_) => true,
            OperatorKind::Evaluate(evaluate) => evaluate.plugin() == Some("preview"),
            _ => false,
        }
    }

    /// The operator's keyword.
    pub fn name(&self) -> &str {
        match self {
            OperatorKind::Error => "this operator",
            OperatorKind::As(_) => "as",
            OperatorKind::Consume => "consume",
            OperatorKind::Count(_) => "count",
            OperatorKind::DataTable(_) => "datatable",
            OperatorKind::Distinct(_) => "distinct",
            OperatorKind::Evaluate(_) => "evaluate",
            OperatorKind::Extend(_) => "extend",
            OperatorKind::ExternalData(_) => "externaldata",
            OperatorKind::Facet(_) => "facet",
            OperatorKind::Find(_) => "find",
            OperatorKind::Fork(_) => "fork",
            OperatorKind::GetSchema => "getschema",
            OperatorKind::Graph(graph) => &graph.keyword,
            OperatorKind::Invoke(_) => "invoke",
            OperatorKind::Join(_) => "join",
            OperatorKind::Lookup(_) => "lookup",
            OperatorKind::MakeSeries(_) => "make-series",
            OperatorKind::MvApply(_) => "mv-apply",
            OperatorKind::MvExpand(_) => "mv-expand",
            OperatorKind::Parse(parse) if parse.filter => "parse-where",
            OperatorKind::Parse(_) => "parse",
            OperatorKind::ParseKv(_) => "parse-kv",
            OperatorKind::Partition(_) => "partition",
            OperatorKind::Print(_) => "print",
            OperatorKind::Project(_) => "project",
            OperatorKind::ProjectAway(_) => "project-away",
            OperatorKind::ProjectByNames(_) => "project-by-names",
            OperatorKind::ProjectKeep(_) => "project-keep",
            OperatorKind::ProjectRename(_) => "project-rename",
            OperatorKind::ProjectReorder(_) => "project-reorder",
            OperatorKind::Range(_) => "range",
            OperatorKind::Reduce(_) => "reduce",
            OperatorKind::Render(_) => "render",
            OperatorKind::Sample(_) => "sample",
            OperatorKind::SampleDistinct(_) => "sample-distinct",
            OperatorKind::Scan(_) => "scan",
            OperatorKind::Search(_) => "search",
            OperatorKind::Serialize(_) => "serialize",
            OperatorKind::Sort(_) => "sort",
            OperatorKind::Summarize(_) => "summarize",
            OperatorKind::Take(_) => "take",
            OperatorKind::Top(_) => "top",
            OperatorKind::TopHitters(_) => "top-hitters",
            OperatorKind::TopNested(_) => "top-nested",
            OperatorKind::Union(_) => "union",
            OperatorKind::Where(_) => "where",
        }
    }
}

/// What an operator is, with what it holds.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "each variant is documented in its file")]
pub enum OperatorKind {
    /// Something was broken here; a diagnostic says so.
    Error,
    As(as_::As),
    Consume,
    Count(count::Count),
    DataTable(datatable::DataTable),
    Distinct(distinct::Distinct),
    Evaluate(evaluate::Evaluate),
    Extend(extend::Extend),
    ExternalData(externaldata::ExternalData),
    Facet(facet::Facet),
    Find(find::Find),
    Fork(fork::Fork),
    GetSchema,
    Graph(graph::Graph),
    Invoke(invoke::Invoke),
    Join(join::Join),
    Lookup(lookup::Lookup),
    MakeSeries(make_series::MakeSeries),
    MvApply(mv_apply::MvApply),
    MvExpand(mv_expand::MvExpand),
    Parse(parse::Parse),
    ParseKv(parse_kv::ParseKv),
    Partition(partition::Partition),
    Print(print::Print),
    Project(project::Project),
    ProjectAway(project_away::ProjectAway),
    ProjectByNames(project_by_names::ProjectByNames),
    ProjectKeep(project_keep::ProjectKeep),
    ProjectRename(project_rename::ProjectRename),
    ProjectReorder(project_reorder::ProjectReorder),
    Range(range::Range),
    Reduce(reduce::Reduce),
    Render(render::Render),
    Sample(sample::Sample),
    SampleDistinct(sample_distinct::SampleDistinct),
    Scan(scan::Scan),
    Search(search::Search),
    Serialize(serialize::Serialize),
    Sort(sort::Sort),
    Summarize(summarize::Summarize),
    Take(take::Take),
    Top(top::Top),
    TopHitters(top_hitters::TopHitters),
    TopNested(top_nested::TopNested),
    Union(union::Union),
    Where(where_::Where),
}

/// Where an operator may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Only at the head of a pipe: it makes rows of its own.
    First,
    /// Only behind `|`: it needs rows.
    Piped,
    /// At the head of a pipe and behind `|`.
    Anywhere,
}

/// A parameter `name=value` of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterDef {
    /// Its name, dots included.
    pub name: &'static str,
    /// The words that are allowed; empty where any value is.
    pub values: &'static [&'static str],
}

/// What the grammar and the help know of an operator.
#[derive(Clone, Copy)]
pub struct OperatorDef {
    /// Its keywords; the first one is its name.
    pub(crate) kinds: &'static [TokenKind],
    /// What it does, in one line.
    pub doc: &'static str,
    /// The name of its page in the documentation of Kusto.
    pub page: &'static str,
    /// Where it may stand.
    pub place: Place,
    /// Its parameters; `None` where it takes none.
    pub parameters: Option<&'static [ParameterDef]>,
    /// Why it is refused, and what to do instead; `None` for an operator that works.
    pub refused: Option<&'static str>,
    /// Parses what stands behind the keyword and the parameters.
    pub(crate) parse: fn(&mut Parser) -> OperatorKind,
}

impl OperatorDef {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.kinds[0].text()
    }

    /// The same, but refused: why, and what to do instead.
    const fn refused(self, why: &'static str) -> OperatorDef {
        OperatorDef { refused: Some(why), ..self }
    }

    /// How it is written, with a worked example. One that is refused has none.
    pub fn form(&self) -> Option<&'static forms::Form> {
        forms::FORMS.iter().find(|form| form.name == self.name())
    }

    /// All its keywords.
    pub fn keywords(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.iter().map(|kind| kind.text())
    }
}

/// The operator with that keyword.
pub fn of_keyword(text: &str) -> Option<&'static OperatorDef> {
    of_kind(TokenKind::from_word(text)?)
}

/// The operator that a word of the grammar begins.
pub(crate) fn of_kind(kind: TokenKind) -> Option<&'static OperatorDef> {
    /// By the number of the kind.
    static INDEX: LazyLock<Vec<Option<&'static OperatorDef>>> = LazyLock::new(|| {
        let mut index = Vec::new();
        for def in OPERATORS {
            for kind in def.kinds {
                index.resize(index.len().max(*kind as usize + 1), None);
                index[*kind as usize].get_or_insert(def);
            }
        }
        index
    });
    *INDEX.get(kind as usize)?
}

/// The operator whose keyword looks most like this.
pub(crate) fn suggest(text: &str) -> Option<&'static str> {
    nearest(text, OPERATORS.iter().flat_map(OperatorDef::keywords))
}

const fn parameter(name: &'static str, values: &'static [&'static str]) -> ParameterDef {
    ParameterDef { name, values }
}

const CONCURRENCY: ParameterDef = parameter("hint.concurrency", &[]);
const SPREAD: ParameterDef = parameter("hint.spread", &[]);
const SHUFFLE_KEY: ParameterDef = parameter("hint.shufflekey", &[]);
const NUM_PARTITIONS: ParameterDef = parameter("hint.num_partitions", &[]);
const MATERIALIZED: ParameterDef = parameter("hint.materialized", &[]);
const WITH_SOURCE: ParameterDef = parameter("withsource", &[]);
const WITH_SOURCE_2: ParameterDef = parameter("with_source", &[]);
const WITH_ITEM_INDEX: ParameterDef = parameter("with_itemindex", &[]);
const ANY_STRATEGY: ParameterDef =
    parameter("hint.strategy", &["auto", "broadcast", "centralized", "shuffle"]);
const PARSE_KIND: ParameterDef = parameter("kind", &["simple", "regex", "relaxed"]);
const EXPAND_KINDS: &[&str] = &["bag", "array"];

/// An entry without parameters.
const fn plain(
    kinds: &'static [TokenKind],
    place: Place,
    page: &'static str,
    doc: &'static str,
    parse: fn(&mut Parser) -> OperatorKind,
) -> OperatorDef {
    OperatorDef { kinds, doc, page, place, parameters: None, refused: None, parse }
}

/// An entry with parameters, which stand in front of everything else.
const fn with(
    kinds: &'static [TokenKind],
    place: Place,
    page: &'static str,
    doc: &'static str,
    parameters: &'static [ParameterDef],
    parse: fn(&mut Parser) -> OperatorKind,
) -> OperatorDef {
    OperatorDef { kinds, doc, page, place, parameters: Some(parameters), refused: None, parse }
}

const JOIN_KINDS: &[&str] = &[
    "inner",
    "fullouter",
    "innerunique",
    "leftanti",
    "leftantisemi",
    "anti",
    "leftouter",
    "leftsemi",
    "rightanti",
    "rightantisemi",
    "rightouter",
    "rightsemi",
];

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

/// All operators, in the order of the alphabet.
pub const OPERATORS: &[OperatorDef] = &[
    with(
        &[TokenKind::As],
        Place::Piped,
        "as-operator",
        "Names the table so far, for the operators behind it.",
        &[MATERIALIZED],
        as_::As::parse,
    ),
    with(
        &[TokenKind::Consume],
        Place::Piped,
        "consume-operator",
        "Reads its input and returns nothing.",
        &[parameter("decodeblocks", &[])],
        consume::parse,
    ),
    plain(&[TokenKind::Count], Place::Piped, "count-operator", "Counts the rows.", count::Count::parse),
    plain(
        &[TokenKind::DataTable],
        Place::First,
        "datatable-operator",
        "A table written out in the query.",
        datatable::DataTable::parse,
    ),
    with(
        &[TokenKind::Distinct],
        Place::Piped,
        "distinct-operator",
        "The distinct combinations of columns.",
        &[SHUFFLE_KEY, ANY_STRATEGY, NUM_PARTITIONS],
        distinct::Distinct::parse,
    ),
    with(
        &[TokenKind::Evaluate],
        Place::Anywhere,
        "evaluate-operator",
        "Runs a plugin.",
        &[
            parameter("hint.distribution", &["single", "per_node", "per_shard", "default"]),
            parameter("hint.remote", &["auto", "local"]),
        ],
        evaluate::Evaluate::parse,
    ),
    plain(
        &[TokenKind::Extend],
        Place::Piped,
        "extend-operator",
        "Adds or replaces columns.",
        extend::Extend::parse,
    ),
    plain(
        &[TokenKind::ExternalData, TokenKind::ExternalData2],
        Place::First,
        "externaldata-operator",
        "A table read from files outside.",
        externaldata::ExternalData::parse,
    ),
    plain(
        &[TokenKind::Facet],
        Place::Piped,
        "facet-operator",
        "One table of counts for each column.",
        facet::Facet::parse,
    ),
    with(
        &[TokenKind::Find],
        Place::Anywhere,
        "find-operator",
        "Rows of many tables that match a predicate.",
        &[WITH_SOURCE, WITH_SOURCE_2],
        find::Find::parse,
    ),
    plain(
        &[TokenKind::Fork],
        Place::Piped,
        "fork-operator",
        "Several results from one input.",
        fork::Fork::parse,
    ),
    with(
        &[TokenKind::GetSchema],
        Place::Piped,
        "getschema-operator",
        "The columns of the input and their types.",
        &[parameter("kind", &[])],
        getschema::parse,
    ),
    plain(
        &[TokenKind::GraphMarkComponents],
        Place::Piped,
        "graph-mark-components-operator",
        "Marks the connected components of a graph.",
        graph::Graph::mark_components,
    ),
    with(
        &[TokenKind::GraphMatch],
        Place::Piped,
        "graph-match-operator",
        "Finds patterns in a graph.",
        &[parameter("cycles", &["all", "none", "unique_edges"])],
        graph::Graph::match_,
    ),
    with(
        &[TokenKind::GraphShortestPaths],
        Place::Piped,
        "graph-shortest-paths-operator",
        "The shortest paths between nodes of a graph.",
        &[parameter("output", &["all", "any"])],
        graph::Graph::shortest_paths,
    ),
    plain(
        &[TokenKind::GraphToTable],
        Place::Piped,
        "graph-to-table-operator",
        "The nodes or edges of a graph as a table.",
        graph::Graph::to_table,
    ),
    plain(
        &[TokenKind::GraphWhereEdges],
        Place::Piped,
        "",
        "Keeps the edges that match a predicate.",
        graph::Graph::where_edges,
    )
    .refused("Kusto does not document it; filter the tables of nodes and edges before make-graph"),
    plain(
        &[TokenKind::GraphWhereNodes],
        Place::Piped,
        "",
        "Keeps the nodes that match a predicate.",
        graph::Graph::where_nodes,
    )
    .refused("Kusto does not document it; filter the tables of nodes and edges before make-graph"),
    plain(
        &[TokenKind::MakeGraph],
        Place::Piped,
        "make-graph-operator",
        "Makes a graph from a table of edges.",
        graph::Graph::make,
    ),
    plain(
        &[TokenKind::Invoke],
        Place::Piped,
        "invoke-operator",
        "Calls a function with the table so far as its first argument.",
        invoke::Invoke::parse,
    ),
    with(
        &[TokenKind::Join],
        Place::Piped,
        "join-operator",
        "Joins two tables.",
        &[
            parameter("kind", JOIN_KINDS),
            parameter("hint.remote", &["auto", "left", "local", "right", "unresolved"]),
            SHUFFLE_KEY,
            ANY_STRATEGY,
            NUM_PARTITIONS,
        ],
        join::Join::parse,
    ),
    with(
        &[TokenKind::Lookup],
        Place::Piped,
        "lookup-operator",
        "Extends the rows by the columns of a dimension table.",
        &[parameter("kind", &["inner", "leftouter"])],
        lookup::Lookup::parse,
    ),
    with(
        &[TokenKind::MakeSeries],
        Place::Piped,
        "make-series-operator",
        "Arrays of aggregates over an axis.",
        &[SHUFFLE_KEY, parameter("kind", &["nonempty"])],
        make_series::MakeSeries::parse,
    ),
    with(
        &[TokenKind::MvDashApply, TokenKind::MvApply],
        Place::Piped,
        "mv-apply-operator",
        "Runs a sub-query over the elements of each array.",
        &[WITH_ITEM_INDEX],
        mv_apply::MvApply::parse,
    ),
    with(
        &[TokenKind::MvDashExpand, TokenKind::MvExpand],
        Place::Piped,
        "mv-expand-operator",
        "One row for each element of an array or bag.",
        &[parameter("kind", EXPAND_KINDS), parameter("bagexpansion", EXPAND_KINDS), WITH_ITEM_INDEX],
        mv_expand::MvExpand::parse,
    ),
    with(
        &[TokenKind::Parse],
        Place::Piped,
        "parse-operator",
        "Cuts a string into columns by a pattern.",
        &[PARSE_KIND, parameter("flags", &[])],
        parse::Parse::parse,
    ),
    plain(
        &[TokenKind::ParseKv],
        Place::Piped,
        "parse-kv-operator",
        "Columns from the key-value pairs in a string.",
        parse_kv::ParseKv::parse,
    ),
    with(
        &[TokenKind::ParseWhere],
        Place::Piped,
        "parse-where-operator",
        "Cuts a string into columns and keeps the rows that fit the pattern.",
        &[PARSE_KIND, parameter("flags", &[])],
        parse::Parse::parse_where,
    ),
    with(
        &[TokenKind::Partition],
        Place::Piped,
        "partition-operator",
        "Runs a sub-query for each value of a column.",
        &[
            CONCURRENCY,
            SPREAD,
            MATERIALIZED,
            SHUFFLE_KEY,
            parameter("hint.strategy", &["shuffle", "native", "legacy"]),
        ],
        partition::Partition::parse,
    ),
    plain(
        &[TokenKind::Print],
        Place::First,
        "print-operator",
        "One row of computed values.",
        print::Print::parse,
    ),
    plain(
        &[TokenKind::Project],
        Place::Piped,
        "project-operator",
        "Chooses columns and computes new ones.",
        project::Project::parse,
    ),
    plain(
        &[TokenKind::ProjectAway],
        Place::Piped,
        "project-away-operator",
        "Drops columns.",
        project_away::ProjectAway::parse,
    ),
    plain(
        &[TokenKind::ProjectByNames],
        Place::Piped,
        "project-by-names-operator",
        "Chooses columns by names that are computed.",
        project_by_names::ProjectByNames::parse,
    ),
    plain(
        &[TokenKind::ProjectKeep],
        Place::Piped,
        "project-keep-operator",
        "Keeps columns, in the order of the input.",
        project_keep::ProjectKeep::parse,
    ),
    plain(
        &[TokenKind::ProjectRename],
        Place::Piped,
        "project-rename-operator",
        "Renames columns.",
        project_rename::ProjectRename::parse,
    ),
    plain(
        &[TokenKind::ProjectReorder],
        Place::Piped,
        "project-reorder-operator",
        "Moves columns to the front.",
        project_reorder::ProjectReorder::parse,
    ),
    plain(
        &[TokenKind::Range],
        Place::First,
        "range-operator",
        "A column of values in equal steps.",
        range::Range::parse,
    ),
    with(
        &[TokenKind::Reduce],
        Place::Piped,
        "reduce-operator",
        "Groups strings by similarity.",
        &[parameter("kind", &["source"])],
        reduce::Reduce::parse,
    )
    .refused(reduce::Reduce::WHY),
    plain(
        &[TokenKind::Render],
        Place::Piped,
        "render-operator",
        "Says how the result should be drawn.",
        render::Render::parse,
    ),
    with(
        &[TokenKind::Sample],
        Place::Piped,
        "sample-operator",
        "A number of rows at random.",
        &[],
        sample::Sample::parse,
    ),
    with(
        &[TokenKind::SampleDistinct],
        Place::Piped,
        "sample-distinct-operator",
        "A number of distinct values.",
        &[],
        sample_distinct::SampleDistinct::parse,
    ),
    with(
        &[TokenKind::Scan],
        Place::Piped,
        "scan-operator",
        "Matches sequences of steps over ordered rows.",
        &[parameter("kind", &["partial", "full"]), parameter("with_match_id", &[])],
        scan::Scan::parse,
    ),
    with(
        &[TokenKind::Search],
        Place::Anywhere,
        "search-operator",
        "Rows in which a term stands in any column.",
        &[parameter("kind", &["default", "case_insensitive", "case_sensitive"])],
        search::Search::parse,
    ),
    with(
        &[TokenKind::Serialize],
        Place::Piped,
        "serialize-operator",
        "Fixes the order of the rows, for window functions.",
        &[],
        serialize::Serialize::parse,
    ),
    with(
        &[TokenKind::Sort, TokenKind::Order],
        Place::Piped,
        "sort-operator",
        "Sorts the rows.",
        &[parameter("hint.strategy", &["splitBlock", "multipleBlocks"])],
        sort::Sort::parse,
    ),
    with(
        &[TokenKind::Summarize],
        Place::Piped,
        "summarize-operator",
        "Aggregates the rows of each group.",
        &[SHUFFLE_KEY, parameter("hint.strategy", &["shuffle"]), NUM_PARTITIONS],
        summarize::Summarize::parse,
    ),
    with(
        &[TokenKind::Take, TokenKind::Limit],
        Place::Piped,
        "take-operator",
        "A number of rows.",
        &[],
        take::Take::parse,
    ),
    with(
        &[TokenKind::Top],
        Place::Piped,
        "top-operator",
        "The first rows in an order.",
        &[parameter("hint.progressive_top", &[])],
        top::Top::parse,
    ),
    plain(
        &[TokenKind::TopHitters],
        Place::Piped,
        "top-hitters-operator",
        "The most frequent values.",
        top_hitters::TopHitters::parse,
    ),
    plain(
        &[TokenKind::TopNested],
        Place::Piped,
        "top-nested-operator",
        "The top values, and within each those of the next level.",
        top_nested::TopNested::parse,
    ),
    with(
        &[TokenKind::Union],
        Place::Anywhere,
        "union-operator",
        "The rows of several tables.",
        &[
            parameter("kind", &["inner", "outer"]),
            WITH_SOURCE,
            WITH_SOURCE_2,
            parameter("isfuzzy", &[]),
            parameter("best_effort", &[]),
            CONCURRENCY,
            SPREAD,
        ],
        union::Union::parse,
    ),
    with(
        &[TokenKind::Where, TokenKind::Filter],
        Place::Piped,
        "where-operator",
        "Keeps the rows for which a predicate holds.",
        &[],
        where_::Where::parse,
    ),
    plain(
        &[TokenKind::AssertSchema],
        Place::Piped,
        "",
        "Demands a schema of its input.",
        unsupported,
    )
    .refused("Kusto does not document what it compares and how; getschema shows the schema"),
    plain(
        &[TokenKind::ExecuteAndCache],
        Place::Piped,
        "consume-operator",
        "Internal to Kusto.",
        unsupported,
    )
    .refused("it is internal to Kusto; use materialize()"),
    plain(
        &[TokenKind::InlineExternalTable],
        Place::First,
        "inline-external-table",
        "An external table declared in the query.",
        unsupported,
    )
    .refused("external tables are not declared in queries; use externaldata, or load the files as a table of the lake"),
    plain(
        &[TokenKind::MacroExpand],
        Place::Anywhere,
        "macro-expand-operator",
        "Runs a sub-query for each member of an entity group.",
        unsupported,
    )
    .refused("a lake has no groups of databases; use union of its tables"),
    plain(
        &[TokenKind::PartitionBy],
        Place::Piped,
        "partition-operator",
        "Internal to Kusto.",
        unsupported,
    )
    .refused("it is internal to Kusto; use partition"),
];
