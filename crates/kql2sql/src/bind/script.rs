//! Statements.

use std::collections::HashSet;
use std::rc::Rc;

use super::scope::Binding;
use super::{Binder, Value};
use crate::Render;
use crate::diagnostics::{binding as messages, messages as syntax_messages};
use crate::plan::{Expr, Node, Order, PlanColumn, Rel, Shared};
use crate::span::Span;
use crate::syntax::ast::{self, LetValue, Literal, ParameterType, StatementKind};
use crate::topics::{ALIAS, RESTRICT, Topic};
use crate::types::Type;

impl Binder<'_> {
    /// Binds all statements; the results are those of the tabular ones.
    pub(super) fn bind_script(&mut self, script: &ast::Script) -> Vec<(Rel, Option<Render>)> {
        self.report_redeclared(std::iter::empty(), script);
        let mut results = Vec::new();
        for statement in &script.statements {
            self.top = matches!(statement.kind, StatementKind::Query(_));
            let done = self.statement(statement);
            let more = std::mem::take(&mut self.more_results);
            if let Some((value, _)) = done {
                let rel = match value {
                    Value::Table(rel) => rel,
                    Value::Scalar(value) if value.ty == Type::Unknown => continue,
                    Value::Scalar(value) => scalar_result(value),
                };
                results.push((self.at_most(rel), self.render.take()));
                results.extend(more.into_iter().map(|rel| (self.at_most(rel), None)));
            }
        }
        results
    }

    /// Reports the names that statements of the script declare although they, or the parameters around, did so before.
    fn report_redeclared<'s>(&mut self, parameters: impl Iterator<Item = &'s str>, script: &'s ast::Script) {
        let mut declared: HashSet<&str> = parameters.collect();
        for statement in &script.statements {
            match &statement.kind {
                StatementKind::Let { name, .. } if !declared.insert(&name.text) => {
                    self.report(messages::already_declared(name.span, &name.text));
                }
                StatementKind::QueryParameters(parameters) => {
                    declared.extend(parameters.iter().map(|p| p.name.text.as_str()));
                }
                _ => {}
            }
        }
    }

    /// Binds the body of a function: its value is that of the last statement.
    pub(super) fn body(&mut self, script: &ast::Script, span: Span) -> Value {
        let mut result = Value::Scalar(Expr::error(span));
        for statement in &script.statements {
            if let Some((value, _)) = self.statement(statement) {
                result = value;
            }
        }
        result
    }

    /// Binds one statement; a query has a value.
    fn statement(&mut self, statement: &ast::Statement) -> Option<(Value, Span)> {
        match &statement.kind {
            StatementKind::Query(e) => return Some((self.value(e), statement.span)),
            StatementKind::Let { name, value } => self.let_statement(name, value),
            StatementKind::Set { name, value } => {
                // Some properties have names for values: they steer Kusto's own engine.
                if value.as_ref().is_none_or(|v| !matches!(v.kind, ast::ExprKind::Name { .. })) {
                    let value = value.as_ref().map(|v| self.scalar(v));
                    self.set_property(name, value);
                }
            }
            StatementKind::QueryParameters(parameters) => {
                for parameter in parameters {
                    self.query_parameter(parameter);
                }
            }
            StatementKind::Pattern(pattern) => {
                let binding = Binding::Pattern(Rc::new(pattern.clone()), self.env.clone());
                self.env = self.env.with(pattern.name.text.clone(), binding);
            }
            StatementKind::Alias { name, .. } => self.refuse_statement(&ALIAS, "alias database", name.span),
            StatementKind::Restrict(_) => self.refuse_statement(&RESTRICT, "restrict access", statement.span),
        }
        None
    }

    fn refuse_statement(&mut self, topic: &Topic, name: &str, span: Span) {
        let why = topic.refused.unwrap_or_default();
        self.report(syntax_messages::unsupported(span, name, why));
    }

    fn let_statement(&mut self, name: &ast::Name, value: &LetValue) {
        let binding = match value {
            LetValue::Function(function) => {
                let function = Rc::new(function.clone());
                self.check_function(&function);
                Binding::Function(function, self.env.clone())
            }
            LetValue::Expr(e) => match self.value(e) {
                Value::Scalar(value) => Binding::Scalar(self.within_height(value, e.span)),
                Value::Table(rel) => Binding::Table(self.share(&name.text, rel)),
            },
        };
        self.env = self.env.with(name.text.clone(), binding);
    }

    /// Gives a relation a name, so that it is written (and can be computed) once.
    pub(crate) fn share(&mut self, name: &str, rel: Rel) -> Rel {
        let reference = Rel {
            node: Rc::new(Node::Shared(self.shared.len())),
            columns: rel.columns.clone(),
            order: rel.order.clone(),
            open: rel.open,
        };
        self.note_shared(&rel);
        self.shared.push(Shared { name: name.to_owned(), rel });
        reference
    }

    /// Whether a shared relation has a hidden column of that name: that of a sub-query, which those within it must not take.
    pub(crate) fn is_shared_column(&self, name: &str) -> bool {
        self.shared.iter().any(|shared| shared.rel.columns.iter().any(|c| c.hidden && c.name == *name))
    }

    /// The relation that a shared one stands for.
    pub(crate) fn shared_rel<'r>(&'r self, rel: &'r Rel) -> &'r Rel {
        match &*rel.node {
            Node::Shared(i) => self.shared.get(*i).map_or(rel, |shared| self.shared_rel(&shared.rel)),
            _ => rel,
        }
    }

    /// Whether the rows may be others each time that they are computed: values are drawn, or some rows are taken.
    pub(super) fn may_change(&self, rel: &Rel) -> bool {
        match &*rel.node {
            Node::Shared(i) => self.shared.get(*i).is_some_and(|shared| self.may_change(&shared.rel)),
            Node::Limit { .. } => true,
            _ => {
                crate::rewrite::exprs(rel).any(Expr::is_volatile)
                    || crate::rewrite::inputs(rel).any(|input| self.may_change(input))
            }
        }
    }

    /// Remembers that `as` named the relation.
    pub(crate) fn note_as(&mut self, rel: &Rel) {
        if let Node::Shared(i) = &*rel.node {
            self.named_by_as.push(*i);
        }
    }

    /// The name that `as` gave the shared relation.
    pub(crate) fn as_name(&self, shared: usize) -> Option<String> {
        self.named_by_as.contains(&shared).then(|| self.shared[shared].name.clone())
    }

    /// Binds the body of a function once with parameters of the declared types, so that its errors are
    /// found though it may never be called.
    fn check_function(&mut self, function: &Rc<ast::Function>) {
        let before = self.diagnostics.len();
        let shared = self.shared.len();
        let mut env = self.env.clone();
        for parameter in &function.parameters {
            let at = parameter.name.span;
            let binding = match &parameter.ty {
                ParameterType::Scalar(ty) => {
                    let ty = self.type_named(ty);
                    Binding::Scalar(Expr { ty, ..Expr::error(at) })
                }
                ParameterType::Table(Some(columns)) => {
                    let columns = columns
                        .iter()
                        .map(|c| PlanColumn::new(c.name.text.clone(), self.type_named(&c.ty), true))
                        .collect();
                    // A table may have more columns than the parameter asks for.
                    Binding::Table(Rel::new(Node::Values(vec![]), columns, Order::default()))
                }
                // Any column may be there.
                ParameterType::Table(None) => Binding::Table(super::table::unknown_table()),
            };
            env = env.with(parameter.name.text.clone(), binding);
        }
        let outer = std::mem::replace(&mut self.env, env);
        let rows = std::mem::take(&mut self.rows);
        let checking = std::mem::replace(&mut self.checking, true);
        self.defining(|b| b.body(&function.body, function.span));
        self.rows = rows;
        self.env = outer;
        self.shared.truncate(shared);
        self.checking = checking;
        // What depends on the arguments is known only at the call.
        let kept: Vec<_> = self
            .diagnostics
            .drain(before..)
            .filter(|d| matches!(d.code, "KS142" | "KS204" | "KS211" | "KS160" | "KS109"))
            .collect();
        self.diagnostics.extend(kept);
        self.report_redeclared(function.parameters.iter().map(|p| p.name.text.as_str()), &function.body);
    }

    fn query_parameter(&mut self, parameter: &ast::Parameter) {
        let ParameterType::Scalar(ty) = &parameter.ty else {
            self.report(messages::scalar_expected(parameter.name.span));
            return;
        };
        let ty = self.type_named(ty);
        let given = self.options.parameters.iter().find(|(n, _)| *n == parameter.name.text);
        let value = match (given, &parameter.default) {
            (Some((_, text)), _) => {
                let literal = match ty {
                    Type::String => Some(Literal::String(text.clone())),
                    _ => parse_parameter(text, ty),
                };
                match literal {
                    Some(literal) => Expr::literal(literal, parameter.name.span),
                    None => {
                        let name = &parameter.name;
                        self.report(messages::parameter_value(name.span, &name.text, text, ty));
                        Expr { ty, ..Expr::error(parameter.name.span) }
                    }
                }
            }
            (None, Some(default)) => self.scalar(default),
            (None, None) => {
                self.report(messages::parameter_missing(parameter.name.span, &parameter.name.text));
                Expr { ty, ..Expr::error(parameter.name.span) }
            }
        };
        self.env = self.env.with(parameter.name.text.clone(), Binding::Scalar(value));
    }
}

/// The value of a query parameter, written as a KQL literal or as the bare text of one.
fn parse_parameter(text: &str, ty: Type) -> Option<Literal> {
    let literal_of = |source: &str| {
        let parsed = crate::syntax::parse(source);
        if !parsed.diagnostics.is_empty() {
            return None;
        }
        match parsed.script.statements.into_iter().next()?.kind {
            StatementKind::Query(ast::Expr { kind: ast::ExprKind::Literal(l), .. }) if l.ty() == ty => {
                Some(l)
            }
            _ => None,
        }
    };
    literal_of(text).or_else(|| literal_of(&format!("{}({text})", ty.name())))
}

/// A query that is a single value: a table with one row.
pub(super) fn scalar_result(value: Expr) -> Rel {
    let one = Rel::new(Node::Values(vec![vec![]]), vec![], Order::default());
    let column = PlanColumn::new("print_0", value.ty, true);
    Rel::new(Node::Project { input: one, values: vec![value] }, vec![column], Order::default())
}
