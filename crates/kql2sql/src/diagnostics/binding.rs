//! What the binder finds wrong: a constructor for each message, with Kusto's code where it has one.

use super::{Diagnostic, nearest};
use crate::span::Span;
use crate::types::Type;

fn with_nearest<'a>(d: Diagnostic, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    match nearest(name, candidates) {
        Some(near) if near != name => d.with_help(format!("did you mean '{near}'?")),
        _ => d,
    }
}

fn list(types: &[Type]) -> String {
    types.iter().map(|t| t.name()).collect::<Vec<_>>().join(", ")
}

/// KS106
pub fn operator_not_defined(span: Span, op: &str, types: &[Type]) -> Diagnostic {
    let error = Diagnostic::error("KS106", span, format!("'{op}' cannot be applied to {}", list(types)));
    match types {
        [Type::DateTime, Type::String] | [Type::String, Type::DateTime] => {
            error.with_help("a date is written datetime(2024-01-31), or made of a text by todatetime(…)")
        }
        [Type::String, number] | [number, Type::String] if number.is_number() => {
            error.with_help("tolong(…) or toreal(…) makes a number of a text, tostring(…) a text of a number")
        }
        [Type::DateTime, number] | [Type::Timespan, number] if number.is_number() => {
            error.with_help("a time span has a unit: 1d, 12h, 30m, 10s")
        }
        _ => error,
    }
}

/// KS106
pub fn several_operands(span: Span, op: &str) -> Diagnostic {
    Diagnostic::error("KS106", span, format!("'{op}' cannot be applied to an expression with several values"))
        .with_help("give them names first: extend (a, b) = …")
}

/// KS106
pub fn table_operand(span: Span, op: &str) -> Diagnostic {
    Diagnostic::error("KS106", span, format!("'{op}' cannot be applied to a table"))
        .with_help("toscalar(…) takes the first value of a table; `in` looks into one")
}

/// KS106
pub fn operand_missing(span: Span, op: &str) -> Diagnostic {
    Diagnostic::error("KS106", span, format!("'{op}' has nothing on its right side"))
}

/// KS141
pub fn condition_is_table(span: Span) -> Diagnostic {
    Diagnostic::error("KS141", span, "bool expected here, but this is a table")
}

/// KS107
pub fn type_expected(span: Span, expected: &[Type], found: Type) -> Diagnostic {
    let names = expected.iter().map(|t| t.name()).collect::<Vec<_>>().join(" or ");
    let error = Diagnostic::error("KS107", span, format!("{names} expected here, but this is {found}"));
    match expected {
        [Type::Timespan] if found.is_number() => error.with_help("a time span has a unit: 1d, 12h, 30m, 10s"),
        _ => error,
    }
}

/// KS107: a value where `typeof(…)` must stand.
pub fn type_literal_expected(span: Span, found: Type) -> Diagnostic {
    Diagnostic::error(
        "KS107",
        span,
        format!("a type is expected here, such as typeof(long), but this is {found}"),
    )
}

/// KS107: `typeof(…)` where a value must stand.
pub fn type_literal_not_allowed(span: Span) -> Diagnostic {
    Diagnostic::error("KS107", span, "a value is expected here, but this names a type")
}

/// KS107: the text given for a query parameter is no value of its type.
pub fn parameter_value(span: Span, name: &str, text: &str, ty: Type) -> Diagnostic {
    let message = format!("the value given for the parameter '{name}' is no {ty}: {text}");
    Diagnostic::error("KS107", span, message)
}

/// KS107: a name that means nothing, where a value of one of these types must stand.
pub fn type_of_unknown(span: Span, expected: &[Type]) -> Diagnostic {
    let expected = expected.iter().map(|t| t.name()).collect::<Vec<_>>().join(" or ");
    Diagnostic::error("KS107", span, format!("{expected} expected here, and this is not known"))
}

/// KS108
pub fn scalar_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS108", span, "a single value is expected here, not a table")
        .with_help("toscalar(…) takes the first value of a table")
}

/// KS109
pub fn column_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS109", span, "the name of a column is expected here")
}

/// KS109: where only columns can stand, a name that is none.
pub fn unknown_column<'a>(
    span: Span,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic { code: "KS109", ..unknown_name(span, name, "column", candidates) }
}

/// KS110
pub fn rename_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS110", span, "'new = old' is expected here")
}

/// KS111
pub fn table_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS111", span, "a table is expected here, not a single value")
}

/// KS116
pub fn type_not_allowed(span: Span, ty: Type) -> Diagnostic {
    let d = Diagnostic::error("KS116", span, format!("a value of type {ty} cannot be used here"));
    if ty == Type::Dynamic { d.with_help("convert it, for example with tostring(…)") } else { d }
}

/// KS117
pub fn argument_list_required(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS117", span, format!("'{name}' is a function and needs its arguments: {name}(…)"))
}

/// KS119, KS120
pub fn argument_count(span: Span, name: &str, min: usize, max: usize, found: usize) -> Diagnostic {
    let plural = |n: usize| if n == 1 { "argument" } else { "arguments" };
    if min == max {
        let what = if min == 0 { "no arguments".to_owned() } else { format!("{min} {}", plural(min)) };
        Diagnostic::error("KS119", span, format!("'{name}' takes {what}, not {found}"))
    } else if max > 1000 {
        let code = if min == 0 { "KS121" } else { "KS120" };
        Diagnostic::error(code, span, format!("'{name}' takes at least {min} {}, not {found}", plural(min)))
    } else {
        Diagnostic::error("KS120", span, format!("'{name}' takes {min} to {max} arguments, not {found}"))
    }
}

/// KS121
pub fn argument_count_wrong(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS121", span, format!("'{name}' is called with the wrong number of arguments"))
}

/// KS237: a function of values behind `evaluate`.
pub fn not_a_plugin(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS237", span, format!("'{name}' is a function and no plugin"))
        .with_help("functions of values stand in extend, project and the like")
}

/// KS126: a plugin where a function belongs.
pub fn plugin_not_allowed(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS126", span, format!("the plugin '{name}' cannot be used here"))
        .with_help(format!("plugins have an operator: evaluate {name}(…)"))
}

/// KS240: a node of a graph is told by a column that can be compared.
pub fn node_is_dynamic(span: Span) -> Diagnostic {
    Diagnostic::error("KS240", span, "nodes cannot be told by dynamic values")
        .with_help("convert the column first, as by tostring(…)")
}

/// KS124
pub fn unknown_plugin<'a>(
    span: Span,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    with_nearest(
        Diagnostic::error("KS124", span, format!("there is no plugin named '{name}'")),
        name,
        candidates,
    )
}

/// KS127
pub fn no_overload(span: Span, name: &str, types: &[Type]) -> Diagnostic {
    Diagnostic::error("KS127", span, format!("'{name}' cannot be called with {}", list(types)))
}

/// KS129
pub fn constant_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS129", span, "a constant is expected here")
}

/// KS131
pub fn literal_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS131", span, "a literal is expected here")
}

/// KS188
pub fn no_such_case(span: Span, pattern: &str, values: &[&str], path: Option<&str>) -> Diagnostic {
    let values: Vec<String> = values.iter().map(|v| format!("'{v}'")).collect();
    let path = path.map(|p| format!(".['{p}']")).unwrap_or_default();
    let call = format!("{pattern}({}){path}", values.join(", "));
    Diagnostic::error("KS188", span, format!("the pattern '{pattern}' does not say what {call} stands for"))
}

/// KS133
pub fn empty_not_allowed(span: Span) -> Diagnostic {
    Diagnostic::error("KS133", span, "this text must not be empty")
}

/// KS134
pub fn integer_expected(span: Span, found: Type) -> Diagnostic {
    Diagnostic::error("KS134", span, format!("an integer is expected here, but this is {found}"))
}

/// KS137
pub fn number_expected(span: Span, found: Type) -> Diagnostic {
    Diagnostic::error("KS137", span, format!("a number is expected here, but this is {found}"))
}

/// KS138
pub fn summable_expected(span: Span, found: Type) -> Diagnostic {
    Diagnostic::error(
        "KS138",
        span,
        format!("a number, datetime or timespan is expected here, but this is {found}"),
    )
}

/// KS140
pub fn value_expected(span: Span, values: &[&str]) -> Diagnostic {
    Diagnostic::error("KS140", span, format!("one of these is expected here: {}", values.join(", ")))
}

/// KS140
pub fn value_not_allowed(span: Span, value: &str) -> Diagnostic {
    Diagnostic::error("KS140", span, format!("{value} cannot stand here"))
}

/// KS141
pub fn must_have_type(span: Span, expected: &[Type], found: Type) -> Diagnostic {
    let expected = expected.iter().map(|t| t.name()).collect::<Vec<_>>().join(" or ");
    Diagnostic::error("KS141", span, format!("{expected} expected here, but this is {found}"))
}

/// KS142
pub fn unknown_name<'a>(
    span: Span,
    name: &str,
    entity: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    with_nearest(
        Diagnostic::error("KS142", span, format!("there is no {entity} named '{name}' here")),
        name,
        candidates,
    )
}

/// KS144
pub fn aggregate_not_allowed(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS144", span, format!("the aggregate '{name}' cannot be used here"))
        .with_help("aggregates belong in summarize, make-series or top-nested")
}

/// KS145
pub fn join_column_missing(span: Span, name: &str, side: &str) -> Diagnostic {
    Diagnostic::error("KS145", span, format!("the {side} side of the join has no column '{name}'"))
        .with_help("$left.a == $right.b joins columns of different names")
}

/// KS147
pub fn element_access(span: Span, ty: Type) -> Diagnostic {
    Diagnostic::error("KS147", span, format!("a value of type {ty} has no members"))
        .with_help("members are read from dynamic values; parse_json(…) makes one of a string")
}

/// KS149
pub fn not_multiple(span: Span) -> Diagnostic {
    Diagnostic::error("KS149", span, "this expression does not have several values")
}

/// KS150
pub fn name_without_value(span: Span, values: usize) -> Diagnostic {
    Diagnostic::error("KS150", span, format!("there is no value for this name: the expression has {values}"))
}

/// KS160
pub fn unknown_type<'a>(span: Span, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    with_nearest(Diagnostic::error("KS160", span, format!("there is no type '{name}'")), name, candidates)
}

/// KS178
pub fn no_interval(span: Span, of: Type, found: Type) -> Diagnostic {
    Diagnostic::error("KS178", span, format!("values of type {of} have no steps of type {found}"))
}

/// KS171
pub fn duplicate_column(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS171", span, format!("the column '{name}' is declared twice"))
}

/// KS173
pub fn value_count(span: Span, columns: usize) -> Diagnostic {
    Diagnostic::error("KS173", span, format!("the number of values is not a multiple of {columns}"))
}

/// KS174
pub fn cannot_be_first(span: Span) -> Diagnostic {
    Diagnostic::error("KS174", span, "this operator needs an input: put a table and '|' before it")
}

/// KS175
pub fn must_be_first(span: Span) -> Diagnostic {
    Diagnostic::error("KS175", span, "this operator takes no input: it must come first")
}

/// KS182
pub fn join_condition(span: Span) -> Diagnostic {
    Diagnostic::error("KS182", span, "a join condition is a column or '$left.a == $right.b'")
        .with_help("`on Key` where both tables have it, else `on $left.Key == $right.Id`")
}

/// KS183
pub fn join_operand(span: Span, side: &str) -> Diagnostic {
    Diagnostic::error("KS183", span, format!("{side}.column is expected here"))
        .with_help("the sides of a join are named `$left` and `$right`: `on $left.Key == $right.Id`")
}

/// KS191
pub fn star_not_allowed(span: Span) -> Diagnostic {
    Diagnostic::error("KS191", span, "'*' cannot be used here")
}

/// KS201
pub fn already_declared(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS201", span, format!("'{name}' is declared twice"))
}

/// KS204
pub fn unknown_table<'a>(
    span: Span,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let error =
        Diagnostic::error("KS204", span, format!("there is no table, variable or function named '{name}'"));
    if name.starts_with('_') {
        return with_way_round(error, name, candidates);
    }
    with_nearest(error, name, candidates)
}

/// KS206
pub fn orderable_expected(span: Span, found: Type) -> Diagnostic {
    Diagnostic::error("KS206", span, format!("a value with an order is expected here, but this is {found}"))
}

/// KS208
pub fn unknown_database(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS208", span, format!("there is no database '{name}': a lake is one database"))
        .with_help("leave database(…) and cluster(…) away and register the table under its name")
}

/// KS211
pub fn unknown_function<'a>(
    span: Span,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let error = Diagnostic::error("KS211", span, format!("there is no function named '{name}'"));
    with_way_round(error, name, candidates)
}

/// The error of a function that is not there, with what to do about those that only a service of Microsoft's has.
fn with_way_round<'a>(
    error: Diagnostic,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    match name {
        "adx" | "app" | "arg" | "resource" | "workspace" => error.with_help(format!(
            "{name}(…) reads another service, and a lake reads its own files; leave it away and register the table \
             under its name"
        )),
        "_GetWatchlist" => error.with_help("give the watchlist as a CSV file with --watchlist NAME=FILE"),
        "_GetWatchlistAlias" => {
            error.with_help("it lists what the service holds; here --watchlist says which there are")
        }
        _ => {
            let known = with_nearest(error, name, candidates);
            match name.starts_with('_') && known.help.is_none() {
                true => known.with_help(
                    "a function of Microsoft Sentinel or of a workspace is known from its text; give it with \
                     --functions PATH",
                ),
                false => known,
            }
        }
    }
}

/// KS227
pub fn join_column_types(span: Span, name: &str, left: Type, right: Type) -> Diagnostic {
    Diagnostic::error("KS227", span, format!("'{name}' is {left} on the left side and {right} on the right"))
}

/// KS232
pub fn no_common_type(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS232", span, format!("the arguments of '{name}' have no common type"))
}

/// KS236
pub fn column_of_group(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS236", span, format!("the column '{name}' has many values in a group"))
        .with_help(format!("aggregate it, for example with take_any({name}), or group by it"))
}

/// KS236
pub fn aggregate_expected(span: Span) -> Diagnostic {
    Diagnostic::error("KS236", span, "an aggregate is expected here, such as count() or sum(x)")
}

/// KS241
pub fn join_key_dynamic(span: Span) -> Diagnostic {
    Diagnostic::error("KS241", span, "a join key cannot be dynamic")
        .with_help("convert it before the join, for example with tostring(…)")
}

/// KS242
pub fn join_key_types(span: Span, left: Type, right: Type) -> Diagnostic {
    Diagnostic::error("KS242", span, format!("the join keys have different types: {left} and {right}"))
}

/// KS245
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("KS245", span, "this is nested too deeply")
}

/// Names and calls of functions that stand for more than can be put in their place.
pub fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error("LH005", span, "this expands to too large a query").with_help(
        "a function or name that is used twice within another doubles what it stands for each time",
    )
}

/// A window function over rows without an order.
pub fn not_serialized(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("LH002", span, format!("'{name}' needs rows in a fixed order"))
        .with_help("put 'sort by …' or 'serialize' before it")
}

/// `scan` over rows without an order, which Kusto takes: it serializes them as they come.
pub fn scan_of_unsorted(span: Span) -> Diagnostic {
    Diagnostic::warning("LH002", span, "'scan' reads the rows in the order in which they happen to come")
        .with_help("put 'sort by …' before it for the same answer each time")
}

/// A parameter of the query without a value.
pub fn parameter_missing(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("LH003", span, format!("the query parameter '{name}' has no value"))
}

/// A result without columns.
pub fn no_columns(span: Span) -> Diagnostic {
    Diagnostic::error("LH007", span, "the result of this query has no columns")
}

/// A text that asks for nothing.
pub fn no_query(span: Span) -> Diagnostic {
    Diagnostic::warning("LH012", span, "there is no query to run here")
        .with_help("`let` and `set` prepare the query that follows them in the same text")
}

/// A function that calls itself.
pub fn recursion(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("LH004", span, format!("'{name}' is expanded too often: does it call itself?"))
}

/// KS142: the bare name of a column that has several types. Kusto's analyzer lets some of them pass.
pub fn split_column(span: Span, name: &str, part: &str) -> Diagnostic {
    Diagnostic::warning(
        "KS142",
        span,
        format!("the tables disagree on the type of '{name}': '{part}' is read"),
    )
    .with_help("project the column with one type in each table before the union")
}

/// KS142, KS147: a member of a string, which is read as JSON. Kusto's analyzer refuses it.
pub fn string_read_as_json(code: &'static str, span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(code, span, format!("'{name}' is a string and is read as JSON here"))
        .with_help("parse_json(…) says so, and Kusto asks for it")
}

/// KS142: a member of what has none.
pub fn no_member(span: Span, name: &str, ty: Type) -> Diagnostic {
    Diagnostic::error("KS142", span, format!("a value of type {ty} has no member '{name}'"))
        .with_help("members are read from dynamic values; parse_json(…) makes one of a string")
}

/// KS142: `Table.Column`.
pub fn member_of_table(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS142", span, format!("a table has no member '{name}'"))
        .with_help("columns are named without their table; toscalar(…) takes the first value of one")
}

/// KS147: `Table["Column"]`.
pub fn element_of_table(span: Span) -> Diagnostic {
    Diagnostic::error("KS147", span, "a table has no elements")
        .with_help("columns are named without their table; toscalar(…) takes the first value of one")
}

/// KS211: `value.function()`.
pub fn no_method(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("KS211", span, format!("values have no functions of their own such as '{name}'"))
        .with_help("functions take the value as an argument: tolower(Name)")
}

/// KS141: a dynamic condition, which Kusto's analyzer refuses.
pub fn condition_is_dynamic(span: Span) -> Diagnostic {
    Diagnostic::warning("KS141", span, "a dynamic value is read as a bool here")
        .with_help("tobool(…) says so, and Kusto asks for it")
}

/// KS107: the engine counts every row, though its analyzer asks for a predicate.
pub fn count_of_value(span: Span) -> Diagnostic {
    Diagnostic::warning("KS107", span, "count() counts every row, whatever this value is")
        .with_help("countif(isnotnull(…)) counts the rows that have one, dcount(…) the different ones")
}

/// A text is compared with a number or a bool: Kusto lets it pass, and does not say how it reads them.
pub fn text_compared(span: Span, ty: Type) -> Diagnostic {
    Diagnostic::warning("LH011", span, format!("a text is compared with a {ty} here, as a {ty}"))
        .with_help(format!("to{ty}(…) says so; with quotes on both sides the texts are compared"))
}

/// The name that `withsource` gives to the column of sources is a table's own column's, too.
pub fn name_of_sources(span: Span, name: &str) -> Diagnostic {
    let message = format!("'{name}' names the source here, and a table has a column of that name");
    Diagnostic::warning("LH013", span, message).with_help(format!(
        "the table's column is '{name}1'; withsource under another name leaves it its own"
    ))
}

/// A stored function that does not bind.
pub fn stored_function(span: Span, name: &str, place: Option<&str>, message: &str) -> Diagnostic {
    let place = place.map_or_else(String::new, |place| format!(" ({place})"));
    Diagnostic::error("KS200", span, format!("the stored function '{name}' has an error{place}: {message}"))
}

/// `_GetWatchlist` of something that is no watchlist.
pub fn unknown_watchlist<'a>(span: Span, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let error = Diagnostic::error("KS204", span, format!("there is no watchlist named '{name}'"));
    match nearest(name, known.iter().copied()) {
        Some(near) => error.with_help(format!("did you mean '{near}'?")),
        None => error.with_help(format!("there are {}", known.join(", "))),
    }
}

/// Two columns of a `parse` pattern without a text in between.
pub fn parse_text_before_column(span: Span) -> Diagnostic {
    Diagnostic::error("KS101", span, "A text must stand in front of this column of the pattern")
}

/// `*` in a `parse` pattern with no text behind it.
pub fn parse_text_behind_star(span: Span) -> Diagnostic {
    Diagnostic::error("KS102", span, "A text must stand behind `*`")
}

/// A string column and `*` side by side in a `parse` pattern.
pub fn parse_star_behind_string(span: Span) -> Diagnostic {
    Diagnostic::error("KS103", span, "`*` behind a string column is ambiguous")
        .with_help("put the text that ends the column in between")
}

/// A member of a bag for which there is a column already.
pub fn bag_unpack_conflict(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "LH009",
        span,
        format!("the bags have a member for the column '{name}', which is there already"),
    )
    .with_help("say columnsConflict='replace_source' or 'keep_source', or give the new columns a prefix")
}

/// An `assert` whose condition is false.
pub fn assertion_failed(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error("LH010", span, format!("assert() failed: {message}"))
}
