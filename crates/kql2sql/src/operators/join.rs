//! `join`: Joins two tables.

use crate::bind::fold::cast;
use crate::bind::names::make_unique;
use crate::bind::{Binder, RowScope, Rows};
use crate::diagnostics::{binding, messages};
use crate::operators::OperatorKind;
use crate::operators::def::{ANY_STRATEGY, NUM_PARTITIONS, OperatorDef, Place, SHUFFLE_KEY, form, parameter};
use crate::plan::{Expr as Bound, Join as JoinNode, JoinKind, Node, Order, PlanColumn, Rel, Side};
use crate::syntax::ast::{Expr, ExprKind, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

const JOIN_KINDS: &[&str] = &[
    "inner",
    "fullouter",
    "innerunique",
    "leftanti",
    "leftantisemi",
    "anti",
    "leftouter",
    "leftsemi",
    "rightanti",
    "rightantisemi",
    "rightouter",
    "rightsemi",
];

/// The entry of `join`.
pub(super) const JOIN: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Join],
    doc: "Joins two tables.",
    page: "join-operator",
    place: Place::Piped,
    parameters: Some(&[
        parameter("kind", JOIN_KINDS),
        parameter("hint.remote", &["auto", "left", "local", "right", "unresolved"]),
        SHUFFLE_KEY,
        ANY_STRATEGY,
        NUM_PARTITIONS,
    ]),
    form: Some(form(
        "join [kind = …] (Table) on Column, … | $left.Column == $right.Column, …",
        "datatable(k: string, a: long)['x', 1] | join kind=inner (datatable(k: string, b: long)['x', 2]) on k",
        r#"["x", 1, "x", 2]"#,
    )),
    refused: None,
    parse: Join::parse,
};

/// Joins two tables.
#[derive(Debug, Clone)]
pub struct Join {
    /// The right table.
    pub right: Box<Expr>,
    /// `on …`, or `where …`: the conditions.
    pub on: Vec<Expr>,
}

impl Join {
    /// `join (table) on condition, …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let (keyword, before) = (p.last_keyword(), p.findings());
        let right = Box::new(p.required_unnamed_expression());
        let on = match conditions(p) {
            Some(on) => on,
            None if p.at(TokenKind::Where) => {
                p.bump();
                vec![p.required_unnamed_expression()]
            }
            None => {
                let span = p.since(keyword);
                p.report_before(before, messages::missing_join_condition(span));
                Vec::new()
            }
        };
        OperatorKind::Join(Join { right, on })
    }
}

/// `on condition, …`, for `join` and `lookup`.
pub(crate) fn conditions(p: &mut Parser) -> Option<Vec<Expr>> {
    p.eat(TokenKind::On)
        .then(|| p.comma_list(List::OPEN, Parser::unnamed_expression, Parser::missing_expression))
}

/// The names of `kind=`, with what they mean.
pub(crate) const KINDS: &[(&str, JoinKind)] = &[
    ("innerunique", JoinKind::InnerUnique),
    ("inner", JoinKind::Inner),
    ("leftouter", JoinKind::LeftOuter),
    ("rightouter", JoinKind::RightOuter),
    ("fullouter", JoinKind::FullOuter),
    ("leftsemi", JoinKind::LeftSemi),
    ("rightsemi", JoinKind::RightSemi),
    ("leftanti", JoinKind::LeftAnti),
    ("anti", JoinKind::LeftAnti),
    ("leftantisemi", JoinKind::LeftAnti),
    ("rightanti", JoinKind::RightAnti),
    ("rightantisemi", JoinKind::RightAnti),
];

impl Join {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let right = inferring(binder.table(&self.right), &self.on, "$right");
        let input = inferring(input, &self.on, "$left");
        let kind = kind_of(binder, op, KINDS, JoinKind::InnerUnique);
        let on = key_pairs(binder, &input, &right, &self.on);
        let right_open = right.open && !matches!(kind, JoinKind::LeftSemi | JoinKind::LeftAnti);
        Rel { open: right_open, ..join(input, right, kind, on) }
    }
}

/// The relation, if it is open with the columns that the conditions read from that side.
pub(crate) fn inferring(rel: Rel, on: &[Expr], side: &str) -> Rel {
    fn names(e: &Expr, side: &str, into: &mut Vec<String>) {
        match &e.kind {
            ExprKind::Parenthesized(inner) => names(inner, side, into),
            ExprKind::Binary { left, right, .. } => {
                names(left, side, into);
                names(right, side, into);
            }
            ExprKind::Name { name, .. } => into.push(name.clone()),
            ExprKind::Path { base, name, .. } => {
                if matches!(&base.kind, ExprKind::Name { name, .. } if name == side) {
                    into.push(name.text.clone());
                }
            }
            _ => {}
        }
    }
    if !rel.open {
        return rel;
    }
    let mut found = Vec::new();
    on.iter().for_each(|e| names(e, side, &mut found));
    rel.with_inferred(found.into_iter().map(Into::into))
}

/// The value of `kind=`.
pub(crate) fn kind_of(
    binder: &mut Binder,
    op: &Operator,
    kinds: &[(&str, JoinKind)],
    default: JoinKind,
) -> JoinKind {
    let Some(parameter) = op.parameter("kind") else { return default };
    let name = match &parameter.value.kind {
        ExprKind::Name { name, .. } => name.as_str(),
        _ => "",
    };
    match kinds.iter().find(|(n, _)| *n == name) {
        Some((_, kind)) => *kind,
        None => {
            let names: Vec<&str> = kinds.iter().map(|(n, _)| *n).collect();
            let suggestion = crate::diagnostics::nearest(name, names.iter().copied());
            binder.report(messages::expected_one_of(parameter.value.span, &names, suggestion));
            default
        }
    }
}

/// The pairs of keys that `on` asks to be equal.
pub(crate) fn key_pairs(binder: &mut Binder, left: &Rel, right: &Rel, on: &[Expr]) -> Vec<(Bound, Bound)> {
    let mut pairs = Vec::new();
    for e in on {
        condition(binder, left, right, e, &mut pairs);
    }
    pairs
}

fn condition(binder: &mut Binder, left: &Rel, right: &Rel, e: &Expr, pairs: &mut Vec<(Bound, Bound)>) {
    match &e.kind {
        ExprKind::Parenthesized(inner) => condition(binder, left, right, inner, pairs),
        ExprKind::Binary { op: "and", left: a, right: b, .. } => {
            condition(binder, left, right, a, pairs);
            condition(binder, left, right, b, pairs);
        }
        ExprKind::Binary { op: "==", left: a, right: b, .. } => {
            let mut ok = true;
            for (operand, wanted) in [(a, "$left"), (b, "$right")] {
                if side(operand) != Some(wanted) {
                    binder.report(binding::join_operand(operand.span, wanted));
                    ok = false;
                }
            }
            if !ok {
                return;
            }
            let scope = RowScope::from(Rows {
                columns: left.columns.clone(),
                right: Some(right.columns.clone()),
                ..Rows::default()
            });
            let l = binder.scalar_over(scope.clone(), a);
            let r = binder.scalar_over(scope, b);
            if l.ty == Type::Unknown || r.ty == Type::Unknown {
                return;
            }
            for key in [&l, &r] {
                if key.ty == Type::Dynamic {
                    binder.report(binding::join_key_dynamic(key.span));
                    return;
                }
            }
            let promote = |t: Type| if t == Type::Int { Type::Long } else { t };
            if promote(l.ty) != promote(r.ty) {
                binder.report(binding::join_key_types(e.span, l.ty, r.ty));
                return;
            }
            let ty = l.ty.widest(r.ty).unwrap_or(l.ty);
            pairs.push((cast(l, ty), cast(r, ty)));
        }
        ExprKind::Name { name, .. } => {
            let l = left.visible().find(|c| c.name == *name);
            let r = right.visible().find(|c| c.name == *name);
            let (Some(l), Some(r)) = (l, r) else {
                match (l, r) {
                    (None, None) => {
                        let names: Vec<&str> = left.visible().map(|c| c.name.as_str()).collect();
                        binder.report(binding::unknown_name(e.span, name, "column", names));
                    }
                    (None, _) => binder.report(binding::join_column_missing(e.span, name, "left")),
                    (_, _) => binder.report(binding::join_column_missing(e.span, name, "right")),
                }
                return;
            };
            if l.ty == Type::Unknown || r.ty == Type::Unknown {
                return;
            }
            if l.ty != r.ty {
                binder.report(binding::join_column_types(e.span, name, l.ty, r.ty));
            } else if l.ty == Type::Dynamic {
                binder.report(binding::join_key_dynamic(e.span));
            } else {
                pairs.push((l.reference(e.span), r.reference(e.span)));
            }
        }
        ExprKind::Error => {}
        _ => binder.report(binding::join_condition(e.span)),
    }
}

/// `$left` or `$right` of `$left.column`.
fn side(e: &Expr) -> Option<&str> {
    match &e.kind {
        ExprKind::Parenthesized(inner) => side(inner),
        ExprKind::Path { base, .. } => match &base.kind {
            ExprKind::Name { name, .. } if name.starts_with('$') => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// The join itself, with Kusto's result columns.
pub(crate) fn join(left: Rel, right: Rel, kind: JoinKind, on: Vec<(Bound, Bound)>) -> Rel {
    use JoinKind as K;
    let width = left.columns.len() + right.columns.len();
    let mut columns: Vec<PlanColumn> = Vec::with_capacity(width);
    let mut output = Vec::with_capacity(width);
    if !matches!(kind, K::RightSemi | K::RightAnti) {
        let outer = matches!(kind, K::RightOuter | K::FullOuter);
        for c in left.visible() {
            output.push((Side::Left, c.name.clone()));
            columns.push(PlanColumn { nullable: c.nullable || outer, ..c.clone() });
        }
    }
    if !matches!(kind, K::LeftSemi | K::LeftAnti) {
        let outer = matches!(kind, K::LeftOuter | K::FullOuter);
        for c in right.visible() {
            output.push((Side::Right, c.name.clone()));
            columns.push(PlanColumn { nullable: c.nullable || outer, ..c.clone() });
        }
    }
    make_unique(&mut columns);
    let node = Node::Join(Box::new(JoinNode { left, right, kind, on, output }));
    Rel::new(node, columns, Order::default())
}
