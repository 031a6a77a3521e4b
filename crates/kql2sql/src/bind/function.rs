//! Calls of the query's own functions and of stored ones: the body with the arguments in place of the parameters.

use std::rc::Rc;

use super::fold::cast;
use super::scope::{Binding, Env};
use super::{Binder, Value};
use crate::diagnostics::binding as messages;
use crate::plan::{Expr, Rel};
use crate::span::Span;
use crate::syntax::ast;
use crate::types::Type;

/// Functions of the query may call each other this deep.
const MAX_EXPANSIONS: usize = 400;

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
        let values: Vec<Value> = args.iter().map(|a| self.value(a)).collect();
        let argument_names = args.iter().map(|a| match &a.kind {
            ast::ExprKind::Named { names, .. } => names.first().cloned(),
            _ => None,
        });
        let values: Vec<(Option<ast::Name>, Value, Span)> =
            argument_names.zip(values).zip(args).map(|((n, v), a)| (n, v, a.span)).collect();
        self.expand_with(name, function, env, values, span)
    }

    /// The same with bound arguments (`invoke` passes its input).
    pub(crate) fn expand_with(
        &mut self,
        name: &str,
        function: &Rc<ast::Function>,
        env: &Env,
        values: Vec<(Option<ast::Name>, Value, Span)>,
        span: Span,
    ) -> Value {
        if self.expansions > MAX_EXPANSIONS {
            self.report(messages::recursion(span, name));
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
        let mut inner = env.clone();
        for (parameter, argument) in function.parameters.iter().zip(arguments) {
            let binding = self.parameter_binding(parameter, argument, span);
            inner = inner.with(parameter.name.text.clone(), binding);
        }
        let outer_env = std::mem::replace(&mut self.env, inner);
        let outer_rows = std::mem::take(&mut self.rows);
        let outer_aggregates = std::mem::take(&mut self.aggregates_allowed);
        self.expansions += 1;
        let value = self.body(&function.body, span);
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
                Binding::Scalar(self.argument_as(value, ty, at))
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

    /// An argument converted to its parameter's type, where Kusto converts it.
    fn argument_as(&mut self, value: Expr, ty: Type, at: Span) -> Expr {
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
                self.report(messages::unknown_type(name.span, &name.text, Type::ALL.map(|t| t.name())));
                Type::Unknown
            }
        }
    }

    /// Binds a stored function's text and expands it; its errors are reported at the call.
    pub(super) fn stored_function(&mut self, name: &ast::Name, args: &[ast::Expr], span: Span) -> Value {
        let text = self.catalog.function(&name.text).unwrap_or_default();
        let function = match parsed_function(&text) {
            Ok(function) => function,
            Err(why) => {
                self.report(messages::stored_function(span, &name.text, &why));
                return Value::Scalar(Expr::error(span));
            }
        };
        let values: Vec<_> = args
            .iter()
            .map(|a| {
                let name = match &a.kind {
                    ast::ExprKind::Named { names, .. } => names.first().cloned(),
                    _ => None,
                };
                (name, self.value(a), a.span)
            })
            .collect();
        self.elsewhere(&name.text, span, |b| {
            b.expand_with(&name.text, &function, &Env::default(), values, span)
        })
    }

    /// The table that a text in KQL describes: how an operator or plugin is written in terms of others.
    /// `names` says what names of the text stand for. The text is ours, so an error in it is one of ours.
    pub(crate) fn composed(&mut self, name: &ast::Name, text: &str, names: Vec<(String, Binding)>) -> Rel {
        let function = match parsed_function(&format!("() {{ {text} }}")) {
            Ok(function) => function,
            Err(why) => {
                self.report(messages::stored_function(name.span, &name.text, &why));
                return super::table::unknown_table();
            }
        };
        let env = names.into_iter().fold(Env::default(), |env, (n, binding)| env.with(n, binding));
        let value = self.elsewhere(&name.text, name.span, |b| {
            b.expand_with(&name.text, &function, &env, vec![], name.span)
        });
        match value {
            Value::Table(rel) => rel,
            Value::Scalar(_) => super::table::unknown_table(),
        }
    }

    /// Binds a text from elsewhere: the places of what is reported from within do not lie in the query, so
    /// it is reported at the call.
    fn elsewhere(&mut self, name: &str, span: Span, bind: impl FnOnce(&mut Self) -> Value) -> Value {
        let before = self.diagnostics.len();
        let value = bind(self);
        let inner: Vec<_> = self.diagnostics.drain(before..).collect();
        if let Some(first) = inner.iter().find(|d| d.is_error()) {
            self.report(messages::stored_function(span, name, &first.message));
        }
        value
    }
}

/// The function that a text `(parameters) { body }` is.
fn parsed_function(text: &str) -> Result<Rc<ast::Function>, String> {
    let parsed = crate::syntax::parse(&format!("let f = {text};"));
    let function = parsed.script.statements.into_iter().find_map(|s| match s.kind {
        ast::StatementKind::Let { value: ast::LetValue::Function(f), .. } => Some(Rc::new(f)),
        _ => None,
    });
    function.ok_or_else(|| {
        parsed.diagnostics.first().map_or("it is not a function".to_owned(), |d| d.message.clone())
    })
}

/// A name as it can be written in a text.
pub(crate) fn quoted(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}
