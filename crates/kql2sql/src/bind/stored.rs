//! Stored functions: parsed once for each query, and expanded where they are called like the query's own.

use std::rc::Rc;

use super::function::Argument;
use super::scope::{Binding, Env};
use super::{Binder, Value};
use crate::catalog::StoredFunction;
use crate::diagnostics::{Diagnostic, binding as messages};
use crate::plan::{Expr, Rel};
use crate::span::Span;
use crate::syntax::ast;

/// A stored function as it was parsed.
pub(super) struct Parsed {
    stored: StoredFunction,
    /// What stands before the function's own text in that which was parsed.
    prefix: usize,
    function: Option<Rc<ast::Function>>,
    /// What is wrong with its text.
    errors: Vec<Diagnostic>,
}

impl Binder<'_> {
    /// Whether there is a stored function of that name.
    pub(crate) fn is_stored(&mut self, name: &str) -> bool {
        self.stored(name).is_some()
    }

    fn stored(&mut self, name: &str) -> Option<Rc<Parsed>> {
        if let Some(known) = self.stored.get(name) {
            return known.clone();
        }
        let parsed = self.catalog.function(name).map(|stored| Rc::new(parse(stored)));
        self.stored.insert(name.to_owned(), parsed.clone());
        parsed
    }

    /// A call of the stored function of that name: its body with the arguments in place of the parameters. What is wrong
    /// with it is reported at the call, with the place in the function's own file.
    pub(crate) fn call_stored(&mut self, name: &str, arguments: Vec<Argument>, span: Span) -> Value {
        let Some(parsed) = self.stored(name) else { return Value::Scalar(Expr::error(span)) };
        if self.calls.iter().any(|outer| outer == name) {
            self.report(messages::recursion(span, name));
            return Value::Scalar(Expr::error(span));
        }
        self.calls.push(name.to_owned());
        let value = self.expand_parsed(&parsed, &Env::default(), arguments, span);
        self.calls.pop();
        value
    }

    /// The table that a text in KQL describes: how an operator or plugin is written in terms of others.
    /// `names` says what names of the text stand for. The text is ours, so an error in it is one of ours.
    pub(crate) fn composed(&mut self, name: &ast::Name, text: &str, names: Vec<(String, Binding)>) -> Rel {
        let text = format!("() {{ {text} }}");
        let parsed = parse(StoredFunction { name: name.text.clone(), text, place: None });
        let env = names.into_iter().fold(Env::default(), |env, (n, binding)| env.with(n, binding));
        match self.expand_parsed(&parsed, &env, vec![], name.span) {
            Value::Table(rel) => rel,
            Value::Scalar(_) => super::table::unknown_table(),
        }
    }

    fn expand_parsed(&mut self, parsed: &Parsed, env: &Env, arguments: Vec<Argument>, span: Span) -> Value {
        let Some(function) = &parsed.function else {
            self.report(parsed.error(parsed.errors.first(), span));
            return Value::Scalar(Expr::error(span));
        };
        let before = self.diagnostics.len();
        let value = self.expand_with(&parsed.stored.name, function, env, arguments, span);
        // Those at the call are about the call; the others point into another text.
        let found: Vec<_> = self.diagnostics.drain(before..).collect();
        let (own, inner): (Vec<_>, Vec<_>) = found.into_iter().partition(|d| d.span == span);
        self.diagnostics.extend(own);
        if let Some(first) = parsed.errors.iter().chain(&inner).find(|d| d.is_error()) {
            self.report(parsed.error(Some(first), span));
        }
        value
    }
}

/// A name as it can be written in a text.
pub(crate) fn quoted(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

impl Parsed {
    /// The error at the call `span` that the function's own error makes.
    fn error(&self, inner: Option<&Diagnostic>, span: Span) -> Diagnostic {
        let name = &self.stored.name;
        let Some(inner) = inner else {
            return messages::stored_function(span, name, None, "it is not a function");
        };
        let before = (inner.span.start as usize).saturating_sub(self.prefix).min(self.stored.text.len());
        let lines = self.stored.text.as_bytes()[..before].iter().filter(|b| **b == b'\n').count();
        let place = self.stored.place.as_ref().map(|p| format!("{}:{}", p.file, p.line + lines));
        messages::stored_function(span, name, place.as_deref(), &inner.message)
    }
}

fn parse(stored: StoredFunction) -> Parsed {
    let prefix = "let f = ".to_owned();
    let parsed = crate::syntax::parse(&format!("{prefix}{};", stored.text));
    let function = parsed.script.statements.into_iter().find_map(|s| match s.kind {
        ast::StatementKind::Let { value: ast::LetValue::Function(f), .. } => Some(Rc::new(f)),
        _ => None,
    });
    let errors = parsed.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    Parsed { stored, prefix: prefix.len(), function, errors }
}
