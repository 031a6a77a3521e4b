//! Functions inside graph operators.

use super::*;
use crate::types::Type;

/// Functions inside graph operators.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "all",
        doc: "Whether a predicate holds for all edges of a path, or for all of its inner nodes.",
        page: "all-graph-function",
        overloads: &[overload(
            &[
                param("pattern_element", ParamKind::Scalar),
                param("expression", ParamKind::Types(&[Type::Bool])).form(ArgForm::Parameter0Element),
            ],
            Returns::Type(Type::Bool),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "any",
        doc: "Whether a predicate holds for some edge of a path, or for some of its inner nodes.",
        page: "any-graph-function",
        overloads: &[overload(
            &[
                param("pattern_element", ParamKind::Scalar),
                param("expression", ParamKind::Types(&[Type::Bool])).form(ArgForm::Parameter0Element),
            ],
            Returns::Type(Type::Bool),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "map",
        doc: "An expression over each edge of a path, or over each of its inner nodes, as an array.",
        page: "map-graph-function",
        overloads: &[overload(
            &[
                param("pattern_element", ParamKind::Scalar),
                param("expression", ParamKind::Scalar).form(ArgForm::Parameter0Element),
            ],
            Returns::Type(Type::Dynamic),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "inner_nodes",
        doc: "The nodes between the first and the last of a path, for map(), all() and any().",
        page: "inner-nodes-graph-function",
        overloads: &[overload(
            &[param("edge", ParamKind::Scalar)],
            Returns::Type(Type::Dynamic),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "node_id",
        doc: "What tells a node of the graph from the others, as text; without a node, that of each inner node of a path within map(), all() and any().",
        page: "node-id",
        overloads: &[overload(
            &[param("node", ParamKind::Scalar).optional()],
            Returns::Type(Type::String),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "node_degree_in",
        doc: "How many edges of the graph lead to a node; without a node, to each inner node of a path within map(), all() and any().",
        page: "node-degree-in",
        overloads: &[overload(
            &[param("node", ParamKind::Scalar).optional()],
            Returns::Type(Type::Long),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "node_degree_out",
        doc: "How many edges of the graph lead away from a node; without a node, from each inner node of a path within map(), all() and any().",
        page: "node-degree-out",
        overloads: &[overload(
            &[param("node", ParamKind::Scalar).optional()],
            Returns::Type(Type::Long),
            Lower::Binder,
        )],
        ..Function::BASE
    },
    Function {
        name: "labels",
        doc: "The labels of a node or an edge: an empty array, for a graph that a query makes has none.",
        page: "labels-graph-function",
        overloads: &[overload(
            &[param("pattern_element", ParamKind::Scalar).optional()],
            Returns::Dynamic(Shape::STRINGS),
            Lower::Binder,
        )],
        ..Function::BASE
    },
];
