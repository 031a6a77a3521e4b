//! What the grammar and the help know of an operator: the entry that each operator's file begins with.

use crate::functions::{Example, example};
use crate::operators::OperatorKind;
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// Where an operator may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Only at the head of a pipe: it makes rows of its own.
    First,
    /// Only behind `|`: it needs rows.
    Piped,
    /// At the head of a pipe and behind `|`.
    Anywhere,
}

/// A parameter `name=value` of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterDef {
    /// Its name, dots included.
    pub name: &'static str,
    /// The words that are allowed; empty where any value is.
    pub values: &'static [&'static str],
}

/// How something of the language is written, as the help shows it.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Words of its own are capitalised, `[…]` may be left out, `a | b` is a choice, `, …` may be repeated.
    pub syntax: &'static str,
    /// A query and the values of its first row; `None` where it needs a file.
    pub example: Option<Example>,
}

/// A form with a worked example.
pub(crate) const fn form(syntax: &'static str, query: &'static str, result: &'static str) -> Form {
    Form { syntax, example: Some(example(query, result)) }
}

/// What the grammar and the help know of an operator.
#[derive(Clone, Copy)]
pub struct OperatorDef {
    /// Its keywords; the first one is its name.
    pub(crate) kinds: &'static [TokenKind],
    /// What it does, in one line.
    pub doc: &'static str,
    /// The name of its page in the documentation of Kusto.
    pub page: &'static str,
    /// Where it may stand.
    pub place: Place,
    /// Its parameters; `None` where it takes none.
    pub parameters: Option<&'static [ParameterDef]>,
    /// How it is written; `None` for one that is refused.
    pub form: Option<Form>,
    /// Why it is refused, and what to do instead; `None` for an operator that works.
    pub refused: Option<&'static str>,
    /// Parses what stands behind the keyword and the parameters.
    pub(crate) parse: fn(&mut Parser) -> OperatorKind,
}

impl OperatorDef {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.kinds[0].text()
    }

    /// All its keywords.
    pub fn keywords(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.iter().map(|kind| kind.text())
    }
}

/// A parameter and the words that it takes; none where any value goes.
pub(super) const fn parameter(name: &'static str, values: &'static [&'static str]) -> ParameterDef {
    ParameterDef { name, values }
}

// Parameters of several operators.
pub(super) const CONCURRENCY: ParameterDef = parameter("hint.concurrency", &[]);
pub(super) const SPREAD: ParameterDef = parameter("hint.spread", &[]);
pub(super) const SHUFFLE_KEY: ParameterDef = parameter("hint.shufflekey", &[]);
pub(super) const NUM_PARTITIONS: ParameterDef = parameter("hint.num_partitions", &[]);
pub(super) const MATERIALIZED: ParameterDef = parameter("hint.materialized", &[]);
pub(super) const WITH_SOURCE: ParameterDef = parameter("withsource", &[]);
pub(super) const WITH_SOURCE_2: ParameterDef = parameter("with_source", &[]);
pub(super) const WITH_ITEM_INDEX: ParameterDef = parameter("with_itemindex", &[]);
pub(super) const ANY_STRATEGY: ParameterDef =
    parameter("hint.strategy", &["auto", "broadcast", "centralized", "shuffle"]);
