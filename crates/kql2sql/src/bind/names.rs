//! How result columns are called.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use foldhash::fast::RandomState;

use crate::functions::{Function, ResultName};
use crate::plan::{ColumnName, Expr, PlanColumn, Rel};
use crate::span::Span;
use crate::syntax::ast::{self, ExprKind, Literal};

/// Gives out names that are not in use: `a`, `a1`, `a2` …
#[derive(Debug, Default)]
pub struct UniqueNames {
    /// Columns that were there before. Most operators that keep their input's add a few to many.
    before: Rc<Vec<PlanColumn>>,
    /// The names that came to them, and those of them that were asked for.
    uses: HashMap<ColumnName, Use, RandomState>,
}

/// What is known of a name that is in use.
#[derive(Debug, Default)]
struct Use {
    /// The last number that was put behind it.
    suffix: u32,
    /// The position of its column in a [`Projection`].
    position: usize,
    /// Whether the query gave the column this name.
    declared: bool,
}

impl UniqueNames {
    fn with_capacity(names: usize) -> UniqueNames {
        let uses = HashMap::with_capacity_and_hasher(names, RandomState::default());
        UniqueNames { uses, ..UniqueNames::default() }
    }

    /// What is known of a name, if it is in use.
    fn find(&mut self, name: &str) -> Option<&mut Use> {
        if !self.uses.contains_key(name) {
            let position = self.before.iter().position(|c| c.name == *name && !c.hidden)?;
            let known = Use { position, ..Use::default() };
            self.uses.insert(self.before[position].name.clone(), known);
        }
        self.uses.get_mut(name)
    }

    /// Marks a name as used.
    pub fn add(&mut self, name: impl Into<ColumnName>) {
        let name = name.into();
        if self.find(&name).is_none() {
            self.uses.insert(name, Use::default());
        }
    }

    /// The name itself, or with the next free suffix behind `base` (the name, if none is given).
    pub fn get_or_add(&mut self, name: impl Into<ColumnName>, base: Option<&str>) -> ColumnName {
        self.give(name.into(), base, 0)
    }

    /// The same, for the column at that position.
    fn give(&mut self, name: ColumnName, base: Option<&str>, position: usize) -> ColumnName {
        let used = Use { position, ..Use::default() };
        let Some(same) = self.find(&name) else {
            self.uses.insert(name.clone(), used);
            return name;
        };
        let mut suffix = same.suffix + 1;
        let given = loop {
            let candidate = format!("{}{suffix}", base.unwrap_or(&name));
            if self.find(&candidate).is_none() {
                break ColumnName::from(candidate);
            }
            suffix += 1;
        };
        self.uses.entry(name).or_default().suffix = suffix;
        self.uses.insert(given.clone(), used);
        given
    }
}

/// Makes the names of columns unique as `join` does: the first keeps its name, a later one gets a
/// suffix that no other column has.
pub fn make_unique(columns: &mut [PlanColumn]) {
    let mut names = UniqueNames::with_capacity(columns.len());
    let mut later = Vec::new();
    for (i, c) in columns.iter().enumerate() {
        match names.uses.entry(c.name.clone()) {
            Entry::Vacant(free) => _ = free.insert(Use::default()),
            Entry::Occupied(_) => later.push(i),
        }
    }
    for i in later {
        columns[i].name = names.get_or_add(columns[i].name.clone(), None);
    }
}

/// Whether the column is what a union made of the values of `name` that have its type.
pub fn is_part(column: &PlanColumn, name: &str) -> bool {
    column.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('_')) == Some(column.ty.name())
}

/// The columns that `project`, `extend`, `summarize` … make, with Kusto's rules for names.
#[derive(Debug, Default)]
pub struct Projection {
    /// The columns so far with their values.
    pub columns: Vec<(PlanColumn, Expr)>,
    names: UniqueNames,
}

/// A column was declared twice.
#[derive(Debug)]
pub struct Duplicate;

impl Projection {
    /// An empty list with room for that many columns.
    pub fn with_capacity(columns: usize) -> Projection {
        Projection { columns: Vec::with_capacity(columns), names: UniqueNames::with_capacity(columns) }
    }

    /// A list that begins with the visible columns of a relation.
    pub fn starting_with(input: &Rel, span: Span) -> Projection {
        let mut columns = Vec::with_capacity(input.columns.len() + 8);
        columns.extend(input.visible().map(|c| (c.clone(), c.reference(span))));
        let names = UniqueNames { before: input.columns.clone(), ..UniqueNames::default() };
        Projection { columns, names }
    }

    /// Adds a column whose name may be changed if it is taken, or which replaces the one that has it.
    pub fn add(&mut self, mut column: PlanColumn, value: Expr, base: Option<&str>, replace: bool) {
        if replace && let Some(same) = self.names.find(&column.name) {
            self.columns[same.position] = (column, value);
            return;
        }
        column.name = self.names.give(column.name, base, self.columns.len());
        self.columns.push((column, value));
    }

    /// Adds a column whose name the query gives: it must not have been given before.
    pub fn declare(&mut self, column: PlanColumn, value: Expr, replace: bool) -> Result<(), Duplicate> {
        let position = self.columns.len();
        match self.names.find(&column.name) {
            Some(same) if same.declared => return Err(Duplicate),
            Some(same) if replace => {
                same.declared = true;
                self.columns[same.position] = (column, value);
            }
            Some(_) => {
                let name = self.names.give(column.name.clone(), None, position);
                self.names.uses.entry(name.clone()).or_default().declared = true;
                self.columns.push((PlanColumn { name, ..column }, value));
            }
            None => {
                let declared = Use { position, declared: true, ..Use::default() };
                self.names.uses.insert(column.name.clone(), declared);
                self.columns.push((column, value));
            }
        }
        Ok(())
    }

    /// Declares a column that is there already and stays as it is.
    pub fn confirm(&mut self, name: &str) -> Result<(), Duplicate> {
        match self.names.find(name) {
            Some(same) if same.declared => Err(Duplicate),
            Some(same) => {
                same.declared = true;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Whether a column has been given that name already.
    pub fn contains(&mut self, name: &str) -> bool {
        self.names.find(name).is_some()
    }
}

/// The name that an expression lends to its column, if it has one. `function_of` resolves called names, with the number of
/// their arguments.
pub fn result_name(
    expr: &ast::Expr,
    function_of: &dyn Fn(&str, usize) -> Option<&'static Function>,
) -> Option<String> {
    match &expr.kind {
        ExprKind::Parenthesized(e) => result_name(e, function_of),
        ExprKind::Name { name, .. } => Some(name.clone()),
        ExprKind::Path { base, name, .. } => match &base.kind {
            // `$left.x` is the column x; all other bases are dynamic values.
            ExprKind::Name { name: side, .. } if side.starts_with('$') => Some(name.text.clone()),
            _ => Some(joined(result_name(base, function_of), name.text.clone())),
        },
        ExprKind::Index { base, index } => {
            let right = match &index.kind {
                ExprKind::Literal(Literal::String(s)) => Some(s.clone()),
                ExprKind::Literal(Literal::Long(n)) => Some(n.to_string()),
                ExprKind::Literal(Literal::Int(n)) => Some(n.to_string()),
                _ => None,
            };
            match (result_name(base, function_of), right) {
                (Some(left), right) => Some(joined(Some(left), right.unwrap_or_default())),
                (None, right) => right,
            }
        }
        ExprKind::Named { names, .. } => names.first().map(|n| n.text.clone()),
        ExprKind::Ordered(o) => result_name(&o.value, function_of),
        ExprKind::Call { name, args, .. } => {
            call_name(function_of(&name.text, args.len())?, args, function_of)
        }
        _ => None,
    }
}

fn joined(left: Option<String>, right: String) -> String {
    match left {
        Some(left) if !left.trim().is_empty() => format!("{left}_{right}"),
        _ => right,
    }
}

fn call_name(
    function: &'static Function,
    args: &[ast::Expr],
    function_of: &dyn Fn(&str, usize) -> Option<&'static Function>,
) -> Option<String> {
    let first = |default: &str| {
        args.first().map(|a| result_name(a, function_of).unwrap_or_else(|| default.to_owned()))
    };
    match function.result_name {
        ResultName::None => None,
        ResultName::NameAndFirstArgument => {
            Some(format!("{}_{}", function.name, first("").unwrap_or_default()))
        }
        ResultName::PrefixAndFirstArgument(prefix) => {
            Some(format!("{prefix}_{}", first("").unwrap_or_default()))
        }
        ResultName::PrefixAndTwoArguments(prefix) => {
            let second = args.get(1).and_then(|a| result_name(a, function_of)).unwrap_or_default();
            Some(format!("{prefix}_{}_{second}", first("").unwrap_or_default()))
        }
        ResultName::FirstArgument => args.first().and_then(|a| result_name(a, function_of)),
        ResultName::OnlyArgument if args.len() == 1 => result_name(&args[0], function_of),
        ResultName::OnlyArgument => None,
        ResultName::PrefixOnly(prefix) => Some(prefix.to_owned()),
        ResultName::FirstArgumentValueIfColumn => match &args.first()?.kind {
            ExprKind::Literal(Literal::String(s)) => Some(s.clone()),
            _ => None,
        },
    }
}

/// The expression under `name =` and ordering.
pub fn underlying(expr: &ast::Expr) -> &ast::Expr {
    match &expr.kind {
        ExprKind::Named { value, .. } => underlying(value),
        ExprKind::Ordered(o) => underlying(&o.value),
        _ => expr,
    }
}

/// The span to blame for the name of an expression.
pub fn name_span(expr: &ast::Expr) -> Span {
    match &expr.kind {
        ExprKind::Named { names, .. } => names.first().map_or(expr.span, |n| n.span),
        _ => expr.span,
    }
}
