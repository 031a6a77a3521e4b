//! The tabular operators: one file each, with what the operator holds, how it is parsed and how it is bound.

pub mod as_;
pub mod consume;
pub mod count;
pub mod datatable;
mod def;
pub mod distinct;
pub mod evaluate;
pub mod extend;
pub mod externaldata;
pub mod facet;
pub mod find;
pub mod fork;
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
mod unsupported;
pub mod where_;

pub(crate) use def::form;
pub use def::{Form, OperatorDef, ParameterDef, Place};

use std::sync::LazyLock;

use crate::diagnostics::nearest;
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

/// All operators, in the order of the alphabet; each is defined in its file.
pub const OPERATORS: &[OperatorDef] = &[
    as_::AS,
    consume::CONSUME,
    count::COUNT,
    datatable::DATATABLE,
    distinct::DISTINCT,
    evaluate::EVALUATE,
    extend::EXTEND,
    externaldata::EXTERNALDATA,
    facet::FACET,
    find::FIND,
    fork::FORK,
    getschema::GETSCHEMA,
    graph::GRAPH_MARK_COMPONENTS,
    graph::GRAPH_MATCH,
    graph::GRAPH_SHORTEST_PATHS,
    graph::GRAPH_TO_TABLE,
    graph::GRAPH_WHERE_EDGES,
    graph::GRAPH_WHERE_NODES,
    graph::MAKE_GRAPH,
    invoke::INVOKE,
    join::JOIN,
    lookup::LOOKUP,
    make_series::MAKE_SERIES,
    mv_apply::MV_APPLY,
    mv_expand::MV_EXPAND,
    parse::PARSE,
    parse_kv::PARSE_KV,
    parse::PARSE_WHERE,
    partition::PARTITION,
    print::PRINT,
    project::PROJECT,
    project_away::PROJECT_AWAY,
    project_by_names::PROJECT_BY_NAMES,
    project_keep::PROJECT_KEEP,
    project_rename::PROJECT_RENAME,
    project_reorder::PROJECT_REORDER,
    range::RANGE,
    reduce::REDUCE,
    render::RENDER,
    sample::SAMPLE,
    sample_distinct::SAMPLE_DISTINCT,
    scan::SCAN,
    search::SEARCH,
    serialize::SERIALIZE,
    sort::SORT,
    summarize::SUMMARIZE,
    take::TAKE,
    top::TOP,
    top_hitters::TOP_HITTERS,
    top_nested::TOP_NESTED,
    union::UNION,
    where_::WHERE,
    unsupported::ASSERT_SCHEMA,
    unsupported::EXECUTE_AND_CACHE,
    unsupported::INLINE_EXTERNAL_TABLE,
    unsupported::MACRO_EXPAND,
    unsupported::PARTITION_BY,
];
