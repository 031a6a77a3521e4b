//! Functions over the rows around a row. What they become depends on their arguments: see `sql::window`.

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

const RESTART: Param = param("restart", ParamKind::Types(&[Type::Bool])).optional();

const RANKS: &[Param] = &[param("term", ParamKind::NotDynamic), RESTART];

/// `prev`, `next`
const SHIFTS: &[Param] = &[
    param("column", ParamKind::Scalar).form(ArgForm::Column),
    param("offset", ParamKind::Types(&[Type::Long])).optional(),
    param("default_value", ParamKind::Scalar).optional().form(ArgForm::Constant),
];

/// Functions over the rows around a row.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "row_number",
        doc: "The number of the row in the order of the rows, from 1 or another start; a true second argument begins anew.",
        page: "row-number-function",
        overloads: &[overload(
            &[param("startingIndex", ParamKind::Types(&[Type::Long])).optional(), RESTART],
            Returns::Type(Type::Long),
            Lower::Udf("kql_row_number"),
        )],
        examples: &[
            example("range x from 5 to 6 step 1 | extend n = row_number() | where x == 6", "[6, 2]"),
            example("range x from 1 to 5 step 1 | extend n = row_number(0, x == 3) | where x == 5", "[5, 2]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "row_cumsum",
        doc: "The sum of a number over all rows up to this one, or from the last row with a true second argument.",
        page: "row-cumsum-function",
        overloads: &[overload(
            &[param("term", ParamKind::Number), RESTART],
            Returns::Parameter0,
            Lower::Udf("kql_row_cumsum"),
        )],
        examples: &[
            example("range x from 1 to 4 step 1 | extend s = row_cumsum(x) | where x == 4", "[4, 10]"),
            example("range x from 1 to 4 step 1 | extend s = row_cumsum(x, x == 3) | where x == 4", "[4, 7]"),
        ],
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
            Lower::Unsupported("it is obsolete; use 'row_rank_dense' or 'row_rank_min'"),
        )],
        obsolete: Some("row_rank_dense"),
        ..Function::BASE
    },
    Function {
        name: "row_rank_dense",
        doc: "How many different runs of a value there are up to this row; a true second argument begins anew.",
        page: "row-rank-dense-function",
        overloads: &[overload(RANKS, Returns::Type(Type::Long), Lower::Udf("kql_row_rank_dense"))],
        examples: &[example(
            "range x from 1 to 5 step 1 | extend r = row_rank_dense(x / 2) | where x == 5",
            "[5, 3]",
        )],
        ..Function::BASE
    },
    Function {
        name: "row_rank_min",
        doc: "The number of the first row of the run of equal values that the row is in; a true second argument begins anew.",
        page: "row-rank-min-function",
        overloads: &[overload(RANKS, Returns::Type(Type::Long), Lower::Udf("kql_row_rank_min"))],
        examples: &[example(
            "range x from 1 to 5 step 1 | extend r = row_rank_min(x / 2) | where x == 5",
            "[5, 4]",
        )],
        ..Function::BASE
    },
    Function {
        name: "row_window_session",
        doc: "When the session of a row began: a new one begins too far from its first row, too far from the last one, or with a true last argument.",
        page: "row-window-session-function",
        overloads: &[overload(
            &[
                param("expr", ParamKind::Types(&[Type::DateTime])),
                param("maxDistanceFromFirst", ParamKind::Types(&[Type::Timespan])),
                param("maxDistanceBetweenNeighbors", ParamKind::Types(&[Type::Timespan])),
                RESTART,
            ],
            Returns::Parameter0,
            Lower::Udf("kql_row_window_session"),
        )],
        examples: &[example(
            "range t from datetime(2024-05-01) to datetime(2024-05-01 00:40) step 10m \
             | extend s = row_window_session(t, 30m, 15m) | where t == datetime(2024-05-01 00:40)",
            r#"["2024-05-01T00:40:00.0000000Z", "2024-05-01T00:30:00.0000000Z"]"#,
        )],
        ..Function::BASE
    },
    Function {
        name: "prev",
        doc: "A column's value in the row before, or so many rows before; null or a given value where there is none.",
        page: "prev-function",
        overloads: &[overload(SHIFTS, Returns::Parameter0, Lower::Sql("LAG($1, $2, $3)"))],
        examples: &[
            example("range x from 1 to 3 step 1 | extend p = prev(x) | where x == 3", "[3, 2]"),
            example("range x from 1 to 3 step 1 | extend p = prev(x, 2, -1) | where x == 2", "[2, -1]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "next",
        doc: "A column's value in the row behind, or so many rows behind; null or a given value where there is none.",
        page: "next-function",
        overloads: &[overload(SHIFTS, Returns::Parameter0, Lower::Sql("LEAD($1, $2, $3)"))],
        examples: &[
            example("range x from 1 to 3 step 1 | extend n = next(x) | where x == 1", "[1, 2]"),
            example("range x from 1 to 3 step 1 | extend n = next(x, 2) | where x == 2", "[2, null]"),
        ],
        ..Function::BASE
    },
];
