//! Functions inside graph operators.

use super::*;
use crate::types::Type;

/// Functions inside graph operators.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "all",
        doc: "",
        page: "all-graph-function",
        overloads: &[overload(
            &[
                param("pattern_element", ParamKind::Scalar),
                param("expression", ParamKind::Types(&[Type::Bool])).form(ArgForm::Parameter0Element),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "any",
        doc: "",
        page: "any-graph-function",
        overloads: &[overload(
            &[
                param("pattern_element", ParamKind::Scalar),
                param("expression", ParamKind::Types(&[Type::Bool])).form(ArgForm::Parameter0Element),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "map",
        doc: "",
        page: "map-graph-function",
        overloads: &[overload(
            &[
                param("pattern_element", ParamKind::Scalar),
                param("expression", ParamKind::Scalar).form(ArgForm::Parameter0Element),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "inner_nodes",
        doc: "",
        page: "inner-nodes-graph-function",
        overloads: &[overload(&[param("edge", ParamKind::Scalar)], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "node_id",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("node", ParamKind::Scalar).optional()],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "node_degree_in",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("node", ParamKind::Scalar).optional()],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "node_degree_out",
        doc: "",
        page: "",
        overloads: &[overload(
            &[param("node", ParamKind::Scalar).optional()],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "labels",
        doc: "",
        page: "labels-graph-function",
        overloads: &[overload(
            &[param("pattern_element", ParamKind::Scalar).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
];
