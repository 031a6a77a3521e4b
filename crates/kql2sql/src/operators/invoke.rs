//! `invoke`: Calls a function with the input as its first argument.

use crate::bind::{Binder, Binding, Value};
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::operators::def::{OperatorDef, Place, form};
use crate::plan::Rel;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

/// The entry of `invoke`.
pub(super) const INVOKE: OperatorDef = OperatorDef {
    kinds: &[TokenKind::Invoke],
    doc: "Calls a function with the table so far as its first argument.",
    page: "invoke-operator",
    place: Place::Piped,
    parameters: None,
    form: Some(form(
        "invoke Function(Argument, …)",
        "let plus = (T: (n: long), k: long) { T | extend n = n + k }; print n = 1 | invoke plus(10)",
        "[11]",
    )),
    refused: None,
    parse: Invoke::parse,
};

/// Calls a function with the input as its first argument.
#[derive(Debug, Clone)]
pub struct Invoke {
    /// The call.
    pub call: Expr,
}

impl Invoke {
    /// `invoke function(argument, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        if !p.at_call() {
            let call = p.missing_expression();
            return OperatorKind::Invoke(Invoke { call });
        }
        let mut call = p.call(None, start);
        while p.at(TokenKind::Dot) {
            call = p.member(call, start);
            p.grow();
        }
        OperatorKind::Invoke(Invoke { call })
    }
}

impl Invoke {
    pub(crate) fn bind(&self, binder: &mut Binder, input: Rel) -> Rel {
        let (name, args): (_, &[Expr]) = match &self.call.kind {
            ExprKind::Call { receiver: None, name, args } => (name, args),
            _ => {
                binder.report(binding::table_expected(self.call.span));
                return input;
            }
        };
        let mut arguments = vec![(None, Value::Table(input.clone()), self.call.span)];
        arguments.extend(binder.call_arguments(args));
        let result = match binder.binding(&name.text) {
            Some(Binding::Function(function, env)) => {
                binder.expand_with(&name.text, &function, &env, arguments, self.call.span)
            }
            _ if binder.is_stored(&name.text) => binder.call_stored(&name.text, arguments, self.call.span),
            _ => {
                let known = binder.catalog.function_names();
                binder.report(binding::unknown_function(
                    name.span,
                    &name.text,
                    known.iter().map(String::as_str),
                ));
                return input;
            }
        };
        match result {
            Value::Table(rel) => rel,
            Value::Scalar(value) => {
                if value.ty != crate::types::Type::Unknown {
                    binder.report(binding::table_expected(self.call.span));
                }
                input
            }
        }
    }
}
