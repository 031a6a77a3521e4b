//! Aggregates that take one row out of the group: the smallest, the greatest, any.

use super::lower;
use crate::functions::*;
use crate::types::Type;

/// Aggregates that take one row out of the group: the smallest, the greatest, any.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "min",
        doc: "The smallest value; null (or an empty text) where there is none. NaN beats every number.",
        page: "min-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable)],
            Returns::Parameter0,
            Lower::Build(lower::min),
        )],
        result_name: ResultName::PrefixAndFirstArgument("min"),
        examples: &[
            example("datatable(x: long)[7, long(null), -3] | summarize min(x)", "[-3]"),
            example("datatable(s: string)['b', 'B', 'a'] | summarize min(s)", r#"["B"]"#),
            example("datatable(x: real)[1.5, real(nan), 2.5] | summarize min(x)", r#"["NaN"]"#),
            example(
                "datatable(t: datetime)[datetime(2024-01-01), datetime(2023-12-31)] | summarize min(t)",
                r#"["2023-12-31T00:00:00.0000000Z"]"#,
            ),
            example("datatable(x: int)[] | summarize min(x)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "minif",
        doc: "The smallest value in the rows for which the predicate is true.",
        page: "minif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            Lower::Build(lower::min),
        )],
        result_name: ResultName::PrefixAndFirstArgument("minif"),
        examples: &[
            example("datatable(x: long)[1, 5, 9, 12] | summarize minif(x, x between (2 .. 10))", "[5]"),
            example("datatable(x: long)[1] | summarize minif(x, x > 1)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "max",
        doc: "The greatest value; null (or an empty text) where there is none. NaN beats every number.",
        page: "max-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable)],
            Returns::Parameter0,
            Lower::Build(lower::max),
        )],
        result_name: ResultName::PrefixAndFirstArgument("max"),
        examples: &[
            example("datatable(x: long)[7, long(null), -3] | summarize max(x)", "[7]"),
            example("datatable(s: string)['b', 'B', 'a'] | summarize max(s)", r#"["b"]"#),
            example("datatable(x: real)[1.5, real(nan), 2.5] | summarize max(x)", r#"["NaN"]"#),
            example(
                "datatable(t: datetime)[datetime(2024-01-01), datetime(2023-12-31)] | summarize max(t)",
                r#"["2024-01-01T00:00:00.0000000Z"]"#,
            ),
            example("datatable(x: int)[] | summarize max(x)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "maxif",
        doc: "The greatest value in the rows for which the predicate is true.",
        page: "maxif-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Orderable), param("predicate", ParamKind::Types(&[Type::Bool]))],
            Returns::Parameter0,
            Lower::Build(lower::max),
        )],
        result_name: ResultName::PrefixAndFirstArgument("maxif"),
        examples: &[
            example("datatable(x: long)[1, 5, 9, 12] | summarize maxif(x, x between (2 .. 10))", "[9]"),
            example("datatable(x: long)[1] | summarize maxif(x, x > 1)", "[null]"),
        ],
        ..Function::BASE
    },
    Function {
        name: "passthrough",
        doc: "Its argument, inside of Kusto's own engine.",
        page: "",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar)],
            Returns::Parameter0,
            Lower::Unsupported("it is internal to Kusto; use take_any()"),
        )],
        result_name: ResultName::FirstArgument,
        ..Function::BASE
    },
    Function {
        name: "any",
        doc: "A value of the group, one that is neither null nor empty if there is one; several values come from one row.",
        page: "take-any-aggregation-function",
        overloads: &[
            overload(&[param("expr", ParamKind::Scalar)], Returns::Parameter0, Lower::Build(lower::take_any)),
            overload(
                &[param("expr", ParamKind::Scalar).times(2, 32767)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::take_any),
            ),
            overload(
                &[param("expr", ParamKind::Scalar).form(ArgForm::StarOnly)],
                Returns::Type(Type::Dynamic),
                Lower::Build(lower::take_any),
            ),
        ],
        result_name: ResultName::PrefixAndFirstArgument("any"),
        obsolete: Some("take_any"),
        examples: &[
            example("datatable(s: string)['', 'a'] | summarize any(s)", r#"["a"]"#),
            example("datatable(s: string, x: long)['a', 1] | summarize any(s, x)", r#"["a", 1]"#),
            example("datatable(s: string, x: long)['a', 1] | summarize any(*)", r#"["a", 1]"#),
        ],
        ..Function::BASE
    },
    Function {
        name: "take_any",
        doc: "A value of the group, one that is neither null nor empty if there is one; several values come from one row.",
        page: "take-any-aggregation-function",
        overloads: &[overload(
            &[param("expr", ParamKind::Scalar).times(1, 32767).form(ArgForm::StarAllowed)],
            Returns::Type(Type::Dynamic),
            Lower::Build(lower::take_any),
        )],
        examples: &[
            example("datatable(s: string)['', 'a'] | summarize take_any(s)", r#"["a"]"#),
            example("datatable(x: long)[long(null), 5] | summarize take_any(x)", "[5]"),
            example("datatable(s: string, x: long)['a', 1] | summarize take_any(x, s)", r#"[1, "a"]"#),
        ],
        ..Function::BASE
    },
    Function { result_name: ResultName::PrefixAndFirstArgument("anyif"), ..TAKE_ANYIF.obsolete("anyif") },
    TAKE_ANYIF,
    ARG_MIN,
    ARG_MAX,
    ARG_MIN.obsolete("argmin"),
    ARG_MAX.obsolete("argmax"),
];

const TAKE_ANYIF: Function = Function {
    name: "take_anyif",
    doc: "A value of the rows for which the predicate is true, one that is neither null nor empty if there is one.",
    page: "take-anyif-aggregation-function",
    overloads: &[overload(
        &[param("expr", ParamKind::Scalar), param("predicate", ParamKind::Types(&[Type::Bool]))],
        Returns::Parameter0,
        Lower::Build(lower::take_any_if),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[
        example("datatable(s: string, x: long)['a', 1, 'b', 2] | summarize take_anyif(s, x > 1)", r#"["b"]"#),
        example("datatable(x: long)[1] | summarize take_anyif(x, x > 1)", "[null]"),
    ],
    ..Function::BASE
};

const ARG_MIN: Function = Function {
    name: "arg_min",
    doc: "The row whose first argument is the smallest: that argument and the others. The first such row; rows with a null only where there are no others.",
    page: "arg-min-aggregation-function",
    overloads: &[overload(
        &[
            param("minimized", ParamKind::Orderable),
            param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
        ],
        Returns::Type(Type::Dynamic),
        Lower::Build(lower::arg_min),
    )],
    examples: &[
        example(
            "datatable(x: long, s: string)[long(null), 'a', 7, 'b', -1, 'c', -1, 'd'] | summarize arg_min(x, s)",
            r#"[-1, "c"]"#,
        ),
        example(
            "datatable(x: long, s: string, k: long)[1, 'a', 0, 2, 'b', 0] | summarize arg_min(x, *) by k",
            r#"[0, 1, "a"]"#,
        ),
        example(
            "datatable(x: int, s: string)[int(null), 'a', int(null), 'b'] | summarize arg_min(x, s)",
            r#"[null, "a"]"#,
        ),
    ],
    ..Function::BASE
};

const ARG_MAX: Function = Function {
    name: "arg_max",
    doc: "The row whose first argument is the greatest: that argument and the others. The first such row; rows with a null only where there are no others.",
    page: "arg-max-aggregation-function",
    overloads: &[overload(
        &[
            param("maximized", ParamKind::Orderable),
            param("returned", ParamKind::Scalar).times(0, 32767).form(ArgForm::StarAllowed),
        ],
        Returns::Type(Type::Dynamic),
        Lower::Build(lower::arg_max),
    )],
    examples: &[
        example(
            "datatable(x: long, s: string)[long(null), 'a', 7, 'b', -1, 'c', 7, 'd'] | summarize arg_max(x, s)",
            r#"[7, "b"]"#,
        ),
        example(
            "datatable(x: long, s: string, k: long)[1, 'a', 0, 2, 'b', 0] | summarize arg_max(x, *) by k",
            r#"[0, 2, "b"]"#,
        ),
        example(
            "datatable(x: int, s: string)[int(null), 'a', int(null), 'b'] | summarize arg_max(x, s)",
            r#"[null, "a"]"#,
        ),
    ],
    ..Function::BASE
};
