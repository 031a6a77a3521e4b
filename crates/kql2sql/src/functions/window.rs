//! Functions over the rows around a row.

use super::*;
use crate::types::Type;

/// The functions whose value depends on the order of the rows.
pub const NAMES: &[&str] = &[
    "row_number",
    "row_cumsum",
    "row_rank",
    "row_rank_dense",
    "row_rank_min",
    "row_window_session",
    "prev",
    "next",
];

/// Functions over the rows around a row.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "row_number",
        doc: "",
        page: "row-number-function",
        overloads: &[overload(
            &[
                param("startingIndex", ParamKind::Types(&[Type::Long])).optional(),
                param("restart", ParamKind::Types(&[Type::Bool])).optional(),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "row_cumsum",
        doc: "",
        page: "row-cumsum-function",
        overloads: &[overload(
            &[param("term", ParamKind::Number), param("restart", ParamKind::Types(&[Type::Bool])).optional()],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "row_rank",
        doc: "",
        page: "row-rank-dense-function",
        overloads: &[overload(
            &[
                param("column", ParamKind::NotDynamic),
                param("dense", ParamKind::Types(&[Type::Bool])).optional().form(ArgForm::Constant),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        obsolete: Some("row_rank_dense"),
        ..Function::BASE
    },
    Function {
        name: "row_rank_dense",
        doc: "",
        page: "row-rank-dense-function",
        overloads: &[overload(
            &[
                param("term", ParamKind::NotDynamic),
                param("restart", ParamKind::Types(&[Type::Bool])).optional(),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "row_rank_min",
        doc: "",
        page: "row-rank-min-function",
        overloads: &[overload(
            &[
                param("term", ParamKind::NotDynamic),
                param("restart", ParamKind::Types(&[Type::Bool])).optional(),
            ],
            Returns::Type(Type::Long),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "row_window_session",
        doc: "",
        page: "row-window-session-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Types(&[Type::DateTime])),
                param("maxDistanceFromFirst", ParamKind::Types(&[Type::Timespan])),
                param("maxDistanceBetweenNeighbors", ParamKind::Types(&[Type::Timespan])),
                param("restart", ParamKind::Types(&[Type::Bool])).optional(),
            ],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "prev",
        doc: "",
        page: "prev-function",
        overloads: &[overload(
            &[
                param("column", ParamKind::Scalar).form(ArgForm::Column),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
                param("default_value", ParamKind::Scalar).optional().form(ArgForm::Constant),
            ],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "next",
        doc: "",
        page: "next-function",
        overloads: &[overload(
            &[
                param("column", ParamKind::Scalar).form(ArgForm::Column),
                param("offset", ParamKind::Types(&[Type::Long])).optional(),
                param("default_value", ParamKind::Scalar).optional().form(ArgForm::Constant),
            ],
            Returns::Parameter0,
            TODO,
        )],
        ..Function::BASE
    },
];
