//! The arguments of a plugin: which parameter each belongs to, and whether it fits.

use crate::bind::names::{result_name, underlying};
use crate::bind::overload::fits_parameter;
use crate::bind::projection::find;
use crate::bind::{Binder, RowScope, Value};
use crate::diagnostics::binding;
use crate::functions::{ArgForm, Param, ParamKind};
use crate::operators::evaluate::Plugin;
use crate::plan::{Expr as Bound, ExprKind as BoundKind, PlanColumn, Rel};
use crate::syntax::ast::{Expr, ExprKind, Literal, Name};

/// A call of a plugin, its arguments bound.
pub(crate) struct Call<'a, 'b> {
    /// The binder.
    pub(crate) binder: &'a mut Binder<'b>,
    /// The rows that it works on.
    pub(crate) input: Rel,
    /// The name of the plugin, where it stands in the query.
    pub(crate) name: &'a Name,
    /// The declared columns of its result, and whether `*` was among them.
    pub(crate) schema: Option<(Vec<PlanColumn>, bool)>,
    arguments: Vec<Argument>,
}

/// An argument with its parameter.
struct Argument {
    param: &'static Param,
    /// The name that it was given, or that its expression lends it.
    name: String,
    value: Value,
}

/// An argument as it stands in the query; it is bound as soon as it is known where its names are looked up.
struct Given<'a> {
    source: &'a Expr,
    name: Option<&'a str>,
    value: Option<Value>,
}

impl<'a, 'b> Call<'a, 'b> {
    /// Binds the arguments; `None` when something is wrong with them, which has been reported then.
    pub(crate) fn bind(
        binder: &'a mut Binder<'b>,
        input: Rel,
        plugin: &'static Plugin,
        name: &'a Name,
        args: &[Expr],
    ) -> Option<Self> {
        let before = binder.diagnostics.len();
        let mut call = Call { binder, input, name, schema: None, arguments: Vec::new() };
        let mut given: Vec<Given> = args.iter().map(Given::new).collect();
        let layouts: Vec<Vec<&'static Param>> =
            plugin.signatures.iter().filter_map(|s| call.layout(s, &mut given)).collect();
        let fitting = layouts.iter().find(|l| l.iter().zip(&given).all(|(p, g)| g.fits(p)));
        match fitting.or(layouts.first()) {
            Some(layout) => {
                for (param, given) in layout.iter().zip(given) {
                    call.add(param, given);
                }
            }
            None => {
                let sum =
                    |s: &[Param], count: fn(&Param) -> u16| s.iter().map(|p| usize::from(count(p))).sum();
                let min: usize = plugin.signatures.iter().map(|s| sum(s, |p| p.min)).min().unwrap_or(0);
                let max: usize = plugin.signatures.iter().map(|s| sum(s, |p| p.max)).max().unwrap_or(0);
                let report = binding::argument_count(name.span, &name.text, min, max, args.len());
                call.binder.report(report);
            }
        }
        if call.binder.diagnostics[before..].iter().any(|d| d.is_error()) {
            return None;
        }
        Some(call)
    }

    /// The parameter of each argument, in their order; an optional parameter that does not fit is passed
    /// over. `None` where the number of arguments is wrong.
    fn layout(&mut self, signature: &'static [Param], given: &mut [Given]) -> Option<Vec<&'static Param>> {
        let mut counts = vec![0; signature.len()];
        let mut lookup: Option<Rel> = None;
        let mut at = 0;
        let mut layout = Vec::new();
        for arg in given {
            at = arg.name.and_then(|n| signature.iter().position(|p| p.name == n)).unwrap_or(at);
            loop {
                let param = signature.get(at)?;
                if counts[at] < param.max {
                    self.bind_as(param, arg, lookup.as_ref());
                    let last = signature[at + 1..].iter().all(|p| p.max == 0);
                    if counts[at] < param.min || last || arg.is_default() || arg.fits(param) {
                        break;
                    }
                }
                at += 1;
            }
            counts[at] += 1;
            if let (ParamKind::Tabular, Some(Value::Table(table))) = (signature[at].kind, &arg.value) {
                lookup = lookup.or_else(|| Some(table.clone()));
            }
            layout.push(&signature[at]);
        }
        signature.iter().zip(&counts).all(|(p, n)| *n >= p.min).then_some(layout)
    }

    /// Binds an argument that is not bound yet: a name as a column of the table that the plugin looks
    /// into, if the parameter is one, everything else over the input.
    fn bind_as(&mut self, param: &Param, arg: &mut Given, lookup: Option<&Rel>) {
        if arg.value.is_some() {
            return;
        }
        let of_lookup = matches!(param.form, ArgForm::Parameter0Column | ArgForm::Parameter0CommonColumn);
        let scope = match (&arg.source.kind, lookup) {
            (ExprKind::Name { .. }, Some(lookup)) if of_lookup => lookup,
            _ => &self.input,
        };
        if let (ExprKind::Name { name, .. }, ArgForm::Parameter0CommonColumn) = (&arg.source.kind, param.form)
            && !self.input.visible().any(|c| c.name == *name)
        {
            let names: Vec<String> = self.input.visible().map(|c| c.name.to_string()).collect();
            let names = names.iter().map(String::as_str);
            self.binder.report(binding::unknown_name(arg.source.span, name, "column", names));
        }
        let (scope, source) = (RowScope::of(scope), underlying(arg.source));
        arg.value = Some(match &source.kind {
            // A schema is no value; nothing that is supported takes one.
            ExprKind::TypeOf(_) => Value::Scalar(Bound::error(source.span)),
            _ if param.form == ArgForm::Aggregate => {
                self.binder.with_aggregates(|b| b.value_over(scope, source))
            }
            _ => self.binder.value_over(scope, source),
        });
    }

    /// Checks an argument and keeps it.
    fn add(&mut self, param: &'static Param, given: Given) {
        if given.is_default() && param.min == 0 {
            return;
        }
        let name = given.name.map(str::to_owned).or_else(|| result_name(given.source, &find));
        let Some(value) = given.value else { return };
        match &value {
            Value::Table(_) if param.kind != ParamKind::Tabular => {
                self.binder.report(binding::scalar_expected(given.source.span));
            }
            Value::Scalar(e) if param.kind == ParamKind::Tabular => {
                if e.ty != crate::types::Type::Unknown {
                    self.binder.report(binding::table_expected(given.source.span));
                }
            }
            Value::Scalar(e) => self.binder.check_argument(param, given.source, e),
            Value::Table(_) => {}
        }
        self.arguments.push(Argument { param, name: name.unwrap_or_default(), value });
    }

    /// The arguments of a parameter, with their names.
    pub(crate) fn scalars<'c>(&'c self, param: &'c str) -> impl Iterator<Item = (&'c str, &'c Bound)> {
        self.arguments.iter().filter(move |a| a.param.name == param).filter_map(|a| match &a.value {
            Value::Scalar(e) => Some((a.name.as_str(), e)),
            Value::Table(_) => None,
        })
    }

    /// The argument of a parameter, if it was given.
    pub(crate) fn scalar(&self, param: &str) -> Option<Bound> {
        self.scalars(param).next().map(|(_, e)| e.clone())
    }

    /// The table that is the argument of a parameter.
    pub(crate) fn table(&self, param: &str) -> Option<Rel> {
        self.arguments.iter().filter(|a| a.param.name == param).find_map(|a| match &a.value {
            Value::Table(rel) => Some(rel.clone()),
            Value::Scalar(_) => None,
        })
    }

    /// The value of an argument that is a literal.
    pub(crate) fn literal(&self, param: &str) -> Option<Literal> {
        self.scalar(param).and_then(|e| e.as_literal().cloned())
    }

    /// Whether an argument is `true`.
    pub(crate) fn flag(&self, param: &str) -> bool {
        matches!(self.literal(param), Some(Literal::Bool(true)))
    }

    /// The columns of the input that are the arguments of a parameter.
    pub(crate) fn columns(&self, param: &str) -> Vec<PlanColumn> {
        self.scalars(param).filter_map(|(_, e)| self.input.column(e.as_column()?).cloned()).collect()
    }

    /// The columns of the input.
    pub(crate) fn input_columns(&self) -> Vec<PlanColumn> {
        self.input.visible().cloned().collect()
    }
}

impl<'a> Given<'a> {
    fn new(source: &'a Expr) -> Self {
        let name = match &source.kind {
            ExprKind::Named { names, .. } => names.first().map(|n| n.text.as_str()),
            _ => None,
        };
        Given { source, name, value: None }
    }

    /// `'~'`: the parameter's default.
    fn is_default(&self) -> bool {
        matches!(&self.source.kind, ExprKind::Literal(Literal::String(text)) if text == "~")
    }

    fn fits(&self, param: &Param) -> bool {
        match &self.value {
            None => false,
            Some(Value::Table(_)) => param.kind == ParamKind::Tabular,
            Some(Value::Scalar(e)) => {
                let form = match param.form {
                    ArgForm::Column => e.as_column().is_some(),
                    ArgForm::Literal | ArgForm::LiteralNotEmpty => e.as_literal().is_some(),
                    ArgForm::Constant => e.is_constant(),
                    ArgForm::Aggregate => e.any(&|e| matches!(e.kind, BoundKind::Aggregate { .. })),
                    ArgForm::Parameter0Column | ArgForm::Parameter0CommonColumn => {
                        matches!(self.source.kind, ExprKind::Name { .. })
                    }
                    _ => true,
                };
                self.is_default() && param.min == 0 || form && fits_parameter(param, e)
            }
        }
    }
}
