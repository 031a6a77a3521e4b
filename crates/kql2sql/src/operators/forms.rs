//! How operators and statements are written: their form in one line, and a worked example. The help shows them.

use crate::functions::{Example, example};

/// How something of the language is written.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The keyword.
    pub name: &'static str,
    /// The form: words of its own are capitalised, `[…]` may be left out, `a | b` is a choice, `, …` may be repeated.
    pub syntax: &'static str,
    /// A query and the values of its first row; `None` where it needs a file.
    pub example: Option<Example>,
}

/// A statement or a type, which have no entry of their own in the grammar of operators.
#[derive(Debug, Clone, Copy)]
pub struct Topic {
    /// What it is: `statement` or `type`.
    pub kind: &'static str,
    /// What it does or holds, in one line.
    pub doc: &'static str,
    /// The name of its page in the documentation of Kusto.
    pub page: &'static str,
    /// How it is written.
    pub form: Form,
}

const fn form(name: &'static str, syntax: &'static str, query: &'static str, result: &'static str) -> Form {
    Form { name, syntax, example: Some(example(query, result)) }
}

const fn statement(page: &'static str, doc: &'static str, form: Form) -> Topic {
    Topic { kind: "statement", doc, page, form }
}

const fn data_type(page: &'static str, doc: &'static str, form: Form) -> Topic {
    Topic { kind: "type", doc, page, form }
}

/// The forms of the operators that are supported, in the order of the alphabet.
pub(super) const FORMS: &[Form] = &[
    form("as", "as Name", "print x = 1 | as One | union One | count", "[2]"),
    form("consume", "consume", "range x from 1 to 3 step 1 | consume | count", "[0]"),
    form("count", "count", "range x from 1 to 5 step 1 | count", "[5]"),
    form(
        "datatable",
        "datatable(Column: type, …) [Value, …]",
        "datatable(user: string, n: long)['ann', 1, 'bob', 2] | where n > 1",
        r#"["bob", 2]"#,
    ),
    form(
        "distinct",
        "distinct * | Column, …",
        "datatable(a: long, b: string)[1, 'x', 2, 'x'] | distinct b",
        r#"["x"]"#,
    ),
    form(
        "evaluate",
        "evaluate Plugin(Argument, …) [: (Column: type, …)]",
        "print d = dynamic({'a': 1}) | evaluate bag_unpack(d) : (a: long)",
        "[1]",
    ),
    form("extend", "extend [Column =] Expression, …", "print a = 1 | extend b = a + 1", "[1, 2]"),
    Form {
        name: "externaldata",
        syntax: "externaldata(Column: type, …) [Url, …] [with (format = 'csv', ignoreFirstRecord = true, …)]",
        example: None,
    },
    form(
        "facet",
        "facet by Column, … [with (Operators)]",
        "datatable(city: string)['x', 'x'] | facet by city",
        r#"["x", 2]"#,
    ),
    form(
        "find",
        "find [withsource = Name] [in (Table, …)] where Predicate [project Column [: type], … | project-smart]",
        "find in (CloudAppEvents) where ActionType == 'MailItemsAccessed' project ActionType | distinct ActionType",
        r#"["MailItemsAccessed"]"#,
    ),
    form("fork", "fork [Name =] (Operators) …", "range n from 1 to 3 step 1 | fork (count) (take 1)", "[3]"),
    form(
        "getschema",
        "getschema",
        "print a = 1 | getschema | project ColumnName, ColumnType",
        r#"["a", "long"]"#,
    ),
    form(
        "graph-mark-components",
        "graph-mark-components [kind = weak | strong] [with_component_id = Column]",
        "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b with_node_id = id | graph-mark-components | graph-to-table nodes | sort by id asc",
        r#"["x", 0]"#,
    ),
    form(
        "graph-match",
        "graph-match [cycles = all | none | unique_edges] (Node)-[Edge]->(Node), … [where Predicate] project [Column =] Expression, …",
        "datatable(a: string, b: string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id = id | graph-match (s)-[e]->(t)-[f]->(u) project s.id, u.id",
        r#"["x", "z"]"#,
    ),
    form(
        "graph-shortest-paths",
        "graph-shortest-paths [output = any | all] (Node)-[Edges*Least..Most]->(Node) [where Predicate] project [Column =] Expression, …",
        "datatable(a: string, b: string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id = id | graph-shortest-paths (s)-[e*1..3]->(t) where s.id == 'x' and t.id == 'z' project s.id, t.id",
        r#"["x", "z"]"#,
    ),
    form(
        "graph-to-table",
        "graph-to-table nodes | edges [as Name] [with_node_id = Column], …",
        "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b | graph-to-table edges",
        r#"["x", "y"]"#,
    ),
    form(
        "make-graph",
        "make-graph Source --> Target [with Nodes on Column | with_node_id = Column]",
        "datatable(a: string, b: string)['x', 'y'] | make-graph a --> b with_node_id = id | graph-to-table nodes | sort by id asc",
        r#"["x"]"#,
    ),
    form(
        "invoke",
        "invoke Function(Argument, …)",
        "let plus = (T: (n: long), k: long) { T | extend n = n + k }; print n = 1 | invoke plus(10)",
        "[11]",
    ),
    form(
        "join",
        "join [kind = …] (Table) on Column, … | $left.Column == $right.Column, …",
        "datatable(k: string, a: long)['x', 1] | join kind=inner (datatable(k: string, b: long)['x', 2]) on k",
        r#"["x", 1, "x", 2]"#,
    ),
    form(
        "lookup",
        "lookup [kind = leftouter | inner] (Table) on Column, … | $left.Column == $right.Column, …",
        "datatable(k: string, n: long)['a', 1] | lookup (datatable(k: string, name: string)['a', 'Ann']) on k",
        r#"["a", 1, "Ann"]"#,
    ),
    form(
        "make-series",
        "make-series [Column =] Aggregate [default = Value], … on Axis [from Start] [to End] step Size [by [Column =] Expression, …]",
        "datatable(t: long)[1, 1, 3] | make-series n = count() on t from 1 to 4 step 1",
        "[[2, 0, 1], [1, 2, 3]]",
    ),
    form(
        "mv-apply",
        "mv-apply [Column =] Array [to typeof(type)], … [limit Rows] on (Operators)",
        "print a = dynamic([3, 1, 2]) | mv-apply x = a to typeof(long) on (top 1 by x) | project x",
        "[3]",
    ),
    form(
        "mv-expand",
        "mv-expand [Column =] Array [to typeof(type)], … [limit Rows]",
        "print a = dynamic([1, 2]) | mv-expand a to typeof(long)",
        "[1]",
    ),
    form(
        "parse",
        "parse [kind = simple | regex | relaxed] [flags = Flags] Text with [*] 'text' Column [: type] 'text' …",
        "print s = 'user=ann id=7' | parse s with 'user=' user ' id=' id: long | project user, id",
        r#"["ann", 7]"#,
    ),
    form(
        "parse-kv",
        "parse-kv Text as (Key: type, …) [with (pair_delimiter = '…', kv_delimiter = '…', quote = '…', greedy = true)]",
        "print s = 'user=ann id=7' | parse-kv s as (user: string, id: long) with (pair_delimiter=' ', kv_delimiter='=') | project user, id",
        r#"["ann", 7]"#,
    ),
    form(
        "parse-where",
        "parse-where [kind = simple | regex] [flags = Flags] Text with [*] 'text' Column [: type] 'text' …",
        "datatable(s: string)['nothing', 'user=ann'] | parse-where s with 'user=' user | project user",
        r#"["ann"]"#,
    ),
    form(
        "partition",
        "partition [hint.strategy = native | shuffle | legacy] by Column (Operators)",
        "datatable(k: string, n: long)['a', 1, 'a', 2] | partition hint.strategy=native by k (top 1 by n)",
        r#"["a", 2]"#,
    ),
    form("print", "print [Column =] Expression, …", "print a = 1 + 2, b = toupper('x')", r#"[3, "X"]"#),
    form(
        "project",
        "project [Column =] Expression, …",
        "print a = 1, b = 2 | project b, c = a + b",
        "[2, 3]",
    ),
    form("project-away", "project-away Column | Pattern*, …", "print a = 1, b = 2 | project-away a", "[2]"),
    form(
        "project-by-names",
        "project-by-names Names, …",
        "print a = 1, b = 2, c = 3 | project-by-names dynamic(['b', 'a'])",
        "[2, 1]",
    ),
    form(
        "project-keep",
        "project-keep Column | Pattern*, …",
        "print a = 1, b = 2, c = 3 | project-keep c, a",
        "[1, 3]",
    ),
    form(
        "project-rename",
        "project-rename New = Column, …",
        "print a = 1 | project-rename b = a | extend c = b",
        "[1, 1]",
    ),
    form(
        "project-reorder",
        "project-reorder Column | Pattern* [asc | desc | granny-asc | granny-desc], …",
        "print a = 1, b = 2 | project-reorder b",
        "[2, 1]",
    ),
    form("range", "range Column from Start to Stop step Size", "range x from 2 to 6 step 2", "[2]"),
    form(
        "render",
        "render Chart [kind = …] [with (title = '…', xcolumn = Column, ycolumns = Column, series = Column, …)]",
        "print n = 1 | render table",
        "[1]",
    ),
    form("sample", "sample Rows", "print n = 1 | sample 1", "[1]"),
    form(
        "sample-distinct",
        "sample-distinct Values of Column",
        "print n = 1 | sample-distinct 1 of n",
        "[1]",
    ),
    form(
        "scan",
        "scan [with_match_id = Column] [declare (Column: type = Value, …)] with (step Name [output = all | last | none]: Condition [=> Column = Expression, …]; …)",
        "range x from 1 to 3 step 1 | serialize | scan declare (total: long = 0) with (step s: true => total = x + s.total;) | top 1 by x",
        "[3, 6]",
    ),
    form(
        "search",
        "search [kind = case_sensitive | case_insensitive] [in (Table, …)] Predicate",
        "print a = 'one two' | search 'two' | project a",
        r#"["one two"]"#,
    ),
    form(
        "serialize",
        "serialize [Column = Expression, …]",
        "range x from 5 to 6 step 1 | serialize n = row_number()",
        "[5, 1]",
    ),
    form(
        "sort",
        "sort by Expression [asc | desc] [nulls first | nulls last], …",
        "datatable(n: long)[1, 3, 2] | sort by n",
        "[3]",
    ),
    form(
        "summarize",
        "summarize [Column =] Aggregate, … [by [Column =] Expression, …]",
        "datatable(k: string, n: long)['a', 1, 'a', 2] | summarize total = sum(n) by k",
        r#"["a", 3]"#,
    ),
    form("take", "take Rows", "range n from 7 to 7 step 1 | take 1", "[7]"),
    form(
        "top",
        "top Rows by Expression [asc | desc] [nulls first | nulls last]",
        "datatable(n: long)[1, 3, 2] | top 1 by n",
        "[3]",
    ),
    form(
        "top-hitters",
        "top-hitters Values of Column [by Weight]",
        "datatable(k: string)['a', 'b', 'a'] | top-hitters 1 of k",
        r#"["a", 2]"#,
    ),
    form(
        "top-nested",
        "top-nested [Values] of Column [with others = Value] by Aggregate [asc | desc], top-nested …",
        "datatable(k: string, n: long)['a', 1, 'b', 5] | top-nested 1 of k by sum(n)",
        r#"["b", 5]"#,
    ),
    form(
        "union",
        "union [kind = outer | inner] [withsource = Column] [isfuzzy = true] Table | Pattern*, …",
        "union (print a = 1), (print a = 2) | summarize sum(a)",
        "[3]",
    ),
    form("where", "where Predicate", "range x from 1 to 3 step 1 | where x > 2", "[3]"),
];

/// The statements and the types.
pub const TOPICS: &[Topic] = &[
    statement(
        "let-statement",
        "Names a value, a table or a function for what follows in the same text.",
        form(
            "let",
            "let Name = Value | Query | (Parameter: type [= Value], …) { Body };",
            "let least = 2; range x from 1 to 3 step 1 | where x >= least | count",
            "[2]",
        ),
    ),
    statement(
        "set-statement",
        "Sets an option of the query. Options that do not change the answer are accepted and ignored.",
        form("set", "set Option [= Value];", "set notruncation; print 1", "[1]"),
    ),
    statement(
        "query-parameters-statement",
        "Declares the parameters of a query; --param NAME=VALUE gives them.",
        form(
            "declare",
            "declare query_parameters(Name: type [= Value], …);",
            "declare query_parameters(days: long = 7); print days * 2",
            "[14]",
        ),
    ),
    data_type(
        "scalar-data-types/bool",
        "true or false.",
        form("bool", "true | false", "print true and not(false)", "[true]"),
    ),
    data_type(
        "scalar-data-types/int",
        "An integer of 32 bits.",
        form("int", "int(…)", "print int(7)", "[7]"),
    ),
    data_type(
        "scalar-data-types/long",
        "An integer of 64 bits.",
        form("long", "1 | 0x1f | long(…)", "print 0x1f", "[31]"),
    ),
    data_type(
        "scalar-data-types/real",
        "A floating-point number of 64 bits.",
        form("real", "1.5 | 1e3 | real(nan) | real(+inf)", "print 1e3 / 8", "[125.0]"),
    ),
    data_type(
        "scalar-data-types/decimal",
        "A decimal number.",
        form("decimal", "decimal(…)", "print decimal(1.5)", "[1.5]"),
    ),
    data_type(
        "scalar-data-types/string",
        "A text; never null.",
        form(
            "string",
            "'…' | \"…\" | @'…' without escapes | ```…``` over lines",
            r"print strlen(@'C:\temp')",
            "[7]",
        ),
    ),
    data_type(
        "scalar-data-types/datetime",
        "An instant, in steps of 100 ns, always UTC.",
        form(
            "datetime",
            "datetime(2024-05-01) | datetime(2024-05-01 12:30:00.1234567)",
            "print datetime(2024-05-01) + 1h",
            r#"["2024-05-01T01:00:00.0000000Z"]"#,
        ),
    ),
    data_type(
        "scalar-data-types/timespan",
        "A span of time, in steps of 100 ns.",
        form(
            "timespan",
            "2d | 1.5h | 30m | 10s | 100ms | 10microsecond | 1tick | timespan(1.02:03:04)",
            "print 90m",
            r#"["01:30:00"]"#,
        ),
    ),
    data_type(
        "scalar-data-types/guid",
        "A globally unique identifier.",
        form(
            "guid",
            "guid(…)",
            "print guid(74BE27DE-1E4E-49D9-B579-FE0B331D3642)",
            r#"["74be27de-1e4e-49d9-b579-fe0b331d3642"]"#,
        ),
    ),
    data_type(
        "scalar-data-types/dynamic",
        "A JSON value: an array, a bag of members, or a value of another type.",
        form(
            "dynamic",
            "dynamic({\"a\": [1, 2]})",
            "print d = dynamic({'a': [1, 2]}) | project d.a[1]",
            "[2]",
        ),
    ),
];

/// The statement or type of that name.
pub fn topic(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.form.name == name)
}
