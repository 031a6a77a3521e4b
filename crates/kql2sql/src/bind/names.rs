//! How result columns are called.

use std::collections::{HashMap, HashSet};

use crate::functions::{Function, ResultName};
use crate::plan::{Expr, PlanColumn};
use crate::span::Span;
use crate::syntax::ast::{self, ExprKind, Literal};

/// Gives out names that are not in use: `a`, `a1`, `a2` …
#[derive(Debug, Default)]
pub struct UniqueNames {
    last_suffix: HashMap<String, u32>,
}

impl UniqueNames {
    /// Marks a name as used.
    pub fn add(&mut self, name: &str) {
        self.last_suffix.entry(name.to_owned()).or_insert(0);
    }

    /// The name itself, or with the next free suffix behind `base` (the name, if none is given).
    pub fn get_or_add(&mut self, name: &str, base: Option<&str>) -> String {
        let Some(&last) = self.last_suffix.get(name) else {
            self.last_suffix.insert(name.to_owned(), 0);
            return name.to_owned();
        };
        let mut suffix = last + 1;
        loop {
            let candidate = format!("{}{suffix}", base.unwrap_or(name));
            if !self.last_suffix.contains_key(&candidate) {
                self.last_suffix.insert(name.to_owned(), suffix);
                self.last_suffix.insert(candidate.clone(), 0);
                return candidate;
            }
            suffix += 1;
        }
    }
}

/// Makes the names of columns unique as `join` does: the first keeps its name, a later one gets a
/// suffix that no other column has.
pub fn make_unique(columns: &mut [PlanColumn]) {
    let mut names = UniqueNames::default();
    for c in columns.iter() {
        names.add(&c.name);
    }
    let mut seen = HashSet::new();
    for c in columns {
        if !seen.insert(c.name.clone()) {
            c.name = names.get_or_add(&c.name, None);
            seen.insert(c.name.clone());
        }
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
    index: HashMap<String, usize>,
    declared: HashSet<String>,
    names: UniqueNames,
}

/// A column was declared twice.
#[derive(Debug)]
pub struct Duplicate;

impl Projection {
    /// Adds a column whose name may be changed if it is taken, or which replaces the one that has it.
    pub fn add(&mut self, mut column: PlanColumn, value: Expr, base: Option<&str>, replace: bool) {
        if replace && let Some(&i) = self.index.get(&column.name) {
            self.columns[i] = (column, value);
            return;
        }
        column.name = self.names.get_or_add(&column.name, base);
        self.index.insert(column.name.clone(), self.columns.len());
        self.columns.push((column, value));
    }

    /// Adds a column whose name the query gives: it must not have been given before.
    pub fn declare(&mut self, column: PlanColumn, value: Expr, replace: bool) -> Result<(), Duplicate> {
        if self.declared.contains(&column.name) {
            return Err(Duplicate);
        }
        if replace && let Some(&i) = self.index.get(&column.name) {
            self.declared.insert(column.name.clone());
            self.columns[i] = (column, value);
        } else {
            self.add(column, value, None, false);
            if let Some((c, _)) = self.columns.last() {
                self.declared.insert(c.name.clone());
            }
        }
        Ok(())
    }

    /// Declares a column that is there already and stays as it is.
    pub fn confirm(&mut self, name: &str) -> Result<(), Duplicate> {
        if self.declared.insert(name.to_owned()) { Ok(()) } else { Err(Duplicate) }
    }

    /// The name that a column has been given already.
    pub fn contains(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }
}

/// The name that an expression lends to its column, if it has one. `function_of` resolves called names.
pub fn result_name(
    expr: &ast::Expr,
    function_of: &dyn Fn(&str) -> Option<&'static Function>,
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
        ExprKind::Call { name, args, .. } => call_name(function_of(&name.text)?, args, function_of),
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
    function_of: &dyn Fn(&str) -> Option<&'static Function>,
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
