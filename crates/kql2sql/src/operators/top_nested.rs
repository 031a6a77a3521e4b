//! `top-nested`: The top values, within each the top values of the next level.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::{UniqueNames, result_name};
use crate::bind::projection::{find, project, starting_with};
use crate::bind::table::unknown_table;
use crate::diagnostics::binding;
use crate::functions;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::operators::join::join;
use crate::operators::sort;
use crate::plan::{
    ColumnName, Expr as Bound, ExprKind as BoundKind, Join, JoinKind, Node, Order, PlanColumn, Rel, Side,
    SortKey, Union,
};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Operator, Ordered};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `top-nested`.
pub(super) const TOP_NESTED: OperatorDef = OperatorDef {
    kinds: &[TokenKind::TopNested],
    doc: "The top values, and within each those of the next level.",
    page: "top-nested-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "top-nested [Values] of Column [with others = Value] by Aggregate [asc | desc], top-nested …",
        "datatable(k: string, n: long)['a', 1, 'b', 5] | top-nested 1 of k by sum(n)",
        r#"["b", 5]"#,
    )),
    refused: None,
    parse: TopNested::parse,
};

/// The top values, within each the top values of the next level.
#[derive(Debug, Clone)]
pub struct TopNested {
    /// The levels, outermost first.
    pub levels: Vec<TopNestedLevel>,
}

/// One level: `top-nested 3 of column with others = "rest" by count() desc`
#[derive(Debug, Clone)]
pub struct TopNestedLevel {
    /// How many; all where it is missing.
    pub count: Option<Expr>,
    /// `of value`
    pub of: Expr,
    /// `with others = value`
    pub others: Option<Expr>,
    /// `by aggregate asc|desc`
    pub by: Ordered,
}

impl TopNested {
    /// `top-nested n of value by aggregate, top-nested …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let mut first = true;
        let levels = p.comma_list(
            List::SOME,
            |p| {
                // The driver took the first keyword.
                if !std::mem::take(&mut first) && !p.eat(TokenKind::TopNested) {
                    return None;
                }
                Some(Self::level(p))
            },
            |p| {
                p.missing("A level `top-nested …`");
                TopNestedLevel {
                    count: None,
                    of: p.error_expression(),
                    others: None,
                    by: sort::required_key(p),
                }
            },
        );
        OperatorKind::TopNested(TopNested { levels })
    }

    /// `3 of column with others = "rest" by count() desc`
    fn level(p: &mut Parser) -> TopNestedLevel {
        let count = if p.at(TokenKind::Of) { None } else { p.named_expression() };
        p.expect(TokenKind::Of);
        let of = p.required_named_expression();
        let others = p.eat(TokenKind::With).then(|| {
            p.expect(TokenKind::Others);
            p.expect(TokenKind::Equal);
            p.required_unnamed_expression()
        });
        p.expect(TokenKind::By);
        let by = sort::required_key(p);
        TopNestedLevel { count, of, others, by }
    }
}

/// A level, bound: its columns carry names of their own until the end, since the input may have those of the
/// result.
struct Level {
    /// How many; all where it is missing.
    count: Option<Bound>,
    /// The column of the values.
    value: PlanColumn,
    /// What stands for the values that are not among the top.
    others: Option<Bound>,
    /// The aggregate over the rows of a value.
    aggregate: Bound,
    /// Its column.
    measure: PlanColumn,
    /// What comes first.
    order: SortKey,
    /// The names of both columns in the result.
    names: [ColumnName; 2],
}

impl TopNested {
    /// Each level groups the rows whose values were chosen so far and keeps the first groups within each
    /// choice; the rows of those join the next level. What a level leaves over is aggregated on its own.
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let span = op.keyword;
        let Some((levels, base)) = self.levels(binder, input, span) else {
            return Rel { open: true, ..unknown_table() };
        };
        let mut rows = base.clone();
        let mut chosen: Vec<PlanColumn> = Vec::new();
        let mut results = Vec::new();
        for (i, level) in levels.iter().enumerate() {
            let top = level.top(binder, rows.clone(), &chosen, span);
            let top = binder.share("top_nested", top);
            if level.others.is_some() {
                results.push(others(binder, &levels, i, rows, &top, &chosen, span));
            }
            chosen = top.visible().cloned().collect();
            rows = with_chosen(&base, &top, &levels[..=i], span);
            if i + 1 == levels.len() {
                results.insert(0, top);
            }
        }
        let sources = chosen.iter().map(|c| Some(c.name.clone())).collect();
        let inputs = results.into_iter().map(|rel| (String::new(), rel)).collect();
        let union = Node::Union(Box::new(Union { inputs, sources }));
        let union = Rel::new(union, chosen.clone(), Order::default());
        let names = levels.iter().flat_map(|l| l.names.clone());
        let shown = chosen.iter().zip(names);
        project(union, shown.map(|(c, name)| (PlanColumn { name, ..c.clone() }, c.reference(span))).collect())
    }

    /// The levels, and the rows with a column for the value of each; `None` after an error.
    fn levels(&self, binder: &mut Binder, input: Rel, span: Span) -> Option<(Vec<Level>, Rel)> {
        let before = binder.diagnostics.len();
        // The aggregates of a level do not depend on the order of the rows.
        let scope = RowScope::of(&Rel { order: Order::default(), ..input.clone() });
        let mut names = UniqueNames::default();
        let mut list = starting_with(&input, span).columns;
        let mut levels = Vec::new();
        for (i, level) in self.levels.iter().enumerate() {
            let count = level.count.as_ref().map(|count| binder.count(count));
            let of = binder.scalar_over(scope.clone(), &level.of);
            let others = level.others.as_ref().map(|others| {
                let others = binder.scalar(others);
                if others.ty == of.ty { others } else { binder.conversion(others, of.ty) }
            });
            let before = binder.diagnostics.len();
            let aggregate = binder.with_aggregates(|b| b.scalar_over(scope.clone(), &level.by.value));
            if binder.diagnostics.len() == before
                && aggregate.ty != Type::Unknown
                && !aggregate.any(&|e| matches!(e.kind, BoundKind::Aggregate { .. }))
            {
                binder.report(binding::aggregate_expected(aggregate.span));
            }
            let of_name = names.get_or_add(result_name(&level.of, &find).unwrap_or_default(), None);
            let given = match &level.by.value.kind {
                ExprKind::Named { names, .. } => names.first().map(|n| n.text.clone()),
                _ => None,
            };
            let by_name = names.get_or_add(given.unwrap_or_else(|| format!("aggregated_{of_name}")), None);
            let value = PlanColumn::new(format!("(value {})", i + 1), of.ty, true);
            let measure = PlanColumn::new(format!("(measure {})", i + 1), aggregate.ty, true);
            let descending = !level.by.ascending.unwrap_or(false);
            let nulls_first = level.by.nulls_first.unwrap_or(!descending);
            let order = SortKey { value: measure.reference(span), descending, nulls_first };
            list.push((value.clone(), of));
            levels.push(Level { count, value, others, aggregate, measure, order, names: [of_name, by_name] });
        }
        if binder.diagnostics[before..].iter().any(|d| d.is_error()) {
            return None;
        }
        let base = Rel { order: Order::default(), ..project(input, list) };
        Some((levels, binder.share("top_nested", base)))
    }
}

impl Level {
    /// The first groups within each choice so far.
    fn top(&self, binder: &mut Binder, rows: Rel, chosen: &[PlanColumn], span: Span) -> Rel {
        let mut columns = chosen.to_vec();
        columns.push(self.value.clone());
        let keys = columns.iter().map(|c| c.reference(span)).collect();
        columns.push(self.measure.clone());
        let groups = Node::Aggregate { input: rows, keys, aggregates: vec![self.aggregate.clone()] };
        let groups = Rel::new(groups, columns.clone(), Order::default());
        let (Some(count), Some(row_number)) =
            (&self.count, functions::find(functions::SCALARS, "row_number"))
        else {
            return groups;
        };
        // Values that are equal in the measure are told apart by themselves: what is evaluated twice must
        // choose the same.
        let last = SortKey { value: self.value.reference(span), descending: false, nulls_first: true };
        let kind = BoundKind::Window {
            function: row_number,
            overload: 0,
            args: vec![],
            partition: chosen.iter().map(|c| c.reference(span)).collect(),
            order: vec![self.order.clone(), last],
        };
        let rank = PlanColumn::new("(rank)", Type::Long, false);
        let mut list: Vec<_> = columns.iter().map(|c| (c.clone(), c.reference(span))).collect();
        let shown = list.clone();
        list.push((rank.clone(), Bound { kind, ty: Type::Long, span }));
        let ranked = project(groups, list);
        let among = binder.operator("<=", vec![rank.reference(span), count.clone()], span, span);
        project(filter(ranked, among), shown)
    }
}

/// The rows whose values were chosen, with the measures of these.
fn with_chosen(base: &Rel, top: &Rel, levels: &[Level], span: Span) -> Rel {
    let on = same_values(levels, span);
    let mut columns: Vec<PlanColumn> = base.visible().cloned().collect();
    let mut output: Vec<_> = columns.iter().map(|c| (Side::Left, c.name.clone())).collect();
    for level in levels {
        columns.push(level.measure.clone());
        output.push((Side::Right, level.measure.name.clone()));
    }
    let join = Join { left: base.clone(), right: top.clone(), kind: JoinKind::Inner, on, output };
    Rel::new(Node::Join(Box::new(join)), columns, Order::default())
}

/// One row for each choice so far with the aggregates over what level `at` leaves over; in the levels below, those
/// that have `others` too aggregate the same rows, the rest are empty.
fn others(
    binder: &mut Binder,
    levels: &[Level],
    at: usize,
    rows: Rel,
    top: &Rel,
    chosen: &[PlanColumn],
    span: Span,
) -> Rel {
    let rest = join(rows, top.clone(), JoinKind::LeftAnti, same_values(&levels[..=at], span));
    let keys: Vec<Bound> = chosen.iter().map(|c| c.reference(span)).collect();
    let below: Vec<&Level> = levels[at..].iter().filter(|l| l.others.is_some()).collect();
    let mut aggregates: Vec<Bound> = below.iter().map(|l| l.aggregate.clone()).collect();
    let mut columns = chosen.to_vec();
    columns.extend(below.iter().map(|l| l.measure.clone()));
    if let Some(count) = functions::find(functions::AGGREGATES, "count") {
        let kind =
            BoundKind::Aggregate { function: count, overload: 0, args: vec![], order: vec![], row_of: None };
        aggregates.push(Bound { kind, ty: Type::Long, span });
    }
    let rows = PlanColumn::new("(rows)", Type::Long, false);
    columns.push(rows.clone());
    let groups = Rel::new(Node::Aggregate { input: rest, keys, aggregates }, columns, Order::default());
    // Without groups there is a row even for no rows at all.
    let none = Bound::literal(Literal::Long(0), span);
    let any = binder.operator(">", vec![rows.reference(span), none], span, span);
    let mut list: Vec<_> = chosen.iter().map(|c| (c.clone(), c.reference(span))).collect();
    for level in &levels[at..] {
        let (value, measure) = match &level.others {
            Some(others) => (others.clone(), level.measure.reference(span)),
            None => (nothing(level.value.ty, span), nothing(level.measure.ty, span)),
        };
        list.push((level.value.clone(), value));
        list.push((level.measure.clone(), measure));
    }
    project(filter(groups, any), list)
}

/// The value of no row: null, or an empty string.
fn nothing(ty: Type, span: Span) -> Bound {
    let literal = if ty == Type::String { Literal::String(String::new()) } else { Literal::Null(ty) };
    Bound { ty, ..Bound::literal(literal, span) }
}

/// That two relations have the same values in these levels.
fn same_values(levels: &[Level], span: Span) -> Vec<(Bound, Bound)> {
    levels.iter().map(|l| (l.value.reference(span), l.value.reference(span))).collect()
}

/// The rows for which the predicate holds.
fn filter(input: Rel, predicate: Bound) -> Rel {
    let (columns, order) = (input.columns.to_vec(), input.order.clone());
    Rel::new(Node::Filter { input, predicate }, columns, order)
}
