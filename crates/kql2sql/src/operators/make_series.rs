//! `make-series`: Arrays of aggregates over an axis.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::Projection;
use crate::bind::overload::choose;
use crate::bind::projection::Style;
use crate::bind::table::refused;
use crate::functions;
use crate::operators::OperatorKind;
use crate::operators::summarize::add_aggregate;
use crate::operators::union::union;
use crate::plan::{
    Expr as Bound, ExprKind as BoundKind, Join, JoinKind, Node, Order, PlanColumn, Rel, Side, SortKey,
};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// Arrays of aggregates over an axis.
#[derive(Debug, Clone)]
pub struct MakeSeries {
    /// The aggregates with their `default=` values.
    pub aggregates: Vec<(Expr, Option<Expr>)>,
    /// `on column`
    pub on: Box<Expr>,
    /// `from … to … step …` or `in range(…)`
    pub range: SeriesRange,
    /// `by …`
    pub by: Vec<Expr>,
}

/// The axis of a series.
#[derive(Debug, Clone)]
pub enum SeriesRange {
    /// `from a to b step c`; `from` and `to` may be missing
    FromToStep {
        /// The first value, included.
        from: Option<Box<Expr>>,
        /// The end, not included.
        to: Option<Box<Expr>>,
        /// The distance of two points.
        step: Box<Expr>,
    },
    /// `in range(start, stop, step)`; stop is included
    InRange(Box<Expr>, Box<Expr>, Box<Expr>),
}

impl MakeSeries {
    /// `make-series aggregate default=value, … on column from a to b step c by …`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let aggregates = p.comma_list(
            List::SOME.until(|p| p.at_any(&[TokenKind::On, TokenKind::From, TokenKind::In])),
            |p| {
                let aggregate = p.named_expression()?;
                let default = p.eat(TokenKind::Default).then(|| {
                    p.expect(TokenKind::Equal);
                    p.required_named_expression()
                });
                Some((aggregate, default))
            },
            |p| (p.missing_expression(), None),
        );
        p.expect(TokenKind::On);
        let on = Box::new(p.required_named_expression());
        let range = if p.at_any(&[TokenKind::From, TokenKind::To, TokenKind::Step]) {
            Self::from_to_step(p)
        } else {
            Self::in_range(p)
        };
        let by = if p.eat(TokenKind::By) {
            p.comma_list(List::OPEN, Parser::named_expression, Parser::missing_expression)
        } else {
            Vec::new()
        };
        OperatorKind::MakeSeries(MakeSeries { aggregates, on, range, by })
    }

    /// `from a to b step c`
    fn from_to_step(p: &mut Parser) -> SeriesRange {
        let mut clause = |keyword| p.eat(keyword).then(|| Box::new(p.required_unnamed_expression()));
        let (from, to) = (clause(TokenKind::From), clause(TokenKind::To));
        p.expect(TokenKind::Step);
        let step = Box::new(p.required_unnamed_expression());
        SeriesRange::FromToStep { from, to, step }
    }

    /// `in range(start, stop, step)`
    fn in_range(p: &mut Parser) -> SeriesRange {
        p.expect(TokenKind::In);
        p.expect(TokenKind::Range);
        let mut bounds = Vec::new();
        if p.expect(TokenKind::OpenParen) {
            bounds = p.comma_list(List::ANY, Parser::named_expression, Parser::missing_expression);
            p.expect_close(TokenKind::CloseParen);
        }
        let mut bounds = bounds.into_iter();
        let mut bound = || match bounds.next() {
            Some(bound) => Box::new(bound),
            None => Box::new(p.missing_expression()),
        };
        SeriesRange::InRange(bound(), bound(), bound())
    }
}

impl MakeSeries {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let scope = RowScope::of(&input);
        let mut list = Projection::default();
        for e in &self.by {
            binder.add_columns(&mut list, &scope, e, Style::Default, None);
        }
        let keys = list.columns.len();
        let mut defaults = Vec::new();
        for (e, default) in &self.aggregates {
            add_aggregate(binder, &mut list, &scope, &[], e);
            let default = default.as_ref().map(|d| binder.scalar(d));
            defaults.resize(list.columns.len() - keys, default);
        }
        binder.add_columns(&mut list, &scope, &self.on, Style::Default, None);
        let range = match &self.range {
            SeriesRange::FromToStep { from, to, step } => {
                let from = from.as_ref().map(|e| binder.scalar(e));
                let to = to.as_ref().map(|e| binder.scalar(e));
                let step = binder.scalar(step);
                from.zip(to).map(|(from, to)| (from, to, step))
            }
            SeriesRange::InRange(start, stop, step) => {
                for e in [start, stop, step] {
                    binder.scalar(e);
                }
                None
            }
        };
        let result: Vec<PlanColumn> = list
            .columns
            .iter()
            .enumerate()
            .map(
                |(i, (c, _))| {
                    if i < keys { c.clone() } else { PlanColumn { ty: Type::Dynamic, ..c.clone() } }
                },
            )
            .collect();
        let Some((from, to, step)) = range else {
            return refused(op, result, "only an axis with `from`, `to` and `step` is translated; name them");
        };
        let Some((axis, on)) = list.columns.pop() else { return refused(op, result, "it has no axis") };
        if !matches!(on.ty, Type::DateTime | Type::Long | Type::Timespan)
            || from.ty != on.ty
            || to.ty != on.ty
        {
            return refused(op, result, "only an axis of type datetime, timespan or long is translated");
        }
        let sortable =
            |ty: Type| matches!(ty, Type::Int | Type::Long | Type::Real | Type::Timespan | Type::Unknown);
        if !list.columns[keys..].iter().all(|(c, _)| sortable(c.ty)) {
            return refused(op, result, "only aggregates that are numbers or timespans are translated");
        }
        let nonempty = op
            .parameter("kind")
            .is_some_and(|p| matches!(&p.value.kind, ExprKind::Name { name, .. } if name == "nonempty"));
        let series = Series { keys, result, axis, on, from, to, step, nonempty };
        series.build(binder, input, list.columns, &defaults, op.keyword)
    }
}

/// What a series is made of.
struct Series {
    /// How many of the columns are group keys.
    keys: usize,
    /// The columns of the result.
    result: Vec<PlanColumn>,
    axis: PlanColumn,
    on: Bound,
    from: Bound,
    to: Bound,
    step: Bound,
    /// Whether there is a series even where there are no rows.
    nonempty: bool,
}

impl Series {
    /// The aggregates by bins of the axis, together with a row for each point that every group has; then
    /// the arrays in the order of the axis.
    fn build(
        self,
        binder: &mut Binder,
        input: Rel,
        columns: Vec<(PlanColumn, Bound)>,
        defaults: &[Option<Bound>],
        span: Span,
    ) -> Rel {
        let (from, to, step) = (self.from.clone(), self.to.clone(), self.step.clone());
        // Rows within the axis, by its bins.
        let low = binder.operator(">=", vec![self.on.clone(), from.clone()], span, span);
        let high = binder.operator("<", vec![self.on.clone(), to.clone()], span, span);
        let predicate = binder.operator("and", vec![low, high], span, span);
        let within = input.within(|input| Node::Filter { input, predicate });
        let bin = binder.call_by_name("bin_at", vec![self.on.clone(), step.clone(), from.clone()], span);
        let axis = PlanColumn { ty: self.on.ty, ..self.axis.clone() };
        let (mut point_columns, values): (Vec<PlanColumn>, Vec<Bound>) = columns.into_iter().unzip();
        let mut values = values.into_iter();
        let mut keys: Vec<Bound> = values.by_ref().take(self.keys).collect();
        keys.push(bin);
        let aggregates: Vec<Bound> = values.collect();
        let value_columns = point_columns.split_off(self.keys);
        let key_columns = point_columns.clone();
        point_columns.push(axis.clone());
        point_columns.extend(value_columns.iter().map(|c| PlanColumn { nullable: true, ..c.clone() }));
        let node = Node::Aggregate { input: within, keys, aggregates };
        let found = binder.share("points", Rel::new(node, point_columns.clone(), Order::default()));
        // Every point of every group, without values.
        let one_less = match axis.ty {
            Type::Long => Literal::Long(1),
            _ => Literal::Timespan(1),
        };
        let last = binder.operator("-", vec![to, Bound::literal(one_less, span)], span, span);
        let range = Rel::new(Node::Range { from, to: last, step }, vec![axis.clone()], Order::default());
        let grid = if self.nonempty && self.keys == 0 {
            range
        } else {
            let (group_columns, group_keys) = if self.keys == 0 {
                let one = Bound::literal(Literal::Long(1), span);
                (vec![PlanColumn::new("any", Type::Long, false)], vec![one])
            } else {
                (key_columns.clone(), key_columns.iter().map(|c| c.reference(span)).collect())
            };
            let node = Node::Aggregate { input: found.clone(), keys: group_keys, aggregates: vec![] };
            let groups = Rel::new(node, group_columns, Order::default());
            let mut output: Vec<(Side, String)> =
                key_columns.iter().map(|c| (Side::Left, c.name.clone())).collect();
            output.push((Side::Right, axis.name.clone()));
            let mut columns = key_columns.clone();
            columns.push(axis.clone());
            let join = Join { left: groups, right: range, kind: JoinKind::Cross, on: vec![], output };
            Rel::new(Node::Join(Box::new(join)), columns, Order::default())
        };
        let values = point_columns
            .iter()
            .map(|c| match value_columns.iter().any(|v| v.name == c.name) {
                true => Bound::literal(Literal::Null(c.ty), span),
                false => c.reference(span),
            })
            .collect();
        let grid = Rel::new(Node::Project { input: grid, values }, point_columns.clone(), Order::default());
        let both = union(vec![(String::new(), grid), (String::new(), found)], false, None);
        // One row for each point: the value where there is one, else the default.
        let keys = point_columns[..=self.keys].iter().map(|c| c.reference(span)).collect();
        let aggregates =
            value_columns.iter().map(|c| aggregate("max", c.reference(span), c.ty, vec![])).collect();
        let node = Node::Aggregate { input: both, keys, aggregates };
        let points = Rel::new(node, point_columns.clone(), Order::default());
        let mut values: Vec<Bound> = point_columns.iter().map(|c| c.reference(span)).collect();
        for (i, c) in value_columns.iter().enumerate() {
            let default = match defaults.get(i).cloned().flatten() {
                Some(default) => default,
                None => Bound::literal(Literal::Long(0), span),
            };
            if matches!(default.as_literal(), Some(Literal::Null(_))) {
                continue;
            }
            let default = binder.conversion(default, c.ty);
            values[self.keys + 1 + i] =
                binder.call_by_name("coalesce", vec![c.reference(span), default], span);
        }
        let points = Rel::new(Node::Project { input: points, values }, point_columns, Order::default());
        let order = vec![SortKey { value: axis.reference(span), descending: false, nulls_first: true }];
        let mut aggregates: Vec<Bound> = value_columns
            .iter()
            .map(|c| aggregate("make_list_with_nulls", c.reference(span), Type::Dynamic, order.clone()))
            .collect();
        aggregates.push(aggregate("make_list", axis.reference(span), Type::Dynamic, order));
        let keys = key_columns.iter().map(|c| c.reference(span)).collect();
        Rel::new(Node::Aggregate { input: points, keys, aggregates }, self.result, Order::default())
    }
}

/// A call of an aggregate with one argument.
fn aggregate(name: &str, value: Bound, ty: Type, order: Vec<SortKey>) -> Bound {
    let span = value.span;
    let args = vec![value];
    let chosen = functions::find(functions::AGGREGATES, name).and_then(|f| Some((f, choose(f, &args)?)));
    match chosen {
        Some((function, overload)) => {
            Bound { kind: BoundKind::Aggregate { function, overload, args, order, row_of: None }, ty, span }
        }
        None => Bound::error(span),
    }
}
