//! `scan`: Matches sequences of steps over ordered rows.

use std::rc::Rc;

use crate::bind::Binder;
use crate::bind::overload::promotable;
use crate::bind::projection::{free_name, project};
use crate::bind::{RowScope, Rows};
use crate::diagnostics::{binding, messages};
use crate::operation::{Setting, Task};
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form, parameter};
use crate::operators::sort;
use crate::plan::{
    ColumnName, Expr as Bound, ExprKind as BoundKind, Formulas, Node, Operation, Order, PlanColumn, Rel,
    SortKey,
};
use crate::span::Span;
use crate::syntax::ast::{Expr, ExprKind, Literal, Name, Operator, Ordered, Parameter, ParameterType};
use crate::syntax::names::NameUse;
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// The entry of `scan`.
pub(super) const SCAN: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Scan],
    doc: "Matches sequences of steps over ordered rows.",
    page: "scan-operator",
    place: Place::Piped,
    parameters: Some(&[parameter("kind", &["partial", "full"]), parameter("with_match_id", &[])]),
    form: Some(form(
        "scan [with_match_id = Column] [declare (Column: type = Value, …)] with (step Name [output = all | last | none]: Condition [=> Column = Expression, …]; …)",
        "range x from 1 to 3 step 1 | serialize | scan declare (total: long = 0) with (step s: true => total = x + s.total;) | top 1 by x",
        "[3, 6]",
    )),
    refused: None,
    parse: Scan::parse,
};

/// Matches sequences of steps over ordered rows.
#[derive(Debug, Clone)]
pub struct Scan {
    /// `declare (name:type = default, …)`
    pub declare: Vec<Parameter>,
    /// `order by …`
    pub order_by: Vec<Ordered>,
    /// `partition by …`
    pub partition_by: Vec<Expr>,
    /// The steps.
    pub steps: Vec<ScanStep>,
}

/// `step name [optional] [output=all|last|none]: condition => column = value, …;`
#[derive(Debug, Clone)]
pub struct ScanStep {
    /// Its name.
    pub name: Name,
    /// `optional`
    pub optional: bool,
    /// `output=…`
    pub output: Option<Name>,
    /// When the step matches.
    pub condition: Expr,
    /// What is assigned then.
    pub assignments: Vec<(Name, Expr)>,
}

impl Scan {
    /// `scan declare (…) with (step name: condition => column = value; …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let end = |p: &Parser| {
            p.at_any(&[
                TokenKind::Partition,
                TokenKind::Order,
                TokenKind::By,
                TokenKind::Declare,
                TokenKind::With,
            ])
        };
        let mut order_by = Vec::new();
        if p.eat(TokenKind::Order) {
            p.expect(TokenKind::By);
            order_by = sort::keys(p, List::SOME.until(end));
        }
        let mut partition_by = Vec::new();
        if p.eat(TokenKind::Partition) {
            p.expect(TokenKind::By);
            partition_by =
                p.comma_list(List::SOME.until(end), Parser::unnamed_expression, Parser::missing_expression);
        }
        let mut declare = Vec::new();
        if p.eat(TokenKind::Declare) && p.expect(TokenKind::OpenParen) {
            declare = p.comma_list(List::ANY, Parser::parameter, Parser::missing_parameter);
            p.expect(TokenKind::CloseParen);
        }
        p.expect(TokenKind::With);
        let mut steps = Vec::new();
        if p.expect(TokenKind::OpenParen) {
            while p.at(TokenKind::Step) {
                steps.push(Self::step(p));
            }
            p.expect(TokenKind::CloseParen);
        }
        OperatorKind::Scan(Scan { declare, order_by, partition_by, steps })
    }

    /// `step name optional output=all: condition => column = value, …;`
    fn step(p: &mut Parser) -> ScanStep {
        p.bump();
        let name = p.required_name(NameUse::Declared);
        let optional = p.eat(TokenKind::Optional);
        let output = if p.eat(TokenKind::Output) {
            p.expect(TokenKind::Equal);
            p.expect_word(&["all", "last", "none"])
        } else {
            None
        };
        p.expect(TokenKind::Colon);
        let condition = p.required_unnamed_expression();
        let mut assignments = Vec::new();
        if p.eat(TokenKind::FatArrow) {
            assignments = p.comma_list(
                List::SOME,
                |p| {
                    let name = p.name(NameUse::Declared)?;
                    p.expect(TokenKind::Equal);
                    Some((name, p.required_unnamed_expression()))
                },
                |p| (p.missing_name(), p.error_expression()),
            );
        }
        p.expect(TokenKind::Semicolon);
        ScanStep { name, optional, output, condition, assignments }
    }
}

impl Scan {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel, op: &Operator) -> Rel {
        let mut input = input;
        if !self.order_by.is_empty() {
            let keys = binder.sort_keys(&input, &self.order_by);
            input = sort::with_order(input, keys);
        }
        if !input.order.serialized {
            binder.report(binding::scan_of_unsorted(op.keyword));
            input.order.serialized = true;
        }
        let span = op.keyword;
        let partition: Vec<Bound> =
            self.partition_by.iter().map(|e| binder.scalar_over(RowScope::of(&input), e)).collect();
        let declared = self.declared(binder);
        let match_id = op.parameter("with_match_id").and_then(|p| match &p.value.kind {
            ExprKind::Name { name, .. } => Some(name.clone()),
            ExprKind::Literal(Literal::String(name)) => Some(name.clone()),
            _ => None,
        });
        if match_id.is_some() && !partition.is_empty() {
            let why = "with 'partition by' it is not documented what it counts; write 'partition … (scan …)'";
            binder.report(messages::unsupported(span, "with_match_id", why));
        }
        let builder =
            Builder { span, declared, step_names: self.steps.iter().map(|s| s.name.text.clone()).collect() };
        let steps = builder.steps(binder, &input, &self.steps);
        builder.build(input, steps, partition, match_id)
    }

    /// The columns of `declare` with their defaults.
    fn declared(&self, binder: &mut Binder) -> Vec<(PlanColumn, Bound)> {
        let mut declared = Vec::new();
        for parameter in &self.declare {
            let at = parameter.name.span;
            let ty = match &parameter.ty {
                ParameterType::Scalar(ty) => binder.type_named(ty),
                ParameterType::Table(_) => Type::Unknown,
            };
            let default = match &parameter.default {
                Some(e) => binder.scalar(e),
                None => Bound::literal(Literal::Null(ty), at),
            };
            let column = PlanColumn::new(parameter.name.text.clone(), ty, true);
            declared.push((column, assigned(binder, default, ty)));
        }
        declared
    }
}

/// A value for a column of that type.
fn assigned(binder: &mut Binder, value: Bound, ty: Type) -> Bound {
    if value.ty == ty || value.ty == Type::Unknown || ty == Type::Unknown {
        return value;
    }
    if ty == Type::Dynamic || promotable(value.ty, ty) || value.ty == Type::Dynamic {
        return binder.conversion(value, ty);
    }
    binder.report(binding::type_expected(value.span, &[ty], value.ty));
    Bound::error(value.span)
}

/// A step with its formulas bound.
struct Step {
    output: &'static str,
    condition: Bound,
    assignments: Vec<(String, Bound)>,
}

/// Makes the operation of bound steps.
struct Builder {
    span: Span,
    declared: Vec<(PlanColumn, Bound)>,
    step_names: Vec<String>,
}

/// The name under which a formula reads a column in the state of a step.
fn state_column(step: usize, column: &str) -> String {
    format!("$step{step}.{column}")
}

/// The step and the column whose state a formula reads under that name.
fn state_of(name: &str) -> Option<(usize, &str)> {
    let (step, column) = name.strip_prefix("$step")?.split_once('.')?;
    Some((step.parse().ok()?, column))
}

impl Builder {
    /// The rows that the formulas of a step see: the record, the defaults of the declared columns, and the state of
    /// each step under its name.
    fn steps(&self, binder: &mut Binder, input: &Rel, steps: &[ScanStep]) -> Vec<Step> {
        let mut columns: Vec<PlanColumn> = input.visible().cloned().collect();
        columns.retain(|c| !self.declared.iter().any(|(d, _)| d.name == c.name));
        columns.extend(self.declared.iter().map(|(c, _)| c.clone()));
        let state = |step: usize| {
            let column =
                |c: &PlanColumn| (c.name.clone(), PlanColumn::new(state_column(step, &c.name), c.ty, true));
            columns.iter().map(column).collect::<Vec<_>>()
        };
        let states = self.step_names.iter().enumerate().map(|(i, name)| (name.clone(), state(i))).collect();
        let scope = RowScope::from(Rows { columns: Rc::new(columns.clone()), states, ..Rows::default() });
        let mut bound = Vec::new();
        for (k, step) in steps.iter().enumerate() {
            if step.optional {
                let why = "what it does is not documented; write two scans";
                binder.report(messages::unsupported(step.name.span, "optional", why));
            }
            if self.step_names[..k].contains(&step.name.text) {
                binder.report(binding::already_declared(step.name.span, &step.name.text));
            }
            let condition = binder.predicate_over(scope.clone(), &step.condition);
            let mut assignments: Vec<(String, Bound)> = Vec::new();
            for (name, value) in &step.assignments {
                let value = binder.scalar_over(scope.clone(), value);
                let declared = self.declared.iter().find(|(c, _)| c.name == name.text).map(|(c, _)| c);
                let Some(column) = declared.or_else(|| input.visible().find(|c| c.name == name.text)) else {
                    let names = columns.iter().map(|c| c.name.as_str());
                    binder.report(binding::unknown_name(name.span, &name.text, "column", names));
                    continue;
                };
                if assignments.iter().any(|(n, _)| *n == name.text) {
                    binder.report(binding::duplicate_column(name.span, &name.text));
                    continue;
                }
                assignments.push((name.text.clone(), assigned(binder, value, column.ty)));
            }
            let output = match step.output.as_ref().map(|o| o.text.as_str()) {
                Some("last") => "last",
                Some("none") => "none",
                _ => "all",
            };
            let mut step = Step { output, condition, assignments };
            step.formulas_mut().for_each(|e| self.resolve(binder, e, k));
            bound.push(step);
        }
        bound
    }

    /// Puts the defaults in place of declared columns, and nothing in place of the state of later steps.
    fn resolve(&self, binder: &mut Binder, e: &mut Bound, step: usize) {
        if e.any(&|e| {
            matches!(e.kind, BoundKind::Subquery(_) | BoundKind::SubqueryArray(_) | BoundKind::InTable { .. })
        }) {
            let why =
                "a step cannot ask another table; name the value with 'let' or join it to the rows before";
            binder.report(messages::unsupported(e.span, "a sub-query in a step", why));
        }
        self.replace(e, step);
    }

    fn replace(&self, e: &mut Bound, step: usize) {
        if let BoundKind::Column(name, _) = &e.kind {
            if let Some((_, default)) = self.declared.iter().find(|(c, _)| c.name == *name) {
                *e = Bound { span: e.span, ..default.clone() };
            } else if state_of(name).is_some_and(|(of, _)| of > step) {
                *e = Bound::literal(Literal::Null(e.ty), e.span);
            }
            return;
        }
        for child in e.children_mut() {
            self.replace(child, step);
        }
    }

    fn build(
        &self,
        input: Rel,
        mut steps: Vec<Step>,
        partition: Vec<Bound>,
        match_id: Option<String>,
    ) -> Rel {
        let span = self.span;
        let serialized = Order { keys: vec![], serialized: true };
        let mut columns: Vec<PlanColumn> = input.visible().cloned().collect();
        columns.retain(|c| !self.declared.iter().any(|(d, _)| d.name == c.name));
        let passed = columns.clone();
        // A column of the records that some step assigns keeps the record's value in the others.
        let assigned = |c: &PlanColumn, step: &Step| step.assignments.iter().any(|(n, _)| *n == c.name);
        let updated: Vec<PlanColumn> =
            passed.iter().filter(|c| steps.iter().any(|s| assigned(c, s))).cloned().collect();
        for step in &mut steps {
            for column in &updated {
                if !assigned(column, step) {
                    step.assignments.push((column.name.to_string(), column.reference(span)));
                }
            }
        }

        // What depends on the record alone is computed with the record, for all of them at once.
        let mut list: Vec<(PlanColumn, Bound)> =
            input.visible().map(|c| (c.clone(), c.reference(span))).collect();
        let mut computed = |value: Bound| {
            let column = PlanColumn::new(format!("$value_{}", list.len()), value.ty, true);
            let reference = column.reference(value.span);
            list.push((column, value));
            reference
        };
        let mut keys = Vec::new();
        for key in partition {
            keys.push(if key.as_column().is_some() { key } else { computed(key) });
        }
        steps.iter_mut().flat_map(Step::formulas_mut).for_each(|e| lift(e, &mut computed));
        let input = project(input, list).exposed();

        let outputs = steps.iter().map(|s| Setting::text(s.output)).collect();
        let mut values: Vec<(ColumnName, Bound)> = Vec::new();
        for (column, default) in &self.declared {
            values.push((format!("default.{}", column.name).into(), default.clone()));
        }
        for column in &updated {
            values.push((
                format!("default.{}", column.name).into(),
                Bound::literal(Literal::Null(column.ty), span),
            ));
        }
        for (k, step) in steps.into_iter().enumerate() {
            values.push((k.to_string().into(), step.condition));
            values.extend(
                step.assignments.into_iter().map(|(name, value)| (format!("{k}.{name}").into(), value)),
            );
        }
        let mut reads: Vec<ColumnName> = keys.iter().filter_map(|k| k.as_column().cloned()).collect();
        let mut state: Vec<(usize, String)> = Vec::new();
        let mut rows: Vec<PlanColumn> = Vec::new();
        let all_columns = || passed.iter().chain(self.declared.iter().map(|(c, _)| c));
        for (_, value) in &values {
            value.for_each_column(&mut |name| {
                if rows.iter().any(|c| c.name == *name) {
                    return;
                }
                if let Some(column) = input.column(name) {
                    reads.push(name.clone());
                    rows.push(column.clone());
                } else if let Some((step, of)) = state_of(name)
                    && let Some(column) = all_columns().find(|c| c.name == of)
                {
                    // The state keeps what the record had.
                    if input.column(of).is_some() {
                        reads.push(of.into());
                    }
                    rows.push(PlanColumn::new(name, column.ty, true));
                    state.push((step, of.to_owned()));
                }
            });
        }

        let sequence = free_name(&input.columns, "scan");
        let declared = self.declared.iter().map(|(c, _)| c).chain(&updated).map(|c| c.name.clone());
        let state = state.iter().map(|(step, column)| {
            Setting::List(vec![
                Setting::Literal(Literal::Long(*step as i64)),
                Setting::Column(column.clone()),
            ])
        });
        let mut task = Task::new("scan")
            .with("steps", Setting::List(outputs))
            .with("declared", Setting::columns(declared))
            .with("state", Setting::List(state.collect()))
            .with("partition", Setting::columns(keys.iter().filter_map(Bound::as_column)))
            .with("sequence", Setting::Column(sequence.to_string()));
        columns.extend(self.declared.iter().map(|(c, _)| c.clone()));
        if let Some(name) = match_id {
            task = task.with("match_id", Setting::Column(name.clone()));
            columns.push(PlanColumn::new(name, Type::Long, false));
        }
        let number = PlanColumn { hidden: true, ..PlanColumn::new(sequence, Type::Long, false) };
        let key = SortKey { value: number.reference(span), descending: false, nulls_first: true };
        columns.push(number);
        let operation = Operation {
            task,
            inputs: vec![input],
            in_order: true,
            reads: Some(reads),
            formulas: Some(Formulas { columns: rows, values }),
            span,
        };
        let order = Order { keys: vec![key], ..serialized };
        Rel::new(Node::Operation(Box::new(operation)), columns, order)
    }
}

impl Step {
    fn formulas_mut(&mut self) -> impl Iterator<Item = &mut Bound> {
        std::iter::once(&mut self.condition).chain(self.assignments.iter_mut().map(|(_, value)| value))
    }
}

/// Hands the largest parts of an expression that read no state to `computed`, which gives the columns that hold them.
fn lift(e: &mut Bound, computed: &mut dyn FnMut(Bound) -> Bound) {
    if matches!(e.kind, BoundKind::Column(..) | BoundKind::Literal(_)) {
        return;
    }
    let reads_state = |e: &Bound| matches!(&e.kind, BoundKind::Column(name, _) if state_of(name).is_some());
    if !e.any(&reads_state) {
        *e = computed(e.clone());
        return;
    }
    for child in e.children_mut() {
        lift(child, computed);
    }
}
