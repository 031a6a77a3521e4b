//! A filter over a union filters each of the tables: what a table has no column for is not asked of it. `search` over
//! hundreds of tables would otherwise test each with the columns of all.

use std::collections::HashMap;
use std::rc::Rc;

use crate::plan::{Expr, ExprKind, Node, Plan, PlanColumn, Rel, Union};
use crate::shape::Shape;
use crate::syntax::ast::Literal;
use crate::types::Type;

/// Moves such filters, in the whole plan, and says whether there was one.
pub(super) fn rewrite(plan: &mut Plan) -> bool {
    let mut changed = false;
    super::for_each_rel_mut(plan, &mut |rel| changed |= push(rel));
    changed
}

fn push(rel: &mut Rel) -> bool {
    let Node::Filter { input, .. } = &*rel.node else { return false };
    let Node::Union(_) = &*input.node else { return false };
    let Node::Filter { input, predicate } = Rc::make_mut(&mut rel.node) else { return false };
    let columns = input.columns.clone();
    let Node::Union(union) = Rc::make_mut(&mut input.node) else { return false };
    // What reads other tables would be computed for each of these.
    if union.sources.len() != columns.len() || predicate.any(&is_dear) {
        return false;
    }
    let terms = Terms::new(predicate);
    let filters: Vec<Expr> =
        (0..union.inputs.len()).map(|i| terms.over(&columns_of(union, i, &columns))).collect();
    let mut kept = Vec::with_capacity(filters.len());
    for ((table, input), predicate) in std::mem::take(&mut union.inputs).into_iter().zip(filters) {
        // A table without the columns that decide has no row to give.
        if !is_never(&predicate) {
            let mut filtered = input.within(|input| Node::Filter { input, predicate });
            push(&mut filtered);
            kept.push((table, filtered));
        }
    }
    union.inputs = kept;
    rel.node = match rel.columns.len() == columns.len() {
        true => input.node.clone(),
        // What only the filter read ends here: the columns of a union go with its sources.
        false => {
            let values = rel.columns.iter().map(|c| c.reference(Default::default())).collect();
            Rc::new(Node::Project { input: input.clone(), values })
        }
    };
    true
}

fn is_dear(e: &Expr) -> bool {
    matches!(
        e.kind,
        ExprKind::Subquery(_)
            | ExprKind::SubqueryArray(_)
            | ExprKind::InTable { .. }
            | ExprKind::Window { .. }
            | ExprKind::Error
    )
}

/// What the columns of the union are in terms of one of its inputs; those that it lacks are left out.
fn columns_of<'c>(union: &Union, input: usize, columns: &'c [PlanColumn]) -> HashMap<&'c str, Expr> {
    let (table, rel) = &union.inputs[input];
    let own: HashMap<&str, Type> = rel.visible().map(|c| (c.name.as_str(), c.ty)).collect();
    let found = union.sources.iter().zip(columns).filter_map(|(source, c)| {
        let kind = match source {
            None => ExprKind::Literal(Literal::String(table.clone())),
            Some(source) if own.get(source.as_str()) == Some(&c.ty) => {
                ExprKind::Column(source.clone(), Shape::Any)
            }
            Some(_) => return None,
        };
        Some((c.name.as_str(), Expr { kind, ty: c.ty, span: Default::default() }))
    });
    found.collect()
}

/// A predicate taken apart at `and`, `or` and `not`.
struct Terms<'p> {
    whole: &'p Expr,
    kind: Kind<'p>,
}

enum Kind<'p> {
    All(Vec<Terms<'p>>),
    Any {
        terms: Vec<Terms<'p>>,
        /// Those that count whatever columns there are.
        always: Vec<usize>,
        /// Those that are false where none of the columns that they read is there, by these columns.
        of_column: HashMap<&'p str, Vec<usize>>,
    },
    Not(Box<Terms<'p>>),
    Other,
}

impl<'p> Terms<'p> {
    fn new(whole: &'p Expr) -> Terms<'p> {
        let kind = match &whole.kind {
            ExprKind::Call { function, args, .. } => match (function.name, args.as_slice()) {
                ("and", _) => Kind::All(operands(whole, "and").into_iter().map(Terms::new).collect()),
                ("or", _) => Terms::any(operands(whole, "or").into_iter().map(Terms::new).collect()),
                ("not", [arg]) => Kind::Not(Box::new(Terms::new(arg))),
                _ => Kind::Other,
            },
            _ => Kind::Other,
        };
        Terms { whole, kind }
    }

    fn any(terms: Vec<Terms<'p>>) -> Kind<'p> {
        let (mut always, mut of_column) = (Vec::new(), HashMap::<&str, Vec<usize>>::new());
        for (i, term) in terms.iter().enumerate() {
            let mut read = Vec::new();
            if is_text_test(term.whole) {
                term.whole.for_each_column(&mut |c| read.push(c.as_str()));
            }
            if read.is_empty() {
                always.push(i);
            }
            for column in read {
                of_column.entry(column).or_default().push(i);
            }
        }
        Kind::Any { terms, always, of_column }
    }

    /// The predicate where there are only these columns: the others are null.
    fn over(&self, there: &HashMap<&str, Expr>) -> Expr {
        match &self.kind {
            Kind::All(terms) => {
                let found: Vec<Expr> = terms.iter().map(|term| term.over(there)).collect();
                if found.iter().any(is_never) { self.never() } else { self.joined(found) }
            }
            Kind::Any { terms, always, of_column } => {
                let of_there = there.keys().filter_map(|column| of_column.get(column)).flatten();
                let mut found: Vec<usize> = always.iter().chain(of_there).copied().collect();
                found.sort_unstable();
                found.dedup();
                self.joined(found.into_iter().map(|i| terms[i].over(there)).collect())
            }
            Kind::Not(term) => self.call(vec![term.over(there)]),
            Kind::Other => {
                let mut term = self.whole.clone();
                substitute(&mut term, there);
                term
            }
        }
    }

    fn never(&self) -> Expr {
        Expr::literal(Literal::Bool(false), self.whole.span)
    }

    /// The predicate's own operator over other arguments.
    fn call(&self, args: Vec<Expr>) -> Expr {
        let kind = match &self.whole.kind {
            ExprKind::Call { function, overload, .. } => {
                ExprKind::Call { function, overload: *overload, args }
            }
            other => other.clone(),
        };
        Expr { kind, ty: self.whole.ty, span: self.whole.span }
    }

    /// The terms joined by the operator again. Many are joined in pairs of pairs: at each link of a chain the engine looks at
    /// all links before it.
    fn joined(&self, mut terms: Vec<Expr>) -> Expr {
        const CHAIN: usize = 16;
        while terms.len() > CHAIN {
            let mut pairs = Vec::with_capacity(terms.len().div_ceil(2));
            let mut rest = terms.into_iter();
            while let Some(left) = rest.next() {
                pairs.push(match rest.next() {
                    Some(right) => self.call(vec![left, right]),
                    None => left,
                });
            }
            terms = pairs;
        }
        let joined = terms.into_iter().reduce(|left, right| self.call(vec![left, right]));
        joined.unwrap_or_else(|| self.never())
    }
}

/// What a chain of `and` or `or` joins, in its order.
fn operands<'p>(whole: &'p Expr, operator: &str) -> Vec<&'p Expr> {
    let mut operands = Vec::new();
    let mut rest = vec![whole];
    while let Some(e) = rest.pop() {
        match &e.kind {
            ExprKind::Call { function, args, .. } if function.name == operator => {
                rest.extend(args.iter().rev())
            }
            _ => operands.push(e),
        }
    }
    operands
}

fn substitute(e: &mut Expr, there: &HashMap<&str, Expr>) {
    if let ExprKind::Column(name, _) = &e.kind {
        e.kind = match there.get(name.as_str()) {
            Some(found) => found.kind.clone(),
            None => ExprKind::Literal(Literal::Null(e.ty)),
        };
        return;
    }
    for child in e.children_mut() {
        substitute(child, there);
    }
}

/// Whether a filter by this lets no row pass, whatever the row: it is false, or null.
fn is_never(e: &Expr) -> bool {
    const NEVER_OF_NULL: &[&str] = &["==", "<", "<=", ">", ">=", "between"];
    match &e.kind {
        ExprKind::Literal(Literal::Bool(value)) => !value,
        ExprKind::Literal(Literal::Null(_)) => true,
        ExprKind::Call { function, args, .. } => match function.name {
            "and" => args.iter().any(is_never),
            "or" => args.iter().all(is_never),
            name => NEVER_OF_NULL.contains(&name) && args.iter().any(is_null),
        },
        _ => false,
    }
}

fn is_null(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Literal(Literal::Null(ty)) => *ty != Type::String,
        ExprKind::Cast(inner) => is_null(inner),
        _ => false,
    }
}

/// Whether it looks for a text, which nothing is not.
fn is_text_test(e: &Expr) -> bool {
    const TESTS: &[&str] = &[
        "has",
        "has_cs",
        "contains",
        "contains_cs",
        "hasprefix",
        "hasprefix_cs",
        "hassuffix",
        "hassuffix_cs",
        "startswith",
        "startswith_cs",
        "endswith",
        "endswith_cs",
    ];
    let ExprKind::Call { function, args, .. } = &e.kind else { return false };
    let [value, needle] = args.as_slice() else { return false };
    let Some(Literal::String(needle)) = needle.as_literal() else { return false };
    let asks = match function.name {
        "matches regex" => {
            regex_syntax::parse(needle).is_ok_and(|regex| regex.properties().minimum_len() > Some(0))
        }
        name => TESTS.contains(&name) && !needle.is_empty(),
    };
    asks && is_text_of_column(value)
}

/// A column, or one as a text: null or empty where the column is.
fn is_text_of_column(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Column(..) => true,
        ExprKind::Cast(inner) => is_text_of_column(inner),
        ExprKind::Call { function, args, .. } => {
            function.name == "tostring" && args.iter().all(is_text_of_column)
        }
        _ => false,
    }
}
