//! The graph operators: a graph is two tables, and a pattern is a join of them.

mod components;
mod degree;
mod make;
mod matching;
mod pattern;
mod shape;

pub(crate) use matching::{element_call, element_member};
pub(crate) use shape::Elements;

use crate::bind::Binder;
use crate::bind::table::unknown_table;
use crate::diagnostics::messages;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::plan::{Graph as Made, Node, Order, Refused, Rel};
use crate::span::Span;
use crate::syntax::ast::{Expr, Name, Operator};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use pattern::Sequence;

/// The entry of `graph-mark-components`.
pub(super) const GRAPH_MARK_COMPONENTS: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GraphMarkComponents],
    doc: "Marks the connected components of a graph.",
    page: "graph-mark-components-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "graph-mark-components [kind = weak | strong] [with_component_id = Column]",
        "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b with_node_id = id | graph-mark-components | graph-to-table nodes | sort by id asc",
        r#"["x", 0]"#,
    )),
    refused: None,
    parse: Graph::mark_components,
};

/// The entry of `graph-match`.
pub(super) const GRAPH_MATCH: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GraphMatch],
    doc: "Finds patterns in a graph.",
    page: "graph-match-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("cycles", &["all", "none", "unique_edges"])]),
    form: Some(form(
        "graph-match [cycles = all | none | unique_edges] (Node)-[Edge]->(Node), … [where Predicate] project [Column =] Expression, …",
        "datatable(a: string, b: string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id = id | graph-match (s)-[e]->(t)-[f]->(u) project s.id, u.id",
        r#"["x", "z"]"#,
    )),
    refused: None,
    parse: Graph::match_,
};

/// The entry of `graph-shortest-paths`.
pub(super) const GRAPH_SHORTEST_PATHS: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GraphShortestPaths],
    doc: "The shortest paths between nodes of a graph.",
    page: "graph-shortest-paths-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("output", &["all", "any"])]),
    form: Some(form(
        "graph-shortest-paths [output = any | all] (Node)-[Edges*Least..Most]->(Node) [where Predicate] project [Column =] Expression, …",
        "datatable(a: string, b: string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id = id | graph-shortest-paths (s)-[e*1..3]->(t) where s.id == 'x' and t.id == 'z' project s.id, t.id",
        r#"["x", "z"]"#,
    )),
    refused: None,
    parse: Graph::shortest_paths,
};

/// The entry of `graph-to-table`.
pub(super) const GRAPH_TO_TABLE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GraphToTable],
    doc: "The nodes or edges of a graph as a table.",
    page: "graph-to-table-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "graph-to-table nodes | edges [as Name] [with_node_id = Column], …",
        "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b | graph-to-table edges",
        r#"["x", "y"]"#,
    )),
    refused: None,
    parse: Graph::to_table,
};

/// The entry of `graph-where-edges`.
pub(super) const GRAPH_WHERE_EDGES: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GraphWhereEdges],
    doc: "Keeps the edges that match a predicate.",
    page: "",
    place: Place::Piped,
    parameters: None,
    form: None,
    refused: Some("Kusto does not document it; filter the tables of nodes and edges before make-graph"),
    parse: Graph::where_edges,
};

/// The entry of `graph-where-nodes`.
pub(super) const GRAPH_WHERE_NODES: OperatorDef = OperatorDef {
    kinds: &[TokenKind::GraphWhereNodes],
    doc: "Keeps the nodes that match a predicate.",
    page: "",
    place: Place::Piped,
    parameters: None,
    form: None,
    refused: Some("Kusto does not document it; filter the tables of nodes and edges before make-graph"),
    parse: Graph::where_nodes,
};

/// The entry of `make-graph`.
pub(super) const MAKE_GRAPH: OperatorDef = OperatorDef {
    kinds: &[TokenKind::MakeGraph],
    doc: "Makes a graph from a table of edges.",
    page: "make-graph-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "make-graph Source --> Target [with Nodes on Column | with_node_id = Column]",
        "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b with_node_id = id | graph-to-table nodes | sort by id asc",
        r#"["x"]"#,
    )),
    refused: None,
    parse: Graph::make,
};

/// `make-graph`, `graph-match`, `graph-shortest-paths`, `graph-to-table`, `graph-mark-components`, `graph-where-nodes`,
/// `graph-where-edges`.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The operator's keyword.
    pub keyword: String,
    /// Its clauses.
    pub clauses: Clauses,
}

/// The clauses of a graph operator.
#[derive(Debug, Clone)]
pub enum Clauses {
    /// `source --> target with nodes on id`
    Make(Make),
    /// `(a)-[e]->(b) where … project …`
    Match(Match),
    /// `nodes …`, `edges …`
    ToTable(Vec<Exported>),
    /// `kind=strong with_component_id=name`
    Mark(Mark),
    /// Another operator, parsed as source text so that it can be refused by name.
    Other(Span),
}

/// What `make-graph` makes a graph of.
#[derive(Debug, Clone)]
pub struct Make {
    /// The column of the edges with the node that they come from.
    pub source: Expr,
    /// The column of the edges with the node that they go to.
    pub target: Expr,
    /// `with table on column, …`
    pub nodes: Vec<(Expr, Expr)>,
    /// `with_node_id = name`
    pub node_id: Option<Name>,
    /// `partitioned-by …`
    pub partitioned: Option<Span>,
}

/// What `graph-to-table` makes a table of.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Whether the nodes are wanted, not the edges.
    pub nodes: bool,
    /// `as name`
    pub name: Option<Name>,
    /// The columns for the hashes of nodes: which of the table's own columns they are made of, and their names.
    pub ids: Vec<(&'static str, Name)>,
}

/// How `graph-mark-components` marks.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Whether edges count in their own direction only.
    pub strong: bool,
    /// `with_component_id = name`
    pub name: Option<Name>,
}

/// What `graph-match` and `graph-shortest-paths` look for.
#[derive(Debug, Clone)]
pub struct Match {
    /// Whether only the shortest of all paths between two nodes are wanted.
    pub shortest: bool,
    /// The pattern.
    pub pattern: Vec<Sequence>,
    /// `where …`
    pub filter: Option<Expr>,
    /// `project …`
    pub project: Option<Vec<Expr>>,
}

impl Graph {
    fn operator(p: &Parser, clauses: Clauses) -> OperatorKind {
        let keyword = p.text(p.last_keyword()).to_owned();
        OperatorKind::Graph(Graph { keyword, clauses })
    }

    /// The clauses of an operator that is refused, up to the next `|`.
    fn other(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        p.skip_to(&[]);
        let clauses = Clauses::Other(p.since(start));
        Self::operator(p, clauses)
    }

    /// `make-graph source --> target with nodes on id`
    pub(crate) fn make(p: &mut Parser) -> OperatorKind {
        let keyword = p.last_keyword();
        let column = |p: &mut Parser| match p.name_reference(NameUse::Reference) {
            Some(name) => name,
            None => p.missing_expression(),
        };
        let source = column(p);
        if !pattern::eat_text(p, "-->") && !pattern::eat_text(p, "--") {
            p.missing("-->");
        }
        let target = column(p);
        let (mut nodes, mut node_id) = (Vec::new(), None);
        if p.eat(TokenKind::WithNodeId) {
            p.expect(TokenKind::Equal);
            node_id = Some(p.required_name(NameUse::Declared));
        } else if p.eat(TokenKind::With) {
            let one = |p: &mut Parser| {
                let table = p.unnamed_expression()?;
                p.expect(TokenKind::On);
                Some((table, column(p)))
            };
            let until = List::SOME.until(|p| p.at(TokenKind::PartitionedBy));
            nodes = p.comma_list(until, one, |p| (p.missing_expression(), p.error_expression()));
        }
        let partitioned = p.at(TokenKind::PartitionedBy).then(|| {
            let start = p.start();
            p.skip_to(&[]);
            p.since(start)
        });
        p.set_last_keyword(keyword);
        Self::operator(p, Clauses::Make(Make { source, target, nodes, node_id, partitioned }))
    }

    /// `graph-match (a)-[e]->(b) where … project …`
    pub(crate) fn match_(p: &mut Parser) -> OperatorKind {
        Self::pattern(p, false)
    }

    /// `graph-shortest-paths …`
    pub(crate) fn shortest_paths(p: &mut Parser) -> OperatorKind {
        Self::pattern(p, true)
    }

    fn pattern(p: &mut Parser, shortest: bool) -> OperatorKind {
        let keyword = p.last_keyword();
        let until = List::SOME.until(|p| p.at_any(&[TokenKind::Where, TokenKind::Project]));
        let pattern = p.comma_list(until, Sequence::parse, Sequence::missing);
        let filter = p.eat(TokenKind::Where).then(|| p.required_unnamed_expression());
        let project = p
            .eat(TokenKind::Project)
            .then(|| p.comma_list(List::SOME, Parser::named_expression, Parser::missing_expression));
        p.set_last_keyword(keyword);
        Self::operator(p, Clauses::Match(Match { shortest, pattern, filter, project }))
    }

    /// `graph-to-table nodes as N with_node_id=Id, edges`
    pub(crate) fn to_table(p: &mut Parser) -> OperatorKind {
        let keyword = p.last_keyword();
        let mut tables = Vec::new();
        loop {
            let nodes = match p.nth_text(0) {
                "nodes" => true,
                "edges" => false,
                _ => {
                    p.missing("`nodes` or `edges`");
                    break;
                }
            };
            p.bump();
            tables.push(Self::exported(p, nodes));
            if !p.eat(TokenKind::Comma) {
                break;
            }
        }
        p.set_last_keyword(keyword);
        Self::operator(p, Clauses::ToTable(tables))
    }

    /// `as N with_node_id=Id`, `as E with_source_id=S with_target_id=T`
    fn exported(p: &mut Parser, nodes: bool) -> Exported {
        let name = p.eat(TokenKind::As).then(|| p.required_name(NameUse::Declared));
        let mut exported = Exported { nodes, name, ids: Vec::new() };
        loop {
            let column = match p.nth_text(0) {
                "with_node_id" if nodes => make::ID,
                "with_source_id" if !nodes => make::SOURCE,
                "with_target_id" if !nodes => make::TARGET,
                _ => return exported,
            };
            p.bump();
            p.expect(TokenKind::Equal);
            exported.ids.push((column, p.required_name(NameUse::Declared)));
        }
    }

    /// `graph-mark-components kind=strong with_component_id=name`
    pub(crate) fn mark_components(p: &mut Parser) -> OperatorKind {
        let keyword = p.last_keyword();
        let mut mark = Mark { strong: false, name: None };
        loop {
            match p.nth_text(0) {
                "kind" => {
                    p.bump();
                    p.expect(TokenKind::Equal);
                    match p.nth_text(0) {
                        "strong" => mark.strong = true,
                        "weak" => {}
                        _ => {
                            p.missing("`weak` or `strong`");
                            break;
                        }
                    }
                    p.bump();
                }
                "with_component_id" => {
                    p.bump();
                    p.expect(TokenKind::Equal);
                    mark.name = Some(p.required_name(NameUse::Declared));
                }
                _ => break,
            }
        }
        p.set_last_keyword(keyword);
        Self::operator(p, Clauses::Mark(mark))
    }

    /// `graph-where-nodes …`
    pub(crate) fn where_nodes(p: &mut Parser) -> OperatorKind {
        Self::other(p)
    }

    /// `graph-where-edges …`
    pub(crate) fn where_edges(p: &mut Parser) -> OperatorKind {
        Self::other(p)
    }
}

impl Graph {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        if let Clauses::Make(make) = &self.clauses {
            return make.bind(binder, input, op);
        }
        let Some(graph) = binder.graph_of(&input) else {
            let why = "make-graph has to stand in front of it";
            binder.report(messages::unsupported(op.keyword, &self.keyword, why));
            return unknown_table();
        };
        match &self.clauses {
            Clauses::Match(pattern) => pattern.bind(binder, &graph, op),
            Clauses::ToTable(tables) => match tables.as_slice() {
                [] => unknown_table(),
                [table] => table.bind(binder, graph, op),
                _ => {
                    let why = "ask for the nodes and the edges in a statement each";
                    binder.report(messages::unsupported(op.keyword, &self.keyword, why));
                    unknown_table()
                }
            },
            Clauses::Mark(mark) => {
                let graph = mark.bind(binder, &graph, op.keyword);
                made(graph, op.keyword, &input)
            }
            Clauses::Make(_) | Clauses::Other(_) => {
                let why = "filter the tables of nodes and edges before make-graph";
                binder.report(messages::unsupported(op.keyword, &self.keyword, why));
                unknown_table()
            }
        }
    }
}

/// The relation that stands for a graph, for the graph operators behind it.
fn made(graph: Made, span: Span, shown: &Rel) -> Rel {
    let refused = Refused {
        name: "make-graph".to_owned(),
        why: "a graph is no table; graph-match or graph-to-table makes one of it".to_owned(),
        span,
        graph: Some(Box::new(graph)),
    };
    Rel::new(Node::Refused(refused), shown.columns.to_vec(), Order::default())
}
