//! `invoke`: Calls a function with the input as its first argument.

use crate::bind::{Binder, Binding, Value};
use crate::diagnostics::binding;
use crate::operators::OperatorKind;
use crate::plan::Rel;
use crate::syntax::ast::{Expr, ExprKind};
use crate::syntax::parser::Parser;
use crate::syntax::token::TokenKind;

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
        let Some(Binding::Function(function, env)) = binder.binding(&name.text) else {
            binder.report(binding::unknown_function(name.span, &name.text, []));
            return input;
        };
        let mut values = vec![(None, Value::Table(input.clone()), self.call.span)];
        for arg in args {
            let argument_name = match &arg.kind {
                ExprKind::Named { names, .. } => names.first().cloned(),
                _ => None,
            };
            values.push((argument_name, binder.value(arg), arg.span));
        }
        match binder.expand_with(&name.text, &function, &env, values, self.call.span) {
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
