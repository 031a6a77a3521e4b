//! The statements and the types: what the help says of them. They have no entry in the grammar of operators.

use crate::operators::{Form, form};

/// A statement or a type.
#[derive(Debug, Clone, Copy)]
pub struct Topic {
    /// What it is: `statement` or `type`.
    pub kind: &'static str,
    /// Its keyword or name.
    pub name: &'static str,
    /// The name of its page in the documentation of Kusto.
    pub page: &'static str,
    /// What it does or holds, in one line.
    pub doc: &'static str,
    /// How it is written.
    pub form: Form,
    /// Why it is refused, and what to do instead; `None` for what works.
    pub refused: Option<&'static str>,
}

const fn statement(name: &'static str, page: &'static str, doc: &'static str, form: Form) -> Topic {
    Topic { kind: "statement", name, page, doc, form, refused: None }
}

const fn refused(
    name: &'static str,
    page: &'static str,
    doc: &'static str,
    syntax: &'static str,
    why: &'static str,
) -> Topic {
    Topic { refused: Some(why), ..statement(name, page, doc, Form { syntax, example: None }) }
}

const fn data_type(name: &'static str, page: &'static str, doc: &'static str, form: Form) -> Topic {
    Topic { kind: "type", name, page, doc, form, refused: None }
}

/// `alias database`
pub(crate) const ALIAS: Topic = refused(
    "alias",
    "alias-statement",
    "Names another database for what follows in the same text.",
    "alias database Name = cluster('…').database('…');",
    "a lake is one database; register the tables under the names that the query uses",
);

/// `restrict access`
pub(crate) const RESTRICT: Topic = refused(
    "restrict",
    "restrict-statement",
    "Limits the tables that the rest of the text may read.",
    "restrict access to (Table, …);",
    "a lake has no access control; register only the tables that may be read",
);

/// The statements and the types.
pub const TOPICS: &[Topic] = &[
    statement(
        "let",
        "let-statement",
        "Names a value, a table or a function for what follows in the same text.",
        form(
            "let Name = Value | Query | (Parameter: type [= Value], …) { Body };",
            "let least = 2; range x from 1 to 3 step 1 | where x >= least | count",
            "[2]",
        ),
    ),
    statement(
        "set",
        "set-statement",
        "Sets an option of the query. Options that do not change the answer are accepted and ignored.",
        form("set Option [= Value];", "set notruncation; print 1", "[1]"),
    ),
    statement(
        "declare",
        "query-parameters-statement",
        "Declares the parameters of a query; --param NAME=VALUE gives them.",
        form(
            "declare query_parameters(Name: type [= Value], …);",
            "declare query_parameters(days: long = 7); print days * 2",
            "[14]",
        ),
    ),
    statement(
        "pattern",
        "pattern-statement",
        "Declares what some values of a parameter stand for.",
        form(
            "declare pattern Name = (Parameter: type, …) [Path: type] { (Value, …) [.[Path]] = { Body }; … };",
            "declare pattern team = (name: string) { ('blue') = { print n = 5 }; ('red') = { print n = 7 } }; team('red')",
            "[7]",
        ),
    ),
    ALIAS,
    RESTRICT,
    data_type(
        "bool",
        "scalar-data-types/bool",
        "true or false.",
        form("true | false", "print true and not(false)", "[true]"),
    ),
    data_type(
        "int",
        "scalar-data-types/int",
        "An integer of 32 bits.",
        form("int(…)", "print int(7)", "[7]"),
    ),
    data_type(
        "long",
        "scalar-data-types/long",
        "An integer of 64 bits.",
        form("1 | 0x1f | long(…)", "print 0x1f", "[31]"),
    ),
    data_type(
        "real",
        "scalar-data-types/real",
        "A floating-point number of 64 bits.",
        form("1.5 | 1e3 | real(nan) | real(+inf)", "print 1e3 / 8", "[125.0]"),
    ),
    data_type(
        "decimal",
        "scalar-data-types/decimal",
        "A decimal number.",
        form("decimal(…)", "print decimal(1.5)", "[1.5]"),
    ),
    data_type(
        "string",
        "scalar-data-types/string",
        "A text; never null.",
        form("'…' | \"…\" | @'…' without escapes | ```…``` over lines", r"print strlen(@'C:\temp')", "[7]"),
    ),
    data_type(
        "datetime",
        "scalar-data-types/datetime",
        "An instant, in steps of 100 ns, always UTC.",
        form(
            "datetime(2024-05-01) | datetime(2024-05-01 12:30:00.1234567)",
            "print datetime(2024-05-01) + 1h",
            r#"["2024-05-01T01:00:00.0000000Z"]"#,
        ),
    ),
    data_type(
        "timespan",
        "scalar-data-types/timespan",
        "A span of time, in steps of 100 ns.",
        form(
            "2d | 1.5h | 30m | 10s | 100ms | 10microsecond | 1tick | timespan(1.02:03:04)",
            "print 90m",
            r#"["01:30:00"]"#,
        ),
    ),
    data_type(
        "guid",
        "scalar-data-types/guid",
        "A globally unique identifier.",
        form(
            "guid(…)",
            "print guid(74BE27DE-1E4E-49D9-B579-FE0B331D3642)",
            r#"["74be27de-1e4e-49d9-b579-fe0b331d3642"]"#,
        ),
    ),
    data_type(
        "dynamic",
        "scalar-data-types/dynamic",
        "A JSON value: an array, a bag of members, or a value of another type.",
        form("dynamic({\"a\": [1, 2]})", "print d = dynamic({'a': [1, 2]}) | project d.a[1]", "[2]"),
    ),
];

/// The statement or type of that name.
pub fn topic(name: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.name == name)
}
