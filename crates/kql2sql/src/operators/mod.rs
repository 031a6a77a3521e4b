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
