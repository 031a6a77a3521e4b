//! Calls: built-in functions, aggregates, window functions and the query's own functions.

use super::fold::{cast, fold, truth};
use super::overload::{
    Assignment, accepts_count, arity, choose, common_argument_type, is_ambiguous, is_orderable,
    lacks_common_type, misfits, nearest, return_type, takes_star, target_type,
};
use super::scope::Binding;
use super::table::called;
use super::{Binder, Value, names};
use crate::diagnostics::binding as messages;
use crate::functions::{self, AGGREGATES, ArgForm, Function, Param, ParamKind, Returns, SCALARS};
use crate::operators::graph::element_call;
use crate::operators::relations::materialized;
use crate::plan::{Expr, ExprKind, Rel};
use crate::span::Span;
use crate::syntax::ast::{self, Literal};
use crate::types::Type;

impl Binder<'_> {
    /// `name(args)`
    pub(super) fn call(&mut self, name: &ast::Name, args: &[ast::Expr], span: Span) -> Value {
        if let Some(Binding::Function(function, env)) = self.env.get(&name.text).cloned() {
            return self.expand_function(&name.text, &function, &env, args, span);
        }
        if let Some(value) = self.pattern(name, args, None) {
            return value;
        }
        if self.env.get(&name.text).is_some() && args.is_empty() {
            // `T()` where T is a table or value: Kusto lets it pass for views only.
            return match self.env.get(&name.text).cloned() {
                Some(Binding::Table(rel)) => self.named_table(rel, span),
                Some(Binding::Scalar(value)) => self.named_value(&value, span),
                _ => Value::Scalar(Expr::error(span)),
            };
        }
        if let Some(value) = self.special(name, args, span) {
            return value;
        }
        if self.aggregates_allowed && functions::find(AGGREGATES, &name.text).is_some() {
            return Value::Scalar(self.aggregate(name, args, span));
        }
        if functions::find(SCALARS, &name.text).is_some() && self.is_known_here(&name.text) {
            return called(self.builtin(name, args, span));
        }
        if self.is_stored(&name.text) {
            let arguments = self.call_arguments(args);
            return self.call_stored(&name.text, arguments, span);
        }
        if functions::find(AGGREGATES, &name.text).is_some() {
            for arg in args {
                self.value(arg);
            }
            self.report(messages::aggregate_not_allowed(name.span, &name.text));
            return Value::Scalar(Expr::error(span));
        }
        for arg in args {
            self.value(arg);
        }
        let mut candidates: Vec<&str> =
            SCALARS.iter().flat_map(|f| f.iter()).filter(|f| f.obsolete.is_none()).map(|f| f.name).collect();
        if self.aggregates_allowed {
            candidates.extend(AGGREGATES.iter().flat_map(|f| f.iter()).map(|f| f.name));
        }
        let own: Vec<String> = self.env.names().into_iter().map(str::to_owned).collect();
        let stored = self.catalog.function_names();
        candidates.extend(own.iter().chain(&stored).map(String::as_str));
        self.report(match crate::operators::evaluate::find(&name.text) {
            Some(_) => messages::plugin_not_allowed(name.span, &name.text),
            None => messages::unknown_function(name.span, &name.text, candidates),
        });
        Value::Scalar(Expr::error(span))
    }

    /// Whether a function has a meaning where the binder is: those of graphs have one over a pattern only.
    pub(super) fn is_known_here(&self, name: &str) -> bool {
        !functions::graph::FUNCTIONS.iter().any(|f| f.name == name)
            || self.rows.iter().any(|rows| rows.elements.has_parts())
    }

    /// Calls that are not ordinary functions: their arguments are tables, names or columns.
    fn special(&mut self, name: &ast::Name, args: &[ast::Expr], span: Span) -> Option<Value> {
        if let Some(value) = element_call(self, name, args, span) {
            return Some(Value::Scalar(value));
        }
        Some(match (name.text.as_str(), args) {
            ("toscalar", [table]) => Value::Scalar(match self.tabular(table) {
                // A drawn value is drawn once.
                Value::Scalar(value) if value.is_volatile() && value.is_constant() => {
                    self.toscalar(super::script::scalar_result(value), span)
                }
                Value::Scalar(value) => value,
                Value::Table(rel) => self.toscalar(rel, span),
            }),
            ("materialize", [table]) => match self.tabular(table) {
                Value::Table(rel) if self.may_change(&rel) => Value::Table(materialized(rel, span)),
                value => value,
            },
            ("totable", [table]) => self.tabular(table),
            ("column_names_of", [table]) => {
                let names = self.table(table);
                let names: Vec<String> = names.visible().map(|c| crate::json::quoted(&c.name)).collect();
                Value::Scalar(Expr::literal(Literal::Dynamic(format!("[{}]", names.join(","))), span))
            }
            ("table", [first, ..]) => match &names::underlying(first).kind {
                ast::ExprKind::Literal(Literal::String(table)) => self.table_by_name(table, span),
                _ => {
                    let value = self.scalar(first);
                    match value.as_literal() {
                        Some(Literal::String(table)) => {
                            let table = table.clone();
                            self.table_by_name(&table, span)
                        }
                        _ => {
                            self.report(messages::literal_expected(first.span));
                            Value::Scalar(Expr::error(span))
                        }
                    }
                }
            },
            ("column_ifexists" | "columnifexists", [column, default]) => {
                Value::Scalar(self.column_ifexists(column, default, span))
            }
            ("_GetWatchlist", [alias]) if !self.catalog.watchlist_names().is_empty() => {
                self.watchlist(alias, span)
            }
            ("iscolumnexists", [column]) => {
                let exists = self.column_name(column).map(|name| {
                    Literal::Bool(self.rows.last().is_some_and(|rows| rows.column(&name).is_some()))
                });
                Value::Scalar(exists.map_or(Expr::error(span), |exists| Expr::literal(exists, span)))
            }
            ("assert", [condition, message]) => Value::Scalar(self.assert(condition, message, span)),
            ("pack_all", _) => Value::Scalar(self.pack_all(name, args, span)),
            ("pack_array", [only]) if matches!(only.kind, ast::ExprKind::Star) => {
                Value::Scalar(self.pack_array_of_columns(span))
            }
            ("bag_pack_columns", [_, ..]) => Value::Scalar(self.bag_pack_columns(args, span)),
            _ => return None,
        })
    }

    /// `_GetWatchlist('alias')`: the rows of a watchlist.
    fn watchlist(&mut self, alias: &ast::Expr, span: Span) -> Value {
        let value = self.scalar(alias);
        let Some(Literal::String(name)) = value.as_literal() else {
            self.report(messages::literal_expected(alias.span));
            return Value::Scalar(Expr::error(span));
        };
        match self.catalog.watchlist(name) {
            Some(table) => Value::Table(super::table::scan(&table)),
            None => {
                let known = self.catalog.watchlist_names();
                self.report(messages::unknown_watchlist(alias.span, name, known.iter().map(String::as_str)));
                Value::Scalar(Expr::error(span))
            }
        }
    }

    fn toscalar(&mut self, rel: Rel, span: Span) -> Expr {
        let first = rel.visible().next().map(|c| c.ty);
        match first {
            Some(ty) => Expr { kind: ExprKind::Subquery(Box::new(rel)), ty, span },
            None => Expr::error(span),
        }
    }

    /// The text that names a column: a literal, or what a `let` says; otherwise an error is reported.
    fn column_name(&mut self, column: &ast::Expr) -> Option<String> {
        if let ast::ExprKind::Literal(Literal::String(name)) = &names::underlying(column).kind {
            return Some(name.clone());
        }
        if let Some(Literal::String(name)) = self.scalar(column).as_literal() {
            return Some(name.clone());
        }
        self.report(messages::literal_expected(column.span));
        None
    }

    fn assert(&mut self, condition: &ast::Expr, message: &ast::Expr, span: Span) -> Expr {
        let (holds, message) = (self.scalar(condition), self.scalar(message));
        if holds.ty != Type::Bool {
            if holds.ty != Type::Unknown {
                self.report(messages::type_expected(condition.span, &[Type::Bool], holds.ty));
            }
            return Expr::error(span);
        }
        match (truth(&holds), message.as_literal()) {
            (Some(true), _) => return Expr::literal(Literal::Bool(true), span),
            (Some(false), Some(Literal::String(text))) => self.report(messages::assertion_failed(span, text)),
            (Some(false), _) => self.report(messages::literal_expected(message.span)),
            (None, _) => self.report(crate::diagnostics::messages::unsupported(
                span,
                "assert",
                "its condition must be a comparison of constants; compute them outside of it",
            )),
        }
        Expr::error(span)
    }

    fn column_ifexists(&mut self, column: &ast::Expr, default: &ast::Expr, span: Span) -> Expr {
        let Some(name) = self.column_name(column) else { return Expr::error(span) };
        let default = self.scalar(default);
        match self.rows.last().and_then(|r| r.column(&name)) {
            Some(column) => column.reference(span),
            None => default,
        }
    }

    /// A call of a scalar function of the registry.
    fn builtin(&mut self, name: &ast::Name, args: &[ast::Expr], span: Span) -> Expr {
        let Some(function) = functions::find(SCALARS, &name.text) else { return Expr::error(span) };
        // Scalar functions may have aggregates as arguments in summarize: round(avg(x), 2).
        let bound = self.arguments(function, args);
        let call = self.check_call(function, name, args, bound, span);
        self.configured(call, name, span)
    }

    pub(super) fn arguments(&mut self, function: &'static Function, args: &[ast::Expr]) -> Vec<Expr> {
        let star = function
            .overloads
            .iter()
            .any(|o| accepts_count(o, args.len()) && o.params.iter().any(takes_star));
        args.iter()
            .map(|arg| match &arg.kind {
                ast::ExprKind::Star if star => Expr { ty: Type::Unknown, ..Expr::error(arg.span) },
                _ if let Some(ty) = named_type(arg) => {
                    Expr { kind: ExprKind::Literal(Literal::Null(ty)), ty, span: arg.span }
                }
                _ => self.scalar(arg),
            })
            .collect()
    }

    /// Checks a call with bound arguments and chooses its overload.
    pub(crate) fn check_call(
        &mut self,
        function: &'static Function,
        name: &ast::Name,
        args: &[ast::Expr],
        bound: Vec<Expr>,
        span: Span,
    ) -> Expr {
        if matches!(function.name, "parse_json" | "parsejson" | "todynamic" | "toobject")
            && bound.len() == 1
            && bound[0].ty == Type::Dynamic
            && misfits(&function.overloads[0], &bound).next().is_none()
        {
            // A dynamic value is parsed already.
            return bound.into_iter().next().map_or_else(|| Expr::error(span), |a| Expr { span, ..a });
        }
        if let ("count", [arg], [value]) = (function.name, args, &bound[..]) {
            self.report_unresolved(arg, value, &[Type::Bool]);
        }
        if function.name == "count" && bound.iter().any(|a| !matches!(a.ty, Type::Bool | Type::Unknown)) {
            self.report(messages::count_of_value(args.first().map_or(span, |a| a.span)));
        }
        let Some(overload) = choose(function, &bound) else {
            self.report(wrong_count(function, name, &bound));
            let ty = function.overloads.first().map_or(Type::Unknown, |o| return_type(o, &bound));
            return Expr { ty, ..Expr::error(span) };
        };
        let chosen = &function.overloads[overload];
        let assignment = Assignment::new(chosen.params, &bound);
        let ambiguous = is_ambiguous(function, overload, &bound);
        let mut wrong = lacks_common_type(chosen, &bound);
        if wrong {
            self.report(messages::no_common_type(name.span, function.name));
        } else if ambiguous && misfits(chosen, &bound).next().is_some() {
            wrong = true;
            // What an argument that did not bind had to be, nobody knows.
            if !bound.iter().any(is_unbound) {
                self.report(messages::no_overload(name.span, &name.text, &types(&bound)));
            }
        } else {
            for i in misfits(chosen, &bound) {
                wrong = true;
                if let Some(param) = assignment.parameter(i) {
                    self.report(misfit(param, &bound[i], &assignment, &bound));
                }
            }
        }
        for (i, (arg, value)) in args.iter().zip(&bound).enumerate() {
            if let Some(param) = assignment.parameter(i) {
                if let ParamKind::Types(types) = param.kind
                    && !ambiguous
                {
                    self.report_unresolved(arg, value, types);
                }
                wrong |= !self.check_form(param, arg, value);
            }
        }
        if wrong || bound.iter().any(is_unbound) {
            let star = args.iter().any(|a| matches!(a.kind, ast::ExprKind::Star));
            if wrong || !star {
                return Expr { ty: return_type(chosen, &bound), ..Expr::error(span) };
            }
        }
        if let Some(literal) = fold(function.name, &bound, self.now) {
            return Expr::literal(literal, span);
        }
        if crate::functions::window::NAMES.contains(&function.name) {
            return self.window(function, overload, bound, name, span);
        }
        self.typed_call(function, overload, bound, span)
    }

    /// Reports an argument of a plugin that is not what its parameter wants.
    pub(crate) fn check_argument(&mut self, param: &'static Param, arg: &ast::Expr, value: &Expr) {
        if !super::overload::fits_parameter(param, value) {
            self.report(misfit(param, value, &Assignment::new(&[], &[]), &[]));
        }
        self.check_form(param, names::underlying(arg), value);
    }

    /// Whether the argument has the form that the parameter wants.
    pub(super) fn check_form(&mut self, param: &Param, arg: &ast::Expr, value: &Expr) -> bool {
        if named_type(arg).is_some() != (param.form == ArgForm::Type) && value.ty != Type::Unknown {
            self.report(match param.form {
                ArgForm::Type => messages::type_literal_expected(arg.span, value.ty),
                _ => messages::type_literal_not_allowed(arg.span),
            });
            return false;
        }
        match param.form {
            ArgForm::Literal | ArgForm::LiteralNotEmpty => {
                let Some(literal) = value.as_literal() else {
                    if value.ty != Type::Unknown {
                        self.report(messages::literal_expected(arg.span));
                    }
                    return false;
                };
                if param.form == ArgForm::LiteralNotEmpty
                    && matches!(literal, Literal::String(s) if s.is_empty())
                {
                    self.report(messages::empty_not_allowed(arg.span));
                    return false;
                }
                if let Literal::String(s) = literal
                    && !param.values.is_empty()
                    && !param.values.iter().any(|v| v.eq_ignore_ascii_case(s))
                {
                    self.report(messages::value_expected(arg.span, param.values));
                    return false;
                }
                true
            }
            ArgForm::Constant => {
                let constant = value.is_constant();
                if !constant {
                    self.report(messages::constant_expected(arg.span));
                }
                constant
            }
            ArgForm::Column => {
                let named = matches!(arg.kind, ast::ExprKind::Name { .. } | ast::ExprKind::Path { .. });
                let column = (named && value.as_column().is_some()) || value.ty == Type::Unknown;
                if !column {
                    self.report(messages::column_expected(arg.span));
                }
                column
            }
            _ => true,
        }
    }

    /// The call of a chosen overload, its arguments converted to what the overload takes.
    pub(super) fn typed_call(
        &mut self,
        function: &'static Function,
        overload: usize,
        args: Vec<Expr>,
        span: Span,
    ) -> Expr {
        let chosen = &function.overloads[overload];
        let ty = return_type(chosen, &args);
        let assignment = Assignment::new(chosen.params, &args);
        let converted = |(i, arg): (usize, Expr)| {
            let target = target_type(chosen, assignment.parameter(i), &arg, ty);
            self.implicit(arg, target)
        };
        let args = args.into_iter().enumerate().map(converted).collect();
        let call = ExprKind::Call { function, overload, args };
        match chosen.returns {
            Returns::Several(_) => Expr::part(Expr { kind: call, ty: Type::Dynamic, span }, 0, ty),
            _ => Expr { kind: call, ty, span },
        }
    }

    /// A conversion that Kusto makes by itself.
    fn implicit(&mut self, value: Expr, to: Type) -> Expr {
        if value.ty == Type::Dynamic && to != Type::Dynamic && to != Type::Unknown {
            return self.conversion(value, to);
        }
        if to == Type::Dynamic && value.ty != Type::Dynamic {
            return self.conversion(value, to);
        }
        cast(value, to)
    }

    /// A call that the binder itself makes, of a function that is known to take such arguments.
    pub(crate) fn call_by_name(&mut self, name: &str, args: Vec<Expr>, span: Span) -> Expr {
        let function = functions::find(SCALARS, name).or_else(|| functions::find(functions::OPERATORS, name));
        let Some((function, overload)) = function.and_then(|f| choose(f, &args).map(|o| (f, o))) else {
            return Expr::error(span);
        };
        self.typed_call(function, overload, args, span)
    }
}

/// The type that `typeof(long)` names.
fn named_type(arg: &ast::Expr) -> Option<Type> {
    match &arg.kind {
        ast::ExprKind::TypeOf(types) if types.len() == 1 => {
            Some(Type::parse(&types[0].ty.text).unwrap_or(Type::Unknown))
        }
        // `typeof(int)`
        ast::ExprKind::Call { receiver: None, name, args } if name.text == "typeof" && args.len() == 1 => {
            Some(match &args[0].kind {
                ast::ExprKind::Name { name, .. } => Type::parse(name).unwrap_or(Type::Unknown),
                _ => Type::Unknown,
            })
        }
        _ => None,
    }
}

fn is_unbound(arg: &Expr) -> bool {
    matches!(arg.kind, ExprKind::Error) && arg.ty == Type::Unknown
}

fn types(args: &[Expr]) -> Vec<Type> {
    args.iter().map(|a| a.ty).collect()
}

/// What is wrong with a call whose number of arguments no overload takes.
fn wrong_count(
    function: &'static Function,
    name: &ast::Name,
    args: &[Expr],
) -> crate::diagnostics::Diagnostic {
    let counts = function.overloads.iter().map(arity);
    let min = counts.clone().map(|c| c.0).min().unwrap_or(0);
    let max = counts.map(|c| c.1).max().unwrap_or(0);
    let count = messages::argument_count(name.span, &name.text, min, max, args.len());
    match nearest(function, args) {
        _ if args.len() >= min && args.len() <= max => messages::argument_count_wrong(name.span, &name.text),
        Some(i) if is_ambiguous(function, i, args) => {
            if args.is_empty() || args.iter().any(is_unbound) {
                count
            } else {
                messages::no_overload(name.span, &name.text, &types(args))
            }
        }
        Some(i) if function.overloads[i].params.iter().all(|p| p.max <= 1) => {
            crate::diagnostics::Diagnostic { code: "KS119", ..count }
        }
        _ => count,
    }
}

impl Binder<'_> {
    /// Reports the arguments of `between` that do not fit the overload that comes nearest; false where several do.
    pub(super) fn report_range(&mut self, args: &[Expr]) -> bool {
        let function = &functions::operator::KUSTO_BETWEEN;
        let Some(nearest) = choose(function, args).filter(|&o| !is_ambiguous(function, o, args)) else {
            return false;
        };
        let params = function.overloads[nearest].params;
        // The argument whose type this one must have, if its kind alone does not say it.
        let model = |i: usize| match (params[0].kind, i) {
            (ParamKind::Summable, 1 | 2) => Some(0),
            (ParamKind::Types(_), 2) if params[1].kind == ParamKind::Number => Some(1),
            (ParamKind::Number, 2) if params[1].kind != ParamKind::Number => Some(1),
            _ => None,
        };
        let before = self.diagnostics.len();
        for (i, (param, arg)) in params.iter().zip(args).enumerate() {
            match model(i) {
                Some(other) if args[other].ty != arg.ty => {
                    self.report(messages::must_have_type(arg.span, &[args[other].ty], arg.ty));
                }
                None if !super::overload::fits_parameter(param, arg) => {
                    self.report(misfit(param, arg, &Assignment::new(params, args), args));
                }
                _ => {}
            }
        }
        self.diagnostics.len() > before
    }
}

/// What is wrong with an argument that does not fit its parameter.
fn misfit(
    param: &'static Param,
    arg: &Expr,
    assignment: &Assignment,
    args: &[Expr],
) -> crate::diagnostics::Diagnostic {
    let (span, ty) = (arg.span, arg.ty);
    match param.kind {
        ParamKind::Types(types) => messages::type_expected(span, types, ty),
        ParamKind::Number | ParamKind::NumberOrBool => messages::number_expected(span, ty),
        ParamKind::Integer | ParamKind::IntegerOrArray => messages::integer_expected(span, ty),
        ParamKind::Summable => messages::summable_expected(span, ty),
        ParamKind::Orderable => messages::orderable_expected(span, ty),
        ParamKind::StringOrDynamic | ParamKind::StringOrArray => {
            messages::must_have_type(span, &[Type::String, Type::Dynamic], ty)
        }
        ParamKind::DynamicArray => crate::diagnostics::Diagnostic::error(
            "KS234",
            span,
            format!("a dynamic array is expected here, but this is {ty}"),
        ),
        ParamKind::DynamicBag => crate::diagnostics::Diagnostic::error(
            "KS235",
            span,
            format!("a dynamic bag is expected here, but this is {ty}"),
        ),
        ParamKind::NotDynamic | ParamKind::NotRealOrBool | ParamKind::NotBool => {
            messages::type_not_allowed(span, ty)
        }
        ParamKind::CommonOrderable if !is_orderable(ty) => messages::orderable_expected(span, ty),
        ParamKind::CommonScalar | ParamKind::CommonScalarOrDynamic | ParamKind::CommonOrderable => {
            let common = common_argument_type(assignment, args, false).unwrap_or(ty);
            messages::must_have_type(span, &[common], ty)
        }
        ParamKind::Scalar | ParamKind::Tabular => messages::scalar_expected(span),
    }
}
