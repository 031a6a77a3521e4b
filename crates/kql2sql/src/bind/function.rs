//! Calls of the query's own functions and of stored ones: the body with the arguments in place of the parameters.

use std::rc::Rc;

use super::fold::cast;
use super::scope::{Binding, Env};
use super::{Binder, Value};
use crate::diagnostics::binding as messages;
use crate::plan::Expr;
use crate::span::Span;
use crate::syntax::ast;
use crate::types::Type;

/// Functions of the query may call each other this deep.
const MAX_EXPANSIONS: usize = 400;

/// A bound argument: its name where it has one, its value and its place.
pub(crate) type Argument = (Option<ast::Name>, Value, Span);

impl Binder<'_> {
    /// A call of a function that `let` defined: its body with the arguments in place of the parameters.
    pub(super) fn expand_function(
        &mut self,
        name: &str,
        function: &Rc<ast::Function>,
        env: &Env,
        args: &[ast::Expr],
        span: Span,
    ) -> Value {
        let values = self.call_arguments(args);
        self.expand_with(name, function, env, values, span)
    }

    /// The arguments of a call, bound, with the names of those that have one.
    pub(crate) fn call_arguments(&mut self, args: &[ast::Expr]) -> Vec<Argument> {
        args.iter()
            .map(|a| {
                let name = match &a.kind {
                    ast::ExprKind::Named { names, .. } => names.first().cloned(),
                    _ => None,
                };
                (name, self.value(a), a.span)
            })
            .collect()
    }

    /// The same with bound arguments (`invoke` passes its input).
    pub(crate) fn expand_with(
        &mut self,
        name: &str,
        function: &Rc<ast::Function>,
        env: &Env,
        values: Vec<Argument>,
        span: Span,
    ) -> Value {
        if self.expansions > MAX_EXPANSIONS {
            self.report(messages::recursion(span, name));
            return Value::Scalar(Expr::error(span));
        }
        if !self.spend(1, span) {
            return Value::Scalar(Expr::error(span));
        }
        let required = function.parameters.iter().filter(|p| p.default.is_none()).count();
        if values.len() > function.parameters.len() || values.len() < required {
            self.report(messages::argument_count(
                span,
                name,
                required,
                function.parameters.len(),
                values.len(),
            ));
            return Value::Scalar(Expr::error(span));
        }
        let mut arguments: Vec<Option<(Value, Span)>> = function.parameters.iter().map(|_| None).collect();
        for (position, (argument_name, value, at)) in values.into_iter().enumerate() {
            let slot = match &argument_name {
                Some(n) => function.parameters.iter().position(|p| p.name.text == n.text).unwrap_or(position),
                None => position,
            };
            arguments[slot] = Some((value, at));
        }
        let is_missing = |(parameter, argument): (&ast::Parameter, &Option<_>)| {
            parameter.default.is_none() && argument.is_none()
        };
        if function.parameters.iter().zip(&arguments).any(is_missing) {
            self.report(messages::argument_count_wrong(span, name));
            return Value::Scalar(Expr::error(span));
        }
        let mut inner = env.clone();
        for (parameter, argument) in function.parameters.iter().zip(arguments) {
            let binding = self.parameter_binding(parameter, argument, span);
            inner = inner.with(parameter.name.text.clone(), binding);
        }
        let outer_env = std::mem::replace(&mut self.env, inner);
        let outer_rows = std::mem::take(&mut self.rows);
        let outer_aggregates = std::mem::take(&mut self.aggregates_allowed);
        self.expansions += 1;
        let value = self.expanding(span, |b| b.body(&function.body, span));
        self.expansions -= 1;
        self.env = outer_env;
        self.rows = outer_rows;
        self.aggregates_allowed = outer_aggregates;
        value
    }

    /// What a parameter stands for in the body of its function.
    fn parameter_binding(
        &mut self,
        parameter: &ast::Parameter,
        argument: Option<(Value, Span)>,
        call: Span,
    ) -> Binding {
        match (&parameter.ty, argument) {
            (ast::ParameterType::Scalar(ty), argument) => {
                let ty = self.type_named(ty);
                let (value, at) = match argument {
                    Some((Value::Scalar(value), at)) => (value, at),
                    Some((Value::Table(_), at)) => {
                        self.report(messages::scalar_expected(at));
                        (Expr::error(at), at)
                    }
                    None => match &parameter.default {
                        Some(default) => (self.scalar(default), call),
                        None => (Expr::error(call), call),
                    },
                };
                let value = self.argument_as(value, ty, at);
                Binding::Scalar(self.within_height(value, at))
            }
            (ast::ParameterType::Table(columns), Some((Value::Table(rel), at))) => {
                for column in columns.iter().flatten() {
                    let ty = self.type_named(&column.ty);
                    if !rel
                        .visible()
                        .any(|c| c.name == column.name.text && (c.ty == ty || ty == Type::Unknown))
                    {
                        self.report(crate::diagnostics::Diagnostic::error(
                            "KS249",
                            at,
                            format!("the table lacks the column '{}' of type {ty}", column.name.text),
                        ));
                    }
                }
                Binding::Table(rel)
            }
            (ast::ParameterType::Table(_), argument) => {
                self.report(messages::table_expected(argument.map_or(call, |a| a.1)));
                Binding::Scalar(Expr::error(call))
            }
        }
    }

    /// The value, if it is not so high a tree that no stage could walk it: what names stand for is put in their place.
    pub(super) fn within_height(&mut self, value: Expr, span: Span) -> Expr {
        if crate::stack::height(&value) <= super::expr::MAX_DEPTH {
            return value;
        }
        self.report(messages::too_deep(span));
        Expr { ty: value.ty, ..Expr::error(span) }
    }

    /// An argument converted to its parameter's type, where Kusto converts it.
    fn argument_as(&mut self, value: Expr, ty: Type, at: Span) -> Expr {
        if value.ty == Type::Dynamic && ty == Type::Dynamic {
            return value.of_any_shape();
        }
        if value.ty == ty || value.ty == Type::Unknown || ty == Type::Unknown {
            return value;
        }
        if value.ty == Type::Dynamic || ty == Type::Dynamic || (value.ty.is_number() && ty.is_number()) {
            return if super::overload::promotable(value.ty, ty) {
                cast(value, ty)
            } else {
                self.conversion(value, ty)
            };
        }
        if matches!((value.ty, ty), (Type::String, _) | (_, Type::String)) {
            return self.conversion(value, ty);
        }
        self.report(messages::type_expected(at, &[ty], value.ty));
        Expr { ty, ..Expr::error(at) }
    }

    /// The type of that name; an unknown one is reported.
    pub(crate) fn type_named(&mut self, name: &ast::Name) -> Type {
        match Type::parse(&name.text) {
            Some(ty) => ty,
            None => {
                // A type that is missing was an error of the syntax.
                if !name.text.is_empty() {
                    self.report(messages::unknown_type(name.span, &name.text, Type::ALL.map(|t| t.name())));
                }
                Type::Unknown
            }
        }
    }
}
