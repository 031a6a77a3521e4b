//! From syntax tree to plan: names resolved, types inferred, functions expanded, as Kusto does.

mod aggregate;
mod budget;
mod call;
pub(crate) mod carry;
pub(crate) mod configured;
mod equality;
pub(crate) mod expr;
pub(crate) mod fold;
pub(crate) mod function;
pub(crate) mod json;
mod membership;
pub mod names;
pub mod overload;
mod pack;
mod pattern;
pub(crate) mod projection;
mod scope;
mod script;
pub(crate) mod stored;
pub(crate) mod table;
mod unresolved;

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::catalog::Catalog;
use crate::diagnostics::Diagnostic;
use crate::plan::{ColumnName, Node, Plan, Rel, Shared};
use crate::syntax::ast;
use crate::types::Type;
use crate::{Options, Render};
use scope::Env;
pub(crate) use scope::{Binding, RowScope, Rows};

/// What a script binds to.
#[derive(Debug)]
pub struct Bound {
    /// One plan for each result.
    pub plans: Vec<(Plan, Option<Render>)>,
    /// What must be known of the data before there can be plans.
    pub question: Option<Plan>,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// What `now()` is, in ticks, if it is known.
    pub now: Option<i64>,
}

impl Bound {
    /// How deep the plans nest.
    pub(crate) fn depth(&self) -> usize {
        let plans = self.plans.iter().map(|(plan, _)| plan).chain(&self.question);
        plans.map(crate::stack::depth).max().unwrap_or(0)
    }
}

/// Binds a script. With errors among the diagnostics the plans are not to be used, but their columns
/// are as good as can be told (for completion).
pub fn bind(script: &ast::Script, catalog: &dyn Catalog, options: &Options) -> Bound {
    let mut binder = Binder {
        catalog,
        options,
        diagnostics: Vec::new(),
        env: Env::default(),
        rows: Vec::new(),
        shared: Vec::new(),
        aggregates_allowed: false,
        expansions: 0,
        budget: Default::default(),
        default_names: 0,
        named_by_as: Vec::new(),
        render: None,
        split: HashSet::default(),
        inferred: Vec::new(),
        top: false,
        more_results: Vec::new(),
        questions: 0,
        asked: 0,
        checking: false,
        question: None,
        stored: Default::default(),
        calls: Vec::new(),
        properties: Default::default(),
        now: options.now,
        most_rows: None,
    };
    let results = binder.bind_script(script);
    let mut diagnostics = binder.diagnostics;
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code));
    diagnostics.dedup();
    let shared = binder.shared;
    let question = binder.question.map(|root| Plan { shared: shared.clone(), root });
    let plans =
        results.into_iter().map(|(root, render)| (Plan { shared: shared.clone(), root }, render)).collect();
    Bound { plans, question, diagnostics, now: binder.now }
}

/// The state of binding.
pub(crate) struct Binder<'a> {
    pub(crate) catalog: &'a dyn Catalog,
    pub(crate) options: &'a Options,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The names that `let` and parameters give.
    env: Env,
    /// The rows that expressions see; the last is the innermost.
    pub(crate) rows: Vec<RowScope>,
    /// The tables that `let` names.
    shared: Vec<Shared>,
    /// Whether aggregates may be called here.
    aggregates_allowed: bool,
    /// How deep functions are being expanded.
    expansions: usize,
    /// How much more functions and names may expand to.
    budget: budget::Budget,
    /// The last number of `Column1`, `Column2` …
    pub(crate) default_names: usize,
    /// Which of the shared tables `as` named.
    named_by_as: Vec<usize>,
    /// What `render` said in the statement that is being bound.
    pub(crate) render: Option<Render>,
    /// The names of columns that a union split by their types: `X` into `X_long` and `X_string`.
    split: HashSet<ColumnName, RandomState>,
    /// The names that the operator being bound reads beyond the columns of its open input.
    pub(crate) inferred: Vec<ColumnName>,
    /// Whether the pipe that comes next is a query and not a part of one.
    top: bool,
    /// The results of `fork` and `facet` behind the first.
    more_results: Vec<Rel>,
    /// How many questions about the data were come upon.
    questions: usize,
    /// How many of them had no answer.
    asked: usize,
    /// Whether a function's body is bound with placeholders in place of its arguments: they can be asked nothing.
    checking: bool,
    /// The first of them that has no answer.
    question: Option<Rel>,
    /// The stored functions that were asked for.
    stored: std::collections::HashMap<String, Option<std::rc::Rc<stored::Parsed>>>,
    /// The names of the stored functions that are being expanded, outermost first.
    calls: Vec<String>,
    /// The request properties that change answers.
    properties: std::collections::HashMap<String, crate::plan::Expr>,
    /// What `now()` is, in ticks, if it is known.
    now: Option<i64>,
    /// How many rows of a result are given out, if that was set.
    most_rows: Option<i64>,
}

/// A bound expression: a value or a table.
pub(crate) enum Value {
    Scalar(crate::plan::Expr),
    Table(Rel),
}

impl Binder<'_> {
    /// Remembers the columns that a union split by their types though the first two tables agree: the engine knows
    /// only the parts, but Kusto's analyzer lets the bare name pass, and real queries count on it.
    pub(crate) fn note_split(&mut self, union: &Rel) {
        let Node::Union(node) = &*union.node else { return };
        let sources = union.columns.iter().zip(&node.sources);
        let split = sources.filter_map(|(c, source)| source.as_ref().filter(|name| **name != c.name));
        let mut types: HashMap<&ColumnName, Vec<Type>, RandomState> =
            split.map(|name| (name, Vec::new())).collect();
        if types.is_empty() {
            return;
        }
        for column in node.inputs.iter().flat_map(|(_, rel)| rel.visible()) {
            if let Some(types) = types.get_mut(&column.name).filter(|types| types.len() < 2) {
                types.push(column.ty);
            }
        }
        let agreed = types.into_iter().filter(|(_, types)| matches!(types[..], [a, b] if a == b));
        self.split.extend(agreed.map(|(name, _)| name.clone()));
    }

    /// Whether a union split the column of that name.
    pub(crate) fn is_split(&self, name: &str) -> bool {
        self.split.contains(name)
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What is known of the data, where the columns of a result depend on it: the rows of the question that stands
    /// here, as texts. Where there is no answer yet, the question must be put to [`Binder::ask`].
    pub(crate) fn answer(&mut self) -> Option<Vec<Vec<String>>> {
        if self.checking {
            return None;
        }
        let answer = self.options.answers.get(self.questions).cloned();
        self.questions += 1;
        answer
    }

    /// Asks something of the data: a relation whose columns are all strings. The relation that waits for the answer is
    /// open: any column may be there.
    pub(crate) fn ask(&mut self, question: Rel) {
        self.asked += 1;
        if !self.checking {
            self.question.get_or_insert(question);
        }
    }
}
