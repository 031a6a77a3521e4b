//! `make-series`: Arrays of aggregates over an axis.

use crate::bind::Binder;
use crate::bind::RowScope;
use crate::bind::names::Projection;
use crate::bind::overload::choose;
use crate::bind::projection::Style;
use crate::bind::table::refused;
use crate::diagnostics::binding as messages;
use crate::functions::{self, Function, Lower, Returns, overload};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, SHUFFLE_KEY, form, parameter};
use crate::operators::summarize::add_aggregate;
use crate::plan::{Expr as Bound, ExprKind as BoundKind, Node, Order, PlanColumn, Rel, SortKey};
use crate::shape::Shape;
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `make-series`.
pub(super) const MAKE_SERIES: OperatorDef = OperatorDef {
    kinds: &[TokenKind::MakeSeries],
    doc: "Arrays of aggregates over an axis.",
    page: "make-series-operator",
    place: Place::Piped,
    parameters: Some(&[SHUFFLE_KEY, parameter("kind", &["nonempty"])]),
    form: Some(form(
        "make-series [Column =] Aggregate [default = Value], … on Axis [from Start] [to End] step Size [by [Column =] Expression, …]",
        "datatable(t: long)[1, 1, 3] | make-series n = count() on t from 1 to 4 step 1",
        "[[2, 0, 1], [1, 2, 3]]",
    )),
    refused: None,
    parse: MakeSeries::parse,
};

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
            p.expect(TokenKind::CloseParen);
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
        let range = self.bind_range(binder);
        let result: Vec<PlanColumn> = list
            .columns
            .iter()
            .enumerate()
            .map(|(i, (c, _))| match i < keys {
                true => c.clone(),
                false => PlanColumn { ty: Type::Dynamic, shape: Shape::Any, nullable: true, ..c.clone() },
            })
            .collect();
        let Some((axis, on)) = list.columns.pop() else { return refused(op, result, "it has no axis") };
        let Some(range) = range.over(binder, on.ty) else {
            let why = "its axis must be a datetime, timespan or number, with ends of the same type and steps to match";
            return refused(op, result, why);
        };
        let fits =
            |ty: Type| matches!(ty, Type::Int | Type::Long | Type::Real | Type::Timespan | Type::Unknown);
        if !list.columns[keys..].iter().all(|(c, _)| fits(c.ty)) {
            return refused(op, result, "its aggregates must be numbers or timespans");
        }
        let nonempty = op
            .parameter("kind")
            .is_some_and(|p| matches!(&p.value.kind, ExprKind::Name { name, .. } if name == "nonempty"));
        if nonempty && (range.from.is_none() || range.to.is_none()) {
            return refused(op, result, "with kind=nonempty it needs an axis with both ends");
        }
        // Whole numbers are counted alike.
        let on = if on.ty == Type::Int { binder.conversion(on, Type::Long) } else { on };
        let axis = PlanColumn { ty: on.ty, ..axis };
        let series = Series { keys, result, axis, on, range, nonempty, span: op.keyword };
        series.build(binder, input, list.columns, &defaults)
    }

    fn bind_range(&self, binder: &mut Binder) -> Axis {
        let mut scalar = |e: &Expr| binder.scalar(e);
        match &self.range {
            SeriesRange::FromToStep { from, to, step } => Axis {
                from: from.as_deref().map(&mut scalar),
                to: to.as_deref().map(&mut scalar),
                step: scalar(step),
                inclusive: false,
            },
            SeriesRange::InRange(start, stop, step) => Axis {
                from: Some(scalar(start)),
                to: Some(scalar(stop)),
                step: scalar(step),
                inclusive: true,
            },
        }
    }
}

/// The axis of a series, bound.
struct Axis {
    from: Option<Bound>,
    to: Option<Bound>,
    step: Bound,
    /// `in range(…)`: `to` is part of it, and the bins begin where `bin()` has them.
    inclusive: bool,
}

impl Axis {
    /// The axis over values of that type, whole numbers as `long`; `None` where its parts are of others.
    fn over(self, binder: &mut Binder, ty: Type) -> Option<Axis> {
        let step_type = match ty {
            Type::DateTime | Type::Timespan => Type::Timespan,
            Type::Int | Type::Long | Type::Real => ty,
            Type::String | Type::Bool | Type::Guid => {
                binder.report(messages::no_interval(self.step.span, ty, self.step.ty));
                return None;
            }
            _ => return None,
        };
        let wide = if ty == Type::Int { Type::Long } else { ty };
        let fits = |from: Type, to: Type| {
            from == to
                || matches!((from, to), (Type::Int, Type::Long | Type::Real) | (Type::Long, Type::Real))
        };
        let mut ok = true;
        for end in [&self.from, &self.to].into_iter().flatten().filter(|end| !fits(end.ty, ty)) {
            ok = false;
            if end.ty != Type::Unknown {
                binder.report(messages::must_have_type(end.span, &[ty], end.ty));
            }
        }
        if !fits(self.step.ty, step_type) {
            ok = false;
            if self.step.ty != Type::Unknown {
                binder.report(messages::no_interval(self.step.span, ty, self.step.ty));
            }
        }
        let mut end = |end: Option<Bound>| end.map(|e| binder.conversion(e, wide));
        let (from, to) = (end(self.from), end(self.to));
        let step_type = if step_type == Type::Int { wide } else { step_type };
        ok.then(|| Axis {
            from,
            to,
            step: binder.conversion(self.step, step_type),
            inclusive: self.inclusive,
        })
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
    range: Axis,
    /// Whether there is a series even where there are no rows.
    nonempty: bool,
    span: Span,
}

/// Puts values in their places: `(places, values, first place, last place, step, default)`. The places are ticks
/// or numbers.
static PLACE: Function = Function {
    name: "make-series",
    overloads: &[overload(&[], Returns::Type(Type::Dynamic), Lower::Udf("kql_make_series"))],
    ..Function::BASE
};

impl Series {
    /// The aggregates by bins of the axis; then for each group their list, with a default in each place that no
    /// bin takes.
    fn build(
        self,
        binder: &mut Binder,
        input: Rel,
        columns: Vec<(PlanColumn, Bound)>,
        defaults: &[Option<Bound>],
    ) -> Rel {
        let span = self.span;
        let within = self.within(binder, input);
        let bin = self.bin(binder, self.on.clone());
        let (mut point_columns, values): (Vec<PlanColumn>, Vec<Bound>) = columns.into_iter().unzip();
        let mut values = values.into_iter();
        let mut keys: Vec<Bound> = values.by_ref().take(self.keys).collect();
        keys.push(bin);
        let aggregates: Vec<Bound> = values.collect();
        let value_columns = point_columns.split_off(self.keys);
        let key_columns = point_columns.clone();
        point_columns.push(self.axis.clone());
        point_columns.extend(value_columns.iter().map(|c| PlanColumn { nullable: true, ..c.clone() }));
        let node = Node::Aggregate { input: within, keys, aggregates };
        let points = Rel::new(node, point_columns, Order::default());
        // For each group: where its bins are, and its values there.
        let hidden = |name: &str, ty: Type| {
            let mut name = name.to_owned();
            while self.result.iter().any(|c| c.name == name) {
                name.push('_');
            }
            PlanColumn::new(name, ty, true)
        };
        let axis = self.axis.reference(span);
        let order = vec![SortKey { value: axis.clone(), descending: false, nulls_first: true }];
        let (places, first, last) = (
            hidden("places", Type::Dynamic),
            hidden("first_place", self.axis.ty),
            hidden("last_place", self.axis.ty),
        );
        let place = place(binder, axis.clone());
        let mut list_columns = key_columns.clone();
        let mut list_keys: Vec<Bound> = key_columns.iter().map(|c| c.reference(span)).collect();
        if self.keys == 0 && !self.nonempty {
            // Groups by a constant: none where there are no rows.
            list_columns.push(hidden("any", Type::Long));
            list_keys.push(Bound::literal(Literal::Long(1), span));
        }
        let lists =
            value_columns.iter().map(|c| PlanColumn { ty: Type::Dynamic, shape: Shape::Any, ..c.clone() });
        list_columns.extend([places.clone(), first.clone(), last.clone()].into_iter().chain(lists));
        let mut aggregates = vec![
            aggregate("make_list", place, Type::Dynamic, order.clone()),
            aggregate("min", axis.clone(), axis.ty, vec![]),
            aggregate("max", axis.clone(), axis.ty, vec![]),
        ];
        aggregates.extend(
            value_columns
                .iter()
                .map(|c| aggregate("make_list_with_nulls", c.reference(span), Type::Dynamic, order.clone())),
        );
        let node = Node::Aggregate { input: points, keys: list_keys, aggregates };
        let groups = Rel::new(node, list_columns, Order::default());
        // The arrays.
        let first = match self.range.from.clone() {
            Some(from) if self.range.inclusive => self.bin(binder, from),
            Some(from) => from,
            None => first.reference(span),
        };
        let last = self.last(binder, last.reference(span));
        let (start, end) = (self::place(binder, first.clone()), self::place(binder, last.clone()));
        let step = self::place(binder, self.range.step.clone());
        let mut values: Vec<Bound> = key_columns.iter().map(|c| c.reference(span)).collect();
        for (i, c) in value_columns.iter().enumerate() {
            let default = self.default(binder, defaults.get(i).cloned().flatten(), c.ty);
            let list = PlanColumn { ty: Type::Dynamic, shape: Shape::Any, ..c.clone() }.reference(span);
            let args = vec![places.reference(span), list, start.clone(), end.clone(), step.clone(), default];
            let kind = BoundKind::Call { function: &PLACE, overload: 0, args };
            values.push(Bound { kind, ty: Type::Dynamic, span });
        }
        values.push(binder.call_by_name("range", vec![first, last, self.range.step.clone()], span));
        Rel::new(Node::Project { input: groups, values }, self.result, Order::default())
    }

    /// The rows within the axis.
    fn within(&self, binder: &mut Binder, input: Rel) -> Rel {
        let span = self.span;
        let mut terms = Vec::new();
        if let Some(from) = &self.range.from {
            let from = if self.range.inclusive { self.bin(binder, from.clone()) } else { from.clone() };
            terms.push(binder.operator(">=", vec![self.on.clone(), from], span, span));
        }
        if let Some(to) = &self.range.to {
            let (on, op) = match self.range.inclusive {
                true => (self.bin(binder, self.on.clone()), "<="),
                false => (self.on.clone(), "<"),
            };
            terms.push(binder.operator(op, vec![on, to.clone()], span, span));
        }
        if terms.is_empty() {
            terms.push(binder.call_by_name("isnotnull", vec![self.on.clone()], span));
        }
        let both = terms.into_iter().reduce(|a, b| binder.operator("and", vec![a, b], span, span));
        let Some(predicate) = both else { return input };
        input.within(|input| Node::Filter { input, predicate })
    }

    /// The bin that a value falls into.
    fn bin(&self, binder: &mut Binder, value: Bound) -> Bound {
        let step = self.range.step.clone();
        match &self.range.from {
            Some(from) if !self.range.inclusive => {
                binder.call_by_name("bin_at", vec![value, step, from.clone()], self.span)
            }
            _ => binder.call_by_name("bin", vec![value, step], self.span),
        }
    }

    /// The greatest value that a point may have; `found` is the last bin with rows.
    fn last(&self, binder: &mut Binder, found: Bound) -> Bound {
        let span = self.span;
        let Some(to) = self.range.to.clone() else { return found };
        let before = match (self.range.inclusive, to.ty) {
            (true, _) => return to,
            (false, Type::Long) => Bound::literal(Literal::Long(1), span),
            // What rounding puts just below the end is the end.
            (false, Type::Real) => {
                let tiny = Bound::literal(Literal::Real(1e-6), span);
                binder.operator("*", vec![self.range.step.clone(), tiny], span, span)
            }
            (false, _) => Bound::literal(Literal::Timespan(1), span),
        };
        binder.operator("-", vec![to, before], span, span)
    }

    /// What stands in a place that has no rows: 0, unless the query says otherwise.
    fn default(&self, binder: &mut Binder, given: Option<Bound>, ty: Type) -> Bound {
        let default = given.unwrap_or_else(|| {
            let zero = if ty == Type::Timespan { Literal::Timespan(0) } else { Literal::Long(0) };
            Bound::literal(zero, self.span)
        });
        let whole = matches!(default.ty, Type::Int | Type::Long);
        let default = if whole && ty == Type::Real { binder.conversion(default, ty) } else { default };
        binder.conversion(default, Type::Dynamic)
    }
}

/// A value of the axis, or a distance, as a number: ticks, or the number itself.
fn place(binder: &mut Binder, value: Bound) -> Bound {
    let span = value.span;
    match value.ty {
        Type::DateTime => {
            let epoch = Bound::literal(Literal::DateTime(crate::time::UNIX_EPOCH), span);
            let since = binder.operator("-", vec![value, epoch], span, span);
            binder.conversion(since, Type::Long)
        }
        Type::Timespan => binder.conversion(value, Type::Long),
        _ => value,
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
