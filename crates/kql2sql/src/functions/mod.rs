//! Every scalar function, operator and aggregate: one entry each, from which type checking, column
//! naming, completion, help, the coverage page and the tests derive.
//!
//! Entries stand in one file a family. Each family ends in a `pub static` slice that is listed in
//! [`SCALARS`] or [`AGGREGATES`]; there is no other registration.

pub mod aggregate;
pub mod conditional;
pub mod conversion;
pub mod datetime;
pub mod dynamic;
pub mod encoding;
pub mod geo;
pub mod graph;
pub mod ip;
pub mod math;
pub mod operator;
pub mod parsing;
pub mod series;
pub mod signature;
pub mod sketch;
pub mod string;
pub mod system;
pub mod to_dynamic;
pub mod units;
pub mod window;

pub use crate::shape::{Element, Shape};
pub use signature::*;

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use crate::types::Type;

/// The scalar functions, a slice for each family.
pub static SCALARS: &[&[Function]] = &[
    conditional::FUNCTIONS,
    conversion::FUNCTIONS,
    datetime::FUNCTIONS,
    datetime::parts::FUNCTIONS,
    dynamic::arrays::FUNCTIONS,
    dynamic::bags::FUNCTIONS,
    dynamic::json::FUNCTIONS,
    dynamic::sets::FUNCTIONS,
    encoding::FUNCTIONS,
    geo::cells::FUNCTIONS,
    geo::geohash::FUNCTIONS,
    geo::h3::FUNCTIONS,
    geo::line::FUNCTIONS,
    geo::point::FUNCTIONS,
    geo::polygon::FUNCTIONS,
    graph::FUNCTIONS,
    ip::FUNCTIONS,
    math::FUNCTIONS,
    math::bins::FUNCTIONS,
    math::bits::FUNCTIONS,
    math::distribution::FUNCTIONS,
    math::trigonometry::FUNCTIONS,
    parsing::FUNCTIONS,
    series::decompose::FUNCTIONS,
    series::elements::FUNCTIONS,
    series::fill::FUNCTIONS,
    series::fit::FUNCTIONS,
    series::signal::FUNCTIONS,
    sketch::FUNCTIONS,
    string::FUNCTIONS,
    string::pattern::FUNCTIONS,
    system::FUNCTIONS,
    units::FUNCTIONS,
    window::FUNCTIONS,
];

/// The aggregates.
pub static AGGREGATES: &[&[Function]] = &[
    aggregate::bits::FUNCTIONS,
    aggregate::collections::FUNCTIONS,
    aggregate::counts::FUNCTIONS,
    aggregate::percentiles::FUNCTIONS,
    aggregate::rows::FUNCTIONS,
    aggregate::sketches::FUNCTIONS,
    aggregate::sums::FUNCTIONS,
];

/// The operators of expressions.
pub static OPERATORS: &[&[Function]] = &[operator::FUNCTIONS, operator::text::FUNCTIONS];

/// The entry of that name in `families`.
pub fn find(families: &'static [&'static [Function]], name: &str) -> Option<&'static Function> {
    /// By the address of the families' slice and the name.
    type Index = HashMap<(usize, &'static str), &'static Function, RandomState>;
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let mut index = Index::default();
        for families in [SCALARS, AGGREGATES, OPERATORS] {
            for function in families.iter().flat_map(|family| family.iter()) {
                index.entry((families.as_ptr().addr(), function.name)).or_insert(function);
            }
        }
        index
    });
    INDEX.get(&(families.as_ptr().addr(), name)).copied()
}

/// One function, operator or aggregate.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Kusto's name: `strlen`, or the operator's text: `has`, `+`.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub doc: &'static str,
    /// The file name of its page under `query/` of the Kusto documentation, without the ending.
    pub page: &'static str,
    /// The ways in which it can be called, the first that fits wins.
    pub overloads: &'static [Overload],
    /// How a result column without a name of its own is called.
    pub result_name: ResultName,
    /// For a second name of a function: its first, whose text and examples are also this one's.
    pub alias_of: Option<&'static str>,
    /// For an obsolete name: what to use instead.
    pub obsolete: Option<&'static str>,
    /// Whether two calls with the same arguments may differ (`rand`, `new_guid`).
    pub volatile: bool,
    /// Worked examples, run by the tests.
    pub examples: &'static [Example],
}

impl Function {
    /// The type of its result, where all overloads have the same whatever they are given.
    pub(crate) fn only_type(&self) -> Type {
        let mut types = self.overloads.iter().map(|o| match o.returns {
            Returns::Type(ty) => ty,
            Returns::Dynamic(_) => Type::Dynamic,
            _ => Type::Unknown,
        });
        let first = types.next().unwrap_or(Type::Unknown);
        if types.all(|ty| ty == first) { first } else { Type::Unknown }
    }

    /// What most entries have; for `..Function::BASE`.
    pub const BASE: Function = Function {
        name: "",
        doc: "",
        page: "",
        overloads: &[],
        result_name: ResultName::None,
        alias_of: None,
        obsolete: None,
        volatile: false,
        examples: &[],
    };

    /// The same function under a second name.
    pub const fn alias(self, name: &'static str) -> Function {
        Function { name, alias_of: Some(self.name), ..self }
    }

    /// The same function under a name that is no longer to be used.
    pub const fn obsolete(self, name: &'static str) -> Function {
        Function { obsolete: Some(self.name), ..self.alias(name) }
    }

    /// Each worked example as its query and its result, for a second name with that name.
    pub fn worked_examples(&self) -> impl Iterator<Item = (String, &'static str)> {
        let Function { name, alias_of, examples, .. } = *self;
        examples.iter().map(move |example| {
            let query = match alias_of {
                Some(first) => example.query.replace(&format!("{first}("), &format!("{name}(")),
                None => example.query.to_owned(),
            };
            (query, example.result)
        })
    }

    /// Whether some overload can be translated.
    pub fn is_supported(&self) -> bool {
        self.overloads.iter().any(|o| !matches!(o.lower, Lower::Unsupported(_)))
    }
}

/// A worked example: a query and what Kusto answers.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// A query that needs no table. It should use the function on constants in `print`; the harness
    /// also runs it on columns and with nulls.
    pub query: &'static str,
    /// The values of its first row as JSON (spelt as `lakehunt batch` prints rows): `[5, "a", null]`.
    pub result: &'static str,
}

/// `example("print strlen('naïve')", "[5]")`
pub const fn example(query: &'static str, result: &'static str) -> Example {
    Example { query, result }
}
